"""From a product to an outcome: what breaks without it, and the chain that is drawn."""

import pytest

from orgdata.views import line_of_sight
from tests.builders import HALFWAY, aligned

PROVEN = {  # P1 proves O1 alone
    "outcomes": "O1 weight=60 | O2 weight=40", "products": "P1 name=Checkout | P2 name=Search | P3",
    "people": "H1 name=Ada | H2 name=Bo",
    "assignments": "P1 H1 accountable | P2 H2 accountable | P3 H2 accountable",
    "objectives": f"J1 title=Grow product_id=P1 outcome_id=O1 {HALFWAY}",
    "key_results": "K1 J1 baseline=0 target=10",
}
SECOND = {  # P2 proves it as well
    "objectives": f"{PROVEN['objectives']} | J2 product_id=P2 outcome_id=O1 {HALFWAY}",
    "key_results": "K1 J1 baseline=0 target=10 | K2 J2 baseline=0 target=10",
}


def portfolio(contributions, **tables):
    return aligned(contributions=contributions, **{**PROVEN, **tables})


@pytest.mark.parametrize(("contributions", "tables", "now", "without", "falls", "others"), [
    ("P1 O1 primary", {}, "covered", "uncovered", True, "nobody else"),
    ("P1 O1 primary | P2 O1 primary", SECOND, "covered", "covered", False, "Search"),
    ("P1 O1 primary | P2 O1 supporting", SECOND, "covered", "thin", True, "Search"),
    ("P1 O1 primary | P2 O1 primary", {}, "covered", "thin", True, "Search"),
    ("P1 O1 primary | P2 O1 primary", {**SECOND, "assignments": "P1 H1 accountable"},
     "covered", "thin", True, "Search"),
    ("P1 O1 weak | P2 O1 primary", SECOND, "covered", "covered", False, "Search"),
    ("P1 O1 weak | P2 O1 weak | P3 O1 weak", {}, "thin", "thin", False, "P3 and Search"),
])
def test_coverage_is_derived_again_from_the_rest(contributions, tables, now, without, falls,
                                                 others):
    rows = line_of_sight.coverage_without(portfolio(contributions, **tables), "P1")
    assert rows[["outcome_id", "coverage", "without", "falls", "others"]].values.tolist() == [
        ["O1", now, without, falls, others]]


def test_a_goal_of_another_product_keeps_an_outcome_from_being_unserved():
    measured = portfolio("P1 O1 primary", **SECOND)
    assert line_of_sight.coverage_without(measured, "P1")["without"].tolist() == ["thin"]


def test_outcomes_are_in_order_of_weight_and_only_the_ones_the_product_links_to():
    measured = portfolio("P1 O1 primary | P1 O2 primary", outcomes="O1 weight=1 | O2 weight=9 | O3")
    assert line_of_sight.coverage_without(measured, "P1")["outcome_id"].tolist() == ["O2", "O1"]
    assert not len(line_of_sight.coverage_without(measured, "P2"))


def test_what_would_be_lost_is_said_and_nothing_where_others_carry_it_too():
    rows = line_of_sight.coverage_without(portfolio(
        "P1 O1 primary | P2 O1 primary | P1 O2 weak | P3 O2 weak"), "P1")
    assert line_of_sight.without_it(rows) == "Without it “O1” would be weak."
    alone = line_of_sight.coverage_without(portfolio("P1 O1 primary"), "P1")
    assert line_of_sight.without_it(alone) == "Without it “O1” would be not covered."
    many = line_of_sight.coverage_without(portfolio(
        "P1 O1 primary | P2 O1 primary", **SECOND), "P1")
    assert line_of_sight.without_it(many) == ""


def test_the_chain_has_a_lane_for_each_objective_and_says_what_is_missing():
    measured = portfolio(
        [{"product_id": "P1", "outcome_id": "O1", "strength": "primary", "rationale": "<i>It pays",
          "confirmed_on": "2026-10-01"},
         {"product_id": "P1", "outcome_id": "O2", "strength": "weak", "rationale": "",
          "confirmed_on": ""}],
        assignments="P1 H2 accountable | P1 H1 accountable",
        objectives=f"J1 title=Grow product_id=P1 outcome_id=O1 {HALFWAY} | "
                   f"J2 title=Tidy product_id=P1 {HALFWAY}",
        key_results="K1 J1 title=Sales baseline=0 target=10 current=1")
    drawn = line_of_sight.drawn_chain(measured, "P1")
    assert (drawn["who"], drawn["product"], drawn["more"]) == ("PM Ada and Bo", "Checkout", "")
    lanes = {lane["objective"]: lane for lane in drawn["lanes"]}
    assert {name: [one["name"] for one in lane["outcomes"]] for name, lane in lanes.items()} == {
        "Grow": ["O1"], "No objective yet": ["O2"], "Tidy": ["No outcome yet"]}
    assert lanes["Grow"]["results"] == [["bad", "▼ Sales: off track"]]
    assert lanes["Grow"]["says"] == "10 % done, off track, 1 of 1 behind"
    assert lanes["Grow"]["outcomes"][0] == {
        "name": "O1", "absent": False, "tone": "good", "state": "■ backed by OKRs",
        "why": "<i>It pays"}
    assert lanes["No objective yet"]["absent"]
    assert lanes["Tidy"]["outcomes"][0]["absent"]
    nobody = line_of_sight.drawn_chain(measured, "P2")
    assert (nobody["who"], nobody["nobody"]) == ("No PM assigned", "No PM assigned")
    assert [(lane["objective"], lane["outcomes"][0]["name"]) for lane in nobody["lanes"]] == [
        ("No objective yet", "No outcome yet")]


def test_of_very_many_key_results_and_paths_the_chain_draws_the_first():
    measured = aligned(
        outcomes=" | ".join(f"O{i}" for i in range(60)), products="P1",
        objectives=" | ".join(f"J{i} product_id=P1 outcome_id=O{i} {HALFWAY}" for i in range(60)),
        key_results=" | ".join(f"K{i} J0 title=K{i} baseline=0 target=10" for i in range(9)))
    drawn = line_of_sight.drawn_chain(measured, "P1")
    assert len(drawn["lanes"]) == line_of_sight.MOST_PATHS
    assert drawn["more"] == "10 more paths: the table has all."
    first = next(lane for lane in drawn["lanes"] if lane["results"])
    assert (len(first["results"]), first["results"][-1]) == (6, ["plain", "4 more key results"])
