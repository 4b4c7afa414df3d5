"""Turn the tables of one portfolio into those of another in steps; see split.py.

Each step returns new tables, or the same object if there is nothing to do.
"""

from collections.abc import Mapping, Sequence
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
import pandas as pd

from orgdata.model.schema import TABLES
from orgdata.tabular.lookup import Positions, indexed, is_in, joined, look_up, positions
from orgdata.tabular.select import is_closed

Tables: TypeAlias = dict[str, pd.DataFrame]
COUNTED = ("outcomes", "products", "contributions", "objectives", "key_results",
           "objective_products", "objective_outcomes")
PARTS = (*COUNTED, "people", "assignments", "cycles")  # the tables that headlines depend on
_PARENTS = {  # table → its columns that name a parent, and the table of the parent
    "contributions": {"product_id": "products", "outcome_id": "outcomes"},
    "objectives": {"product_id": "products"}, "key_results": {"objective_id": "objectives"},
    "objective_products": {"objective_id": "objectives", "product_id": "products"},
    "objective_outcomes": {"objective_id": "objectives", "outcome_id": "outcomes"}}


def is_counted(table: str, rows: pd.DataFrame) -> pd.Series:
    """Which rows count at all: active, open, not “none” (METHOD sections 1 and 2)."""
    if table == "contributions":
        return rows["strength"].fillna("") != "none"
    if table in ("objectives", "key_results"):
        return ~is_closed(rows["status"])
    if table in ("objective_products", "objective_outcomes"):
        return pd.Series(True, rows.index)
    return rows["status"].isna() | (rows["status"] == "active")


def without_removed(before: Tables, after: Tables) -> tuple[Tables, Mapping[str, int]]:
    """The tables before without rows that were removed, and their numbers by table. Rows that exist
    but do not count any more are as they are after.

    Numbers are of rows that counted and did not go with their parent.
    """
    tables, removed_rows = dict(before), {}
    for name in COUNTED:
        rows = before[name]
        at_after = positions_in(rows, after[name], name)
        removed = is_counted(name, rows).to_numpy() & ~_counted_at(name, after[name], at_after)
        removed_rows[name] = rows[removed]
        if removed.any() or (at_after < 0).any():
            tables[name] = _concat(rows[(at_after >= 0) & ~removed],
                                   after[name].iloc[at_after[(at_after >= 0) & removed]])
    if len(removed_rows["outcomes"]):
        tables["objectives"] = _without_lost_outcomes(tables["objectives"], tables["outcomes"])
    return tables if _differ(tables, before) else before, _without_children(removed_rows, tables)


def with_added(reduced: Tables, before: Tables, after: Tables) -> tuple[Tables, Mapping[str, int]]:
    """The reduced tables with rows that are new or count again as they are after, and their numbers
    by table. New products bring their assignments, new goals their cycles.

    Numbers are of rows that count and did not come with their parent.
    """
    tables, added_rows = dict(reduced), {}
    for name in COUNTED:
        rows = after[name]
        at_before = positions_in(rows, before[name], name)
        is_new = is_counted(name, rows).to_numpy() & ~_counted_at(name, before[name], at_before)
        added_rows[name] = rows[is_new]
        if (new := rows[is_new | (at_before < 0)]).size:
            tables[name] = _concat(reduced[name][positions_in(reduced[name], new, name) < 0], new)
    for name in ("people", "cycles"):
        new = after[name][positions_in(after[name], before[name], name) < 0]
        if len(new):
            tables[name] = _concat(reduced[name], new)
    if len(added_rows["products"]):
        tables["assignments"] = _assignments_with(before["assignments"], after["assignments"],
                                                  added_rows["products"]["product_id"])
    return tables if _differ(tables, reduced) else reduced, _without_children(added_rows, reduced)


def with_weights_of(tables: Tables, after: Tables) -> Tables:
    """The tables with the weights of outcomes as they are after."""
    outcomes = tables["outcomes"]
    stated = indexed(after["outcomes"], "outcome_id", "weight")
    weight = look_up(outcomes["outcome_id"], stated, np.nan)
    if weight.equals(outcomes["weight"].set_axis(weight.index)):
        return tables
    return {**tables, "outcomes": outcomes.assign(weight=weight)}


def with_cells_of(tables: Tables, after: Tables, cells: Mapping[str, Sequence[str]]) -> Tables:
    """The tables with some cells of products as they are after: column → ids of products."""
    products = tables["products"]
    for column, ids in cells.items():
        edited = products["product_id"].isin(list(ids))
        new = indexed(after["products"], "product_id", column).reindex(products["product_id"])
        products = products.assign(**{column: products[column].where(
            ~edited, new.set_axis(products.index))})
    return {**tables, "products": products} if cells else tables


def _without_lost_outcomes(objectives: pd.DataFrame, outcomes: pd.DataFrame) -> pd.DataFrame:
    """Objectives without references to missing outcomes, as if they were loaded without these."""
    exists = is_in(objectives["outcome_id"], outcomes["outcome_id"])
    return objectives.assign(outcome_id=objectives["outcome_id"].where(exists))


def _assignments_with(old: pd.DataFrame, new: pd.DataFrame, product_ids: pd.Series) -> pd.DataFrame:
    """Assignments as before, but as after for products that are new or active again."""
    return _concat(old[~is_in(old["product_id"], product_ids)],
                   new[is_in(new["product_id"], product_ids)])


def _without_children(rows: Tables, tables: Tables) -> Mapping[str, int]:
    """How many rows of each table came or went by themselves: their parent counts in the tables, so
    they did not come or go with it."""
    counts = {}
    for name, independent_rows in rows.items():
        for column, table in _PARENTS.get(name, {}).items():
            parents = tables[table]
            if len(parents):
                counting = parents.loc[is_counted(table, parents), column]
                parent_ids = independent_rows[column]
                independent_rows = independent_rows[
                    parent_ids.isna() | is_in(parent_ids, counting)]
        if len(independent_rows):
            counts[name] = len(independent_rows)
    return counts


def _concat(rows: pd.DataFrame, more_rows: pd.DataFrame) -> pd.DataFrame:
    """The rows of both tables; pandas' concat of an empty table would lose its types."""
    if not len(more_rows) or not len(rows):
        return (rows if len(rows) else more_rows).reset_index(drop=True)
    return pd.concat([rows, more_rows], ignore_index=True)


def positions_in(rows: pd.DataFrame, other_rows: pd.DataFrame, table: str) -> Positions:
    """The position of each row in the other rows, by the key of the table; −1 if not there."""
    key = TABLES[table].key
    return positions(joined(rows, key), joined(other_rows, key))


def _counted_at(table: str, rows: pd.DataFrame, at: Positions) -> npt.NDArray[np.bool_]:
    """Whether the row at each position counts; false for −1."""
    return np.asarray(np.append(is_counted(table, rows).to_numpy(), False)[at] & (at >= 0))


def _differ(tables: Tables, other_tables: Tables) -> bool:
    return any(tables[name] is not other_tables[name] for name in tables)
