"""Several sheets of one table → one: rows with the same key are one row.

`update` (the default): a later sheet's cells stand above an earlier one's, where they are not
blank. `append`: rows that are there already stay as they are. `replace`: a later sheet takes the
place of all earlier ones. The same sheet twice changes nothing, whichever it is.
"""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from orgdata.problems import problems, together
from orgdata.schema import TABLES, Table, normalise_name
from orgdata.settings import MERGE_MODES
from orgdata.sources.raw import RawTable

_PEOPLE = ("confirmed_by", "role_confirmed_by", "author_id")  # not checked, yet they name people


def merge(sheets: Sequence[tuple[str, RawTable]],
          modes: Mapping[str, str]) -> tuple[dict[str, RawTable], pd.DataFrame]:
    """One table per name, and what was merged."""
    tables: dict[str, RawTable] = {}
    said = []
    for name, sheet in sheets:
        if name not in tables:
            tables[name] = sheet
            continue
        tables[name], remark = _onto(TABLES[name], tables[name], sheet,
                                     modes.get(name, MERGE_MODES[0]))
        said.append(problems("information", "merged", name, remark, origin=sheet.origin))
    return tables, together(said)


def renamed(sheets: Sequence[tuple[str, RawTable]],
            same: Mapping[str, Mapping[str, str]]) -> list[tuple[str, RawTable]]:
    """The sheets with ids that were said to be the same as another put in its place, wherever
    a column names one. `same`: table → their id → ours."""
    if not same:
        return list(sheets)
    found = []
    for name, sheet in sheets:
        columns = {column: same[table] for column, table in _naming(TABLES[name]).items()
                   if table in same}
        frame = sheet.frame.assign(**{
            theirs: sheet.frame[theirs].map(lambda one, of=columns[ours]: of.get(one.strip(), one))
            for theirs in sheet.frame.columns if (ours := normalise_name(theirs)) in columns})
        found.append((name, RawTable(sheet.origin, frame, sheet.problems, sheet.stayed,
                                     sheet.origins)))
    return found


def _naming(table: Table) -> dict[str, str]:
    """The columns of a table that name a row, and the table in which it stands."""
    own = {table.key[0]: table.name} if len(table.key) == 1 else {}
    return {**own, **{f.name: f.references for f in table.fields if f.references},
            **{f.name: "people" for f in table.fields if f.name in _PEOPLE}}


def _onto(table: Table, below: RawTable, above: RawTable, mode: str) -> tuple[RawTable, str]:
    """A later sheet laid on an earlier one, and what that did in words."""
    origins = [[*(one.origins or [one.origin] * len(one.frame))] for one in (below, above)]
    frames = [below.frame, above.frame]
    if mode == "replace":
        return above, f"takes the place of {len(below.frame):,} rows of {below.origin}"
    at = _same(table, *frames)
    here = at >= 0
    if mode == "update":
        upper, lower = (frame.reindex(columns=_columns(*frames), fill_value="") for frame in
                        (frames[1][here], frames[0].iloc[at[here]]))
        laid = upper.where(upper.to_numpy() != "", lower.to_numpy())
        changed = int((laid.to_numpy() != lower.to_numpy()).any(axis=1).sum())
        kept = ~np.isin(np.arange(len(frames[0])), at[here])
        parts = [frames[0][kept], laid, frames[1][~here]]
        where = [*np.array(origins[0], dtype=object)[kept],
                 *np.array(origins[1], dtype=object)[here],
                 *np.array(origins[1], dtype=object)[~here]]
    else:
        changed, parts = 0, [frames[0], frames[1][~here]]
        where = [*origins[0], *np.array(origins[1], dtype=object)[~here]]
    joined = pd.concat(parts).fillna("").astype("str")
    noticed = together([below.problems, above.problems])
    names = " and ".join(dict.fromkeys([below.origin, above.origin]))
    return RawTable(names, joined, noticed, None, where), (
        f"{int((~here).sum()):,} rows are new, {changed:,} change rows of {below.origin}, "
        f"{int(here.sum()) - changed:,} change nothing")


def _columns(below: pd.DataFrame, above: pd.DataFrame) -> list[str]:
    return list(dict.fromkeys([*below.columns, *above.columns]))


def _same(table: Table, below: pd.DataFrame, above: pd.DataFrame) -> np.ndarray:
    """Per row above the place of the row below with the same key, −1 where there is none; a key
    that is blank, or stands again in the same sheet, is no match."""
    keys = [_keys(table, frame) for frame in (below, above)]
    first = keys[0][~keys[0].duplicated() & (keys[0] != "")]
    places = pd.Series(np.flatnonzero(~keys[0].duplicated() & (keys[0] != "")), index=first)
    found = keys[1].map(places).fillna(-1).astype("int64").to_numpy()
    return np.where(keys[1].duplicated(), -1, found)


def _keys(table: Table, frame: pd.DataFrame) -> pd.Series:
    names = {normalise_name(name): name for name in frame.columns}
    parts = [frame[names[column]].str.strip() if column in names
             else pd.Series("", index=frame.index, dtype="str") for column in table.key]
    joined = parts[0]
    for part in parts[1:]:
        joined = joined + "\n" + part
    return joined.where(parts[0] != "", "").reset_index(drop=True)
