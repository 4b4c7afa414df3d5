"""A source string → raw tables of text."""

import re
from collections.abc import Mapping
from pathlib import Path, PurePath
from urllib.parse import unquote

import pandas as pd

from orgdata.problems import problems
from orgdata.settings import FILE_NAME, Settings, read_settings
from orgdata.sources.csv_folder import read_folder
from orgdata.sources.files import read_sheets
from orgdata.sources.raw import History, RawSource, RawTable, SourceError
from orgdata.sources.sheets import Sheet, UnreadableFile, sheets_of

__all__ = ["History", "RawSource", "RawTable", "SourceError", "find_settings", "kind_of",
           "read_files", "read_sheets", "read_source", "sheets_in"]


def read_source(source: str, settings_file: str | None = None,
                history: History | None = None) -> RawSource:
    """Read a source: a folder of CSV files, or a SQLAlchemy URL.

    With `history`, a database may keep the check-ins that are not asked for; files are read whole.
    Raises SourceError when it cannot be read at all, SettingsError when its settings cannot.
    """
    settings = find_settings(source, settings_file)
    if is_url(source):
        from orgdata.sources.sql import read_database  # SQLAlchemy is slow to import

        return read_database(source, settings, history)
    path = Path(source)
    if path.is_dir():
        return read_folder(path, settings)
    if not path.exists():
        raise SourceError(f"{source} does not exist; expected a folder of CSV files or a "
                          "database URL such as sqlite:///portfolio.db")
    return read_files(source, {path.name: _content(path)}, settings)


def read_files(name: str, files: Mapping[str, bytes], settings: Settings) -> RawSource:
    """Read files that were handed over, by their names. Raises SourceError when none holds
    anything we know; one that cannot be read becomes a problem as long as another one can."""
    return read_sheets(name, kind_of(files), *sheets_in(files), settings)


def sheets_in(files: Mapping[str, bytes]) -> tuple[list[Sheet], list[pd.DataFrame]]:
    """The sheets of all files, and a problem for each that cannot be read. Raises SourceError
    when none can."""
    sheets, unreadable = [], []
    for file, content in files.items():
        try:
            sheets += sheets_of(file, content)
        except UnreadableFile as error:
            unreadable.append(problems("error", "unreadable", file, f"{error}; it is not loaded"))
    if not sheets:
        raise SourceError("; ".join(message.removesuffix("; it is not loaded")
                                    for frame in unreadable for message in frame["message"]))
    return sheets, unreadable


def kind_of(files: Mapping[str, bytes]) -> str:
    """What files are called as a source."""
    kinds = {".xlsx": "excel workbook", ".zip": "zip archive"}
    return kinds.get(PurePath(next(iter(files))).suffix.lower(), "csv file") if len(
        files) == 1 else f"{len(files)} files"


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise SourceError(f"{path} cannot be read: {error.strerror}") from error


def is_url(source: str) -> bool:
    """Whether a source string names a database."""
    return "://" in source


def find_settings(source: str, settings_file: str | None = None) -> Settings:
    """The settings named, else those beside the data (the folder, or a SQLite file's folder)."""
    if settings_file:
        return read_settings(Path(settings_file))
    if not is_url(source):
        place = Path(source)
        beside = (place if place.is_dir() else place.parent) / FILE_NAME
    elif sqlite := re.match(r"sqlite(\+\w+)?:///(file:)?(?P<path>[^?]*)", source):
        beside = Path(unquote(sqlite["path"])).parent / FILE_NAME
    else:
        return Settings()
    return read_settings(beside) if beside.is_file() else Settings()
