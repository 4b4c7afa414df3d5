"""One change, and two tables side by side: what every part of the comparison is built from."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

import pandas as pd

Of = Literal["outcome", "product", "manager", "link", "objective", "key_result", "goalpost", "gap",
             "pattern"]
Value = str | float | bool | date | None
IDS: dict[Of, tuple[str, ...]] = {
    "outcome": ("outcome_id",), "product": ("product_id",),
    "manager": ("product_id", "person_id"), "link": ("product_id", "outcome_id"),
    "objective": ("objective_id",), "key_result": ("kr_id",), "goalpost": ("kr_id",),
    "gap": ("key",), "pattern": ("code",)}


@dataclass(frozen=True)
class Change:
    """One thing that is not as it was.

    ids: as IDS names them. name: what people call it (a gap: its message). before, after: the
    value that changed, None where unknown or not there. note: what else there is to say, or "".
    """

    of: Of
    what: str
    ids: tuple[str, ...]
    name: str
    before: Value
    after: Value
    note: str = ""


def matched(before: pd.DataFrame, after: pd.DataFrame, key: Sequence[str],
            columns: Sequence[str]) -> pd.DataFrame:
    """Both tables side by side, in order of the key: whatever order their rows are in.

    Each of `columns` comes twice, with _before and _after; `gone` and `new` say in which rows
    one side is missing, `both` where neither is.
    """
    rows = before[[*key, *columns]].merge(
        after[[*key, *columns]], on=list(key), how="outer", suffixes=("_before", "_after"),
        indicator="side").sort_values(list(key), ignore_index=True)
    return rows.assign(gone=rows["side"] == "left_only", new=rows["side"] == "right_only",
                       both=rows["side"] == "both")


def named(rows: pd.DataFrame, column: str = "name") -> pd.DataFrame:
    """With `name`: that of the side after, else that before."""
    return rows.assign(name=rows[f"{column}_after"].fillna(rows[f"{column}_before"]))


def differ(rows: pd.DataFrame, column: str) -> pd.Series:
    """Where both sides are there and a column is not the same; two unknowns are the same."""
    before, after = rows[f"{column}_before"], rows[f"{column}_after"]
    unknown = before.isna() | after.isna()
    same = (before == after).fillna(False).astype(bool) | (before.isna() & after.isna())
    return rows["both"] & ~same & (~unknown | (before.isna() != after.isna()))


def changes_of(of: Of, what: str | None, rows: pd.DataFrame, before: str | None = None,
               after: str | None = None, note: str | None = None) -> list[Change]:
    """A change per row; `before`, `after` and `note` name columns. Without `what`, the column
    `what` says it in each row."""
    nothing: list[Value] = [None] * len(rows)
    ids = list(zip(*(rows[one] for one in IDS[of]), strict=True))
    said = rows["what"] if what is None else [what] * len(rows)
    return [Change(of, *cells) for cells in zip(
        said, ids, rows["name"],
        values(rows[before]) if before else nothing, values(rows[after]) if after else nothing,
        rows[note].fillna("") if note else [""] * len(rows), strict=True)]


def values(column: pd.Series) -> list[Value]:
    """Cells as plain values, None where unknown."""
    if column.dtype.kind == "M":
        column = column.dt.date
    return list(column.astype(object).where(column.notna(), None))
