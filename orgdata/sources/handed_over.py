"""Files as one source, each given by its name and content: uploaded ones, and several on disk."""

from collections.abc import Callable, Mapping

import pandas as pd

from orgdata.model.problems import problems
from orgdata.model.settings import FILE_NAME, Settings, settings_of
from orgdata.sources.files import read_sheets
from orgdata.sources.limits import check_sheets, refused
from orgdata.sources.raw import RawSource, SourceError
from orgdata.sources.sheets import (
    Sheet,
    SheetsAndProblems,
    UnreadableFile,
    file_kind,
    settings_in,
    sheets_of,
)

ReadFile = Callable[[str, bytes, bool], SheetsAndProblems]  # `sheets_of`, here or confined


def read_files(name: str, files: Mapping[str, bytes], settings: Settings,
               read: ReadFile = sheets_of) -> RawSource:
    """Read files, given by name, each by `read`. Raises SourceError when none holds anything we
    know; one that cannot be read becomes a problem as long as another can."""
    chosen = settings if settings != Settings() else settings_in_files(name, files) or settings
    sheets, noticed = sheets_in(files, read=read)
    size = sum(map(len, files.values()))
    with refused(name):
        check_sheets([sheet.table.frame for sheet in sheets], size)
    return read_sheets(name, kind_of(files), sheets, noticed, chosen, size)


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
