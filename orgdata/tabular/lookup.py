"""Ids as positions: where each value stands in a column of ids, fast for millions of rows."""

from collections.abc import Sequence
from typing import Literal

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

Positions = npt.NDArray[np.int64]


def positions(values: pd.Series | pd.Index, ids: pd.Series | pd.Index) -> Positions:
    """The position of each value in `ids` (its first occurrence), −1 where absent or missing."""
    if not len(ids):
        return np.full(len(values), -1)
    found = pc.index_in(_arrow(values), value_set=_arrow(ids), skip_nulls=True)
    return np.asarray(pc.fill_null(found, -1)).astype(np.int64)


def codes(values: pd.Series) -> Positions:
    """Equal whole numbers for equal values of text or days; missing text is −1."""
    if values.dtype == "str":
        at = pc.dictionary_encode(_arrow(values)).indices
        return np.asarray(pc.fill_null(at, -1)).astype(np.int64)
    return np.asarray(values, dtype="datetime64[s]").astype(np.int64)


def is_duplicate(parts: Sequence[Positions],
                 keep: Literal["first", "last"]) -> npt.NDArray[np.bool_]:
    """Which rows have the key of the row to keep, given each part of the key in `codes`. For rows
    in the order of their keys, as most tables are written, a glance is enough."""
    key, *others = (part if (least := part.min(initial=0)) >= 0 else part - least for part in parts)
    for part in others:
        many = int(part.max(initial=0)) + 1
        if int(key.max(initial=0)) >= 2**62 // many:  # a number too large for both
            key = pd.factorize(key)[0]
        key = key * many + part
    if (key[1:] > key[:-1]).all():
        return np.zeros(len(key), dtype=bool)
    return np.asarray(pd.Series(key).duplicated(keep))


def on_cycle(parents: Positions) -> npt.NDArray[np.bool_]:
    """Which nodes stand on a circle, given each node's parent position (−1 = none).

    After n steps upwards every path that ends has ended, so what is still reached is a circle.
    """
    step = _with_end(parents)
    steps = 1
    while steps < len(parents):  # path doubling: log n rounds
        step, steps = step[step], steps * 2
    reached = np.zeros(len(parents) + 1, dtype=bool)
    reached[step] = True
    return reached[:-1]


def nearest_ancestor(has: npt.NDArray[np.bool_], parents: Positions) -> Positions:
    """The node itself or its nearest ancestor for which `has` is true; −1 where there is none.

    `parents` must be free of circles.
    """
    end = len(parents)
    step = np.append(np.where(has, np.arange(end), _with_end(parents)[:-1]), end)
    steps = 1
    while steps < end:
        step, steps = step[step], steps * 2
    found = step[:-1]
    return np.where((found < end) & np.append(has, False)[found], found, -1)


def _with_end(parents: Positions) -> Positions:
    """Parents with one more node that stands for "above the top" and is its own parent."""
    end = len(parents)
    return np.append(np.where(parents < 0, end, parents), end)


def _arrow(values: pd.Series | pd.Index) -> pa.Array:
    array = pa.array(values.array, type=pa.large_string(), from_pandas=True)
    return array.combine_chunks() if isinstance(array, pa.ChunkedArray) else array


def indexed(rows: pd.DataFrame, key: str, column: str) -> pd.Series:
    """One column of a table, indexed by another, to look ids up in."""
    return pd.Series(rows[column].array, index=pd.Index(rows[key]))


def look_up_any(ids: pd.Series, found: pd.Series) -> pd.Series:
    """The text or date of each id in `found` (indexed by id), missing where it is not there."""
    at = positions(ids, found.index)
    return pd.Series(found.array.take(at, allow_fill=True), index=ids.index)


def look_up(ids: pd.Series, found: pd.Series, otherwise: float | bool | int) -> pd.Series:
    """The value of each id in `found` (indexed by id), `otherwise` where it is not there."""
    at = positions(ids, found.index)
    values = np.full(len(ids), otherwise, dtype=np.result_type(type(otherwise), found.to_numpy()))
    values[at >= 0] = found.to_numpy()[at[at >= 0]]
    return pd.Series(values, index=ids.index)


def is_in(values: pd.Series, ids: pd.Series) -> pd.Series:
    """Whether each value stands among the ids; as `isin`, but fast for text in arrow."""
    return pd.Series(positions(values, ids) >= 0, index=values.index)


def count_by(ids: pd.Series, keys: pd.Series) -> pd.Series:
    """How often each id, of which no two are alike, stands among the keys."""
    return count_at(ids, positions(keys, ids))


def count_at(ids: pd.Series, at: Positions, holds: pd.Series | None = None) -> pd.Series:
    """How often each id stands at the positions, of the rows for which something holds."""
    counted = at >= 0 if holds is None else (at >= 0) & holds.to_numpy()
    return pd.Series(np.bincount(at[counted], minlength=len(ids)), index=ids.index)
