"""The points of a source's own history: those that the store keeps, else found in its snapshots."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import cast

import streamlit as st

from orgdata.gaps import SEVERITIES
from orgdata.gaps.points import HEADLINES, Point, point
from orgdata.model.settings import SettingsError
from orgdata.sources import SourceError
from orgdata.store import Snapshot, StoreError
from orgdata.ui.shell import store
from orgdata.ui.shell.cache import Results, cached
from orgdata.ui.shell.view import Evaluated

_FOUND = Results(520, 4 << 20)  # points of ten years of weeks


def before(evaluated: Evaluated) -> tuple[list[Point], int]:
    """The points of the days before the one that is shown, oldest first, and how many snapshots
    could not be read. Withdrawn ones are left out."""
    day = evaluated.alignment.as_of.date()
    snapshots = [one for one in evaluated.evaluation.known.snapshots
                 if one.day < day and one.withdrawn is None]
    kept = store.read(lambda open_store: open_store.points(snapshots)) or {}
    found = [kept.get(one.id) or _found(one) for one in snapshots]
    return [one for one in found if one], found.count(None)


@cached
def now(evaluated: Evaluated) -> Point:
    """The point of what is shown."""
    return point(evaluated.alignment, evaluated.gaps, evaluated.evaluation.method)


def _found(snapshot: Snapshot) -> Point | None:
    """The point of a snapshot that an earlier version took; None where it cannot be read."""
    try:
        with st.spinner("Looking at earlier weeks …"):
            measured = cast(Point, _FOUND.get((store.identity(), snapshot.id),
                                              lambda: _measured(snapshot.id)))
    except (StoreError, SourceError, SettingsError):
        return None
    return replace(measured, figures={**measured.figures, **_as_seen(snapshot.headlines)})


def _measured(number: int) -> Point:
    evaluation = store.evaluate_snapshot(number)
    return point(evaluation.alignment, evaluation.gaps, evaluation.method, number)


def _as_seen(headlines: Mapping[str, object]) -> dict[str, float | None]:
    """The figures that a snapshot keeps since it was taken."""
    counts = headlines.get("gaps")
    numbers = {name: headlines.get(name) for name in HEADLINES} | {
        f"gaps_{severity}": counts.get(severity) if isinstance(counts, Mapping) else None
        for severity in SEVERITIES}
    return {name: float(value) if isinstance(value, int | float) else None
            for name, value in numbers.items()}


def titles(points: Sequence[Point], snapshots: Sequence[Snapshot],
           same_week: Point | None) -> dict[int, str]:
    """What points can be compared with, by number: the last one first, and which of them is of the
    same week of the cycle before."""
    called = {one.id: one.title for one in snapshots}
    named = {number: called[number] for one in reversed(points) if (number := one.snapshot)}
    if same_week and same_week.snapshot:
        named[same_week.snapshot] += " · the same week of the last cycle"
    return named
