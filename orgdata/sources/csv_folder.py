"""A folder of CSV files: one file per table, named after it."""

from pathlib import Path

import pandas as pd

from orgdata.problems import problems, together
from orgdata.settings import Settings
from orgdata.sources.delimited import NotDelimitedText, read_delimited
from orgdata.sources.raw import RawSource, RawTable, SourceError, choose_tables, nothing_known

SUFFIXES = (".csv", ".tsv")


def read_folder(folder: Path, settings: Settings) -> RawSource:
    """Read every file that is one of our tables. Raises SourceError when there is none to read.

    A file that cannot be read becomes a problem as long as another one can.
    """
    files = {path.name: path for path in _files(folder)}
    if not files:
        raise SourceError(f"{folder} holds no CSV file; expected files such as products.csv, "
                          "outcomes.csv, assignments.csv")
    chosen, noticed = choose_tables({name: path.stem for name, path in files.items()},
                                    settings)
    if not chosen:
        raise nothing_known(str(folder), list(files))
    tables: dict[str, RawTable] = {}
    unreadable: list[pd.DataFrame] = []
    for table, name in chosen.items():
        try:
            tables[table] = read_delimited(files[name].read_bytes(), table, name)
        except (NotDelimitedText, OSError) as error:
            reason = error.strerror if isinstance(error, OSError) else str(error)
            unreadable.append(problems("error", "unreadable", table, f"{reason}; the table is "
                                       "not loaded", origin=name))
    if not tables:
        raise SourceError(f"{folder}: " + "; ".join(
            message for frame in unreadable for message in frame["message"]))
    return RawSource(str(folder), "csv folder", tables, settings, together([noticed, *unreadable]))


def _files(folder: Path) -> list[Path]:
    try:
        return sorted(path for path in folder.iterdir()
                      if path.suffix.lower() in SUFFIXES and not path.name.startswith("."))
    except OSError as error:
        raise SourceError(f"{folder} cannot be read: {error.strerror}") from error
