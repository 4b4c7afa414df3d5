"""What lost rows and cells may hold of what is not found. METHOD section 2."""

from dataclasses import replace

import pandas as pd
import pytest

from orgdata.measures import align
from tests.builders import DAY, loaded, lost_cells, spoken

TABLES = {
    "products": "P1 | P2", "outcomes": "O1 | O2", "assignments": "P2 H1 pm",
    "contributions": "P2 O2 confirmed_on=2026-01-01", "cycles": "C1 2026-10-01 2026-12-31",
    "objectives": "J1 product_id=P1 outcome_id=O1 | J2 product_id=P2 parent_objective_id=J1"
                  "| J3 product_id=P1 status=done",
    "key_results": "K1 J1 target=1 | K2 J2 target=1", "check_ins": "K1 2026-11-10 1 | K2 2026-11-30 1",
}


def _doubt(said=(), lost=(), **tables):
    """The facts in doubt, each as fact:id, with :other of a link."""
    portfolio = replace(loaded(**TABLES | tables), spoken=spoken(*said), lost_cells=lost_cells(
        *({"table": table, "row": row, "column": column} for table, row, column in lost)))
    rows = align(portfolio, DAY).doubt
    return [f"{row.fact}:{row.id}" + ("" if pd.isna(row.other) else f":{row.other}")
            for row in rows.itertuples()]


def _said(table, kind, name, column=None, **more):
    return {"table": table, "kind": kind, "id": name, "column": column or kind, **more}


def test_nothing_lost_leaves_nothing_in_doubt():
    assert _doubt() == []


@pytest.mark.parametrize(("row", "found"), [
    ({}, ["deputy:P1", "pm:P1"]), ({"role": "accountable"}, ["pm:P1"]),
    ({"role": "deputy"}, ["deputy:P1"]), ({"role": "contributor"}, []),
    ({"end": "2026-11-19"}, []), ({"start": "2026-11-21"}, []),
    ({"start": "2026-11-20", "end": "2026-11-20", "role": "deputy"}, ["deputy:P1"]),
    ({"cause": "took_first", "role": "accountable"}, ["pm:P1"])])
def test_a_set_aside_assignment_speaks_by_its_role_unless_it_is_not_of_today(row, found):
    assert _doubt([_said("assignments", "product_id", "P1", **row)]) == found


def test_an_undated_assignment_speaks_as_if_set_aside():
    assert _doubt(lost=[("assignments", 2, "start_date")]) == ["pm:P2"]
    assert _doubt(lost=[("assignments", 2, "end_date")],
                  assignments="P2 H1 deputy start_date=2026-11-21") == []


def test_a_link_is_in_doubt_at_each_end_with_what_stands_at_the_other():
    assert _doubt([_said("contributions", "product_id", "P1", names_other=True),
                   _said("contributions", "outcome_id", "O1", names_other=True)]) == [
                       "link:O1:P1", "link:P1:O1"]
    assert _doubt([_said("contributions", "product_id", "P1")]) == ["link:P1"]
    assert _doubt(lost=[("contributions", 2, "confirmed_on")]) == ["link:O2:P2", "link:P2:O2"]


@pytest.mark.parametrize(("row", "found"), [
    (_said("objectives", "product_id", "P1"), ["objective:P1"]),
    (_said("objectives", "product_id", "P1", closed=True), []),
    (_said("objectives", "product_id", "P1", end="2026-11-19"), []),
    (_said("objectives", "objective_id", "J1", "parent_objective_id", closed=True), ["child:J1"]),
    (_said("objective_products", "product_id", "P1"), ["objective:P1"]),
    (_said("objective_outcomes", "outcome_id", "O1"), ["objective:O1"]),
    (_said("key_results", "product_id", "P1"), ["objective:P1"]),
    (_said("key_results", "objective_id", "J1"), ["key_result:J1"]),
    (_said("check_ins", "kr_id", "K1"), ["check_in:K1"]),
    (_said("check_ins", "kr_id", "K1", date="2026-11-11"), ["check_in:K1"]),
    (_said("check_ins", "kr_id", "K1", date="2026-11-10"), []),  # not later than the last
    (_said("check_ins", "kr_id", "K1", date="2026-11-21"), []),
    (_said("check_ins", "kr_id", "K2", date="2026-01-01"), ["check_in:K2"]),  # the only one today
])
def test_each_table_holds_its_facts(row, found):
    assert _doubt([row]) == found


@pytest.mark.parametrize(("row", "column", "found"), [
    (2, "start_date", ["objective:O1", "objective:P1"]),  # undated
    (4, "start_date", []), (4, "outcome_id", []),  # closed
    (2, "outcome_id", ["objective:P1", "sight:J1", "objective:P2", "sight:J2"]),  # and its child
    (3, "parent_objective_id", ["objective:P2", "sight:J2"]),
    (3, "product_id", ["objective:O1"]), (3, "title", []), (3, "owner_id", [])])
def test_lost_cells_of_an_objective(row, column, found):
    objectives = TABLES["objectives"].replace("J1 product_id=P1 outcome_id=O1",
                                              "J1 product_id=P1")
    tables = {"objectives": objectives} if column == "outcome_id" else {}
    assert sorted(_doubt(lost=[("objectives", row, column)], **tables)) == sorted(found)


def test_an_ancestor_speaks_only_while_no_outcome_is_named():
    tables = {"objectives": "J1 product_id=P1 | J2 product_id=P2 parent_objective_id=J1 outcome_id=O2"
                            "| J3 product_id=P2 parent_objective_id=J2"}
    assert sorted(_doubt(lost=[("objectives", 2, "outcome_id")], **tables)) == [
        "objective:P1", "sight:J1"]


def test_a_lost_product_of_a_key_result_speaks_of_what_its_objective_sees():
    assert _doubt(lost=[("key_results", 3, "product_id")]) == ["objective:O1"]


def test_a_lost_product_may_bring_an_objective_of_retired_ones_into_the_cycle():
    tables = {"products": "P1 status=retired | P2", "objectives": "J1 product_id=P1 outcome_id=O1",
              "key_results": "K1 J1", "check_ins": "K1 2026-11-10 1"}
    assert _doubt(lost=[("objectives", 2, "owner_id")], **tables) == []
    assert _doubt([_said("objective_products", "objective_id", "J1")], **tables) == ["objective:O1"]


def test_set_aside_rows_of_further_products_and_outcomes_are_lost_cells_of_their_objective():
    assert _doubt([_said("objective_products", "objective_id", "J2")]) == ["objective:O1"]
    assert sorted(_doubt([_said("objective_outcomes", "objective_id", "J1")])) == [
        "objective:P1", "objective:P2", "sight:J1", "sight:J2"]  # J2 sees what J1 names


def test_what_a_lost_cell_may_name():
    said = [_said("objectives", "product_id", "P2", cause="lost_cell"),
            _said("objectives", "outcome_id", "O2", cause="lost_cell", row=4)]  # of a closed one
    lost = [("objectives", 2, "product_id"), ("objectives", 4, "outcome_id")]
    assert _doubt(said, lost) == ["objective:O1", "objective:P2"]


def test_goals_stand_for_links_that_are_not_loaded():
    assert _doubt([_said("objectives", "product_id", "P1")], contributions="") == [
        "link:P1", "objective:P1"]
