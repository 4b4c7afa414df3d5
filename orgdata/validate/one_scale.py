"""Bring the values of each key result to one scale: percent beside fractions, and numbers in which
a dot or comma turns out to stand between thousands (METHOD section 1)."""

import numpy as np
import numpy.typing as npt
import pandas as pd

from orgdata.tabular.cells import Mask
from orgdata.tabular.lookup import Positions, positions

MEASURED = {"key_results": ("baseline", "target", "lower", "upper", "current"),
            "check_ins": ("value",)}
MARKS = ("percent", "undecided")  # of a cell: written with %; see tabular/numbers.undecided


def mark(column: str, name: str) -> str:
    """The name of the hidden column that says which cells of a column bear a mark."""
    return f"{column}:{name}"


def with_one_scale(tables: dict[str, pd.DataFrame]) -> tuple[
        dict[str, pd.DataFrame], dict[str, Positions]]:
    """Key results and check-ins with their values on one scale and without marks, and the places of
    the key results whose values changed, by the code of the problem."""
    marked = {name: [column for column in rows.columns if str(column).endswith(
        tuple(f":{one}" for one in MARKS))] for name, rows in tables.items()}
    if not any(marked.values()):
        return tables, {}
    cells = _cells(tables)
    tables = {name: rows.drop(columns=marked[name]) for name, rows in tables.items()}
    divided = _divided(cells)
    values = np.where(divided, cells["value"] / 100, cells["value"])
    times = _times_1000(cells.assign(value=values), ~divided)
    changed = cells.assign(value=np.where(times, values * 1000, values))[divided | times]
    for (name, column), part in changed.groupby(["table", "column"]):
        new = tables[name][column].to_numpy().copy()
        new[part["row"]] = part["value"]
        tables[name] = tables[name].assign(**{column: new})
    return tables, {"percent_mixed": np.unique(cells.loc[divided, "at"]),
                    "mixed_decimals": np.unique(cells.loc[times, "at"])}


def _cells(tables: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """The values of each key result of which one bears a mark: the place of the key result, their
    own, and their marks."""
    at = {name: positions(rows["kr_id"], tables["key_results"]["kr_id"])
          for name, rows in tables.items()}
    marks = {(name, column, one): tables[name][mark(column, one)].to_numpy()
             for name, columns in MEASURED.items() for column in columns for one in MARKS
             if mark(column, one) in tables[name]}
    among = np.zeros(len(tables["key_results"]) + 1, dtype=bool)  # the last: of no key result
    for (name, _, _), where in marks.items():
        among[at[name][where]] = True
    among[-1] = False
    parts = []
    for name, columns in MEASURED.items():
        those = np.flatnonzero(among[at[name]])
        for column in columns:
            values = tables[name][column].to_numpy()[those]
            rows = those[~np.isnan(values)]
            bear = {one: marks[name, column, one][rows] if (name, column, one) in marks else
                    np.zeros(len(rows), dtype=bool) for one in MARKS}
            parts.append({"at": at[name][rows], "row": rows, "value": values[~np.isnan(values)],
                          **bear, "table": np.repeat(name, len(rows)),
                          "column": np.repeat(column, len(rows))})
    return pd.DataFrame({name: np.concatenate([part[name] for part in parts])
                         for name in parts[0]})


def _divided(cells: pd.DataFrame) -> Mask:
    """Values with % beside others that are all within −1…1 and not all whole: of those, 100 %
    is 1."""
    percent = cells["percent"].to_numpy()
    others = np.where(percent, np.nan, cells["value"])
    fractions = (_largest(np.abs(others), cells) <= 1) & (_largest(others % 1, cells) > 0)
    return np.asarray(percent & fractions, dtype=np.bool_)


def _times_1000(cells: pd.DataFrame, takes_part: Mask) -> Mask:
    """Values whose decimal sign may be one of thousands, where the largest of them is then nearer,
    as a ratio, to the largest of the others."""
    undecided, size = cells["undecided"].to_numpy(), np.abs(cells["value"].to_numpy())
    size = np.where(takes_part & (size > 0), size, np.nan)
    ratio = (_largest(np.where(undecided, size, np.nan), cells)
             / _largest(np.where(undecided, np.nan, size), cells))
    nearer = np.maximum(ratio * 1000, 1 / (ratio * 1000)) < np.maximum(ratio, 1 / ratio)
    return np.asarray(undecided & takes_part & nearer, dtype=np.bool_)


def _largest(values: npt.NDArray[np.float64], cells: pd.DataFrame) -> npt.NDArray[np.float64]:
    """The largest of the values of the same key result, for each of them; NaN where it has none."""
    at = cells["at"].to_numpy()
    largest = np.full(at.max(initial=-1) + 1, np.nan)
    np.fmax.at(largest, at, values)
    return np.asarray(largest[at], dtype=np.float64)
