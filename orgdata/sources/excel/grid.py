"""The cells of one sheet as columns of text, corrected by what its XML tells of their formats."""

import datetime
from collections.abc import Iterable, Sequence
from itertools import islice

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from orgdata.sources.excel.cell_formats import SheetScan
from orgdata.sources.excel.parts import PERCENT
from orgdata.sources.text.odd_headers import Header
from orgdata.tabular.cells import Mask

_CHUNK = 10_000  # rows turned into columns at once
_EXACT = 2**53  # whole numbers below this are exact
_NUMBERS = {int, float}
Place = tuple[int, int]  # row, column; counted from 0


class Grid:
    """The text of each cell of a sheet. `rows` begin with its first, and each with column `left`;
    `merged` are the first and last places of merged cells."""

    def __init__(self, rows: Iterable[Sequence[object]], left: int,
                 merged: Iterable[tuple[Place, Place]], scan: SheetScan) -> None:
        self._arrays, self._last_text = _columns(rows)
        self._lists: dict[int, list[str]] = {}  # columns that were changed
        self._left, self._merged, self._scan = left, sorted(merged), scan
        self.height = len(self._arrays[0]) if self._arrays else 0
        for place, shown in scan.formats.items():
            self._put(place, _as_shown(self._get(place), shown))
        self._shown = {column - left for _, column in scan.formats}
        for place, error in scan.errors.items():
            self._put(place, error)

    def columns(self, header: Header) -> list[pa.Array]:
        """The columns as arrays of text, from their names on."""
        columns = self._columns()
        if not header.names:
            return [column.slice(header.last) for column in columns]
        return [pa.concat_arrays([pa.array([name], pa.string()), column.slice(header.last + 1)])
                for name, column in zip(header.names, columns, strict=True)]

    def _columns(self) -> list[pa.Array]:
        return [pa.array(self._lists[at], pa.string()) if at in self._lists else array
                for at, array in enumerate(self._arrays)]

    def exact(self, header: int) -> list[bool]:
        """Which columns hold nothing but numbers below the header, none of them shown otherwise."""
        return [last <= header and at not in self._shown
                for at, last in enumerate(self._last_text)]

    def first(self, rows: int) -> list[list[str]]:
        """The first rows."""
        columns = [self._lists[at][:rows] if at in self._lists else array.slice(0, rows).to_pylist()
                   for at, array in enumerate(self._arrays)]
        return [list(row) for row in zip(*columns, strict=True)]

    def names(self, header: Header) -> list[str]:
        """The names of the columns, as the header has them."""
        return list(header.names) or [self._get((header.last, self._left + at))
                                      for at in range(len(self._arrays))]

    def name(self, column: int, names: Sequence[str]) -> str:
        """The name of a column, or "column_3"."""
        at = column - self._left
        written = names[at].strip() if 0 <= at < len(names) else ""
        return written or f"column_{at + 1}"

    def hidden(self) -> set[int]:
        """The places of the columns that the sheet does not show, counted from its first."""
        starts = np.zeros(len(self._arrays) + 1, dtype=np.int64)
        for first, last in self._scan.hidden:
            starts[np.clip(first - self._left, 0, len(self._arrays))] += 1
            starts[np.clip(last + 1 - self._left, 0, len(self._arrays))] -= 1
        return set(np.flatnonzero(starts.cumsum()[:-1]).tolist())

    def merged_away(self, header: int) -> set[int]:
        """The places of the columns of which nothing is seen: their name and all their values stand
        in cells merged with one further left."""
        wide = np.array([(top, left - self._left, bottom, right - self._left)
                         for (top, left), (bottom, right) in self._merged if right > left])
        if not len(wide):
            return set()
        top, left, bottom, right = wide.T
        over_header = (top <= header) & (header <= bottom)
        return {at for at, column in enumerate(self._columns())
                if (covers := (left < at) & (at <= right))[over_header].any()
                and not (_filled(column) & ~_within(top[covers], bottom[covers], self.height)
                         )[header + 1:].any()}

    def fill_merged(self, header: int) -> dict[int, Place]:
        """Copy each cell that is merged over several rows into those of them that are not blank.
        Column → the first row that was filled, and how many were."""
        filled: dict[int, list[int]] = {}
        reached: dict[int, int] = {}  # merged cells may overlap in a damaged file
        with_text = self._rows_with_text() if self._merged else ()
        for (top, column), (bottom, _) in self._merged:
            value = self._get((top, column)) if top > header else ""
            if value:
                rows = range(max(top + 1, reached.get(column, 0)), min(bottom + 1, self.height))
                filled_rows = [row for row in rows if with_text[row]]
                for row in filled_rows:
                    self._put((row, column), value)
                filled.setdefault(column, []).extend(filled_rows)
                reached[column] = max(bottom + 1, reached.get(column, 0))
        return {column: (rows[0], len(rows)) for column, rows in filled.items() if rows}

    def uncalculated(self, header: int) -> dict[int, Place]:
        """Formulas below the header without a result: column → first row, and number of them."""
        rows_by_column: dict[int, list[int]] = {}
        for row, column in self._scan.uncalculated:
            if row > header:
                rows_by_column.setdefault(column, []).append(row)
        return {column: (min(numbers), len(numbers)) for column, numbers in rows_by_column.items()}

    def _rows_with_text(self) -> Sequence[bool]:
        """For each row whether it is not blank."""
        with_text = np.zeros(self.height, dtype=bool)
        for column in self._columns():
            with_text |= _filled(column)
        return with_text.tolist()

    def _get(self, place: Place) -> str:
        row, column = place[0], place[1] - self._left
        if not (row < self.height and 0 <= column < len(self._arrays)):
            return ""
        return self._lists[column][row] if column in self._lists else str(
            self._arrays[column][row].as_py())

    def _put(self, place: Place, text: str) -> None:
        row, column = place[0], place[1] - self._left
        if row < self.height and 0 <= column < len(self._arrays):
            if column not in self._lists:
                self._lists[column] = self._arrays[column].to_pylist()
            self._lists[column][row] = text


def _filled(column: pa.Array) -> Mask:
    return np.asarray(pc.not_equal(column, ""))


def _within(tops: npt.NDArray[np.int64], bottoms: npt.NDArray[np.int64], height: int) -> Mask:
    """Which of so many rows are within any of these ranges."""
    starts = np.zeros(height + 1, dtype=np.int64)
    np.add.at(starts, tops.clip(0, height), 1)
    np.add.at(starts, (bottoms + 1).clip(0, height), -1)
    return starts.cumsum()[:-1] > 0


def _columns(rows: Iterable[Sequence[object]]) -> tuple[list[pa.Array], list[int]]:
    """The text of each column, and the row of the last cell in it that is neither a number nor
    blank; −1 where there is none."""
    parts: list[list[pa.Array]] = []
    last_text: list[int] = []
    remaining = iter(rows)
    while chunk := list(islice(remaining, _CHUNK)):
        columns = list(zip(*chunk, strict=True))
        above, last_text = last_text or [-1] * len(columns), []
        for column, before in zip(columns, above, strict=True):
            at = _last_text(column)
            last_text.append(before if at < 0 else len(parts) * _CHUNK + at)
        parts.append([pa.array(map(as_text, column), pa.string()) for column in columns])
    return [pa.concat_arrays(column) for column in zip(*parts, strict=True)], last_text


def _last_text(column: Sequence[object]) -> int:
    if set(map(type, column)) <= _NUMBERS:
        return -1
    return next((at for at in range(len(column) - 1, -1, -1)
                 if column[at] != "" and type(column[at]) not in _NUMBERS), -1)


def as_text(value: object) -> str:
    """A cell's value as people write it."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return number_text(value)
    if isinstance(value, datetime.datetime):
        midnight = value.time() == datetime.time()
        return value.date().isoformat() if midnight else value.isoformat(timespec="seconds")
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat()
    assert isinstance(value, datetime.timedelta), type(value)
    minutes, seconds = divmod(round(value.total_seconds()), 60)
    return f"{minutes // 60}:{minutes % 60:02}:{seconds:02}"


def number_text(value: float) -> str:
    """The shortest text of a number: whole ones as such, others with the 15 digits Excel has."""
    if abs(value) < _EXACT and value == int(value):
        return str(int(value))
    return f"{value:.15g}"


def _as_shown(text: str, shown: str) -> str:
    """A number as its format shows it: 0.62 as "62%", 7 as "007"."""
    if shown != PERCENT:
        return text.zfill(len(shown)) if text.isdecimal() else text
    try:
        return f"{number_text(float(text) * 100)}%" if text else ""
    except ValueError:
        return text
