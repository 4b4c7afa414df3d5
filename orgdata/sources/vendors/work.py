"""Issues and tasks of other tools as work: counted for the row they belong to in `work_items` and
`work_done`, which no measure uses, and a row of `work` (METHOD section 9) for each that is done, on
a day that is known, for a product that is known.

An item that was dropped counts as an item, but never as done.
"""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from orgdata import formats
from orgdata.sources.vendors.records import Records
from orgdata.sources.vendors.vendor import dispositions
from orgdata.tabular.lookup import Positions, count_by, nearest_ancestor, on_cycle, positions

_WORK = "work_id product_id done_on kind size asked_by objective_id outcome_id".split()
_ASKED_BY = ("asked by", "asked by team", "requested by team", "requesting team",
             "requesting function", "requesting department", "request source", "source of request",
             "demand source", "stakeholder team", "source")


def parent_positions(named: pd.Series, *names: pd.Series) -> Positions:
    """The position of the parent that each record names, −1 if it names none or one that is not in
    the file. Records may have several kinds of names; they are tried in order."""
    wanted = named.mask(named == "")
    parents = positions(wanted, names[0])
    for other_names in names[1:]:
        parents = np.where(parents < 0, positions(wanted, other_names), parents)
    return parents


def values_at(values: pd.Series, places: Positions) -> pd.Series:
    """The value at each position; "" where that is −1."""
    cells = np.append(values.to_numpy(dtype=object), "")[places]
    return pd.Series(cells, index=values.index, dtype="str")


def without_cycles(parents: Positions) -> Positions:
    """Parents as positions, where records on a cycle have none."""
    return np.where(on_cycle(parents), -1, parents)


def inherited(own: pd.Series, parents: Positions) -> pd.Series:
    """Each record's own value, else that of its nearest ancestor with one, else ""."""
    return values_at(own, nearest_ancestor((own != "").to_numpy(), without_cycles(parents)))


def names_in_cells(cells: pd.Series, commas: bool) -> pd.Series:
    """The names in all cells in one column, at the row of their record. With `commas` a comma
    separates names; without it is part of one, since the cell itself does not tell which."""
    names = cells.str.split(",").explode() if commas else cells
    names = names.str.strip().astype("str")
    return names[names != ""]


def most_common(keys: pd.Series, values: pd.Series) -> pd.Series:
    """The most common value of each key; of equally common ones the first in the alphabet, so that
    the order of the records does not matter."""
    pairs = pd.DataFrame({"key": keys, "value": values})[(keys != "") & (values != "")]
    counts = pairs.groupby(["key", "value"]).size().reset_index(name="records")
    best = counts.sort_values("records", ascending=False, kind="stable").drop_duplicates("key")
    return best.set_index("key")["value"]


def exact_repeats(records: Records, ids: pd.Series) -> pd.Series:
    """Which records repeat an earlier one cell for cell. Records of one id that differ are left to
    validation, which sets the later one aside."""
    again = ids[ids.duplicated(keep=False) & (ids != "")].index
    repeated = pd.Series(False, index=ids.index)
    repeated[again] = records.sheet.frame.loc[again].duplicated()
    return repeated


def with_work(rows: pd.DataFrame, column: str, holder: pd.Series,
              done: pd.Series) -> pd.DataFrame:
    """The rows with the counts of their work items. `holder` is for each record the id in `column`
    of the row it is work for; "" if it is not work or belongs to other rows."""
    holders = holder[holder != ""]
    return rows.assign(work_items=count_by(rows[column], holders).astype("str"),
                       work_done=count_by(rows[column], holders[done[holders.index]]).astype("str"))


def work_rows(records: Records, items: pd.DataFrame, parents: Positions,
              day: str) -> pd.DataFrame:
    """Rows of `work` with what each serves and the nearest of them that it is part of.

    Who asked is read where a column says so; what names persons is dropped, and that is said.
    `items` has a row per record with `work` (whether it is), `done`, the columns of `work`, and in
    `parent_id` a parent that is not in the file. `day` is the column that tells when an item was
    done. Those without a day or product are reported.
    """
    items = items.assign(asked_by=records.first_filled(*_ASKED_BY, *(
        f"Custom field ({name})" for name in _ASKED_BY)))
    records.drop_persons()
    done = items["work"] & items["done"]
    dated = items["done_on"].str.fullmatch(r"\d{4}-\d{2}-\d{2}")
    rows = done & dated & (items["product_id"] != "")
    for missing, what in ((done & ~dated, "a day on which it was done"),
                          (done & dated & ~rows, "a product")):
        if missing.any():
            records.note(day, "bad_value", f"{formats.count(int(missing.sum()), 'done item')} "
                         f"without {what}: counted as done, not in where the work goes")
    upwards = without_cycles(parents)
    above = np.append(nearest_ancestor(rows.to_numpy(), upwards), -1)[upwards]
    parent = values_at(items["work_id"], above)
    if "parent_id" in items:
        parent = parent.mask(parent == "", items["parent_id"])
    names = [name for name in _WORK if name in items]
    return items[names].assign(parent_id=parent)[rows]


def lost_parents(parent: pd.Series, parents: Positions, holder: pd.Series) -> pd.Series:
    """The parent that is not in the file, of each item or the topmost above it, where nothing else
    says what the item is for."""
    return inherited(parent.where(parents < 0, ""), parents).where(holder == "", "")


def work_dispositions(records: Records, made: Mapping[str, pd.DataFrame], into: pd.Series,
                      *aside: tuple[str, pd.Series, str]) -> pd.DataFrame:
    """What became of each record: used in the first table in which it made a row; else skipped
    for the first of the reasons `aside` (column, records, reason) that applies; else merged into a
    row of the table `into`."""
    used = pd.Series(False, index=records.index)
    table = into.copy()
    for name, rows in reversed([*made.items()]):
        table[rows.index] = name
        used[rows.index] = True
    reasons: dict[int, str] = {}
    unassigned = ~used
    for column, where, reason in aside:
        cells = records[column][where & unassigned]
        records.remark(column, cells, "missing_required", f"{reason}; the record was skipped",
                       "error")
        reasons |= dict.fromkeys(cells.index, f"{column}: {reason}")
        unassigned &= ~where
    return dispositions(records, table, merged=~used, aside=reasons)
