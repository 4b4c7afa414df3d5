"""Objectives in cycle. METHOD section 2."""

from dataclasses import replace

import pandas as pd
import pytest

from orgdata.measures import align
from tests.builders import DAY, aligned, loaded, lost_cells


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


def _lost(portfolio, *cells):
    return replace(portfolio, lost_cells=lost_cells(*(
        {"table": table, "row": row, "column": column} for table, row, column in cells)))


CYCLES = "C1 2026-10-01 2026-12-31 cadence_days=14 | C0 2026-07-01 2026-09-30"


@pytest.mark.parametrize(("objective", "in_cycle"), [
    ("J1 cycle_id=C1", True), ("J1 cycle_id=C0", False),
    ("J1 cycle_id=C0 end_date=2026-11-20", True), ("J1 cycle_id=C0 start_date=2026-08-01", False),
    ("J1 cycle_id=C1 end_date=2026-11-19", False)])
def test_dates_are_those_of_the_cycle_where_an_objective_has_none(objective, in_cycle):
    assert _ids(objectives=objective, cycles=CYCLES) == (["J1"] if in_cycle else [])


@pytest.mark.parametrize(("objective", "lost", "undated"), [
    ("J1", "start_date", True), ("J1 end_date=2026-11-20", "start_date", True),
    ("J1 end_date=2026-11-19", "start_date", False), ("J1 status=done", "end_date", False),
    ("J1 product_id=P2", "end_date", False), ("J1 cycle_id=C1", "end_date", True),
    ("J1 cycle_id=C0 start_date=2026-11-01", "start_date", False),  # the cycle is over
    ("J1", "cycle_id", True), ("J1 start_date=2026-11-01", "cycle_id", True),
    ("J1 start_date=2026-11-01 end_date=2026-12-01", "cycle_id", False),
    ("J1 end_date=2026-11-19", "cycle_id", False), ("J1", "title", False)])
def test_undated_is_what_a_lost_date_leaves_open(objective, lost, undated):
    portfolio = loaded(objectives=objective, cycles=CYCLES, products="P1 | P2 status=retired")
    rows = align(_lost(portfolio, ("objectives", 2, lost)), DAY).all_objectives
    assert rows["undated"].tolist() == [undated]
    assert not (rows["undated"] & rows["in_cycle"]).any()


def test_an_unreadable_date_is_not_that_of_the_cycle():
    portfolio = loaded(objectives="J1 cycle_id=C1 | J2 cycle_id=C1", cycles=CYCLES)
    rows = align(_lost(portfolio, ("objectives", 2, "end_date")), DAY).all_objectives
    assert rows["end"].isna().tolist() == [True, False]
    assert rows["start"].isna().tolist() == [False, False]


def test_an_objective_of_a_lost_cycle_is_undated():
    lost = {"cycles": [{"cycle_id": "C1", "name": ""}]}
    rows = aligned(objectives="J1 cycle_id=C1 | J2 | J3 cycle_id=C1 end_date=2026-11-19", **lost)
    assert rows.all_objectives["undated"].tolist() == [True, False, False]
    rows = aligned(objectives="J1 cycle_id=C1").all_objectives
    assert rows["in_cycle"].tolist() == [True]  # cycles that are not loaded say nothing
