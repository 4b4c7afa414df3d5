"""Of what somebody was confident of at half time, how much was met. METHOD §11."""

from dataclasses import replace
from datetime import date

import pytest

from orgdata.measures import align
from orgdata.measures.calibration import Calibration, calibration
from orgdata.model.portfolio import NotFetched
from tests.builders import DAY, aligned, loaded

OVER = "start_date=2026-07-01 end_date=2026-09-30"  # half time is 15 August at noon
UP = "kr_type=increase baseline=0 target=10"


def found(check_ins, key_results=f"K1 J1 {UP}", goal=OVER, **settings):
    return calibration(aligned(settings, objectives=f"J1 {goal}", key_results=key_results,
                               check_ins=check_ins))


@pytest.mark.parametrize(("check_ins", "confident", "met"), [
    ("K1 2026-08-01 3 confidence=8 | K1 2026-09-30 10", 1, 1),
    ("K1 2026-08-01 3 confidence=7 | K1 2026-09-30 9", 1, 0),
    ("K1 2026-08-01 3 confidence=6 | K1 2026-09-30 10", 0, 0),
    ("K1 2026-07-10 3 confidence=9 | K1 2026-08-15 3 confidence=5 | K1 2026-09-30 10", 0, 0),
    ("K1 2026-08-15 3 confidence=9 | K1 2026-08-16 3 confidence=2 | K1 2026-09-30 10", 1, 1),
    ("K1 2026-08-16 3 confidence=9 | K1 2026-09-30 10", 0, 0),  # only after half time
    ("K1 2026-08-01 confidence=9", 0, 0),  # nobody knows whether it was met
])
def test_confidence_at_half_time_beside_what_was_met(check_ins, confident, met):
    assert found(check_ins) == Calibration(confident, met)


def test_what_is_not_over_yet_says_nothing():
    assert found("K1 2026-10-10 10 confidence=9", goal="start_date=2026-10-01 end_date=2026-12-31"
                 ) == Calibration(0, 0)


def test_a_share_takes_twenty():
    names = [f"K{n}" for n in range(20)]
    goals = " | ".join(f"{name} J1 {UP}" for name in names)
    said = [f"{name} 2026-08-01 {10 if n < 15 else 1} confidence=9" for n, name in enumerate(names)]
    assert found(" | ".join(said), goals).share == 0.75
    assert found(" | ".join(said[1:]), goals).share is None


def test_it_is_unknown_where_confidences_are_unclear_or_stayed_in_the_database():
    portfolio = loaded(objectives=f"J1 {OVER}", key_results=f"K1 J1 {UP}",
                       check_ins="K1 2026-08-01 3 confidence=8")
    for odd in (replace(portfolio, unclear=frozenset({"check_ins.confidence"})),
                replace(portfolio, not_fetched=NotFetched(5, date(2026, 1, 1)))):
        assert calibration(align(odd, DAY)) is None
