"""Objectives of any date: whether they are open, in cycle, and lead to a tier-1 outcome."""

import pandas as pd

from orgdata.measures.column import Columns, flag, whole
from orgdata.measures.people import is_current
from orgdata.model.portfolio import Portfolio
from orgdata.model.words import CLOSED_WORDS, normalise_word
from orgdata.tabular.lookup import count_by, is_in

COLUMNS: Columns = {"all_objectives": {
    "sight_count": whole("how many active outcomes it has in line of sight"),
    "tier1": flag("whether one of them is a tier-1 outcome"),
    "committed": flag("whether its ambition is committed"),
    "aspirational": flag("whether its ambition is aspirational"),
    "live": flag("open, and one of its products is active if it has any"),
    "in_cycle": flag("live, and the day is within its dates"),
}}


def is_closed(status: pd.Series) -> pd.Series:
    """Whether a status word ends an objective or key result; every other word is open."""
    return status.isin([word for word in status.dropna().unique()
                        if normalise_word(word) in CLOSED_WORDS])


def all_objectives(portfolio: Portfolio, pursued: pd.DataFrame, sights: pd.DataFrame,
                   as_of: pd.Timestamp) -> pd.DataFrame:
    """All objectives, with what they are on the day. METHOD §2."""
    rows = portfolio["objectives"]
    ids, of_any = rows["objective_id"], pursued["objective_id"]
    active = is_in(pursued["product_id"], active_products(portfolio)["product_id"])
    of_active = ~is_in(ids, of_any) | is_in(ids, of_any[active])
    live = ~is_closed(rows["status"]) & (of_active | (not portfolio.tracked("products")))
    return rows.assign(
        live=live, in_cycle=live & is_current(rows["start_date"], rows["end_date"], as_of),
        sight_count=count_by(ids, sights["objective_id"]),
        tier1=is_in(ids, sights.loc[sights["tier1"], "objective_id"]),
        committed=rows["ambition"] == "committed", aspirational=rows["ambition"] == "aspirational")


def active_products(portfolio: Portfolio) -> pd.DataFrame:
    """Products with status active; blank or unreadable counts as active (METHOD §1, §2)."""
    rows = portfolio["products"]
    return rows[rows["status"].isna() | (rows["status"] == "active")].reset_index(drop=True)
