"""Merge several sheets of one table into one: rows with the same key become one row.

`update` (the default): cells of a later sheet replace those of an earlier one unless they are
blank. `append`: rows that exist already are unchanged. `replace`: a later sheet replaces all
earlier ones. In every mode, the same sheet twice changes nothing. All sheets of a table are merged
at once: there may be one for every day of a year.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from orgdata import formats
from orgdata.model.fields import Table
from orgdata.model.problems import join_problems, problems
from orgdata.model.schema import TABLES
from orgdata.model.settings import MERGE_MODES
from orgdata.sources.limits import COLUMNS, SPARSE_FROM
from orgdata.sources.named import row_keys
from orgdata.sources.raw import RawTable, SourceError
from orgdata.tabular import cells
from orgdata.tabular.cells import Mask
from orgdata.tabular.lookup import Positions, codes, is_duplicate

BLANKS = 10  # cells that sheets of one table may span together for each one that they have
Texts = npt.NDArray[np.object_]
# people's ids, though unchecked
_PEOPLE = ("confirmed_by", "role_confirmed_by", "author_id", "answered_by")


def merge(sheets: Sequence[tuple[str, RawTable]],
          modes: Mapping[str, str]) -> tuple[dict[str, RawTable], pd.DataFrame]:
    """One table per name, and a message for each sheet that shares rows with another. Raises
    SourceError for sheets that have too many columns together."""
    by_table: dict[str, list[RawTable]] = defaultdict(list)
    for name, sheet in sheets:
        by_table[name].append(sheet)
    tables: dict[str, RawTable] = {}
    messages = []
    for name, parts in by_table.items():
        if len(parts) == 1:
            tables[name] = parts[0]
            continue
        mode = modes.get(name, MERGE_MODES[0])
        tables[name], remarks = _last_of(parts) if mode == "replace" else _merged(
            TABLES[name], parts, update=mode == "update")
        messages += [problems("information", "merged", name, remark, origin=sheet.origin)
                     for sheet, remark in zip(parts[1:], remarks, strict=True) if remark]
    return tables, join_problems(messages)


def replace_ids(sheets: Sequence[tuple[str, RawTable]],
                same: Mapping[str, Mapping[str, str]]) -> list[tuple[str, RawTable]]:
    """The sheets with ids replaced that the settings declare to be the same as another, in every
    column that refers to them. `same`: table → their id → ours."""
    if not same:
        return list(sheets)
    replaced = []
    for name, sheet in sheets:
        columns = {column: same[table] for column, table in id_columns(TABLES[name]).items()
                   if table in same}
        frame = sheet.frame.assign(**{
            column: sheet.frame[column].map(lambda id_, ours=ours: ours.get(id_.strip(), id_))
            for column, ours in columns.items() if column in sheet.frame})
        replaced.append((name, replace(sheet, frame=frame)))
    return replaced


def id_columns(table: Table) -> dict[str, str]:
    """The columns of a table that hold ids, and the table each refers to."""
    own = {table.key[0]: table.name} if len(table.key) == 1 else {}
    return {**own, **{f.name: f.references for f in table.fields if f.references},
            **{f.name: "people" for f in table.fields if f.name in _PEOPLE}}


def _last_of(sheets: Sequence[RawTable]) -> tuple[RawTable, list[str]]:
    """The last of some sheets, and what each but the first took the place of, in words."""
    return sheets[-1], [f"takes the place of {len(below.frame):,} rows of {below.origin}"
                        for below in sheets[:-1]]


def _merged(table: Table, sheets: Sequence[RawTable], update: bool) -> tuple[RawTable, list[str]]:
    """Some sheets as one, and what each but the first changed, in words."""
    rows = _stacked(table, [sheet.frame for sheet in sheets])
    origins = np.concatenate([np.array(sheet.origins or [sheet.origin] * len(sheet.frame), object)
                              for sheet in sheets])
    sheet_of = np.repeat(np.arange(len(sheets)), [len(sheet.frame) for sheet in sheets])
    row_of = _row_of(table, rows, sheet_of)
    same = row_of != np.arange(len(rows))
    changed = np.zeros(len(rows), dtype=bool)
    if update and same.any():
        rows, origins, changed = _updated(rows, origins, row_of)
    counts = [np.bincount(sheet_of[where], minlength=len(sheets))[1:].tolist()
              for where in (~same, changed, same & ~changed)]
    origin = [sheet.origin for sheet in sheets]
    names = [formats.listed(list(dict.fromkeys(origin[:end])))
             for end in range(1, len(sheets) + 1)]
    exact = frozenset(name for name in rows if all(
        name in sheet.exact_columns for sheet in sheets if name in sheet.frame))
    return RawTable(names[-1], rows[~same], join_problems(sheet.problems for sheet in sheets), None,
                    origins[~same].tolist(), exact_columns=exact), [
        _in_words(new, other, 0 if own == below else equal, below)
        for new, other, equal, own, below in zip(*counts, origin[1:], names[:-1], strict=True)]


def _in_words(new: int, changed: int, equal: int, below: str) -> str:
    """What a sheet changed of those before it; nothing where it only has rows of its own."""
    if not (changed or equal):
        return ""
    there = "there" if changed else f"in {below}"
    return ", ".join(filter(None, (
        formats.count(new, "new row") if new else "",
        f"{formats.count(changed, 'row')} of {below} changed" if changed else "",
        f"{formats.count(equal, 'row')} the same as {there}" if equal else "")))


def _stacked(table: Table, frames: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """The rows of all frames of text, blank in the columns that theirs lacks. Not by `pd.concat`,
    which makes a column of blanks for each frame and column."""
    names = list(dict.fromkeys(name for frame in frames for name in frame))
    if len(names) > COLUMNS:
        raise SourceError(f"the sheets of {table.name} have more than {COLUMNS:,} columns "
                          "together, the most that is read")
    rows, filled = sum(map(len, frames)), sum(frame.size for frame in frames)
    if rows * len(names) > max(SPARSE_FROM, BLANKS * filled):
        raise SourceError(f"the sheets of {table.name} have {rows:,} rows and {len(names):,} "
                          f"columns together, but {filled:,} cells: few columns are in two of them")
    blanks = [pa.array([""] * len(frame), pa.large_string()) for frame in frames]
    columns = {name: cells.text_array(pc.fill_null(pa.chunked_array(
        chunk for frame, blank in zip(frames, blanks, strict=True) for chunk in (
            _chunks(frame[name]) if name in frame else [blank])), "").combine_chunks())
        for name in names}
    return pd.DataFrame(columns, np.concatenate([frame.index for frame in frames]), copy=False)


def _chunks(column: pd.Series) -> list[pa.Array]:
    values = pa.array(column, pa.large_string(), from_pandas=True)
    return values.chunks if isinstance(values, pa.ChunkedArray) else [values]


def _row_of(table: Table, rows: pd.DataFrame, sheet_of: Positions) -> Positions:
    """For each row of all sheets the position of the first one with its key in an earlier sheet,
    else its own. A key that is blank, or repeated in its own sheet, is that of no other row."""
    joined = row_keys(table, rows)
    blank = joined.str.startswith("\n").to_numpy() | (joined == "").to_numpy()
    keys = codes(joined)
    place = np.arange(len(rows))
    first = place[~is_duplicate([keys], "first")]
    row_of = first[pd.Index(keys[first]).get_indexer(keys)]
    alone = blank | is_duplicate([keys, sheet_of], "first") | (sheet_of[row_of] == sheet_of)
    return np.where(alone, place, row_of)


def _updated(rows: pd.DataFrame, origins: Texts,
             row_of: Positions) -> tuple[pd.DataFrame, Texts, Mask]:
    """All rows with the last cells that are not blank of those that are the same; a row that was
    changed has the number and the origin of the last one to do so. And which ones did."""
    place = np.arange(len(rows))
    chain = np.flatnonzero(np.isin(row_of, row_of[row_of != place]))
    chain = chain[np.argsort(row_of[chain], kind="stable")]  # each row, then what changes it
    first = row_of[chain] == chain
    end = np.append(first[1:], True)

    def last(where: Mask) -> Positions:
        """For each link the place of the last one up to it where this holds, or of the first."""
        return np.maximum.accumulate(np.where(where | first, np.arange(len(chain)), 0))

    def source(where: Mask) -> Positions:
        """The position of each row or, at the start of a chain, of the last such link."""
        found = place.copy()
        found[chain[first]] = chain[last(where)[end]]
        return found

    changes = np.zeros(len(chain), dtype=bool)
    columns = {}
    for name in rows:
        theirs = rows[name].array.take(chain)
        filled = np.asarray(theirs != "", dtype=bool)
        changes |= filled & ~first & np.asarray(theirs != theirs.take(np.roll(last(filled), 1)))
        columns[name] = rows[name].array.take(source(filled))
    changed = np.zeros(len(rows), dtype=bool)
    changed[chain] = changes
    numbers = source(changes)
    return pd.DataFrame(columns, rows.index[numbers]), origins[numbers], changed
