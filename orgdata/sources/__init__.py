"""A source string → raw tables of text."""

import re
from pathlib import Path
from urllib.parse import unquote

from orgdata.settings import FILE_NAME, Settings, read_settings
from orgdata.sources.csv_folder import read_folder
from orgdata.sources.raw import History, RawSource, RawTable, SourceError

__all__ = ["History", "RawSource", "RawTable", "SourceError", "find_settings", "read_source"]


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
    raise SourceError(f"{source} is a file; expected a folder of CSV files or a database URL")


def is_url(source: str) -> bool:
    """Whether a source string names a database."""
    return "://" in source


def find_settings(source: str, settings_file: str | None = None) -> Settings:
    """The settings named, else those beside the data (the folder, or a SQLite file's folder)."""
    if settings_file:
        return read_settings(Path(settings_file))
    if not is_url(source):
        beside = Path(source) / FILE_NAME
    elif sqlite := re.match(r"sqlite(\+\w+)?:///(file:)?(?P<path>[^?]*)", source):
        beside = Path(unquote(sqlite["path"])).parent / FILE_NAME
    else:
        return Settings()
    return read_settings(beside) if beside.is_file() else Settings()
