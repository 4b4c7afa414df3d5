"""Problems of the data: what is wrong, where, what was expected and what was done.

A frame of problems has one row each: level (error: rows set aside; warning: something was read
as unknown; information), table, row (as a person counts it in the file, missing for the whole
table), column, value, code (INTERFACES) and message.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

import pandas as pd

Level = Literal["error", "warning", "information"]
LEVELS: tuple[Level, ...] = ("error", "warning", "information")
COLUMNS = ("level", "table", "row", "column", "value", "code", "message")
CODES: Mapping[str, str] = {  # what each means; the message says where, and what was done
    "missing_required": "a required column is absent, or a required cell blank",
    "duplicate_key": "another row has the same key",
    "unknown_reference": "an id that no accepted row has",
    "bad_number": "a cell that is no number",
    "bad_date": "a cell that is no date, or whose order of day and month is not proven",
    "bad_value": "a word outside a vocabulary, a number outside its range, a row too short, a "
                 "column blank throughout, or what of an export has no place here",
    "circular_reference": "a row that is its own ancestor",
    "future_date": "a check-in dated after the as-of date",
    "unknown_column": "a column or setting that nothing reads, or one the settings name in vain",
    "unknown_table": "a file, sheet or table that is none of ours, or one named in vain",
    "duplicate_header": "a header that stands twice; the later one is renamed",
    "extra_cells": "a row longer than the header",
    "shares_over_100": "shares of one product that add up to more than 100",
    "unreadable": "a file, sheet or cell that cannot be read at all",
    "above_header": "rows above the header, which were left out",
    "day_order": "how days of an export were read, or why they were not",
    "scale": "on which scale numbers of an export were read",
    "merged": "rows of several files, records or merged cells that became one",
}
QUOTED_LENGTH = 60  # characters of a value repeated in a message


def quoted(value: object) -> str:
    """A cell's value in quotation marks, for a message: on one line, a long one clipped."""
    flat = " ".join(str(value).split())
    return f'"{flat[:QUOTED_LENGTH]}…"' if len(flat) > QUOTED_LENGTH else f'"{flat}"'


def problems(level: Level, code: str, table: str, message: str, *,
             origin: str | Sequence[str] | None = None,
             rows: Sequence[int] | None = None, column: str | Sequence[str] | None = None,
             values: Iterable[object] | None = None) -> pd.DataFrame:
    """One problem per row number; without `rows`, one for the whole table or for each column.

    `message` finishes the sentence that names file, row, column and value. `origin` is the file or
    SQL table as the user knows it; one for each row where these are of several files.
    """
    if code not in CODES:
        raise ValueError(f"no code of a problem: {code!r}")
    columns = [column] if column is None or isinstance(column, str) else list(column)
    numbers = [None] * len(columns) if rows is None else [int(row) for row in rows]
    columns = columns * len(numbers) if len(columns) == 1 else columns
    cells = [None] * len(numbers) if values is None else list(values)
    origins = ([origin or table] * len(numbers) if origin is None or isinstance(origin, str)
               else list(origin))
    messages = [
        source + ("" if row is None else f" row {row}")
        + ("" if name is None else f", {name}")
        + ("" if cell is None else f", {quoted(cell)}") + f": {message}"
        for source, row, name, cell in zip(origins, numbers, columns, cells, strict=True)]
    count = len(numbers)
    values_of_columns = (
        [level] * count, [table] * count, numbers, columns, cells, [code] * count, messages)
    dtypes = {"row": "Int64", "value": "object"}  # others are text
    return pd.DataFrame({name: pd.Series(values, dtype=dtypes.get(name, "str"))
                         for name, values in zip(COLUMNS, values_of_columns, strict=True)})


NO_PROBLEMS = problems("information", "unreadable", "", "", rows=[])


def join_problems(frames: Iterable[pd.DataFrame]) -> pd.DataFrame:
    """One frame of the problems of several, errors first, then by table and row."""
    filled = [frame for frame in frames if len(frame)]
    if not filled:
        return NO_PROBLEMS
    joined = pd.concat(filled, ignore_index=True)
    order = joined.assign(level=joined["level"].map(LEVELS.index)).sort_values(
        ["level", "table", "row"], kind="stable", na_position="first").index
    return joined.loc[order].reset_index(drop=True)
