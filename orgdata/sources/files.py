"""Combine the sheets of one or many files into one source: which is which table, export, or
somebody's own list."""

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from orgdata import formats
from orgdata.model.fields import normalise_name
from orgdata.model.intake import Intake
from orgdata.model.problems import join_problems
from orgdata.model.schema import TABLES
from orgdata.model.settings import Settings
from orgdata.sources.intake.mapped import is_by_hand
from orgdata.sources.intake.read import Read, read_own
from orgdata.sources.layouts import follow_renamed_sheets
from orgdata.sources.limits import check_rows, check_settings, refused
from orgdata.sources.list_limits import check_lists
from orgdata.sources.merge import merge, replace_ids
from orgdata.sources.named import under_our_names, with_other_columns
from orgdata.sources.raw import RawSource, RawTable, SourceError
from orgdata.sources.recognise import Recognised, recognise
from orgdata.sources.sheets import Sheet
from orgdata.tabular.columns import match_columns

_ONE_FILE = ("csv file", "excel workbook", "zip archive")  # kinds of a source: see `file_kind`


def read_sheets(name: str, kind: str, sheets: Sequence[Sheet], noticed: Sequence[pd.DataFrame],
                settings: Settings, size: int | None = None) -> RawSource:
    """One source made of all sheets. Raises SourceError when none of them is anything we know, or
    when they are larger than files of `size` bytes may be.

    Somebody's own sheets come first, then exports, so that our own tables take precedence over
    them.
    """
    settings = follow_renamed_sheets(settings, {sheet.name: list(sheet.table.frame.columns)
                                                for sheet in sheets})
    recognised, unknown = recognise(sheets, settings)
    own = [one for one in recognised if _is_own_list(one)]
    lists = [one for one in recognised if one.vendor or _is_own_list(one)]
    if size is not None:
        with refused(name):
            check_lists([one.sheet.table.frame for one in lists],
                        [max(1, len(one.tables)) for one in lists], size)
            check_settings(settings, sum(len(sheet.table.frame) for sheet in sheets), size)
    tables: list[tuple[str, RawTable]] = []
    tools: list[tuple[str, RawTable]] = []
    exports, messages = [], list(noticed)
    left_out = []
    for one in recognised:
        sheet = one.sheet.table
        if one in own:
            left_out.append(one.name)
            continue
        if one.vendor:
            converted, export, remarks = one.vendor.read(sheet, settings.exports.get(
                one.vendor.name, {}))
            tools[:0] = converted.items()
        else:
            for table in one.tables:
                raw, remarks = _as_table(table, sheet, one.settings)
                tables.append((table, raw))
                messages.append(remarks)
            left_out += [] if one.tables else [one.name]
            continue
        exports.append(export)
        messages.append(remarks)
    with refused(name):
        read = read_own(name if kind in _ONE_FILE else "",
                        [(one.sheet, one.tables if one.complete else ()) for one in own], tables,
                        settings, tools)
    if not tables and not exports and not read.tables:
        raise _no_known_sheets(name, sheets, read)
    tables = [*read.tables, *read.known]
    exports += read.exports
    messages += read.problems
    used = {export.origin for export in read.exports}
    left_out = [name for name in left_out if name not in {
        one.name for one in own if one.sheet.table.origin in used}]
    messages.append(unknown[unknown["table"].isin(left_out) | (unknown["level"] == "warning")])
    merged, remarks = merge(replace_ids(tables, settings.same), settings.merge)
    what = " and ".join(dict.fromkeys(export.vendor for export in exports)) or kind
    alone = len({table.origin for _, table in tables}) < 2 and len(exports) < 2
    applied = replace(read.settings, tables={}, columns={}, fixed={}, same={}, merge={})
    source = RawSource(
        name, what, merged, applied, join_problems([*messages, remarks]),
        tuple(replace(export, alone=alone) for export in exports), read.intake, size)
    if size is not None:
        with refused(name):
            check_rows(source, size)
    return source


def _is_own_list(one: Recognised) -> bool:
    """Whether a sheet is somebody's own: no export, and none of our tables by its columns; or one
    that the settings read as several."""
    mapped = {normalise_name(theirs) for theirs in one.settings.tables.values()}
    if one.complete and one.name in mapped:
        return is_by_hand(one.settings, one.tables)
    return not one.vendor and not one.complete and one.name not in mapped


def _as_table(ours: str, sheet: RawTable, settings: Settings) -> tuple[RawTable, pd.DataFrame]:
    frame, unknown, problems = under_our_names(TABLES[ours], sheet, settings)
    all_columns = with_other_columns(frame, sheet.frame[unknown])
    chosen, _ = match_columns(TABLES[ours], list(sheet.frame.columns),
                              settings.columns.get(ours, {}))
    exact = frozenset(name for name, theirs in chosen.items() if theirs in sheet.exact_columns)
    return RawTable(sheet.origin, all_columns, sheet.problems.assign(table=ours),
                    exact_columns=exact), problems


class NothingKnown(SourceError):
    """No sheet of the source tells of anything that we read; `intake` has their columns."""

    def __init__(self, message: str, intake: Intake) -> None:
        super().__init__(message)
        self.intake = intake


def _no_known_sheets(name: str, sheets: Sequence[Sheet], read: Read) -> NothingKnown:
    contents = "; ".join(_contents(sheet.table) for sheet in sheets[:4])
    return NothingKnown(f"{name} holds none of our tables and no export we know ({contents}). Say "
                        "on the Data page what its columns are, or under [answers] in settings.toml"
                        ": \"column: NAME\" = \"product\"", read.intake)


def _contents(table: RawTable) -> str:
    """What there is in a table of which nothing is known, in words."""
    columns = [str(name) for name in table.frame.columns]
    if all(name == f"column_{at}" for at, name in enumerate(columns, 1)):
        rows = formats.count(len(table.frame), "row")
        return f"{table.origin} has {rows} and no header that says what they hold"
    return f"{table.origin} has the columns {', '.join(columns[:8])}"
