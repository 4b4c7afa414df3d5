"""A word per row chosen by conditions, what words mean, and the words of each id as one text."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa

from orgdata.formats import listed
from orgdata.model.words import CLOSED_WORDS, normalise_word
from orgdata.tabular.cells import text_array
from orgdata.tabular.empty import with_plain_names

TOLERANCE = 1e-9  # METHOD section 2: ratios, shares and percentiles are compared with it
Condition: TypeAlias = pd.Series | npt.NDArray[np.bool_] | bool


def case_when(index: pd.Index, *steps: tuple[Condition, str | None],
              otherwise: str | None = None) -> pd.Series:
    """The word of the first condition that holds in each row, else `otherwise`; None is missing:
    `np.select` for text.

    A condition must be decided: unknown is neither true nor false.
    """
    first = first_true(len(index), [condition for condition, _ in steps])
    return words_at(index, first, [*(word for _, word in steps), otherwise])


def rows_where(rows: pd.DataFrame, holds: pd.Series) -> pd.DataFrame:
    """The rows for which it holds, numbered anew; all of them are not copied."""
    return rows if holds.all() else rows[holds].reset_index(drop=True)


def these(rows: pd.DataFrame, *columns: str) -> pd.DataFrame:
    """Rows with these columns only: `rows[[…]]` in a quarter of the time, since pandas need not
    turn the names into arrow's text, which those of our tables are not."""
    return rows[_plain_names(columns)]


@cache
def _plain_names(columns: tuple[str, ...]) -> pd.Index:
    return pd.Index(columns, dtype=object)


def add_columns(rows: pd.DataFrame, columns: Mapping[str, Any]) -> pd.DataFrame:
    """Rows with these new columns. From half a dozen on quicker than `assign`, which looks at the
    names of all columns for each."""
    return with_plain_names(pd.concat([rows, pd.DataFrame(columns, rows.index)], axis=1))


def first_true(length: int, conditions: Sequence[Condition]) -> npt.NDArray[np.int64]:
    """The number of the first condition that holds in each row; their count where none does."""
    decided = [np.broadcast_to(np.asarray(condition, dtype=bool), length)
               for condition in conditions]
    return np.select(decided, list(range(len(decided))), len(decided))


def words_at(index: pd.Index, positions: npt.NDArray[np.int64],
             words: Sequence[str | None]) -> pd.Series:
    """The word of each row, given by its position among the words; None is missing."""
    chosen = pa.array(words, pa.large_string()).take(pa.array(positions))
    return pd.Series(text_array(chosen), index=index)


def is_closed(status: pd.Series) -> pd.Series:
    """Whether a status word ends an objective or key result; every other word is open."""
    return status.isin([word for word in status.dropna().unique()
                        if normalise_word(word) in CLOSED_WORDS])


def iter_rows(*columns: pd.Series) -> Iterator[tuple[Any, ...]]:
    """The cells of columns, row by row; faster than to iterate over a column of text."""
    return zip(*(column.tolist() for column in columns), strict=True)


def plain_cells(column: pd.Series) -> list[Any]:
    """The cells of a column as plain values, days as dates; None where missing."""
    if column.dtype.kind == "M":
        column = column.dt.date
    return [None if missing else cell
            for cell, missing in zip(column.tolist(), column.isna(), strict=True)]


def join_by(ids: pd.Series, words: pd.Series,
            join: Callable[[list[str]], str] = listed) -> pd.Series:
    """The words of each id, sorted and joined into one text, indexed by id."""
    words_of: dict[str, list[str]] = defaultdict(list)
    for key, word in iter_rows(ids, words):
        words_of[key].append(word)
    texts = [join(sorted(group)) for group in words_of.values()]
    return pd.Series(texts, pd.Index(list(words_of), dtype="str"), dtype="str")
