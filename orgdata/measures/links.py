"""The links between products and outcomes: declared, confirmed, proven by goals.

METHOD section 3.
"""

import numpy as np
import pandas as pd

from orgdata.measures.alignment import Basis
from orgdata.measures.column import Columns, flag, number, text
from orgdata.model.portfolio import Portfolio
from orgdata.tabular.lookup import is_in
from orgdata.tabular.select import case_when

STATES = ("proven", "claimed", "unconfirmed", "undeclared", "none")
COLUMNS: Columns = {"links": {
    "product_id": text("the managed product"),
    "outcome_id": text("the active outcome"),
    "share_pct": number("share of the product's spend that the contribution states"),
    "row": number("the row of the contribution; missing where there is none"),
    "declared": flag("a contribution says so"),
    "confirmed": flag("and it is confirmed"),
    "strength": text("primary, supporting or weak; missing where unknown or not declared"),
    "goal": flag("an in-cycle objective of the product sees the outcome"),
    "measured_goal": flag("and has a measurable key result of the product"),
    "state": text("proven, claimed, unconfirmed or undeclared"),
}}
_PAIR = ["product_id", "outcome_id"]


def links(portfolio: Portfolio, products: pd.DataFrame, outcomes: pd.DataFrame,
          pursued: pd.DataFrame, sights: pd.DataFrame, as_of: pd.Timestamp,
          basis: Basis) -> pd.DataFrame:
    """All links of managed products to active outcomes, with their state."""
    goals = _goal_pairs(pursued, sights)
    if basis.contributions:
        cells = _declared(portfolio, as_of).merge(goals, on=_PAIR, how="outer")
    else:  # a goal counts as a declared, confirmed, primary link
        cells = goals.assign(declared=True, confirmed=True, strength="primary",
                             share_pct=np.nan, row=np.nan)
    flags = ["declared", "confirmed", "goal", "measured_goal"]
    cells = cells.assign(**{flag: cells[flag].eq(True) for flag in flags})  # missing counts as no
    known = (is_in(cells["product_id"], products["product_id"])
             & is_in(cells["outcome_id"], outcomes["outcome_id"]) & basis.links)
    cells = cells[known].reset_index(drop=True)
    return cells.assign(state=case_when(
        cells.index, (cells["confirmed"] & cells["measured_goal"], "proven"),
        (cells["confirmed"], "claimed"), (cells["declared"], "unconfirmed"),
        otherwise="undeclared"))


def _declared(portfolio: Portfolio, as_of: pd.Timestamp) -> pd.DataFrame:
    """Contributions as declared links; a numeric strength of 0 is no link (METHOD §1)."""
    rows = portfolio["contributions"]
    rows = rows[rows["strength"].fillna("") != "none"]
    unreadable = portfolio.is_lost_cell("contributions", "confirmed_on",
                                        portfolio["contributions"]["row"])
    if portfolio.tracked("contributions", "confirmed_on") or unreadable.any():
        confirmed = rows["confirmed_on"] <= as_of
    else:  # blank throughout
        confirmed = pd.Series(True, rows.index)
    tracked = portfolio.tracked("contributions", "strength")
    strength = rows["strength"] if tracked else pd.Series("primary", rows.index, dtype="str")
    return rows[[*_PAIR, "share_pct", "row"]].assign(
        declared=True, confirmed=confirmed, strength=strength)


def _goal_pairs(pursued: pd.DataFrame, sights: pd.DataFrame) -> pd.DataFrame:
    """Pairs with a goal: some in-cycle objective of the product sees the outcome."""
    pairs = pursued.loc[pursued["in_cycle"], ["objective_id", "product_id", "measurable_count"]]
    pairs = pairs.merge(sights[["objective_id", "outcome_id"]], on="objective_id")
    measured = (pairs["measurable_count"] > 0).groupby([pairs[name] for name in _PAIR], sort=False)
    return measured.any().rename("measured_goal").reset_index().assign(goal=True)
