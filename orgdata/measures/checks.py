"""The five alignment checks of a managed product (METHOD section 3).

Each check is True, False, or missing where it does not apply or cannot be judged.
"""

import pandas as pd

from orgdata.keys import among, look_up
from orgdata.measures.alignment import Basis

CHECKS = ("owned", "linked", "planned", "measured", "fresh")
ALIGNMENT_CHECKS = CHECKS[:4]  # fresh is evidence, not alignment
DUE = ("fresh", "late", "stale", "never")


def with_managers(products: pd.DataFrame, managers: pd.DataFrame,
                  current: pd.DataFrame) -> pd.DataFrame:
    """Add `pm_count`, `owned_alone` (exactly one PM, active, not only interim), `has_deputy` and
    `has_assignments` (anybody's, today)."""
    of = managers.assign(good=managers["person_active"] & ~managers["interim"]).groupby(
        "product_id").agg(count=("person_id", "size"), good=("good", "all"))
    count = look_up(products["product_id"], of["count"], 0)
    good = look_up(products["product_id"], of["good"], False)
    deputies = current.loc[current["role"] == "deputy", "product_id"]
    return products.assign(
        pm_count=count, owned_alone=(count == 1) & good,
        has_deputy=among(products["product_id"], deputies),
        has_assignments=among(products["product_id"], current["product_id"]))


def with_checks(products: pd.DataFrame, links: pd.DataFrame, objectives: pd.DataFrame,
                key_results: pd.DataFrame, outcomes: pd.DataFrame, basis: Basis) -> pd.DataFrame:
    """Add the five checks, `aligned` (missing = not assessed), `goals` (size of IO(p)), and
    whether any link is declared, confirmed, a goal, or primary (and confirmed) to a tier 1."""
    ids = products["product_id"]
    goals = objectives.assign(unmeasured=objectives["measurable_count"] == 0).groupby(
        "product_id")["unmeasured"].agg(["size", "sum"])
    count = look_up(ids, goals["size"], 0)
    confirmed = links[links["confirmed"]]
    primary = confirmed[confirmed["strength"] == "primary"]
    tier1 = outcomes.loc[outcomes["tier1"], "outcome_id"]
    has_confirmed = among(ids, confirmed["product_id"])
    planned = among(ids, confirmed.loc[confirmed["goal"], "product_id"])
    evidence = key_results[key_results["measurable"] & key_results["freshness"].isin(DUE)]
    outdated = evidence[evidence["freshness"].isin(("stale", "never"))]
    judged = ~products["exempt"] & basis.links
    checked = products.assign(
        goals=count, has_confirmed=has_confirmed,
        has_primary=among(ids, primary["product_id"]),
        primary_tier1=among(ids, primary.loc[among(primary["outcome_id"], tier1), "product_id"]),
        has_goal_link=among(ids, links.loc[links["goal"], "product_id"]),
        has_declared=among(ids, links.loc[links["declared"], "product_id"]),
        owned=_check(products["owned_alone"], basis.assignments),
        linked=_check(has_confirmed, judged),
        planned=_check(planned, judged & basis.objectives),
        measured=_check(look_up(ids, goals["sum"], 0) == 0, (count > 0) & basis.proof),
        fresh=_check(~among(ids, outdated["product_id"]), among(ids, evidence["product_id"])))
    return checked.assign(aligned=_aligned(checked))


def _check(passes: pd.Series, applies: pd.Series | bool) -> pd.Series:
    return passes.astype("boolean").where(pd.Series(applies, passes.index))


def _aligned(products: pd.DataFrame) -> pd.Series:
    """None of the first four fails, and linked or planned applies."""
    none_fails = products[list(ALIGNMENT_CHECKS)].fillna(True).all(axis=1)
    assessed = products["linked"].notna() | products["planned"].notna()
    return none_fails.astype("boolean").where(assessed)
