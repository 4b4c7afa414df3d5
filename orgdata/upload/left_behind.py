"""What a saved portfolio holds that newer files no longer tell of, as rows that can be kept.

A spreadsheet of this week takes the place of last week's. Its earlier check-ins are history and
stay; products, goals and key results that it no longer has stay where somebody says so, with all
that hangs on them.
"""

from collections.abc import Mapping
from dataclasses import replace

import pandas as pd

from orgdata.model.portfolio import Portfolio
from orgdata.model.schema import TABLES
from orgdata.tabular.empty import frozen
from orgdata.tabular.lookup import is_in
from orgdata.upload.compare import key_of

THINGS = ("products", "outcomes", "objectives", "key_results")
_NAMED = ("people", "cycles")  # kept where a row that is kept names them


def left_behind(before: Portfolio, after: Portfolio, keep: bool) -> Portfolio:
    """The rows of the earlier portfolio that stay beside the later one: earlier check-ins, and with
    `keep` the things that are no longer there."""
    gone = {table: _missing(before, after, table) if keep else pd.Series(dtype="str")
            for table in THINGS}
    tables = {name: rows[_hangs_on(name, rows, gone)] for name, rows in before.tables.items()
              if name not in _NAMED}
    tables["check_ins"] = before["check_ins"][
        _hangs_on("check_ins", before["check_ins"], gone) | _is_earlier(before, after)]
    for name in _NAMED:
        named = _ids_of(tables, name)
        missing = _missing(before, after, name)
        ids = before[name][key_of(name)]
        tables[name] = before[name][is_in(ids, named) & is_in(ids, missing)]
    return replace(before, tables=frozen(tables), counts={}, set_aside={})


def _missing(before: Portfolio, after: Portfolio, table: str) -> pd.Series:
    """The ids of a table that the later portfolio no longer has."""
    ids = before[table][key_of(table)]
    return ids[~is_in(ids, after[table][key_of(table)])]


def _hangs_on(table: str, rows: pd.DataFrame, gone: Mapping[str, pd.Series]) -> pd.Series:
    """Whether each row is one of the things that are gone, or names one of them."""
    hangs = pd.Series(False, rows.index)
    if table in gone:
        return is_in(rows[key_of(table)], gone[table])
    for field in TABLES[table].fields:
        if field.references is not None and field.references in gone:
            hangs |= is_in(rows[field.name], gone[field.references])
    return hangs


def _is_earlier(before: Portfolio, after: Portfolio) -> pd.Series:
    """Whether each check-in is older than all that the later portfolio has of its key result."""
    rows, later = before["check_ins"], after["check_ins"]
    oldest = later.groupby("kr_id")["date"].min().reindex(rows["kr_id"]).set_axis(rows.index)
    is_there = is_in(rows["kr_id"], after["key_results"]["kr_id"])
    return is_there & (oldest.isna() | (rows["date"] < oldest))


def _ids_of(tables: Mapping[str, pd.DataFrame], referred: str) -> pd.Series:
    """The ids of another table that rows of these tables name."""
    named = [rows[field.name] for name, rows in tables.items() for field in TABLES[name].fields
             if field.references == referred and field.name in rows]
    return pd.concat(named).dropna() if named else pd.Series(dtype="str")
