"""What is usual for a figure, and which points can be compared. METHOD §11."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from orgdata.changes.history import (
    break_between,
    same_week_before,
    stretches,
    usual,
    usual_before,
)
from orgdata.gaps.points import Point
from tests.builders import loaded

# The flow rates of ten batches, and their limits, of the NIST/SEMATECH handbook, 6.3.2.2
FLOW = (49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1)


def points(*values, **said):
    """A point a week, the first on 4 September."""
    plain = Point(date(2026, 9, 4), "2", "plain", "annual_spend",
                  frozenset(f"P{n}" for n in range(20)), {})
    return [replace(plain, day=plain.day + timedelta(weeks=week), figures={"flow": value}, **said)
            for week, value in enumerate(values)]


def test_the_usual_range_is_that_of_a_published_example():
    found = usual(points(*FLOW), "flow")
    assert found.low == pytest.approx(45.8159, abs=0.001)  # the handbook divides 3 by 1.128
    assert found.high == pytest.approx(55.8041, abs=0.001)
    assert found.points == 10


def test_it_takes_ten_points_and_is_that_of_the_last_twelve():
    assert usual(points(*FLOW[:9]), "flow") is None
    assert usual(points(*[900, 100], *[5] * 12), "flow") == usual(points(*[5] * 12), "flow")
    assert usual(points(*FLOW[:9], None), "flow") is None  # an unknown one does not count
    assert usual(points(*FLOW, None), "flow") == usual(points(*FLOW), "flow")


def test_the_ends_are_usual():
    steady = usual(points(*[5.0] * 10), "flow")
    assert steady.holds(5.0)
    assert not steady.holds(5.1)


@pytest.mark.parametrize(("after", "why"), [
    ({"method": "3"}, "method"), ({"settings": "other"}, "settings"), ({"unit": "fte"}, "unit"),
    ({"products": frozenset(f"P{n}" for n in range(18))}, None),  # two of twenty: not more than 10 %
    ({"products": frozenset(f"P{n}" for n in range(17))}, "products"),
    ({"products": frozenset(f"P{n}" for n in range(1, 22))}, "products"),  # one went and two came
    ({"day": date(2027, 1, 1), "figures": {}}, None)])
def test_a_line_breaks_where_points_were_found_in_another_way(after, why):
    before, = points(1)
    assert break_between(before, replace(before, **after)) == why


def test_a_first_product_is_one_that_came():
    none, = points(1, products=frozenset())
    assert break_between(none, replace(none, products=frozenset({"P1"}))) == "products"
    assert break_between(none, none) is None


def test_what_was_before_a_break_is_not_usual_any_more():
    old, new = points(*FLOW), points(*FLOW, settings="other")
    assert [len(one) for one in stretches(old + new[:3])] == [10, 3]
    assert stretches([]) == []
    now, = points(50)
    assert usual_before(old, now, "flow") == usual(old, "flow")
    assert usual_before(old + new[:3], replace(now, settings="other"), "flow") is None
    assert usual_before(old, replace(now, settings="other"), "flow") is None
    assert usual_before([], now, "flow") is None


def test_the_same_week_of_the_last_cycle():
    cycles = loaded(cycles="C1 2026-07-01 2026-09-30 | C2 2026-10-01 2026-12-31")["cycles"]
    weeks = points(*range(4))  # 4, 11, 18 and 25 September
    assert same_week_before(weeks, cycles, date(2026, 12, 14)).day == date(2026, 9, 11)
    assert same_week_before(weeks, cycles, date(2026, 12, 31)).day == date(2026, 9, 25)
    assert same_week_before(weeks, cycles, date(2026, 11, 1)) is None  # that week is not there
    assert same_week_before(weeks, cycles, date(2026, 9, 25)) is None  # no cycle before
    assert same_week_before(weeks, cycles, date(2027, 5, 1)) is None  # in no cycle
