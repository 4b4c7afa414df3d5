"""The matrix as tables: which columns, which rows, what is empty, in which order."""

import pandas as pd
import pytest

from orgdata.views.matrix import (
    MOST_COLUMNS,
    MOST_ROWS,
    PART,
    groups,
    largest_group,
    matrix,
    part,
    parts,
)
from tests.builders import HALFWAY, aligned

TABLES = {
    "outcomes": "O1 name=Low weight=20 | O2 name=High weight=50 | O3 name=Alone weight=30",
    "people": "H1 name=Zoe | H2 name=Ada",
    "products": "P1 name=Tea business_area=Shop annual_spend=10k | P2 name=Ale business_area=Shop | "
                "P3 name=Gin annual_spend=90k | P4 name=Bar business_area=Hall annual_spend=30k | "
                "P5 name=Key business_area=Hall strategic_role=enable",
    "assignments": "P1 H1 accountable | P2 H2 accountable | P4 H2 accountable | P4 H1 accountable",
    "contributions": "P1 O1 primary confirmed_on=2026-10-01 | P3 O2 primary confirmed_on=2026-10-01"
                     " | P2 O2 primary",
    "objectives": f"J1 product_id=P1 outcome_id=O1 {HALFWAY}",
    "key_results": "K1 J1 baseline=0 target=10",
}


@pytest.fixture(scope="module")
def measured():
    return aligned({"currency": "USD"}, **TABLES)


def test_columns_stand_by_group_and_name_and_what_has_none_comes_last(measured):
    by_area = matrix(measured, measured.products, "area").columns
    assert by_area[["name", "group"]].values.tolist() == [
        ["Bar", "Hall"], ["Key", "Hall"], ["Ale", "Shop"], ["Tea", "Shop"],
        ["Gin", "No business area"]]
    by_manager = matrix(measured, measured.products, "manager").columns
    assert by_manager[["name", "group"]].values.tolist() == [
        ["Ale", "Ada"], ["Bar", "Ada and Zoe"], ["Tea", "Zoe"], ["Gin", "Nobody accountable"],
        ["Key", "Nobody accountable"]]
    assert groups(measured.products, "area") == ["Hall", "Shop", "No business area"]


def test_margins(measured):
    columns = matrix(measured, measured.products, "area").columns.set_index("name")
    assert columns["who"].to_dict() == {
        "Bar": "Ada and Zoe", "Key": "nobody", "Ale": "Ada", "Tea": "Zoe", "Gin": "nobody"}
    assert columns["spend_label"].to_dict() == {
        "Bar": "$30k", "Key": "", "Ale": "", "Tea": "$10k", "Gin": "$90k"}
    rows = matrix(measured, measured.products, "area").rows
    assert rows[["name", "coverage", "spend_label"]].values.tolist() == [
        ["High", "thin", "$90k"], ["Alone", "uncovered", "$0"], ["Low", "covered", "$10k"]]


def test_empty_columns_serve_nothing_though_they_should(measured):
    columns = matrix(measured, measured.products, "area").columns
    assert columns.loc[columns["empty"], "name"].tolist() == ["Bar"]  # Key enables others


def test_without_links_and_assignments_nothing_is_held_against_anyone():
    bare = aligned(outcomes="O1", products="P1")
    columns = matrix(bare, bare.products, "area").columns
    assert columns[["empty", "who", "spend_label"]].values.tolist() == [[False, "", ""]]


def test_cells_are_the_links_of_the_columns(measured):
    cells = matrix(measured, measured.products, "area").cells
    assert sorted(cells[["product_id", "outcome_id", "state"]].values.tolist()) == [
        ["P1", "O1", "proven"], ["P2", "O2", "unconfirmed"], ["P3", "O2", "claimed"]]


def test_one_group_of_a_small_portfolio_keeps_all_outcomes(measured):
    shop = matrix(measured, measured.products, "area", "Shop")
    assert shop.columns["name"].tolist() == ["Ale", "Tea"]
    assert shop.rows["name"].tolist() == ["High", "Alone", "Low"]
    assert shop.hidden_rows == 0


def test_one_group_of_a_big_portfolio_hides_outcomes_without_a_link_in_it():
    count = MOST_COLUMNS + 1
    measured = aligned(
        outcomes="O1 | O2 | O3",
        products=" | ".join(f"P{i:02} business_area={'A' if i else 'B'} annual_spend={1 + 99 * (not i)}"
                            for i in range(count)),
        contributions="P00 O2 primary | P01 O1 primary")
    shown = matrix(measured, measured.products, "area", "B")
    assert shown.rows["outcome_id"].tolist() == ["O2"]
    assert shown.hidden_rows == 2
    assert largest_group(measured.products, "area") == "B"  # 100 against 60


def test_of_many_outcomes_the_first_by_weight_and_name_are_shown_and_the_others_counted():
    count = MOST_ROWS + 5
    weights = {0: 1, 1: 9, count - 1: 9}
    measured = aligned(
        outcomes=" | ".join(f"O{i:03} weight={weights.get(i, 3)}" for i in range(count)),
        products="P1", contributions=f"P1 O000 primary | P1 O{count - 1} primary")
    shown = matrix(measured, measured.products, "area")
    assert len(shown.rows) == MOST_ROWS
    assert shown.rows["outcome_id"].tolist()[:3] == ["O001", f"O{count - 1}", "O002"]
    assert (shown.rows_beyond, shown.hidden_rows) == (5, 0)
    assert shown.cells["outcome_id"].tolist() == [f"O{count - 1}"]
    assert not shown.columns["empty"].any()


def test_a_big_group_is_shown_in_parts_that_leave_nothing_out():
    count = 2 * PART + 1
    measured = aligned(
        outcomes="O1 | O2", products=" | ".join(f"P{i:03}" for i in range(count)),
        contributions=" | ".join(f"P{i:03} O{1 + i % 2} primary" for i in range(count)))
    whole = matrix(measured, measured.products, "area")
    assert parts(whole) == 3
    shown = [part(whole, number) for number in (1, 2, 3)]
    assert [len(one.columns) for one in shown] == [PART, PART, 1]
    pd.testing.assert_frame_equal(
        pd.concat([one.columns for one in shown], ignore_index=True), whole.columns)
    assert sorted(pd.concat([one.cells for one in shown])["product_id"]) == sorted(
        whole.cells["product_id"])
    assert all(set(one.cells["product_id"]) == set(one.columns["product_id"]) for one in shown)
    assert [len(one.rows) for one in shown] == [2, 2, 2]
    exact = aligned(outcomes="O1", products=" | ".join(f"P{i}" for i in range(MOST_COLUMNS)))
    assert parts(matrix(exact, exact.products, "area")) == 1


def test_people_are_never_ranked(measured):
    """Managers are in the order of the alphabet, however much money they answer for."""
    assert largest_group(measured.products, "area") == "No business area"
    assert largest_group(measured.products, "manager") == "Ada"
    assert groups(measured.products, "manager") == ["Ada", "Ada and Zoe", "Zoe",
                                                    "Nobody accountable"]
