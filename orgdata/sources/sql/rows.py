"""Turn rows of a database into a table of text, as it would be written in a CSV file."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pandas as pd
import sqlalchemy as sa

from orgdata.model.portfolio import NotFetched
from orgdata.model.problems import problems
from orgdata.sources.limits import TooLarge, cells_of_file, rows_of_file, text_of_file
from orgdata.sources.raw import RawTable
from orgdata.sources.text.delimited import header_names, without_blank
from orgdata.tabular.scales import Spread

MOST_ROWS = 20_000_000  # of a table or view; 13 million check-ins must load
MOST_CELLS = 1_000_000_000  # of it …
MOST_CHARACTERS = 1_000_000_000  # … and in them
BYTES = "bytes"  # the size of a database that is a file, in `info` of its connection
_EXACT = {int, float, Decimal, type(None)}
_SIZED = (str, bytes, list, tuple, dict)
_AT_A_TIME = 100  # rows; a row of SQLite may have 16 MB, so that long ones are fetched singly
_LONG = 100_000  # characters of a row


def fetch_all(result: sa.CursorResult[Any], table: str = "") -> list[Any]:
    """All rows of a result, of a table of ours. Raises TooLarge for more than memory should hold,
    or than a file of its size should: a view may have rows without end."""
    rows: list[Any] = []
    characters, at_a_time = 0, 1
    size = result.connection.info.get(BYTES)
    rows_allowed, text_allowed = most_rows(table, size), most_text(size)
    cells_allowed, width = most_cells(size), len(result.keys())
    while fetched := result.fetchmany(at_a_time):
        rows += fetched
        more = sum(_length(cell) for row in fetched for cell in row if isinstance(cell, _SIZED))
        characters += more
        at_a_time = 1 if more > _LONG * len(fetched) else _AT_A_TIME
        if len(rows) > rows_allowed:
            raise TooLarge(too_many_rows(rows_allowed))
        if width * len(rows) > cells_allowed:
            raise TooLarge(too_many_cells(cells_allowed))
        if characters > text_allowed:
            raise TooLarge(too_much_text(text_allowed))
    return rows


def _length(cell: str | bytes | list[object] | tuple[object, ...] | dict[object, object]) -> int:
    """How many characters a cell has as text; a list may be long, too."""
    return len(cell) if isinstance(cell, str | bytes) else len(str(cell))


def most_rows(table: str, size: int | None) -> int:
    """How many rows of a table are read; `size` in bytes where the database is a file."""
    return MOST_ROWS if size is None else min(MOST_ROWS, rows_of_file(table, size))


def most_text(size: int | None) -> int:
    """How many characters of a table are read; `size` in bytes where the database is a file."""
    return MOST_CHARACTERS if size is None else min(MOST_CHARACTERS, text_of_file(size))


def most_cells(size: int | None) -> int:
    """How many cells of a table are read; `size` in bytes where the database is a file."""
    return MOST_CELLS if size is None else min(MOST_CELLS, cells_of_file(size))


def too_many_rows(most: int) -> str:
    """What is said of a table with more rows than are read."""
    return f"it has more than {most:,} rows, the most that is read"


def too_many_cells(most: int) -> str:
    """What is said of a table with more cells than are read."""
    return f"it has more than {most:,} cells, the most that is read"


def too_much_text(most: int) -> str:
    """What is said of a table with more text than is read."""
    return f"its cells hold more than {most:,} characters, the most that is read"


def raw_table(ours: str, origin: str, columns: Sequence[str], rows: Sequence[Sequence[Any]],
              numbers: Sequence[int] | None = None,
              not_fetched: NotFetched | None = None,
              confidences: Spread | None = None) -> RawTable:
    """Database rows as a table of text; columns that hold numbers are exact. `numbers` are the row
    numbers if not all were fetched, and `confidences` what those of all rows are like."""
    cells = list(zip(*rows, strict=True)) or [()] * len(columns)
    names, doubled = header_names(list(columns))  # a table may have both "Name" and "name"
    frame = pd.DataFrame({column: pd.Series(as_text(values), dtype="str")
                          for column, values in zip(names, cells, strict=True)})
    frame.index = (pd.RangeIndex(2, len(frame) + 2) if numbers is None
                   else pd.Index(numbers, dtype="int64"))
    twice = problems("warning", "duplicate_header", ours, (
        f"stands twice in the table; the later one is kept as {new}" for _, new in doubled),
        origin=origin, column=[old for old, _ in doubled], values=(old for old, _ in doubled))
    return RawTable(origin, without_blank(frame, list(columns)), twice, not_fetched,
                    confidences=confidences, exact_columns=frozenset(
            name for name, values in zip(names, cells, strict=True)
            if set(map(type, values)) <= _EXACT))


def as_text(values: Iterable[object]) -> list[str]:
    """Values of a database as they would be written in a CSV file."""
    return [value if isinstance(value, str) else _cell(value) for value in values]


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    return str(value)
