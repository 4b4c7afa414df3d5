"""References by name, and lists of them in one cell (METHOD section 1, "References")."""

import pytest

from orgdata.validate import lists
from tests.builders import loaded
from tests.csv_folders import findings

BASE = {"people": "H1 name='Ada Park' email=ada@example.com | H2 name=Ben | H3 name=ben",
        "products": "P1 name=Checkout | P2 name=Search | P3 name=Support",
        "outcomes": "O1 name='Grow fast' | O2 name=Trust"}


def assigned(*cells):
    return loaded(**BASE, assignments=[{"product_id": product, "person_id": person, "role": "PM"}
                                       for product, person in cells])


def test_a_name_that_one_row_bears_is_joined():
    portfolio = assigned(("check out", "ADA park"), ("SEARCH", "Ada <ada@example.com>"), ("P3", "h 2"))
    assert portfolio["assignments"][["product_id", "person_id"]].to_numpy().tolist() == [
        ["P1", "H1"], ["P2", "H1"], ["P3", "H2"]]
    assert sorted(findings(portfolio.problems)) == [
        ("information", "assignments", row, column, "joined_by_name") for row, column in (
            (2, "person_id"), (2, "product_id"), (3, "person_id"), (3, "product_id"),
            (4, "person_id"))]
    assert portfolio.problems["message"][1].endswith(
        '"ADA park": read as H1, the only one of people called so')


def test_an_id_as_written_wins_over_a_name():
    portfolio = loaded(products="A name=B | B name=A", contributions="A O1 | B O1", outcomes="O1")
    assert portfolio["contributions"]["product_id"].tolist() == ["A", "B"]
    assert len(portfolio.problems) == 0


def test_a_name_that_several_bear_is_nobody():
    portfolio = assigned(("P1", "BEN"), ("P2", "H1"))
    assert findings(portfolio.problems) == [
        ("error", "assignments", 2, "person_id", "unknown_reference")]
    assert portfolio.problems["message"][0].endswith(
        '"BEN": BEN may be H2 or H3; the row was skipped')
    assert portfolio.set_aside["assignments"]["reason"][0] == "person_id: BEN may be H2 or H3"


def test_a_list_of_people_is_several_assignments_of_one_row():
    portfolio = assigned(("P1", "H1, H2"), ("P2", "H2;H3"), ("P3", "H3 / H1"))
    assert portfolio["assignments"][["row", "product_id", "person_id"]].to_numpy().tolist() == [
        [2, "P1", "H1"], [2, "P1", "H2"], [3, "P2", "H2"], [3, "P2", "H3"], [4, "P3", "H3"],
        [4, "P3", "H1"]]
    assert portfolio["assignments"]["role_as_written"].tolist() == ["PM"] * 6
    assert (portfolio.counts["assignments"].read, portfolio.counts["assignments"].loaded) == (3, 3)
    assert findings(portfolio.problems) == [
        ("information", "assignments", row, "person_id", "split_cell") for row in (2, 3, 4)]


def test_lists_in_two_cells_give_every_combination():
    portfolio = assigned(("P3", "H3"), ("P1 & Search", "H1; H2"))
    rows = portfolio["assignments"][["product_id", "person_id"]].to_numpy().tolist()
    assert rows[0] == ["P3", "H3"]
    assert sorted(rows[1:]) == [["P1", "H1"], ["P1", "H2"], ["P2", "H1"], ["P2", "H2"]]


@pytest.mark.parametrize(("cell", "said"), [
    ("H1, H2, H9", "names H1, H2, H9, and H9 is not in people"),
    ("H1; H8; H9", "names H1, H8, H9, and H8 and H9 are not in people"),
    ("#N/A", "no such row in people"),
    ("H1, BEN", "names H1, BEN, and BEN may be H2 or H3"),
    ("H9", "no such row in people")])
def test_a_list_with_an_unknown_part_is_set_aside_and_says_which(cell, said):
    portfolio = assigned(("P1", cell), ("P2", "H1"))
    assert portfolio.problems["message"][0].endswith(f": {said}; the row was skipped")
    assert portfolio["assignments"]["product_id"].tolist() == ["P2"]


def test_a_part_that_repeats_a_key_is_set_aside_alone():
    portfolio = assigned(("P1", "H1"), ("P1", "H2; H1"), ("P1", "H1; H2"))
    assert portfolio["assignments"][["row", "person_id"]].to_numpy().tolist() == [[2, "H1"], [3, "H2"]]
    assert findings(portfolio.problems, "error") == [
        ("error", "assignments", 3, "product_id", "duplicate_key"),
        ("error", "assignments", 4, "product_id", "duplicate_key")]
    said = portfolio.problems["message"].tolist()
    assert said[0].endswith("; this part of the row was skipped")
    assert said[1].endswith("; the row was skipped")
    assert portfolio.counts["assignments"].loaded == 2
    assert portfolio.set_aside["assignments"]["row"].tolist() == [4]


def test_check_ins_of_several_key_results_and_the_later_of_a_day_wins():
    portfolio = loaded(objectives="J1", key_results="K1 J1 title=More | K2 J1 title=Less",
                       check_ins="'more; less' 2026-11-01 1 | K1 2026-11-01 2")
    assert portfolio["check_ins"][["row", "kr_id", "value"]].to_numpy().tolist() == [
        [2, "K2", 1.0], [3, "K1", 2.0]]


def test_an_optional_list_takes_the_first_and_speaks_of_the_others():
    portfolio = loaded(**BASE, objectives="J1 title=Above | J2 | J3 parent_objective_id='above;J2'",
                       key_results="K1 J1;J2 owner_id=H1+H2 product_id=P1,P2")
    assert portfolio["objectives"]["parent_objective_id"][2] == "J1"
    assert portfolio["key_results"][["objective_id", "product_id", "owner_id"]].loc[0].tolist() == [
        "J1", "P1", "H1"]
    assert portfolio.spoken[["table", "column", "id", "cause"]].to_numpy().tolist() == [
        ["objectives", "parent_objective_id", "J2", "took_first"],
        ["key_results", "objective_id", "J2", "took_first"],
        ["key_results", "product_id", "P2", "took_first"]]
    assert [row[3] for row in findings(portfolio.problems) if row[4] == "split_cell"] == [
        "objective_id", "product_id", "owner_id", "parent_objective_id"]


def test_further_products_and_outcomes_of_an_objective_are_rows():
    portfolio = loaded(**BASE, objectives="J1 product_id='P1; P2; P3' outcome_id=O1 | J2 outcome_id=O2,O1",
                       objective_products="J1 P2 effort_pct=40")
    assert portfolio["objectives"]["product_id"].fillna("").tolist() == ["P1", ""]
    further = portfolio["objective_products"]
    assert further[["objective_id", "product_id", "row", "of_table"]].to_numpy().tolist() == [
        ["J1", "P2", 2, "objective_products"], ["J1", "P3", 2, "objectives"]]
    assert further["effort_pct"].fillna(0).tolist() == [40, 0]
    assert portfolio["objective_outcomes"][["objective_id", "outcome_id", "row", "of_table"]
                                           ].to_numpy().tolist() == [["J2", "O1", 3, "objectives"]]
    assert portfolio.tracked("objective_outcomes")
    assert portfolio.counts["objective_products"].loaded == 1
    assert "objective_outcomes" not in portfolio.counts
    assert len(portfolio.spoken) == 0


def test_rows_of_its_own_table_are_those_that_remain():
    portfolio = loaded(products="P1", work=[
        {"work_id": "W1", "product_id": "P9", "done_on": "2026-11-01"},
        {"work_id": "W2", "product_id": "P1", "done_on": "2026-11-01", "parent_id": "W1"},
        {"work_id": "W3", "product_id": "P1", "done_on": "2026-11-01", "parent_id": "w2"}])
    assert portfolio["work"]["parent_id"].fillna("").tolist() == ["", "W2"]


def test_lists_may_not_make_more_rows_than_anybody_reads(monkeypatch):
    monkeypatch.setattr(lists, "MOST_MORE", 2)
    portfolio = assigned(("P1", "H1;H2"), ("P2", "H1;H2;H3"), ("P3", "H1"))
    assert portfolio["assignments"]["product_id"].tolist() == ["P1", "P1", "P3"]
    assert findings(portfolio.problems, "error") == [
        ("error", "assignments", 3, "person_id", "unknown_reference")]


def test_a_set_aside_row_with_lists_speaks_of_each():
    portfolio = assigned(("P1;P2", "H9"), ("P3", "H1"))
    assert portfolio.spoken[["row", "id"]].to_numpy().tolist() == [[2, "P1"], [2, "P2"]]
