"""Read a folder of CSV files: one per table, named after it, and exports of other tools."""

from codecs import BOM_UTF8
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pandas as pd

from orgdata.model.fields import normalise_name
from orgdata.model.problems import join_problems, problems
from orgdata.model.settings import Settings
from orgdata.sources import vendors
from orgdata.sources.files import read_sheets
from orgdata.sources.intake.beside import manager_column
from orgdata.sources.intake.mapped import is_by_hand
from orgdata.sources.intake.read import tells_of_something
from orgdata.sources.layouts import follow_dated_columns, follow_renamed_sheets
from orgdata.sources.raw import RawSource, RawTable, SourceError, choose_tables
from orgdata.sources.recognise import mapped_in_vain, recognise
from orgdata.sources.several import SUFFIXES, listed, read_several
from orgdata.sources.sheets import Sheet, unescaped
from orgdata.sources.text.delimited import NotDelimitedText, read_delimited
from orgdata.sources.text.start import START

KIND = "csv folder"


def read_folder(folder: Path, settings: Settings) -> RawSource:
    """Read every file that is one of our tables by name, another tool's export or somebody's own
    list by its columns; where none is, all of them, as an upload of them. Raises SourceError when
    there is nothing we know.

    A file that cannot be read becomes a problem as long as another can be.
    """
    files = {path.name: path for path in listed(folder) if path.suffix.lower() in SUFFIXES}
    if not files:
        raise SourceError(f"{folder} holds no CSV file; expected files such as products.csv, "
                          "outcomes.csv, assignments.csv")
    if {*map(normalise_name, settings.tables.values())} - {normalise_name(
            path.stem) for path in files.values()}:
        settings = follow_renamed_sheets(
            settings, {path.stem: _header(path) for path in files.values()})
    chosen, noticed = choose_tables({name: path.stem for name, path in files.items()},
                                    settings)
    in_vain = {table: vendor for table, name in chosen.items()
                if normalise_name(files[name].stem) != table
                and (vendor := vendors.recognise(_header(files[name])))}
    noticed = join_problems([noticed, *(
        mapped_in_vain(vendor, table, chosen.pop(table)) for table, vendor in in_vain.items())])
    mapped = _has_data_page_settings(settings, chosen)
    others = {name: sheet for name in sorted(files.keys() - set(chosen.values()))
              if (sheet := _other_in(files[name], mapped, settings))}
    if not chosen and not any(vendors.recognise(one.frame.columns) for one in others.values()):
        return read_several(str(folder), list(files.values()), settings, KIND)
    tables: dict[str, RawTable] = {}
    unreadable: list[pd.DataFrame] = []
    for table, name in chosen.items():
        try:
            tables[table] = _read(files[name], table)
        except (NotDelimitedText, OSError) as error:
            reason = error.strerror if isinstance(error, OSError) else str(error)
            unreadable.append(problems("error", "unreadable", table, f"{reason}; the table is "
                                       "not loaded", origin=name))
    names_managers = "products" in tables and manager_column(
        tables, list(tables["products"].frame.columns))
    if (tables and (mapped or names_managers)) or others:
        sheets = {**{chosen[name]: table for name, table in tables.items()}, **others}
        known = noticed[~noticed["table"].isin([files[name].stem for name in others])]
        return read_sheets(
            str(folder), KIND, [Sheet(files[name].stem, unescaped(table))
                                for name, table in sorted(sheets.items())], [known, *unreadable],
            replace(settings, tables={table: files[name].stem for table, name in chosen.items()}))
    if not tables:
        raise SourceError(f"{folder}: " + "; ".join(
            message for frame in unreadable for message in frame["message"]))
    for table in tables:
        columns = follow_dated_columns(settings, list(tables[table].frame.columns)).columns
        settings = replace(settings, columns={**settings.columns, **{
            name: pairs for name, pairs in columns.items() if name == table}})
    return RawSource(str(folder), KIND, tables, settings,
                     join_problems([noticed, *unreadable]))


def _read(path: Path, table: str) -> RawTable:
    """A file as a table. What we write for spreadsheets has quotation marks around every cell: it
    comes back as it was."""
    content = path.read_bytes()
    quoted = content[:4].removeprefix(BOM_UTF8).startswith(b'"')
    read = read_delimited(content, table, path.name)
    return unescaped(read) if quoted else read


def _has_data_page_settings(settings: Settings, chosen: Mapping[str, str]) -> bool:
    """Whether the settings hold what only the Data page writes: one file for several tables, titles
    as ids, fixed values, or ids that are the same."""
    return bool(settings.fixed or settings.same or len({*chosen.values()}) < len(chosen)
                or any(is_by_hand(settings, [table]) for table in chosen))


def _header(path: Path) -> list[str]:
    """The column names of a file; none if they cannot be read."""
    try:
        return list(read_delimited(_start(path), path.stem, path.name).frame.columns)
    except (NotDelimitedText, OSError):
        return []


def _start(path: Path) -> bytes:
    """The first lines of a file, whole: a character cut in two would make the text look as if it
    were in another encoding."""
    with path.open("rb") as file:
        start = file.read(START)
    whole_or_utf_16 = len(start) < START or b"\0" in start
    return start if whole_or_utf_16 else start[:start.rfind(b"\n") + 1] or start


def _other_in(path: Path, mapped: bool, settings: Settings) -> RawTable | None:
    """A file that is none of our tables by its name, read if its columns make it another tool's
    export or somebody's own list. Only the first rows are read to find out; if the files were
    `mapped` on the Data page, all are read, as they were there."""
    try:
        start = read_delimited(_start(path), path.stem, path.name)
        return read_delimited(path.read_bytes(), path.stem, path.name) if (
            mapped or _is_read(Sheet(path.stem, start), settings)) else None
    except (NotDelimitedText, OSError):
        return None  # it is reported as a file we do not know


def _is_read(start: Sheet, settings: Settings) -> bool:
    """Whether a file beside our tables is read, by its first rows. One with the columns of a table
    of ours has to be named in the settings: it might be an old one."""
    (one,), _ = recognise([start], replace(settings, tables={}))
    return one.vendor is not None or (not one.tables and tells_of_something(start, settings))
