"""The rows of one raw table by the names of our columns, to be read and changed cell by cell."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

import pandas as pd

from orgdata.edits.edit import same_text
from orgdata.model.schema import TABLES
from orgdata.sources.raw import RawTable
from orgdata.tabular.cells import TEXT
from orgdata.tabular.columns import match_columns

FIRST_ROW = 2  # of a table that was not in the source: below its header


class Rows:
    """A raw table being changed: the frame it came with is left as it is.

    Rows are named by their position, also of those that were added.
    """

    def __init__(self, name: str, raw: RawTable | None, mapping: Mapping[str, str]) -> None:
        self.table = TABLES[name]
        self.raw = raw or RawTable(name, pd.DataFrame(index=pd.RangeIndex(FIRST_ROW, FIRST_ROW)))
        self.columns, _ = match_columns(self.table, list(self.raw.frame.columns), mapping)
        self._texts: dict[str, list[str]] = {}  # of columns that were looked at
        self._changed: set[str] = set()
        self._found: dict[tuple[str, ...], dict[tuple[str, ...], list[int]]] = {}
        self.ended: set[int] = set()
        self.length = len(self.raw.frame)

    def texts(self, column: str) -> list[str]:
        """Every cell of one of our columns; blank throughout where the table has no such column."""
        if column not in self._texts:
            self._texts[column] = (
                self.raw.frame[self.columns[column]].fillna("").tolist()
                if column in self.columns else [""] * len(self.raw.frame)
            ) + [""] * (self.length - len(self.raw.frame))
        return self._texts[column]

    def cell(self, at: int, column: str) -> str:
        """The text of one cell."""
        return self.texts(column)[at].strip()

    def cells(self, at: int) -> dict[str, str]:
        """The cells of a row that are not blank."""
        return {field.name: text for field in self.table.fields
                if (text := self.cell(at, field.name))}

    def find(self, key: Mapping[str, str]) -> list[int]:
        """The rows with these cells: the same text, else the same word, day or number."""
        columns = tuple(key)
        if columns not in self._found:
            index: dict[tuple[str, ...], list[int]] = {}
            for at, cells in enumerate(zip(*map(self.texts, columns), strict=True)):
                index.setdefault(tuple(cell.strip() for cell in cells), []).append(at)
            self._found[columns] = index
        index = self._found[columns]
        exact = index.get(tuple(text.strip() for text in key.values()), [])
        found = [at for at in exact if at not in self.ended]
        if found or all(self.table[column].kind in ("id", "text") for column in columns):
            return found
        alike = [at for cells, rows in index.items() for at in rows if at not in self.ended and all(
            same_text(self.table[column], cell, text)
            for (column, text), cell in zip(key.items(), cells, strict=True))]
        return sorted(alike)

    def set(self, at: int, values: Mapping[str, str]) -> None:
        """Write cells of a row."""
        for column, text in values.items():
            self.texts(column)[at] = text
            self._changed.add(column)
        self._forget(values)

    def number(self, at: int) -> int:
        """The number of a row, as a person counts it in the file."""
        index = self.raw.frame.index
        return int(index[at]) if at < len(index) else self._last + 1 + at - len(index)

    @property
    def _last(self) -> int:
        return int(self.raw.frame.index.max()) if len(self.raw.frame) else FIRST_ROW - 1

    def add(self, values: Mapping[str, str]) -> int:
        """Write a row below the others; returns its number."""
        self.length += 1
        for texts in self._texts.values():
            texts.append("")
        self._found.clear()
        self.set(self.length - 1, values)
        return self.number(self.length - 1)

    def end(self, at: int) -> None:
        """Take a row away."""
        self.ended.add(at)

    def _forget(self, columns: Iterable[str]) -> None:
        for looked_up in [key for key in self._found if not set(key).isdisjoint(columns)]:
            del self._found[looked_up]

    def changed(self) -> RawTable:
        """The table as it is now. Rows keep their numbers; added ones go on from the last."""
        if not self._changed and not self.ended and self.length == len(self.raw.frame):
            return self.raw
        frame, added = self.raw.frame, self.length - len(self.raw.frame)
        if added:
            numbers = [self.number(at) for at in range(len(frame), self.length)]
            frame = pd.concat([frame, pd.DataFrame("", numbers, frame.columns, dtype=TEXT)])
        frame = frame.assign(**{
            self.columns.get(column, column): pd.Series(
                self._texts[column], frame.index, dtype=TEXT) for column in sorted(self._changed)})
        origins = self.raw.origins and [*self.raw.origins, *[self.raw.origin] * added]
        if self.ended:
            kept = [at for at in range(self.length) if at not in self.ended]
            frame = frame.iloc[kept]
            origins = origins and [origins[at] for at in kept]
        return replace(self.raw, frame=frame, origins=origins)
