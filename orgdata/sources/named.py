"""Rename the columns of a sheet to ours, by its header and the settings."""

import pandas as pd

from orgdata.model.fields import Table
from orgdata.model.problems import join_problems, problems
from orgdata.model.settings import Settings
from orgdata.sources.raw import RawTable
from orgdata.sources.text.delimited import header_names
from orgdata.tabular.columns import match_columns


def under_our_names(table: Table, sheet: RawTable,
                    settings: Settings) -> tuple[pd.DataFrame, list[str], pd.DataFrame]:
    """A sheet's columns that belong to a table, under our names; the names of its other columns;
    and what is wrong with the mapping. A fixed value fills a column that the sheet lacks."""
    columns = list(sheet.frame.columns)
    chosen, wrong = match_columns(table, columns, settings.columns.get(table.name, {}))
    fixed = {column: value for column, value in settings.fixed.get(table.name, {}).items()
             if column not in chosen}
    frame = sheet.frame[list(chosen.values())].set_axis(list(chosen), axis="columns")
    frame = frame.assign(**fixed) if fixed else frame
    messages = [problems("warning", "unknown_column", table.name, reason, origin=sheet.origin,
                         column=column) for column, reason in wrong.items()]
    return frame, [name for name in columns if name not in chosen.values()], join_problems(messages)


def with_other_columns(frame: pd.DataFrame, other_columns: pd.DataFrame) -> pd.DataFrame:
    """A frame and columns we do not know, numbered where their names are ours already."""
    if not len(other_columns.columns):
        return frame
    names, _ = header_names([*frame.columns, *other_columns.columns])
    return pd.concat([frame, other_columns], axis="columns").set_axis(names, axis="columns")


def row_keys(table: Table, frame: pd.DataFrame) -> pd.Series:
    """The cells of a table's key joined, row by row; blank for columns that are not there."""
    parts = [frame[column].str.strip() if column in frame
             else pd.Series("", index=frame.index, dtype="str") for column in table.key]
    joined = parts[0]
    for part in parts[1:]:
        joined = joined + "\n" + part
    return joined
