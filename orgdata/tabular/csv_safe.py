"""CSV for spreadsheets in which no cell of text turns into a formula (FORMATS.md).

Text that begins like a formula, a column's name too, is written with a `'` before it; numbers stay
numbers. That sign is removed from what is uploaded, so that what we write comes back as it was.
Every cell is quoted, since a spreadsheet may part cells at other signs than we do.
"""

import csv
import re
from collections.abc import Iterable
from typing import TypeVar

import pandas as pd
import pyarrow.compute as pc

from orgdata.tabular import cells

Cell = TypeVar("Cell")
FORMULA_STARTS = tuple("=+-@＝＋－＠\t\r\n")  # the wide ones count where Chinese or Japanese is set
_NUMBER = re.compile(r"[+-][0-9][0-9.,]*%?")
_ESCAPED = r"^'([=+\-@＝＋－＠\t\r\n])"


def csv_bytes(frame: pd.DataFrame) -> bytes:
    """A frame of text and numbers as CSV for Excel: UTF-8 with a byte order mark, no formulas."""
    safe = frame.assign(**{name: escape_formulas(frame[name]) for name in frame
                           if not pd.api.types.is_numeric_dtype(frame[name])})
    text: str = safe.to_csv(index=False, header=escape_formulas(frame.columns),
                            quoting=csv.QUOTE_ALL)
    return text.encode("utf-8-sig")


def escape_formulas(values: Iterable[Cell]) -> list[Cell | str]:
    """Cells with a `'` before each text that could be taken for a formula."""
    return [f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA_STARTS)
            and not _NUMBER.fullmatch(cell) else cell for cell in values]


def unescape_formulas(frame: pd.DataFrame) -> pd.DataFrame:
    """A frame of text, and its columns' names, without the `'` that `escape_formulas` wrote."""
    unescaped = {}
    for name in frame:
        text = cells.as_written(frame[name])
        if cells.holds(text, "'") and pc.any(
                pc.match_substring_regex(cells.trimmed(text), _ESCAPED)).as_py():
            unescaped[name] = frame[name].str.replace(_ESCAPED, r"\1", regex=True)
    named = {name: name[1:] for name in frame if name.startswith("'")
             and name[1:].startswith(FORMULA_STARTS) and name[1:] not in frame}
    frame = frame.assign(**unescaped) if unescaped else frame
    return frame.rename(columns=named) if named else frame
