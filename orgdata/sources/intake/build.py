"""The tables that an intake becomes, piece by piece, and what became of each record."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from orgdata.model.intake import SPREADSHEET
from orgdata.model.portfolio import Export
from orgdata.model.problems import problems
from orgdata.model.schema import FURTHER, TABLES
from orgdata.sources.intake.asked import Asked
from orgdata.sources.intake.known import Known
from orgdata.sources.intake.part import TABLE_OF, Part
from orgdata.sources.intake.persons import Persons
from orgdata.sources.named import row_keys
from orgdata.sources.raw import RawTable
from orgdata.tabular.cells import Mask, as_text, as_written, only_where, text_array
from orgdata.tabular.lookup import Positions, codes, is_duplicate
from orgdata.tabular.numbers import numbers

_AMOUNTS = {"products": ("annual_spend", "annual_revenue", "fte"),
            "key_results": ("baseline", "target", "current")}


@dataclass
class Build:
    """An intake while it is built: what is known by name, the pieces of our tables in order, and
    for each sheet the table in which each of its records is used."""

    asked: Asked
    products: Known
    outcomes: Known
    people: Persons
    pieces: list[tuple[str, RawTable]] = field(default_factory=list)
    used: dict[str, pd.Series] = field(default_factory=dict)  # origin → table of each record
    problems: list[pd.DataFrame] = field(default_factory=list)
    currency: str = ""
    results: list[pd.DataFrame] = field(default_factory=list)  # key results told with objectives

    def add(self, part: Part, table: str, frame: pd.DataFrame) -> None:
        """Add rows of a table that a sheet tells of; those without a key are left, and of several
        with one key each column has the first value that is not blank. Columns that are blank
        throughout are left, but those without which there is no row."""
        named = np.ones(len(frame), dtype=bool)
        for name in TABLES[table].key:
            if name in frame and name in TABLES[table].required:
                named &= _filled(frame[name])
        if not named.any():
            return
        if not named.all():
            frame = frame[named]
        group = codes(row_keys(TABLES[table], frame))
        first = np.flatnonzero(~is_duplicate([group], "first"))
        self._note_use(part, table, frame.index, first)
        if len(first) < len(frame):
            filled = {name: _first_filled(frame[name], group, first) for name in frame}
            open_ = {name: where for name in _AMOUNTS.get(table, ()) if name in frame and (
                where := _differing_amounts(frame[name], filled[name][group], group)).any()}
            self._note_differing(part, table, frame, group, filled, open_)
            frame = pd.DataFrame({name: frame[name].array.take(at) for name, at in filled.items()},
                                 frame.index[first])
            for name, where in open_.items():
                frame[name] = only_where(frame[name], ~where)
        kept = {name: column.array for name, column in frame.items()
                if name in TABLES[table].required or _filled(column).any()}
        rows = pd.DataFrame(kept, frame.index, copy=False)  # faster than to choose columns
        self.pieces.append((table, RawTable(part.origin, rows)))

    def has(self, table: str) -> bool:
        """Whether any sheet has told of a table so far."""
        return any(name == table for name, _ in self.pieces)

    def _note_differing(self, part: Part, table: str, frame: pd.DataFrame, group: Positions,
                        filled: Mapping[str, Positions], open_: Collection[str]) -> None:
        """Say where records of one row differ, columns apart of which all values count. `group`:
        the number of each record's row; `filled`: where its first values stand; `open_`: columns
        of amounts of which none counts."""
        if open_:
            self.problems.append(problems(
                "warning", "merged", table, "records of the same row have different amounts, and "
                "nothing says which one counts: it is unknown", origin=part.origin,
                column=list(open_)))
        differing = [name for name in frame if name not in FURTHER.get(table, {})
                     and name not in open_
                     and name not in TABLES[table].key
                     and _differs(frame[name], filled[name][group])]
        if differing:
            self.problems.append(problems(
                "warning", "merged", table, "records of the same row differ here; the first value "
                "that is not blank stands", origin=part.origin, column=differing))

    def _note_use(self, part: Part, table: str, rows: pd.Index, first: Positions) -> None:
        """Note that records are used in a table: those at the places `first` give it a row, the
        others are merged into these."""
        used = self.used.get(part.origin, pd.Series("", index=part.frame.index, dtype=object))
        if not part.frame.index.isin(used.index).all():  # so far of some of its records only
            used = used.reindex(used.index.union(part.frame.index)).fillna("")
        words = used.to_numpy(dtype=object, copy=True)
        free = (words == "") | (words == "merged") | (table == TABLE_OF[part.main])
        words[used.index.isin(rows[first]) & free] = table
        words[used.index.isin(rows) & (words == "")] = "merged"
        self.used[part.origin] = pd.Series(words, used.index)


def _filled(column: pd.Series) -> Mask:
    """Which cells are not blank."""
    return np.asarray(pc.not_equal(as_written(column), ""))


def _first_filled(column: pd.Series, group: Positions, first: Positions) -> Positions:
    """For each group the place of its first cell that is not blank, else of its first one."""
    places, filled = first.copy(), np.flatnonzero(_filled(column))
    places[group[filled[::-1]]] = filled[::-1]  # of several the last assignment stands
    return places


def _differing_amounts(column: pd.Series, first: Positions, group: Positions) -> Mask:
    """For each group whether the amounts of its records differ, as numbers where they are some."""
    text, other = column.array, column.array.take(first)
    value = numbers(as_written(column)).values
    same = (text == "") | (text == other) | (value == value.take(first))
    result = np.zeros(int(group.max()) + 1, dtype=bool)
    result[group[~np.asarray(same, dtype=bool)]] = True
    return result


def _differs(column: pd.Series, first: Positions) -> bool:
    """Whether any cell that is not blank differs from the one at its place in `first`."""
    return bool(((column.array != "") & (column.array != column.array.take(first))).any())


def export_of(part: Part, records: pd.DataFrame, used: pd.Series,
              left_out: dict[int, str]) -> Export:
    """A sheet and what became of each of its records, `records` being all of them."""
    table = used.reindex(records.index).fillna("").to_numpy(dtype=object)
    merged = table == "merged"
    is_used = (table != "") & ~merged
    out = records.index.isin(list(left_out))
    reason = np.where(is_used | merged, "", "nothing in it says what it tells of").astype(object)
    reason[out] = [left_out[int(row)] for row in records.index[out]]
    dispositions = pd.DataFrame({
        "disposition": np.select([out, merged, is_used], ["left_out", "merged", "used"],
                                 "set_aside"),
        "table": np.where(is_used, table, ""), "reason": reason}, records.index, dtype="str")
    return Export(SPREADSHEET, SPREADSHEET, part.origin, records, dispositions)


def frame_of(index: pd.Index, **columns: "pd.Series | str") -> pd.DataFrame:
    """Columns of text as a frame; a text fills its whole column."""
    return pd.DataFrame({name: _column(value, index) for name, value in columns.items()}, index,
                        copy=False)


def _column(value: "pd.Series | str", index: pd.Index) -> pd.api.extensions.ExtensionArray:
    """A column of text without its index, which a frame would compare with each other one."""
    if isinstance(value, str):
        return text_array(pa.repeat(pa.scalar(value, pa.large_string()), len(index)))
    if not isinstance(value, pd.Series) or not value.index.equals(index):
        value = pd.Series(value, index=index)
    return text_array(pc.fill_null(as_written(value.astype("str")), ""))


def joined(parts: Sequence[pd.Series]) -> pd.Series:
    """What tells rows apart, joined by “ · ” where it is filled."""
    result, between = as_written(parts[0]), pa.scalar(" · ", pa.large_string())
    for part in map(as_written, parts[1:]):
        result = pc.if_else(pc.equal(part, ""), result,
                            pc.binary_join_element_wise(result, part, between))
    return as_text(result).set_axis(parts[0].index)
