"""Several files on this machine as one source, read as an upload of them would be."""

import os
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from orgdata import formats
from orgdata.model.problems import problems
from orgdata.model.settings import FILE_NAME, Settings
from orgdata.sources import limits
from orgdata.sources.files import read_sheets
from orgdata.sources.handed_over import kind_of, settings_in_files, sheets_in
from orgdata.sources.raw import RawSource, SourceError
from orgdata.sources.sheets import SheetsAndProblems, settings_in, sheets_of
from orgdata.sources.zipped import SIGNATURES

SUFFIXES = (".csv", ".tsv")
PACKED = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".zip")  # what no folder of CSV files has


def mixed_files(folder: Path) -> list[Path]:
    """The files of a folder in which there are workbooks or zips, alone or beside CSV files; none
    where there are only CSV files."""
    files = [path for path in listed(folder) if path.suffix.lower() in SUFFIXES + PACKED]
    return files if any(path.suffix.lower() in PACKED for path in files) else []


def listed(folder: Path) -> list[Path]:
    """What is in a folder, less what is hidden, only open in Excel, or leads out of it. Raises
    SourceError."""
    return [path for path in _within(folder) if not leads_out(path, folder)]


def left_out(folder: Path) -> dict[str, str]:
    """The names of the files of tables in a folder that are not read as they lead out of it, and
    what is said of each. Raises SourceError."""
    return {path.name: f"{what}, which is not read" for path in _within(folder)
            if path.suffix.lower() in SUFFIXES + PACKED and (what := leads_out(path, folder))}


def _within(folder: Path) -> list[Path]:
    try:
        found = sorted(path for path in folder.iterdir()
                       if not path.name.startswith((".", "~$")))  # ~$: open in Excel
    except OSError as error:
        raise SourceError(f"{folder} cannot be read: {error.strerror}") from error
    for path in found:
        _check_name(path)
    return found


def leads_out(path: Path, folder: Path) -> str:
    """What a file in a folder is instead of one there; "" for nothing. A folder may come from
    somebody else, and a link in it would show them what only we may read."""
    if path.is_symlink() and not Path(os.path.realpath(path)).is_relative_to(
            os.path.realpath(folder)):
        return "a link that leads out of the folder"
    return "a device or a pipe" if path.exists() and not (
        path.is_file() or path.is_dir()) else ""


def _check_name(path: Path) -> None:
    """Raises SourceError where a file's name is no text: nothing can be said of it then."""
    name = os.fsencode(path.name).decode(errors="replace")
    if name != path.name:
        raise SourceError(f"the name of the file {name} is no text in UTF-8: rename it")


def read_several(name: str, paths: Sequence[Path], settings: Settings,
                 kind: str | None = None) -> RawSource:
    """Read files as one source of this name and kind. Raises SourceError when none holds anything
    we know; one that cannot be read becomes a problem as long as another can."""
    files, unreadable = {}, []
    for path in paths:
        _check_name(path)
    for path, file in zip(paths, _names(paths), strict=True):
        try:
            files[file] = content_of(path) if path.name != FILE_NAME else b""
        except SourceError as error:
            unreadable.append(problems("error", "unreadable", file, f"{error}; it is not loaded"))
    files.pop(FILE_NAME, None)
    if not files:
        raise SourceError("; ".join(message for one in unreadable for message in one["message"])
                          or f"{name} holds no file of tables")
    chosen = settings if settings != Settings() else settings_in_files(name, files) or settings
    sheets, noticed = sheets_in(files, read=read_packed)
    size = None if kind else sum(map(len, files.values()))  # a folder of CSV files has no limits
    if size is not None:
        with limits.refused(name):
            limits.check_sheets([sheet.table.frame for sheet in sheets], size)
    return read_sheets(name, kind or kind_of(files), sheets, [*noticed, *unreadable], chosen, size)


def settings_of_packed(paths: Sequence[Path]) -> bytes | None:
    """The first settings file in any zip among some files."""
    found = (settings_in(path.name, content_of(path)) for path in paths
             if path.suffix.lower() in PACKED)
    return next((written for written in found if written is not None), None)


def name_of(sources: Sequence[str]) -> str:
    """What several files are called together."""
    return formats.listed([Path(source).name for source in sources])


def read_packed(name: str, content: bytes, alone: bool) -> SheetsAndProblems:
    """The sheets of a file; what is packed is read in a process of its own."""
    if not content.startswith(SIGNATURES):
        return sheets_of(name, content, alone)
    from orgdata.sources.confined import read_confined  # folders and text do not wait for it

    return read_confined(name, content, alone)


def content_of(path: Path) -> bytes:
    """The content of a file. Raises SourceError where it cannot be read or is too large."""
    _check_name(path)
    try:
        if path.stat().st_size > limits.FILE:
            raise SourceError(f"{path} has {limits.format_bytes(path.stat().st_size)}; at most "
                              f"{limits.format_bytes(limits.FILE)} of a single file are read. A "
                              "folder of CSV files has no limit")
        return path.read_bytes()
    except OSError as error:
        raise SourceError(f"{path} cannot be read: {error.strerror}") from error


def _names(paths: Sequence[Path]) -> list[str]:
    """The name of each file; with its folder where two would have the same."""
    often = Counter(path.name for path in paths)
    return [path.as_posix() if often[path.name] > 1 and path.name != FILE_NAME else path.name
            for path in paths]
