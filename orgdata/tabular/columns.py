"""Match source columns to ours, and turn columns of text into typed ones.

METHOD section 1. What could not be read comes back as faults; nothing is reported from here.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa

from orgdata.model.fields import Field, Table, normalise_name
from orgdata.tabular import cells
from orgdata.tabular.cells import Mask
from orgdata.tabular.dates import dates
from orgdata.tabular.numbers import Numbers, numbers

UNKNOWN = "the cell counts as unknown"


@dataclass(frozen=True)
class Fault:
    """Cells of one column with the same fault: which ones, its code, what was expected and done."""

    where: Mask
    code: str
    expected: str
    done: str = UNKNOWN


@dataclass(frozen=True)
class TypedColumn:
    """One typed column, its blank cells, those that could not be read, and what else is wrong."""

    values: pd.Series
    blank: Mask
    unreadable: Fault
    other_faults: tuple[Fault, ...] = ()


def match_columns(table: Table, names: Sequence[str],
                  mapping: Mapping[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    """Which source column to read each of our columns from, and our columns whose mapping is wrong
    with the reason.

    A mapped column wins over one that bears our name, and is read for its mapping only.
    """
    source = {normalise_name(name): name for name in names}
    ours = [f.name for f in table.fields]
    chosen: dict[str, str] = {}
    wrong: dict[str, str] = {}
    for name, theirs in mapping.items():
        if name not in ours:
            wrong[name] = "the settings map this column, but we have no such column"
        elif normalise_name(theirs) not in source:
            wrong[name] = f"the settings read it from “{theirs}”, which is not in the source"
        else:
            chosen[name] = source[normalise_name(theirs)]
    used = set(chosen.values())
    for name in ours:
        if name not in chosen and name in source and source[name] not in used:
            chosen[name] = source[name]
    return chosen, wrong


def has_required_columns(table: Table, names: Sequence[str],
                         mapping: Mapping[str, str] | None = None,
                         fixed: Collection[str] = ()) -> bool:
    """Whether these columns, with those filled by a fixed value, include all that a table needs."""
    chosen, _ = match_columns(table, names, mapping or {})
    return {*table.required} <= {*chosen, *fixed}


def read_column(field: Field, text: pa.Array, read: Numbers | None = None,
                fiscal_year_start: int | None = None) -> TypedColumn:
    """A text column (blank as null) as a column of the field's type. `read` are its numbers, where
    its table has decided how they are read."""
    if field.kind == "number":
        return _number(field, read or numbers(text, column=field.name))
    if field.kind == "date":
        return _date(field, text, fiscal_year_start)
    if field.kind == "word":
        return _word(field, text, read)
    return _bool(text) if field.kind == "bool" else _text(field, text)


def _text(field: Field, text: pa.Array) -> TypedColumn:
    """Ids and text. A long text repeated in every row that names it would fill the memory: it is
    shortened; an id is not, since two might become the same."""
    long = cells.longer_than(text, field.longest)
    expected = f"at most {field.longest:,} characters"
    blank = cells.missing(text)
    if field.kind == "id":
        values = cells.without(text, long) if long.any() else text
        return TypedColumn(cells.as_text(values), blank, Fault(long, "bad_value", expected))
    values = cells.shortened(text, field.longest) if long.any() else text
    return TypedColumn(cells.as_text(values), blank,
                       Fault(np.zeros(len(text), dtype=bool), "", ""),
                       (Fault(long, "bad_value", expected, "it was shortened"),))


def _number(field: Field, read: Numbers) -> TypedColumn:
    values = read.values
    unreadable = Fault(read.unreadable, "bad_number", "a number up to 1e15")
    low = -np.inf if field.least is None else field.least
    high = np.inf if field.most is None else field.most
    outside = (values < low) | (values > high)
    if not outside.any():
        return TypedColumn(pd.Series(values), read.blank, unreadable)
    if field.outside == "clamped":
        values, done = np.clip(values, low, high), "it was read as the nearest of these"
    elif field.outside == "kept":
        done = "the value was kept"
    else:
        values, done = np.where(outside, np.nan, values), UNKNOWN
    allowed = ("above 0" if 0 < low < 1e-300 else f"from {low:g} up" if high == np.inf
               else f"{low:g} to {high:g}")
    return TypedColumn(pd.Series(values), read.blank, unreadable,
                       (Fault(outside, "bad_value", f"a number {allowed}", done),))


def _date(field: Field, text: pa.Array, fiscal_year_start: int | None) -> TypedColumn:
    read = dates(text, field.period, fiscal_year_start)
    return TypedColumn(pd.Series(read.values), read.blank,
                       Fault(read.unreadable, "bad_date", "a date such as 2026-11-20"))


def _bool(text: pa.Array) -> TypedColumn:
    values, bad = cells.booleans(text)
    return TypedColumn(pd.Series(values), cells.missing(text),
                       Fault(bad, "bad_value", "yes or no"))


def _word(field: Field, text: pa.Array, read: Numbers | None) -> TypedColumn:
    assert field.vocabulary is not None, field.name
    values, bad = cells.words(text, field.vocabulary)
    *words, last = field.vocabulary.words
    expected = f"{', '.join(words)} or {last}"
    if field.vocabulary.numeric:
        bad = bad & np.isnan(strengths(read or numbers(text)))
        expected += ", or a number from 0 up"
    return TypedColumn(cells.as_text(values), cells.missing(text),
                       Fault(bad, "bad_value", expected))


def strengths(read: Numbers) -> npt.NDArray[np.float64]:
    """Strengths of links given as numbers; NaN where blank, a word, or below 0."""
    return np.where(read.values >= 0, read.values, np.nan)
