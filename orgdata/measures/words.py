"""Words per row, chosen by conditions, and lists of words per id."""

from collections import defaultdict
from collections.abc import Callable
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
import pandas as pd

from orgdata.formats import listed

Condition: TypeAlias = pd.Series | npt.NDArray[np.bool_] | bool


def chosen(index: pd.Index, *steps: tuple[Condition, str | None],
           otherwise: str | None = None) -> pd.Series:
    """The word of the first condition that holds in each row, else `otherwise`; None is missing.
    `np.select` for text.

    A condition must be decided: unknown is neither true nor false.
    """
    conditions = [np.broadcast_to(np.asarray(condition, dtype=bool), len(index))
                  for condition, _ in steps]
    at = np.select(conditions, list(range(len(steps))), len(steps))
    words = pd.array([*(word for _, word in steps), otherwise], dtype="str")
    return pd.Series(words.take(at), index=index)


def listed_by(ids: pd.Series, words: pd.Series,
              say: Callable[[list[str]], str] = listed) -> pd.Series:
    """The words of each id in one text, in alphabetical order, to look ids up in."""
    several: dict[str, list[str]] = defaultdict(list)
    for one, word in zip(ids, words, strict=True):
        several[one].append(word)
    return pd.Series({one: say(sorted(found)) for one, found in several.items()}, dtype="str")
