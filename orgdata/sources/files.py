"""Sheets of one or many files → one source: which sheet is which table, or whose export."""

from collections.abc import Sequence

import pandas as pd

from orgdata.columns import choose
from orgdata.problems import together
from orgdata.schema import TABLES, Table
from orgdata.settings import Settings
from orgdata.sources import vendors
from orgdata.sources.merge import merge, renamed
from orgdata.sources.raw import RawSource, RawTable, SourceError, choose_tables
from orgdata.sources.sheets import Sheet


def read_sheets(name: str, kind: str, sheets: Sequence[Sheet], settings: Settings,
                noticed: Sequence[pd.DataFrame] = ()) -> RawSource:
    """One source of all sheets. Raises SourceError when none of them is anything we know.

    A sheet is our table when it bears its name or has its columns, an export when it has the
    columns of one. Exports are laid down first: what our own tables say stands above them.
    """
    named, unknown = choose_tables({sheet.name: sheet.name for sheet in sheets}, settings)
    found: list[tuple[str, RawTable]] = []
    exports, said = [], list(noticed)
    left = []
    for sheet in sheets:
        ours = next((table for table, one in named.items() if one == sheet.name), None)
        vendor = vendors.recognise(sheet.table.frame.columns)
        if vendor and not (ours and _holds(TABLES[ours], sheet.table, settings)):
            tables, export, remarks = vendor.read(sheet.table, settings.exports.get(
                vendor.name, {}))
            found[:0] = tables.items()
            exports.append(export)
            said.append(remarks)
        elif ours or (ours := table_like(sheet.table, settings)):
            found.append((ours, _of(ours, sheet.table)))
        else:
            left.append(sheet.name)
    if not found:
        raise _nothing(name, sheets)
    said.append(unknown[unknown["table"].isin(left) | (unknown["level"] == "warning")])
    tables, remarks = merge(renamed(found, settings.same), settings.merge)
    recognised = " and ".join(dict.fromkeys(export.vendor for export in exports)) or kind
    return RawSource(name, recognised, tables, settings, together([*said, remarks]),
                     tuple(exports))


def table_like(sheet: RawTable, settings: Settings) -> str | None:
    """Our table whose required columns a sheet has, the one with the most columns in common."""
    fitting = {name: len(choose(table, list(sheet.frame.columns), {})[0])
               for name, table in TABLES.items() if _holds(table, sheet, settings)}
    return max(fitting, key=lambda name: fitting[name]) if fitting else None


def _holds(table: Table, sheet: RawTable, settings: Settings) -> bool:
    chosen, _ = choose(table, list(sheet.frame.columns), settings.columns.get(table.name, {}))
    return set(table.required) <= chosen.keys()


def _of(ours: str, sheet: RawTable) -> RawTable:
    return RawTable(sheet.origin, sheet.frame, sheet.problems.assign(table=ours))


def _nothing(name: str, sheets: Sequence[Sheet]) -> SourceError:
    held = "; ".join(f"{sheet.table.origin} has the columns "
                     f"{', '.join(list(sheet.table.frame.columns)[:8])}" for sheet in sheets[:4])
    return SourceError(f"{name} holds none of our tables and no export we know ({held}). The Data "
                       "page maps its columns to ours; settings.toml can, under [tables] and "
                       "[columns.TABLE]")
