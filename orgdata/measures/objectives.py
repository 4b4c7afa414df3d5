"""Objectives of any date: whether they are open, in cycle, and lead to a tier-1 outcome."""

import numpy as np
import pandas as pd

from orgdata.measures.column import Columns, dated, flag, number, whole
from orgdata.measures.people import is_current
from orgdata.model.portfolio import Portfolio
from orgdata.tabular.lookup import count_by, indexed, is_in, is_word, look_up, look_up_any
from orgdata.tabular.select import is_closed, rows_where

COLUMNS: Columns = {"all_objectives": {
    "sight_count": whole("how many active outcomes it has in line of sight"),
    "tier1": flag("whether one of them is a tier-1 outcome"),
    "committed": flag("whether its ambition is committed"),
    "aspirational": flag("whether its ambition is aspirational"),
    "start": dated("its first day: its own, where that is blank its cycle's"),
    "end": dated("its last day: its own, where that is blank its cycle's"),
    "cadence": number("days between check-ins in its cycle; missing where that says nothing"),
    "live": flag("open, and one of its products is active if it has any"),
    "undated": flag("live, but a lost date leaves open whether the day is within its dates"),
    "in_cycle": flag("live, and the day is within its dates"),
}}


def all_objectives(portfolio: Portfolio, pursued: pd.DataFrame, sights: pd.DataFrame,
                   as_of: pd.Timestamp) -> pd.DataFrame:
    """All objectives, with what they are on the day. METHOD §2."""
    rows = portfolio["objectives"]
    ids, of_any = rows["objective_id"], pursued["objective_id"]
    products = portfolio["products"]
    active = is_in(pursued["product_id"], products.loc[is_active(products), "product_id"])
    of_active = ~is_in(ids, of_any) | is_in(ids, of_any[active])
    live = ~is_closed(rows["status"]) & (of_active | (not portfolio.tracked("products")))
    start, end = (_date(portfolio, rows, name) for name in ("start_date", "end_date"))
    current = live & is_current(start, end, as_of)
    lost = _date_lost(portfolio, rows)
    return rows.assign(
        start=start, end=end, live=live, undated=current & lost, in_cycle=current & ~lost,
        cadence=look_up(rows["cycle_id"], indexed(portfolio["cycles"], "cycle_id", "cadence_days"),
                        np.nan),
        sight_count=count_by(ids, sights["objective_id"]),
        tier1=is_in(ids, sights.loc[sights["tier1"], "objective_id"]),
        committed=is_word(rows["ambition"], "committed"),
        aspirational=is_word(rows["ambition"], "aspirational"))


def _date(portfolio: Portfolio, rows: pd.DataFrame, column: str) -> pd.Series:
    """The own date, where that is blank the cycle's; where it was unreadable, none."""
    if not portfolio.tracked("cycles"):
        return rows[column]
    of_cycle = look_up_any(rows["cycle_id"], indexed(portfolio["cycles"], "cycle_id", column))
    return rows[column].fillna(
        of_cycle.mask(portfolio.is_lost_cell("objectives", column, rows["row"])))


def _date_lost(portfolio: Portfolio, rows: pd.DataFrame) -> pd.Series:
    """Whether a date was written that nobody knows: an own one, or that of a lost cycle."""
    of_cycle = portfolio.is_lost_cell("objectives", "cycle_id", rows["row"])
    if portfolio.lost("cycles"):
        of_cycle |= rows["cycle_id"].notna()
    lost = of_cycle & (rows["start_date"].isna() | rows["end_date"].isna())
    for column in ("start_date", "end_date"):
        lost |= portfolio.is_lost_cell("objectives", column, rows["row"])
    return lost


def active_products(portfolio: Portfolio) -> pd.DataFrame:
    """Products with status active."""
    return rows_where(portfolio["products"], is_active(portfolio["products"]))


def is_active(rows: pd.DataFrame) -> pd.Series:
    """Whether products or outcomes are active; blank or unreadable counts as active (METHOD §1,
    §2)."""
    return rows["status"].isna() | is_word(rows["status"], "active")
