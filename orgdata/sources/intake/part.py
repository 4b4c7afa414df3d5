"""One sheet of somebody's own: its records, and what its columns and rows tell of."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from orgdata.sources.intake.headers import Header, Period
from orgdata.sources.vendors.records import map_distinct
from orgdata.tabular import cells

TABLE_OF = {  # what a row may tell of → the table that has it
    "person": "people", "outcome": "outcomes", "product": "products", "objective": "objectives",
    "key_result": "key_results"}


@dataclass(frozen=True)
class Part:
    """The records of a sheet. `meanings` gives for each meaning of a column (see MEANINGS), or for
    "objective.owner" where the header says whose it is, the columns of `frame` that have it."""

    sheet: str
    origin: str
    main: str  # what a row tells of: one of TABLE_OF; "" is nothing that we read
    frame: pd.DataFrame  # text; the index is the row in the file
    meanings: Mapping[str, tuple[str, ...]]
    headers: Mapping[str, Header]
    period: Period | None = None  # of the whole sheet
    targets: tuple[str, ...] = ()  # columns of targets by time, in order
    months: tuple[tuple[str, str], ...] = ()  # columns of values by time, with their last day
    tables: tuple[str, ...] = ()  # those of ours that the settings read from it
    marks: tuple[str, ...] = ()  # columns whose cells are links: a mark says that there is one
    above_marks: str = ""  # what a header above all of these says that they are
    # the trimmed text of each column, as far as it was asked for; blank cells under ""
    _trimmed: dict[str, pd.Series] = field(default_factory=dict, init=False, repr=False,
                                           compare=False)

    _joined: dict[tuple[str, ...], pd.Series] = field(default_factory=dict, init=False, repr=False,
                                                      compare=False)

    def __contains__(self, meaning: str) -> bool:
        return meaning in self.meanings

    def column(self, meaning: str) -> str | None:
        """The name of the first column with a meaning."""
        return next(iter(self.meanings.get(meaning, ())), None)

    def cells(self, *meanings: str) -> pd.Series:
        """The trimmed text of the column with the first of these meanings that the sheet has; of
        several columns their cells joined by ";". Blank where there is none."""
        columns = next((self.meanings[one] for one in meanings if one in self.meanings), ())
        if not columns:
            if "" not in self._trimmed:  # no column has a blank name
                self._trimmed[""] = pd.Series("", index=self.frame.index, dtype="str")
            return self._trimmed[""]
        if len(columns) == 1:
            return self.cells_of(columns[0]).rename(None)
        if columns not in self._joined:
            text = pa.large_string()
            filled = [cells.text(self.frame[column]).cast(text) for column in columns]
            end = pa.repeat(pa.scalar("", text), len(self.frame))  # a row of nulls alone is dropped
            joined = pc.binary_join_element_wise(*filled, end, pa.scalar(";", text),
                                                 null_handling="skip")
            self._joined[columns] = cells.as_text(pc.utf8_slice_codeunits(
                joined, 0, -1)).set_axis(self.frame.index)
        return self._joined[columns]

    def cells_of(self, column: str) -> pd.Series:
        """The trimmed text of one column."""
        if column not in self._trimmed:
            written = self.frame[column]
            self._trimmed[column] = cells.beside(written, pc.fill_null(cells.text(written), ""))
        return self._trimmed[column]

    def position(self, meaning: str) -> int:
        """The place of a meaning's column from the left; −1 where there is none."""
        column = self.column(meaning)
        return -1 if column is None else list(self.frame.columns).index(column)

    @cached_property
    def richness(self) -> int:
        """How many cells of columns that have a meaning are filled."""
        texts = (cells.as_written(self.frame[column])
                 for columns in self.meanings.values() for column in columns)
        return sum(pc.sum(pc.not_equal(text, "")).as_py() or 0 for text in texts)


def looked_up(cells: pd.Series, words: Mapping[str, str], default: str | None = None) -> pd.Series:
    """What cells mean by a list of words; another cell means `default`, or itself without one."""
    return map_distinct(cells, lambda cell: words.get(cell, cell if default is None else default))
