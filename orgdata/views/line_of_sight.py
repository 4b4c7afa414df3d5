"""The chain from a product to company outcomes, and what is lost without the product."""

from typing import Any, NamedTuple, TypeAlias

import pandas as pd

from orgdata import formats
from orgdata.measures import Alignment
from orgdata.measures.outcomes import with_coverage
from orgdata.tabular.lookup import is_in
from orgdata.views import answers, managers
from orgdata.views.explain.products import is_unlinked
from orgdata.views.key_results import shown_status
from orgdata.views.objective_words import objective_sentence
from orgdata.views.purpose import rationales
from orgdata.views.vocabulary import COVERAGE, LINK, NOBODY, STATUS, UNKNOWN

Plain: TypeAlias = dict[str, object]  # what JSON can hold
NOBODY_ELSE = "nobody else"
_IN_DOUBT = "Unknown: a row that was skipped may name one"
MOST_PATHS = 50  # of a product that are drawn; a table has all
MOST_RESULTS = 5  # key results of an objective that are drawn; a table has all


def coverage_without(alignment: Alignment, product_id: str) -> pd.DataFrame:
    """Coverage of the outcomes that a product links to, with the product and without it.

    Without it, coverage is measured again from the links of all other products. Columns:
    outcome_id, name, weight, tier1, coverage, without (states), falls (it would be worse), others
    (names of the other products behind it), others_count.
    """
    links, products = alignment.links, alignment.products
    outcome_ids = links.loc[links["product_id"] == product_id, "outcome_id"]
    outcomes = alignment.outcomes[is_in(alignment.outcomes["outcome_id"], outcome_ids)]
    other_links = links[links["product_id"] != product_id]
    without = with_coverage(outcomes, other_links, products[products["product_id"] != product_id],
                         alignment.doubts)
    names = other_links.sort_values("product_name").groupby("outcome_id")["product_name"].agg(list)
    others = [names.get(outcome_id, []) for outcome_id in outcomes["outcome_id"]]
    return pd.DataFrame({
        "outcome_id": outcomes["outcome_id"], "name": outcomes["name"],
        "weight": outcomes["weight"], "tier1": outcomes["tier1"],
        "coverage": outcomes["coverage"], "without": without["coverage"],
        "falls": outcomes["coverage"] != without["coverage"],
        "others": [formats.listed(other_names, most=4) or NOBODY_ELSE for other_names in others],
        "others_count": [len(other_names) for other_names in others]}).sort_values(
            ["weight", "name"], ascending=[False, True]).reset_index(drop=True)


def without_it(rows: pd.DataFrame) -> str:
    """What would become of outcomes without the product, of `coverage_without`; "" where nothing
    would: that others carry an outcome too says nothing of the product."""
    falling = rows[rows["falls"]]
    names = formats.distinct_labels(dict(zip(falling["outcome_id"], falling["name"], strict=True)))
    fall = [f"“{names[outcome_id]}” would be {COVERAGE[without].label}" for outcome_id, without in
            zip(falling["outcome_id"], falling["without"], strict=True)]
    return f"Without it {formats.listed(fall, most=4)}." if fall else ""


class MissingSteps(NamedTuple):
    """What stands in a chain in place of an objective, and of an outcome, that is not there."""

    objective: str
    outcome: str


def missing_steps(alignment: Alignment, product: pd.Series) -> MissingSteps:
    """That a step of the chain is not there yet, or why it is unknown."""
    portfolio = alignment.portfolio
    unlinked = [table for table in ("outcomes", "contributions") if not portfolio.tracked(table)]
    objective = _IN_DOUBT if product["planned_unknown"] else "No objective yet"
    outcome = _IN_DOUBT if product["linked_unknown"] else (
        f"No outcome {'yet' if is_unlinked(product['product_id'], alignment) else 'known'}")
    return MissingSteps(
        objective if alignment.basis.objectives else
        answers.unknown_because(portfolio, "objectives").rstrip("."),
        answers.unknown_because(portfolio, *unlinked).rstrip(".")
        if not alignment.basis.links and unlinked else outcome)


def chain(alignment: Alignment, product_id: str) -> pd.DataFrame:
    """Every path from a product to an outcome, one row each; an empty row where there is none.

    Columns: objective (missing where a link has no objective behind it), objective_id, outcome
    (missing where the objective has no line of sight), outcome_id, state (of the link).
    """
    links = alignment.links[alignment.links["product_id"] == product_id]
    goals = alignment.of_product(product_id, "objectives")[["objective_id", "title"]]
    paths = goals.merge(
        alignment.sights[["objective_id", "outcome_id", "outcome_name"]], on="objective_id",
        how="left").merge(links[["outcome_id", "state"]], on="outcome_id", how="left")
    paths = paths.assign(outcome=paths["outcome_name"])
    without_objective = links[~links["goal"]].assign(objective_id=None, title=None)
    without_objective = without_objective.assign(outcome=without_objective["outcome_name"])
    columns = ["objective_id", "title", "outcome_id", "outcome", "state"]
    parts = [part[columns].astype("str") for part in (paths, without_objective) if len(part)]
    if not parts:
        return pd.DataFrame([[None] * 5], dtype="str", columns=[
            "objective_id", "objective", "outcome_id", "outcome", "state"])
    return pd.concat(parts, ignore_index=True).rename(columns={"title": "objective"}).sort_values(
        ["outcome", "objective"], na_position="last").reset_index(drop=True)


def drawn_chain(alignment: Alignment, product_id: str) -> Plain:
    """The chain as it is drawn: who and product, then for each objective its key results and the
    outcomes it leads to, each with the state of the product's link and why it was made.

    `lanes`: objective, absent (whether it is missing), says, results (tone and words) and outcomes
    (name, absent, tone, state, why). `more`: how many paths are not drawn, in words.
    """
    row = alignment.products[alignment.products["product_id"] == product_id].iloc[0]
    paths, missing = chain(alignment, product_id), missing_steps(alignment, row)
    objectives = alignment.objectives.set_index("objective_id", drop=False)
    results = alignment.of_product(product_id, "key_results")
    why = rationales(alignment, product_id)
    lanes: dict[object, dict[str, Any]] = {}
    for path in paths.head(MOST_PATHS).to_dict("records"):
        absent, key = formats.is_unknown(path["objective"]), str(path["objective_id"])
        lane = lanes.setdefault(key, {
            "objective": missing.objective if absent else path["objective"], "absent": absent,
            "says": "" if absent else objective_sentence(
                objectives.loc[key].to_dict(), alignment),
            "results": [] if absent else _results(results[results["objective_id"] == key]),
            "outcomes": []})
        lane["outcomes"].append(_outcome(path, missing.outcome, why))
    left = len(paths) - MOST_PATHS
    who = managers.of(row)
    return {"who": f"PM {who}" if not formats.is_unknown(row["pm_names"]) else (
                "" if who == managers.NOT_LOADED else who),
            "nobody": NOBODY, "product": row["name"], "lanes": list(lanes.values()),
            "more": f"{formats.count(left, 'more path')}: the table has all." if left > 0 else ""}


def _results(rows: pd.DataFrame) -> list[list[str]]:
    """The first key results, what needs a look first: tone, symbol and title."""
    words = [STATUS[status] for status in shown_status(rows)]
    listed = sorted(zip(words, rows["title"], strict=True), key=lambda pair: pair[0].rank)
    left = len(listed) - MOST_RESULTS
    more = [["plain", formats.count(left, "more key result")]] if left > 0 else []
    return [[word.tone, f"{word.symbol} {title}: {word.label}"]
            for word, title in listed[:MOST_RESULTS]] + more


def _outcome(path: dict[str, Any], missing: str, why: dict[str, str]) -> Plain:
    absent, word = formats.is_unknown(path["outcome"]), LINK.get(str(path["state"]), UNKNOWN)
    return {"name": missing if absent else path["outcome"], "absent": absent,
            "tone": "plain" if absent else word.tone, "state": "" if absent else str(word),
            "why": why.get(str(path["outcome_id"]), "")}
