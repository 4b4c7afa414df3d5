"""The History page: what is usual for each figure, what is outside of it, and what it was."""

from datetime import date
from typing import NamedTuple

import pandas as pd
import streamlit as st

from orgdata.changes.history import same_week_before, usual_before
from orgdata.changes.sentences import headline
from orgdata.charts import Finished
from orgdata.charts.history import lines
from orgdata.gaps.points import Point
from orgdata.measures.calibration import calibration
from orgdata.store import StoreError
from orgdata.ui.shell import frame, sign_in, store
from orgdata.ui.shell.cache import cached
from orgdata.ui.shell.escape import bullets, md
from orgdata.ui.shell.rewording import said as reworded
from orgdata.ui.shell.view import Evaluated, Measured, View
from orgdata.ui.widgets import downloads, figure, history_points, tables
from orgdata.views import history, what_if

_SPLIT = ("outcome_coverage_pct", "aligned_spend_pct", "linked_spend_pct",
          "strategy_spend_fit_pct")
_MOST_DECISIONS = 12  # that are listed with what they expected


def show(view: View) -> None:
    """Show the history of what is, whatever scenario is tried."""
    evaluated = view.present or view.evaluated
    points, unread = history_points.before(evaluated)
    now, currency = history_points.now(evaluated), view.portfolio.settings.currency
    told = history.all_told(points, now, currency)
    failure = store.current()
    st.title("What was remembered cannot be read" if isinstance(failure, StoreError) else
             md(history.answer(told, points, now)), anchor=False)
    if isinstance(failure, StoreError):
        st.warning(f"Nothing can be remembered: {md(sign_in.reason(failure))}",
                   icon=":material/database_off:")
    if need := history.needed(told):
        st.info(need, icon=":material/history:")
    if unread:
        st.warning(f"{unread:,} of the snapshots cannot be read; the others are shown.",
                   icon=":material/database_off:")
    notes = [one.sentence for one in told.values() if one.outside] + history.breaks(points, now)
    if notes:
        st.markdown(bullets(notes))
    if points:
        before = _choose(view, evaluated, points, now)
        try:
            causes = _causes(evaluated, before.snapshot or 0)
        except StoreError as error:
            causes = [f"Why they moved cannot be said: {sign_in.reason(error)}"]
        if causes:
            st.markdown(bullets(causes))
        _show_families(view, evaluated, now, before, told)
    if sentence := _calibrated(evaluated.measured):
        st.markdown(md(sentence))
    _show_expected(view, evaluated)


def _choose(view: View, evaluated: Evaluated, points: list[Point], now: Point) -> Point:
    """Let the reader choose what to compare with: by default the last snapshot."""
    by_number = {one.snapshot: one for one in points}
    titles = history_points.titles(points, evaluated.evaluation.known.snapshots, same_week_before(
        points, view.portfolio["cycles"], now.day))
    return by_number[st.selectbox(
        "Compared with", list(titles), key="since", bind="query-params",
        label_visibility="collapsed",
        format_func=lambda number: f"Compared with: {titles[number]}")]


@cached
def _causes(evaluated: Evaluated, number: int) -> list[str]:
    """Why the headlines moved since a snapshot, a sentence each. Raises StoreError."""
    changes = downloads.changes_since(evaluated, number)
    return [sentence for key in _SPLIT if (sentence := headline(changes, key))]


def _show_families(view: View, evaluated: Evaluated, now: Point, before: Point,
                   told: dict[str, history.Told]) -> None:
    """Show figures beside what they were, and over the weeks: a family of them at a time."""
    families = {name: tuple(key for key in family if key in told)
                for name, family in history.FAMILIES.items()}
    families = {name: keys for name, keys in families.items() if keys}
    for tab, (name, keys) in zip(st.tabs([reworded(one) for one in families], key="tab",
                                         bind="query-params"), families.items(), strict=True):
        if not tab.open:
            continue
        with tab:
            tables.show(history.comparison(
                {key: told[key] for key in keys}, before, now, view.portfolio.settings.currency),
                f"history_{name}", name, {"figure": "Figure",
                                          "before": "Then", "now": "Now", "usual": "Usual"})
            figure.show(_figure(evaluated, keys, frame.dark()),
                        key=f"lines_{name}", alt=f"{name} over the weeks")
            if said := history.legend(*_marks(evaluated, keys)):
                st.caption(said)


class _Marks(NamedTuple):
    """What is marked in figures over the weeks."""

    usual: dict[str, tuple[float, float]]
    starts: dict[str, date]
    decisions: dict[date, str]


@cached
def _marks(evaluated: Evaluated, keys: tuple[str, ...]) -> _Marks:
    now, (points, _) = history_points.now(evaluated), history_points.before(evaluated)
    first = min(one.day for one in (*points, now))
    ranges = {key: usual_before(points, now, key) for key in keys}
    return _Marks(
        {key: (max(one.low, 0.0), one.high) for key, one in ranges.items() if one},
        history.starts(evaluated.alignment.portfolio["cycles"], first),
        history.decided(evaluated.evaluation.decisions, first, now.day)
        if evaluated.rights.may_open("weekly_review") else {})


@cached
def _figure(evaluated: Evaluated, keys: tuple[str, ...], dark: bool) -> Finished:
    now, (points, _) = history_points.now(evaluated), history_points.before(evaluated)
    currency = evaluated.alignment.portfolio.settings.currency
    rows = {key: history.line(key, points, now) for key in keys}
    marks = _marks(evaluated, keys)
    return Finished(lines(
        {key: history.FIGURES[key].label for key in keys}, rows, marks.usual,
        {key: [
            history.text(key, None if pd.isna(value) else value, now, currency, 1)
            for value in rows[key]["value"]] for key in keys}, marks.starts, marks.decisions,
        {key for key in keys if history.FIGURES[key].kind == "percent"}, dark))


@cached
def _calibrated(measured: Measured) -> str:
    return history.calibrated(calibration(measured.alignment))


def _show_expected(view: View, evaluated: Evaluated) -> None:
    """Show what adopted scenarios expected beside what was seen since."""
    if not view.rights.may_open("weekly_review"):
        return
    expected = [(one, sentence) for one in evaluated.evaluation.decisions
                if one.withdrawn is None and (sentence := what_if.seen(
                    one.expected or {}, evaluated.alignment.headlines))]
    if expected:
        st.subheader("What was expected, and what was seen since")
        st.markdown(bullets(f"{one.text}: {sentence}" for one, sentence in
                            expected[-_MOST_DECISIONS:][::-1]))
        st.caption("What was seen has other causes too: it is set beside, not put down to it.")
