"""The outcomes that objectives lead to: their own, else those of the nearest ancestor."""

import pytest

from tests.builders import aligned


def _sights(**tables):
    found = {}
    for objective, outcome in zip(*(aligned(**tables).sights[name] for name in (
            "objective_id", "outcome_id")), strict=True):
        found.setdefault(objective, []).append(outcome)
    return {objective: "".join(sorted(outcomes)) for objective, outcomes in found.items()}


def test_the_own_outcomes_else_the_nearest_ancestors():
    assert _sights(outcomes="O1 | O2 | O3 status=done", objectives=(
        "A outcome_id=O1 | B parent_objective_id=A | C parent_objective_id=B outcome_id=O2"
        "| D parent_objective_id=C | E outcome_id=O3 | F parent_objective_id=E"
        "| G parent_objective_id=H outcome_id=O3 | H outcome_id=O1"
        "| X parent_objective_id=Y | Y parent_objective_id=X")) == {
            "A": "O1", "B": "O1", "C": "O2", "D": "O2", "H": "O1"}  # a circle leads nowhere


def test_an_ancestor_that_has_ended_still_shows_the_way():
    assert _sights(outcomes="O1", objectives=(
        "A outcome_id=O1 status=done | B parent_objective_id=A"))["B"] == "O1"


def test_several_outcomes_and_those_that_are_only_supported():
    assert _sights(
        outcomes="1 | 2 | 3 | 4 status=done",
        objectives="A outcome_id=1 | B parent_objective_id=A | C parent_objective_id=A"
                   "| D parent_objective_id=A | E outcome_id=1",
        objective_outcomes="A 2 | A 3 mode=supports | A 4 mode=contributes | B 3 mode=supports"
                           "| C 4 | D 3 mode=Contributes | E 1") == {
        "A": "12", "B": "12", "D": "3", "E": "1"}


def test_the_effort_goes_to_each_of_them_alike():
    sights = aligned(outcomes="1 tier=1 name=One | 2 tier=2 | 3 status=done",
                     objectives="A outcome_id=1", objective_outcomes="A 2 | A 3").sights
    assert sights.to_dict("list") == {
        "objective_id": ["A", "A"], "outcome_id": ["1", "2"], "outcome_name": ["One", "2"],
        "tier1": [True, False], "share": [0.5, 0.5]}


def test_the_effort_goes_by_the_shares_of_the_goal_that_names_the_outcomes():
    """70 to the first, what is left to the second; a share of what is only supported or past
    counts for nothing; a goal below has the shares of the one that names them."""
    sights = aligned(outcomes="1 | 2 | 3 | 4 status=done", objectives=(
        "A outcome_id=2 | B parent_objective_id=A"), objective_outcomes=(
        "A 1 share_pct=70 | A 3 mode=supports share_pct=20 | A 4 share_pct=90 | B 3 mode=supports"
        )).sights
    assert sights.set_index(["objective_id", "outcome_id"])["share"].to_dict() == pytest.approx({
        ("A", "1"): 0.7, ("A", "2"): 0.3, ("B", "1"): 0.7, ("B", "2"): 0.3})
