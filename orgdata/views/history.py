"""A company's own history in words: what is usual, what is outside of it, and what it was before.

METHOD section 11. Points come in the order of their days; `now` is what is shown on the page.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from math import ceil, floor
from typing import Literal

import pandas as pd

from orgdata import formats
from orgdata.changes.history import FEWEST, Break, Usual, break_between, stretches, usual_before
from orgdata.gaps.points import Point
from orgdata.measures.calibration import CONFIDENT, Calibration
from orgdata.measures.calibration import FEWEST as FEWEST_RESULTS
from orgdata.model import labels
from orgdata.store import Decision
from orgdata.views.vocabulary import PURPOSE

_SAME = 1e-6  # how far apart the ends of a range are of a figure that never moved
Kind = Literal["count", "percent", "money"]


@dataclass(frozen=True)
class Figure:
    """A figure as it is shown: what it is called, and what its numbers are."""

    label: str
    kind: Kind = "percent"


FAMILIES: Mapping[str, Mapping[str, Figure]] = {  # of figures on one scale
    "Alignment": {
        field: Figure(formats.sentence_case(label),
                      "count" if field == "aligned_products" else "percent")
        for field, label in labels.FIGURE.items()},
    "Gaps": {
        "gaps_critical": Figure("Critical gaps", "count"),
        "gaps_high": Figure("High gaps", "count"),
        "gaps_medium": Figure("Medium gaps", "count"), "gaps_low": Figure("Low gaps", "count")},
    "Evidence": {
        "fresh_pct": Figure("Key results with an up-to-date check-in"),
        "confirmed_links": Figure("Confirmed links", "count"),
        "unlinked_money": Figure("Spend not linked to an outcome", "money")},
    "Where work goes": {
        f"work_{name}_pct": Figure(f"Work, {word.label}") for name, word in PURPOSE.items()}}
FIGURES: Mapping[str, Figure] = {key: one for family in FAMILIES.values()
                                 for key, one in family.items()}
_BREAKS: Mapping[Break, str] = {
    "method": "the method changed", "settings": "the settings changed",
    "unit": "money was counted in another unit",
    "products": "more than a tenth of the products came or went"}


@dataclass(frozen=True)
class Told:
    """A figure now: its text, what is usual for it, and whether it is outside of that."""

    key: str
    now: str
    usual: str  # "" where that is not known
    outside: bool = False
    decimals: int = 0  # of its numbers

    @property
    def sentence(self) -> str:
        """The figure in a sentence."""
        said = f"{FIGURES[self.key].label}: {self.now}"
        if not self.usual:
            return f"{said}."
        return f"{said}, outside what is usual ({self.usual})." if self.outside else (
            f"{said}, as usual ({self.usual}).")


def text(key: str, value: float | None, now: Point, currency: str | None,
         decimals: int = 0) -> str:
    """A value of a figure for people."""
    kind = FIGURES[key].kind
    if value is None:
        return formats.UNKNOWN
    if kind == "money":
        return formats.money(value, now.unit, currency, in_full=decimals > 0)
    return formats.percent(value, decimals) if kind == "percent" else f"{value:,.{decimals}f}"


def told(key: str, points: Sequence[Point], now: Point, currency: str | None) -> Told:
    """What is said of a figure now, beside the points before."""
    value, range_ = now.figures.get(key), usual_before(points, now, key)
    if value is None or range_ is None:
        return Told(key, text(key, value, now, currency), "")
    outside = not range_.holds(value)
    for decimals in (0, 1, 2):  # as few as tell the value apart from the range it is outside of
        shown, low, high = (text(key, one, now, currency, decimals) for one in (
            value, *_ends(key, range_, decimals)))
        if not outside or shown not in (low, high):
            break
    always = "always " if range_.high - range_.low < _SAME else ""
    return Told(key, shown, f"{always}{_joined(low, high)}", outside, decimals)


def _ends(key: str, range_: Usual, decimals: int) -> tuple[float, float]:
    """The ends of a usual range as far as a figure can reach them; of a count the whole numbers
    that are in it."""
    low, high = max(range_.low, 0.0), range_.high
    if FIGURES[key].kind == "percent":
        return low, min(high, 100.0)
    if FIGURES[key].kind == "count" and not decimals and ceil(low - 1e-9) <= floor(high + 1e-9):
        return ceil(low - 1e-9), floor(high + 1e-9)
    return low, high


def _joined(low: str, high: str) -> str:
    """A range in words: 68–79 %, 24–30; 27 where both ends read the same."""
    if low == high:
        return low
    unit = " %"
    return f"{low.removesuffix(unit)}–{high}" if low.endswith(unit) else f"{low}–{high}"


def all_told(points: Sequence[Point], now: Point, currency: str | None) -> dict[str, Told]:
    """What is said of every figure that is known now or was before."""
    return {key: told(key, points, now, currency) for key in FIGURES
            if any(one.figures.get(key) is not None for one in (*points, now))}


def answer(said: Mapping[str, Told], points: Sequence[Point], now: Point) -> str:
    """The page in one sentence: what is outside of what is usual, else why that is not known."""
    outside = [FIGURES[one.key].label for one in said.values() if one.outside]
    if outside:
        return f"Outside what is usual: {formats.listed(outside)}"
    if usual := sum(bool(one.usual) for one in said.values()):
        return "Every figure is as usual" if usual == len(said) else (
            f"{usual:,} of {formats.count(len(said), 'figure')} "
            f"{'is' if usual == 1 else 'are'} as usual; what is usual is not known of the others")
    if not points:
        return "No earlier day is remembered yet"
    return f"{formats.sentence_case(_so_far(points, now))}: too few to say what is usual"


def _so_far(points: Sequence[Point], now: Point) -> str:
    """How many snapshots can be compared with now."""
    comparable = [] if break_between(points[-1], now) else stretches(points)[-1]
    if len(comparable) == len(points):
        return f"{formats.count(len(points), 'snapshot')} so far"
    why = _BREAKS[break_between(points[-1], now) or _last_break(points)]
    since = formats.day((comparable[0] if comparable else now).day)
    return f"{formats.count(len(comparable), 'snapshot')} since {since}, when {why}"


def _last_break(points: Sequence[Point]) -> Break:
    last = stretches(points)
    found = break_between(last[-2][-1], last[-1][0])
    assert found is not None  # stretches part where there is one
    return found


def needed(said: Mapping[str, Told]) -> str:
    """What it takes to know what is usual; "" where that is known."""
    return "" if any(one.usual for one in said.values()) else (
        f"From {FEWEST} snapshots on that can be compared, this page shows what is usual for each "
        "figure. Closing the weekly review takes one.")


def breaks(points: Sequence[Point], now: Point) -> list[str]:
    """Where points cannot be compared with those before, and why, in words."""
    together = [*points, now]
    return [f"From {formats.day(after.day)} on figures cannot be compared with those before: "
            f"{_BREAKS[why]}." for before, after in pairwise(together)
            if (why := break_between(before, after))]


def comparison(said: Mapping[str, Told], before: Point, now: Point,
               currency: str | None) -> pd.DataFrame:
    """A row per figure: figure, before, now and what is usual, for a table."""
    rows = [{"figure": FIGURES[key].label, "now": one.now,
             "before": text(key, before.figures.get(key), before, currency, one.decimals),
             "usual": f"outside {one.usual}" if one.outside else one.usual or None}
            for key, one in said.items()]
    return pd.DataFrame(rows, columns=["figure", "before", "now", "usual"], dtype="str")


def line(key: str, points: Sequence[Point], now: Point) -> pd.DataFrame:
    """The points of a figure: day, value, and which stretch of comparable points each is of; where
    the value is unknown, it is missing."""
    together = [*points, now] if not points or points[-1].day < now.day else [*points[:-1], now]
    return pd.DataFrame([
        {"day": pd.Timestamp(one.day), "value": one.figures.get(key), "stretch": number}
        for number, several in enumerate(stretches(together)) for one in several]).astype(
            {"value": float})


def calibrated(found: Calibration | None) -> str:
    """What confidence was worth, in a sentence; "" where nobody was confident of anything."""
    if found is None:
        return ("Whether confidence was right cannot be said: its scale is unclear, or earlier "
                "check-ins stayed in the database.")
    if not found.confident:
        return ""
    of = formats.count(found.confident, "key result")
    if found.share is None:
        return (f"{of} that somebody was confident of ({CONFIDENT:g} or more of 10) at half time "
                f"{'is' if found.confident == 1 else 'are'} over: {FEWEST_RESULTS} are needed to "
                "say how many of such are met.")
    return (f"Of {of} that somebody was confident of ({CONFIDENT:g} or more of 10) at half time, "
            f"{found.met:,} were met ({formats.share(found.share)}).")


def legend(usual: Collection[str], starts: Collection[str], decisions: Collection[date]) -> str:
    """What the marks in figures over the weeks mean, those that there are; "" where there are
    none."""
    return " · ".join(text for text, there in (
        ("Shaded: the usual range", usual), ("Dotted: a cycle begins", starts),
        ("Triangle: a decision, which you read by pointing at it", decisions)) if there)


def decided(decisions: Sequence[Decision], first: date, last: date) -> dict[date, str]:
    """What was decided on each day from a first to a last one and still holds."""
    days: dict[date, list[str]] = {}
    for one in decisions:
        if one.kind == "decision" and one.withdrawn is None and first <= one.made_on <= last:
            days.setdefault(one.made_on, []).append(one.text)
    return {day: texts[0] if len(texts) == 1 else f"{len(texts):,} decisions: " + "; ".join(
        formats.clipped(text, 60 // len(texts) + 8) for text in texts)
        for day, texts in days.items()}


def starts(cycles: pd.DataFrame, since: date) -> dict[str, date]:
    """The cycles that began after a day, by name, with their first days."""
    begun = cycles[cycles["start_date"] > pd.Timestamp(since)]
    return {name: start.date() for name, start in zip(
        begun["name"], begun["start_date"], strict=True)}
