"""Key results: progress, expected progress, freshness and status, at the exact thresholds.

Day 50 of 100 unless a case says otherwise, so a linear pace expects one half. METHOD section 4.
"""

import pandas as pd
import pytest

from tests.builders import HALFWAY, aligned

UP = "kr_type=increase baseline=0 target=100"


def _kr(cells, check_ins="", objective=HALFWAY, settings=None):
    tables = {"objectives": f"J1 {objective}", "key_results": f"K1 J1 {cells}"}
    if check_ins:
        tables |= {"check_ins": check_ins, "key_results": tables["key_results"] + "| K2 J1"}
    return aligned(settings, **tables).key_results.iloc[0]


def _or_none(value):
    return None if pd.isna(value) else value


@pytest.mark.parametrize(("cells", "kind"), [
    ("baseline=0 target=5", "increase"), ("baseline=5 target=0", "decrease"),
    ("baseline=5 target=5", "unspecified"), ("target=5", "unspecified"), ("", "unspecified"),
    ("kr_type='At least' target=5", "at_least")])
def test_kind(cells, kind):
    assert _kr(cells)["kind"] == kind


@pytest.mark.parametrize(("cells", "progress", "reason"), [
    (f"{UP} current=40", 0.4, None), (f"{UP} current=150", 1.5, None),
    (f"{UP} current=-50", -0.5, None),
    ("kr_type=decrease baseline=100 target=60 current=80", 0.5, None),
    ("kr_type=decrease baseline=10 target=0 current=4", 0.6, None),
    ("kr_type=increase baseline=-10 target=10 current=-5", 0.25, None),
    ("baseline=0 target=10 current=5", 0.5, None),
    ("kr_type=binary current=1", 1, None), ("kr_type=binary current=0", 0, None),
    ("kr_type=milestone target=5 current=3", 0.6, None),
    ("kr_type=at_least target=99 current=99", 1, None),  # inclusive
    ("kr_type=at_least target=99 current=98.9", 0, None),
    ("kr_type=at_most target=5 current=5", 1, None),
    ("kr_type=between lower=1 upper=2 current=2", 1, None),
    ("kr_type=between lower=1 upper=2 current=2.1", 0, None),
    (f"{UP}", None, "no_data"), ("kr_type=increase target=100 current=5", None, "no_baseline"),
    ("kr_type=increase baseline=0 current=5", None, "no_target"),
    ("kr_type=increase baseline=5 target=5 current=5", None, "zero_range"),
    ("kr_type=at_least current=5", None, "no_target"), ("kr_type=at_least target=5", None, "no_data"),
    ("kr_type=between lower=3 upper=1 current=2", None, "no_target"),
])
def test_progress(cells, progress, reason):
    row = _kr(cells)
    assert _or_none(row["progress"]) == (None if progress is None else pytest.approx(progress))
    assert _or_none(row["progress_reason"]) == reason
    assert _or_none(row["shown"]) == (None if progress is None else
                                      pytest.approx(min(max(progress, 0), 1)))


@pytest.mark.parametrize(("cells", "met"), [
    (f"{UP} current=100", True), (f"{UP} current=99.9", False), (UP, None),
    ("kr_type=increase target=100 current=100", True),  # needs no baseline
    ("kr_type=decrease target=5 current=5", True), ("kr_type=decrease target=5 current=5.1", False),
    ("kr_type=binary current=1", True), ("kr_type=between lower=1 upper=2 current=1", True),
    ("target=5 current=9", None),  # unspecified: never known
    ("kr_type=increase baseline=5 target=5 current=5", True)])
def test_met(cells, met):
    assert _or_none(_kr(cells)["met"]) == met


@pytest.mark.parametrize(("dates", "tau"), [
    ("", 0.5), ("start_date=2026-11-20", 0.0), ("due_date=2026-11-20", 1.0),
    ("due_date=2026-11-01", 1.0), ("start_date=2026-12-01", 0.0),
    ("start_date=2026-11-20 due_date=2026-11-20", 1.0),
    ("start_date=2026-11-21 due_date=2026-11-21", 0.0),
    ("start_date=2026-11-19 due_date=2026-11-01", None)])
def test_window(dates, tau):
    assert _or_none(_kr(f"{UP} current=1 {dates}")["tau"]) == tau


def test_no_window_without_both_ends():
    assert _kr(f"{UP} current=1", objective="start_date=2026-10-01")["status_reason"] == "no_window"


@pytest.mark.parametrize(("cells", "expected"), [
    ("", 0.5), ("pace=linear", 0.5), ("pace=back_loaded", 0.25), ("pace=none", None),
    ("is_guardrail=yes", None)])
def test_expected(cells, expected):
    assert _or_none(_kr(f"{UP} current=1 {cells}")["expected"]) == expected


CADENCE = [  # age in days of the last check-in, cadence 7
    (0, "fresh"), (10, "fresh"), (11, "late"), (14, "late"), (15, "stale")]


@pytest.mark.parametrize(("age", "freshness"), CADENCE)
def test_freshness_with_a_cadence_of_seven(age, freshness):
    day = pd.Timestamp("2026-11-20") - pd.Timedelta(days=age)
    assert _kr(UP, f"K1 {day:%Y-%m-%d} 40")["freshness"] == freshness


@pytest.mark.parametrize(("cells", "check_ins", "freshness"), [
    ("", "K2 2026-11-20 1", "never"),
    ("start_date=2026-11-13", "K2 2026-11-20 1", "not_due"),
    ("start_date=2026-11-12", "K2 2026-11-20 1", "never"),
    ("", "K1 2026-11-21 1", "never"),  # after today
    ("", "K1 2026-11-20 note=hello | K1 2026-11-01 1", "stale"),  # says nothing
    ("", "K1 2026-11-20 status=green | K1 2026-11-01 1", "fresh"),
    ("", "K1 2026-11-20 confidence=5 | K1 2026-11-01 1", "fresh"),
    ("cadence_days=2", "K1 2026-11-15 1", "fresh"), ("cadence_days=2", "K1 2026-11-14 1", "stale"),
    ("cadence_days=30", "K1 2026-10-01 1", "late"), ("cadence_days=0", "K1 2026-11-09 1", "late"),
    ("due_date=2026-11-19", "K1 2026-10-01 1", None), ("start_date=2026-11-21", "K1 2026-10-01 1", None),
    ("due_date=2026-11-20", "K1 2026-11-01 1", "stale"),  # the last day counts
    ("kr_type=binary", "K1 2026-10-01 1", None), ("kr_type=binary", "K1 2026-10-01 0", "stale"),
    ("", "", None),
])
def test_freshness(cells, check_ins, freshness):
    assert _or_none(_kr(cells, check_ins)["freshness"]) == freshness


def test_cadence_of_the_settings():
    assert _kr(UP, "K1 2026-11-05 1", settings={"cadence_days": 12})["freshness"] == "fresh"


@pytest.mark.parametrize(("cells", "status", "reason"), [
    (f"{UP} start_date=2026-11-21 current=100", "not_started", None),
    (UP, "unknown", "no_data"),
    (f"{UP} current=100", "achieved", None),
    (f"{UP} current=100 due_date=2026-11-01", "achieved", None),
    ("kr_type=at_most target=5 current=6", "off_track", "out_of_bounds"),
    ("kr_type=at_most target=5 current=6 due_date=2026-11-19", "missed", None),
    ("kr_type=at_most current=6", "unknown", "no_target"),
    ("kr_type=increase target=100 current=6", "unknown", "no_baseline"),
    ("kr_type=increase baseline=5 target=5 current=4", "unknown", "zero_range"),
    (f"{UP} current=99 due_date=2026-11-19", "missed", None),
    (f"{UP} current=99 due_date=2026-11-20", "on_track", None),
    # τ 0.10: day 10 of 100; day 9 is too early
    (f"{UP} current=0 start_date=2026-11-10 due_date=2027-02-18", "on_track", None),
    (f"{UP} current=0 start_date=2026-11-11 due_date=2027-02-19", "too_early", None),
    (f"{UP} current=1 pace=none", "unknown", "not_paced"),
    (f"{UP} current=1 is_guardrail=yes", "unknown", "not_paced"),
    (f"{UP} current=40", "on_track", None),  # exactly 10.0 points behind
    (f"{UP} current=39.9", "needs_attention", None),  # 10.1
    (f"{UP} current=25", "needs_attention", None),  # exactly 25.0
    (f"{UP} current=24.9", "off_track", None),
    (f"{UP} current=15 pace=back_loaded", "on_track", None),  # 0.5² − 0.15 = 0.10
    (f"{UP} current=14.9 pace=back_loaded", "needs_attention", None),
])
def test_status(cells, status, reason):
    row = _kr(cells)
    assert row["status"] == status
    assert _or_none(row["status_reason"]) == reason


@pytest.mark.parametrize(("cells", "status"), [
    (f"{UP} current=25", "on_track"),  # 0.7 · 0.5 − 0.25 = 0.10
    (f"{UP} current=24.9", "needs_attention"), (f"{UP} current=9.9", "off_track"),
    (f"{UP} current=70 due_date=2026-11-19", "achieved"),
    (f"{UP} current=69.9 due_date=2026-11-19", "missed")])
def test_an_aspirational_goal_is_well_met_at_seven_tenths(cells, status):
    assert _kr(cells, objective=f"ambition=aspirational {HALFWAY}")["status"] == status


@pytest.mark.parametrize(("check_ins", "status", "last_known"), [
    ("K1 2026-11-05 100", "unknown", "achieved"), ("K1 2026-11-05 30", "unknown", "needs_attention"),
    ("K1 2026-11-06 30", "needs_attention", "needs_attention"), ("K2 2026-11-06 30", "unknown", "unknown")])
def test_stale_is_unknown_with_the_last_known_beside(check_ins, status, last_known):
    row = _kr(UP, check_ins)
    assert (row["status"], row["last_known"]) == (status, last_known)


def test_reason_is_that_of_the_status_else_of_the_progress():
    assert _kr("kr_type=increase target=100 current=100")["reason"] == "no_baseline"  # achieved
    assert _kr("kr_type=increase target=100", "K1 2026-11-01 5")["reason"] == "stale"


def test_scope_and_what_stays_out_of_it():
    rows = aligned(objectives=f"J1 {HALFWAY} | J2 end_date=2026-11-19", key_results=(
        f"K1 J1 {UP} | K2 J1 {UP} status=Dropped | K3 J2 {UP} | K4 J1 {UP} status='at risk'"))
    assert rows.key_results["kr_id"].tolist() == ["K1", "K4"]
    assert rows.objectives["kr_count"].tolist() == [3]


def test_cadence_and_window_of_the_cycle():
    rows = aligned(
        {"cadence_days": 30}, cycles="C1 2026-10-01 2027-01-09 cadence_days=10",
        objectives="J1 cycle_id=C1 | J2 cycle_id=C1 start_date=2026-11-01 | J3",
        key_results="K1 J1 | K2 J2 cadence_days=5 due_date=2026-12-01 | K3 J3",
        check_ins="K1 2026-11-19 1").key_results
    assert rows["cadence"].tolist() == [10, 5, 30]
    assert rows["start"].dt.strftime("%m-%d").fillna("–").tolist() == ["10-01", "11-01", "–"]
    assert rows["due"].dt.strftime("%m-%d").fillna("–").tolist() == ["01-09", "12-01", "–"]


@pytest.mark.parametrize(("cells", "holding"), [
    ("kr_type=at_least target=5 current=5", True), ("kr_type=at_least target=5 current=4", False),
    ("kr_type=at_least target=5 current=5 due_date=2026-11-20", True),
    ("kr_type=at_least target=5 current=5 due_date=2026-11-19", False),
    (f"{UP} current=100", False), (f"{UP} current=100 is_guardrail=yes", True)])
def test_a_bound_or_guardrail_holds_until_it_is_due(cells, holding):
    assert _kr(cells)["holding"] == holding
    assert _kr(cells, objective="")["holding"] == holding  # due is then unknown, or its own
