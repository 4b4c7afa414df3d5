"""The records of an export by column, and what every reader of exports needs: days and
percentages. All values stay text: typing and checking them is left to validation."""

import json
from collections.abc import Callable, Iterable, Sequence
from copy import copy
from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow.compute as pc

from orgdata import formats
from orgdata.model.fields import normalise_name
from orgdata.model.persons import names_persons
from orgdata.model.problems import Level, problems
from orgdata.sources.raw import RawTable
from orgdata.tabular import cells
from orgdata.tabular.dates import dates, day_order
from orgdata.tabular.numbers import numbers

MOST_NAMED = 8  # columns without a place that are named; there may be thousands
NAMED = 40  # characters of such a name
LONGEST_LIST = 10_000  # characters of a cell that is read as a list in JSON


class Records:
    """The text of each column of an export, by its name there; keeps track of the columns read.

    `english` gives the name of a column, both as `normalise_name` says, in the tool's English;
    `plain_day` a day as we read it, where the tool writes it otherwise.
    """

    def __init__(self, sheet: RawTable, english: Callable[[str], str] = str,
                 plain_day: Callable[[str], str] | None = None) -> None:
        self.sheet = sheet
        self.index = sheet.frame.index
        self._english = english
        self._plain_day = plain_day
        self._names: dict[str, str] = {}
        for name in sheet.frame.columns:
            self._names.setdefault(english(normalise_name(name)), name)
        self._used: set[str] = set()
        self._noticed: list[tuple[str, str, str]] = []  # column, code, message
        # level, code, column, message, cells by row
        self._remarks: list[tuple[Level, str, str, str, pd.Series]] = []

    def __contains__(self, column: str) -> bool:
        return normalise_name(column) in self._names

    def __getitem__(self, column: str) -> pd.Series:
        """The trimmed text of a column; blank if there is no such column."""
        theirs = self._names.get(normalise_name(column))
        if theirs is None:
            return pd.Series("", index=self.index, dtype="str", name=column)
        self._used.add(theirs)
        return self.sheet.frame[theirs].str.strip().rename(column)

    def only(self, rows: pd.Series) -> "Records":
        """Some of the records; what is read and said of them counts for all."""
        part = copy(self)
        part.sheet = replace(self.sheet, frame=self.sheet.frame[rows])
        part.index = part.sheet.frame.index
        return part

    def first_filled(self, *columns: str) -> pd.Series:
        """For each record the first cell that is not blank in these columns."""
        first = self[columns[0]]
        for column in columns[1:]:
            first = first.where(first != "", self[column])
        return first

    def repeated_columns(self, column: str) -> list[str]:
        """All columns with the same header, in order; none if there is no such header."""
        wanted = normalise_name(column)

        def is_one(name: str) -> bool:
            header, _, number = normalise_name(name).rpartition("_")
            return self._english(normalise_name(name)) == wanted or (
                number.isdecimal() and self._english(header) == wanted)

        return [name for name in self.sheet.frame.columns if is_one(name)]

    def days(self, column: str, *alike: str) -> pd.Series:
        """A column of days as 2026-11-20; what cannot be read stays as written. Whether day or
        month comes first is decided for the whole column, and reported. If it does not show
        (quarters begin on a first), columns `alike` may: a tool writes all days in one way."""
        return self.days_in(column, self._day_text(column), *alike)

    def days_in(self, column: str, written: pd.Series, *alike: str) -> pd.Series:
        """As `days`, of cells that are read from a column and maybe others."""
        iso, bad = iso_days(written)
        if order := day_order(written.unique()):
            self._ordered(column, order, "the column")
        elif written[bad].str.fullmatch(r"\d{1,2}([-/.])\d{1,2}\1\d{2,4}.*").any():
            for other in alike:
                with_other = pd.concat([written, self._day_text(other)])
                if order := day_order(with_other.unique()):
                    self._ordered(column, order, other)
                    return iso_days(with_other)[0].iloc[:len(written)]
            self.note(column, "day_order", "the column does not say whether day or month comes "
                      "first; such days are not read")
        return iso

    def _day_text(self, column: str) -> pd.Series:
        written = self[column]
        return map_distinct(written, self._plain_day) if self._plain_day else written

    def _ordered(self, column: str, order: str, proof: str) -> None:
        self.note(column, "day_order", f"days are read {order} first, as a value of {proof} proves")

    def first_value(self, column: str, between: str, message: str,
                    where: "pd.Series | None" = None) -> pd.Series:
        """The first of the values in each cell. `message` reports each cell with more, except where
        `where` is false, since nobody reads those cells."""
        written = self[column]
        ends = written.str.strip(between + " ")
        several = ends.str.contains(between, regex=False)
        several &= True if where is None else where
        self.remark(column, written[several], "bad_value", message)
        return ends.str.split(between, n=1, regex=False).str[0].str.strip().astype("str")

    def percents(self, column: str) -> pd.Series:
        """Percentages on a scale of 0–100. A column holds fractions of 1 if a value is between 0
        and 1 and none above 1; if all are 0 or 1, this is undecided and ones are unknown."""
        written = self[column]
        read = numbers(cells.text(written))
        plain = ~read.percent & ~np.isnan(read.values)
        values = read.values[plain]
        if not len(values) or values.max() > 1:
            return written
        if ((values > 0) & (values < 1)).any():
            self._noticed.append((column, "scale", "read as fractions of 1: 0.62 is 62 %"))
            scaled = [f"{value * 100:.12g}" for value in values]
        elif (values == 1).any():
            self._noticed.append((column, "scale", "holds only 0 and 1, so that 1 may be 1 % or "
                                  "100 %; it counts as unknown"))
            scaled = ["0" if value == 0 else "" for value in values]
        else:
            return written
        percents = written.copy()
        percents[plain] = scaled
        return percents

    def note(self, column: str, code: str, message: str) -> None:
        """Report once how a column was read."""
        self._noticed.append((column, code, message))

    def drop_persons(self) -> None:
        """Report once that the columns that name persons are dropped for work (METHOD section 9);
        those that somebody reads for goals are read for these alone."""
        named = [name for name in self.sheet.frame.columns
                 if names_persons(self._english(normalise_name(name)))]
        if named:
            self._used |= set(named)
            columns = formats.listed([formats.clipped(name, NAMED) for name in named], MOST_NAMED)
            self.note(columns, "bad_value", "dropped for work, which names no persons; at most the "
                      "owner of a goal is read there")

    def remark(self, column: str, written: pd.Series, code: str, message: str,
               level: Level = "warning") -> None:
        """Report for each of these cells, by row number, what was done with it."""
        if len(written):
            self._remarks.append((level, code, column, message, written))

    def noticed(self, table: str) -> Iterable[pd.DataFrame]:
        """The problems: how columns and cells were read, and columns that no table of ours has."""
        origin = self.sheet.origin
        for level, code, column, message, written in self._remarks:
            yield problems(level, code, table, message, origin=origin, rows=written.index.tolist(),
                           column=column, values=written)
        for column, code, message in dict.fromkeys(self._noticed):
            yield problems("information", code, table, message, origin=origin, column=column)
        if unused := [name for name in self.sheet.frame.columns if name not in self._used]:
            yield problems("information", "unknown_column", table, _no_place_for(unused),
                           origin=origin)


def _no_place_for(columns: Sequence[str]) -> str:
    """What is said once of all columns that no table of ours has."""
    if len(columns) == 1:
        return f"the column {formats.clipped(columns[0], NAMED)} has no place here; it is kept " \
               "with the records"
    names = ", ".join(formats.clipped(name, NAMED) for name in columns[:MOST_NAMED])
    return (f"{len(columns):,} columns of the file have no place here: {names}"
            f"{' …' if len(columns) > MOST_NAMED else ''}; they are kept with the records")


def iso_days(written: pd.Series) -> tuple[pd.Series, npt.NDArray[np.bool_]]:
    """Days as 2026-11-20, with unreadable ones as written, and a mask of those."""
    read = dates(cells.text(written))
    iso = np.where(np.isnat(read.values), "", np.datetime_as_string(read.values, unit="D"))
    return pd.Series(iso, index=written.index, dtype="str", name=written.name).where(
        ~read.unreadable, written), read.unreadable


def joined_key(*parts: pd.Series) -> pd.Series:
    """An id joined from the cells that identify a record, up to the last one that is filled, for
    tools that give it none."""
    *before, joined = parts
    for part in reversed(before):
        joined = part.where(joined == "", part + " · " + joined)
    return joined


def map_distinct(values: pd.Series, function: Callable[[str], str]) -> pd.Series:
    """Text mapped by a function that is called once per distinct value."""
    return cells.beside(values, cells.translated(cells.as_written(values), function))


def counted(values: pd.Series) -> dict[str, int]:
    """How often each distinct text that is not blank stands in a column, the first one first."""
    found = pc.value_counts(cells.as_written(values))
    texts, counts = (found.field(name).to_pylist() for name in ("values", "counts"))
    return {text: count for text, count in zip(texts, counts, strict=True) if text}


def first_of_each(values: pd.Series) -> pd.Series:
    """The distinct values that are not blank, each at the record that names it first."""
    return values[values != ""].drop_duplicates()


def split(cell: str, between: str = ",") -> Sequence[str]:
    """The values in a cell that holds several."""
    return [part.strip() for part in cell.split(between) if part.strip()]


def several(cell: str) -> Sequence[str]:
    """The values of a cell that lists them, as JSON (`["Ada"]`), in brackets, or with commas or
    semicolons between."""
    if cell.startswith('["') and len(cell) < LONGEST_LIST:
        try:
            return [one.strip() for one in json.loads(cell) if isinstance(one, str) and one.strip()]
        except (ValueError, RecursionError):  # it only looks like JSON
            pass
    if cell.startswith("[") and cell.endswith("]"):
        cell = cell[1:-1]
    return split(cell.replace(";", ","))
