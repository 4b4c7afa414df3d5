"""A company's own history: what is usual for a figure, and where points cannot be compared.

METHOD section 11. Points come in the order of their days, one per snapshot.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from statistics import fmean
from typing import Literal

import pandas as pd

from orgdata.gaps.points import Point

Break = Literal["method", "settings", "unit", "products"]
FEWEST, LAST = 10, 12  # points: what is usual takes as many, and is that of so many
_LIMIT = 2.66  # times the mean moving range: three standard deviations of single values
_CAME_OR_WENT = 0.10  # of the managed products
_EQUAL = 1e-9


@dataclass(frozen=True)
class Usual:
    """The usual range of a figure, and of how many points it is."""

    low: float
    high: float
    points: int

    def holds(self, value: float) -> bool:
        """Whether a value is in it, its ends included."""
        return self.low - _EQUAL <= value <= self.high + _EQUAL


def break_between(before: Point, after: Point) -> Break | None:
    """Why two points in a row cannot be compared; None where they can. METHOD §11."""
    if before.method != after.method:
        return "method"
    if before.settings != after.settings:
        return "settings"
    if before.unit != after.unit:
        return "unit"
    changed = len(before.products ^ after.products)
    return "products" if changed > _CAME_OR_WENT * len(before.products) + _EQUAL else None


def stretches(points: Sequence[Point]) -> list[list[Point]]:
    """The points parted at each break, in their order."""
    parted: list[list[Point]] = [list(points[:1])] if points else []
    for before, after in pairwise(points):
        if break_between(before, after):
            parted.append([])
        parted[-1].append(after)
    return parted


def usual(points: Sequence[Point], figure: str) -> Usual | None:
    """What is usual for a figure, of points since the last break: mean ± 2.66 · mean moving range
    of the last 12 at which it was known; None with fewer than 10 of them. METHOD §11."""
    known = [value for one in points if (value := one.figures.get(figure)) is not None]
    if len(known) < FEWEST:
        return None
    last = known[-LAST:]
    mean = fmean(last)
    reach = _LIMIT * fmean(abs(after - before) for before, after in pairwise(last))
    return Usual(mean - reach, mean + reach, len(last))


def usual_before(points: Sequence[Point], now: Point, figure: str) -> Usual | None:
    """What was usual before now; None where that cannot be compared with now."""
    if not points or break_between(points[-1], now):
        return None
    return usual(stretches(points)[-1], figure)


def same_week_before(points: Sequence[Point], cycles: pd.DataFrame, day: date) -> Point | None:
    """The last point of the cycle before this one that is as many days into it, or fewer, as a day
    is into its own; None where that is not known."""
    today = pd.Timestamp(day)
    current = cycles[(cycles["start_date"] <= today) & (today <= cycles["end_date"])]
    if not len(current):
        return None
    start = current["start_date"].max()
    earlier = cycles[cycles["end_date"] < start].sort_values(["end_date", "start_date"])
    if not len(earlier):
        return None
    first, last = earlier["start_date"].iloc[-1], earlier["end_date"].iloc[-1]
    until = min(first + (today - start), last)
    return next((one for one in reversed(points)
                 if first <= pd.Timestamp(one.day) <= until), None)
