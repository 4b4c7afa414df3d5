"""Work under goals. Issues and tasks have no table of ours: they are evidence of work, and count
with the row they belong to in `work_items` and `work_done`, columns that no measure reads.

An item that was dropped counts as an item, and never as done.
"""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from orgdata.sources.vendors.records import Records
from orgdata.sources.vendors.vendor import dispositions
from orgdata.tabular.lookup import Positions, count_by, nearest_ancestor, on_cycle, positions


def above(named: pd.Series, *names: pd.Series) -> Positions:
    """The place of the record that each one names as its parent, −1 where it names none or one
    that is not in the file. A parent may go by several names; they are tried in order."""
    wanted = named.mask(named == "")
    found = positions(wanted, names[0])
    for others in names[1:]:
        found = np.where(found < 0, positions(wanted, others), found)
    return found


def at(values: pd.Series, places: Positions) -> pd.Series:
    """The value at each place; "" where the place is −1."""
    found = np.append(values.to_numpy(dtype=object), "")[places]
    return pd.Series(found, index=values.index, dtype="str")


def without_circles(parents: Positions) -> Positions:
    """Parents as places, those on a circle cut off: nothing stands above them."""
    return np.where(on_cycle(parents), -1, parents)


def inherited(own: pd.Series, parents: Positions) -> pd.Series:
    """Each record's own value, else that of the nearest record above it, else ""."""
    return at(own, nearest_ancestor((own != "").to_numpy(), without_circles(parents)))


def names(cells: pd.Series, commas: bool) -> pd.Series:
    """The names in each cell, one below the other, at the row of their record. With `commas` a
    comma stands between names; else it is part of one. The cell itself does not tell."""
    found = cells.str.split(",").explode() if commas else cells
    found = found.str.strip().astype("str")
    return found[found != ""]


def most(of: pd.Series, what: pd.Series) -> pd.Series:
    """For each value of `of` the one of `what` that most records name with it; of equals the first
    by name, so that the order of the records does not decide."""
    pairs = pd.DataFrame({"of": of, "what": what})[(of != "") & (what != "")]
    counts = pairs.groupby(["of", "what"]).size().reset_index(name="records")
    best = counts.sort_values("records", ascending=False, kind="stable").drop_duplicates("of")
    return best.set_index("of")["what"]


def repeats(records: Records, ids: pd.Series) -> pd.Series:
    """Which records stand in the file before, cell for cell. Those of one id that differ are
    left to validation, which sets the later one aside."""
    again = ids[ids.duplicated(keep=False) & (ids != "")].index
    found = pd.Series(False, index=ids.index)
    found[again] = records.sheet.frame.loc[again].duplicated()
    return found


def with_work(rows: pd.DataFrame, column: str, holder: pd.Series,
              done: pd.Series) -> pd.DataFrame:
    """The rows with their work. `holder` names for each work item the row, by its id in
    `column`, that it belongs to; "" for what is no work or belongs elsewhere."""
    held = holder[holder != ""]
    return rows.assign(work_items=count_by(rows[column], held).astype("str"),
                       work_done=count_by(rows[column], held[done[held.index]]).astype("str"))


def folded(records: Records, made: Mapping[str, pd.DataFrame], into: pd.Series,
           *aside: tuple[str, pd.Series, str]) -> pd.DataFrame:
    """What became of each record: used in the first of the tables in which it made a row; else set
    aside, for the first of these reasons (column, for which records, said); else merged into a
    row of the table `into`."""
    used = pd.Series(False, index=records.index)
    table = into.copy()
    for name, rows in reversed([*made.items()]):
        table[rows.index] = name
        used[rows.index] = True
    reasons: dict[int, str] = {}
    left = ~used
    for column, where, said in aside:
        cells = records[column][where & left]
        records.remark(column, cells, "missing_required", f"{said}; the record was set aside",
                       "error")
        reasons |= dict.fromkeys(cells.index, f"{column}: {said}")
        left &= ~where
    return dispositions(records, table, merged=~used, aside=reasons)
