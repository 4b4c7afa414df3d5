"""What is noted while a table is checked: problems, and rows skipped with their reason."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import repeat

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa

from orgdata.model.fields import Table
from orgdata.model.problems import MOST_LISTED, Level, problems, quoted
from orgdata.model.settings import Settings
from orgdata.sources.raw import RawTable
from orgdata.tabular.cells import Mask
from orgdata.tabular.columns import UNKNOWN
from orgdata.tabular.lookup import Positions
from orgdata.tabular.numbers import Decimal, Numbers
from orgdata.validate.bearers import Bearers, Named

MANY, FEW = 30_000, 100  # problems of all tables, and of one code and column beyond so many
ROW_ASIDE, PART_ASIDE = "the row was skipped", "this part of the row was skipped"


@dataclass
class Notes:
    """The state of the check of one table; `keep` marks the rows that remain.

    Everything has an entry for each row of the source until total rows are left out, and a row with
    a list in a cell becomes several; `position` says which row of the source each is.
    """

    table: Table
    raw: RawTable
    settings: Settings
    accepted: dict[str, pd.DataFrame]
    bearers: dict[str, Bearers]  # of accepted tables, as far as anybody asked
    noticed: list[pd.DataFrame]  # problems, also those of the tables before
    reasons: dict[int, str] = field(default_factory=dict)  # position → why the row was skipped
    references: dict[str, Positions] = field(default_factory=dict)  # column → parents' positions
    # By column: ids that no row has, references as written, what those mean that are no ids as
    # they stand, and where a cell became unknown
    absent: dict[str, tuple[str, ...]] = field(default_factory=dict)
    ids: dict[str, pd.Series] = field(default_factory=dict)
    named: dict[str, dict[str, Named]] = field(default_factory=dict)
    lost: dict[str, Mask] = field(default_factory=dict)
    rows: npt.NDArray[np.int64] = field(init=False)  # numbers as a person counts
    position: Positions = field(init=False)
    keep: Mask = field(init=False)
    duplicates: Mask = field(init=False)
    text: dict[str, pa.Array] = field(init=False)  # of our columns, words replaced
    written: dict[str, pa.Array] = field(init=False)  # of our columns, as in the source
    unknown: pd.DataFrame = field(init=False)  # the other columns
    dropped: list[str] = field(init=False)  # those that name persons, which nobody keeps
    decides: Mask = field(init=False)  # rows that say how the table is to be read
    exact: frozenset[str] = field(init=False)  # our columns about which nothing is to be decided
    decimal: Decimal = field(init=False)
    numbers: dict[str, Numbers] = field(init=False)
    typed: dict[str, pd.Series] = field(init=False)
    marks: dict[str, Mask] = field(default_factory=dict)  # hidden columns → what is true of cells
    unclear: bool = False  # whether the scale of its confidences is

    def _note(self, level: Level, code: str, message: str | Iterable[str], *,
              column: str | list[str] | None, at: npt.NDArray[np.int64] | None = None,
              values: Iterable[str] | None = None) -> None:
        """Add a problem of the whole table, or one for each of these rows."""
        origin = self.raw.origin if at is None or self.raw.origins is None else (
            self.raw.origins[position] for position in self.position[at])
        self.noticed.append(problems(
            level, code, self.table.name, message, origin=origin, column=column, values=values,
            rows=None if at is None else self.rows[at],
            most=MOST_LISTED if sum(map(len, self.noticed)) < MANY else FEW))

    def _note_cells(self, where: Mask, code: str, column: str, message: str | Iterable[str],
                    level: Level = "warning") -> None:
        """Add a problem for each of these cells, with one message or one each."""
        if where.any():
            values = (cell.as_py() for cell in self.written[column].filter(pa.array(where)))
            self._note(level, code, message, column=column, at=np.flatnonzero(where), values=values)

    def _lose_cells(self, where: Mask, code: str, column: str, message: str | list[str]) -> None:
        """Note cells with a warning that were written and are unknown now."""
        if where.any():
            self._note_cells(where, code, column, _with(message, UNKNOWN))
            self.lost[column] = self._lost(column) | where

    def _lost(self, column: str) -> Mask:
        """Where cells of a column were written and are unknown."""
        return self.lost[column] if column in self.lost else np.zeros(len(self.rows), dtype=bool)

    def _set_aside(self, where: Mask, code: str, column: str, message: str | list[str]) -> None:
        """Set rows aside with an error; a row keeps its first reason. Of a row that a list in a
        cell made several, some may be skipped and others stay."""
        if not where.any():
            return
        self.keep &= ~where
        at = np.flatnonzero(where)
        positions, first = np.unique(self.position[at], return_index=True)
        said = repeat(message) if isinstance(message, str) else [message[n] for n in first]
        stays = self.remain()[positions].tolist()
        values = (self.written[column][row].as_py() for row in at[first])
        self._note("error", code, (f"{one}; {PART_ASIDE if some else ROW_ASIDE}"
                                   for one, some in zip(said, stays, strict=False)),
                   column=column, at=at[first], values=values)
        for position, one, some in zip(positions.tolist(), said, stays, strict=False):
            if not some:
                self.reasons.setdefault(position, f"{column}: {one}")

    def _take(self, position: Positions) -> None:
        """Go on with the rows at these positions, each as often as it is named."""
        self.position, self.rows = self.position[position], self.rows[position]
        self.keep = self.keep[position]
        mapped = {name: values.take(pa.array(position)) for name, values in self.text.items()
                  if values is not self.written[name]}  # others are the same: not twice as large
        self.written = {name: values.take(pa.array(position))
                        for name, values in self.written.items()}
        self.text = self.written | mapped
        for columns in (self.typed, self.ids):
            columns.update({name: values.take(position).reset_index(drop=True)
                            for name, values in columns.items()})
        self.lost.update({name: where[position] for name, where in self.lost.items()})
        self.references.update({name: at[position] for name, at in self.references.items()})
        self.numbers.update({name: read.take(position) for name, read in self.numbers.items()})
        self.marks.update({name: where[position] for name, where in self.marks.items()})

    def remain(self) -> Mask:
        """Of which rows of the source something remains."""
        remain = np.zeros(len(self.raw.frame), dtype=bool)
        remain[self.position[self.keep]] = True
        return remain


def fault(column: object, value: object, message: str) -> str:
    """What was wrong, of the message of a problem: without its place and what was done."""
    known = pd.notna(column) and pd.notna(value)
    said = message.partition(f", {column}, {quoted(value)}: " if known else ": ")[2]
    return said.removesuffix(f"; {ROW_ASIDE}").removesuffix(f"; {UNKNOWN}")


def _with(message: str | list[str], done: str) -> str | Iterable[str]:
    """One message, or one for each cell, with what was done."""
    return f"{message}; {done}" if isinstance(message, str) else (
        f"{one}; {done}" for one in message)
