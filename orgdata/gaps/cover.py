"""Whether an outcome that is thinly served may be covered after all: OUT02 (METHOD section 6)."""

from collections.abc import Sequence
from itertools import chain

import pandas as pd

from orgdata.measures import Alignment
from orgdata.measures.doubt import Because
from orgdata.measures.key_results import has_lost_bound
from orgdata.tabular.lookup import is_in

_PAIR = ["product_id", "outcome_id"]


def may_be_covered(outcomes: pd.Series, alignment: Alignment) -> list[Because]:
    """For each of these outcomes the rows to mend before it is known that it is not covered: those
    of each product of which all that lacks may be there, none where there is no such product.

    A product may lack the primary link, the goal, a measure of the goal, or a manager. METHOD §6.
    """
    if not len(alignment.doubt) and not alignment.basis.lost:
        return [()] * len(outcomes)
    links, basis, doubts = alignment.links, alignment.basis, alignment.doubts
    in_doubt = _links_in_doubt(outcomes, alignment)
    primary = links[links["confirmed"] & (links["strength"] == "primary")]
    pairs = pd.concat([primary[_PAIR], in_doubt[_PAIR]]).drop_duplicates()
    pairs = pairs[is_in(pairs["outcome_id"], outcomes)
                  & is_in(pairs["product_id"], alignment.products["product_id"])]
    product, outcome = pairs["product_id"], pairs["outcome_id"]
    goal = _are_among(pairs, links[links["goal"]]) | (not basis.proof)
    measured = _are_among(pairs, links[links["measured_goal"]]) | (not basis.proof)
    managed = alignment.products.loc[alignment.products["pm_count"] > 0, "product_id"]
    goals = [of_product + of_outcome for of_product, of_outcome in zip(
        doubts.reasons("objective", "product_id", product),
        doubts.reasons("objective", "outcome_id", outcome), strict=True)]
    asked: tuple[tuple[pd.Series, Sequence[Because]], ...] = (
        (_are_among(pairs, primary), _of_pairs(pairs, in_doubt)), (goal, goals),
        (measured | ~goal, _of_pairs(pairs, _measures_in_doubt(alignment))),
        (is_in(product, managed) | (not basis.assignments),
         doubts.reasons("pm", "product_id", product)))
    found: dict[str, list[Because]] = {}
    for name, *steps in zip(outcome, *(zip(*step, strict=True) for step in asked), strict=True):
        lacking = [because for is_there, because in steps if not is_there]
        if all(lacking):
            found.setdefault(name, []).extend(lacking)
    return [tuple(chain.from_iterable(found.get(name, ()))) for name in outcomes]


def _are_among(pairs: pd.DataFrame, others: pd.DataFrame) -> pd.Series:
    one, two = (rows["product_id"] + "\0" + rows["outcome_id"] for rows in (pairs, others))
    return is_in(one, two)


def _of_pairs(pairs: pd.DataFrame, rows: pd.DataFrame) -> list[Because]:
    """For each pair the rows to mend, of a frame with its columns, table and row."""
    of_pair: dict[tuple[str, str], list[tuple[str, int | None]]] = {}
    for product, outcome, table, row in zip(*(rows[name] for name in (*_PAIR, "table", "row")),
                                            strict=True):
        of_pair.setdefault((product, outcome), []).append(
            (table, None if pd.isna(row) else int(row)))
    return [tuple(of_pair.get(pair, ())) for pair in
            zip(pairs["product_id"], pairs["outcome_id"], strict=True)]


def _links_in_doubt(outcomes: pd.Series, alignment: Alignment) -> pd.DataFrame:
    """The rows that may hold a link of a pair: those that name one end, and the other end too or
    nothing known there; lost tables may hold any."""
    products = alignment.products["product_id"]
    facts = alignment.doubt[alignment.doubt["fact"] == "link"]
    found = []
    for kind, other_kind, others in (("product_id", "outcome_id", outcomes),
                                     ("outcome_id", "product_id", products)):
        rows = facts[facts["kind"] == kind].drop(columns="kind").rename(columns={"id": kind})
        alone = rows["other"].isna()
        found += [rows[~alone].rename(columns={"other": other_kind}),
                  rows[alone].merge(others.rename(other_kind), how="cross")]
    for table in alignment.doubts.lost_tables("link"):
        found.append(products.to_frame().merge(outcomes.rename("outcome_id"), how="cross").assign(
            table=table, row=None))
    return pd.concat([rows[[*_PAIR, "table", "row"]].astype({"row": "object"}) for rows in found],
                     ignore_index=True).drop_duplicates()


def _measures_in_doubt(alignment: Alignment) -> pd.DataFrame:
    """The rows that may hold a measure of a product's goal for an outcome: set-aside key results of
    such an objective, and those whose target or bound was lost."""
    goals = alignment.pursued.loc[alignment.pursued["in_cycle"], ["objective_id", "product_id"]]
    goals = goals.merge(alignment.sights[["objective_id", "outcome_id"]], on="objective_id")
    facts = alignment.doubt[alignment.doubt["fact"] == "key_result"]
    results = alignment.portfolio["key_results"]
    results = results[has_lost_bound(alignment.portfolio, results)]
    unread = goals.merge(results[["objective_id", "row"]].assign(own=results["product_id"]))
    unread = unread[unread["own"].isna() | (unread["own"] == unread["product_id"])]
    set_aside = goals.merge(facts[["id", "row"]].rename(columns={"id": "objective_id"}))
    return pd.concat([unread[[*_PAIR, "row"]], set_aside[[*_PAIR, "row"]]]).assign(
        table="key_results")
