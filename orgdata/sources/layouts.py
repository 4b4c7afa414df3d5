"""Apply settings to sheets of other names: next week's file under a new name, or one more file
with the same columns."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from orgdata.model.fields import normalise_name
from orgdata.model.schema import TABLES
from orgdata.model.settings import Settings
from orgdata.sources.intake.marks import without_dates
from orgdata.sources.text.headers import is_known_header


def follow_renamed_sheets(settings: Settings, sheets: Mapping[str, Sequence[str]]) -> Settings:
    """Settings in which a sheet that is no longer there is replaced by one that has all the columns
    they read from it, or its name with another date, as next week's file may. `sheets`: name →
    columns."""
    present = {normalise_name(name) for name in sheets}
    renamed = {}
    for theirs in dict.fromkeys(settings.tables.values()):
        new_name = next((name for name, columns in sheets.items() if normalise_name(theirs)
                         not in present and (_fits(settings, theirs, columns)
                                             or _differs_by_date(theirs, name))), None)
        if new_name is not None:
            renamed[theirs] = new_name
    return replace(settings, tables={table: renamed.get(theirs, theirs)
                                     for table, theirs in settings.tables.items()})


def same_layout_as(settings: Settings, sheets: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Unknown sheets with exactly the columns of a sheet that the settings name: their name → its
    name. `sheets`: name → columns."""
    known = {normalise_name(theirs): theirs for theirs in settings.tables.values()}
    layouts = {_layout(columns): known[normalise_name(name)]
               for name, columns in sheets.items() if normalise_name(name) in known}
    matches = {}
    for name, columns in sheets.items():
        known_name = layouts.get(_layout(columns))
        if known_name and normalise_name(name) not in known and not (
                normalise_name(name) in TABLES or is_known_header(columns)):
            matches[name] = known_name
    return matches


def follow_dated_columns(settings: Settings, columns: Sequence[str]) -> Settings:
    """Settings that read a column with a date in its name where the sheet has the same one of
    another date: next week's "Status 4 Dec" for "Status 27 Nov"."""
    present = set(map(normalise_name, columns))
    undated: dict[str, list[str]] = {}
    for column in columns:
        undated.setdefault(without_dates(column), []).append(column)

    def today(theirs: str) -> str:
        bare, name = without_dates(theirs), normalise_name(theirs)
        alike = undated.get(bare, ()) if bare and bare != name and name not in present else ()
        return alike[0] if len(alike) == 1 else theirs

    return replace(settings, columns={
        table: {ours: today(theirs) for ours, theirs in pairs.items()}
        for table, pairs in settings.columns.items()})


def settings_for_sheet(settings: Settings, sheet: str, names: Collection[str]) -> Settings:
    """Settings without the column mappings of tables that are read from other sheets. All names are
    normalised by `normalise_name`."""
    def applies(table: str) -> bool:
        named = normalise_name(settings.tables.get(table, sheet))
        return named == sheet or named not in names

    def filtered(part: Mapping[str, Mapping[str, str]]) -> dict[str, Mapping[str, str]]:
        return {table: pairs for table, pairs in part.items() if applies(table)}

    return replace(settings, columns=filtered(settings.columns), fixed=filtered(settings.fixed))


def _differs_by_date(name: str, other: str) -> bool:
    bare = without_dates(name)
    return bool(bare) and bare != normalise_name(name) and bare == without_dates(other)


def _layout(columns: Sequence[str]) -> frozenset[str]:
    return frozenset(without_dates(column) or normalise_name(column) for column in columns)


def _fits(settings: Settings, theirs: str, columns: Sequence[str]) -> bool:
    current = follow_dated_columns(settings, columns)
    wanted = {normalise_name(column) for table, name in settings.tables.items() if name == theirs
              for column in current.columns.get(table, {}).values()}
    return bool(wanted) and wanted <= {normalise_name(column) for column in columns}
