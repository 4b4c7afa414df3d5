"""An Excel workbook → its sheets as tables of text, as people see them in Excel.

Dates are days, numbers their shortest exact text, percentages keep their sign, a cell merged down
several rows stands in each of them. Hidden sheets stay hidden, and that is said.
"""

import io
from collections.abc import Callable
from typing import TypeVar

import pandas as pd
from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from orgdata import formats
from orgdata.model.problems import problems
from orgdata.model.schema import normalise_name
from orgdata.sources.excel.cell_formats import Marks, marks
from orgdata.sources.excel.grid import Grid
from orgdata.sources.excel.parts import number_formats, sheet_files, text_lengths
from orgdata.sources.limits import Allowance, TooLarge
from orgdata.sources.raw import RawTable
from orgdata.sources.text.delimited import table_of
from orgdata.sources.text.headers import LOOKED_AT, above_header, header_row
from orgdata.sources.zipped import BadZip, Entries

BOOK = "xl/workbook.xml"
_LINKS, _STYLES, _TEXTS = "xl/_rels/workbook.xml.rels", "xl/styles.xml", "xl/sharedstrings.xml"
T = TypeVar("T")


def read_workbook(entries: Entries, content: bytes, origin: str,
                  allowed: Allowance) -> tuple[list[tuple[str, RawTable]], list[pd.DataFrame]]:
    """The visible sheets that hold anything, by name, and what was noticed. `origin` is put
    before a sheet's name. Raises BadZip and TooLarge where nothing of it can be read."""
    told = _told(entries, allowed)
    book = _guarded(lambda: CalamineWorkbook.from_filelike(io.BytesIO(content)))
    sheets, noticed = [], []
    for found in book.sheets_metadata:
        place = f"{origin}{found.name}"
        if found.typ != SheetTypeEnum.WorkSheet:
            continue  # a chart
        if found.visible != SheetVisibleEnum.Visible:
            noticed.append(problems("information", "unknown_table", found.name,
                                    "the sheet is hidden; it was left out", origin=place))
            continue
        try:
            if table := _read(book, found.name, told, place, allowed):
                sheets.append((found.name, table))
        except (BadZip, TooLarge) as error:
            noticed.append(problems("error", "unreadable", found.name, f"the sheet cannot be "
                                    f"read: {error}; it is not loaded", origin=place))
    return sheets, noticed


def _told(entries: Entries, allowed: Allowance) -> dict[str, Marks]:
    """What the XML says of each sheet. Every file in the workbook is unpacked once, and counted,
    before the reader may do so."""
    files = {name.lower(): name for name in entries.names}
    if len(files) < len(entries.names) or not {BOOK, _LINKS} <= files.keys():
        raise BadZip("a part of it is missing or stands twice")
    sheets = sheet_files(entries.read(files.pop(BOOK)), entries.read(files.pop(_LINKS)))
    formats = number_formats(entries.read(files.pop(_STYLES))) if _STYLES in files else {}
    lengths = text_lengths(entries.pieces(files.pop(_TEXTS))) if _TEXTS in files else []
    told = {}
    for file, name in files.items():
        if file in sheets.values():
            told[file] = marks(entries.pieces(name), formats, lengths, allowed)
        else:
            for _ in entries.pieces(name):
                pass
    return {sheet: told[file] for sheet, file in sheets.items() if file in told}


def _read(book: CalamineWorkbook, name: str, told: dict[str, Marks], place: str,
          allowed: Allowance) -> RawTable | None:
    """One sheet as a table, None where it is empty."""
    if name not in told:
        raise BadZip("a part of it is missing")
    if not told[name].rows:
        return None
    allowed.span(told[name].rows, told[name].columns)
    sheet = _guarded(lambda: book.get_sheet_by_name(name))
    left = sheet.start[1] if sheet.start else 0
    grid = _guarded(lambda: Grid(sheet.iter_rows(), left, sheet.merged_cell_ranges or (),
                                 told[name]))
    header = header_row(grid.first(LOOKED_AT))
    table = normalise_name(name)
    noticed = [*above_header(table, place, grid.first(header)),
               *_merged(grid, header, table, place), *_uncalculated(grid, header, table, place)]
    return table_of([column.slice(header) for column in grid.columns()], header + 1, table, place,
                    noticed)


def _merged(grid: Grid, header: int, table: str, place: str) -> list[pd.DataFrame]:
    return [problems("information", "merged", table, f"{formats.count(rows, 'cell')} of the "
                     "column, from here on, merged with the one above: read with its value",
                     origin=place, rows=[first + 1], column=grid.name(column, header))
            for column, (first, rows) in grid.fill_merged(header).items()]


def _uncalculated(grid: Grid, header: int, table: str, place: str) -> list[pd.DataFrame]:
    return [problems("warning", "bad_value", table, f"{formats.count(rows, 'formula')} of the "
                     "column, from here on, without a result: blank until the workbook is opened "
                     "and saved in Excel", origin=place, rows=[first + 1],
                     column=grid.name(column, header))
            for column, (first, rows) in grid.uncalculated(header).items()]


def _guarded(read: Callable[[], T]) -> T:
    """What the reader says, or BadZip: it is written in Rust, and panics are no Exception."""
    try:
        return read()
    except (CalamineError, ValueError, OverflowError, OSError, LookupError, TypeError) as error:
        raise BadZip(f"it is damaged ({' '.join(str(error).split())})") from None
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        raise BadZip("it is damaged") from None
