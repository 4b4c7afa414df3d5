"""Find the header of a table below the title, address and empty rows that people put above it.

The header is the first row that we recognise as ours or another tool's. In an unknown table it is
the first row that is about as wide as the table and all words; in doubt it is the first row.
"""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
import pyarrow as pa

from orgdata import formats
from orgdata.model.fields import normalise_name
from orgdata.model.problems import problems
from orgdata.model.schema import TABLES
from orgdata.sources import vendors
from orgdata.tabular.columns import has_required_columns
from orgdata.tabular.dates import dates
from orgdata.tabular.numbers import number

HEADER_SEARCH_ROWS = 20  # what has more text above it is a document rather than a table
WIDE_ENOUGH = 0.6  # share of the widest row: a title fills one cell, a header may leave some empty
DELIMITERS = ",;\t|"
START = 65_536  # bytes in which the header is searched
_BLANK_LINES = re.compile(rb"(?:[ ,;\t|]*(?:\r\n|\r|\n))*")
_LETTERS = re.compile(r"[^\W\d_]{3}")
_SEPARATOR_LINE = re.compile(rb'"?sep=([,;\t|])"?[ \t]*(?:\r\n|\r|\n)', re.IGNORECASE)
_OUR_IDS = frozenset(f.name for table in TABLES.values() for f in table.fields
                     if f.required and f.kind == "id")


@dataclass(frozen=True)
class Start:
    """A text from its header on, the delimiter between its cells, and the rows above the header."""

    text: bytes  # in UTF-8
    delimiter: str
    above: Sequence[Sequence[str]] = ()


def header_row(rows: Sequence[Sequence[str]]) -> int:
    """The row number of the header, among the first rows of a table; the first is 0."""
    known = known_header_row(rows)
    return likely_header_row(rows) if known is None else known


def known_header_row(rows: Sequence[Sequence[str]]) -> int | None:
    """The number of the first row with the columns of one of our tables or a known export."""
    return next((at for at, row in enumerate(rows[:HEADER_SEARCH_ROWS])
                 if is_known_header(row)), None)


def is_known_header(row: Sequence[str]) -> bool:
    """Whether a row has the columns of one of our tables or of another tool's export."""
    names = [cell for cell in row if cell.strip()]
    return len(names) > 1 and (any(has_required_columns(table, names) for table in TABLES.values())
                               or vendors.recognise(names) is not None)


def likely_header_row(rows: Sequence[Sequence[str]]) -> int:
    """The number of the first row that looks like a header: wide enough, and all words. If a row of
    full width that is not all words comes first, it is data, and row 0 counts as the header."""
    widths = [sum(bool(cell.strip()) for cell in row) for row in rows[:HEADER_SEARCH_ROWS]]
    for at, (row, width) in enumerate(zip(rows, widths, strict=False)):
        words = width > 0 and all(map(_is_word, filter(str.strip, row)))
        if any(normalise_name(cell) in _OUR_IDS for cell in row) or (
                words and width >= WIDE_ENOUGH * max(widths)):
            return at
        if width == max(widths):
            return 0
    return 0


def _is_word(cell: str) -> bool:
    """Whether a cell may name a column: neither a day nor a number, unless with a word beside it
    that is no unit (OKR 1)."""
    return bool(dates(pa.array([cell.strip()])).unreadable[0]
                and (np.isnan(number(cell.strip())) or _LETTERS.search(cell)))


def rows_above_header(table: str, origin: str, rows: Sequence[Sequence[str]]) -> list[pd.DataFrame]:
    """The problem that reports the rows above a header; none if they are blank."""
    filled = [(number, cell) for number, row in enumerate(rows, 1) for cell in row if cell.strip()]
    if not filled:
        return []
    number, cell = filled[0]
    more = len(rows) - number
    message = (f"it and {formats.count(more, 'row')} below it stand above the header and were left "
               "out" if more else "it stands above the header and was left out")
    return [problems("information", "above_header", table, message, origin=origin, rows=[number],
                     values=[cell])]


# -- in delimited text -----------------------------------------------------------------------------

def from_header(text: bytes) -> Start:
    """Cut a text (in UTF-8) at its header. Blank lines at the top do not count as rows, and neither
    does the `sep=;` that Excel writes there."""
    text = _skip_blank_lines(text, 0)
    if separator := _SEPARATOR_LINE.match(text):
        text, delimiters = _skip_blank_lines(text, separator.end()), separator[1].decode()
    else:
        best = delimiter_of(_start(text))
        delimiters = best + DELIMITERS.replace(best, "")
    parsed = {delimiter: _first_records(text, delimiter) for delimiter in delimiters}
    for delimiter, (records, ends) in parsed.items():
        if (at := known_header_row(records)) is not None:
            return _below(text, delimiter, records[:at], ends[:at])
    first = delimiters[0]
    if parsed[first][0] and len(parsed[first][0][0]) == 1:  # a title does not show the delimiter
        first = max(delimiters, key=lambda delimiter: _common_width_count(parsed[delimiter][0]))
    records, ends = parsed[first]
    at = likely_header_row(records)
    return _below(text, first if at else delimiters[0], records[:at], ends[:at])


def _skip_blank_lines(text: bytes, place: int) -> bytes:
    """The text from a position on, without blank lines at its start; not copied if it is whole."""
    blank = _BLANK_LINES.match(text, place)
    return text[blank.end() if blank else place:]


def _start(text: bytes) -> str:
    return text[:START].decode("utf-8", "ignore")  # the last character may be cut in two


def _below(text: bytes, delimiter: str, above: Sequence[Sequence[str]],
           ends: Sequence[int]) -> Start:
    return Start(text[ends[-1]:] if ends else text, delimiter, above)


def delimiter_of(text: str) -> str:
    """The delimiter that splits the first record into the most cells; a comma when in doubt.

    A delimiter that splits quoted cells, so that quotation marks remain in them, comes last.
    """
    def fit(delimiter: str) -> tuple[bool, int]:
        header = next(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), [])
        return not any('"' in cell for cell in header), len(header)

    return max(DELIMITERS, key=fit)


def _first_records(text: bytes, delimiter: str) -> tuple[list[list[str]], list[int]]:
    """The first records and the position after each, without a last one that may be cut off."""
    start = _start(text)
    read = end = 0

    def lines() -> Iterator[str]:
        nonlocal read, end
        for line in io.StringIO(start, newline=""):
            read += len(line)
            end += len(line.encode())
            yield line

    records: list[list[str]] = []
    ends: list[int] = []
    for record in csv.reader(lines(), delimiter=delimiter):
        if len(records) == HEADER_SEARCH_ROWS or (read == len(start) and len(text) > START):
            break
        records.append(record)
        ends.append(end)
    return records, ends


def _common_width_count(records: Sequence[Sequence[str]]) -> int:
    """How many records below the first have the most common width; 0 if that width is 1."""
    widths = Counter(len(record) for record in records[1:] if any(map(str.strip, record)))
    width, often = widths.most_common(1)[0] if widths else (1, 0)
    return often if width > 1 else 0
