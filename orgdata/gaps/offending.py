"""Which rows offend, and how gravely: what every rule is written with."""

from typing import Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

from orgdata.tabular.select import case_when

Severity = Literal["critical", "high", "medium", "low"]


class NothingFound(Exception):
    """Raised by `those` where no row offends."""


def those(rows: pd.DataFrame, offend: pd.Series | npt.NDArray[np.bool_]) -> pd.DataFrame:
    """The rows that offend; those that stand together are not copied. Where none does the rule ends
    here, since what it would say of them need not be worked out."""
    at = np.flatnonzero(offend)
    if not len(at):
        raise NothingFound
    together = at[-1] - at[0] == len(at) - 1
    return rows[at[0]:at[-1] + 1] if together else rows.take(at)


def graded(index: pd.Index, *steps: tuple[pd.Series | bool, Severity],
           otherwise: Severity) -> pd.Series:
    """Severity per row: that of the first condition that holds, else `otherwise`.

    A condition must be decided: unknown counts as not holding, so decide it before.
    """
    return case_when(index, *steps, otherwise=otherwise)
