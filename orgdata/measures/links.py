"""The links between products and outcomes: declared, confirmed, proven by goals.

METHOD section 3.
"""

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from orgdata.measures.alignment import Basis
from orgdata.measures.column import Columns, flag, number, text
from orgdata.model.portfolio import Portfolio
from orgdata.tabular.lookup import is_in, matches, positions
from orgdata.tabular.select import case_when, these

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
        cells = _with_goals(_declared(portfolio, as_of), goals)
    else:  # a goal counts as a declared, confirmed, primary link
        cells = goals.assign(declared=True, confirmed=True, strength="primary",
                             share_pct=np.nan, row=np.nan)
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
    return these(rows, *_PAIR, "share_pct", "row").assign(
        declared=True, confirmed=confirmed, strength=strength)


def _with_goals(declared: pd.DataFrame, goals: pd.DataFrame) -> pd.DataFrame:
    """Declared links and goals, each pair once, by product and outcome."""
    pairs, of_goals = _key(declared), _key(goals)
    further = these(goals, *_PAIR)[~is_in(of_goals, pairs)]
    if len(further):
        declared = pd.concat([declared, further.assign(declared=False, confirmed=False)])
        pairs = _key(declared)
    order = np.asarray(pc.sort_indices(pa.array(pairs)))
    at = positions(pairs, of_goals)[order]
    return declared.take(order).reset_index(drop=True).assign(
        measured_goal=np.append(goals["measured_goal"], False)[at], goal=at >= 0)


def _key(rows: pd.DataFrame) -> pd.Series:
    return rows["product_id"] + "\0" + rows["outcome_id"]


def _goal_pairs(pursued: pd.DataFrame, sights: pd.DataFrame) -> pd.DataFrame:
    """Pairs with a goal: some in-cycle objective of the product sees the outcome."""
    pursued = pursued[pursued["in_cycle"]]
    by, seen = matches(pursued["objective_id"], sights["objective_id"])
    pairs = pd.DataFrame({"product_id": pursued["product_id"].array.take(by),
                          "outcome_id": sights["outcome_id"].array.take(seen)})
    key = _key(pairs)
    first, measured = positions(key, key), np.zeros(len(pairs), dtype=bool)
    measured[first[pursued["measurable_count"].to_numpy()[by] > 0]] = True
    once = first == np.arange(len(pairs))
    return pairs[once].assign(measured_goal=measured[once], goal=True).reset_index(drop=True)
