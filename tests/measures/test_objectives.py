"""Objectives in cycle, what they lead to, and their share of effort. METHOD section 2."""

import pandas as pd
import pytest

from tests.builders import aligned, column


def _ids(**tables):
    return aligned(**tables).objectives["objective_id"].tolist()


@pytest.mark.parametrize(("objective", "in_cycle"), [
    ("J1", True), ("J1 start_date=2026-11-20 end_date=2026-11-20", True),
    ("J1 start_date=2026-11-21", False), ("J1 end_date=2026-11-19", False),
    ("J1 product_id=P1", True), ("J1 product_id=P2", False),  # retired
    ("J1 product_id=P9", True),  # nobody knows it: the cell counts as unknown
    *((f"J1 status='{word}'", False) for word in (
        "done", "Closed", "completed", "achieved", "MISSED", "cancelled", "dropped", "draft",
        "canceled", "complete", " finished ")),
    *((f"J1 status='{word}'", True) for word in ("active", "on track", "in progress", "open", "?")),
])
def test_in_cycle(objective, in_cycle):
    found = _ids(objectives=objective, products="P1 | P2 status=retired")
    assert found == (["J1"] if in_cycle else [])


def test_a_product_that_is_not_loaded_is_not_held_against_the_goal():
    assert _ids(objectives="J1 product_id=P1") == ["J1"]


def test_line_of_sight_is_the_own_outcome_else_the_nearest_ancestors():
    objectives = aligned(outcomes="O1 | O2 | O3 status=done", objectives=(
        "A outcome_id=O1 | B parent_objective_id=A | C parent_objective_id=B outcome_id=O2"
        "| D parent_objective_id=C | E outcome_id=O3 | F parent_objective_id=E"
        "| G parent_objective_id=H outcome_id=O3 | H outcome_id=O1"
        "| X parent_objective_id=Y | Y parent_objective_id=X")).objectives
    assert column(objectives, "objective_id", "sight") == {
        "A": "O1", "B": "O1", "C": "O2", "D": "O2", "E": None, "F": None, "G": None, "H": "O1",
        "X": None, "Y": None}  # a circle leads nowhere


def test_an_ancestor_that_has_ended_still_shows_the_way():
    objectives = aligned(outcomes="O1", objectives=(
        "A outcome_id=O1 status=done | B parent_objective_id=A")).objectives
    assert objectives[["objective_id", "sight"]].to_numpy().tolist() == [["B", "O1"]]


def test_effort_among_the_goals_of_the_product_in_this_cycle():
    objectives = aligned(products="P1 annual_spend=200 | P2 annual_spend=100", objectives=(
        "J1 product_id=P1 effort_pct=60 | J2 product_id=P1 | J3 product_id=P1 status=done "
        "effort_pct=90 | J4 product_id=P2 | J5")).all_objectives.set_index("objective_id")
    assert objectives["effort"].dropna().to_dict() == pytest.approx(
        {"J1": 0.6, "J2": 0.4, "J4": 1.0})
    assert objectives["at_stake"].dropna().to_dict() == pytest.approx(
        {"J1": 120, "J2": 80, "J4": 100})


def test_committed_aspirational_or_neither():
    rows = aligned(objectives="A ambition=Committed | B ambition=aspirational | C | D ambition=x")
    rows = rows.objectives.set_index("objective_id")
    assert rows.index[rows["committed"]].tolist() == ["A"]
    assert rows.index[rows["aspirational"]].tolist() == ["B"]


def test_tier_of_the_outcome_seen():
    rows = aligned(outcomes="O1 tier=1 | O2 tier=2", objectives="A outcome_id=O1 | B outcome_id=O2"
                                                                "| C").objectives
    assert pd.Series(rows["tier1"]).tolist() == [True, False, False]
