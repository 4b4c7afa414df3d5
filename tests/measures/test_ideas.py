"""Ideas: what is open, the share of the way, and what keeps an idea from being compared."""

import pandas as pd
import pytest

from orgdata.measures.ideas import odds
from tests.builders import aligned

WAY = "baseline=100 target=120 current=110"  # 10 to go
KNOWN = "effect_likely=2 effort_likely=4 confidence_pct=50"


def ideas(text: str, outcomes: str = f"O1 {WAY}", **tables: str) -> pd.DataFrame:
    return aligned(outcomes=outcomes, ideas=text, **tables).ideas.set_index("idea_id")


def told(rows: pd.DataFrame, *columns: str) -> dict[str, tuple]:
    return {idea: tuple(None if pd.isna(cell) else cell for cell in cells)
            for idea, *cells in rows.reset_index()[["idea_id", *columns]].itertuples(index=False)}


def test_open_is_what_is_neither_shipped_nor_dropped():
    rows = ideas("B1 O1 | B2 O1 stage=Building | B3 O1 stage=shipped | B4 O1 stage=dropped | B5 O1 stage=soon")
    assert told(rows, "open") == {"B1": (True,), "B2": (True,), "B3": (False,), "B4": (False,), "B5": (None,)}


def test_shares_of_the_way_that_is_left():
    rows = ideas("B1 O1 effect_low=1 effect_likely=2 effect_high=5 | B2 O1 effect_high=3 | B3 O1 effect_likely=-1")
    assert told(rows, "share_low", "share_likely", "share_high") == {
        "B1": (0.1, 0.2, 0.5), "B2": (0.3, 0.3, 0.3), "B3": (-0.1, -0.1, -0.1)}


def test_a_falling_metric_has_its_way_too():
    rows = ideas("B1 O1 effect_likely=1", "O1 baseline=6 target=3 current=5")
    assert told(rows, "share_likely") == {"B1": (0.5,)}


@pytest.mark.parametrize(("outcome", "idea", "why"), [
    ("current=110", "effect_likely=2", "no_target"), ("target=120", "effect_likely=2", "no_data"),
    ("target=120 current=120", "effect_likely=2", "met"),
    ("baseline=100 target=120 current=130", "effect_likely=2", "met"),  # passed it: no way is left
    ("baseline=6 target=3 current=2", "effect_likely=2", "met"), (WAY, "", "not_given"),
    (WAY, "effect_low=1 effect_high=2", "part_given"), (WAY, "effect_likely=much", "lost"),
    (WAY, "effect_low=2 effect_likely=1 effect_high=3", "lost"),  # the wrong way round
    (f"{WAY} status=planned", "effect_likely=2", "not_active")])
def test_why_no_share_is_known(outcome, idea, why):
    rows = ideas(f"B1 O1 {idea}", f"O1 {outcome}")
    assert told(rows, "share_likely", "share_why") == {"B1": (None, why)}


@pytest.mark.parametrize(("idea", "why"), [
    ("effort_likely=4 confidence_pct=50", "not_given"), ("effect_likely=2 confidence_pct=50", "no_effort"),
    ("effect_likely=2 effort_low=4 effort_high=5 confidence_pct=50", "part_effort"),
    ("effect_likely=2 effort_likely=-4 confidence_pct=50", "lost_effort"),
    ("effect_likely=2 effort_likely=0 confidence_pct=50", "zero_effort"),
    ("effect_likely=2 effort_likely=4", "no_confidence"),
    ("effect_likely=2 effort_likely=4 confidence_pct=150", "no_confidence"), (KNOWN, None)])
def test_why_an_idea_cannot_be_compared(idea, why):
    assert told(ideas(f"B1 O1 {idea}"), "odds_why") == {"B1": (why,)}


def test_a_product_that_cannot_be_told_is_not_a_new_one():
    rows = ideas("B1 O1 | B2 O1 product_id=P1 | B3 O1 product_id=P9", products="P1")
    assert told(rows, "new", "product_name") == {
        "B1": (True, None), "B2": (False, "P1"), "B3": (None, None)}


def test_odds_of_each_pair_that_can_be_compared():
    rows = aligned(outcomes=f"O1 {WAY}", ideas=f"B1 O1 {KNOWN} | B2 O1 effect_likely=4 effort_likely=4 "
                   f"confidence_pct=50 | B3 O1 effect_likely=9 effort_likely=1 | B4 O1 {KNOWN}").ideas
    # B1 and B2 both work in a quarter of the cases, and B2 is then better; each alone in another
    # quarter; in the last one neither does: ¼·0 + ¼·1 + ¼·0 + ¼·½
    assert odds(rows).values.tolist() == [["B1", "B2", 38], ["B1", "B4", 50], ["B2", "B4", 62]]


def test_no_ideas_give_no_odds():
    alignment = aligned(outcomes="O1")
    assert alignment.ideas.empty
    assert odds(alignment.ideas).empty


@pytest.mark.parametrize(("text", "problem"), [
    ("B1 O1 effort_low=9 effort_likely=5 effort_high=7", ("warning", 2, "effort_low", "9 · 5 · 7")),
    ("B1 O1 effect_low=9 effect_high=7", ("warning", 2, "effect_low", "9 · 7")),
    ("B1 O1 asked_by=ada@example.com", ("warning", 2, "asked_by", "ada@example.com")),
    ("B1 O1 asked_by='ada park'", ("warning", 2, "asked_by", "ada park")),
    ("B1 O2", ("warning", 2, "outcome_id", "O2")), ("B1 O9", ("error", 2, "outcome_id", "O9")),
    ("B1 O1 stage=soon", ("warning", 2, "stage", "soon")),
    ("B1 O1 confidence_pct=150", ("warning", 2, "confidence_pct", "150"))])
def test_bad_input_is_named_with_its_place(text, problem):
    portfolio = aligned(people="H1 name='Ada Park'", outcomes="O1 | O2 status=retired", ideas=text).portfolio
    rows = portfolio.problems
    assert rows[rows["level"] != "information"][["level", "row", "column", "value"]].values.tolist() == [
        list(problem)]


def test_a_range_the_wrong_way_round_is_unknown_and_the_row_stays():
    portfolio = aligned(outcomes="O1", ideas="B1 O1 effect_low=3 effect_likely=2 effect_high=4 confidence_pct=50").portfolio
    row, = portfolio["ideas"].to_dict("records")
    assert pd.isna([row["effect_low"], row["effect_likely"], row["effect_high"]]).all()
    assert row["confidence_pct"] == 50
    assert portfolio.problems["message"].tolist() == [
        "ideas.csv row 2, effect_low, \"3 · 2 · 4\": expected low ≤ likely ≤ high, found them the "
        "wrong way round; the range counts as unknown"]
