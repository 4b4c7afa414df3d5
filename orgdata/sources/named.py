"""A sheet → a frame under our column names, as its header and the settings say."""

import pandas as pd

from orgdata.columns import choose
from orgdata.problems import problems, together
from orgdata.schema import Table, normalise_name
from orgdata.settings import Settings
from orgdata.sources.delimited import header_names
from orgdata.sources.raw import RawTable


def named(table: Table, sheet: RawTable,
          settings: Settings) -> tuple[pd.DataFrame, list[str], pd.DataFrame]:
    """The columns of a table that a sheet holds, under our names; the sheet's other columns; and
    what is wrong with the mapping. A fixed value fills a column that the sheet does not hold."""
    columns = list(sheet.frame.columns)
    chosen, wrong = choose(table, columns, settings.columns.get(table.name, {}))
    fixed = {column: value for column, value in settings.fixed.get(table.name, {}).items()
             if column not in chosen}
    frame = pd.DataFrame({ours: sheet.frame[theirs] for ours, theirs in chosen.items()},
                         index=sheet.frame.index).assign(**fixed)
    said = [problems("warning", "unknown_column", table.name, reason, origin=sheet.origin,
                     column=column) for column, reason in wrong.items()]
    return frame, [name for name in columns if name not in chosen.values()], together(said)


def with_others(frame: pd.DataFrame, others: pd.DataFrame) -> pd.DataFrame:
    """A frame and the columns we do not know, which keep their names unless ours took them."""
    names, _ = header_names([*frame.columns, *others.columns])
    return pd.concat([frame, others], axis="columns").set_axis(names, axis="columns")


def holds(table: Table, sheet: RawTable, settings: Settings) -> bool:
    """Whether a sheet has every column a table cannot do without."""
    chosen, _ = choose(table, list(sheet.frame.columns), settings.columns.get(table.name, {}))
    return set(table.required) <= chosen.keys() | {
        normalise_name(column) for column in settings.fixed.get(table.name, {})}
