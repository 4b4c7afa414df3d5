"""Objectives in cycle: their line of sight to an outcome and their share of effort."""

import pandas as pd

from orgdata.keys import among, nearest_ancestor, positions
from orgdata.measures.people import is_current
from orgdata.measures.weights import rescaled
from orgdata.portfolio import Portfolio
from orgdata.schema import CLOSED_WORDS, normalise_word


def is_closed(status: pd.Series) -> pd.Series:
    """Whether a status word ends an objective or key result; every other word is open."""
    return status.isin([word for word in status.dropna().unique()
                        if normalise_word(word) in CLOSED_WORDS])


def with_line_of_sight(objectives: pd.DataFrame, outcomes: pd.DataFrame) -> pd.DataFrame:
    """All objectives, with `sight`: the active outcome they serve, else missing. METHOD §2.

    The own outcome, else that of the nearest ancestor that has one; it counts only if active.
    """
    parents = positions(objectives["parent_objective_id"], objectives["objective_id"])
    nearest = nearest_ancestor(objectives["outcome_id"].notna().to_numpy(), parents)
    sight = objectives["outcome_id"].reindex(nearest).set_axis(objectives.index)
    return objectives.assign(sight=sight.where(among(sight, outcomes["outcome_id"])))


def in_cycle(portfolio: Portfolio, outcomes: pd.DataFrame, as_of: pd.Timestamp) -> pd.DataFrame:
    """In-cycle objectives (METHOD §2) with `sight`, `tier1` (of the outcome seen), `committed`,
    `aspirational`, and `effort` (share of 1 among the product's in-cycle objectives)."""
    rows = with_line_of_sight(portfolio["objectives"], outcomes)
    product = rows["product_id"]
    of_active = product.isna() | (not portfolio.tracked("products")) | product.isin(
        active_products(portfolio)["product_id"])
    rows = rows[~is_closed(rows["status"]) & of_active
                & is_current(rows["start_date"], rows["end_date"], as_of)].reset_index(drop=True)
    named = rows["product_id"].notna()
    effort = rescaled(rows.loc[named, "effort_pct"], rows.loc[named, "product_id"])
    return rows.assign(
        effort=effort.reindex(rows.index),
        tier1=among(rows["sight"], outcomes.loc[outcomes["tier1"], "outcome_id"]),
        committed=rows["ambition"] == "committed", aspirational=rows["ambition"] == "aspirational")


def active_products(portfolio: Portfolio) -> pd.DataFrame:
    """Products with status active; blank or unreadable counts as active (METHOD §1, §2)."""
    rows = portfolio["products"]
    return rows[rows["status"].isna() | (rows["status"] == "active")].reset_index(drop=True)
