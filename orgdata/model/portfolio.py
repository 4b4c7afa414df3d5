"""A loaded portfolio: typed tables, every problem, and every row that was set aside."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

import pandas as pd

from orgdata.model.settings import Settings

DISPOSITIONS = ("used", "merged", "set_aside")  # of the records of an export


@dataclass(frozen=True)
class Count:
    """Rows of one table: read = loaded + set aside."""

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
    into a row that another record made; set_aside), table (where its own row stands) and reason.
    """

    vendor: str  # viva, jira …
    title: str  # for people: Viva Goals
    origin: str
    records: pd.DataFrame  # as written; the index holds the row number in the file
    dispositions: pd.DataFrame
    choices: Mapping[str, str] = field(default_factory=dict)  # how it was read
    alone: bool = True  # whether every row of the portfolio was made of it

    def count(self, disposition: str) -> int:
        """How many records have this disposition: read = used + merged + set_aside."""
        return int((self.dispositions["disposition"] == disposition).sum())

    def set_aside(self) -> pd.DataFrame:
        """The records that were set aside, as written, each with its reason: a file to correct."""
        is_set_aside = (self.dispositions["disposition"] == "set_aside").to_numpy()
        reasons = self.dispositions["reason"][is_set_aside]
        return self.records[is_set_aside].assign(**{"set aside because": reasons})


@dataclass(frozen=True)
class Portfolio:
    """A source as it was loaded. Nothing in here is changed after it is built.

    `tables` has every table of the schema with every column, empty where the source has none,
    plus `row`: the row number as a person counts it in the file.
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

    def covers(self, day: date) -> bool:
        """Whether everything that counts on a day was loaded."""
        return self.not_fetched is None or day >= self.not_fetched.exact_from

    def __getitem__(self, table: str) -> pd.DataFrame:
        return self.tables[table]

    def tracked(self, table: str, column: str | None = None) -> bool:
        """Whether a table has an accepted row, or a column a value in one (METHOD section 2)."""
        return (table if column is None else f"{table}.{column}") in self._tracked

    @cached_property
    def _tracked(self) -> frozenset[str]:
        columns = {f"{name}.{column}" for name, rows in self.tables.items()
                   for column in rows.columns if not rows[column].array.isna().all()}
        return frozenset(columns | {name for name, rows in self.tables.items() if len(rows)})
