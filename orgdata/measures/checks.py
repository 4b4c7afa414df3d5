"""The five alignment checks of a managed product (METHOD section 3).

Each check is True, False, or missing where it does not apply or is unknown, and beside it stands
the reason.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from orgdata.measures.alignment import Basis, Doubts
from orgdata.measures.column import Columns, flag, maybe, text, whole
from orgdata.measures.doubt import Fact
from orgdata.measures.key_results import BOUNDS, DUE, OUTDATED, has_lost_bound
from orgdata.measures.pursuit import products_of
from orgdata.model.portfolio import Portfolio
from orgdata.tabular.cells import Mask
from orgdata.tabular.lookup import (
    count_at,
    count_by,
    indexed,
    is_in,
    is_word,
    look_up_any,
    positions,
)
from orgdata.tabular.select import Condition, add_columns, case_when, iter_rows, these

_UNKNOWN = ("doubtful", "lost")  # a row, or the table, that may hold what is not found
# Check → its reasons by what the check is then: the one by which it passes, those by which it
# fails, those by which it does not apply, and those by which it is unknown
REASONS: dict[str, tuple[str, tuple[str, ...], tuple[str, ...], tuple[str, ...]]] = {
    "owned": ("accountable", ("nobody", "several", "not_active"), ("not_loaded",), _UNKNOWN),
    "linked": ("confirmed", ("unconfirmed", "no_link"), ("exempt", "not_loaded"), _UNKNOWN),
    "planned": ("leads_there", ("no_objective", "leads_nowhere"), ("exempt", "not_loaded"),
                _UNKNOWN),
    "measured": ("measurable", ("unmeasured",), ("no_objective", "not_loaded"), _UNKNOWN),
    "fresh": ("recent", ("outdated",), ("not_loaded", "none_due"), _UNKNOWN),
}
CHECKS = tuple(REASONS)
ALIGNMENT_CHECKS = CHECKS[:4]  # fresh is evidence, not alignment
RESULT_LABELS = {"passes": "passes", "fails": "fails", "unknown": "unknown",
                 "not_applicable": "does not apply"}
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
    **{name: maybe("the check; missing where it does not apply or is unknown") for name in CHECKS},
    **{f"{name}_unknown": flag("what was lost may decide the check") for name in CHECKS},
    **{f"{name}_reason": text("why the check is what it is") for name in CHECKS},
    "checks_passed": whole("how many of the checks pass"),
    "checks_applicable": whole("how many of the checks apply, unknown ones included"),
    "checkable": flag("linked or planned applies"),
    "failing": flag("checkable, and one of the first four checks fails"),
    "passing": flag("checkable, and no check made on any product fails or is unknown"),
    "aligned": maybe("none of the first four fails or is unknown; missing where not assessed"),
}}


@dataclass(frozen=True)
class Checked:
    """What may be there though it was not found, for each check of each product."""

    doubts: Doubts
    unclear: pd.Series  # objectives of which a key result lost its target or a bound, once for each
    #                     product that it may measure: objective_id + "\0" + product_id

    def in_doubt(self, products: pd.DataFrame, goals: pd.DataFrame, unmeasured: pd.Series,
                 measurable: pd.DataFrame, outdated: pd.Series) -> dict[str, pd.Series]:
        """Per check whether it may pass all the same, where it would fail."""
        def doubtful(fact: Fact) -> pd.Series:
            return self.doubts.doubtful(fact, "product_id", products["product_id"])

        def each(of: pd.Series, fails: pd.Series, in_doubt: pd.Series) -> pd.Series:
            """Whether all that fails of a product is in doubt."""
            return ~is_in(products["product_id"], of[fails & ~in_doubt])

        pairs = goals["objective_id"] + "\0" + goals["product_id"]
        objective = self.doubts.doubtful("key_result", "objective_id", goals["objective_id"])
        check_in = self.doubts.doubtful("check_in", "kr_id", measurable["id"])
        links = doubtful("link")
        return {
            "owned": doubtful("pm"), "linked": links, "planned": links | doubtful("objective"),
            "measured": each(goals["product_id"], unmeasured, objective | is_in(
                pairs, self.unclear)),
            "fresh": each(measurable["product_id"], outdated, check_in)}

    def lost(self, products: pd.DataFrame, has_results: pd.Series
             ) -> dict[str, pd.Series | bool]:
        """Per check whether it does not apply because a table is lost."""
        basis, lost = self.doubts.basis, self.doubts.basis.lost
        neither = not (basis.contributions or basis.objectives)
        goals = products["goals"] > 0
        of_goals = (~goals & bool(lost & {"objectives", "objective_products"})) | (
            goals & ("key_results" in lost))
        return {
            "owned": "assignments" in lost,
            "linked": "outcomes" in lost or (
                neither and bool(lost & {"contributions", "objectives"})),
            "planned": bool(lost & {"objectives", "outcomes"}), "measured": of_goals,
            "fresh": of_goals | (has_results & ("check_ins" in lost))}


def unclear_results(portfolio: Portfolio, key_results: pd.DataFrame,
                    pursued: pd.DataFrame) -> pd.Series:
    """The pairs of objective and product of which a key result, not measurable, lost its target or
    a bound."""
    if not portfolio.lost_in("key_results", *BOUNDS):
        return pd.Series(dtype="str")
    lost = ~key_results["measurable"] & has_lost_bound(portfolio, key_results)
    rows = these(key_results, "objective_id", "kr_id", "own_product_id")[lost]
    pairs = products_of(rows, "kr_id", pursued)
    goal = look_up_any(pairs["id"], indexed(rows, "kr_id", "objective_id"))
    return goal + "\0" + pairs["product_id"]


def with_managers(products: pd.DataFrame, managers: pd.DataFrame,
                  current: pd.DataFrame) -> pd.DataFrame:
    """Add to products how many managers, and whether a deputy and anybody, are assigned today."""
    ids = products["product_id"]
    count = count_by(ids, managers["product_id"])
    settled = managers.loc[managers["person_active"] & ~managers["interim"], "product_id"]
    deputies = current.loc[is_word(current["role"], "deputy"), "product_id"]
    return products.assign(
        pm_count=count, owned_alone=(count == 1) & is_in(ids, settled),
        has_deputy=is_in(ids, deputies), has_assignments=is_in(ids, current["product_id"]))


def with_checks(products: pd.DataFrame, links: pd.DataFrame, pursued: pd.DataFrame,
                key_results: pd.DataFrame, outcomes: pd.DataFrame,
                checked: Checked) -> pd.DataFrame:
    """Add the five checks with their reasons, whether each product is aligned, and what they rest
    on."""
    ids, basis = products["product_id"], checked.doubts.basis
    goals = pursued[pursued["in_cycle"]]
    of_goals = positions(goals["product_id"], ids)
    unmeasured = goals["measurable_count"] == 0
    confirmed = links["confirmed"]
    primary = confirmed & is_word(links["strength"], "primary")
    tier1 = is_in(links["outcome_id"], outcomes.loc[outcomes["tier1"], "outcome_id"])
    measurable = products_of(these(key_results, "kr_id", "objective_id", "own_product_id")[
        key_results["measurable"]], "kr_id", pursued)
    freshness = look_up_any(measurable["id"], indexed(key_results, "kr_id", "freshness"))
    due, outdated = is_word(freshness, *DUE), is_word(freshness, *OUTDATED)
    of_links, of_results = (positions(rows["product_id"], ids) for rows in (links, measurable))

    def any_link(holds: pd.Series) -> pd.Series:
        return count_at(ids, of_links, holds) > 0

    products = add_columns(products, {
        "goals": count_at(ids, of_goals), "unmeasured": count_at(ids, of_goals, unmeasured),
        "results_due": count_at(ids, of_results, due),
        "results_outdated": count_at(ids, of_results, outdated),
        "has_confirmed": any_link(confirmed), "has_primary": any_link(primary),
        "primary_tier1": any_link(primary & tier1), "has_goal_link": any_link(links["goal"]),
        "has_declared": any_link(links["declared"])})
    explained = checked.in_doubt(products, goals, unmeasured, measurable, outdated)
    lost = checked.lost(products, is_in(ids, measurable["product_id"]))
    reasons = _reasons(products, any_link(confirmed & links["goal"]), basis, explained, lost)
    checks = {name: _check(name, reason) for name, reason in reasons.items()}
    unknown = {name: is_word(reason, *REASONS[name][3]) for name, reason in reasons.items()}
    passed, applicable = (
        pd.Series(np.sum([counts[name] for name in CHECKS], axis=0), products.index)
        for counts in ({name: _is(checks[name], True) for name in CHECKS},
                       {name: pd.notna(checks[name]) | unknown[name] for name in CHECKS}))
    return add_columns(products, {
        **checks, **{f"{name}_reason": reason for name, reason in reasons.items()},
        **{f"{name}_unknown": is_unknown for name, is_unknown in unknown.items()},
        "checks_passed": passed, "checks_applicable": applicable,
        **_verdicts(checks, unknown, reasons, basis.proof)})


def _reasons(products: pd.DataFrame, leads_there: pd.Series, basis: Basis,
             explained: Mapping[str, pd.Series], lost: Mapping[str, pd.Series | bool]
             ) -> dict[str, pd.Series]:
    """Per check the reason that decides it; the first that holds counts."""
    goals = products["goals"] > 0
    exempt: tuple[Condition, str] = (products["exempt"], "exempt")
    no_objective: tuple[Condition, str] = (~goals, "no_objective")

    def needs(loaded: bool) -> tuple[Condition, str]:
        return not loaded, "not_loaded"

    ladders: dict[str, list[tuple[Condition, str]]] = {
        "owned": [needs(basis.assignments), (products["owned_alone"], "accountable"),
                  (products["pm_count"] > 1, "several"), (explained["owned"], "doubtful"),
                  (products["pm_count"] == 0, "nobody"), (True, "not_active")],
        "linked": [needs(basis.links), (products["has_confirmed"], "confirmed"),
                   (explained["linked"], "doubtful"),
                   (products["has_declared"], "unconfirmed"), (True, "no_link")],
        "planned": [needs(basis.objectives and basis.links), (leads_there, "leads_there"),
                    (explained["planned"], "doubtful"), no_objective, (True, "leads_nowhere")],
        "measured": [needs(basis.objectives), no_objective, needs(basis.proof),
                     (products["unmeasured"] == 0, "measurable"),
                     (explained["measured"], "doubtful"), (True, "unmeasured")],
        "fresh": [needs(basis.check_ins), (products["results_due"] == 0, "none_due"),
                  (products["results_outdated"] == 0, "recent"),
                  (explained["fresh"], "doubtful"), (True, "outdated")],
    }
    return {name: case_when(products.index, *([exempt] if name in ("linked", "planned") else []),
                            (lost[name], "lost"), *steps) for name, steps in ladders.items()}


def _check(name: str, reason: pd.Series) -> pd.arrays.BooleanArray:
    """True, False or missing, as the reason says."""
    passes, _, silent, unknown = REASONS[name]
    return pd.arrays.BooleanArray(is_word(reason, passes).to_numpy(),
                                  is_word(reason, *silent, *unknown).to_numpy())


def _is(check: pd.arrays.BooleanArray, value: bool) -> Mask:
    return np.asarray((check == value).fillna(False), dtype=bool)


def check_result(value: object, unknown: object = False) -> str:
    """The result of a check, or of alignment, that is true, false or missing: `passes`, `fails`,
    `unknown` or `not_applicable`."""
    return ("unknown" if unknown else "not_applicable" if pd.isna(value) else
            "passes" if value else "fails")


def _verdicts(checks: Mapping[str, pd.arrays.BooleanArray], unknown: Mapping[str, pd.Series],
              reasons: Mapping[str, pd.Series], proof: bool) -> dict[str, Any]:
    """`aligned`, `checkable`, `failing` and `passing`; a check that a lost table leaves open does
    not make a product checkable."""
    checkable = np.logical_or.reduce([
        pd.notna(checks[name]) | is_word(reasons[name], "doubtful")
        for name in ("linked", "planned")])
    fails = {name: _is(checks[name], False) for name in ALIGNMENT_CHECKS}
    any_fails = np.logical_or.reduce(list(fails.values()))
    any_unknown = np.logical_or.reduce([unknown[name] for name in ALIGNMENT_CHECKS])
    passing = checkable & ~np.logical_or.reduce([
        np.zeros(len(checkable), dtype=bool),
        *(fails[name] | unknown[name] for name in made(checks))])
    not_assessed = ~checkable | (any_unknown & ~any_fails) | (not proof)
    return {"aligned": pd.arrays.BooleanArray(~any_fails, np.asarray(not_assessed)),
            "checkable": checkable, "failing": checkable & any_fails, "passing": passing}


def made(checks: Mapping[str, Any]) -> tuple[str, ...]:
    """Those of the first four checks that pass or fail for some product."""
    return tuple(name for name in ALIGNMENT_CHECKS if pd.notna(checks[name]).any())


def results(products: pd.DataFrame, name: str) -> pd.Series:
    """The result of a check, or of alignment, of each product in a word."""
    unknown = products[f"{name}_unknown"] if name in CHECKS else pd.Series(False, products.index)
    return pd.Series([check_result(*cells) for cells in iter_rows(products[name], unknown)],
                     products.index, dtype="str")
