"""What each sheet is: an export of a tool, one or several of our tables, or nothing we know."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pandas as pd

from orgdata.formats import with_article
from orgdata.model.fields import normalise_name
from orgdata.model.problems import join_problems, problems
from orgdata.model.schema import TABLES
from orgdata.model.settings import Settings
from orgdata.sources import vendors
from orgdata.sources.layouts import (
    follow_dated_columns,
    same_layout_as,
    settings_for_sheet,
)
from orgdata.sources.raw import RawTable, choose_tables, chosen_tables
from orgdata.sources.sheets import Sheet
from orgdata.sources.vendors import Vendor
from orgdata.tabular.columns import has_required_columns, match_columns


@dataclass(frozen=True)
class Recognised:
    """A sheet and what it is; nothing we know where it has neither a vendor nor tables."""

    sheet: Sheet
    name: str  # of the sheet it is read like, most often its own; as `normalise_name` says
    settings: Settings  # as far as they speak of this sheet
    vendor: Vendor | None
    tables: list[str]  # ours
    complete: bool  # whether it has every column that one of the tables cannot do without


def recognise(sheets: Sequence[Sheet],
              settings: Settings) -> tuple[list[Recognised], pd.DataFrame]:
    """What each of the sheets is, and a problem for each name that is not one of our tables."""
    what_is = recogniser(sheets, settings)
    recognised = [what_is(place) for place in range(len(sheets))]
    chosen, unknown = choose_tables({one.name: one.name for one in recognised}, settings)
    in_vain = [mapped_in_vain(one.vendor, table, one.sheet.table.origin) for one in recognised
               for table, theirs in chosen.items() if one.vendor and theirs == one.name != table]
    return recognised, join_problems([unknown, *in_vain])


def mapped_in_vain(vendor: Vendor, table: str, origin: str) -> pd.DataFrame:
    """The problem that the settings read a table from an export, which is read as what it is."""
    return problems("warning", "unknown_table", table, f"the settings read {table} from it, but it "
                    f"is {with_article(vendor.title)} export and is read as that; to have it "
                    f"read as they say, name it {table}", origin=origin)


def recogniser(sheets: Sequence[Sheet], settings: Settings) -> Callable[[int], Recognised]:
    """A function from the place of a sheet among others to what it is.

    A sheet that bears the name of our table and has what that needs is it; else an export when it
    has the columns of one; else our table when the settings say so, or when it has its columns.
    """
    like = same_layout_as(settings, {sheet.name: list(sheet.table.frame.columns)
                                     for sheet in sheets})
    names = [normalise_name(like.get(sheet.name, sheet.name)) for sheet in sheets]
    all_names = frozenset(names)
    chosen = chosen_tables({name: name for name in names}, settings)

    def what_is(place: int) -> Recognised:
        name = names[place]
        of_sheet = follow_dated_columns(settings_for_sheet(settings, name, all_names),
                                        list(sheets[place].table.frame.columns))
        return _recognised(sheets[place], name, of_sheet,
                           [table for table, theirs in chosen.items() if theirs == name])

    return what_is


def _recognised(sheet: Sheet, name: str, settings: Settings, named: list[str]) -> Recognised:
    """`named`: the tables that the sheet is by its name or by the settings."""
    if name in named and _serves(name, sheet.table, settings):
        return Recognised(sheet, name, settings, None, named, True)
    if vendor := vendors.recognise(sheet.table.frame.columns):
        return Recognised(sheet, name, settings, vendor, [], False)
    if any(_serves(table, sheet.table, settings) for table in named):
        return Recognised(sheet, name, settings, None, named, True)
    fitting = [] if named else _table_like(sheet.table, settings)
    return Recognised(sheet, name, settings, None, named or fitting, bool(fitting))


def _table_like(sheet: RawTable, settings: Settings) -> list[str]:
    """Our table (if any) whose required columns a sheet has; of several the one with the most
    columns in common. Of links it must be half of the sheet: other lists refer to rows, too."""
    fitting = {name: len(match_columns(table, list(sheet.frame.columns), {})[0])
               for name, table in TABLES.items() if _serves(name, sheet, settings)}
    fitting = {name: common for name, common in fitting.items()
               if len(TABLES[name].key) == 1 or 2 * common >= len(sheet.frame.columns)}
    return [max(fitting, key=lambda name: fitting[name])] if fitting else []


def _serves(table: str, sheet: RawTable, settings: Settings) -> bool:
    return has_required_columns(TABLES[table], list(sheet.frame.columns),
                                settings.columns.get(table), settings.fixed.get(table, {}))
