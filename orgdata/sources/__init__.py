"""A source string, or several files → raw tables of text."""

import re
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote

from orgdata.model.access import EVERYBODY, Access
from orgdata.model.problems import join_problems, problems
from orgdata.model.settings import (
    FILE_NAME,
    Settings,
    SettingsError,
    read_access_of,
    read_settings,
)
from orgdata.sources.csv_folder import read_folder
from orgdata.sources.files import read_sheets
from orgdata.sources.handed_over import kind_of, read_files, settings_in_files, sheets_in
from orgdata.sources.raw import CheckInsWanted, RawSource, RawTable, SourceError
from orgdata.sources.several import (
    content_of,
    leads_out,
    left_out,
    mixed_files,
    name_of,
    read_packed,
    read_several,
    settings_of_packed,
)

__all__ = ["CheckInsWanted", "RawSource", "RawTable", "Source", "SourceError", "find_settings",
           "is_url", "kind_of", "may_be_url", "name_of", "read_files", "read_sheets",
           "read_source", "settings_in_files", "settings_place", "settings_within", "sheets_in"]


Source = str | tuple[str, ...]  # a folder, a file or a URL; or several files


def read_source(source: Source, settings_file: str | None = None,
                history: CheckInsWanted | None = None) -> RawSource:
    """Read a source: a folder of CSV files or of any files, a file, several, or a SQLAlchemy URL.

    With `history`, a database may leave out the check-ins it does not want; files are read whole.
    Raises SourceError when it cannot be read at all, SettingsError when its settings cannot.
    """
    settings = find_settings(source, settings_file)
    if not isinstance(source, str):
        return read_several(name_of(source), _files(source), settings)
    if is_url(source):
        from orgdata.sources.sql.database import read_database  # SQLAlchemy is slow to import

        return read_database(source, settings, history)
    path = Path(source)
    if path.is_dir():
        return _read_folder(path, source, settings)
    if not path.exists():
        raise _missing(source)
    return read_files(source, {path.name: content_of(path)}, settings, read_packed)


def _read_folder(folder: Path, name: str, settings: Settings) -> RawSource:
    said = left_out(folder)
    try:
        mixed = mixed_files(folder)
        raw = read_several(name, mixed, settings) if mixed else read_folder(folder, settings)
    except SourceError as error:
        raise SourceError("; ".join([str(error), *map(": ".join, said.items())])) from None
    return replace(raw, problems=join_problems([raw.problems, *(
        problems("error", "unreadable", file, message) for file, message in said.items())]))


def _files(sources: tuple[str, ...]) -> list[Path]:
    """Several sources as the files that they are. Raises SourceError for any other."""
    for source in sources:
        if is_url(source) or Path(source).is_dir():
            what = "a database" if is_url(source) else f"{source}, a folder,"
            raise SourceError(f"{what} is read alone; several sources are files")
        if not Path(source).exists():
            raise _missing(source)
    return [Path(source) for source in sources]


def _missing(source: str) -> SourceError:
    if may_be_url(source):
        return SourceError("the source is no file or folder that exists, and no database URL "
                           "that can be read; expected for example "
                           "postgresql://user@host/database")
    return SourceError(f"{source} does not exist; expected a folder of CSV files, a CSV "
                       "file, a workbook, a zip or a database URL such as sqlite:///portfolio.db")


def is_url(source: str) -> bool:
    """Whether a source string names a database."""
    return "://" in source


def may_be_url(text: str) -> bool:
    """Whether a text may have been meant as a URL, and so may hold a password: one slash is
    missing, or there is an @."""
    return "@" in text or re.match(r"[A-Za-z][\w+.-]+:[/\\]", text) is not None


def find_settings(source: Source, settings_file: str | None = None) -> Settings:
    """The settings file that is named, else the one beside the data: in its folder, that of the
    first of several files, or a SQLite file's folder. Raises SettingsError, also where that is a
    link that leads out of the folder."""
    path = _settings_path(source, settings_file)
    return read_settings(path) if path else Settings()


def find_access(source: Source, settings_file: str | None = None) -> Access:
    """Who may come in, as these settings say. Raises SettingsError."""
    path = _settings_path(source, settings_file)
    return read_access_of(path) if path else EVERYBODY


def _settings_path(source: Source, settings_file: str | None) -> Path | None:
    if settings_file:
        return Path(settings_file)
    beside = settings_place(source)
    named = () if isinstance(source, str) else map(Path, source)  # who names a link means it
    if beside and beside not in named and (what := leads_out(beside, beside.parent)):
        raise SettingsError(f"{beside} is {what}, which is not read: name it with --settings")
    return beside if beside and beside.is_file() else None


def settings_place(source: Source) -> Path | None:
    """Where the settings of a source lie if it has any; None for a database that is no file."""
    if not isinstance(source, str):
        named = next((one for one in source if Path(one).name == FILE_NAME), None)
        return Path(named) if named else settings_place(source[0])
    if not is_url(source):
        place = Path(source)
        return (place if place.is_dir() else place.parent) / FILE_NAME
    if sqlite := re.match(r"sqlite(\+\w+)?:///(file:)?(?P<path>[^?]*)", source):
        return Path(unquote(sqlite["path"])).parent / FILE_NAME
    return None


def settings_within(source: Source) -> bytes | None:
    """The settings in a zip of the source, which count where none lie beside it; None if there are
    none."""
    if isinstance(source, str) and is_url(source):
        return None
    paths = [Path(source)] if isinstance(source, str) else [Path(one) for one in source]
    files = [file for path in paths for file in (mixed_files(path) if path.is_dir() else [path])]
    return settings_of_packed(files)
