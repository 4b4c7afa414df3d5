"""What every source returns: its tables as text, unchanged."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

import pandas as pd

from orgdata.model.fields import normalise_name
from orgdata.model.intake import Intake
from orgdata.model.portfolio import Export, NotFetched
from orgdata.model.problems import NO_PROBLEMS, join_problems, problems, quoted
from orgdata.model.schema import TABLES
from orgdata.model.settings import Settings
from orgdata.tabular.columns import match_columns
from orgdata.tabular.scales import Spread


class SourceError(Exception):
    """The source cannot be read at all; the message is one clear line without credentials."""

    def __init__(self, message: str) -> None:  # a file name in it may contain line breaks
        super().__init__(" ".join(message.splitlines()))


@dataclass(frozen=True)
class RawTable:
    """One table of text: blank cells are "", the index is the row number in the file."""

    origin: str  # the file, sheet or SQL table as the user knows it
    frame: pd.DataFrame
    problems: pd.DataFrame = field(default_factory=lambda: NO_PROBLEMS)
    not_fetched: NotFetched | None = None  # rows that were only counted
    origins: Sequence[str] | None = None  # of each row, if they come from several files
    exact: bool = False  # its cells mean what they say: nothing about them is to be decided
    exact_columns: frozenset[str] = frozenset()  # the same for single columns
    confidences: Spread | None = None  # of all rows, where only some were fetched
    above: Sequence[Sequence[str]] = ()  # the rows above the header, as written
    header_again: bool = False  # whether rows that repeat the header were dropped
    hidden: frozenset[str] = frozenset()  # columns that the file does not show
    place: str = ""  # the name of the table in its database; "" of a file or query
    # columns with blank ones before them, which are left out → their place in the file
    gaps: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class RawSource:
    """The tables of a source under our names, and the problems of reading them."""

    name: str
    recognised_as: str
    tables: dict[str, RawTable]
    settings: Settings
    problems: pd.DataFrame = field(default_factory=lambda: NO_PROBLEMS)
    exports: tuple[Export, ...] = ()  # of other tools, from which tables were made
    intake: Intake = field(default_factory=Intake)  # of people's own spreadsheets
    size: int | None = None  # bytes of its files; None for a source that has no limits

    def columns_of(self, table: str) -> dict[str, str]:
        """What the source calls those of our columns of a table that it has."""
        found = self.tables.get(table)
        return {} if found is None else match_columns(
            TABLES[table], list(found.frame.columns), self.settings.columns.get(table, {}))[0]


class KeyResults(Protocol):
    """The key results that were accepted, as check-ins may name them."""

    @property
    def ids(self) -> Collection[str]:
        """Their ids."""

    def knows(self, cells: Sequence[str]) -> bool:
        """Whether any of these texts, none of them an id, names one or several."""


@dataclass(frozen=True)
class CheckInsWanted:
    """Which check-ins are needed: those that count on a day, or on any later one.

    Which of them are faulty depends on the key results that were accepted, so the source calls
    `key_results` for these once it has read the other tables.
    """

    day: date
    key_results: Callable[[RawSource], KeyResults]


def choose_tables(names: Mapping[str, str],
                  settings: Settings) -> tuple[dict[str, str], pd.DataFrame]:
    """`chosen_tables` of the files or SQL tables of a source, with the problems.

    What is left over is reported as unknown.
    """
    by_name = _by_name(names)
    chosen = chosen_tables(names, settings)
    noticed = [problems("warning", "unknown_table", table, f"the settings read {table} from "
                        f"{quoted(theirs)}, which is not in the source")
               for table, theirs in settings.tables.items()
               if table in TABLES and normalise_name(theirs) not in by_name]
    used = set(chosen.values())
    left = [thing for thing in names if thing not in used]
    winners = {thing: winner for thing in left if thing != (
        winner := by_name[normalise_name(names[thing])]) and winner in used}
    unknown = [thing for thing in left if thing not in winners]
    noticed += [
        problems("warning", "unknown_table", [names[thing] for thing in winners], (
            f"{winner} has the same name and was read instead; this one was left out"
            for winner in winners.values()), origin=list(winners)),
        problems("information", "unknown_table", [names[thing] for thing in unknown],
                 "not one of our tables; it was left out", origin=unknown)]
    return chosen, join_problems(noticed)


def chosen_tables(names: Mapping[str, str], settings: Settings) -> dict[str, str]:
    """Match the files or SQL tables of a source to our tables (ours → theirs).

    `names` gives for each file or SQL table the name it is matched by. A name in the settings'
    [tables] wins over one that happens to be ours.
    """
    by_name = _by_name(names)
    chosen = {table: by_name[normalise_name(theirs)] for table, theirs in settings.tables.items()
              if table in TABLES and normalise_name(theirs) in by_name}
    used = set(chosen.values())
    for table in TABLES:
        if table not in chosen and table in by_name and by_name[table] not in used:
            chosen[table] = by_name[table]
    return chosen


def _by_name(names: Mapping[str, str]) -> dict[str, str]:
    by_name: dict[str, str] = {}
    for thing, name in names.items():
        by_name.setdefault(normalise_name(name), thing)
    return by_name


def no_known_tables(place: str, names: list[str]) -> SourceError:
    """The error for a source in which no table is one of ours."""
    listed = ", ".join(sorted(names)[:8]) + (" …" if len(names) > 8 else "")
    return SourceError(f"{place} holds none of our tables (found: {listed}); expected at least one "
                       f"of {', '.join(TABLES)}, or other names given under [tables] in "
                       f"settings.toml")
