"""A loaded portfolio: typed tables, every problem, and every row that was skipped."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

import pandas as pd

from orgdata.model import labels
from orgdata.model.intake import Intake
from orgdata.model.settings import Settings

NO_SPOKEN = pd.DataFrame({  # see Portfolio.spoken
    **dict.fromkeys(("table",), pd.Series(dtype="str")), "row": pd.Series(dtype="Int64"),
    **dict.fromkeys(("column", "kind", "id", "cause", "role"), pd.Series(dtype="str")),
    **dict.fromkeys(("date", "start", "end"), pd.Series(dtype="datetime64[s]")),
    **dict.fromkeys(("start_lost", "end_lost", "closed", "names_other"), pd.Series(dtype="bool"))})
NO_LOST_CELLS = pd.DataFrame({  # see Portfolio.lost_cells
    "table": pd.Series(dtype="str"), "row": pd.Series(dtype="int64"),
    "column": pd.Series(dtype="str"), "value": pd.Series(dtype="str")})
NAMED = ("product_id", "outcome_id", "objective_id", "kr_id", "person_id")
NO_CORRECTED = pd.DataFrame({  # see Portfolio.corrected
    "table": pd.Series(dtype="str"), "row": pd.Series(dtype="Int64"),
    **dict.fromkeys(("column", "state", *NAMED), pd.Series(dtype="str"))})
DISPOSITIONS = ("used", "merged", "left_out", "set_aside")  # of the records of an export


@dataclass(frozen=True)
class Count:
    """Rows of one table: read = loaded + skipped."""

    read: int
    loaded: int

    @property
    def set_aside(self) -> int:
        """Rows read but not loaded."""
        return self.read - self.loaded


@dataclass(frozen=True)
class NotFetched:
    """Check-ins without a fault that stayed in the database, since no measure uses them on a day
    from `exact_from` on. They are counted as read and loaded."""

    rows: int
    exact_from: date


@dataclass(frozen=True)
class Export:
    """A file of another tool, and what became of each of its records.

    `dispositions` has a row per record: disposition (used: it became a row of ours; merged: it went
    into a row that another record made; left_out: it is no record, such as a total or a repeated
    header; set_aside), table (where its own row stands) and reason.
    """

    vendor: str  # viva, jira …
    title: str  # for people: Viva Goals
    origin: str
    records: pd.DataFrame  # as written; the index holds the row number in the file
    dispositions: pd.DataFrame
    choices: Mapping[str, str] = field(default_factory=dict)  # how it was read
    alone: bool = True  # whether every row of the portfolio was made of it

    def count(self, disposition: str) -> int:
        """How many records have this disposition: read = used + merged + left_out +
        set_aside."""
        return int((self.dispositions["disposition"] == disposition).sum())

    def set_aside(self) -> pd.DataFrame:
        """The records that were skipped, as written, each with its reason: a file to correct."""
        is_set_aside = (self.dispositions["disposition"] == "set_aside").to_numpy()
        reasons = self.dispositions["reason"][is_set_aside]
        return self.records[is_set_aside].assign(**{"skipped because": reasons})


@dataclass(frozen=True)
class Portfolio:
    """A source as it was loaded. Nothing in here is changed after it is built.

    `tables` has every table of the schema with every column, empty where the source has none,
    plus `row`: the row number as a person counts it in the file.

    `spoken` has a row for each cell of a row that was skipped, or that became unknown, and each
    accepted object it may name: `column` is the cell's, `kind` the column that names such objects
    (product_id, outcome_id, objective_id, kr_id), `id` the object, `cause` set_aside, took_first or
    lost_cell. `role` is that of an assignment, `date` that of a check-in, `start` and `end` those
    of an assignment or objective; `start_lost` and `end_lost` say that these were unreadable,
    `closed` that an objective was, `names_other` that a contribution names something known at its
    other end. `lost_cells` has every cell of an accepted row that was written and became unknown.
    `corrected` has every cell that a correction is about, "" for a whole row, and what became of it
    (METHOD section 7): only those that are pending say something else than the source. The columns
    of NAMED are what the edit of a cell names.
    """

    source: str
    recognised_as: str
    settings: Settings
    tables: Mapping[str, pd.DataFrame]
    counts: Mapping[str, Count]  # only of tables found in the source
    set_aside: Mapping[str, pd.DataFrame]  # as written, with `row` and `reason`
    unknown_columns: Mapping[str, pd.DataFrame]  # as written, kept
    problems: pd.DataFrame
    not_fetched: NotFetched | None = None  # check-ins left in the database
    exports: tuple[Export, ...] = ()  # files of other tools it was made of
    unknown_ids: Mapping[tuple[str, str], tuple[str, ...]] = field(
        default_factory=dict)  # (table, column) → the distinct ids in it that no row has
    spoken: pd.DataFrame = field(default_factory=lambda: NO_SPOKEN)
    lost_cells: pd.DataFrame = field(default_factory=lambda: NO_LOST_CELLS)
    unclear: frozenset[str] = frozenset()  # columns of confidence whose scale is unclear
    intake: Intake = field(default_factory=Intake)  # of people's own spreadsheets
    corrected: pd.DataFrame = field(default_factory=lambda: NO_CORRECTED)

    def covers(self, day: date) -> bool:
        """Whether everything that counts on a day was loaded."""
        return self.not_fetched is None or day >= self.not_fetched.exact_from

    def __getitem__(self, table: str) -> pd.DataFrame:
        return self.tables[table]

    def tracked(self, table: str, column: str | None = None) -> bool:
        """Whether a table has an accepted row, or a column a value in one (METHOD section 2)."""
        return (table if column is None else f"{table}.{column}") in self._tracked

    def read_of(self, table: str) -> int:
        """How many rows of a table were read."""
        return self.counts[table].read if table in self.counts else 0

    def lost(self, table: str) -> bool:
        """Whether rows of a table were read but none was accepted (METHOD section 2)."""
        return self.read_of(table) > 0 and self.counts[table].loaded == 0

    def why_missing(self, table: str) -> str:
        """Why nothing of a table is there, in words that finish no sentence."""
        name = labels.table(table)
        if not self.lost(table):
            return f"{name} {'is' if table == 'work' else 'are'} not loaded"
        rows = self.read_of(table)
        return (f"the only row of {name} was skipped" if rows == 1 else
                f"all {rows:,} rows of {name} were skipped")

    def lost_in(self, table: str, *columns: str) -> list[int]:
        """The numbers of the rows of a table in which a cell of these columns was written and
        became unknown."""
        return [row for column in columns for row in self._lost_in.get((table, column), ())]

    def is_lost_cell(self, table: str, column: str, rows: pd.Series) -> pd.Series:
        """Whether the cells of a column in these rows (by number) were written and became
        unknown."""
        lost = self.lost_in(table, column)
        return rows.isin(lost) if lost else pd.Series(False, rows.index)

    @cached_property
    def _lost_in(self) -> Mapping[tuple[str, str], list[int]]:
        rows = defaultdict[tuple[str, str], list[int]](list)
        for table, column, row in zip(*(self.lost_cells[name].tolist() for name in (
                "table", "column", "row")), strict=True):
            rows[table, column].append(row)
        return dict(rows)

    @cached_property
    def _tracked(self) -> frozenset[str]:
        columns = {f"{name}.{column}" for name, rows in self.tables.items()
                   for column in rows.columns if not rows[column].array.isna().all()}
        return frozenset(columns | {name for name, rows in self.tables.items() if len(rows)})
