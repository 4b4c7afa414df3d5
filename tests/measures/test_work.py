"""Where the work goes (METHOD section 9), by hand."""

import pytest

from orgdata.measures.work import PURPOSES, items_with_purpose, trend
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


def _sources(work, product=None, window=84):
    rows = aligned(products="P1 | P2", work=work, **GOALS).work_sources
    rows = rows[(rows["window"] == window) & (
        rows["product_id"].isna() if product is None else rows["product_id"] == product)]
    return [tuple(None if value != value else value for value in row)
            for row in rows[["asked_by", "outside", "items"]].to_numpy().tolist()]


def test_by_who_asked_the_part_outside_only():
    work = ("W1 P1 2026-09-01 kind=request asked_by=Sales | W2 P1 2026-11-02 kind=request "
            "asked_by=sales size=2 | W3 P1 2026-11-01 outcome_id=O1 asked_by=legal"
            "| W4 P2 2026-11-01 kind=request | W5 P2 2026-11-01 asked_by=legal size=3")
    assert _sources(work) == [("Sales", 3 / 8, 2), (None, 1 / 8, 1)]
    assert _sources(work, window=28) == [("sales", 2 / 7, 1), (None, 1 / 7, 1)]
    assert _sources(work, "P1") == [("Sales", 3 / 4, 2)]
    assert _sources(work, "P2") == [(None, 1 / 4, 1)]  # the other one is unknown, not outside


def test_by_who_asked_for_running_beyond_the_agreed_part():
    rows = aligned(products="P1 bau_pct=25", **GOALS, work=(
        "W1 P1 2026-11-01 kind=run asked_by=support | W2 P1 2026-11-02 kind=run asked_by=ops"
        "| W3 P1 2026-11-03 outcome_id=O1 size=3")).work_sources
    assert rows.loc[rows["product_id"].isna() & (rows["window"] == 84),
                    ["asked_by", "outside", "items"]].to_numpy().tolist() == [
        ["ops", pytest.approx(0.15), 1]]  # 1.25 of 5 are agreed: a quarter of the second too


def test_what_is_unknown_as_a_reference_was_lost_is_told_apart():
    rows = aligned(products="P1", **GOALS, work=(
        "W1 P1 2026-11-01 objective_id=J9 | W2 P1 2026-11-01 | W3 P1 2026-11-01 kind=goal"
        "| W4 P1 2026-11-01 kind=run objective_id=J9")).work
    row = rows[rows["product_id"].isna() & (rows["window"] == 84)].iloc[0]
    assert (row["run"], row["unknown"], row["lost"]) == (0.25, 0.75, 0.25)


def test_how_many_carry_no_size():
    rows = aligned(products="P1", **GOALS,
                   work="W1 P1 2026-11-01 size=2 | W2 P1 2026-11-01 | W3 P1 2026-11-02").work
    assert rows["unsized"].tolist() == [2] * 4


def test_a_trend_ends_with_the_day_and_begins_with_the_first_item():
    measured = aligned(products="P1", **GOALS, work=(
        "W1 P1 2026-09-25 kind=request | W2 P1 2026-10-23 outcome_id=O1"
        "| W3 P1 2026-11-20 kind=run | W4 P1 2026-11-21 kind=run"))
    rows = trend(items_with_purpose(measured.portfolio, measured.products, measured.outcomes,
                                    measured.sights), measured.products, measured.as_of)
    rows = rows[rows["product_id"].isna()]
    assert [(f"{row.until:%m-%d}", row.goal, row.run, row.outside) for row in rows.itertuples()] == [
        ("11-20", 0, 1, 0), ("10-23", 1, 0, 0), ("09-25", 0, 0, 1)]


def test_a_trend_without_work_has_no_periods():
    measured = aligned(products="P1", **GOALS)
    rows = trend(items_with_purpose(measured.portfolio, measured.products, measured.outcomes,
                                    measured.sights), measured.products, measured.as_of)
    assert rows.empty
    assert "until" in rows
