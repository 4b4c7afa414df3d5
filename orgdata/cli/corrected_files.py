"""The files of a source with what was corrected, and nothing else in them different."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from orgdata.cli.arguments import SourceOptions
from orgdata.edits.carry import TableChanges, called
from orgdata.edits.edit import same_text
from orgdata.model.schema import TABLES
from orgdata.sources import RawSource, SourceError, find_settings, is_url
from orgdata.sources.csv_folder import KIND as CSV_FOLDER
from orgdata.sources.excel.rewrite import NotRewritten
from orgdata.sources.excel.rewrite import rewritten as rewritten_workbook
from orgdata.sources.files_within import File, files_within
from orgdata.sources.limits import TooLarge
from orgdata.sources.sheets import sheets_of, unescaped
from orgdata.sources.text.delimited import NotDelimitedText, read_delimited
from orgdata.sources.text.rewrite import rewritten
from orgdata.sources.zipped import BadZip, in_zip
from orgdata.tabular.columns import match_columns

Cells = dict[int, dict[str, tuple[str, str]]]  # row → column as the file names it → before, after
Before = tuple[bytes, bytes]  # a file before and after


@dataclass
class _Wanted:
    """What is to be changed in one file."""

    cells: dict[str, Cells] = field(default_factory=dict)  # by sheet; "" of a text
    added: dict[int, dict[str, str]] = field(default_factory=dict)
    ended: set[int] = field(default_factory=set)


def corrected_files(source_options: SourceOptions, raw: RawSource,
                    changes: Mapping[str, TableChanges]) -> tuple[dict[str, Before], list[str]]:
    """The files that change by their names, and a line on each change that cannot be written into
    one, with why."""
    source = source_options.source
    if isinstance(source, str) and is_url(source):
        return {}, [f"{_origin(raw, table)} is no file of the source" for table in changes]
    if raw.recognised_as != CSV_FOLDER and (raw.intake.found or raw.exports):
        return {}, [f"{Path(raw.name).name} holds somebody's own lists, whose cells are not ours "
                    "one by one"]
    try:
        files = files_within(source)
    except (SourceError, OSError, BadZip, TooLarge) as error:
        return {}, [str(error)]
    columns = {**raw.settings.columns, **find_settings(source, source_options.settings).columns}
    made: dict[str, Before] = {}
    wanted: dict[int, _Wanted] = {}
    left: list[str] = []
    for table, change in changes.items():
        found = raw.tables.get(table)
        place = None if found is None or found.origins is not None else next(
            ((at, sheet) for at, file in enumerate(files)
             if (sheet := file.sheet_of(found.origin)) is not None), None)
        if place is not None:
            at, sheet = place
            _want(wanted.setdefault(at, _Wanted()), files[at], sheet, table, change,
                  columns.get(table, {}), left)
        elif found is None and isinstance(source, str) and Path(source).is_dir():
            made[f"{table}.csv"] = b"", _new_file(change)
        elif found is None:
            left += [f"{table} {called(change, row)}: a row to add or to take out"
                     for row in change.added]
        else:
            left.append(f"{found.origin} is no one file of the source")
    for at, of_file in wanted.items():
        _make(files[at], of_file, made, left)
    return made, left


def _origin(raw: RawSource, table: str) -> str:
    return raw.tables[table].origin if table in raw.tables else f"{table}.csv"


def _new_file(change: TableChanges) -> bytes:
    columns = dict.fromkeys(column for row in change.added.values() for column in row)
    return rewritten(",".join(columns).encode() + b"\n", {}, change.added, change.ended)


def _want(wanted: _Wanted, file: File, sheet: str, table: str, change: TableChanges,
          mapping: Mapping[str, str], left: list[str]) -> None:
    """Put what is to be changed of a table into what is wanted of its file."""
    frame = _frame(file, sheet)
    names, _ = match_columns(TABLES[table], list(frame.columns), mapping)
    if file.is_workbook:  # formulas and other sheets may mean its rows by their numbers
        left += [f"{table} {called(change, row)}: a row to add or to take out"
                 for row in change.added.keys() | change.ended]
    else:
        wanted.added |= {row: {names.get(column, column): text for column, text in cells.items()}
                         for row, cells in change.added.items()}
        wanted.ended |= change.ended
    for row, texts in change.cells.items():
        for column, (before, after) in texts.items():
            name = names.get(column, "" if file.is_workbook else column)
            said = str(frame.at[row, name]) if name in frame and row in frame.index else ""
            where = f"{table} {called(change, row)}, {column}"
            if not name:
                left.append(f"{where}: the workbook has no such cell")
            elif not any(same_text(TABLES[table][column], said, one)
                         for one in (before, before.removeprefix("'"))):
                left.append(f"{where}: {file.path.name} does not say what was corrected")
            else:
                wanted.cells.setdefault(sheet, {}).setdefault(row, {})[name] = said, after


def _frame(file: File, sheet: str) -> pd.DataFrame:
    """A table as the file has it, under its own names."""
    if not file.is_workbook:
        return unescaped(read_delimited(file.content, "", file.place)).frame
    sheets, _ = sheets_of("", file.content, True)
    return next(one.table.frame for one in sheets if one.name == sheet)


def _make(file: File, wanted: _Wanted, made: dict[str, Before], left: list[str]) -> None:
    """Add a file as it is to be to those that are made, a zip once for all that is in it."""
    name, in_file = file.path.name, f"{file.entry} in {file.path.name}" if file.entry else (
        file.path.name)
    try:
        if file.is_workbook:
            after, formulas = rewritten_workbook(file.content, wanted.cells)
            left += [f"{in_file}: {why}" for why in formulas]
        else:
            texts = {row: {column: after for column, (_, after) in cells.items()}
                     for row, cells in wanted.cells.get("", {}).items()}
            after = rewritten(file.content, texts, wanted.added, wanted.ended)
    except (NotRewritten, NotDelimitedText, SourceError, BadZip, TooLarge, KeyError) as error:
        left.append(f"{in_file}: {error}")
        return
    if after == file.content:
        return
    before, so_far = made.get(name) or ((file.path.read_bytes(),) * 2 if file.entry else
                                        (file.content, file.content))
    made[name] = before, in_zip(so_far, {file.entry: after}) if file.entry else after
