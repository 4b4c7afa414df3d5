"""Read the sheets of an Excel workbook as tables of text, as people see them in Excel.

Dates are days, numbers their shortest exact text, percentages keep their sign, and a cell merged
over several rows is repeated in each. Hidden sheets are left out, and reported.
"""

import io
from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

import pandas as pd
from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from orgdata import formats
from orgdata.model.fields import normalise_name
from orgdata.model.problems import problems
from orgdata.sources.excel.cell_formats import SheetScan, scan_sheet
from orgdata.sources.excel.grid import Grid
from orgdata.sources.excel.parts import number_formats, sheet_files, text_lengths
from orgdata.sources.limits import Allowance, TooLarge
from orgdata.sources.raw import RawTable
from orgdata.sources.text.delimited import header_names, table_of
from orgdata.sources.text.headers import HEADER_SEARCH_ROWS, rows_above_header
from orgdata.sources.text.odd_headers import find_header, odd_header
from orgdata.sources.zipped import BadZip, Entries

BOOK = "xl/workbook.xml"
_LINKS, _STYLES, _TEXTS = "xl/_rels/workbook.xml.rels", "xl/styles.xml", "xl/sharedstrings.xml"
T = TypeVar("T")


def read_workbook(entries: Entries, content: bytes, origin: str,
                  allowed: Allowance) -> tuple[list[tuple[str, RawTable]], list[pd.DataFrame]]:
    """The visible sheets that are not empty, by name, and the problems of reading them. `origin`
    precedes each sheet's name. Raises BadZip or TooLarge if the workbook cannot be read."""
    scans, blank_rows = _scan_sheets(entries, allowed)
    if blank_rows:
        content = entries.without(blank_rows)
    book = _or_bad_zip(lambda: CalamineWorkbook.from_filelike(io.BytesIO(content)))
    sheets, noticed = [], []
    for sheet in book.sheets_metadata:
        place = f"{origin}{sheet.name}"
        if sheet.typ != SheetTypeEnum.WorkSheet:
            continue  # a chart
        if sheet.visible != SheetVisibleEnum.Visible:
            noticed.append(problems("information", "unknown_table", sheet.name,
                                    "the sheet is hidden; it was left out", origin=place))
            continue
        try:
            if table := _read_sheet(book, sheet.name, scans, place, allowed):
                sheets.append((sheet.name, table))
        except (BadZip, TooLarge) as error:
            noticed.append(problems("error", "unreadable", sheet.name, f"the sheet cannot be "
                                    f"read: {error}; it is not loaded", origin=place))
    return sheets, noticed


def _scan_sheets(entries: Entries, allowed: Allowance) -> tuple[dict[str, SheetScan],
                                                                dict[str, tuple[int, int]]]:
    """Scan the XML of each sheet, by name, and the rows to leave out of it, by file. Every file in
    the workbook is unpacked once, and counted, before the reader may do so."""
    files = {name.lower(): name for name in entries.names}
    if len(files) < len(entries.names) or not {BOOK, _LINKS} <= files.keys():
        raise BadZip("a part of it is missing or stands twice")
    if name := next((name for name in entries.names if "&" in name), None):
        raise BadZip(f"a part of it has an odd name ({name})")  # the reader may find another by it
    sheets = sheet_files(entries.read(files.pop(BOOK)), entries.read(files.pop(_LINKS)), allowed)
    formats = number_formats(entries.read(files.pop(_STYLES)), allowed) if _STYLES in files else {}
    lengths = text_lengths(entries.pieces(files.pop(_TEXTS)), allowed) if _TEXTS in files else []
    scans = {}
    for file, name in files.items():
        if file in sheets.values():
            scans[file] = scan_sheet(entries.pieces(name), formats, lengths, allowed)
        else:
            for _ in entries.pieces(name):
                pass
    return ({sheet: scans[file] for sheet, file in sheets.items() if file in scans},
            {files[file]: scan.blank for file, scan in scans.items() if any(scan.blank)})


def _read_sheet(book: CalamineWorkbook, name: str, scans: dict[str, SheetScan], place: str,
                allowed: Allowance) -> RawTable | None:
    """One sheet as a table, None if it is empty."""
    if name not in scans:
        raise BadZip("a part of it is missing")
    if not scans[name].filled:
        return None
    allowed.span(scans[name].rows, scans[name].columns, scans[name].filled)
    sheet = _or_bad_zip(lambda: book.get_sheet_by_name(name))
    left = sheet.start[1] if sheet.start else 0
    grid = _or_bad_zip(lambda: Grid(sheet.iter_rows(), left, sheet.merged_cell_ranges or (),
                                    scans[name]))
    header = find_header(grid.first(HEADER_SEARCH_ROWS))
    above, names, key = grid.first(header.above), grid.names(header), normalise_name(name)
    noticed = [*rows_above_header(key, place, above), *odd_header(key, place, header),
               *_merged(grid, header.last, names, key, place),
               *_uncalculated(grid, header.last, names, key, place)]
    hidden = grid.hidden() | grid.merged_away(header.last)
    table = table_of(grid.columns(header), header.last + 1, key, place, noticed,
                     grid.exact(header.last))
    return replace(table, above=above, hidden=_names_of(hidden, names, table))


def _names_of(columns: set[int], header: list[str], table: RawTable) -> frozenset[str]:
    """The names that a table gave these columns, of those that it has."""
    names, _ = header_names(header)
    return frozenset(names[at] for at in columns) & frozenset(table.frame.columns)


def _merged(grid: Grid, header: int, names: list[str], table: str,
            place: str) -> list[pd.DataFrame]:
    return [problems("information", "merged", table, f"{formats.count(rows, 'cell')} of the "
                     "column, from here on, merged with the one above: read with its value",
                     origin=place, rows=[first + 1], column=grid.name(column, names))
            for column, (first, rows) in grid.fill_merged(header).items()]


def _uncalculated(grid: Grid, header: int, names: list[str], table: str,
                  place: str) -> list[pd.DataFrame]:
    return [problems("warning", "bad_value", table, f"{formats.count(rows, 'formula')} of the "
                     "column, from here on, without a result: blank until the workbook is opened "
                     "and saved in Excel", origin=place, rows=[first + 1],
                     column=grid.name(column, names))
            for column, (first, rows) in grid.uncalculated(header).items()]


def _or_bad_zip(read: Callable[[], T]) -> T:
    """Run the reader; any failure is BadZip. It is written in Rust: panics are not Exceptions."""
    try:
        return read()
    except (CalamineError, ValueError, OverflowError, OSError, LookupError, TypeError) as error:
        raise BadZip(f"it is damaged ({' '.join(str(error).split())})") from None
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        raise BadZip("it is damaged") from None
