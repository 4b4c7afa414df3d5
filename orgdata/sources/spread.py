"""A flat sheet → several of our tables: one line per key result, say, that names its objective,
product and manager in other columns. The settings name the sheet for each of these tables.

A table gets one row for each key, with the first value that is not blank in every column.
"""

from collections.abc import Sequence

import pandas as pd

from orgdata.model.portfolio import Export
from orgdata.model.problems import problems, together
from orgdata.model.schema import TABLES
from orgdata.model.settings import Settings
from orgdata.sources.named import named, row_keys
from orgdata.sources.raw import RawTable

NAME = "mapped"


def spread(sheet: RawTable, ours: Sequence[str],
           settings: Settings) -> tuple[dict[str, RawTable], Export, pd.DataFrame]:
    """The tables a sheet serves, what became of its records, and what was noticed.

    A record is used when it made a row of its own, in the table furthest down the schema; merged
    when all it names was known; set aside when it names nothing.
    """
    dispositions = pd.DataFrame({
        "disposition": "set_aside", "table": "",
        "reason": f"none of the columns that name {', '.join(ours)} is filled",
    }, index=sheet.frame.index)
    tables: dict[str, RawTable] = {}
    said = [sheet.problems.assign(table=NAME)]
    used: set[str] = set()
    for name in TABLES:
        if name not in ours:
            continue
        cells, others, wrong = named(TABLES[name], sheet, settings)
        frame = cells.apply(lambda column: column.str.strip())
        used |= set(sheet.frame.columns) - set(others)
        said.append(wrong)
        keys, made = _made(name, frame)
        named_before = (keys != "") & (dispositions["disposition"] == "set_aside")
        dispositions.loc[named_before, ["disposition", "reason"]] = ["merged", ""]
        dispositions.loc[made, ["disposition", "table"]] = ["used", name]
        rows, differing = _one_each(frame, keys)
        tables[name] = RawTable(sheet.origin, rows)
        if differing:
            said.append(problems("warning", "merged", name, "records of the same row differ here; "
                                 "the first value that is not blank stands",
                                 origin=sheet.origin, column=differing))
    unused = [column for column in sheet.frame.columns if column not in used]
    if unused:
        said.append(problems("information", "unknown_column", NAME, "kept with the record, but no "
                             "table reads it", origin=sheet.origin, column=unused))
    export = Export(NAME, "mapped table", sheet.origin, sheet.frame, dispositions)
    return tables, export, together(said)


def _made(name: str, frame: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
    """Per record the key of the row it names ("" where it names none), and whether it is the
    first to name it."""
    table = TABLES[name]
    parts = [column for column in table.key if column in frame]
    ids = [f.name for f in table.fields if f.name in parts and f.required]
    named_here = (frame[ids] != "").all(axis="columns") & bool(parts)
    keys = row_keys(table, frame).where(named_here, "").astype("str")
    return keys, (keys != "") & ~keys.duplicated()


def _one_each(frame: pd.DataFrame, keys: pd.Series) -> tuple[pd.DataFrame, list[str]]:
    """One row per key at the first record that names it, and the columns in which others differ."""
    named = frame[keys != ""]
    filled = named.mask(named == "").groupby(keys[keys != ""], sort=False)
    first = filled.first().fillna("").astype("str")
    index = named.index[~keys[keys != ""].duplicated()]
    return first.set_axis(index), [column for column in frame
                                   if (filled[column].nunique() > 1).any()]
