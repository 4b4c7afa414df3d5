"""On which scale a column of numbers stands: shares of 1 or of 100, confidence (METHOD section 1).

A column decides by all its rows that are no totals; values written with a percent sign say
themselves what they are.
"""

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from orgdata.model.problems import Level
from orgdata.tabular.cells import Mask
from orgdata.tabular.numbers import Numbers

SHARES = frozenset(["allocation_pct", "share_pct", "effort_pct", "bau_pct", "target_pct",
                    "confidence_pct"])
CONFIDENCE_WORDS = {"high": "80%", "medium": "50%", "low": "20%"}  # 8, 5 and 2 of 10


@dataclass(frozen=True)
class Said:
    """What there is to say about how a column was read."""

    level: Level
    code: str
    message: str


@dataclass(frozen=True)
class Spread:
    """What the confidences of a column tell about their scale: how many there are, and how many of
    them lie strictly between 0 and 1, are not whole, or exceed a bound."""

    count: int
    between_0_and_1: int
    not_whole: int
    above_1: int
    above_5: int
    above_10: int
    above_100: int

    @property
    def scale(self) -> int | None:
        """The highest confidence of the scale, 1, 10 or 100; None where that is unclear."""
        if self.between_0_and_1 and not self.above_1:
            return 1
        if self.count and not self.above_100 and 2 * self.above_10 >= self.count:
            return 100
        return None if self.count and not (self.above_5 or self.not_whole) else 10


NO_CONFIDENCES = Spread(0, 0, 0, 0, 0, 0, 0)


def spread(values: npt.NDArray[np.float64]) -> Spread:
    """The spread of known confidences."""
    counted = ((values > 0) & (values < 1), values != np.floor(values),
               *(values > bound for bound in (1, 5, 10, 100)))
    return Spread(len(values), *(int(np.count_nonzero(one)) for one in counted))


def as_percent(read: Numbers, decides: Mask) -> tuple[Numbers, Said | None]:
    """A column of shares in percent: times 100 where no value without % exceeds 1."""
    plain = ~read.percent & ~np.isnan(read.values)
    deciding = read.values[plain & decides]
    if not len(deciding):
        return read, None
    if deciding.max() > 1:
        unclear = bool(((deciding > 0) & (deciding < 1)).any())
        return read, Said("warning", "scale_unclear", "some values are below 1 and others above; "
                          "all were read as percent, as they are") if unclear else None
    said = Said("information", "read_as_fractions", "no value is above 1, so they are fractions; "
                "they were read as percent, times 100") if deciding.max() > 0 else None
    return replace(read, values=np.where(plain, read.values * 100, read.values)), said


def as_confidence(read: Numbers, scale: int | None, told: bool) -> tuple[Numbers, Said | None]:
    """A column of confidences from 0 to 10, by the scale of the values without %. `told`: the
    column tells that scale, not the settings."""
    said = None
    if scale is None:
        said = Said("warning", "scale_unclear", "the values may be of 5 or of 10; they were read "
                    "as they are, and nothing is concluded from them until the setting "
                    "confidence_scale says which")
    elif told and scale != 10:
        said = Said("information", "scale_unclear", f"the values are read as confidences of "
                    f"{scale}; the setting confidence_scale can say otherwise")
    if scale in (None, 10) and not read.percent.any():
        return read, said
    by_scale = read.values * 10 / (scale or 10)
    return replace(read, values=np.where(read.percent, read.values / 10, by_scale)), said
