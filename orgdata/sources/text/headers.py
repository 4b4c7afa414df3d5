"""Find the header of a table below the title, address and empty rows that people put above it.

The header is the first row that we recognise as ours or another tool's. In an unknown table it is
the first row that is about as wide as the table and all words; in doubt it is the first row.
"""

import re
from collections.abc import Sequence

import numpy as np
import pandas as pd

from orgdata import formats
from orgdata.model.fields import normalise_name
from orgdata.model.problems import problems
from orgdata.model.schema import TABLES
from orgdata.sources import vendors
from orgdata.tabular.dates import is_day
from orgdata.tabular.numbers import number

HEADER_SEARCH_ROWS = 20  # what has more text above it is a document rather than a table
WIDE_ENOUGH = 0.6  # share of the widest row: a title fills one cell, a header may leave some empty
_LETTERS = re.compile(r"[^\W\d_]{3}")
_OUR_IDS = frozenset(f.name for table in TABLES.values() for f in table.fields
                     if f.required and f.kind == "id")
_REQUIRED = tuple(frozenset(table.required) for table in TABLES.values())


def known_header_row(rows: Sequence[Sequence[str]]) -> int | None:
    """The number of the first row with the columns of one of our tables or a known export."""
    return next((at for at, row in enumerate(rows[:HEADER_SEARCH_ROWS])
                 if is_known_header(row)), None)


def is_known_header(row: Sequence[str]) -> bool:
    """Whether a row has the columns of one of our tables or of another tool's export."""
    names = [cell for cell in row if cell.strip()]
    if len(names) < 2:
        return False
    compared = frozenset(map(normalise_name, names))
    return (any(required <= compared for required in _REQUIRED)
            or vendors.recognise(names) is not None)


def likely_header_row(rows: Sequence[Sequence[str]]) -> int:
    """The number of the first row that looks like a header: wide enough, and all words. If a row of
    full width that is not all words comes first, it is data, and row 0 counts as the header."""
    widths = [sum(bool(cell.strip()) for cell in row) for row in rows[:HEADER_SEARCH_ROWS]]
    for at, (row, width) in enumerate(zip(rows, widths, strict=False)):
        words = width > 0 and all(map(is_word, filter(str.strip, row)))
        if _is_label(row):
            continue
        if any(normalise_name(cell) in _OUR_IDS for cell in row) or (
                words and width >= WIDE_ENOUGH * max(widths)):
            return at
        if width == max(widths):
            return 0
    return 0


def _is_label(row: Sequence[str]) -> bool:
    """Whether a row says one thing of the whole table: "Product: | App"."""
    filled = [cell.strip() for cell in row if cell.strip()]
    return len(filled) == 2 and filled[0].endswith(":") and not filled[1].endswith(":")


def is_word(cell: str) -> bool:
    """Whether a cell may name a column: neither a day nor a number, unless with a word beside it
    that is no unit (OKR 1)."""
    return not is_day(cell.strip()) and bool(
        np.isnan(number(cell.strip())) or _LETTERS.search(cell))


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
