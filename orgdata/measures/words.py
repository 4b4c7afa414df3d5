"""Words per row, chosen by conditions: `np.select` for columns of text."""

from typing import TypeAlias

import numpy as np
import numpy.typing as npt
import pandas as pd

Condition: TypeAlias = pd.Series | npt.NDArray[np.bool_] | bool


def chosen(index: pd.Index, *steps: tuple[Condition, str | None],
           otherwise: str | None = None) -> pd.Series:
    """The word of the first condition that holds in each row, else `otherwise`; None is missing.

    A condition must be decided: unknown is neither true nor false.
    """
    conditions = [np.broadcast_to(np.asarray(condition, dtype=bool), len(index))
                  for condition, _ in steps]
    at = np.select(conditions, list(range(len(steps))), len(steps))
    words = pd.array([*(word for _, word in steps), otherwise], dtype="str")
    return pd.Series(words.take(at), index=index)
