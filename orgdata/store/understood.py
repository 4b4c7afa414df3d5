"""Which rows of a store this version can understand.

A store outlives versions and may be changed by other programs. A row with a word that is not
known here, or with a value of another type, is left out; what is stored is not changed.
"""

import math
from datetime import MAXYEAR, date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from orgdata.edits import Edit, EditError
from orgdata.edits.scenario import read_steps
from orgdata.store.column_types import UNREADABLE, Day, Utc
from orgdata.store.entries import MOST_NAME
from orgdata.store.names import visible
from orgdata.store.tables import (
    corrections,
    decisions,
    expectations,
    goalposts,
    proposals,
    saved_sources,
    scenarios,
    snapshots,
)

_TYPES: dict[type[sa.types.TypeEngine[Any]], type] = {
    sa.Integer: int, sa.Text: str, sa.String: str, sa.Double: float, sa.JSON: dict,
    sa.Boolean: bool, sa.LargeBinary: bytes, Day: date, Utc: datetime}
_YEARS = range(1000, MAXYEAR - 1000)  # of days that people type: a calendar opens around them


def understood(connection: Connection, table: sa.Table,
               query: sa.Select[Any]) -> list[dict[str, Any]]:
    """The rows of a query on a table that can be understood."""
    return [dict(row) for row in connection.execute(query).mappings()
            if _is_understood(table, row)]


def count_left_out(connection: Connection, table: sa.Table, query: sa.Select[Any]) -> int:
    """How many rows of a query on a table cannot be understood."""
    return sum(not _is_understood(table, row) for row in connection.execute(query).mappings())


def _is_understood(table: sa.Table, row: sa.RowMapping) -> bool:
    """Whether every value of a row is of the type of its column, and one of its words."""
    return (all(_fits(table.c[name], value) if name in table.c else value is not UNREADABLE
                for name, value in row.items())
            and (table is not corrections or _is_an_edit(row))
            and (table is not proposals or _are_edits(row))
            and (table is not decisions or _expects_numbers(row))
            and (table is not scenarios or _is_a_scenario(row))
            and (table not in (saved_sources, scenarios) or _has_a_visible_name(row)))


def _fits(column: sa.Column[Any], value: object) -> bool:
    if value is None:
        return bool(column.nullable)
    if not isinstance(value, _TYPES[type(column.type)]):
        return False
    if isinstance(value, date) and column.table not in (expectations, goalposts, snapshots):
        return value.year in _YEARS
    if isinstance(value, float):
        return math.isfinite(value)
    return value in column.info.get("words", (value,))


def _is_an_edit(row: sa.RowMapping) -> bool:
    """Whether a correction is of a table, columns and texts of ours."""
    texts = [row["key"], row["values"], row["before"] or {}]
    if not all(isinstance(text, str) for cells in texts for text in cells.values()):
        return False
    try:
        Edit(row["table"], row["operation"], row["key"], row["values"], row["before"],
             row["answer"] is not None).check()
    except EditError:
        return False
    return True


def _are_edits(row: sa.RowMapping) -> bool:
    """Whether a proposal is of edits of ours."""
    records = row["edits"].get("edits")
    try:
        return isinstance(records, list) and len([Edit.of(record) for record in records]) > 0
    except EditError:
        return False


def _expects_numbers(row: sa.RowMapping) -> bool:
    """Whether what a decision expects is two finite numbers for each headline."""
    return all(isinstance(pair, list) and len(pair) == 2 and all(
        type(one) in (int, float) and math.isfinite(one) for one in pair)
        for pair in (row.get("expected") or {}).values())


def _is_a_scenario(row: sa.RowMapping) -> bool:
    """Whether the steps of a scenario are of tables, columns and texts of ours."""
    try:
        read_steps(row["steps"] or {"steps": []})
    except EditError:
        return False
    return True


def _has_a_visible_name(row: sa.RowMapping) -> bool:
    """Whether the name of a source or scenario looks like what it is; those of older versions may
    be long."""
    name = row["name"]
    return len(name) <= MOST_NAME and bool(name.strip()) and visible(name) == name
