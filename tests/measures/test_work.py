"""Where the work goes (METHOD section 9), by hand."""

import pytest

from orgdata.measures.work import PURPOSES
from tests.builders import aligned

GOALS = {"outcomes": "O1 | O2 status=retired", "objectives": "J1 outcome_id=O1 | J2",
         "key_results": "K1 J1 | K2 J2"}


def _shares(work, product="P1", window=84, products="P1 bau_pct=50 | P2", **tables):
    rows = aligned(products=products, work=work, **(GOALS | tables)).work
    rows = rows[(rows["window"] == window) & (
        rows["product_id"].isna() if product is None else rows["product_id"] == product)]
    return [tuple(row) for row in rows[[*PURPOSES, "items", "size"]].to_numpy().tolist()]


@pytest.mark.parametrize(("names", "share"), [
    ("outcome_id=O1", "goal"), ("objective_id=J1", "goal"), ("kr_id=K1", "goal"),
    ("outcome_id=O2 objective_id=J1", "goal"), ("kind=request kr_id=K1", "goal"),
    ("kind=run outcome_id=O1", "goal"), ("outcome_id=O2", "outside"),
    ("objective_id=J2", "outside"), ("kr_id=K2", "outside"), ("kind=request", "outside"),
    ("kind=goal", "unknown"), ("", "unknown"), ("kind=goal outcome_id=O2", "outside")])
def test_what_an_item_is(names, share):
    ((*shares, items, size),) = _shares(f"W1 P1 2026-11-20 {names}")
    assert shares == [float(share == purpose) for purpose in PURPOSES]
    assert (items, size) == (1, 1)


@pytest.mark.parametrize(("above", "share"), [
    ("W2 P2 2020-01-01 objective_id=J1", "goal"),
    ("W2 P9 2020-01-01 objective_id=J1", "unknown"),  # that row is not accepted
    ("W2 P1 2020-01-01 parent_id=W3 | W3 P2 2020-01-01 kr_id=K1", "goal"),
    ("W2 P1 2020-01-01 kr_id=K2 parent_id=W3 | W3 P2 2020-01-01 kr_id=K1", "outside"),
    ("W2 P1 2020-01-01 parent_id=W3 | W3 P1 2020-01-01 parent_id=W2", "unknown")])
def test_an_item_that_names_nothing_stands_for_its_nearest_parent_that_does(above, share):
    ((*shares, _, _),) = _shares(f"W1 P1 2026-11-20 parent_id=W2 | {above}")
    assert shares == [float(share == purpose) for purpose in PURPOSES]


def test_running_is_agreed_up_to_its_part_and_the_newest_is_outside():
    done = ("W1 P1 2026-11-01 kind=run size=3 | W2 P1 2026-11-02 kind=risk size=3"
            "| W3 P1 2026-11-03 kind=defect size=2 | W4 P1 2026-11-04 outcome_id=O1 size=2")
    assert _shares(done) == [(0.2, 0.5, 0.3, 0.0, 4, 10)]  # the second is on the edge: 2 of 3
    assert _shares(done, products="P1") == [(0.2, 0.8, 0.0, 0.0, 4, 10)]
    assert _shares(done, products="P1 bau_pct=0") == [(0.2, 0.0, 0.8, 0.0, 4, 10)]


@pytest.mark.parametrize(("day", "counted"), [
    ("2026-08-28", []), ("2026-08-29", [84]), ("2026-10-23", [84]), ("2026-10-24", [28, 84]),
    ("2026-11-20", [28, 84]), ("2026-11-21", [])])
def test_windows(day, counted):
    work = f"W1 P1 {day} | W2 P2 2026-11-20"
    assert [window for window in (28, 84) if _shares(work, window=window)] == counted


def test_all_products_together_and_no_size():
    work = "W1 P1 2026-11-01 outcome_id=O1 size=3 | W2 P2 2026-11-01 kind=request"
    assert _shares(work, None) == [(0.75, 0.0, 0.25, 0.0, 2, 4)]
    ((*shares, items, _),) = _shares("W1 P1 2026-11-01 kind=request size=0")
    assert [share != share for share in shares] == [True] * 4
    assert items == 1


def test_by_who_asked_the_part_outside_only():
    sources = aligned(
        products="P1", **GOALS,
        work="W1 P1 2026-11-01 kind=request asked_by=Sales | W2 P1 2026-11-02 kind=request "
             "asked_by=sales size=2 | W3 P1 2026-11-01 outcome_id=O1 asked_by=legal"
             "| W4 P1 2026-11-01 kind=request").work_sources
    assert sources.to_numpy().tolist() == [["Sales", 0.6, 2]]
