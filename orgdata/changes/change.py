"""The change of one object, and the comparison of two tables that all parts are built on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from pandas.api.extensions import take

from orgdata.tabular.cells import as_written, text_array
from orgdata.tabular.lookup import Positions, is_in, joined, matches
from orgdata.tabular.select import plain_cells

ObjectType = Literal["outcome", "product", "purpose", "manager", "link", "objective", "key_result",
                     "goalpost", "dependency", "roadblock", "gap", "pattern", "milder"]
Value = str | float | bool | date | None
IDS: dict[ObjectType, tuple[str, ...]] = {
    "outcome": ("outcome_id",), "product": ("product_id",), "purpose": ("product_id",),
    "manager": ("product_id", "person_id"), "link": ("product_id", "outcome_id"),
    "objective": ("objective_id",), "key_result": ("kr_id",), "goalpost": ("kr_id",),
    "dependency": ("dependency_id",), "roadblock": ("roadblock_id",),
    "gap": ("key",), "pattern": ("code",), "milder": ("table", "id")}


@dataclass(frozen=True)
class Change:
    """The change of one object.

    kind: what happened (`added`, `removed`, …) or which value changed (`weight`, `status`, …).
    ids: the columns that IDS names. name: its name (of a gap: its message). before, after: the
    value that changed, None if unknown or absent. note: further information, or "".
    """

    object_type: ObjectType
    kind: str
    ids: tuple[str, ...]
    name: str
    before: Value
    after: Value
    note: str = ""


def side_by_side(before: pd.DataFrame, after: pd.DataFrame, key: Sequence[str],
                 columns: Sequence[str]) -> pd.DataFrame:
    """Join two tables by their key, sorted by it.

    Each of `columns` appears twice, as _before and _after; `gone` and `new` mark rows that one
    side lacks, `both` those on both sides.
    """
    one, other = joined(before, key), joined(after, key)
    was, now = matches(one, other)
    gone, new = np.flatnonzero(~is_in(one, other)), np.flatnonzero(~is_in(other, one))
    at_before = np.concatenate([was, gone, np.full(len(new), -1)])
    at_after = np.concatenate([now, np.full(len(gone), -1), new])
    either = np.where(at_before < 0, at_after + len(before), at_before)
    ids = {name: as_written(pd.concat([before[name], after[name]])).take(either) for name in key}
    order = np.asarray(pc.sort_indices(pa.table(ids), [(name, "ascending") for name in key]))
    at_before, at_after = at_before[order], at_after[order]
    return pd.DataFrame(
        {name: text_array(cells.take(order)) for name, cells in ids.items()}
        | {f"{name}_before": _cells_at(before[name], at_before) for name in columns}
        | {f"{name}_after": _cells_at(after[name], at_after) for name in columns}
        | {"gone": at_after < 0, "new": at_before < 0, "both": (at_before >= 0) & (at_after >= 0)},
        copy=False)


def _cells_at(column: pd.Series, places: Positions) -> Any:
    """The cells at these places, missing at −1."""
    plain = isinstance(column.dtype, np.dtype) and column.dtype.kind not in "mM"
    return take(column.to_numpy() if plain else column.array, places, allow_fill=True)


def with_names(rows: pd.DataFrame, column: str = "name") -> pd.DataFrame:
    """The rows with the column `name`: the name after, else the one before."""
    return rows.assign(name=rows[f"{column}_after"].fillna(rows[f"{column}_before"]))


def differ(rows: pd.DataFrame, column: str) -> pd.Series:
    """Which rows are on both sides with different values in a column; two unknowns are equal."""
    before, after = rows[f"{column}_before"], rows[f"{column}_after"]
    apart = (before != after).fillna(True).astype(bool)  # what is unknown is like nothing
    return rows["both"] & apart & ~(before.isna() & after.isna())


def changes_of(object_type: ObjectType, kind: str | None, rows: pd.DataFrame,
               before: str | None = None, after: str | None = None,
               note: str | None = None) -> list[Change]:
    """One change per row; `before`, `after` and `note` are columns. If `kind` is None, it is taken
    from the column `kind`."""
    unknown: list[Value] = [None] * len(rows)
    ids = list(zip(*(rows[id_column] for id_column in IDS[object_type]), strict=True))
    kinds = rows["kind"] if kind is None else [kind] * len(rows)
    return [Change(object_type, *cells) for cells in zip(
        kinds, ids, rows["name"],
        plain_cells(rows[before]) if before else unknown,
        plain_cells(rows[after]) if after else unknown,
        rows[note].fillna("") if note else [""] * len(rows), strict=True)]


def milder_fields(table: str, ids: pd.Series, rows: pd.DataFrame,
                  easier: Mapping[str, pd.Series]) -> list[Change]:
    """One change for each row in which a field is easier, with the field's value on both sides."""
    return [Change("milder", field, (table, cell_id), name, was, now)
            for field, holds in easier.items()
            for cell_id, name, was, now in zip(
                ids[holds], rows.loc[holds, "name"],
                plain_cells(rows.loc[holds, f"{field}_before"]),
                plain_cells(rows.loc[holds, f"{field}_after"]), strict=True)]
