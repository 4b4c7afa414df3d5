"""Spread a flat sheet over several of our tables: say, one line per key result that names its
objective, product and manager in other columns. The settings name the sheet for each table.

A table gets one row for each key, with the first value of every column that is not blank. Where ids
are only titles, goals of one title and several products are told apart, and so are key results of
one title and several goals.
"""

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from orgdata.model.fields import normalise_name
from orgdata.model.portfolio import Export
from orgdata.model.problems import join_problems, problems
from orgdata.model.schema import TABLES
from orgdata.model.settings import Settings
from orgdata.sources.named import row_keys, under_our_names
from orgdata.sources.raw import RawTable

NAME = "mapped"
_TOLD_APART_BY = {"objectives": {"objective_id": "product_id"},
                  "key_results": {"kr_id": "objective_id"}}


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
    ids: dict[str, dict[str, pd.Series]] = {}
    for name in TABLES:
        if name not in ours:
            continue
        own = _without_columns_of_others(name, sheet, ours, settings)
        cells, unread, wrong = under_our_names(TABLES[name], own, settings)
        frame = _told_apart(name, cells.apply(lambda column: column.str.strip()), settings, ids)
        used |= set(own.frame.columns) - set(unread)
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


def _without_columns_of_others(name: str, sheet: RawTable, ours: Sequence[str],
                               settings: Settings) -> RawTable:
    """The sheet for one table, less columns that only other tables map: the status of a key result
    is not that of its product. Ids are shared: a column that bears the name of one serves all."""
    own = {*map(normalise_name, settings.columns.get(name, {}).values())}
    shared = {f.name for f in TABLES[name].fields if f.references or f.name in TABLES[name].key}
    mapped = {normalise_name(theirs) for table in ours
              for theirs in settings.columns.get(table, {}).values()} - own - shared
    return replace(sheet, frame=sheet.frame[[
        column for column in sheet.frame.columns if normalise_name(column) not in mapped]])


def _told_apart(name: str, frame: pd.DataFrame, settings: Settings,
                ids: dict[str, dict[str, pd.Series]]) -> pd.DataFrame:
    """Rows of a table with ids that tell apart what only shares a title. `ids` are those found, by
    our column and the column they were made of; later tables refer to them."""
    mapping = {ours: normalise_name(theirs)
               for ours, theirs in settings.columns.get(name, {}).items()}
    made = {column: ids[column][mapping[column]] for column in ("objective_id", "kr_id")
            if column in frame and mapping.get(column) in ids.get(column, {})}
    frame = frame.assign(**made)
    for key, by in _TOLD_APART_BY.get(name, {}).items():
        if by in frame and key in mapping and mapping[key] == mapping.get("title"):
            several = frame[by].mask(frame[by] == "").groupby(frame[key]).transform("nunique") > 1
            apart = several & (frame[by] != "") & (frame[key] != "")
            frame = frame.assign(**{key: frame[key].mask(apart, frame[key] + " · " + frame[by])})
            ids.setdefault(key, {})[mapping[key]] = frame[key]
    return frame


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
