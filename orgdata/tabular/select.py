"""Words per row, chosen by conditions, and lists of words per id."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
import pandas as pd

from orgdata.formats import listed

Condition: TypeAlias = pd.Series | npt.NDArray[np.bool_] | bool


def case_when(index: pd.Index, *steps: tuple[Condition, str | None],
              otherwise: str | None = None) -> pd.Series:
    """The word of the first condition that holds in each row, else `otherwise`; None is missing.
    `np.select` for text.

    A condition must be decided: unknown is neither true nor false.
    """
    at = first_of(len(index), [condition for condition, _ in steps])
    return worded(index, at, [*(word for _, word in steps), otherwise])


def first_of(length: int, conditions: Sequence[Condition]) -> npt.NDArray[np.int64]:
    """Which condition is the first to hold in each row; as many as there are where none does."""
    decided = [np.broadcast_to(np.asarray(condition, dtype=bool), length)
               for condition in conditions]
    return np.select(decided, list(range(len(decided))), len(decided))


def worded(index: pd.Index, at: npt.NDArray[np.int64], words: Sequence[str | None]) -> pd.Series:
    """The word at each row's place among the words; None is missing."""
    return pd.Series(pd.array(words, dtype="str").take(at), index=index)


def iter_rows(*columns: pd.Series) -> Iterator[tuple[Any, ...]]:
    """The cells of columns, row by row; a column of text is slow to walk through by itself."""
    return zip(*(column.tolist() for column in columns), strict=True)


def join_by(ids: pd.Series, words: pd.Series,
            say: Callable[[list[str]], str] = listed) -> pd.Series:
    """The words of each id in one text, in alphabetical order, to look ids up in."""
    several: dict[str, list[str]] = defaultdict(list)
    for one, word in iter_rows(ids, words):
        several[one].append(word)
    texts = [say(sorted(found)) for found in several.values()]
    return pd.Series(texts, pd.Index(list(several), dtype="str"), dtype="str")
