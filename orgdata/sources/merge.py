"""Several sheets of one table, under our column names → one: rows with the same key are one row.

`update` (the default): a later sheet's cells stand above an earlier one's, where they are not
blank. `append`: rows that are there already stay as they are. `replace`: a later sheet takes the
place of all earlier ones. The same sheet twice changes nothing, whichever it is.
"""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from orgdata import formats
from orgdata.model.problems import problems, together
from orgdata.model.schema import TABLES, Table
from orgdata.model.settings import MERGE_MODES
from orgdata.sources.named import row_keys
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
            column: sheet.frame[column].map(lambda one, of=of: of.get(one.strip(), one))
            for column, of in columns.items() if column in sheet.frame})
        found.append((name, RawTable(sheet.origin, frame, sheet.problems, sheet.not_fetched,
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
    columns = list(dict.fromkeys([*below.frame.columns, *above.frame.columns]))
    under, over = (frame.reindex(columns=columns, fill_value="").astype("str") for frame in frames)
    whole = pd.concat([under, over[~here]])
    rows, places = whole.index.to_numpy(copy=True), np.array(
        [*origins[0], *np.array(origins[1], dtype=object)[~here]], dtype=object)
    changed = np.zeros(int(here.sum()), dtype=bool)
    if mode == "update":
        was, now = under.to_numpy()[at[here]], over.to_numpy()[here]
        laid = np.where(now != "", now, was)
        changed = (laid != was).any(axis=1)
        cells = whole.to_numpy()
        cells[at[here]] = laid
        rows[at[here][changed]] = over.index.to_numpy()[here][changed]
        places[at[here][changed]] = np.array(origins[1], dtype=object)[here][changed]
        whole = pd.DataFrame(cells, index=rows, columns=columns, dtype="str")
    both = " and ".join(dict.fromkeys([below.origin, above.origin]))
    merged = RawTable(both, whole, together([below.problems, above.problems]), None,
                      places.tolist())
    new, same = int((~here).sum()), int((~changed).sum())
    return merged, (f"{formats.count(new, 'new row')}, {formats.count(int(changed.sum()), 'row')} "
                    f"of {below.origin} changed, {formats.count(same, 'row')} the same as there")


def _same(table: Table, below: pd.DataFrame, above: pd.DataFrame) -> np.ndarray:
    """Per row above the place of the row below with the same key, −1 where there is none; a key
    that is blank, or stands again in the same sheet, is no match."""
    keys = [_keys(table, frame) for frame in (below, above)]
    first = keys[0][~keys[0].duplicated() & (keys[0] != "")]
    places = pd.Series(np.flatnonzero(~keys[0].duplicated() & (keys[0] != "")), index=first)
    found = keys[1].map(places).fillna(-1).astype("int64").to_numpy()
    return np.where(keys[1].duplicated(), -1, found)


def _keys(table: Table, frame: pd.DataFrame) -> pd.Series:
    """What makes each row one of its kind, "" where the id is blank."""
    joined = row_keys(table, frame)
    return joined.mask(joined.str.startswith("\n"), "").reset_index(drop=True)
