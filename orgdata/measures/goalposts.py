"""Goalposts: whether a target, a bound, a baseline or a due date that moved made it easier.

METHOD section 6, KR04. Eased is what makes the same value look like more progress, or gives more
time: a lower target of an increase, a wider bound, a later due date; and a baseline moved *away*
from the target, because then the same value has come a longer way. Tightened is the opposite.
"""

from typing import Literal

import numpy as np
import pandas as pd

from orgdata.tabular.select import case_when

Goalpost = Literal["target", "baseline", "lower", "upper", "due"]
GOALPOSTS: tuple[Goalpost, ...] = ("target", "baseline", "lower", "upper", "due")
# Which way is easier: +1 where a larger value is. For a kind that is not listed, neither way is.
_RISING = ("increase", "binary", "milestone")
_EASIER: dict[Goalpost, dict[str, int]] = {
    "target": {**dict.fromkeys((*_RISING, "at_least"), -1), "decrease": 1, "at_most": 1},
    "baseline": {**dict.fromkeys(_RISING, -1), "decrease": 1},
    "lower": {"between": -1}, "upper": {"between": 1}, "due": {}}
DIRECTIONS = ("eased", "tightened", "set", "dropped", "moved")


def direction(post: Goalpost, before: pd.Series, after: pd.Series, kind_before: pd.Series,
              kind_after: pd.Series) -> pd.Series:
    """How one goalpost of each key result moved; missing where it did not.

    A blank that was filled in is `set`, a value that was taken away `dropped`: neither is easier
    or harder than what could not be measured. `moved` where the kind does not say, or changed.
    """
    easier = (pd.Series(1, before.index) if post == "due" else
              kind_after.map(_EASIER[post]).astype("float64").where(
                  kind_before == kind_after).fillna(0))
    step = np.sign(_number(after) - _number(before)) * easier
    moved = (before != after) & ~(before.isna() & after.isna())
    return case_when(before.index, (~moved, None), (before.isna(), "set"),
                     (after.isna(), "dropped"), (step > 0, "eased"), (step < 0, "tightened"),
                     otherwise="moved")


def _number(values: pd.Series) -> pd.Series:
    """Values to compare: days as numbers, unknown stays unknown."""
    if values.dtype.kind != "M":
        return values.astype("float64")
    return values.astype("int64").astype("float64").where(values.notna())
