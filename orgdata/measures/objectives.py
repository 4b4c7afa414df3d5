"""Objectives in cycle: their line of sight to an outcome and their share of effort."""

import pandas as pd

from orgdata.measures.column import Columns, flag, number, text
from orgdata.measures.people import is_current
from orgdata.measures.weights import rescaled
from orgdata.model.portfolio import Portfolio
from orgdata.model.words import CLOSED_WORDS, normalise_word
from orgdata.tabular.lookup import is_in, nearest_ancestor, positions

COLUMNS: Columns = {"all_objectives": {
    "sight": text("the active outcome it has in line of sight; missing where there is none"),
    "tier1": flag("whether that is a tier-1 outcome"),
    "committed": flag("whether its ambition is committed"),
    "aspirational": flag("whether its ambition is aspirational"),
    "live": flag("open, and of an active product if of any"),
    "in_cycle": flag("live, and the day is within its dates"),
    "effort": number("share of 1 among its product's in-cycle objectives; missing outside"),
}}


def is_closed(status: pd.Series) -> pd.Series:
    """Whether a status word ends an objective or key result; every other word is open."""
    return status.isin([word for word in status.dropna().unique()
                        if normalise_word(word) in CLOSED_WORDS])


def with_line_of_sight(objectives: pd.DataFrame, outcomes: pd.DataFrame) -> pd.DataFrame:
    """Add `sight` to objectives: the active outcome they serve, else missing. METHOD §2.

    It is their own outcome, else that of the nearest ancestor with one, if it is active.
    """
    parents = positions(objectives["parent_objective_id"], objectives["objective_id"])
    nearest = nearest_ancestor(objectives["outcome_id"].notna().to_numpy(), parents)
    sight = objectives["outcome_id"].reindex(nearest).set_axis(objectives.index)
    return objectives.assign(sight=sight.where(is_in(sight, outcomes["outcome_id"])))


def all_objectives(portfolio: Portfolio, outcomes: pd.DataFrame,
                   as_of: pd.Timestamp) -> pd.DataFrame:
    """All objectives with line of sight, cycle and share of effort. METHOD §2."""
    rows = with_line_of_sight(portfolio["objectives"], outcomes)
    product = rows["product_id"]
    of_active = product.isna() | (not portfolio.tracked("products")) | is_in(
        product, active_products(portfolio)["product_id"])
    live = ~is_closed(rows["status"]) & of_active
    in_cycle = live & is_current(rows["start_date"], rows["end_date"], as_of)
    sharing = rows[in_cycle & product.notna()]
    effort = rescaled(sharing["effort_pct"], sharing["product_id"])
    return rows.assign(
        live=live, in_cycle=in_cycle, effort=effort.reindex(rows.index),
        tier1=is_in(rows["sight"], outcomes.loc[outcomes["tier1"], "outcome_id"]),
        committed=rows["ambition"] == "committed", aspirational=rows["ambition"] == "aspirational")


def active_products(portfolio: Portfolio) -> pd.DataFrame:
    """Products with status active; blank or unreadable counts as active (METHOD §1, §2)."""
    rows = portfolio["products"]
    return rows[rows["status"].isna() | (rows["status"] == "active")].reset_index(drop=True)
