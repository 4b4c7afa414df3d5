"""The typed columns of a table, and what tables and columns decide about their cells."""

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa

from orgdata.model.fields import Field
from orgdata.tabular import cells
from orgdata.tabular.cells import Mask
from orgdata.tabular.columns import match_columns, read_column
from orgdata.tabular.select import TOLERANCE
from orgdata.validate.notes import Notes


class Reading(Notes):
    """The steps of a check that read cells."""

    def _columns(self) -> dict[str, pa.Array]:
        """The text of each of our columns, with words replaced as the settings say. `written` is
        the original text, `unknown` the remaining columns."""
        mapping = self.settings.columns.get(self.table.name, {})
        chosen, wrong = match_columns(self.table, list(self.raw.frame.columns), mapping)
        for name, message in wrong.items():
            self._note("warning", "unknown_column", message, column=name)
        self.unknown = self.raw.frame.drop(columns=list(chosen.values()))
        if len(self.unknown.columns):
            self._note("information", "unknown_column", "not one of our columns; it was kept, but "
                       "nothing reads it", column=list(self.unknown.columns))
        self._note_unused(list(chosen))
        words = self.settings.values.get(self.table.name, {})
        self.written = {ours: cells.text(self.raw.frame[theirs])
                        for ours, theirs in chosen.items()}
        return {name: cells.mapped(values, words[name]) if name in words else values
                for name, values in self.written.items()}

    def _note_unused(self, columns: list[str]) -> None:
        """Say what is read though nothing is measured by it yet."""
        message = "read, but nothing uses it yet"
        unused = [name for name in columns if not self.table[name].used]
        if not self.table.used:
            self._note("information", "unknown_table", message, column=None)
        elif unused:
            self._note("information", "unknown_column", message, column=unused)

    def _note_absent(self, absent: list[str]) -> None:
        names = ", ".join(absent)
        message = ("required, but not in the header (found: "
                   f"{', '.join(self.raw.frame.columns[:8])}); all rows were set aside")
        self._note("error", "missing_required", message, column=names)
        self.reasons |= dict.fromkeys(range(len(self.rows)), f"{names}: {message}")

    def _read(self, field: Field) -> pd.Series:
        """Type one column. Blank or unreadable cells of a required column set the row aside; those
        of an optional one are unknown."""
        text = self.text[field.name]
        blank = cells.missing(text)
        if field.required:
            self._set_aside(blank, "missing_required", field.name, "a value is required")
        elif len(blank) and blank.all():
            self._note("information", "bad_value", "the column is blank throughout",
                       column=field.name)
        read = read_column(field, text)
        if field.required:
            self._set_aside(read.unreadable.where, read.unreadable.code, field.name,
                            f"expected {read.unreadable.expected}")
        for fault in read.other_faults if field.required else (read.unreadable, *read.other_faults):
            self._note_cells(fault.where, fault.code, field.name,
                             f"expected {fault.expected}; {fault.done}")
        return read.values


def strength_words(words: pd.Series, numbers: npt.NDArray[np.float64], keep: Mask) -> pd.Series:
    """Strengths as words: numbers relative to the largest accepted one; 0 is “none” (no link)."""
    largest = np.nanmax(np.append(numbers[keep], 0.0))
    ratio = numbers / (largest or 1.0)
    return (words.mask(numbers > 0, "weak")
            .mask(ratio >= 1 / 3 - TOLERANCE, "supporting")
            .mask(ratio >= 2 / 3 - TOLERANCE, "primary")
            .mask(numbers == 0, "none"))
