"""The matrix as tables: which columns, which rows, what is empty, in which order."""

import pytest

from orgdata.views.matrix import matrix
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
    columns = matrix(measured, measured.products).columns
    assert columns[["name", "group"]].values.tolist() == [
        ["Bar", "Hall"], ["Key", "Hall"], ["Ale", "Shop"], ["Tea", "Shop"],
        ["Gin", "No business area"]]


def test_margins(measured):
    columns = matrix(measured, measured.products).columns.set_index("name")
    assert columns["who"].to_dict() == {
        "Bar": "Ada and Zoe", "Key": "No PM assigned", "Ale": "Ada", "Tea": "Zoe", "Gin": "No PM assigned"}
    assert columns["spend_label"].to_dict() == {
        "Bar": "$30k", "Key": "", "Ale": "", "Tea": "$10k", "Gin": "$90k"}
    rows = matrix(measured, measured.products).rows
    assert rows[["name", "coverage", "spend_label"]].values.tolist() == [
        ["High", "thin", "$90k"], ["Alone", "uncovered", "$0"], ["Low", "covered", "$10k"]]


def test_empty_columns_serve_nothing_though_they_should(measured):
    columns = matrix(measured, measured.products).columns
    assert columns.loc[columns["empty"], "name"].tolist() == ["Bar"]  # Key enables others


def test_without_links_and_assignments_nothing_is_held_against_anyone():
    bare = aligned(outcomes="O1", products="P1")
    columns = matrix(bare, bare.products).columns
    assert columns[["empty", "who", "spend_label"]].values.tolist() == [[False, "", ""]]


def test_cells_are_the_links_of_the_columns(measured):
    cells = matrix(measured, measured.products).cells
    assert sorted(cells[["product_id", "outcome_id", "state"]].values.tolist()) == [
        ["P1", "O1", "proven"], ["P2", "O2", "unconfirmed"], ["P3", "O2", "claimed"]]
