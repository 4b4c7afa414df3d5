"""A sheet → a frame under our column names, as its header and the settings say."""

import pandas as pd

from orgdata.model.problems import problems, together
from orgdata.model.schema import Table
from orgdata.model.settings import Settings
from orgdata.sources.raw import RawTable
from orgdata.sources.text.delimited import header_names
from orgdata.tabular.columns import match_columns


def named(table: Table, sheet: RawTable,
          settings: Settings) -> tuple[pd.DataFrame, list[str], pd.DataFrame]:
    """The columns of a table that a sheet holds, under our names; the sheet's other columns; and
    what is wrong with the mapping. A fixed value fills a column that the sheet does not hold."""
    columns = list(sheet.frame.columns)
    chosen, wrong = match_columns(table, columns, settings.columns.get(table.name, {}))
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


def row_keys(table: Table, frame: pd.DataFrame) -> pd.Series:
    """Per row the cells of a table's key, joined; those of a column that is not there are blank."""
    parts = [frame[column].str.strip() if column in frame
             else pd.Series("", index=frame.index, dtype="str") for column in table.key]
    joined = parts[0]
    for part in parts[1:]:
        joined = joined + "\n" + part
    return joined
