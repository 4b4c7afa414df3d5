"""Sheets that are read as the settings read another one: next week's file under a new name, or
one more file of the same columns."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from orgdata.model.schema import TABLES, normalise_name
from orgdata.model.settings import Settings
from orgdata.sources.text.headers import is_known


def recalled(settings: Settings, sheets: Mapping[str, Sequence[str]]) -> Settings:
    """Settings for next week's file: a sheet they name that is not there any more is taken to be
    the one that has all the columns they read of it. `sheets`: name → its columns."""
    here = {normalise_name(name) for name in sheets}
    renamed = {}
    for theirs in dict.fromkeys(settings.tables.values()):
        fitting = next((name for name, columns in sheets.items()
                        if normalise_name(theirs) not in here and _fits(settings, theirs, columns)),
                       None)
        if fitting is not None:
            renamed[theirs] = fitting
    return replace(settings, tables={table: renamed.get(theirs, theirs)
                                     for table, theirs in settings.tables.items()})


def alike(settings: Settings, sheets: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """The sheets that are nothing we know by themselves, yet have the columns of one the settings
    name: each with the name of that one."""
    known = {normalise_name(theirs): theirs for theirs in settings.tables.values()}
    layouts = {frozenset(map(normalise_name, columns)): known[normalise_name(name)]
               for name, columns in sheets.items() if normalise_name(name) in known}
    found = {}
    for name, columns in sheets.items():
        like = layouts.get(frozenset(map(normalise_name, columns)))
        if like and normalise_name(name) not in known and not (
                normalise_name(name) in TABLES or is_known(columns)):
            found[name] = like
    return found


def for_sheet(settings: Settings, sheet: str, names: Collection[str]) -> Settings:
    """Settings as far as they speak of a sheet: how a table is read from another of these `names`
    says nothing of it. Names as `normalise_name` says."""
    def speaks(table: str) -> bool:
        named = normalise_name(settings.tables.get(table, sheet))
        return named == sheet or named not in names

    def kept(part: Mapping[str, Mapping[str, str]]) -> dict[str, Mapping[str, str]]:
        return {table: pairs for table, pairs in part.items() if speaks(table)}

    return replace(settings, columns=kept(settings.columns), fixed=kept(settings.fixed))


def _fits(settings: Settings, theirs: str, columns: Sequence[str]) -> bool:
    wanted = {normalise_name(column) for table, name in settings.tables.items() if name == theirs
              for column in settings.columns.get(table, {}).values()}
    return bool(wanted) and wanted <= {normalise_name(column) for column in columns}
