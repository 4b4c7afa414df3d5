"""A folder of CSV files: one file per table, named after it; beside them exports of other tools."""

from dataclasses import replace
from pathlib import Path

import pandas as pd

from orgdata.problems import problems, together
from orgdata.settings import Settings
from orgdata.sources import vendors
from orgdata.sources.delimited import NotDelimitedText, read_delimited
from orgdata.sources.files import read_sheets
from orgdata.sources.raw import RawSource, RawTable, SourceError, choose_tables, nothing_known
from orgdata.sources.sheets import Sheet

SUFFIXES = (".csv", ".tsv")
_START = 65_536  # bytes that hold the header of any export


def read_folder(folder: Path, settings: Settings) -> RawSource:
    """Read every file that is one of our tables, or an export of another tool, told by its columns.
    Raises SourceError when there is none to read.

    A file that cannot be read becomes a problem as long as another one can.
    """
    files = {path.name: path for path in _files(folder)}
    if not files:
        raise SourceError(f"{folder} holds no CSV file; expected files such as products.csv, "
                          "outcomes.csv, assignments.csv")
    chosen, noticed = choose_tables({name: path.stem for name, path in files.items()},
                                    settings)
    exports = {name: sheet for name in sorted(files.keys() - set(chosen.values()))
               if (sheet := _export(files[name]))}
    if not chosen and not exports:
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
    if exports:
        sheets = [*(Sheet(name, one) for name, one in tables.items()),
                  *(Sheet(files[name].stem, one) for name, one in exports.items())]
        others = noticed[~noticed["table"].isin([files[name].stem for name in exports])]
        return read_sheets(str(folder), "csv folder", sheets, [others, *unreadable],
                           replace(settings, tables={}))
    if not tables:
        raise SourceError(f"{folder}: " + "; ".join(
            message for frame in unreadable for message in frame["message"]))
    return RawSource(str(folder), "csv folder", tables, settings, together([noticed, *unreadable]))


def _export(path: Path) -> RawTable | None:
    """A file that is none of ours, where it is an export of another tool. Most are not: its first
    rows tell, and only an export is read whole."""
    try:
        with path.open("rb") as file:
            start = read_delimited(file.read(_START), path.stem, path.name)
        return read_delimited(path.read_bytes(), path.stem, path.name) if (
            vendors.recognise(start.frame.columns)) else None
    except (NotDelimitedText, OSError):
        return None  # it is listed as a file we do not know


def _files(folder: Path) -> list[Path]:
    try:
        return sorted(path for path in folder.iterdir()
                      if path.suffix.lower() in SUFFIXES and not path.name.startswith("."))
    except OSError as error:
        raise SourceError(f"{folder} cannot be read: {error.strerror}") from error
