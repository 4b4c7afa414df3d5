"""Where the header stands: below the title, the address and the empty rows people put above it.

A header is the first row that we recognise: as ours, or as another tool's. For a table nobody
knows it is the first row about as wide as the table is and all words. In doubt it is the first.
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
from orgdata.model.problems import problems
from orgdata.model.schema import TABLES, normalise_name
from orgdata.sources import vendors
from orgdata.tabular import cells
from orgdata.tabular.columns import has_required_columns

LOOKED_AT = 20  # rows; who writes more above a table has written a letter
WIDE_ENOUGH = 0.6  # of the widest row: a title fills one cell, a header may leave a few empty
DELIMITERS = ",;\t|"
START = 65_536  # bytes in which the header stands
_BLANK_LINES = re.compile(rb"(?:[ ,;\t|]*(?:\r\n|\r|\n))*")
_SEPARATOR_LINE = re.compile(rb'"?sep=([,;\t|])"?[ \t]*(?:\r\n|\r|\n)', re.IGNORECASE)
_OUR_IDS = frozenset(f.name for table in TABLES.values() for f in table.fields
                     if f.required and f.kind == "id")


@dataclass(frozen=True)
class Start:
    """A text from its header on, how its cells are parted, and the rows above the header."""

    text: bytes  # in UTF-8
    delimiter: str
    above: Sequence[Sequence[str]] = ()


def header_row(rows: Sequence[Sequence[str]]) -> int:
    """Which of the first rows of a table is its header, the first being 0."""
    known = known_row(rows)
    return likely_row(rows) if known is None else known


def known_row(rows: Sequence[Sequence[str]]) -> int | None:
    """The first row with the columns of one of our tables, or of another tool's export."""
    return next((at for at, row in enumerate(rows[:LOOKED_AT]) if is_known(row)), None)


def is_known(row: Sequence[str]) -> bool:
    """Whether these are the columns of one of our tables, or of another tool's export."""
    names = [cell for cell in row if cell.strip()]
    return len(names) > 1 and (any(has_required_columns(table, names) for table in TABLES.values())
                               or vendors.recognise(names) is not None)


def likely_row(rows: Sequence[Sequence[str]]) -> int:
    """The first row that looks like a header: wide enough, and all words. A row as wide as any
    that is not all words is no title: what stands above it then is the header as well."""
    widths = [sum(bool(cell.strip()) for cell in row) for row in rows[:LOOKED_AT]]
    for at, (row, width) in enumerate(zip(rows, widths, strict=False)):
        words = width > 0 and all(map(_is_word, filter(str.strip, row)))
        if any(normalise_name(cell) in _OUR_IDS for cell in row) or (
                words and width >= WIDE_ENOUGH * max(widths)):
            return at
        if width == max(widths):
            return 0
    return 0


def _is_word(cell: str) -> bool:
    _, bad = cells.dates(pa.array([cell.strip()]))
    return bool(np.isnan(cells.number(cell.strip())) and bad[0])


def above_header(table: str, origin: str, rows: Sequence[Sequence[str]]) -> list[pd.DataFrame]:
    """What is said of the rows above a header: nothing where they are blank."""
    filled = [(number, cell) for number, row in enumerate(rows, 1) for cell in row if cell.strip()]
    if not filled:
        return []
    number, cell = filled[0]
    more = len(rows) - number
    said = (f"it and {formats.count(more, 'row')} below it stand above the header and were left out"
            if more else "it stands above the header and was left out")
    return [problems("information", "above_header", table, said, origin=origin, rows=[number],
                     values=[cell])]


# -- in delimited text -----------------------------------------------------------------------------

def from_header(text: bytes) -> Start:
    """The text (in UTF-8) from its header on. Blank lines above everything are not counted as
    rows, and neither is the `sep=;` that Excel writes there."""
    text = _from(text, 0)
    if told := _SEPARATOR_LINE.match(text):
        text, delimiters = _from(text, told.end()), told[1].decode()
    else:
        best = delimiter_of(_start(text))
        delimiters = best + DELIMITERS.replace(best, "")
    looked = {delimiter: _first_records(text, delimiter) for delimiter in delimiters}
    for delimiter, (records, ends) in looked.items():
        if (at := known_row(records)) is not None:
            return _below(text, delimiter, records[:at], ends[:at])
    first = delimiters[0]
    if looked[first][0] and len(looked[first][0][0]) == 1:  # a title does not show the delimiter
        first = max(delimiters, key=lambda delimiter: _regular(looked[delimiter][0]))
    records, ends = looked[first]
    at = likely_row(records)
    return _below(text, first if at else delimiters[0], records[:at], ends[:at])


def _from(text: bytes, place: int) -> bytes:
    """The text from a place on, without the blank lines there; itself where that is all of it."""
    blank = _BLANK_LINES.match(text, place)
    return text[blank.end() if blank else place:]


def _start(text: bytes) -> str:
    return text[:START].decode("utf-8", "ignore")  # the last character may be cut in two


def _below(text: bytes, delimiter: str, above: Sequence[Sequence[str]],
           ends: Sequence[int]) -> Start:
    return Start(text[ends[-1]:] if ends else text, delimiter, above)


def delimiter_of(text: str) -> str:
    """The delimiter that splits the first record into the most cells; a comma when in doubt.

    One that tears quoted cells apart, so that their quotation marks stay behind, comes last.
    """
    def fit(delimiter: str) -> tuple[bool, int]:
        header = next(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), [])
        return not any('"' in cell for cell in header), len(header)

    return max(DELIMITERS, key=fit)


def _first_records(text: bytes, delimiter: str) -> tuple[list[list[str]], list[int]]:
    """The first records, and where in the text each ends; one that may be cut off is left out."""
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
        if len(records) == LOOKED_AT or (read == len(start) and len(text) > START):
            break
        records.append(record)
        ends.append(end)
    return records, ends


def _regular(records: Sequence[Sequence[str]]) -> int:
    """How many of the records below the first have the most common width, if that is not one."""
    widths = Counter(len(record) for record in records[1:] if any(map(str.strip, record)))
    width, often = widths.most_common(1)[0] if widths else (1, 0)
    return often if width > 1 else 0
