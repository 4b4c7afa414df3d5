"""From the tables of one portfolio to those of another, in steps: see split.py.

Each step gives tables anew, or the very same where there is nothing to do.
"""

from collections.abc import Mapping
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
import pandas as pd

from orgdata.measures.objectives import is_closed
from orgdata.model.schema import TABLES
from orgdata.tabular.lookup import Positions, indexed, is_in, look_up, positions

Tables: TypeAlias = dict[str, pd.DataFrame]
COUNTED = ("outcomes", "products", "contributions", "objectives", "key_results")
PARTS = (*COUNTED, "people", "assignments")  # what the headlines rest on
_BELONGS = {
    "contributions": {"product_id": "products", "outcome_id": "outcomes"},
    "objectives": {"product_id": "products"}, "key_results": {"objective_id": "objectives"}}
_BETWEEN = "\x1f"  # between the columns of a key; in no id


def counts(table: str, rows: pd.DataFrame) -> pd.Series:
    """Which rows count at all: active, open, a link (METHOD sections 1 and 2)."""
    if table == "contributions":
        return rows["strength"].fillna("") != "none"
    if table in ("objectives", "key_results"):
        return ~is_closed(rows["status"])
    return rows["status"].isna() | (rows["status"] == "active")


def without_removed(before: Tables, after: Tables) -> tuple[Tables, Mapping[str, int]]:
    """Before without what is gone; what is there but does not count any more is as it is after.

    How many of each table went comes with it: what counted, and did not go with its parent.
    """
    tables, gone = dict(before), {}
    for name in COUNTED:
        rows = before[name]
        there = _beside(rows, after[name], name)
        goes = counts(name, rows).to_numpy() & ~_counting(name, after[name], there)
        gone[name] = rows[goes]
        if goes.any() or (there < 0).any():
            tables[name] = _together(rows[(there >= 0) & ~goes],
                                     after[name].iloc[there[(there >= 0) & goes]])
    if len(gone["outcomes"]):
        tables["objectives"] = _without_lost_outcomes(tables["objectives"], tables["outcomes"])
    return tables if _differ(tables, before) else before, _of_their_own(gone, tables)


def added(less: Tables, before: Tables, after: Tables) -> tuple[Tables, Mapping[str, int]]:
    """With what is new or counts again, as it is after; new products bring their assignments.

    How many of each table came comes with it: what counts, and did not come with its parent.
    """
    tables, came = dict(less), {}
    for name in COUNTED:
        rows = after[name]
        there = _beside(rows, before[name], name)
        comes = counts(name, rows).to_numpy() & ~_counting(name, before[name], there)
        came[name] = rows[comes]
        if (new := rows[comes | (there < 0)]).size:
            tables[name] = _together(less[name][_beside(less[name], new, name) < 0], new)
    new_people = _beside(after["people"], before["people"], "people") < 0
    if new_people.any():
        tables["people"] = _together(less["people"], after["people"][new_people])
    if len(came["products"]):
        tables["assignments"] = _with_theirs(before["assignments"], after["assignments"],
                                             came["products"]["product_id"])
    return tables if _differ(tables, less) else less, _of_their_own(came, less)


def reweighted(tables: Tables, after: Tables) -> Tables:
    """The same with the weights of the outcomes as they are after."""
    outcomes = tables["outcomes"]
    stated = indexed(after["outcomes"], "outcome_id", "weight")
    weight = look_up(outcomes["outcome_id"], stated, np.nan)
    if weight.equals(outcomes["weight"].set_axis(weight.index)):
        return tables
    return {**tables, "outcomes": outcomes.assign(weight=weight)}


def _without_lost_outcomes(objectives: pd.DataFrame, outcomes: pd.DataFrame) -> pd.DataFrame:
    """Objectives whose outcome is gone point at none, as when they are loaded without it."""
    there = is_in(objectives["outcome_id"], outcomes["outcome_id"])
    return objectives.assign(outcome_id=objectives["outcome_id"].where(there))


def _with_theirs(old: pd.DataFrame, new: pd.DataFrame, come: pd.Series) -> pd.DataFrame:
    """Assignments as before, of products that are new or active again as they are after."""
    return _together(old[~is_in(old["product_id"], come)], new[is_in(new["product_id"], come)])


def _of_their_own(rows: Tables, tables: Tables) -> Mapping[str, int]:
    """How many rows of each table came or went by themselves, not with what they belong to: that
    counts in the tables."""
    found = {}
    for name, own in rows.items():
        for column, table in _BELONGS.get(name, {}).items():
            parents = tables[table]
            if len(parents):
                counting = parents.loc[counts(table, parents), column]
                own = own[own[column].isna() | is_in(own[column], counting)]
        if len(own):
            found[name] = len(own)
    return found


def _together(rows: pd.DataFrame, more: pd.DataFrame) -> pd.DataFrame:
    """Both, one below the other; concat of an empty table would lose its types."""
    if not len(more) or not len(rows):
        return (rows if len(rows) else more).reset_index(drop=True)
    return pd.concat([rows, more], ignore_index=True)


def _beside(rows: pd.DataFrame, others: pd.DataFrame, table: str) -> Positions:
    """Where each row stands among the others, by the key of the table; −1 where it does not."""
    return positions(_key(rows, table), _key(others, table))


def _key(rows: pd.DataFrame, table: str) -> pd.Series:
    first, *more = (rows[column] for column in TABLES[table].key)
    for column in more:
        first = first + _BETWEEN + column
    return first


def _counting(table: str, rows: pd.DataFrame, at: Positions) -> npt.NDArray[np.bool_]:
    """Whether the row at each position counts; none does where there is no row."""
    return np.asarray(np.append(counts(table, rows).to_numpy(), False)[at] & (at >= 0))


def _differ(tables: Tables, others: Tables) -> bool:
    return any(tables[name] is not others[name] for name in tables)
