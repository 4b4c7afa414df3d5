"""The rows of one raw table by the names of our columns, to be read and changed cell by cell.

What is changed lies over the table, which stays as it is: a change of one cell among millions
touches no other.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property, reduce

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from orgdata.edits.edit import meant, same_text
from orgdata.model.schema import TABLES
from orgdata.sources.raw import RawTable
from orgdata.tabular.cells import TEXT, as_text, as_written, trimmed
from orgdata.tabular.columns import match_columns

NEW = "new-"  # begins the id of what is added here, before its number
FIRST_ROW = 2  # of a table that was not in the source: below its header
_GIVEN = re.compile(rf"{NEW}\d+")
_MOST_SCANS = 100  # look-ups that go through a whole column; from then on by an index


def ids_given(text: str) -> list[str]:
    """The ids in a text that are as those of what is added here."""
    return _GIVEN.findall(text)


class Rows:
    """A raw table being changed. Rows are named by their position, also of those that were
    added."""

    def __init__(self, name: str, raw: RawTable | None, mapping: Mapping[str, str]) -> None:
        self.table = TABLES[name]
        self.raw = raw or RawTable(name, pd.DataFrame(index=pd.RangeIndex(FIRST_ROW, FIRST_ROW)))
        self.columns, _ = match_columns(self.table, list(self.raw.frame.columns), mapping)
        self._of_source = len(self.raw.frame)
        self._set: dict[str, dict[int, str]] = {}  # column → row of the source → its text now
        self._added: list[dict[str, str]] = []
        self._trimmed: dict[str, pa.Array] = {}  # columns that were looked at
        self._looks: dict[str, int] = {}
        self._listed: dict[str, list[str]] = {}  # of columns of which many cells are looked at
        # Of columns that were looked up: rows added or changed, by cells they have or had
        self._laid: dict[tuple[str, ...], dict[tuple[str, ...], dict[int, None]]] = {}
        self._meanings: dict[tuple[str, ...], dict[tuple[object, ...], list[int]]] = {}
        self._scans: dict[tuple[str, ...], int] = {}
        self._places: dict[str, Mapping[str, int] | None] = {}  # see `places`
        self._index: dict[tuple[str, ...], Mapping[tuple[str, ...], Sequence[int]]] = {}
        self.ended: set[int] = set()

    @property
    def length(self) -> int:
        """How many rows there are, with those added and those ended."""
        return self._of_source + len(self._added)

    def cell(self, at: int, column: str) -> str:
        """The text of one cell; blank where the table has no such column."""
        if at >= self._of_source:
            return self._added[at - self._of_source].get(column, "").strip()
        if (text := self._set.get(column, {}).get(at)) is not None:
            return text.strip()
        if column not in self.columns:
            return ""
        if (listed := self._listed.get(column)) is not None:
            return listed[at]
        self._looks[column] = looks = self._looks.get(column, 0) + 1
        if looks > _MOST_SCANS and looks > self._of_source // 20:  # what a list of them costs
            return self.texts(column)[at]
        return str(self._texts(column)[at].as_py())

    def cells(self, at: int) -> dict[str, str]:
        """The cells of a row that are not blank."""
        return {field.name: text for field in self.table.fields
                if (text := self.cell(at, field.name))}

    def find(self, key: Mapping[str, str]) -> list[int]:
        """The rows with these cells: the same text, else the same word, day or number."""
        names: dict[str, str] = {}
        others: dict[str, str] = {}
        for column, text in key.items():
            of = names if self.table[column].kind in ("id", "text") else others
            of[column] = text.strip()
        rows = self._named(names) if names else self._meant(others)
        if self.ended:
            rows = [at for at in rows if at not in self.ended]
        if not others:
            return list(rows)
        exact = [at for at in rows if all(self.cell(at, column) == text
                                          for column, text in others.items())]
        return exact or [at for at in rows if all(
            same_text(self.table[column], self.cell(at, column), text)
            for column, text in others.items())]

    def _meant(self, others: Mapping[str, str]) -> Sequence[int]:
        """The rows whose cells mean the same, for a key that names nothing."""
        columns = tuple(others)
        if columns not in self._meanings:
            index = self._meanings[columns] = {}
            for at in range(self.length):
                index.setdefault(tuple(meant(self.table[column], self.cell(at, column))
                                       for column in columns), []).append(at)
        return self._meanings[columns].get(tuple(
            meant(self.table[column], text) for column, text in others.items()), ())

    def _named(self, names: Mapping[str, str]) -> Sequence[int]:
        """The rows that have exactly these texts in cells that name something."""
        found, columns = self._in_source(names), tuple(names)
        touched = {column: rows for column in names if (rows := self._set.get(column))}
        if touched:
            found = [at for at in found if not any(at in rows for rows in touched.values())]
        if not touched and not self._added:
            return found
        if columns not in self._laid:
            self._laid[columns] = {}
            changed = {at for rows in touched.values() for at in rows}
            for at in (*sorted(changed), *range(self._of_source, self.length)):
                self._note(columns, at)
        cells = tuple(names.values())
        return sorted([*found, *(at for at in self._laid[columns].get(cells, {})
                                 if self._cells(columns, at) == cells)])

    def _cells(self, columns: tuple[str, ...], at: int) -> tuple[str, ...]:
        return tuple(self.cell(at, column) for column in columns)

    def _note(self, columns: tuple[str, ...], at: int) -> None:
        """Note by its cells a row that was added or changed; that of earlier ones stays."""
        self._laid[columns].setdefault(self._cells(columns, at), {})[at] = None

    def _in_source(self, names: Mapping[str, str]) -> Sequence[int]:
        if not names.keys() <= self.columns.keys():
            if any(text for column, text in names.items() if column not in self.columns):
                return ()
            names = {column: text for column, text in names.items() if column in self.columns}
        columns = tuple(names)
        if not columns:  # they are blank in every row
            return range(self._of_source)
        if (index := self._index.get(columns)) is None:
            self._scans[columns] = self._scans.get(columns, 0) + 1
            if self._scans[columns] <= _MOST_SCANS:
                fits = reduce(pc.and_, (pc.equal(self._texts(column), text)
                                        for column, text in names.items()))
                return np.flatnonzero(fits).tolist()
            cells = zip(*(as_text(self._texts(column)).tolist() for column in columns), strict=True)
            index = self._index[columns] = _places(list(cells))
        return index.get(tuple(names.values()), ())

    def places(self, name: str, column: str) -> Mapping[str, int] | None:
        """The rows of the source by the text in a column that names them, for edits of another one.
        None where more than this column says which row is meant, or it says so of several."""
        if (self._added or self.ended or self._laid or self._meanings or name in self._set
                or name == column or name not in self.columns
                or self.table[name].kind not in ("id", "text")):
            return None
        if name not in self._places:
            places = {text: at for at, text in enumerate(self.texts(name))}
            self._places[name] = places if len(places) == self._of_source else None
        return self._places[name]

    def texts(self, column: str) -> list[str]:
        """Every cell of a column of the source, whatever was written over it."""
        if column not in self._listed:
            self._listed[column] = (as_text(self._texts(column)).tolist()
                                    if column in self.columns else [""] * self._of_source)
        return self._listed[column]

    def written(self, column: str) -> dict[int, str]:
        """What was written into a column, by rows: to be added to where there are `places`."""
        return self._set.setdefault(column, {})

    def _texts(self, column: str) -> pa.Array:
        """Every cell of a column of the source, blank as ""."""
        if column not in self._trimmed:
            self._trimmed[column] = pc.fill_null(trimmed(as_written(
                self.raw.frame[self.columns[column]])), "")
        return self._trimmed[column]

    @property
    def new_ids(self) -> set[str]:
        """What is named in cells as things that were added here are."""
        found = set[str]()
        for column in self.columns:
            if self.table[column].kind == "id":
                texts = as_written(self.raw.frame[self.columns[column]])
                named = pc.filter(texts, pc.match_substring(texts, NEW))
                found.update(*map(ids_given, pc.unique(named).to_pylist()))
        return found

    def set(self, at: int, values: Mapping[str, str]) -> None:
        """Write cells of a row."""
        if at >= self._of_source:
            self._added[at - self._of_source] |= values
        else:
            for column, text in values.items():
                self._set.setdefault(column, {})[at] = text
        self._follow(at, values)

    def _follow(self, at: int, written: Mapping[str, str]) -> None:
        if self._meanings:
            for columns in [one for one in self._meanings if not written.keys().isdisjoint(one)]:
                del self._meanings[columns]
        for columns in self._laid:
            if not written.keys().isdisjoint(columns):
                self._note(columns, at)

    def number(self, at: int) -> int:
        """The number of a row, as a person counts it in the file."""
        if at < self._of_source:
            return self._numbers.item(at)
        return self._last + 1 + at - self._of_source

    @cached_property
    def _numbers(self) -> npt.NDArray[np.int64]:
        return np.asarray(self.raw.frame.index, dtype=np.int64)

    @cached_property
    def _last(self) -> int:
        return int(self._numbers.max(initial=FIRST_ROW - 1))

    def add(self, values: Mapping[str, str]) -> int:
        """Write a row below the others; returns its number."""
        self._added.append(dict(values))
        at = self.length - 1
        self._meanings.clear()
        for columns in self._laid:
            self._note(columns, at)
        return self.number(at)

    def end(self, at: int) -> None:
        """Take a row away."""
        self.ended.add(at)

    def changed(self) -> RawTable:
        """The table as it is now. Rows keep their numbers; added ones go on from the last."""
        if not any(self._set.values()) and not self._added and not self.ended:
            return self.raw
        frame = self.raw.frame.assign(**dict(self._written()))
        origins = self.raw.origins and [*self.raw.origins, *[self.raw.origin] * len(self._added)]
        if self._added:
            numbers = [self.number(at) for at in range(self._of_source, self.length)]
            frame = pd.concat([frame, pd.DataFrame([
                {self.columns.get(column, column): text for column, text in row.items()}
                for row in self._added], numbers, frame.columns, dtype=TEXT).fillna("")])
        if self.ended:
            kept = [at for at in range(self.length) if at not in self.ended]
            frame = frame.iloc[kept]
            origins = origins and [origins[at] for at in kept]
        return replace(self.raw, frame=frame, origins=origins)

    def _written(self) -> Iterator[tuple[str, pd.Series]]:
        """The columns that were written to, with what they say now in the rows of the source."""
        set_now = [column for column, texts in self._set.items() if texts]
        for column in sorted({*set_now, *(name for row in self._added for name in row)}):
            name, texts = self.columns.get(column, column), self._set.get(column, {})
            if name in self.raw.frame and not texts:
                continue
            now = (self.raw.frame[name].astype(TEXT) if name in self.raw.frame else
                   pd.Series("", self.raw.frame.index, dtype=TEXT))
            if texts:
                now = now.copy()
                now.iloc[list(texts)] = list(texts.values())
            yield name, now


def _places(cells: Sequence[tuple[str, ...]]) -> Mapping[tuple[str, ...], Sequence[int]]:
    """The rows that have these cells. Those of a key are all different, as a rule."""
    places: dict[tuple[str, ...], Sequence[int]] = dict(
        zip(cells, zip(range(len(cells))), strict=True))
    if len(places) == len(cells):
        return places
    several: dict[tuple[str, ...], list[int]] = {}
    for at, key in enumerate(cells):
        several.setdefault(key, []).append(at)
    return several
