"""What the weekly review says of a headline, an exception and a change."""

from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

from orgdata.changes import compare
from orgdata.gaps import find_gaps
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
     "Head of product · accepted until 20 Nov 2026"),
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
        "Aligned spend": ("40 %", None), "Linked spend": ("unknown", None),
        "Strategy–spend fit": ("10 %", None)}
    assert review.deltas(now, was) == {
        "Aligned products": ("3 of 4", "−2"), "Outcome coverage": ("50 %", "+12 points"),
        "Aligned spend": ("40 %", "no change"), "Linked spend": ("unknown", None),
        "Strategy–spend fit": ("10 %", None)}


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
