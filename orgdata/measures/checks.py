"""The five alignment checks of a managed product (METHOD section 3).

Each check is True, False, or missing where it does not apply or cannot be judged.
"""

import pandas as pd

from orgdata.measures.alignment import Basis
from orgdata.tabular.lookup import count_at, count_by, is_in, positions

CHECKS = ("owned", "linked", "planned", "measured", "fresh")
ALIGNMENT_CHECKS = CHECKS[:4]  # fresh is evidence, not alignment
DUE = ("fresh", "late", "stale", "never")


def with_managers(products: pd.DataFrame, managers: pd.DataFrame,
                  current: pd.DataFrame) -> pd.DataFrame:
    """Add `pm_count`, `owned_alone` (exactly one PM, active, not only interim), `has_deputy` and
    `has_assignments` (anybody's, today)."""
    ids = products["product_id"]
    count = count_by(ids, managers["product_id"])
    good = managers.loc[managers["person_active"] & ~managers["interim"], "product_id"]
    deputies = current.loc[current["role"] == "deputy", "product_id"]
    return products.assign(
        pm_count=count, owned_alone=(count == 1) & is_in(ids, good),
        has_deputy=is_in(ids, deputies), has_assignments=is_in(ids, current["product_id"]))


def with_checks(products: pd.DataFrame, links: pd.DataFrame, objectives: pd.DataFrame,
                key_results: pd.DataFrame, outcomes: pd.DataFrame, basis: Basis) -> pd.DataFrame:
    """Add the five checks, `aligned` (missing = not assessed), `goals` (size of IO(p)), and
    whether any link is declared, confirmed, a goal, or primary (and confirmed) to a tier 1."""
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
