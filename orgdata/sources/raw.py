"""What every source yields: tables of text, exactly as they stand there."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

import pandas as pd

from orgdata.model.portfolio import Export, NotFetched
from orgdata.model.problems import NONE, problems, shown, together
from orgdata.model.schema import TABLES, normalise_name
from orgdata.model.settings import Settings


class SourceError(Exception):
    """The source cannot be read at all; the message is one clear line without credentials."""

    def __init__(self, said: str) -> None:  # a name in it may be one of several lines
        super().__init__(" ".join(said.splitlines()))


@dataclass(frozen=True)
class RawTable:
    """One table of text: blank cells are "", the index holds the row number in the file."""

    origin: str  # the file, sheet or SQL table as the user knows it
    frame: pd.DataFrame
    problems: pd.DataFrame = field(default_factory=lambda: NONE)
    not_fetched: NotFetched | None = None  # rows that were counted, and left where they are
    origins: Sequence[str] | None = None  # per row, where rows of several files stand together


@dataclass(frozen=True)
class RawSource:
    """The tables of a source under our names, and what was noticed while reading them."""

    name: str
    recognised_as: str
    tables: dict[str, RawTable]
    settings: Settings
    problems: pd.DataFrame = field(default_factory=lambda: NONE)
    exports: tuple[Export, ...] = ()  # the files of other tools that the tables were made of


@dataclass(frozen=True)
class CheckInsWanted:
    """The check-ins that are asked for: those that count on a day, or on any later one.

    Which of them have a fault depends on the key results that were accepted, so the source asks
    for their ids once it has read the other tables.
    """

    day: date
    key_results: Callable[[RawSource], pd.Series]


def choose_tables(found: Mapping[str, str],
                  settings: Settings) -> tuple[dict[str, str], pd.DataFrame]:
    """Which of the things found in a source is which of our tables: ours → what was found.

    `found` gives for each thing (a file name, a SQL table) the name it is matched by. A name in
    the settings' [tables] wins over one that happens to bear our name; what is left over is
    listed as unknown.
    """
    by_name: dict[str, str] = {}
    for thing, name in found.items():
        by_name.setdefault(normalise_name(name), thing)
    chosen: dict[str, str] = {}
    noticed = []
    for table, theirs in settings.tables.items():
        if table in TABLES and normalise_name(theirs) in by_name:
            chosen[table] = by_name[normalise_name(theirs)]
        elif table in TABLES:
            noticed.append(problems("warning", "unknown_table", table, f"the settings read "
                                    f"{table} from {shown(theirs)}, which is not in the source"))
    taken = set(chosen.values())
    for table in TABLES:
        if table not in chosen and table in by_name and by_name[table] not in taken:
            chosen[table] = by_name[table]
    for thing, name in found.items():
        read = by_name[normalise_name(name)]
        if read != thing and read in chosen.values():
            noticed.append(problems("warning", "unknown_table", name, f"{read} has the same name "
                                    "and was read instead; this one was left out", origin=thing))
        elif thing not in chosen.values():
            noticed.append(problems("information", "unknown_table", name, "not one of our tables; "
                                    "it was left out", origin=thing))
    return chosen, together(noticed)


def nothing_known(place: str, found: list[str]) -> SourceError:
    """The error for a source in which no table is one of ours."""
    seen = ", ".join(sorted(found)[:8]) + (" …" if len(found) > 8 else "")
    return SourceError(f"{place} holds none of our tables (found: {seen}); expected at least one "
                       f"of {', '.join(TABLES)}, or other names given under [tables] in "
                       f"settings.toml")
