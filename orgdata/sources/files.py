"""Sheets of one or many files → one source: which sheet is which table, or whose export."""

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from orgdata.model.problems import together
from orgdata.model.schema import TABLES, normalise_name
from orgdata.model.settings import Settings
from orgdata.sources import vendors
from orgdata.sources.layouts import alike, for_sheet, recalled
from orgdata.sources.merge import merge, renamed
from orgdata.sources.named import named, with_others
from orgdata.sources.raw import RawSource, RawTable, SourceError, choose_tables
from orgdata.sources.sheets import Sheet
from orgdata.sources.spread import spread
from orgdata.tabular.columns import has_required_columns, match_columns


def read_sheets(name: str, kind: str, sheets: Sequence[Sheet], noticed: Sequence[pd.DataFrame],
                settings: Settings) -> RawSource:
    """One source of all sheets. Raises SourceError when none of them is anything we know.

    A sheet is our table when it bears its name, the settings say so, or it has its columns; it is
    spread over several when the settings name it for several; an export when it has the columns
    of one. Exports are laid down first: what our own tables say stands above them.
    """
    columns = {sheet.name: list(sheet.table.frame.columns) for sheet in sheets}
    settings = recalled(settings, columns)
    like = alike(settings, columns)
    names = [normalise_name(like.get(sheet.name, sheet.name)) for sheet in sheets]
    all_names = frozenset(names)
    by_name, unknown = choose_tables({name: name for name in names}, settings)
    found: list[tuple[str, RawTable]] = []
    exports, said = [], list(noticed)
    left = []
    for name_here, sheet in zip(names, sheets, strict=True):
        ours = [table for table, one in by_name.items() if one == name_here]
        here = for_sheet(settings, name_here, all_names)
        vendor = vendors.recognise(sheet.table.frame.columns)
        if vendor and not any(serves(one, sheet.table, here) for one in ours):
            tables, export, remarks = vendor.read(sheet.table, settings.exports.get(
                vendor.name, {}))
            found[:0] = tables.items()
        elif len(ours) > 1:
            tables, export, remarks = spread(sheet.table, ours, here)
            found += tables.items()
        else:
            ours = ours or table_like(sheet.table, here)
            for one in ours:
                table, remarks = _of(one, sheet.table, here)
                found.append((one, table))
                said.append(remarks)
            left += [] if ours else [name_here]
            continue
        exports.append(export)
        said.append(remarks)
    if not found and not exports:
        raise _nothing(name, sheets)
    said.append(unknown[unknown["table"].isin(left) | (unknown["level"] == "warning")])
    tables, remarks = merge(renamed(found, settings.same), settings.merge)
    recognised = " and ".join(dict.fromkeys(export.vendor for export in exports)) or kind
    alone = len({table.origin for _, table in found}) < 2 and len(exports) < 2
    read = replace(settings, tables={}, columns={}, fixed={}, same={}, merge={})  # now put in
    return RawSource(name, recognised, tables, read, together([*said, remarks]),
                     tuple(replace(export, alone=alone) for export in exports))


def table_like(sheet: RawTable, settings: Settings) -> list[str]:
    """Our table whose required columns a sheet has, the one with the most columns in common; none
    when there is none."""
    fitting = {name: len(match_columns(table, list(sheet.frame.columns), {})[0])
               for name, table in TABLES.items() if serves(name, sheet, settings)}
    return [max(fitting, key=lambda name: fitting[name])] if fitting else []


def serves(ours: str, sheet: RawTable, settings: Settings) -> bool:
    """Whether a sheet has every column a table cannot do without, as the settings read it."""
    return has_required_columns(TABLES[ours], list(sheet.frame.columns), settings.columns.get(ours),
                                               settings.fixed.get(ours, {}))


def _of(ours: str, sheet: RawTable, settings: Settings) -> tuple[RawTable, pd.DataFrame]:
    frame, others, wrong = named(TABLES[ours], sheet, settings)
    whole = with_others(frame, sheet.frame[others])
    return RawTable(sheet.origin, whole, sheet.problems.assign(table=ours)), wrong


def _nothing(name: str, sheets: Sequence[Sheet]) -> SourceError:
    held = "; ".join(f"{sheet.table.origin} has the columns "
                     f"{', '.join(list(sheet.table.frame.columns)[:8])}" for sheet in sheets[:4])
    return SourceError(f"{name} holds none of our tables and no export we know ({held}). The Data "
                       "page maps its columns to ours; settings.toml can, under [tables] and "
                       "[columns.TABLE]")
