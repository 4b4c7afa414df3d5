"""What the New bets page says, word for word, on portfolios worked out by hand."""

import pytest

from orgdata.views import ideas
from tests.builders import HALFWAY, aligned

WAY = "baseline=0 target=20 current=10 unit=shops"
COVERED = {
    "people": "H1 name=Ada", "products": "P1 name=Pay", "assignments": "P1 H1 accountable",
    "contributions": "P1 O1 primary", "objectives": f"J1 product_id=P1 outcome_id=O1 {HALFWAY}",
    "key_results": "K1 J1 baseline=0 target=10 current=6"}
OUTCOMES = (f"O1 name=Home weight=40 | O2 name=Japan weight=10 {WAY} | O3 name=Chile weight=20 | "
            "O4 name=Spain weight=10")


def measured(text: str = "", outcomes: str = OUTCOMES, **tables: str):
    return aligned(outcomes=outcomes, **{**COVERED, **tables}, **({"ideas": text} if text else {}))


def test_outcomes_stand_the_worst_covered_and_heaviest_first_then_by_name():
    rows = ideas.outcome_rows(measured("B1 O1 | B2 O2 | B3 O2 stage=dropped"))
    assert rows[["name", "coverage", "ideas"]].values.tolist() == [
        ["Chile", "uncovered", 0], ["Japan", "uncovered", 1], ["Spain", "uncovered", 0], ["Home", "covered", 1]]
    assert ideas.outcome_rows(measured())["name"].tolist() == ["Chile", "Japan", "Spain"]


@pytest.mark.parametrize(("text", "outcomes", "said"), [
    ("B1 O2 | B2 O2", f"O1 name=Home | O2 name=Japan {WAY}", "No product works on “Japan”: 2 ideas are for it."),
    ("B1 O2", "O1 name=Home | O2 name=Japan | O3 name=Chile",
     "No product works on “Chile” and “Japan”: 1 idea is for 1 of them."),
    ("B1 O1", "O1 name=Home | O2 name=Japan", "No product works on “Japan”, and there is no idea for it."),
    ("B1 O9 | B2 O1", "O1 name=Home | O2 name=Japan",
     "No product works on “Japan”, and no idea is known, 1 row of ideas having been skipped."),
    ("B1 O1", "O1 name=Home", "Every outcome has a product; 1 idea is open."),
    ("", "O1 name=Home", "Every outcome has a product, and there is no idea.")])
def test_the_answer(text, outcomes, said):
    assert ideas.sentence(measured(text, outcomes)) == said


def test_the_answer_where_nothing_links_products_to_outcomes():
    said = ideas.sentence(aligned(outcomes="O1", products="P1", ideas="B1 O1"))
    assert said == "1 idea is open. Which outcomes lack a product cannot be told yet: nothing links the two."


def test_ideas_by_name_with_their_way_in_the_metric():
    rows = ideas.idea_rows(measured(
        "B1 O2 name=Cash effect_low=1 effect_likely=2 effect_high=4 stage=building asked_by=sales "
        "confidence_pct=60 proposed_on=2026-10-12 | B2 O2 name=App product_id=P1 effect_likely=5 stage=soon | "
        "B3 O2 name=Bank product_id=P9"), "O2")
    assert rows.astype(object).where(rows.notna(), None).to_dict("records") == [
        {"idea_id": "B2", "name": "App", "what": "changes Pay", "stage": None, "asked": None,
         "way": (0.5, 0.5, 0.5, "5 shops: 50 % of the way"), "chance": None},
        {"idea_id": "B3", "name": "Bank", "what": "a product that cannot be told", "stage": "idea", "asked": None,
         "way": (None, None, None, "Nobody said what it would bring"), "chance": None},
        {"idea_id": "B1", "name": "Cash", "what": "a new product", "stage": "building",
         "asked": "sales, 12 Oct 2026", "way": (0.1, 0.2, 0.4, "1 to 4 shops: 10 % to 40 % of the way"), "chance": 60}]


FOUR_WEEKS = "effort_likely=4 confidence_pct=100"


def test_odds_in_sentences_with_what_is_too_close_and_what_is_not_compared():
    alignment = measured(f"B1 O2 name=App effect_likely=2 {FOUR_WEEKS} | B2 O2 name=Bank effect_likely=2 {FOUR_WEEKS} | "
                         f"B3 O2 name=Cash effect_likely=3 effort_likely=4 confidence_pct=80 | B4 O2 name=Desk effect_likely=3")
    assert ideas.pairs(alignment, "O2") == [
        "“App” and “Bank” are too close to call (50 : 50).",
        "“Cash” brings more per person-week than “App” in 80 of 100 cases.",
        "“Cash” brings more per person-week than “Bank” in 80 of 100 cases.",
        "“Desk” is not compared: nobody said how many person-weeks it takes."]
    assert ideas.pairs(alignment, "O2", "B1") == [
        "“App” and “Bank” are too close to call (50 : 50).",
        "“Cash” brings more per person-week than “App” in 80 of 100 cases.",
        "“Desk” is not compared: nobody said how many person-weeks it takes."]
    assert ideas.pairs(alignment, "O1") == []


def test_many_pairs_are_told_of_one_idea_at_a_time():
    alignment = measured(" | ".join(f"B{n} O2 effect_likely=2 {FOUR_WEEKS}" for n in range(5)))
    assert ideas.pairs(alignment, "O2") == ["Open an idea to see its odds against each of the others."]
    assert len(ideas.pairs(alignment, "O2", "B1")) == 4


def test_what_an_idea_still_lacks_for_its_outcome_to_be_covered():
    alignment = measured(outcomes="O1 | O2", products="P1 | P2", contributions="P1 O1 primary | P2 O2 primary")
    assert ideas.still_lacks(alignment, "P2", "O2") == ("an objective", "a measurable key result", "a PM")
    assert ideas.still_lacks(alignment, "P9", "O2") == (
        "an active product", "an objective", "a measurable key result", "a PM")
    assert ideas.still_lacks(alignment, "P1", "O1") == ()


def test_as_if_it_existed_in_short():
    assert ideas.AsIf("uncovered", "thin", ("a PM",), (), ()).in_short == "Not covered → weak; still lacks a PM"
    assert ideas.AsIf("covered", "covered", (), (), ()).in_short == "Stays covered"


def test_what_an_idea_would_do_is_the_title_of_its_page():
    assert ideas.would("Cash", "Japan", ideas.AsIf("uncovered", "thin", (), (), ())) == (
        "“Cash” would move “Japan” from not covered to weak.")
    assert ideas.would("Cash", "Japan", ideas.AsIf("thin", "thin", (), (), ())) == "“Cash” would leave “Japan” weak."


@pytest.mark.parametrize(("outcome", "said"), [
    (f"O1 {WAY}", "From 10 now to 20 shops"), ("O1 target=20 unit=shops", "Share of the way")])
def test_ranges_are_drawn_on_the_metric_of_the_outcome(outcome, said):
    assert ideas.axis(measured(outcomes=outcome).outcomes.iloc[0]) == said
