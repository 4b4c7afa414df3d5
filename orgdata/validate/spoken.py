"""What set-aside rows and lost cells may speak of: `spoken` and `lost_cells` of a portfolio.

METHOD section 2. Nothing here depends on the day: which of these rows count on a day is
for the measures to say.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa

from orgdata.model.fields import Field
from orgdata.model.portfolio import NO_LOST_CELLS, NO_SPOKEN
from orgdata.model.problems import VALUE_LENGTH
from orgdata.model.schema import FURTHER
from orgdata.tabular import cells
from orgdata.tabular.cells import Mask
from orgdata.tabular.lookup import Positions, codes, indexed, is_any, is_in, look_up_any
from orgdata.tabular.select import is_closed
from orgdata.validate.lists import Lists

_HOLD_FACTS = ("assignments", "contributions", "objectives", "objective_products",
               "objective_outcomes", "key_results", "check_ins")
_KINDS = {"products": "product_id", "outcomes": "outcome_id", "objectives": "objective_id",
          "key_results": "kr_id"}
_FEW = 100_000  # objects that rows of a column may name beyond two each; more is no real table


class Speaking(Lists):
    """The last step of a check: what was lost, and what it may be about."""

    def lost_cells(self) -> pd.DataFrame:
        """The cells of accepted rows that were written and became unknown."""
        found = []
        for column, where in self.lost.items():
            at = self._one_each(where & self.keep)
            written = cells.as_text(self.written[column].take(at)).str.slice(0, VALUE_LENGTH)
            found.append(_frame(NO_LOST_CELLS, len(at), table=self.table.name, row=self.rows[at],
                                column=column, value=written))
        return joined(NO_LOST_CELLS, found)

    def spoken(self) -> pd.DataFrame:
        """The accepted objects that set-aside rows, and lost references of others, may name."""
        columns = self._references_to_objects()
        if not columns or self.table.name not in _HOLD_FACTS:
            return NO_SPOKEN
        if self.keep.all() and not self.lost and not self.named:
            return NO_SPOKEN  # every cell is what it says
        aside = ~self.remain()[self.position] & ~self._copies()
        return joined(NO_SPOKEN, [
            self._named_in(column, where, cause) for column in columns for cause, where in (
                ("set_aside", aside), ("lost_cell", self._lost(column.name) & self.keep),
                ("took_first", self._took_first(column) & ~self._lost(column.name) & self.keep))
            if where.any()])

    def _took_first(self, column: Field) -> Mask:
        """Where the first of several was taken, and the others count nowhere."""
        counts = len(self.table.key) > 1 or column.name in FURTHER.get(self.table.name, {})
        return is_any(self.ids[column.name], [] if counts else [
            cell for cell, one in self.named.get(column.name, {}).items() if len(one.ids) > 1])

    def _one_each(self, where: Mask) -> Positions:
        """The first of these rows of each row of the source."""
        at = np.flatnonzero(where)
        return at[np.unique(self.position[at], return_index=True)[1]]

    def _references_to_objects(self) -> list[Field]:
        return [column for column in self.table.fields
                if column.references in _KINDS and column.name in self.references]

    def _copies(self) -> Mask:
        """The rows skipped that say in all our columns what an accepted one says."""
        copies = np.zeros(len(self.rows), dtype=bool)
        if self.duplicates.any():
            key = cells.as_text(self.text[self.table.key[0]])
            near = is_in(key, key[self.duplicates]).to_numpy()
            texts = pd.DataFrame({name: codes(cells.as_text(values.filter(pa.array(near))))
                                  for name, values in self.text.items()})
            same = texts.groupby(list(texts), sort=False).ngroup().to_numpy()
            copies[near] = self.duplicates[near] & np.isin(same, same[self.keep[near]])
        return copies

    def _named_in(self, column: Field, where: Mask, cause: str) -> pd.DataFrame:
        """A row for each accepted object that the cells of a column, in these rows, may name."""
        assert column.references is not None, column.name
        at, ids = self._may_name(column, where, cause)
        dates = {name: values[at] for name, values in self._days().items()}
        lost = {f"{name}_lost": self._lost(f"{name}_date")[at] for name in dates if name != "date"}
        role = {"role": self.typed["role"].array.take(at)} if "role" in self.typed else {}
        return _frame(
            NO_SPOKEN, len(at), table=self.table.name, row=self.rows[at], column=column.name,
            kind=_KINDS[column.references], id=ids, cause=cause, **role, **dates,
            **lost, closed=self._closed()[at], names_other=self._names_other(column)[at])

    def _may_name(self, column: Field, where: Mask,
                  cause: str) -> tuple[Positions, "pd.Series[str]"]:
        """Positions of rows, each as often as its cell may name an accepted object, and these."""
        values, named = self.ids[column.name], self.named.get(column.name, {})
        is_named = is_any(values, named)
        is_id = ~is_named & (self.references[column.name] >= 0)
        at = self._one_each(where & (is_named | is_id))
        plain, other = at[is_id[at]], at[is_named[at]]
        may = [one.ids[1:] if cause == "took_first" else one.may
               for one in (named[cell] for cell in values.array.take(other))]
        at = np.concatenate([plain, np.repeat(other, [len(ids) for ids in may])])
        ids = [*values.array.take(plain), *(id_ for ids in may for id_ in ids)]
        most = _FEW + 2 * len(where)
        return at[:most].astype(np.int64), pd.Series(ids[:most], dtype="str")

    def _names_other(self, column: Field) -> Mask:
        """Whether a contribution names something known at its other end too."""
        other = next((f for f in self._references_to_objects() if f.name != column.name), None)
        if self.table.name != "contributions" or other is None:
            return np.zeros(len(self.rows), dtype=bool)
        known = self.references[other.name] >= 0
        return is_any(self.ids[other.name], self.named.get(other.name, ())) | known

    def _closed(self) -> Mask:
        """Whether the status of an objective ends it."""
        if self.table.name != "objectives" or "status" not in self.typed:
            return np.zeros(len(self.rows), dtype=bool)
        return np.asarray(is_closed(self.typed["status"]))

    def _days(self) -> dict[str, npt.NDArray[np.datetime64]]:
        """The day of a check-in; the first and last of an assignment or objective, where an
        objective's are blank those of its cycle."""
        if self.table.name == "check_ins":
            return {"date": self.typed["date"].to_numpy()}
        if self.table.name not in ("assignments", "objectives"):
            return {}
        return {name: self._day(f"{name}_date") for name in ("start", "end")}

    def _day(self, column: str) -> npt.NDArray[np.datetime64]:
        nothing = np.full(len(self.rows), np.datetime64("NaT"), dtype="datetime64[s]")
        days = self.typed[column].to_numpy() if column in self.typed else nothing
        if "cycle_id" not in self.typed or "cycles" not in self.accepted:
            return days
        of_cycle = look_up_any(self.typed["cycle_id"], indexed(
            self.accepted["cycles"], "cycle_id", column)).to_numpy()
        return np.where(np.isnat(days) & ~self._lost(column), of_cycle, days)


def _frame(empty: pd.DataFrame, length: int, **columns: Any) -> pd.DataFrame:
    """Rows in the columns and types of an empty frame; what is not given is missing or false."""
    def typed(name: str, dtype: Any) -> Any:
        given = columns.get(name, False if dtype == "bool" else None)
        if not isinstance(given, str | bool | None):
            return pd.Series(given, dtype=dtype).array
        if dtype == "str":  # directly, in a fifth of the time: most columns are the same throughout
            return cells.text_array(pa.array([given] * length, pa.large_string()))
        return np.full(length, given, dtype=dtype)
    return pd.DataFrame({name: typed(name, dtype) for name, dtype in empty.dtypes.items()})


def joined(empty: pd.DataFrame, frames: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """Frames with the columns and types of an empty one, below each other."""
    filled = [frame for frame in frames if len(frame)]
    return pd.concat(filled, ignore_index=True) if filled else empty
