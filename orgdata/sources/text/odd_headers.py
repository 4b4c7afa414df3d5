"""Headers that are not one row above the data: two rows, none at all, or repeated further down.

Nothing of this is looked for where a row has the columns of one of our tables or of a known export.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from orgdata import formats
from orgdata.model.fields import normalise_name
from orgdata.model.problems import problems
from orgdata.sources.text.headers import (
    HEADER_SEARCH_ROWS,
    is_known_header,
    is_word,
    known_header_row,
    likely_header_row,
)
from orgdata.tabular.cells import LONGEST
from orgdata.tabular.numbers import number

Rows = Sequence[Sequence[str]]
LOOKED_AT = 50  # columns that tell whether a row is data: what they hold is looked at cell by cell
LONGEST_NAME = 200  # characters of a name joined of two rows; what is longer is no header
_BOARD = "subitems"  # monday.com repeats a header for each group, and its reader needs them
_DAY = re.compile(r"\d{1,4}([-/.])\d{1,2}\1\d{1,4}(?!\d)")
_LINK = re.compile(r"<?https?://", re.IGNORECASE)
_ADDRESS = re.compile(r"[^\s@]+@[^\s@]+")
_YEARS = range(1900, 2200)


@dataclass(frozen=True)
class Header:
    """Where the header of a table is: how many rows stand above it, how many it has (0, 1 or 2),
    and the names of the columns where they are not simply the cells of its one row."""

    above: int
    height: int = 1
    names: tuple[str, ...] = ()

    @property
    def last(self) -> int:
        """The place of its last row, or of the row above the data where there is none."""
        return self.above + self.height - 1


def find_header(rows: Rows) -> Header:
    """The header of a table, by its first rows."""
    rows = rows[:HEADER_SEARCH_ROWS]
    if (known := known_header_row(rows)) is not None:
        return Header(known)
    at = likely_header_row(rows)
    return _two_rows(rows, at) or _none(rows, at) or Header(at)


def odd_header(table: str, origin: str, header: Header) -> list[pd.DataFrame]:
    """The problem that says how a header was read that is not one row."""
    if header.height == 1:
        return []
    if header.height == 0:
        message = ("the first row looks like data, not like a header; it was read as a record, and "
                   "the columns are called column_1 and so on")
    else:
        joined = [name for name in header.names if " · " in name]
        message = "the header stands in two rows, which were read as one: " + formats.listed(
            joined or [name for name in header.names if name])
    return [problems("information", "layout", table, message, origin=origin,
                     rows=[header.above + 1])]


# -- two rows --------------------------------------------------------------------------------------

def _two_rows(rows: Rows, at: int) -> Header | None:
    """The header in two rows of which one looks like a header, if that is what it is."""
    with_values = {place for row in rows[at + 1:] for place, cell in enumerate(row) if cell.strip()}
    if at and (names := _joined([cell if place in with_values else "" for place, cell
                                 in enumerate(rows[at - 1])], rows[at])):
        return Header(at - 1, 2, names)
    if at + 1 < len(rows) and (names := _joined(rows[at], rows[at + 1])) and _is_second_row(
            rows[at], rows[at + 1], rows[at + 2:]):
        return Header(at, 2, names)
    return None


def _joined(upper: Sequence[str], lower: Sequence[str]) -> tuple[str, ...]:
    """The names of the columns below two rows: a name that the lower row repeats behind the label
    that stands above it, and that of the upper row where the lower one is blank. Nothing if they
    do not complete each other."""
    width = max(len(upper), len(lower))
    above, below = _padded(upper, width), _padded(lower, width)
    labels = [label for label in above if label]
    if len(labels) < 2 or not all(map(is_word, filter(None, below))):
        return ()
    often = Counter(map(normalise_name, filter(None, below)))
    names, label = [], ""
    for one, name in zip(above, below, strict=True):
        label = one or label
        repeated = often[normalise_name(name)] > 1
        names.append(f"{label} · {name}" if repeated and label else name or one)
    repeats = max(often.values(), default=0) > 1
    completes = any(one and not name for one, name in zip(above, below, strict=True))
    filled = [normalise_name(name) for name in names if name]
    if not (repeats or completes) or len(filled) > len(set(filled)) or (
            max(map(len, filled)) > LONGEST_NAME):
        return ()
    return tuple(names)


def _is_second_row(upper: Sequence[str], lower: Sequence[str], rows: Rows) -> bool:
    """Whether a row below what looks like a header belongs to it: each of its names is one of
    several below a label, none comes again as a value, and numbers or days stand below one."""
    width = max(map(len, (upper, lower, *rows)))
    above, below = _padded(upper, width), _padded(lower, width)
    named = [at for at, name in enumerate(below) if name]
    for at in named:
        in_group = not above[at] or (at + 1 < width and not above[at + 1] and bool(below[at + 1]))
        if not in_group:
            return False
    columns = [_column(rows, at) for at in range(width)]
    return (not any(below[at] in columns[at] for at in named)
            and any(_are_amounts(columns[at]) for at in named[:LOOKED_AT])
            and any(columns[at] for at in range(width) if above[at] and not below[at]))


def _are_amounts(cells: Sequence[str]) -> bool:
    """Whether cells are numbers or days, or most of them begin with a digit: "85%", "1 day"."""
    return bool(_kind(cells)) or 2 * sum(cell.lstrip("<>~≤≥+-$€£¥ ")[:1].isdecimal()
                                         for cell in cells) > len(cells)


def _padded(row: Sequence[str], width: int) -> list[str]:
    return [cell.strip() for cell in row] + [""] * (width - len(row))


# -- none ------------------------------------------------------------------------------------------

def _none(rows: Rows, at: int) -> Header | None:
    """Names for the columns of a table without a header: days, links, addresses or numbers stand
    in its first row as they do below it, and none of its words stands above such values."""
    first = [cell.strip() for cell in rows[at][:LOOKED_AT]] if rows else []
    kinds = list(map(_kind_of, first))
    if sum(map(bool, first)) < 2 or not any(kinds):
        return None
    alike = {}
    for place, (cell, kind) in enumerate(zip(first, kinds, strict=True)):
        below = _kind(_column(rows[at + 1:], place))
        if below and cell and kind != below:
            return None
        if below and kind:
            alike[place] = kind
    if not alike or (set(alike.values()) == {"number"} and _may_be_counted(
            [number(first[place]) for place in alike])):
        return None
    return Header(at, 0, ("",) * max(map(len, rows[at:])))


def _may_be_counted(values: Sequence[float]) -> bool:
    """Whether numbers may name columns: years, or such as 1, 2, 3."""
    steps = set(np.diff(values))
    return all(value in _YEARS for value in values) or (
        len(values) > 2 and len(steps) == 1 and steps != {0})


def _column(rows: Rows, at: int) -> list[str]:
    """The cells of a column that are filled."""
    return [cell for row in rows if at < len(row) and (cell := row[at].strip())]


def _kind(cells: Sequence[str]) -> str:
    """What all these cells are: day, link, address or number; nothing where they differ, are words
    or are none."""
    kinds = {_kind_of(cell) for cell in cells}
    return kinds.pop() if len(kinds) == 1 else ""


def _kind_of(cell: str) -> str:
    start = cell[:LONGEST]
    if _DAY.match(start):
        return "day"
    if _LINK.match(start):
        return "link"
    if _ADDRESS.fullmatch(start):
        return "address"
    if not any(map(str.isdecimal, start)) or is_word(cell):
        return ""
    return "day" if np.isnan(number(cell)) else "number"


# -- repeated further down -------------------------------------------------------------------------

def repeats_of_header(header: Sequence[str], columns: Sequence[pa.Array]) -> pa.Array | None:
    """Which cells of the columns, below the header, stand in a row that repeats it; None if no row
    does. In our own tables, known exports and boards with a header for each group none counts."""
    named = [at for at, name in enumerate(header) if name.strip()]
    if len(named) < 2 or any(normalise_name(name) == _BOARD for name in header):
        return None
    repeats = None
    for at in [*named, *(at for at in range(len(header)) if at not in named)]:
        same = pc.equal(columns[at].slice(1), header[at])
        repeats = same if repeats is None else pc.and_(repeats, same)
        if not pc.any(repeats).as_py():  # after the first column in almost every file
            return None
    return None if is_known_header(header) else repeats
