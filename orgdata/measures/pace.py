"""When a key result in progress counts as on track: presets of thresholds.

`difference` is METHOD section 4, step 11. The others compare the ratio of progress to expected
progress, as many OKR tools do; grace at the start, staleness and reasons are the same for all.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from orgdata.model.settings import PACE_PRESETS
from orgdata.tabular.select import TOLERANCE

Shares: TypeAlias = npt.NDArray[np.float64]

DEFAULT = PACE_PRESETS[0]
# name: (on track, needs attention); beyond the second it is off track
PRESETS: Mapping[str, tuple[float, float]] = MappingProxyType(dict(zip(PACE_PRESETS, (
    (0.10, 0.25),  # at most this far behind bar × expected
    (0.95, 0.85), (0.90, 0.75), (0.70, 0.40),  # at least this part of the expected progress
), strict=True)))


def pace_status(raw: Shares, expected: Shares, bar: Shares | float,
                preset: str) -> npt.NDArray[np.str_]:
    """The status by progress and what is expected by now: on_track, needs_attention or off_track.

    `raw` and `expected` are shares of the way; if either is missing, the result is meaningless.
    """
    first, second = PRESETS[preset]
    if preset == DEFAULT:
        lag = bar * expected - raw
        steps = [lag <= first + TOLERANCE, lag <= second + TOLERANCE]
    else:  # multiplied, since expected may be 0
        steps = [raw >= first * expected - TOLERANCE, raw >= second * expected - TOLERANCE]
    return np.select(steps, ["on_track", "needs_attention"], "off_track")
