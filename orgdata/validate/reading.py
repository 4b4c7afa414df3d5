"""The typed columns of a table, and what the table decides about its cells."""

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa

from orgdata import formats
from orgdata.model.fields import Field
from orgdata.model.schema import COUNTS_OF_WORK
from orgdata.model.words import CLOSED_WORDS, OPEN_WORDS, is_pictograph, normalise_word
from orgdata.tabular import cells
from orgdata.tabular.cells import Mask
from orgdata.tabular.columns import UNKNOWN, match_columns, read_column
from orgdata.tabular.numbers import Decimal, Numbers, decimal_votes, numbers, undecided
from orgdata.tabular.scales import CONFIDENCE_WORDS, SHARES, as_confidence, as_percent, spread
from orgdata.tabular.select import TOLERANCE
from orgdata.tabular.totals import called_totals, totals
from orgdata.validate.notes import Notes
from orgdata.validate.one_scale import MEASURED, mark
from orgdata.validate.persons import TABLE, are_persons, columns_of_persons

_ORDER = ("tier",)  # numbers of an order: two of the first are not one of the second


class Reading(Notes):
    """The steps of a check that read cells."""

    def _columns(self) -> dict[str, pa.Array]:
        """The text of each of our columns, with words replaced as the settings say. `written` is
        the original text, `unknown` the remaining columns."""
        mapping = self.settings.columns.get(self.table.name, {})
        chosen, wrong = match_columns(self.table, list(self.raw.frame.columns), mapping)
        for name, message in wrong.items():
            self._note("warning", "unknown_column", message, column=name)
        read = set(chosen.values())
        self.unknown = self.raw.frame.iloc[:, [at for at, name in enumerate(self.raw.frame)
                                               if name not in read]]
        if dropped := columns_of_persons(self.table.name, self.unknown.columns):
            self.unknown = self.unknown.drop(columns=dropped)
            self._note("information", "unknown_column", "it names persons, whom work does not "
                       "name: it was dropped", column=dropped)
        self.dropped = dropped
        theirs = [name for name in self.unknown if name not in COUNTS_OF_WORK]
        if theirs:
            self._note("information", "unknown_column", "not one of our columns; it was kept, but "
                       "nothing reads it", column=theirs)
        self._note_unused(list(chosen))
        words = self.settings.values.get(self.table.name, {})
        self.written = {ours: cells.text(self.raw.frame[theirs])
                        for ours, theirs in chosen.items()}
        self.exact = frozenset(ours for ours, theirs in chosen.items()
                               if self.raw.exact or theirs in self.raw.exact_columns)
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

    def _set_aside_totals(self) -> None:
        """Set rows aside that add up others, and go on with the rest: they decide nothing. Until
        that is known, no row that is called a total decides how numbers are read."""
        self.decides = np.ones(len(self.rows), dtype=bool)
        called = {} if self.raw.exact else called_totals(self.table, self.text)
        if not called:
            return
        self.decides[list(called)] = False
        noticed = len(self.noticed)
        read = self._read_numbers()
        del self.noticed[noticed:]  # it is read again, by the rows that are left
        found = totals(called, [read[f.name].values for f in self.table.fields
                                if f.kind == "number" and f.name in read and f.name not in _ORDER],
                       len(self.rows))
        for column in sorted({called[at].column for at in found}):
            of_column = [at for at in found if called[at].column == column]
            self._set_aside(np.isin(np.arange(len(self.rows)), of_column), "total_row", column,
                            "a total of other rows")
        self._take(np.flatnonzero(self.keep))
        self.decides = np.ones(len(self.rows), dtype=bool)

    def _note_absent(self, absent: list[str]) -> None:
        names = ", ".join(absent)
        message = ("required, but not in the header (found: "
                   f"{', '.join(self.raw.frame.columns[:8])}); all rows were skipped")
        self._note("error", "missing_required", message, column=names)
        self.reasons |= dict.fromkeys(range(len(self.rows)), f"{names}: {message}")

    def _read_numbers(self) -> dict[str, Numbers]:
        """The numbers of the table, strengths too, with the decimal sign that it decides upon."""
        texts = {f.name: self.text[f.name] for f in self.table.fields if f.name in self.text and (
            f.kind == "number" or (f.vocabulary and f.vocabulary.numeric))}
        if "confidence" in texts:
            texts["confidence"] = cells.mapped(texts["confidence"], CONFIDENCE_WORDS)
        read = {name: numbers(text, column=name) for name, text in texts.items()}
        self.decimal = self._decimal_sign({name: text for name, text in texts.items()
                                           if name not in self.exact}, read)
        if self.decimal == ",":
            read |= {name: numbers(text, ",", name) for name, text in texts.items()
                     if name not in self.exact}
        return read

    def _decimal_sign(self, texts: dict[str, pa.Array], read: dict[str, Numbers]) -> Decimal:
        """The decimal sign that the numbers of the table prove. Where they prove both, each cell is
        read by itself, as where they prove none."""
        if not self.decides.all():
            texts = {name: text.filter(pa.array(self.decides)) for name, text in texts.items()}
        votes = [decimal_votes(text) for name, text in texts.items() if not read[name].regular]
        if not any(comma for comma, _ in votes):
            return "."  # a comma is written nowhere else
        votes += [decimal_votes(text) for name, text in texts.items() if read[name].regular]
        if not any(dot for _, dot in votes):
            return ","
        self._note("warning", "mixed_decimals", "some numbers have a comma as decimal sign, others "
                   "a dot; each was read by itself", column=None)
        return "."

    def _scaled(self, name: str) -> Numbers:
        """The numbers of a column on the scale that we keep, where the column decides upon it."""
        read, said = self.numbers[name], None
        if name in SHARES:
            read, said = as_percent(read, self.decides)
        if name == "confidence":
            deciding = self.decides & ~read.percent & ~np.isnan(read.values)
            told = (self.raw.confidences or spread(read.values[deciding])).scale
            scale = self.settings.confidence_scale or told
            read, said = as_confidence(read, scale, self.settings.confidence_scale is None)
            self.unclear = scale is None
        if said:
            self._note(said.level, said.code, said.message, column=name)
        return read

    def _mark(self, name: str) -> None:
        """Note which cells their key result, or the weights, may still bring to another scale."""
        if name in MEASURED.get(self.table.name, ()) and name not in self.exact:
            read = self.numbers[name]
            marks = {"percent": read.percent,
                     "undecided": undecided(self.text[name], self.decimal, read.regular)}
            self.marks |= {mark(name, one): where for one, where in marks.items() if where.any()}
        if (self.table.name, name) == ("outcomes", "weight"):
            self.marks["weight_percent"] = self.numbers[name].percent

    def _read(self, field: Field) -> pd.Series:
        """Type one column. Blank or unreadable cells of a required column set the row aside; those
        of an optional one are unknown."""
        if field.name in self.numbers:
            self._mark(field.name)
            if not self.raw.exact:
                self.numbers[field.name] = self._scaled(field.name)
        read = read_column(field, self.text[field.name], self.numbers.get(field.name),
                           self.settings.fiscal_year_start)
        if field.required:
            self._set_aside(read.blank, "missing_required", field.name, "a value is required")
        elif len(read.blank) and read.blank.all():
            self._note("information", "bad_value", "the column is blank throughout",
                       column=field.name)
        if field.required:
            self._set_aside(read.unreadable.where, read.unreadable.code, field.name,
                            f"expected {read.unreadable.expected}")
        for fault in read.other_faults if field.required else (read.unreadable, *read.other_faults):
            expected = f"expected {fault.expected}"
            if fault.done == UNKNOWN:
                self._lose_cells(fault.where, fault.code, field.name, expected)
            else:
                self._note_cells(fault.where, fault.code, field.name, f"{expected}; {fault.done}")
        return read.values

    def _drop_persons(self) -> None:
        """Make cells unknown that name a person where the function that asked for work belongs."""
        if self.table.name != TABLE or "asked_by" not in self.typed:
            return
        asked_by = self.typed["asked_by"]
        where = are_persons(asked_by, self.accepted.get("people")).to_numpy(dtype=bool)
        if where.any():
            self._note("warning", "bad_value", "expected a function such as sales; it names a "
                       "person and was dropped", column="asked_by", at=np.flatnonzero(where))
            self.typed["asked_by"] = asked_by.mask(where)

    def _note_unknown_words(self, rows: pd.DataFrame) -> None:
        """Words of an objective's status that are neither known to be open nor to end it."""
        counts = rows["status"].dropna().value_counts(sort=False)
        words: dict[str, tuple[str, int]] = {}
        for written, count in counts.items():
            word = normalise_word(str(written))
            if not (word in OPEN_WORDS or word in CLOSED_WORDS or is_pictograph(word)):
                first, before = words.get(word, (str(written), 0))
                words[word] = (first, before + int(count))
        if words:
            self._note("information", "unknown_word", [
                "neither a known open nor a known closed word; "
                f"{formats.count(count, 'objective')} with it counted as open"
                for _, count in words.values()],
                column=["status"] * len(words), values=[written for written, _ in words.values()])


def strength_words(words: pd.Series, numbers: npt.NDArray[np.float64], keep: Mask) -> pd.Series:
    """Strengths as words: numbers relative to the largest accepted one; 0 is “none” (no link)."""
    largest = np.nanmax(np.append(numbers[keep], 0.0))
    ratio = numbers / (largest or 1.0)
    return (words.mask(numbers > 0, "weak")
            .mask(ratio >= 1 / 3 - TOLERANCE, "supporting")
            .mask(ratio >= 2 / 3 - TOLERANCE, "primary")
            .mask(numbers == 0, "none"))
