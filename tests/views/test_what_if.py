"""What a scenario does, in words and figures."""

import pytest

from orgdata.edits import Edit
from orgdata.edits.scenario import Step
from orgdata.evaluation import evaluate
from orgdata.load import portfolio_of
from orgdata.views import what_if
from orgdata.views.edited import Names
from tests.builders import DAY, HALFWAY, raw_source

RAW = raw_source(
    people="H1 name=Ada | H2 name=Ben", products="P1 annual_spend=60 | P2 annual_spend=40",
    outcomes="O1 weight=60 | O2 weight=40", assignments="P1 H1 accountable",
    contributions="P1 O1 primary | P2 O2 primary",
    objectives=f"J1 product_id=P1 outcome_id=O1 {HALFWAY}",
    key_results="K1 J1 kr_type=increase baseline=0 target=10 current=6")
GETS = Edit.adding("assignments", {"product_id": "P2", "person_id": "H2", "role": "accountable",
                                   "allocation_pct": "50"})
DROPS = Edit("outcomes", "set", {"outcome_id": "O2"}, {"status": "retired"})


def evaluated(*edits):
    return evaluate(portfolio_of(RAW, (), edits), DAY)


def test_an_effect_is_told_by_figures_and_gaps():
    before = what_if.figures(evaluated())
    assert what_if.effect(before, before) == "changes no figure and no gap"
    assert what_if.effect(before, what_if.figures(evaluated(GETS))) == "1 gap closed"
    said = what_if.effect(before, what_if.figures(evaluated(DROPS)))
    assert said.startswith("outcome coverage +20 points")


def test_figures_that_differ_stand_first():
    rows = what_if.side_by_side([evaluated(), evaluated(DROPS)])
    assert rows["differs"].tolist() == sorted(rows["differs"], reverse=True)
    assert rows.loc[rows["label"] == "Outcomes covered", ["0", "1"]].iloc[0].tolist() == [
        "1 of 2", "1 of 1"]


def test_only_people_who_are_touched_are_listed():
    rows = what_if.load_of_people(evaluated().alignment, evaluated(GETS).alignment)
    assert rows.to_dict("records") == [{
        "name": "Ben", "products_before": 0, "products_after": 1, "allocation_before": "–",
        "allocation_after": "50 %"}]


def test_only_money_that_moves_is_listed():
    moved = what_if.money_moved(evaluated().alignment, evaluated(DROPS).alignment)
    assert moved["name"].tolist() == ["O1", "O2"]
    assert moved.loc[0, ["weight_before", "weight_after"]].tolist() == ["60.0 %", "100.0 %"]
    assert what_if.money_moved(evaluated().alignment, evaluated(GETS).alignment).empty


def test_changed_cells_are_those_of_the_row_the_column_and_the_link():
    before = evaluated().alignment
    assert what_if.changed_cells(before, evaluated(GETS).alignment) == {("P2", "")}
    assert what_if.changed_cells(before, evaluated(DROPS).alignment) == {
        ("", "O1"), ("", "O2"), ("P2", "O2")}
    assert not what_if.changed_cells(before, before)


def test_expected_and_seen_stand_beside_each_other():
    before, after = what_if.figures(evaluated()), what_if.figures(evaluated(DROPS))
    expected = what_if.expected(before, after)
    assert expected["coverage"] == pytest.approx([80, 100])
    assert what_if.seen(expected, evaluated().alignment.headlines).startswith(
        "Outcome coverage +20 points expected, no change seen")
    assert what_if.seen({}, evaluated().alignment.headlines) == ""


@pytest.mark.parametrize(("verb", "given", "says"), [
    ("assign", {"product_id": "P2", "person_id": "H2", "start_date": "2026-12-01"},
     "Ben becomes product manager of P2 from 1 Dec 2026."),
    ("re-weight", {"outcome_id": "O1", "weight": "5%"}, "O1 weighs 5 %."),
    ("retire product", {"product_id": "P1", "links_to": "P2"},
     "P1 is retired; its links pass to P2."),
    ("change role", {"product_id": "P1", "strategic_role": "enable"},
     "The strategic bet on P1 becomes platform."),
    ("", {}, "Ben becomes product manager of P2.")])
def test_a_step_is_a_sentence_with_names(verb, given, says):
    said = what_if.step(Step(verb, given, (GETS,)), Names(evaluated().alignment.portfolio))
    assert said == says


def test_an_allocation_that_is_not_known_is_not_counted_as_none():
    more = Edit.adding("assignments", {"product_id": "P1", "person_id": "H2", "role": "deputy"})
    rows = what_if.load_of_people(evaluated(GETS).alignment, evaluated(GETS, more).alignment)
    assert rows.to_dict("records") == [{
        "name": "Ben", "products_before": 1, "products_after": 1, "allocation_before": "50 %",
        "allocation_after": "at least 50 %"}]


def test_money_that_is_not_known_has_no_columns():
    def measured(**more):
        raw = raw_source(products="P1 | P2", outcomes="O1 weight=60 | O2 weight=40",
                         contributions="P1 O1 primary | P2 O2 primary", **more)
        return [evaluate(portfolio_of(raw, (), edits), DAY).alignment for edits in ((), (DROPS,))]

    assert list(what_if.money_moved(*measured())) == ["name", "weight_before", "weight_after"]


def test_a_day_that_is_none_is_shown_as_it_is():
    told = Step("assign", {"product_id": "P2", "person_id": "H2", "start_date": "soon"}, (GETS,))
    assert what_if.step(told, Names(evaluated().alignment.portfolio)) == (
        "Ben becomes product manager of P2 from soon.")
