"""What the weekly review says of a headline, an exception and a change."""

from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

from orgdata.changes import compare
from orgdata.gaps import find_gaps
from orgdata.model.history import History
from orgdata.views import review
from tests.builders import aligned

DAY = date(2026, 11, 20)
ROW = {"who": "Head of product", "owner": None, "state": "open", "since": None, "due": pd.NaT,
       "until": pd.NaT}


@pytest.mark.parametrize(("said", "words"), [
    ({}, "Head of product · open"),
    ({"since": date(2026, 10, 9)}, "Head of product · open since 9 Oct 2026"),
    ({"owner": "Bo", "state": "planned", "due": pd.Timestamp("2026-11-20")},
     "Owner: Bo · planned · due 20 Nov 2026"),
    ({"owner": "Bo", "state": "planned", "due": pd.Timestamp("2026-11-19")},
     "Owner: Bo · planned · due 19 Nov 2026, which is past"),
    ({"state": "accepted", "until": pd.Timestamp("2026-11-20"), "since": date(2026, 10, 9)},
     "Head of product · accepted until 20 Nov 2026 · open since 9 Oct 2026"),
    ({"owner": "Bo", "state": "planned", "since": date(2026, 10, 9),
      "due": pd.Timestamp("2026-11-20")},
     "Owner: Bo · planned · open since 9 Oct 2026 · due 20 Nov 2026"),
    ({"state": "accepted", "until": pd.Timestamp("2026-11-19")},
     "Head of product · accepted until 19 Nov 2026, which is past"),
])
def test_whose_an_exception_is_and_what_was_said_of_it(said, words):
    assert review.state_line(pd.Series({**ROW, **said}), DAY) == words


def test_headlines_with_and_without_a_week_before():
    now = aligned(outcomes="O1", products="P1", contributions="P1 O1 primary").headlines
    now = replace(now, aligned_products=3, assessed_products=4, outcome_coverage_pct=50.0,
                  aligned_spend_pct=40.0, linked_spend_pct=None, strategy_spend_fit_pct=10.0)
    was = replace(now, aligned_products=5, outcome_coverage_pct=37.96, linked_spend_pct=9.0,
                  strategy_spend_fit_pct=None)
    assert review.deltas(now, None) == {
        "Aligned products": ("3 of 4", None), "Outcome coverage": ("50 %", None),
        "Spend backed by OKRs": ("40 %", None), "Spend mapped to outcomes": ("unknown", None),
        "Spend vs. priorities": ("10 %", None)}
    assert review.deltas(now, was) == {
        "Aligned products": ("3 of 4", "−2"), "Outcome coverage": ("50 %", "+12 points"),
        "Spend backed by OKRs": ("40 %", "no change"), "Spend mapped to outcomes": ("unknown", None),
        "Spend vs. priorities": ("10 %", None)}


def test_every_change_in_words():
    sides = []
    for tables in ({"outcomes": "O1 weight=40 | O2 weight=60", "products": "P1"},
                   {"outcomes": "O1 weight=50 name=Growth | O2 weight=50", "products": "P1 | P2"}):
        alignment = aligned(**tables)
        sides += [alignment, find_gaps(alignment)]
    rows = review.change_rows(compare(*sides))
    weights = rows[rows["what"] == "weight"]
    assert weights[["of", "before", "after"]].values.tolist() == [
        ["outcome", "40 %", "50 %"], ["outcome", "60 %", "50 %"]]
    assert ["product", "added", "P2"] in rows[["of", "what", "name"]].values.tolist()
    assert list(rows.columns) == ["of", "what", "name", "before", "after", "note"]


SAID = [{"key": "OUT01:O1", "state": "accepted", "until": date(2026, 11, 20), "reason": "It ends"},
        {"key": "OUT01:O2", "state": "resolved", "reason": "Japan is served"},
        {"key": "OUT01:O3", "state": "accepted", "until": date(2026, 11, 19), "reason": "It ends"},
        {"key": "OUT01:O4", "state": "planned", "owner": "Bo", "due": date(2026, 12, 1)},
        {"key": "OUT01:O9", "state": "resolved", "reason": "It is gone"}]


def found(states=(), open_since=None):
    history = History.of(states=states, open_since=open_since)
    alignment = aligned(outcomes="O1 tier=1 | O2 tier=1 | O3 tier=1 | O4 tier=1 | O5", products="P1",
                        contributions="P1 O5 primary")
    return find_gaps(alignment, history), history


def test_what_was_settled_is_counted_and_what_was_said_to_be_resolved_is_listed():
    gaps, history = found(SAID)
    settled = review.settled(gaps, history, DAY)
    assert settled.accepted["key"].tolist() == ["OUT01:O1"]
    assert settled.resolved_still_there["key"].tolist() == ["OUT01:O2"]
    assert settled.next_date == DAY
    assert settled.sentence == ("Accepted: 1 (next date 20 Nov 2026), "
                                "marked as resolved, still found: 1.")
    open_now = review.exceptions(gaps, history, DAY)["key"].tolist()
    assert [key for key in open_now if key.startswith("OUT01")] == ["OUT01:O3", "OUT01:O4"]
    assert review.settled(gaps, history, date(2026, 11, 21)).sentence == (
        "Marked as resolved, still found: 1.")
    assert review.settled(*found(), DAY).sentence == review.settled(gaps, None, DAY).sentence == ""


def test_who_has_a_gap_is_said_beside_it():
    gaps, history = found(SAID)
    said = review.remarks(gaps, history, DAY)
    assert said["OUT01:O4"] == "Owner: Bo · planned · due 1 Dec 2026"
    assert said["OUT01:O3"] == "accepted until 19 Nov 2026, which is past"
    assert "OUT01:O9" not in said
    assert review.remarks(gaps, None, DAY) == {}


def test_reminders_are_no_exceptions_and_are_counted_apart():
    gaps, history = found(open_since=dict.fromkeys(("OUT01:O1", "OUT01:O2"), date(2026, 11, 1)))
    assert gaps.rows["key"].str.startswith("GOV01:OUT01").sum() == 2
    assert not review.exceptions(gaps, history, DAY)["key"].str.startswith("GOV").any()
    assert review.waiting(gaps) == "2 gaps waiting too long for an owner."
    assert review.waiting(found()[0]) == ""


@pytest.mark.parametrize(("key_results", "said"), [
    ("K1 objective_id=J1 | K2 objective_id=J1", "2 key results without a known status: there is no value yet."),
    ("K1 objective_id=J1 | K2 objective_id=J1 current=1",
     "2 key results without a known status: 1 because there is no value yet and 1 because there is no target.")])
def test_why_a_status_is_unknown_is_said_of_each_reason_where_there_are_several(key_results, said):
    measured = aligned(outcomes="O1", products="P1", objectives="J1 product_id=P1", key_results=key_results)
    assert said in review.unknowns(measured, find_gaps(measured))
