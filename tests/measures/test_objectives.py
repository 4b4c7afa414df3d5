"""Objectives in cycle. METHOD section 2."""

import pandas as pd
import pytest

from tests.builders import aligned


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


def test_one_active_product_of_several_is_enough():
    assert _ids(objectives="J1 product_id=P2 | J2 product_id=P2", objective_products="J1 P1",
                products="P1 | P2 status=retired") == ["J1"]


def test_a_product_that_is_not_loaded_is_not_held_against_the_goal():
    assert _ids(objectives="J1 product_id=P1") == ["J1"]


def test_committed_aspirational_or_neither():
    rows = aligned(objectives="A ambition=Committed | B ambition=aspirational | C | D ambition=x")
    rows = rows.objectives.set_index("objective_id")
    assert rows.index[rows["committed"]].tolist() == ["A"]
    assert rows.index[rows["aspirational"]].tolist() == ["B"]


def test_tier_of_the_outcome_seen():
    rows = aligned(outcomes="O1 tier=1 | O2 tier=2", objectives="A outcome_id=O1 | B outcome_id=O2"
                   "| C | D outcome_id=O2", objective_outcomes="D O1").objectives
    assert pd.Series(rows["tier1"]).tolist() == [True, False, False, True]
    assert pd.Series(rows["sight_count"]).tolist() == [1, 1, 0, 2]
