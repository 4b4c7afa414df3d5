"""The active outcomes that objectives have in line of sight (METHOD section 2)."""

import numpy as np
import pandas as pd

from orgdata.measures.column import Columns, flag, number, text
from orgdata.measures.weights import given_shares
from orgdata.model.portfolio import Portfolio
from orgdata.tabular.lookup import (
    codes,
    indexed,
    is_duplicate,
    is_in,
    is_word,
    look_up_any,
    matches,
    nearest_ancestor,
    positions,
)
from orgdata.tabular.select import these

COLUMNS: Columns = {"sights": {
    "objective_id": text("an objective, of any date"),
    "outcome_id": text("an active outcome it has in line of sight"),
    "outcome_name": text("the outcome's name"),
    "tier1": flag("whether that is a tier-1 outcome"),
    "share": number("its part of the objective's effort: as stated, else alike"),
}}
_PAIR = ["objective_id", "outcome_id"]


def outcomes_named(portfolio: Portfolio) -> pd.DataFrame:
    """The outcomes that each objective names itself: pairs, of inactive outcomes too.

    A row of objective_outcomes that only supports does not count.
    """
    objectives, further = portfolio["objectives"], portfolio["objective_outcomes"]
    rows = these(objectives, *_PAIR)[objectives["outcome_id"].notna()]
    if len(further):
        rows = pd.concat([rows, these(further, *_PAIR)[~is_word(further["mode"], "supports")]])
    repeats = is_duplicate([codes(rows[name]) for name in _PAIR], "first")
    return rows[~repeats & is_in(rows["objective_id"], objectives["objective_id"])]


def lines_of_sight(portfolio: Portfolio, outcomes: pd.DataFrame) -> pd.DataFrame:
    """Each objective with each active outcome that it sees: its own outcomes, or where it names
    none those of the nearest ancestor that names any. METHOD §2."""
    objectives, named = portfolio["objectives"], outcomes_named(portfolio)
    ids = objectives["objective_id"]
    at = nearest_ancestor(is_in(ids, named["objective_id"]).to_numpy(),
                          positions(objectives["parent_objective_id"], ids))
    active = _with_shares(named[is_in(named["outcome_id"], outcomes["outcome_id"])], portfolio)
    seeing = np.flatnonzero(at >= 0)
    seen_by, seen = matches(ids.take(at[seeing]), active["objective_id"])
    seen_by = seeing[seen_by]
    alike = 1 / np.bincount(seen_by, minlength=len(ids))[seen_by]
    goal, outcome = (pd.Series(column.array.take(places)) for column, places in (
        (ids, seen_by), (active["outcome_id"], seen)))
    stated = pd.Series(active["share_pct"].array.take(seen))
    return pd.DataFrame({
        "objective_id": goal, "outcome_id": outcome,
        "outcome_name": look_up_any(outcome, indexed(outcomes, "outcome_id", "name")),
        "tier1": is_in(outcome, outcomes.loc[outcomes["tier1"], "outcome_id"]),
        "share": given_shares(stated, goal).fillna(pd.Series(alike))})


def _with_shares(named: pd.DataFrame, portfolio: Portfolio) -> pd.DataFrame:
    """Pairs of an objective and an outcome it names, with the share that a row states for them."""
    if not portfolio.tracked("objective_outcomes", "share_pct"):
        return named.assign(share_pct=np.nan)
    rows = portfolio["objective_outcomes"]
    stated = these(rows, *_PAIR, "share_pct")[
        rows["share_pct"].notna() & ~(rows["mode"] == "supports")]
    return named.merge(stated.drop_duplicates(_PAIR), on=_PAIR, how="left")
