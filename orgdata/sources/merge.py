"""Merge several sheets of one table into one: rows with the same key become one row.

`update` (the default): cells of a later sheet replace those of an earlier one unless they are
blank. `append`: rows that exist already are unchanged. `replace`: a later sheet replaces all
earlier ones. In every mode, the same sheet twice changes nothing.
"""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from orgdata import formats
from orgdata.model.problems import join_problems, problems
from orgdata.model.schema import TABLES, Table
from orgdata.model.settings import MERGE_MODES
from orgdata.sources.named import row_keys
from orgdata.sources.raw import RawTable

_PEOPLE = ("confirmed_by", "role_confirmed_by", "author_id")  # people's ids, though unchecked


def merge(sheets: Sequence[tuple[str, RawTable]],
          modes: Mapping[str, str]) -> tuple[dict[str, RawTable], pd.DataFrame]:
    """One table per name, and a message for each sheet that was merged into another."""
    tables: dict[str, RawTable] = {}
    messages = []
    for name, sheet in sheets:
        if name not in tables:
            tables[name] = sheet
            continue
        tables[name], remark = _merge_onto(TABLES[name], tables[name], sheet,
                                           modes.get(name, MERGE_MODES[0]))
        messages.append(problems("information", "merged", name, remark, origin=sheet.origin))
    return tables, join_problems(messages)


def replace_ids(sheets: Sequence[tuple[str, RawTable]],
                same: Mapping[str, Mapping[str, str]]) -> list[tuple[str, RawTable]]:
    """The sheets with ids replaced that the settings declare to be the same as another, in every
    column that refers to them. `same`: table → their id → ours."""
    if not same:
        return list(sheets)
    replaced = []
    for name, sheet in sheets:
        columns = {column: same[table] for column, table in _id_columns(TABLES[name]).items()
                   if table in same}
        frame = sheet.frame.assign(**{
            column: sheet.frame[column].map(lambda id_, ours=ours: ours.get(id_.strip(), id_))
            for column, ours in columns.items() if column in sheet.frame})
        replaced.append((name, RawTable(sheet.origin, frame, sheet.problems, sheet.not_fetched,
                                        sheet.origins)))
    return replaced


def _id_columns(table: Table) -> dict[str, str]:
    """The columns of a table that hold ids, and the table each refers to."""
    own = {table.key[0]: table.name} if len(table.key) == 1 else {}
    return {**own, **{f.name: f.references for f in table.fields if f.references},
            **{f.name: "people" for f in table.fields if f.name in _PEOPLE}}


def _merge_onto(table: Table, below: RawTable, above: RawTable, mode: str) -> tuple[RawTable, str]:
    """A later sheet merged onto an earlier one, and what that changed, in words."""
    origins = [[*(sheet.origins or [sheet.origin] * len(sheet.frame))] for sheet in (below, above)]
    frames = [below.frame, above.frame]
    if mode == "replace":
        return above, f"takes the place of {len(below.frame):,} rows of {below.origin}"
    at = _positions_below(table, *frames)
    matched = at >= 0
    columns = list(dict.fromkeys([*below.frame.columns, *above.frame.columns]))
    lower, upper = (frame.reindex(columns=columns, fill_value="").astype("str") for frame in frames)
    rows = pd.concat([lower, upper[~matched]])
    above_origins = np.array(origins[1], dtype=object)
    row_origins = np.array([*origins[0], *above_origins[~matched]], dtype=object)
    numbers = rows.index.to_numpy(copy=True)
    changed = np.zeros(int(matched.sum()), dtype=bool)
    if mode == "update":
        before, after = lower.to_numpy()[at[matched]], upper.to_numpy()[matched]
        updated = np.where(after != "", after, before)
        changed = (updated != before).any(axis=1)
        cells = rows.to_numpy()
        cells[at[matched]] = updated
        numbers[at[matched][changed]] = upper.index.to_numpy()[matched][changed]
        row_origins[at[matched][changed]] = above_origins[matched][changed]
        rows = pd.DataFrame(cells, index=numbers, columns=columns, dtype="str")
    origin = " and ".join(dict.fromkeys([below.origin, above.origin]))
    merged = RawTable(origin, rows, join_problems([below.problems, above.problems]), None,
                      row_origins.tolist())
    new, same = int((~matched).sum()), int((~changed).sum())
    return merged, (f"{formats.count(new, 'new row')}, {formats.count(int(changed.sum()), 'row')} "
                    f"of {below.origin} changed, {formats.count(same, 'row')} the same as there")


def _positions_below(table: Table, below: pd.DataFrame, above: pd.DataFrame) -> np.ndarray:
    """For each row of `above` the position in `below` of the row with its key, −1 for none. A key
    that is blank, or repeated in its own sheet, does not match."""
    keys = [_keys(table, frame) for frame in (below, above)]
    first = keys[0][~keys[0].duplicated() & (keys[0] != "")]
    by_key = pd.Series(np.flatnonzero(~keys[0].duplicated() & (keys[0] != "")), index=first)
    at = keys[1].map(by_key).fillna(-1).astype("int64").to_numpy()
    return np.where(keys[1].duplicated(), -1, at)


def _keys(table: Table, frame: pd.DataFrame) -> pd.Series:
    """The key of each row as one text, "" where the id is blank."""
    joined = row_keys(table, frame)
    return joined.mask(joined.str.startswith("\n"), "").reset_index(drop=True)
