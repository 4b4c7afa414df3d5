"""Combine the sheets of one or many files into one source: which is which table or export."""

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from orgdata.model.problems import together
from orgdata.model.schema import TABLES, normalise_name
from orgdata.model.settings import Settings
from orgdata.sources import vendors
from orgdata.sources.layouts import follow_renamed_sheets, same_layout_as, settings_for_sheet
from orgdata.sources.merge import merge, replace_ids
from orgdata.sources.named import under_our_names, with_other_columns
from orgdata.sources.raw import RawSource, RawTable, SourceError, choose_tables
from orgdata.sources.sheets import Sheet
from orgdata.sources.spread import spread
from orgdata.tabular.columns import has_required_columns, match_columns


def read_sheets(name: str, kind: str, sheets: Sequence[Sheet], noticed: Sequence[pd.DataFrame],
                settings: Settings) -> RawSource:
    """One source made of all sheets. Raises SourceError when none of them is anything we know.

    A sheet is one of our tables when it has its name, the settings say so, or it has its columns;
    it is spread over several when the settings name it for several; it is an export when it has
    the columns of one. Exports come first, so that our own tables take precedence over them.
    """
    columns = {sheet.name: list(sheet.table.frame.columns) for sheet in sheets}
    settings = follow_renamed_sheets(settings, columns)
    like = same_layout_as(settings, columns)
    names = [normalise_name(like.get(sheet.name, sheet.name)) for sheet in sheets]
    all_names = frozenset(names)
    by_name, unknown = choose_tables({name: name for name in names}, settings)
    tables: list[tuple[str, RawTable]] = []
    exports, messages = [], list(noticed)
    left_out = []
    for sheet_name, sheet in zip(names, sheets, strict=True):
        ours = [table for table, theirs in by_name.items() if theirs == sheet_name]
        sheet_settings = settings_for_sheet(settings, sheet_name, all_names)
        vendor = vendors.recognise(sheet.table.frame.columns)
        if vendor and not any(serves(table, sheet.table, sheet_settings) for table in ours):
            converted, export, remarks = vendor.read(sheet.table, settings.exports.get(
                vendor.name, {}))
            tables[:0] = converted.items()
        elif len(ours) > 1:
            converted, export, remarks = spread(sheet.table, ours, sheet_settings)
            tables += converted.items()
        else:
            ours = ours or table_like(sheet.table, sheet_settings)
            for table in ours:
                raw, remarks = _as_table(table, sheet.table, sheet_settings)
                tables.append((table, raw))
                messages.append(remarks)
            left_out += [] if ours else [sheet_name]
            continue
        exports.append(export)
        messages.append(remarks)
    if not tables and not exports:
        raise _no_known_sheets(name, sheets)
    messages.append(unknown[unknown["table"].isin(left_out) | (unknown["level"] == "warning")])
    merged, remarks = merge(replace_ids(tables, settings.same), settings.merge)
    recognised = " and ".join(dict.fromkeys(export.vendor for export in exports)) or kind
    alone = len({table.origin for _, table in tables}) < 2 and len(exports) < 2
    applied = replace(settings, tables={}, columns={}, fixed={}, same={}, merge={})
    return RawSource(name, recognised, merged, applied, together([*messages, remarks]),
                     tuple(replace(export, alone=alone) for export in exports))


def table_like(sheet: RawTable, settings: Settings) -> list[str]:
    """Our table (if any) whose required columns a sheet has; of several the one with the most
    columns in common."""
    fitting = {name: len(match_columns(table, list(sheet.frame.columns), {})[0])
               for name, table in TABLES.items() if serves(name, sheet, settings)}
    return [max(fitting, key=lambda name: fitting[name])] if fitting else []


def serves(ours: str, sheet: RawTable, settings: Settings) -> bool:
    """Whether a sheet, as the settings map it, has every column that one of our tables requires."""
    return has_required_columns(TABLES[ours], list(sheet.frame.columns), settings.columns.get(ours),
                                settings.fixed.get(ours, {}))


def _as_table(ours: str, sheet: RawTable, settings: Settings) -> tuple[RawTable, pd.DataFrame]:
    frame, unknown, problems = under_our_names(TABLES[ours], sheet, settings)
    all_columns = with_other_columns(frame, sheet.frame[unknown])
    return RawTable(sheet.origin, all_columns, sheet.problems.assign(table=ours)), problems


def _no_known_sheets(name: str, sheets: Sequence[Sheet]) -> SourceError:
    contents = "; ".join(f"{sheet.table.origin} has the columns "
                         f"{', '.join(list(sheet.table.frame.columns)[:8])}"
                         for sheet in sheets[:4])
    return SourceError(f"{name} holds none of our tables and no export we know ({contents}). The "
                       "Data page maps its columns to ours; settings.toml can, under [tables] and "
                       "[columns.TABLE]")
