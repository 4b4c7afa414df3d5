"""Whether an outcome that is thinly served may be covered after all: OUT02 (METHOD section 6).

A row may speak of a product or outcome alone, and so of all pairs with it; hence rows to mend are
gathered for each of these once, and pairs share them.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import chain, islice

import pandas as pd

from orgdata.measures import Alignment
from orgdata.measures.alignment import Doubts
from orgdata.measures.doubt import Because
from orgdata.measures.key_results import has_lost_bound
from orgdata.tabular.lookup import is_in

MOST_PAIRS = 250_000  # of products and outcomes that are looked at one by one
MOST_ROWS = 100  # to mend that are named of an outcome: nobody mends more before looking again
_PAIR = ["product_id", "outcome_id"]
_Reasons = Sequence[Sequence[Because]]  # for each pair some rows to mend


def may_be_covered(outcomes: pd.Series, alignment: Alignment) -> list[Because]:
    """For each of these outcomes the rows to mend before it is known that it is not covered: those
    of each product of which all that lacks may be there, none where there is no such product.

    A product may lack the primary link, the goal, a measure of the goal, or a manager. METHOD §6.
    Where rows leave open more than MOST_PAIRS, any of these outcomes may be covered.
    """
    if not len(alignment.doubt) and not alignment.basis.lost:
        return [()] * len(outcomes)
    links, basis, doubts = alignment.links, alignment.basis, alignment.doubts
    alone = Doubts(alignment.doubt[alignment.doubt["other"].isna()], basis)
    named, crossed = _named_pairs(alignment), _crossed(outcomes, alignment, alone)
    if crossed is None:
        return [_first(of_kind for kind, ids in (("outcome_id", outcomes), ("product_id", (
            alignment.products["product_id"]))) for of_kind in alone.reasons("link", kind, ids))
            ] * len(outcomes)
    primary = links[links["confirmed"] & (links["strength"] == "primary")]
    pairs = pd.concat([primary[_PAIR], named[_PAIR], crossed]).drop_duplicates()
    pairs = pairs[is_in(pairs["outcome_id"], outcomes)
                  & is_in(pairs["product_id"], alignment.products["product_id"])]
    product, outcome = pairs["product_id"], pairs["outcome_id"]
    goal = _are_among(pairs, links[links["goal"]]) | (not basis.proof)
    measured = _are_among(pairs, links[links["measured_goal"]]) | (not basis.proof)
    managed = alignment.products.loc[alignment.products["pm_count"] > 0, "product_id"]
    asked: tuple[tuple[pd.Series, _Reasons], ...] = (
        (_are_among(pairs, primary), _together(
            alone.reasons("link", "product_id", product),
            alone.reasons("link", "outcome_id", outcome), _of_pairs(pairs, named))),
        (goal, _together(doubts.reasons("objective", "product_id", product),
                         doubts.reasons("objective", "outcome_id", outcome))),
        (measured | ~goal, _measures_in_doubt(pairs, alignment)),
        (is_in(product, managed) | (not basis.assignments),
         _together(doubts.reasons("pm", "product_id", product))))
    found: dict[str, list[Because]] = {}
    for name, *steps in zip(outcome, *(zip(*step, strict=True) for step in asked), strict=True):
        lacking = [reasons for is_there, reasons in steps if not is_there]
        if all(map(any, lacking)):
            found.setdefault(name, []).extend(chain.from_iterable(lacking))
    return [_first(found.get(name, ())) for name in outcomes]


def _first(reasons: Iterable[Because]) -> Because:
    """The first rows to mend of all these reasons, many of which are one and the same."""
    different = {id(because): because for because in reasons}
    return tuple(islice(dict.fromkeys(chain.from_iterable(different.values())), MOST_ROWS))


def _together(*reasons: Sequence[Because]) -> _Reasons:
    return list(zip(*reasons, strict=True))


def _are_among(pairs: pd.DataFrame, others: pd.DataFrame) -> pd.Series:
    one, two = (rows["product_id"] + "\0" + rows["outcome_id"] for rows in (pairs, others))
    return is_in(one, two)


def _of_pairs(pairs: pd.DataFrame, rows: pd.DataFrame) -> list[Because]:
    """For each pair the rows to mend, of a frame with its columns, table and row."""
    of_pair: dict[tuple[str, str], list[tuple[str, int | None]]] = {}
    for product, outcome, table, row in zip(*(rows[name] for name in (*_PAIR, "table", "row")),
                                            strict=True):
        of_pair.setdefault((product, outcome), []).append((table, int(row)))
    return [tuple(of_pair.get(pair, ())) for pair in
            zip(pairs["product_id"], pairs["outcome_id"], strict=True)]


def _named_pairs(alignment: Alignment) -> pd.DataFrame:
    """The rows that may hold a link and name both of its ends."""
    facts = alignment.doubt[(alignment.doubt["fact"] == "link") & alignment.doubt["other"].notna()]
    return pd.concat([facts[facts["kind"] == kind].rename(columns={"id": kind, "other": other})[
        [*_PAIR, "table", "row"]] for kind, other in (_PAIR, _PAIR[::-1])]).drop_duplicates()


def _crossed(outcomes: pd.Series, alignment: Alignment, alone: Doubts) -> pd.DataFrame | None:
    """The pairs whose link may stand in a row that names one end and nothing known at the other, or
    in a lost table; None where there are too many."""
    products = alignment.products["product_id"]
    some_products, some_outcomes = (ids[alone.doubtful("link", kind, ids)] for kind, ids in (
        ("product_id", products), ("outcome_id", outcomes)))
    if len(some_products) * len(outcomes) + len(products) * len(some_outcomes) > MOST_PAIRS:
        return None
    return pd.concat([
        some.to_frame("product_id").merge(others.to_frame("outcome_id"), how="cross")
        for some, others in ((some_products, outcomes), (products, some_outcomes))])


def _measures_in_doubt(pairs: pd.DataFrame, alignment: Alignment) -> _Reasons:
    """For each pair the rows that may hold a measure of a goal that the product has for the
    outcome: set-aside key results of it, and those whose target or bound was lost."""
    facts = alignment.doubt[(alignment.doubt["fact"] == "key_result")
                            & (alignment.doubt["kind"] == "objective_id")]
    results = alignment.portfolio["key_results"]
    results = results[has_lost_bound(alignment.portfolio, results)]
    rows: dict[tuple[str, str], list[tuple[str, int | None]]] = defaultdict(list)  # by its ends
    for goal, own, row in chain(
            zip(facts["id"], [""] * len(facts), facts["row"], strict=True),
            zip(results["objective_id"], results["product_id"].fillna(""), results["row"],
                strict=True)):
        rows[goal, own].append(("key_results", int(row)))
    of_goal = {ends: tuple(some) for ends, some in rows.items()}
    goals = alignment.pursued.loc[alignment.pursued["in_cycle"], ["objective_id", "product_id"]]
    in_doubt = pd.Series([goal for goal, _ in of_goal], dtype="str")
    goals = goals[is_in(goals["objective_id"], in_doubt)]
    goals = goals.merge(alignment.sights[["objective_id", "outcome_id"]], on="objective_id")
    of_pair: dict[tuple[str, str], list[Because]] = defaultdict(list)
    for goal, product, outcome in zip(*(goals[name] for name in ("objective_id", *_PAIR)),
                                      strict=True):
        of_pair[product, outcome] += [of_goal[ends] for ends in ((goal, ""), (goal, product))
                                      if ends in of_goal]
    return [of_pair.get(pair, ()) for pair in zip(*(pairs[name] for name in _PAIR), strict=True)]
