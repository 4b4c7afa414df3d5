"""What is noted while a table is checked: problems, and rows set aside with their reason."""

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa

from orgdata.model.fields import Table
from orgdata.model.problems import MOST_LISTED, Level, problems
from orgdata.model.settings import Settings
from orgdata.sources.raw import RawTable
from orgdata.tabular.cells import Mask
from orgdata.tabular.lookup import Positions
from orgdata.tabular.numbers import Decimal, Numbers

MANY, FEW = 30_000, 100  # problems of a table, and of one code and column once there are so many


@dataclass
class Notes:
    """The state of the check of one table; `keep` marks the rows that remain."""

    table: Table
    raw: RawTable
    settings: Settings
    accepted: dict[str, pd.DataFrame]
    noticed: list[pd.DataFrame] = field(default_factory=list)
    reasons: dict[int, str] = field(default_factory=dict)  # position → why it was set aside
    references: dict[str, Positions] = field(default_factory=dict)  # column → parents' positions
    absent: dict[str, tuple[str, ...]] = field(default_factory=dict)  # column → ids without a row
    rows: npt.NDArray[np.int64] = field(init=False)  # numbers as a person counts
    keep: Mask = field(init=False)
    text: dict[str, pa.Array] = field(init=False)  # of our columns, words replaced
    written: dict[str, pa.Array] = field(init=False)  # of our columns, as in the source
    unknown: pd.DataFrame = field(init=False)  # the other columns
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
        """Add a problem of the whole table, or one for each of these positions."""
        origin = self.raw.origin if at is None or self.raw.origins is None else (
            self.raw.origins[position] for position in at)
        self.noticed.append(problems(
            level, code, self.table.name, message, origin=origin, column=column, values=values,
            rows=None if at is None else self.rows[at],
            most=MOST_LISTED if sum(map(len, self.noticed)) < MANY else FEW))

    def _note_cells(self, where: Mask, code: str, column: str, message: str,
                    level: Level = "warning") -> None:
        if where.any():
            values = (cell.as_py() for cell in self.written[column].filter(pa.array(where)))
            self._note(level, code, message, column=column, at=np.flatnonzero(where), values=values)

    def _set_aside(self, where: Mask, code: str, column: str, message: str) -> None:
        """Set rows aside with an error; a row keeps its first reason."""
        self._note_cells(where, code, column, f"{message}; the row was set aside", "error")
        for position in np.flatnonzero(where).tolist():
            self.reasons.setdefault(position, f"{column}: {message}")
        self.keep &= ~where
