"""The five alignment checks of a managed product (METHOD section 3).

Each check is True, False, or missing where it does not apply or cannot be judged, and beside it
stands the reason.
"""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from orgdata.measures.alignment import Basis
from orgdata.measures.column import Columns, flag, maybe, text, whole
from orgdata.measures.key_results import DUE, OUTDATED
from orgdata.measures.pursuit import products_of
from orgdata.tabular.cells import Mask
from orgdata.tabular.lookup import count_at, count_by, is_in, positions
from orgdata.tabular.select import Condition, case_when

# Check → its reasons by what the check is then: the one by which it passes, those by which it
# fails, and those by which it does not apply or cannot be judged
REASONS: dict[str, tuple[str, tuple[str, ...], tuple[str, ...]]] = {
    "owned": ("accountable", ("nobody", "several", "not_active"), ("not_loaded",)),
    "linked": ("confirmed", ("unconfirmed", "no_link"), ("exempt", "not_loaded")),
    "planned": ("leads_there", ("no_objective", "leads_nowhere"), ("exempt", "not_loaded")),
    "measured": ("measurable", ("unmeasured",), ("no_objective", "not_loaded")),
    "fresh": ("recent", ("outdated",), ("not_loaded", "none_due")),
}
CHECKS = tuple(REASONS)
ALIGNMENT_CHECKS = CHECKS[:4]  # fresh is evidence, not alignment
RESULT_LABELS = {"passes": "passes", "fails": "fails", "not_applicable": "does not apply"}
COLUMNS: Columns = {"products": {
    "pm_count": whole("how many persons are accountable today: the size of PM(p)"),
    "owned_alone": flag("exactly one PM, who is active and not only interim"),
    "has_deputy": flag("whether it has a deputy today"),
    "has_assignments": flag("whether anybody is assigned today"),
    "goals": whole("how many objectives are in cycle: the size of IO(p)"),
    "unmeasured": whole("how many of these have no measurable key result of it"),
    "results_due": whole("measurable key results in scope for which a check-in is due"),
    "results_outdated": whole("how many of these are stale or were never checked in"),
    "has_declared": flag("whether it has a declared link"),
    "has_confirmed": flag("whether it has a confirmed link"),
    "has_goal_link": flag("whether a goal leads to an outcome"),
    "has_primary": flag("whether it has a confirmed primary link"),
    "primary_tier1": flag("whether it has one to a tier-1 outcome"),
    "owned": maybe("the check; missing where it does not apply"),
    "linked": maybe("the check; missing where it does not apply"),
    "planned": maybe("the check; missing where it does not apply"),
    "measured": maybe("the check; missing where it does not apply"),
    "fresh": maybe("the check of evidence; missing where nothing is due"),
    "owned_reason": text("why the check is what it is"),
    "linked_reason": text("why the check is what it is"),
    "planned_reason": text("why the check is what it is"),
    "measured_reason": text("why the check is what it is"),
    "fresh_reason": text("why the check is what it is"),
    "checks_passed": whole("how many of the checks pass"),
    "checks_applicable": whole("how many of the checks apply"),
    "aligned": maybe("none of the first four fails; missing where not assessed"),
}}


def with_managers(products: pd.DataFrame, managers: pd.DataFrame,
                  current: pd.DataFrame) -> pd.DataFrame:
    """Add to products how many managers, and whether a deputy and anybody, are assigned today."""
    ids = products["product_id"]
    count = count_by(ids, managers["product_id"])
    settled = managers.loc[managers["person_active"] & ~managers["interim"], "product_id"]
    deputies = current.loc[current["role"] == "deputy", "product_id"]
    return products.assign(
        pm_count=count, owned_alone=(count == 1) & is_in(ids, settled),
        has_deputy=is_in(ids, deputies), has_assignments=is_in(ids, current["product_id"]))


def with_checks(products: pd.DataFrame, links: pd.DataFrame, pursued: pd.DataFrame,
                key_results: pd.DataFrame, outcomes: pd.DataFrame, basis: Basis) -> pd.DataFrame:
    """Add the five checks with their reasons, whether each product is aligned, and what they rest
    on."""
    ids = products["product_id"]
    goals = pursued[pursued["in_cycle"]]
    of_goals = positions(goals["product_id"], ids)
    confirmed = links["confirmed"]
    primary = confirmed & (links["strength"] == "primary")
    tier1 = is_in(links["outcome_id"], outcomes.loc[outcomes["tier1"], "outcome_id"])
    due = key_results[key_results["measurable"] & key_results["freshness"].isin(DUE)]
    due_of = products_of(due, "kr_id", pursued)
    outdated = is_in(due_of["id"], due.loc[due["freshness"].isin(OUTDATED), "kr_id"])
    of_links, of_due = (positions(rows["product_id"], ids) for rows in (links, due_of))

    def any_link(holds: pd.Series) -> pd.Series:
        return count_at(ids, of_links, holds) > 0

    products = products.assign(
        goals=count_at(ids, of_goals),
        unmeasured=count_at(ids, of_goals, goals["measurable_count"] == 0),
        results_due=count_at(ids, of_due),
        results_outdated=count_at(ids, of_due, outdated),
        has_confirmed=any_link(confirmed), has_primary=any_link(primary),
        primary_tier1=any_link(primary & tier1), has_goal_link=any_link(links["goal"]),
        has_declared=any_link(links["declared"]))
    reasons = _reasons(products, any_link(confirmed & links["goal"]), basis)
    checks = {name: _check(name, reason) for name, reason in reasons.items()}
    passed, applicable = (
        pd.Series(sum(holds(check).astype(int) for check in checks.values()), products.index)
        for holds in (_is_true, pd.notna))
    return products.assign(
        **checks, **{f"{name}_reason": reason for name, reason in reasons.items()},
        checks_passed=passed, checks_applicable=applicable, aligned=_aligned(checks))


def _reasons(products: pd.DataFrame, leads_there: pd.Series, basis: Basis) -> dict[str, pd.Series]:
    """Per check the reason that decides it; the first that holds counts."""
    goals = products["goals"] > 0
    exempt: tuple[Condition, str] = (products["exempt"], "exempt")
    no_objective: tuple[Condition, str] = (~goals, "no_objective")

    def needs(loaded: bool) -> tuple[Condition, str]:
        return not loaded, "not_loaded"

    ladders: dict[str, list[tuple[Condition, str]]] = {
        "owned": [needs(basis.assignments), (products["pm_count"] == 0, "nobody"),
                  (products["pm_count"] > 1, "several"), (~products["owned_alone"], "not_active"),
                  (True, "accountable")],
        "linked": [exempt, needs(basis.links), (products["has_confirmed"], "confirmed"),
                   (products["has_declared"], "unconfirmed"), (True, "no_link")],
        "planned": [exempt, needs(basis.objectives and basis.links), no_objective,
                    (leads_there, "leads_there"), (True, "leads_nowhere")],
        "measured": [no_objective, needs(basis.proof), (products["unmeasured"] > 0, "unmeasured"),
                     (True, "measurable")],
        "fresh": [needs(basis.check_ins), (products["results_due"] == 0, "none_due"),
                  (products["results_outdated"] > 0, "outdated"), (True, "recent")],
    }
    return {name: case_when(products.index, *steps) for name, steps in ladders.items()}


def _check(name: str, reason: pd.Series) -> pd.arrays.BooleanArray:
    """True, False or missing, as the reason says."""
    passes, _, silent = REASONS[name]
    return pd.arrays.BooleanArray((reason == passes).to_numpy(), reason.isin(silent).to_numpy())


def _is_true(check: pd.arrays.BooleanArray) -> Mask:
    return np.asarray(check.fillna(False), dtype=bool)


def check_result(value: object) -> str:
    """The result of a check, or of alignment, that is true, false or missing: `passes`, `fails` or
    `not_applicable`."""
    return "not_applicable" if pd.isna(value) else "passes" if value else "fails"


def _aligned(checks: Mapping[str, pd.arrays.BooleanArray]) -> pd.arrays.BooleanArray:
    """None of the first four fails, and linked or planned applies."""
    fails = np.logical_or.reduce([~_is_true(checks[name]) & ~checks[name].isna()
                                  for name in ALIGNMENT_CHECKS])
    return pd.arrays.BooleanArray(~fails, checks["linked"].isna() & checks["planned"].isna())
