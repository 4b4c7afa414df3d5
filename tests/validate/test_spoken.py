"""What rows that were skipped, and cells that became unknown, may speak of (METHOD section 2)."""

from datetime import datetime

import pandas as pd

from orgdata.model.portfolio import NO_LOST_CELLS, NO_SPOKEN
from orgdata.validate import spoken as room
from tests.builders import loaded

BASE = {"products": "P1 name=Checkout | P2 name=Search", "outcomes": "O1 name=Growth | O2 name=Trust",
        "people": "H1 | H2"}


def said(portfolio, *columns):
    """Row, column and id of each row of `spoken`, and more of its columns."""
    rows = portfolio.spoken[["row", "column", "id", *columns]]
    return sorted(tuple(None if pd.isna(cell) else cell for cell in row)
                  for row in rows.itertuples(index=False))


def test_a_portfolio_without_a_fault_speaks_of_nothing():
    portfolio = loaded(**BASE, assignments="P1 H1 PM", contributions="P1 O1")
    assert len(portfolio.spoken) == len(portfolio.lost_cells) == 0
    assert portfolio.spoken.dtypes.equals(NO_SPOKEN.dtypes)
    assert portfolio.lost_cells.dtypes.equals(NO_LOST_CELLS.dtypes)


def test_a_row_set_aside_speaks_of_what_it_names():
    portfolio = loaded(**BASE, assignments="P1 H9 PM | P9 H1 PM | P2 H9 Poet | P1 H1 PM",
                       contributions="P1 O9 | P9 O9 | P9 O2 | P1 O1")
    assert portfolio.spoken.dtypes.equals(NO_SPOKEN.dtypes)
    assert said(portfolio, "table", "kind", "cause", "role", "names_other") == [
        (2, "product_id", "P1", "assignments", "product_id", "set_aside", "accountable", False),
        (2, "product_id", "P1", "contributions", "product_id", "set_aside", None, False),
        (4, "outcome_id", "O2", "contributions", "outcome_id", "set_aside", None, False),
        (4, "product_id", "P2", "assignments", "product_id", "set_aside", "contributor", False)]


def test_a_contribution_says_whether_it_names_something_at_its_other_end():
    portfolio = loaded(**BASE, contributions=[
        {"product_id": "P1", "outcome_id": "O1", "strength": "primary"},
        {"product_id": "P1", "outcome_id": "O1", "strength": "weak"},
        {"product_id": "search; P9", "outcome_id": "O9, growth"}])
    assert said(portfolio, "names_other") == [
        (3, "outcome_id", "O1", True), (3, "product_id", "P1", True),
        (4, "outcome_id", "O1", True), (4, "product_id", "P2", True)]


def test_every_known_part_of_a_list_and_every_bearer_of_a_name_is_spoken_of():
    portfolio = loaded(products="P1 name=Pay | P2 name=pay | P3 | P4", people="H1",
                       assignments=[{"product_id": cell, "person_id": "H9", "role": "PM"}
                                    for cell in ("PAY", "P3; nobody & p4", "nobody", "")])
    assert said(portfolio) == [(2, "product_id", "P1"), (2, "product_id", "P2"),
                               (3, "product_id", "P3"), (3, "product_id", "P4")]


def test_a_copy_of_an_accepted_row_speaks_of_nothing():
    row = {"product_id": "P1", "outcome_id": "O1", "strength": "primary", "rationale": "", "x": "1"}
    portfolio = loaded({"values": {"contributions": {"strength": {"main": "primary"}}}}, **BASE,
                       contributions=[row, row | {"product_id": " P1 ", "x": "2"},
                                      row | {"strength": "main"}, row | {"rationale": "why"}])
    assert {row for row, *_ in said(portfolio)} == {5}


def test_check_ins_speak_with_their_day_and_assignments_with_theirs():
    portfolio = loaded(
        **BASE, objectives="J1", key_results="K1 J1",
        check_ins="K1 2026-11-01 1 | K1 2026-11-01 2 | K1 soon 3 | K9 2026-11-02 4",
        assignments="P1 H9 PM start_date=2026-01-01 end_date=never")
    assert said(portfolio, "date", "start", "end", "start_lost", "end_lost") == [
        (2, "kr_id", "K1", datetime(2026, 11, 1), None, None, False, False),
        (2, "product_id", "P1", None, datetime(2026, 1, 1), None, False, True),
        (4, "kr_id", "K1", None, None, None, False, False)]


def test_objectives_speak_with_their_days_or_those_of_their_cycle_and_whether_they_are_closed():
    portfolio = loaded(**BASE, cycles="C1 2026-10-01 2026-12-31", objectives=[
        {"objective_id": "J1", "title": "A"},
        {"objective_id": "", "title": "B", "product_id": "P1", "cycle_id": "C1",
         "end_date": "2026-11-30", "status": "Done"},
        {"objective_id": "", "title": "C", "outcome_id": "growth", "parent_objective_id": "J1",
         "cycle_id": "C1", "start_date": "soon"}])
    october, end = datetime(2026, 10, 1), datetime(2026, 12, 31)
    assert said(portfolio, "kind", "start", "start_lost", "end", "closed") == [
        (3, "product_id", "P1", "product_id", october, False, datetime(2026, 11, 30), True),
        (4, "outcome_id", "O1", "outcome_id", None, True, end, False),
        (4, "parent_objective_id", "J1", "objective_id", None, True, end, False)]


def test_a_lost_reference_of_an_accepted_row_speaks_of_what_it_may_name():
    portfolio = loaded(**BASE, objectives=[
        {"objective_id": "J1", "title": "A", "product_id": "P1 + P9", "parent_objective_id": "J2"},
        {"objective_id": "J2", "title": "B", "outcome_id": "O9", "parent_objective_id": "J1"}])
    assert said(portfolio, "cause") == [
        (2, "parent_objective_id", "J2", "lost_cell"), (2, "product_id", "P1", "lost_cell"),
        (3, "parent_objective_id", "J1", "lost_cell")]
    assert portfolio.lost_cells.to_numpy().tolist() == [
        ["objectives", 2, "product_id", "P1 + P9"], ["objectives", 3, "outcome_id", "O9"],
        ["objectives", 2, "parent_objective_id", "J2"],
        ["objectives", 3, "parent_objective_id", "J1"]]


def test_a_list_that_was_lost_for_a_circle_speaks_once():
    portfolio = loaded(objectives="J1 | J2 parent_objective_id='J2; J1'")
    assert said(portfolio, "cause") == [(3, "parent_objective_id", "J1", "lost_cell"),
                                        (3, "parent_objective_id", "J2", "lost_cell")]


def test_lost_cells_are_those_of_accepted_rows_that_became_unknown():
    portfolio = loaded(products=[
        {"product_id": "P1", "name": "A", "annual_spend": "much", "bau_pct": "120", "fte": "1",
         "status": "odd", "role_confirmed_on": "soon", "parent_product_id": "P" * 501},
        {"product_id": "P2", "name": "", "annual_spend": "much"},
        {"product_id": "P3", "name": "C", "annual_spend": "", "role_statement": "x" * 6_000}])
    assert portfolio.lost_cells[["row", "column"]].to_numpy().tolist() == [
        [2, "parent_product_id"], [2, "status"], [2, "annual_spend"], [2, "role_confirmed_on"]]
    assert portfolio.lost_cells["value"].str.len().max() == 500


def test_rows_without_their_required_columns_speak_of_nothing_but_their_table_is_lost():
    portfolio = loaded(**BASE, assignments=[{"product_id": "P1", "person_id": "H1"}])
    assert len(portfolio.spoken) == 0
    assert portfolio.lost("assignments")


def test_what_rows_speak_of_is_bounded(monkeypatch):
    monkeypatch.setattr(room, "_FEW", 3)
    portfolio = loaded(products=[{"product_id": f"P{at}", "name": "Same"} for at in range(60)],
                       people="H1", assignments="same H9 PM | same H9 PM")
    assert len(portfolio.spoken) == 3 + 2 * 2
