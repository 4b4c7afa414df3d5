"""What the values of a column tell about it."""

import re
from dataclasses import dataclass

import numpy as np
import pandas as pd

from orgdata.model.words import REPORTED, normalise_word
from orgdata.tabular import cells
from orgdata.tabular.dates import dates
from orgdata.tabular.numbers import numbers

_ROWS = 1_000  # of a sheet, looked at to tell what its columns hold
_MARKS = frozenset("x (x) ✓ ✔ ● • ○ p s h m l high medium low primary secondary supporting yes y "
                   "1 2 3 r a c i r/a".split())
_MAIL = re.compile(r"[^@\s]{1,64}@[^@\s]{1,255}")
_NUMBER_WITH_REMARK = re.compile(
    r"^(?P<number>[^()]{0,40}\d[^()]{0,20}?)\s?\((?P<remark>[^()]{1,60})\)$")


@dataclass(frozen=True)
class Values:
    """Shares of the filled cells of a column, 0–1; `filled` of all its cells."""

    filled: float
    distinct: float
    number: float
    date: float
    email: float
    light: float
    mark: float


def look_at(column: pd.Series) -> Values:
    """What the values of a column tell, by its first rows."""
    text = column.head(_ROWS).str.strip()
    filled = text[text != ""]
    if not len(filled):
        return Values(0, 0, 0, 0, 0, 0, 0)
    counts = filled.value_counts(sort=False)
    weight = counts.to_numpy()
    written = [str(cell)[:80] for cell in counts.index]
    short = cells.text(pd.Series(number_with_remark(pd.Series(written, dtype="str"))[0]))

    def share(where: "np.typing.ArrayLike") -> float:
        return float((np.asarray(where, dtype=bool) * weight).sum() / weight.sum())

    read = numbers(short)
    return Values(
        len(filled) / len(text), len(counts) / len(filled), share(~np.isnan(read.values)),
        share(~np.isnat(dates(short, "last").values)),
        share([_MAIL.fullmatch(cell) is not None for cell in written]),
        share([normalise_word(cell) in REPORTED for cell in written]),
        share([cell.casefold() in _MARKS or (cell.endswith("%") and cell[:-1].isdecimal())
               for cell in written]))


def number_with_remark(column: pd.Series) -> tuple[pd.Series, pd.Series]:
    """Numbers without the remark in parentheses behind them, and the remarks: "14 (+2 open)"."""
    found = column.str.extract(_NUMBER_WITH_REMARK)
    has = found["number"].notna()
    return (column.where(~has, found["number"]).str.strip().astype("str"),
            found["remark"].fillna("").astype("str"))


def unit_word(cell: str) -> str:
    """The unit behind a number: "h" of "2.5 h"."""
    found = re.fullmatch(r"[<>≤≥~ ]{0,3}[\d.,]{1,20}\s{0,2}([^\W\d_]{1,12})", cell.strip()[:60])
    word = found[1] if found else ""
    return "" if word.casefold() in {"k", "m", "b", "bn", "mn", "mio"} else word
