"""A product explained: its five checks, each with its own numbers. METHOD section 3."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal

import pandas as pd

from orgdata import formats
from orgdata.measures import Alignment
from orgdata.measures.checks import CHECKS, check_result
from orgdata.model.portfolio import Portfolio
from orgdata.tabular.lookup import is_in
from orgdata.views import not_judged, vocabulary
from orgdata.views.explain import corrected
from orgdata.views.explain.explanation import Fact, ProductExplanation, fact

# Check and reason, as measured, → why the check is what it is
WHY: Mapping[tuple[str, str], str] = MappingProxyType({
    ("owned", "not_loaded"): "{missing}",
    ("owned", "nobody"): "no PM is assigned today",
    ("owned", "several"): "{people} PM today, one is needed",
    ("owned", "not_active"): "{managers} has left or is only interim",
    ("owned", "accountable"): "the PM is {managers}",
    ("owned", "doubtful"): "unknown who is the PM; {rows}",
    ("owned", "lost"):
        "unknown, because no row that would tell who is the PM could be used",
    ("linked", "exempt"): "it is a {role} product, so it need not support an outcome",
    ("linked", "not_loaded"): "{missing}",
    ("linked", "confirmed"): "confirmed {links} to {confirmed}",
    ("linked", "unconfirmed"): "the link to {declared} is not confirmed yet",
    ("linked", "no_link"): "no confirmed link to an active outcome",
    ("linked", "doubtful"): "unknown what it supports; {rows}",
    ("linked", "lost"):
        "unknown, because no row that would tell what it supports could be used",
    ("planned", "exempt"): "it is a {role} product, so it need not have an OKR",
    ("planned", "not_loaded"): "{missing}",
    ("planned", "no_objective"): "no objective in this cycle",
    ("planned", "leads_there"): "{goals} in this cycle, leading to {backed}",
    ("planned", "leads_nowhere"):
        "{goals} in this cycle, none leads to an outcome with a confirmed link",
    ("planned", "doubtful"): "unknown what its objectives lead to; {rows}",
    ("planned", "lost"):
        "unknown, because no row that would tell its objectives could be used",
    ("measured", "no_objective"): "no objective in this cycle",
    ("measured", "not_loaded"): "{missing}",
    ("measured", "unmeasured"): "no measurable key result for {unmeasured}",
    ("measured", "measurable"): "{each} has a measurable key result",
    ("measured", "doubtful"): "unknown, because rows that may tell how its objectives are "
                              "measured were skipped or unreadable",
    ("measured", "lost"):
        "unknown, because no row that would tell how its objectives are measured could be used",
    ("fresh", "not_loaded"): "{missing}",
    ("fresh", "none_due"): "no measurable key result is due for a check-in",
    ("fresh", "outdated"): "{outdated} of {due} outdated or never checked in",
    ("fresh", "recent"): "{due} with a recent check-in",
    ("fresh", "doubtful"):
        "unknown, because rows that may tell its check-ins were skipped or unreadable",
    ("fresh", "lost"):
        "unknown, because no row that would tell its check-ins could be used",
})
_IN_DOUBT: Mapping[str, tuple[Literal["pm", "link", "objective"], ...]] = MappingProxyType({
    "owned": ("pm",), "linked": ("link",), "planned": ("link", "objective")})
_LOOKS_AT = {  # check → the tables without which it cannot be made
    "owned": ("assignments",), "linked": ("outcomes", "contributions", "objectives"),
    "planned": ("objectives", "outcomes", "contributions"),
    "measured": ("objectives", "key_results"), "fresh": ("check_ins",)}


def product(row: pd.Series, alignment: Alignment) -> ProductExplanation:
    """The five checks of a product, each with its own numbers, and whether it is aligned."""
    values = _values(row, alignment)
    return ProductExplanation(
        str(row["name"]), check_result(row["aligned"]), int(row["checks_passed"]),
        int(row["checks_applicable"]), tuple(
            _check(name, row, alignment, values) for name in CHECKS),
        corrected.of_product(alignment, str(row["product_id"])))


def _check(name: str, row: pd.Series, alignment: Alignment, values: Mapping[str, str]) -> Fact:
    """One alignment check of one product, with the reason that was measured."""
    values = {**values, "missing": _missing(name, alignment.portfolio),
              "rows": rows_in_doubt(name, str(row["product_id"]), alignment)}
    why = WHY[name, row[f"{name}_reason"]]
    return fact(name, check_result(row[name], row[f"{name}_unknown"]), why,
                **{key: value for key, value in values.items() if f"{{{key}}}" in why})


def rows_in_doubt(check: str, product_id: str, alignment: Alignment) -> str:
    """The rows that may hold what a check did not find, in words."""
    rows = [row for fact in _IN_DOUBT.get(check, ())
            for row in alignment.doubts.because(fact, "product_id", product_id)]
    return not_judged.rows_in_words(dict.fromkeys(rows), alignment.portfolio)


def is_unlinked(product_id: str, alignment: Alignment) -> bool:
    """Whether a product that no link names is known to have none: all that may link it to an
    outcome is loaded, and no row that was skipped may name it."""
    basis = alignment.basis
    return basis.links and basis.contributions and basis.objectives and not any(
        rows_in_doubt(check, product_id, alignment) for check in ("linked", "planned"))


def _missing(check: str, portfolio: Portfolio) -> str:
    """Why a check cannot be made: a table that was skipped as a whole, or is not loaded."""
    missing = sorted((table for table in _LOOKS_AT[check] if not portfolio.tracked(table)),
                     key=portfolio.lost, reverse=True)
    if not missing:
        return ""
    if {"contributions", "objectives"} <= set(missing) and not portfolio.lost(missing[0]):
        return "nothing loaded links products to outcomes"
    return portfolio.why_missing(missing[0])


def _values(row: pd.Series, alignment: Alignment) -> dict[str, str]:
    """The names and counts that the reasons of the checks mention, as text."""
    links = alignment.links[alignment.links["product_id"] == row["product_id"]]
    goals, pursued = alignment.of_product(row["product_id"], "objectives"), alignment.pursued
    unmeasured = pursued[(pursued["product_id"] == row["product_id"])
                         & (pursued["measurable_count"] == 0)]
    confirmed, backed, declared = (
        links.loc[holds, "outcome_name"].tolist() for holds in (
            links["confirmed"], links["confirmed"] & links["goal"], links["declared"]))
    return {
        "people": formats.count(row["pm_count"], "person is", "people are"),
        "managers": str(row["pm_names"]), "role": vocabulary.role(row["strategic_role"]),
        "links": f"link{'s' * (len(confirmed) > 1)}", "confirmed": _quoted(confirmed),
        "declared": _quoted(declared), "backed": _quoted(backed),
        "goals": formats.count(row["goals"], "objective"),
        "each": "its objective" if len(goals) == 1 else f"each of {len(goals):,} objectives",
        "unmeasured": _quoted(goals.loc[is_in(goals["objective_id"], unmeasured["objective_id"]),
                                        "title"].tolist()),
        "outdated": str(row["results_outdated"]),
        "due": formats.count(row["results_due"], "measurable key result")}


def _quoted(names: list[str]) -> str:
    return formats.listed([f"“{name}”" for name in names])
