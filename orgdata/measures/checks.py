"""The five alignment checks of a managed product (METHOD section 3).

Each check is True, False, or missing where it does not apply or cannot be judged.
"""

import pandas as pd

from orgdata.measures.alignment import Basis
from orgdata.measures.column import Columns, flag, maybe, whole
from orgdata.tabular.lookup import count_at, count_by, is_in, positions

CHECKS = ("owned", "linked", "planned", "measured", "fresh")
ALIGNMENT_CHECKS = CHECKS[:4]  # fresh is evidence, not alignment
COLUMNS: Columns = {"products": {
    "pm_count": whole("how many persons are accountable today: the size of PM(p)"),
    "owned_alone": flag("exactly one PM, who is active and not only interim"),
    "has_deputy": flag("whether it has a deputy today"),
    "has_assignments": flag("whether anybody is assigned today"),
    "goals": whole("how many objectives are in cycle: the size of IO(p)"),
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
    "aligned": maybe("none of the first four fails; missing where not assessed"),
}}
DUE = ("fresh", "late", "stale", "never")


def with_managers(products: pd.DataFrame, managers: pd.DataFrame,
                  current: pd.DataFrame) -> pd.DataFrame:
    """Add who is on each product today: managers, deputies, anybody."""
    ids = products["product_id"]
    count = count_by(ids, managers["product_id"])
    good = managers.loc[managers["person_active"] & ~managers["interim"], "product_id"]
    deputies = current.loc[current["role"] == "deputy", "product_id"]
    return products.assign(
        pm_count=count, owned_alone=(count == 1) & is_in(ids, good),
        has_deputy=is_in(ids, deputies), has_assignments=is_in(ids, current["product_id"]))


def with_checks(products: pd.DataFrame, links: pd.DataFrame, objectives: pd.DataFrame,
                key_results: pd.DataFrame, outcomes: pd.DataFrame, basis: Basis) -> pd.DataFrame:
    """Add the five checks, whether each product is aligned, and what they rest on."""
    ids = products["product_id"]
    of_objectives = positions(objectives["product_id"], ids)
    goals = count_at(ids, of_objectives)
    unmeasured = count_at(ids, of_objectives, objectives["measurable_count"] == 0) > 0
    confirmed = links["confirmed"]
    primary = confirmed & (links["strength"] == "primary")
    tier1 = is_in(links["outcome_id"], outcomes.loc[outcomes["tier1"], "outcome_id"])
    evidence = key_results["measurable"] & key_results["freshness"].isin(DUE)
    outdated = evidence & key_results["freshness"].isin(("stale", "never"))

    of_links, of_results = (positions(rows["product_id"], ids) for rows in (links, key_results))

    def any_link(holds: pd.Series) -> pd.Series:
        return count_at(ids, of_links, holds) > 0

    def any_result(holds: pd.Series) -> pd.Series:
        return count_at(ids, of_results, holds) > 0

    judged = ~products["exempt"] & basis.links
    checked = products.assign(
        goals=goals, has_confirmed=any_link(confirmed), has_primary=any_link(primary),
        primary_tier1=any_link(primary & tier1), has_goal_link=any_link(links["goal"]),
        has_declared=any_link(links["declared"]),
        owned=_check(products["owned_alone"], basis.assignments),
        linked=_check(any_link(confirmed), judged),
        planned=_check(any_link(confirmed & links["goal"]), judged & basis.objectives),
        measured=_check(~unmeasured, (goals > 0) & basis.proof),
        fresh=_check(~any_result(outdated), any_result(evidence)))
    return checked.assign(aligned=_aligned(checked))


def _check(passes: pd.Series, applies: pd.Series | bool) -> pd.Series:
    return passes.astype("boolean").where(pd.Series(applies, passes.index))


def _aligned(products: pd.DataFrame) -> pd.Series:
    """None of the first four fails, and linked or planned applies."""
    none_fails = products[list(ALIGNMENT_CHECKS)].fillna(True).all(axis=1)
    assessed = products["linked"].notna() | products["planned"].notna()
    return none_fails.astype("boolean").where(assessed)
