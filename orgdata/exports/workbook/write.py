"""Write sheets into an Excel file without formulas: text stays text, dates and numbers are real."""

import io
import math
from collections.abc import Sequence
from datetime import date, datetime, time

import pandas as pd
import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from orgdata.exports.deck.text_fit import lines
from orgdata.exports.edition import Edition
from orgdata.exports.office import cell, plain
from orgdata.exports.workbook.columns import Col, Sheet, money_format
from orgdata.formats import rounded
from orgdata.views.palette import BAND, BEHIND, OFFICE
from orgdata.views.rewording import said, said_in_cell
from orgdata.views.vocabulary import Word

_SIZE = 10  # of the text, in points
_FIRST_DAY = date(1900, 3, 1)  # workbooks count days from here on without a mistake
_NAME = 31  # characters of the name of a sheet
_MEASURED = 400  # rows looked at for the width of a column
_LEAST, _MOST, _LONG = 9, 40, 50  # characters
_CHARACTER, _LINE = 5.3, 13.0  # points
_MOST_LINES = 8  # of a row; the cell holds the whole text
_ON_PAGE = 190  # characters side by side on a printed page
_NUMBERS = {"number": "#,##0.####", "whole": "#,##0", "percent": "0.00%", "date": "yyyy-mm-dd"}


def written(edition: Edition, about: Sequence[tuple[str, str]], sheets: Sequence[Sheet]) -> bytes:
    """The bytes of a workbook: a first sheet of labelled lines, then the given sheets."""
    packed = io.BytesIO()
    inert = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
             "strings_to_numbers": False,
             "default_format_properties": {"font_name": "Arial", "font_size": _SIZE}}
    with xlsxwriter.Workbook(packed, inert) as book:
        book.set_properties({"title": "Portfolio alignment", "subject": plain(edition.source)[:255],
                             "author": "Portfolio alignment",
                             "comments": f"Data fingerprint {edition.fingerprint}",
                             "created": datetime.combine(edition.day, time())})
        top: dict[str, object] = {"valign": "top"}
        left = {**top, "align": "left", "indent": 1}
        looks = {"text": book.add_format(left),
                 "long": book.add_format({**left, "text_wrap": True}),
                 "head": book.add_format({**left, "bold": True, "text_wrap": True,
                                          "valign": "vcenter", "bg_color": OFFICE.part,
                                          "font_color": OFFICE.ground}),
                 "bold": book.add_format({**top, "bold": True}),
                 "band": book.add_format({**left, "text_wrap": True, "bg_color": BAND["ground"],
                                          "font_color": BAND["ink"]}),
                 "title": book.add_format({"bold": True, "font_size": 16}),
                 "money": book.add_format({**top, "num_format": money_format(edition)}),
                 **{kind: book.add_format({**top, "num_format": look})
                    for kind, look in _NUMBERS.items()}}
        looks |= {tone: book.add_format({**left, "bg_color": colour, "font_color": OFFICE.ink})
                  for tone, colour in BEHIND.items()}
        foot = _foot(edition)
        _about(book.add_worksheet("About"), about, looks, foot)
        for sheet in sheets:
            _sheet(book.add_worksheet(_name(sheet, sheets)), sheet, looks, foot)
        if edition.tried:
            for worksheet in book.worksheets():
                worksheet.set_tab_color(BAND["edge"])
    return packed.getvalue()


def _name(sheet: Sheet, sheets: Sequence[Sheet]) -> str:
    """The name of a sheet; our own where another sheet bears the organisation's word for it."""
    name = said(sheet.name)[:_NAME]
    others = {form.casefold() for one in sheets if one is not sheet
              for form in (one.name, said(one.name)[:_NAME], "About")}
    return sheet.name if name.casefold() in others else name


def _about(sheet: Worksheet, about: Sequence[tuple[str, str]], looks: dict[str, Format],
           foot: str) -> None:
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 1, 110)
    sheet.hide_gridlines(2)
    sheet.write_string(0, 0, "Portfolio alignment", looks["title"])
    for at, (label, words) in enumerate(((said(one), said(two)) for one, two in about), 2):
        sheet.set_row(at, _row_height([(cell(words), 110)]))
        if label or words:
            sheet.write_string(at, 0, cell(label), looks["bold"])
            sheet.write_string(at, 1, cell(words), looks[
                "band" if label in ("What if", "It changes") else "long"])
    _printed(sheet, foot, 1)


def _sheet(worksheet: Worksheet, sheet: Sheet, looks: dict[str, Format], foot: str) -> None:
    worksheet.freeze_panes(1, 1)
    last = max(len(sheet.rows), 1)
    cells = [_cells(sheet.rows, column) for column in sheet.columns]
    widths = [_width(column, values) for column, values in zip(sheet.columns, cells, strict=True)]
    wrapped = [(values, width) for column, values, width in
               zip(sheet.columns, cells, widths, strict=True) if column.kind == "long"]
    worksheet.set_row(0, 2 * _LINE + 4)
    for row in range(len(sheet.rows)):
        worksheet.set_row(row + 1, _row_height([(str(values[row] or ""), width)
                                                for values, width in wrapped]))
    for at, (column, values, width) in enumerate(zip(sheet.columns, cells, widths, strict=True)):
        worksheet.set_column(at, at, width)
        worksheet.write_string(0, at, cell(said(column.header)), looks["head"])
        tones = _tones(sheet.rows, column)
        for row, (value, tone) in enumerate(zip(values, tones, strict=True), 1):
            _write(worksheet, row, at, value, looks.get(tone, looks[column.kind]))
    if sheet.left:  # below the rows that the filter and a sort move
        worksheet.write_string(last + 1, 0, said(sheet.left_out), looks["bold"])
    worksheet.autofilter(0, 0, last, len(sheet.columns) - 1)
    worksheet.repeat_rows(0)
    _printed(worksheet, foot, math.ceil(sum(widths) / _ON_PAGE))


Cell = str | float | date | None


def _cells(rows: pd.DataFrame, column: Col) -> list[Cell]:
    """The cells of a column as text, numbers or days; None where unknown."""
    if column.key not in rows:
        return [None] * len(rows)
    values = rows[column.key]
    if column.words:
        return [None if word is None else said(str(word)) for word in _words(values, column)]
    return [None if value is None or pd.isna(value) else _cell(value, column)
            for value in values.astype(object)]


def _words(values: pd.Series, column: Col) -> list[Word | None]:
    return [column.words.get(state, column.missing) for state in values.astype(object)]


def _tones(rows: pd.DataFrame, column: Col) -> list[str]:
    """The tone of each cell, "" where it is no state."""
    if not column.words or column.key not in rows:
        return [""] * len(rows)
    return [word.tone if word else "" for word in _words(rows[column.key], column)]


def _cell(value: object, column: Col) -> Cell:
    if column.kind == "date":
        day: date = pd.Timestamp(str(value)).date()
        return day if day >= _FIRST_DAY else day.isoformat()
    if column.kind in ("text", "long"):
        return cell(said_in_cell(str(value)))
    number = float(str(value))
    if not math.isfinite(number):
        return cell(value)
    if column.kind != "percent":
        return number
    hundredths = rounded(100 * number, decimals=2)
    return (hundredths or (number > 0) - (number < 0)) / 1e4  # 0 % is nothing at all


def _write(sheet: Worksheet, row: int, at: int, value: Cell, look: Format) -> None:
    if isinstance(value, str):
        if value:
            sheet.write_string(row, at, value, look)
    elif isinstance(value, date):
        sheet.write_datetime(row, at, value, look)
    elif value is not None:
        sheet.write_number(row, at, value, look)


def _row_height(wrapped: Sequence[tuple[str, float]]) -> float:
    """The height of a row: programs do not agree on when they find it themselves."""
    most = max((lines(words, _SIZE, (width - 2) * _CHARACTER) for words, width in wrapped
                if len(words) > width / 2), default=1)
    return min(most, _MOST_LINES) * _LINE + 2


def _width(column: Col, values: Sequence[Cell]) -> float:
    """Wide enough for the cells, the header on two lines, and no wider than can be read."""
    if column.kind == "long":
        longest = max((len(str(value)) for value in values[:_MEASURED] if value is not None),
                      default=0)
        return min(max(24, longest + 2), _LONG)
    shown = sorted(len(value) if isinstance(value, str) else 10 if isinstance(value, date)
                   else len(f"{value:,.2f}") + 2
                   for value in values[:_MEASURED] if value is not None)
    header = said(column.header)
    head = max(map(len, header.split(" "))) + 5  # the button of the filter
    widest = shown[-1] + 3 if shown else 0
    return min(max(_LEAST, head, len(header) / 2 + 5, widest), _MOST)


def _foot(edition: Edition) -> str:
    """The footer of every printed page, with & doubled, which would be a command there."""
    origin = " · ".join(f"{label}: {plain(words)[:60]}" for label, words in edition.origin()
                        if label != "Compared with")
    return f"&L&8{origin[:200].replace('&', '&&')}&R&8&P / &N"


def _printed(sheet: Worksheet, foot: str, pages: int) -> None:
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(pages, 0)
    sheet.set_footer(foot)
