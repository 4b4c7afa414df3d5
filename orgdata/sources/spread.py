"""Spread a flat sheet over several of our tables: say, one line per key result that names its
objective, product and manager in other columns. The settings name the sheet for each table.

A table gets one row for each key, with the first value of every column that is not blank.
"""

from collections.abc import Sequence

import pandas as pd

from orgdata.model.portfolio import Export
from orgdata.model.problems import join_problems, problems
from orgdata.model.schema import TABLES
from orgdata.model.settings import Settings
from orgdata.sources.named import row_keys, under_our_names
from orgdata.sources.raw import RawTable

NAME = "mapped"


def spread(sheet: RawTable, ours: Sequence[str],
           settings: Settings) -> tuple[dict[str, RawTable], Export, pd.DataFrame]:
    """The tables made from a sheet, what became of its records, and the problems.

    A record is used if it is the first to name a row (in the last such table of the schema), merged
    if all the rows it names were named before, and set aside if it names none.
    """
    dispositions = pd.DataFrame({
        "disposition": "set_aside", "table": "",
        "reason": f"none of the columns that name {', '.join(ours)} is filled",
    }, index=sheet.frame.index)
    tables: dict[str, RawTable] = {}
    messages = [sheet.problems.assign(table=NAME)]
    used: set[str] = set()
    for name in TABLES:
        if name not in ours:
            continue
        cells, unread, wrong = under_our_names(TABLES[name], sheet, settings)
        frame = cells.apply(lambda column: column.str.strip())
        used |= set(sheet.frame.columns) - set(unread)
        messages.append(wrong)
        keys, first = _rows_named(name, frame)
        named_before = (keys != "") & (dispositions["disposition"] == "set_aside")
        dispositions.loc[named_before, ["disposition", "reason"]] = ["merged", ""]
        dispositions.loc[first, ["disposition", "table"]] = ["used", name]
        rows, differing = _one_row_per_key(frame, keys)
        tables[name] = RawTable(sheet.origin, rows)
        if differing:
            messages.append(problems("warning", "merged", name, "records of the same row differ "
                                     "here; the first value that is not blank stands",
                                     origin=sheet.origin, column=differing))
    unused = [column for column in sheet.frame.columns if column not in used]
    if unused:
        messages.append(problems("information", "unknown_column", NAME, "kept with the record, but "
                                 "no table reads it", origin=sheet.origin, column=unused))
    export = Export(NAME, "mapped table", sheet.origin, sheet.frame, dispositions)
    return tables, export, join_problems(messages)


def _rows_named(name: str, frame: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
    """For each record the key of the row it names, "" if none, and whether it is the first to name
    that row."""
    table = TABLES[name]
    parts = [column for column in table.key if column in frame]
    ids = [f.name for f in table.fields if f.name in parts and f.required]
    has_ids = (frame[ids] != "").all(axis="columns") & bool(parts)
    keys = row_keys(table, frame).where(has_ids, "").astype("str")
    return keys, (keys != "") & ~keys.duplicated()


def _one_row_per_key(frame: pd.DataFrame, keys: pd.Series) -> tuple[pd.DataFrame, list[str]]:
    """One row per key, at the first record with it, and the columns in which records differ."""
    with_key = frame[keys != ""]
    filled = with_key.mask(with_key == "").groupby(keys[keys != ""], sort=False)
    first = filled.first().fillna("").astype("str")
    index = with_key.index[~keys[keys != ""].duplicated()]
    return first.set_axis(index), [column for column in frame
                                   if (filled[column].nunique() > 1).any()]
