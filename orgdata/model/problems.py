"""Problems of the data: what is wrong, where, what was expected and what was done.

A frame of problems has one row each: level (error: rows skipped; warning: something was read
as unknown; information), table, row (as a person counts it in the file, missing for the whole
table), column, value, code (INTERFACES), message, and count: of more than MOST_LISTED alike the
rest is one problem that counts them.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from itertools import islice, repeat
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

Level = Literal["error", "warning", "information"]
LEVELS: tuple[Level, ...] = ("error", "warning", "information")
COLUMNS = ("level", "table", "row", "column", "value", "code", "message", "count")
_TEXT = pd.StringDtype("pyarrow", na_value=np.nan)
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
    "total_row": "a row that adds up others instead of standing for something",
    "mixed_decimals": "numbers in which both comma and dot may be the decimal sign",
    "read_as_fractions": "a column of shares written as fractions of 1, read as percent",
    "percent_mixed": "values with % beside values without, brought to one scale",
    "scale_unclear": "numbers of which it is not certain on which scale they stand",
    "unknown_word": "a status that is neither a known open nor a known closed word; read as open",
    "joined_by_name": "a reference by a name instead of an id, which exactly one row bears",
    "split_cell": "a reference to several rows in one cell, counted as one row each",
    "unreadable": "a file, sheet or cell that cannot be read at all",
    "above_header": "rows above the header, which were left out",
    "layout": "a layout read as it is meant: a header in two rows, none, or one that is repeated, "
              "or rows inside quotation marks",
    "day_order": "how days of an export were read, or why they were not",
    "scale": "on which scale numbers of an export were read",
    "merged": "rows of several files, records or merged cells that became one",
}
QUOTED_LENGTH = 60  # characters of a value repeated in a message
VALUE_LENGTH = 500  # characters of it in the column of values
MOST_LISTED = 10_000  # problems of one code and column: nobody reads more, and each takes memory
MOST_JOINED = 30_000  # of all files and tables: some kinds are listed as far as there is room
_KIND = ["level", "table", "code"]


def quoted(value: object) -> str:
    """A cell's value in quotation marks, for a message: on one line, a long one clipped."""
    flat = " ".join(str(value).split())
    return f'"{_clipped(flat, QUOTED_LENGTH)}"'


def _clipped(text: str, most: int) -> str:
    return f"{text[:most]}…" if len(text) > most else text


def problems(level: Level, code: str, table: str | Sequence[str], message: str | Iterable[str], *,
             origin: str | Iterable[str] | None = None,
             rows: Sequence[int] | npt.NDArray[np.int64] | None = None,
             column: str | Sequence[str] | None = None,
             values: Iterable[object] | None = None, most: int = MOST_LISTED) -> pd.DataFrame:
    """One problem per row number, beyond `most` one for all others; without `rows`, one for the
    whole table or for each column, or for each of several tables.

    `message` finishes the sentence that names file, row, column and value. `origin` is the file or
    SQL table as the user knows it. Either may be one for each row. No more of what is given for
    each row is looked at than is listed.
    """
    if code not in CODES:
        raise ValueError(f"no code of a problem: {code!r}")
    columns = [column] if column is None or isinstance(column, str) else list(column)
    tables = [table] if isinstance(table, str) else list(table)
    numbers = ([None] * (len(columns) * len(tables)) if rows is None
               else [int(row) for row in rows[:most + 1]])
    count, more = len(numbers), 0 if rows is None else len(rows) - most
    if not count:
        return NO_PROBLEMS  # of hundreds of sheets most have none
    columns = columns * count if len(columns) == 1 else columns
    tables = tables * count if len(tables) == 1 else tables
    cells = [None if cell is None else _clipped(str(cell), VALUE_LENGTH) for cell in (
        repeat(None, count) if values is None else islice(values, count))]
    endings = [message] * count if isinstance(message, str) else list(islice(message, count))
    counts = [1] * count
    if more > 0:
        cells[-1], counts[-1] = None, more
        endings[-1] = f"and {more:,} more like it, from this row on: {endings[-1]}"
    origins = (tables if not origin else repeat(origin, count) if isinstance(origin, str)
               else islice(origin, count))
    messages = [
        source + ("" if row is None else f" row {row}")
        + ("" if name is None else f", {name}")
        + ("" if cell is None else f", {quoted(cell)}") + f": {ending}"
        for source, row, name, cell, ending in zip(origins, numbers, columns, cells, endings,
                                                   strict=True)]
    return _frame([level] * count, tables, numbers, columns, cells, [code] * count,
                  messages, counts)


def _frame(*values_of_columns: Sequence[object]) -> pd.DataFrame:
    return pd.DataFrame({name: _READ[name](values) if name in _READ else _text(values)
                         for name, values in zip(COLUMNS, values_of_columns, strict=True)},
                        copy=False)


def _text(values: Sequence[object]) -> pd.api.extensions.ExtensionArray:
    """Text as a column; made directly, in a quarter of the time: tables have dozens of problems."""
    return pd.arrays.ArrowStringArray(pa.array(values, pa.large_string()), dtype=_TEXT)


def _row_numbers(values: Sequence[object]) -> pd.arrays.IntegerArray:
    missing = np.array([value is None for value in values], dtype=bool)
    return pd.arrays.IntegerArray(
        np.array([value or 0 for value in values], dtype="int64"), missing)


_READ: Mapping[str, Callable[[Sequence[object]], Any]] = {  # other columns are text
    "row": _row_numbers, "value": partial(np.array, dtype=object),
    "count": partial(np.array, dtype="int64")}


NO_PROBLEMS = _frame(*([] for _ in COLUMNS))


def join_problems(frames: Iterable[pd.DataFrame]) -> pd.DataFrame:
    """One frame of the problems of several, errors first, then by table and row. Of more than
    MOST_JOINED not all are listed: the rest of each kind is one that counts them."""
    filled = [frame for frame in frames if len(frame)]
    if not filled:
        return NO_PROBLEMS
    joined = pd.concat(filled, ignore_index=True)
    keys = pa.table({"level": list(map(LEVELS.index, joined["level"].tolist())),
                     "table": joined["table"].array, "row": pa.array(joined["row"].array)})
    order = pc.sort_indices(keys, sort_keys=[(name, "ascending", "at_start")
                                             for name in keys.column_names])
    joined = joined.take(np.asarray(order)).reset_index(drop=True)
    return joined if len(joined) <= MOST_JOINED else _fitted(joined)


def _fitted(found: pd.DataFrame) -> pd.DataFrame:
    """Problems of which the kinds that are most are cut to one number, the rest of each to one."""
    kinds = found.groupby(_KIND, sort=False)
    rest = kinds.cumcount() >= most_of_each(kinds.size().tolist(), MOST_JOINED)
    count = found[rest].groupby(_KIND)["count"].transform("sum")
    first = count[~found.loc[rest, _KIND].duplicated()]
    counted = found.loc[first.index].assign(value=None, count=first, message=[
        f"{more:,} like this: {message}" for more, message in zip(
            first, found.loc[first.index, "message"], strict=True)])
    return pd.concat([found[~rest], counted]).sort_index().reset_index(drop=True)


def most_of_each(sizes: Sequence[int], room: int) -> int:
    """The length to which the longest of some lists are cut so that there is room for all."""
    for position, size in enumerate(sorted(sizes)):
        if size > (most := room // (len(sizes) - position)):
            return most
        room -= size
    return max(sizes, default=room)


def count_by_level(found: pd.DataFrame) -> dict[Level, int]:
    """How many problems there are of each level that occurs, those not listed one by one among
    them."""
    counts = found.groupby("level")["count"].sum()
    return {level: int(counts[level]) for level in LEVELS if level in counts}
