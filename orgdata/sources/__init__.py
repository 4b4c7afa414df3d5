"""A source string → raw tables of text."""

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from urllib.parse import unquote

import pandas as pd

from orgdata.model.problems import problems
from orgdata.model.settings import FILE_NAME, Settings, read_settings, settings_of
from orgdata.sources import limits
from orgdata.sources.csv_folder import read_folder
from orgdata.sources.files import read_sheets
from orgdata.sources.raw import CheckInsWanted, RawSource, RawTable, SourceError
from orgdata.sources.sheets import (
    Sheet,
    SheetsAndProblems,
    UnreadableFile,
    file_kind,
    settings_in,
    sheets_of,
)
from orgdata.sources.zipped import SIGNATURES

__all__ = ["CheckInsWanted", "RawSource", "RawTable", "SourceError", "find_settings", "is_url",
           "kind_of", "may_be_url", "read_files", "read_sheets", "read_source", "settings_in_files",
           "sheets_in"]

ReadFile = Callable[[str, bytes, bool], SheetsAndProblems]  # `sheets_of`, here or confined


def read_source(source: str, settings_file: str | None = None,
                history: CheckInsWanted | None = None) -> RawSource:
    """Read a source: a folder of CSV files, a file, or a SQLAlchemy URL.

    With `history`, a database may leave out the check-ins it does not want; files are read whole.
    Raises SourceError when it cannot be read at all, SettingsError when its settings cannot.
    """
    settings = find_settings(source, settings_file)
    if is_url(source):
        from orgdata.sources.sql.database import read_database  # SQLAlchemy is slow to import

        return read_database(source, settings, history)
    path = Path(source)
    if path.is_dir():
        return read_folder(path, settings)
    if not path.exists():
        if may_be_url(source):
            raise SourceError("the source is no file or folder that exists, and no database URL "
                              "that can be read; expected for example "
                              "postgresql://user@host/database")
        raise SourceError(f"{source} does not exist; expected a folder of CSV files, a CSV "
                          "file, a workbook, a zip or a database URL such as sqlite:///portfolio.db")
    content = _content(path)
    if not content.startswith(SIGNATURES):
        return read_files(source, {path.name: content}, settings)
    from orgdata.sources.confined import read_confined  # folders and text do not wait for it

    return read_files(source, {path.name: content}, settings, read_confined)


def read_files(name: str, files: Mapping[str, bytes], settings: Settings,
               read: ReadFile = sheets_of) -> RawSource:
    """Read files, given by name, each by `read`. Raises SourceError when none holds anything we
    know; one that cannot be read becomes a problem as long as another can."""
    chosen = settings if settings != Settings() else settings_in_files(name, files) or settings
    return read_sheets(name, kind_of(files), *sheets_in(files, read=read), chosen)


def sheets_in(files: Mapping[str, bytes], progress: Callable[[float, str], object] | None = None,
              read: ReadFile = sheets_of) -> tuple[list[Sheet], list[pd.DataFrame]]:
    """The sheets of all files, each read by `read`, and a problem for each that cannot be read.
    `progress` gets the share of the bytes that is read and the next file. Raises SourceError when
    none can be read."""
    size, done = sum(map(len, files.values())), 0
    sheets, noticed, unreadable = [], [], []
    for file, content in files.items():
        if progress:
            progress(done / (size or 1), file)
        done += len(content)
        if file == FILE_NAME:
            continue
        try:
            more, remarks = read(file, content, len(files) == 1)
            sheets += more
            noticed += remarks
        except UnreadableFile as error:
            unreadable.append(f"{file}: {error}")
            noticed.append(problems("error", "unreadable", file, f"{error}; it is not loaded"))
    if not sheets:
        raise SourceError("; ".join(unreadable) or "no file of tables was handed over")
    return sheets, noticed


def settings_in_files(name: str, files: Mapping[str, bytes]) -> Settings | None:
    """The settings uploaded with files: a file of its own, or one in a zip, as the dashboard writes
    it. Raises SettingsError when they cannot be used."""
    for file, content in files.items():
        if (written := settings_in(file, content)) is not None:
            return settings_of(written, FILE_NAME if file == FILE_NAME else
                               f"{name or file}, {FILE_NAME}")
    return None


def kind_of(files: Mapping[str, bytes]) -> str:
    """What kind of source some files are: "csv file", "3 files"."""
    return file_kind(next(iter(files.values()))) if len(files) == 1 else f"{len(files)} files"


def _content(path: Path) -> bytes:
    try:
        if path.stat().st_size > limits.FILE:
            raise SourceError(f"{path} has {limits.format_bytes(path.stat().st_size)}; at most "
                              f"{limits.format_bytes(limits.FILE)} of a single file are read. A "
                              "folder of CSV files has no limit")
        return path.read_bytes()
    except OSError as error:
        raise SourceError(f"{path} cannot be read: {error.strerror}") from error


def is_url(source: str) -> bool:
    """Whether a source string names a database."""
    return "://" in source


def may_be_url(text: str) -> bool:
    """Whether a text may have been meant as a URL, and so may hold a password: one slash is
    missing, or there is an @."""
    return "@" in text or re.match(r"[A-Za-z][\w+.-]+:[/\\]", text) is not None


def find_settings(source: str, settings_file: str | None = None) -> Settings:
    """The settings file that is named, else the one beside the data: in its folder, or a SQLite
    file's folder."""
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
