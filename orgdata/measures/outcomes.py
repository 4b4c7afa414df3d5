"""Active outcomes with weight and tier, and how well each is covered."""

import numpy as np
import pandas as pd

from orgdata.measures.alignment import Basis, Doubts
from orgdata.measures.column import Columns, flag, number, text, whole
from orgdata.measures.objectives import is_active
from orgdata.measures.weights import is_stated, rescaled
from orgdata.model.portfolio import Portfolio
from orgdata.tabular.lookup import count_by, indexed, is_in, is_word, look_up, look_up_any
from orgdata.tabular.select import TOLERANCE, rows_where

TIER_1_WEIGHT = 0.20
CREDIT = {"covered": 1.0, "thin": 0.5, "uncovered": 0.0, "unknown": 0.0}  # of coverage. METHOD §3
COLUMNS: Columns = {"outcomes": {
    "weight": number("w: its share of 1 among the active outcomes"),
    "weight_given": number("the weight as stated"),
    "weight_percent": flag("whether it was written with a percent sign"),
    "weight_assumed": flag("whether the weight is not stated but assumed"),
    "tier1": flag("whether it is a tier-1 outcome"),
    "progress": number("how far its own metric is from baseline to target; missing where one is"),
    "coverage": text("covered, stated, thin, uncovered or unknown; missing: no link can be judged"),
    "lacks": text("of a thin one the first thing that the link closest to covering it is without"),
    "closest": text("the product of that link; missing where several are as close"),
    "closest_count": whole("how many products are as close"),
}}
_STEPS = ("a primary link", "its confirmation", "an objective", "a measure", "a product manager")


def active_outcomes(portfolio: Portfolio) -> pd.DataFrame:
    """The active outcomes, with their weights, tier and progress. METHOD §2."""
    rows = rows_where(portfolio["outcomes"], is_active(portfolio["outcomes"]))
    weight = rescaled(rows["weight"], pd.Series(0, index=rows.index),
                      plain=~rows["weight_percent"])
    stated = is_stated(rows["weight"])
    by_weight = (weight >= TIER_1_WEIGHT - TOLERANCE) & stated
    span = (rows["target"] - rows["baseline"]).replace(0.0, np.nan)
    return rows.assign(
        weight_given=rows["weight"], weight=weight,
        progress=(rows["current"] - rows["baseline"]) / span,
        weight_assumed=rows["weight"].isna() | (not stated),
        tier1=(rows["tier"] == 1) | (rows["tier"].isna() & by_weight))


def with_coverage(outcomes: pd.DataFrame, links: pd.DataFrame, products: pd.DataFrame,
                  doubts: Doubts) -> pd.DataFrame:
    """Add how well each outcome is covered, and what is missing if it is thin. METHOD §3."""
    basis, ids = doubts.basis, outcomes["outcome_id"]
    if not basis.links:
        unknown = pd.Series(np.nan, outcomes.index, dtype="str")
        return outcomes.assign(coverage=unknown, lacks=unknown, closest=unknown, closest_count=0)
    managed = is_in(links["product_id"], products.loc[products["pm_count"] > 0, "product_id"])
    steps = np.column_stack([
        is_word(links["strength"], "primary"), links["confirmed"],
        links["goal"] | (not basis.proof), links["measured_goal"] | (not basis.proof),
        managed | (not basis.assignments)])
    reached = pd.Series(steps.cumprod(axis=1).sum(axis=1), links.index)  # steps without a break
    farthest = reached.groupby(links["outcome_id"]).max()
    best = look_up(ids, farthest, -1)
    in_doubt = doubts.doubtful("link", "outcome_id", ids) | doubts.doubtful(
        "objective", "outcome_id", ids)
    coverage = np.select(
        [(best < 0) & in_doubt, best < 0, best == len(_STEPS)],
        ["unknown", "uncovered", "covered" if basis.proof else "stated"], "thin")
    lacks = best.map(dict(enumerate(_STEPS))).where(coverage == "thin")
    closest = links[reached == look_up(links["outcome_id"], farthest, -1)]
    alone = indexed(closest[~closest["outcome_id"].duplicated(keep=False)],
                    "outcome_id", "product_id")
    return outcomes.assign(
        coverage=pd.Series(coverage, outcomes.index, dtype="str"), lacks=lacks.astype("str"),
        closest=look_up_any(ids, alone),
        closest_count=count_by(ids, closest["outcome_id"]))


def coverage_pct(outcomes: pd.DataFrame, basis: Basis) -> float | None:
    """Outcome coverage: 100 · Σ w·c with c = 1 covered, ½ thin, 0 uncovered or unknown; None where
    proof is not available. METHOD §3."""
    if not basis.links or not basis.proof:
        return None
    part = outcomes["coverage"].map(CREDIT)
    return float(100 * (outcomes["weight"] * part).sum())
