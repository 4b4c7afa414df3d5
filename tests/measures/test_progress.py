"""What key results say about their objective: progress with its band, and status. METHOD §4."""

import pandas as pd
import pytest

from tests.builders import HALFWAY, aligned

UP = "kr_type=increase baseline=0 target=100"
WANTED = ("progress", "progress_low", "progress_high", "progress_known")


def _objective(key_results, check_ins=""):
    tables = {"check_ins": check_ins} if check_ins else {}
    row = aligned(objectives=f"J1 {HALFWAY}", key_results=key_results, **tables).objectives.iloc[0]
    return {name: None if pd.isna(value) else value for name, value in row.items()}


@pytest.mark.parametrize(("key_results", "progress"), [
    (f"K1 J1 {UP} current=20 | K2 J1 {UP} current=60", (0.4, 0.4, 0.4, 1.0)),
    (f"K1 J1 {UP} current=20 weight=3 | K2 J1 {UP} current=60", (0.3, 0.3, 0.3, 1.0)),
    (f"K1 J1 {UP} current=60 | K2 J1 {UP}", (0.6, 0.3, 0.8, 0.5)),  # the other at 0 or at 1
    (f"K1 J1 {UP} current=150 | K2 J1 {UP} current=-50", (0.5, 0.5, 0.5, 1.0)),  # shown: 1 and 0
    (f"K1 J1 {UP} current=60 | K2 J1 {UP} current=0 is_guardrail=yes", (0.6, 0.6, 0.6, 1.0)),
    (f"K1 J1 {UP} current=60 | K2 J1 {UP} current=0 weight=0", (0.6, 0.6, 0.6, 1.0)),
    (f"K1 J1 {UP}", (None, 0.0, 1.0, 0.0)),
    (f"K1 J1 {UP} current=60 | K2 J1 {UP} current=20 status=dropped", (0.4, 0.4, 0.4, 1.0)),
    (f"K1 J1 {UP} is_guardrail=yes current=3", (None, None, None, None)),
])
def test_progress_with_its_band(key_results, progress):
    found = _objective(key_results)
    assert tuple(found[name] for name in WANTED) == tuple(
        None if value is None else pytest.approx(value) for value in progress)


@pytest.mark.parametrize(("key_results", "pace", "known", "behind"), [
    (f"K1 J1 {UP} current=60 | K2 J1 {UP} current=39 | K3 J1 {UP}", "needs_attention", 2, 1),
    (f"K1 J1 {UP} current=60 | K2 J1 {UP} current=0", "off_track", 2, 1),
    (f"K1 J1 {UP} current=100 | K2 J1 {UP} current=60", "on_track", 2, 0),
    (f"K1 J1 {UP} current=100", "achieved", 1, 0),
    (f"K1 J1 {UP} current=5 due_date=2026-11-19 | K2 J1 {UP} current=60", "missed", 2, 1),
    (f"K1 J1 {UP}", None, 0, 0),
    (f"K1 J1 {UP} current=100 | K2 J1 {UP} current=0 status=dropped", "achieved", 1, 0),
    # a guardrail out of its bounds is off track itself
    (f"K1 J1 {UP} current=60 | K2 J1 kr_type=at_most target=5 current=6 is_guardrail=yes",
     "off_track", 2, 1),
])
def test_status_is_the_worst_known(key_results, pace, known, behind):
    found = _objective(key_results)
    assert (found["pace"], found["kr_known"], found["kr_behind"]) == (pace, known, behind)


def test_a_moving_guardrail_that_is_not_met_makes_it_need_attention():
    """Its own status is unknown (guardrails are not paced), yet it does not hold."""
    found = _objective(f"K1 J1 {UP} current=60 | K2 J1 {UP} current=50 is_guardrail=yes")
    assert found["pace"] == "needs_attention"
    assert found["kr_known"] == 1


def test_counts_of_every_key_result_in_scope_or_not():
    found = _objective("K1 J1 kr_type=binary result_kind=output | K2 J1 result_kind=output "
                       "status=done | K3 J1 target=5 | K4 J2 target=1")
    assert [found[name] for name in ("kr_count", "measurable_count", "output_count",
                                     "counted_count")] == [3, 2, 2, 1]


def test_children_of_any_date():
    rows = aligned(objectives="J1 | J2 parent_objective_id=J1 end_date=2020-01-01"
                              "| J3 parent_objective_id=J1 status=done").objectives
    assert rows["child_count"].tolist() == [2]
