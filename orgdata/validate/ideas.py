"""Ranges the wrong way round, persons where a function is asked for, ideas for closed outcomes."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from orgdata.model.schema import RANGES
from orgdata.model.words import normalise_word
from orgdata.tabular.cells import Mask
from orgdata.validate.references import References

CLOSED = ("done", "retired")  # of outcomes.status: nothing will be built for them any more
_FUNCTIONS = {"ideas": "asked_by"}  # tables → their column that is not to name a person


class Ideas(References):
    """The steps of a check that compare the cells of an idea with each other and with others."""

    def _check_ranges(self) -> None:
        """A range of which a value is below the one before it says nothing: all of it is
        unknown."""
        for columns in RANGES.get(self.table.name, ()):
            given = [name for name in columns if name in self.typed]
            wrong = _falls([self.typed[name] for name in given], len(self.rows))
            if not wrong.any():
                continue
            at = np.flatnonzero(wrong & self.keep)
            self._note("warning", "bad_value", "expected low ≤ likely ≤ high, found them the wrong "
                       "way round; the range counts as unknown", column=given[0], at=at,
                       values=(" · ".join(self.written[name][int(one)].as_py() or "–"
                                          for name in given) for one in at))
            for name in given:
                self.lost[name] = self._lost(name) | (wrong & self.typed[name].notna().to_numpy())
                self.typed[name] = self.typed[name].mask(wrong)

    def _check_functions(self) -> None:
        """Who asked is a function: a cell that names a person, by an address or as people are
        called, becomes unknown."""
        column = _FUNCTIONS.get(self.table.name)
        if column not in self.typed:
            return
        people = self.accepted.get("people", pd.DataFrame(columns=["name", "email"]))
        names = {normalise_word(name) for one in ("name", "email") for name in people[one].dropna()}
        values = self.typed[column]
        persons = (values.str.contains("@", regex=False).fillna(False)
                   | values.map(normalise_word, na_action="ignore").isin(names)).to_numpy(bool)
        self._lose_cells(persons & self.keep, "bad_value", column,
                         "names a person; expected a function such as sales")
        self.typed[column] = values.mask(persons)

    def _note_closed_outcomes(self, rows: pd.DataFrame) -> None:
        """Note ideas for outcomes that are closed: they stay, and stand beside no outcome."""
        outcomes = self.accepted.get("outcomes")
        if outcomes is None:
            return
        status = rows["outcome_id"].map(dict(zip(outcomes["outcome_id"], outcomes["status"],
                                                 strict=True)))
        closed = status.isin(CLOSED).to_numpy()
        self._note("warning", "bad_value", (
            f"its outcome is {word}, so nothing is said about the idea; it was kept"
            for word in status[closed]), column="outcome_id", at=np.flatnonzero(self.keep)[closed],
            values=rows["outcome_id"][closed].tolist())


def _falls(columns: Sequence[pd.Series], count: int) -> Mask:
    """In which rows a known value is below one in a column before it."""
    falls, highest = np.zeros(count, dtype=bool), np.full(count, np.nan)
    for values in columns:
        falls |= values.to_numpy() < highest
        highest = np.fmax(highest, values.to_numpy())
    return falls
