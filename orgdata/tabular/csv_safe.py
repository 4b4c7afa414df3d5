"""Tables as CSV for people: no cell of theirs becomes a formula in a spreadsheet (FORMATS.md).

A text that begins like a formula is written with a `'` before it; numbers stay numbers. What is
handed over is read without that sign, so that what we write comes back as it was.
"""

import math
from collections.abc import Iterable
from typing import TypeVar

import pandas as pd
import pyarrow.compute as pc

from orgdata.tabular import cells

T = TypeVar("T")
STARTS = ("=", "+", "-", "@", "\t", "\r")
_WRITTEN = r"^'([=+\-@\t\r])"


def csv_bytes(frame: pd.DataFrame) -> bytes:
    """A frame of text and numbers as CSV that Excel reads: UTF-8 with its mark, inert cells."""
    safe = frame.assign(**{name: guarded(frame[name]) for name in frame
                           if not pd.api.types.is_numeric_dtype(frame[name])})
    text: str = safe.to_csv(index=False)
    return text.encode("utf-8-sig")


def guarded(values: Iterable[T]) -> list[T | str]:
    """Cells with a `'` before each text that could be taken for a formula."""
    return [f"'{cell}" if isinstance(cell, str) and cell.startswith(STARTS)
            and math.isnan(cells.number(cell)) else cell for cell in values]


def unguarded(frame: pd.DataFrame) -> pd.DataFrame:
    """A frame of text without these signs."""
    found = {}
    for name in frame:
        text = cells.text(frame[name])
        if pc.any(pc.match_substring_regex(text, _WRITTEN)).as_py():
            found[name] = frame[name].str.replace(_WRITTEN, r"\1", regex=True)
    return frame.assign(**found) if found else frame
