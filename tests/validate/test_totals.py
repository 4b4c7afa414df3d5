"""Total rows: what is one, what is not, and that they count nowhere (METHOD section 1)."""

import pytest

from tests.builders import loaded
from tests.csv_folders import findings


def left(*rows, columns=("product_id", "name", "annual_spend", "fte")):
    """The ids of the products that were loaded from rows of these columns."""
    portfolio = loaded(products=[dict(zip(columns, row, strict=False)) for row in rows])
    return portfolio["products"]["product_id"].tolist()


ONE, TWO = ("P1", "A", "100", "2"), ("P2", "B", "50", "3")


@pytest.mark.parametrize("label", ["Total", "** TOTAL: **", "Grand-Total", "subtotal", "Gesamt",
                                   "Summe", "totale", "grand_total"])
def test_a_row_called_a_total_is_one_whatever_its_numbers(label):
    assert left(ONE, ("P9", label, "1")) == ["P1"]
    assert left(ONE, (label, "Payments", "1")) == ["P1"]
    assert left(ONE, ("", label, "1")) == ["P1"]


@pytest.mark.parametrize("label", ["Sum", "ALL", "legend:"])
def test_a_product_may_be_called_so_if_it_has_an_id_of_its_own(label):
    assert left(ONE, ("P9", label, "1")) == ["P1", "P9"]
    assert left(ONE, ("", label, "1")) == ["P1"]
    assert left(ONE, (label.upper(), label, "1")) == ["P1"]


@pytest.mark.parametrize(("label", "number", "is_total"), [
    ("Payments Total", "150", True), ("Total of payments", "150", True), ("All", "150", True),
    ("Sum of B", "150.7", True), ("Sum of B", "151", False), ("A total of all", "149.3", True),
    ("Totalled", "150", False), ("Payments", "150", False), ("Total Health Care", "149", False),
    ("Total nothing", "0", False), ("Total", "1", True)])
def test_a_row_that_begins_or_ends_so_is_one_if_it_adds_up(label, number, is_total):
    assert left(ONE, TWO, ("P9", label, number)) == ["P1", "P2"] + ["P9"] * (not is_total)


def test_a_sum_is_of_two_rows_at_least_that_have_a_number():
    assert left(ONE, ("P2", "B", ""), ("P9", "Payments Total", "100", "5")) == ["P1", "P2", "P9"]
    assert left(ONE, TWO, ("P9", "Payments Total", "", "5")) == ["P1", "P2"]


def test_sums_are_of_all_rows_or_of_those_since_the_last_total():
    assert left(ONE, TWO, ("T1", "Pay Total", "150"), ("P3", "C", "7"), ("P4", "D", "8"),
                ("T2", "Shop Total", "15"), ("T3", "Total of all", "165"),
                ("P5", "Total care", "170")) == ["P1", "P2", "P3", "P4", "P5"]


def test_the_total_of_one_row_has_all_its_numbers():
    assert left(ONE, ("T", "A Total", "100", "2")) == ["P1"]
    assert left(ONE, ("T", "A Total", "100", "")) == ["P1"]
    assert left(ONE, ("T", "A Total", "100", "3")) == ["P1", "T"]
    assert left(ONE, ("T", "All of A", "100", "2")) == ["P1", "T"]
    assert left(ONE, ("T", "A Total", "", "")) == ["P1", "T"]
    assert left(ONE, TWO, ("T", "Total", ""), ("P3", "C", "9"), ("T2", "C Total", "9")) == [
        "P1", "P2", "P3"]


def test_a_total_is_said_once_and_speaks_of_nothing():
    portfolio = loaded(outcomes="O1", products="P1", objectives=[
        {"objective_id": "J1", "title": "A", "product_id": "P1", "effort_pct": "40"},
        {"objective_id": "", "title": "Total", "product_id": "P1", "effort_pct": "lots"}])
    assert findings(portfolio.problems) == [("error", "objectives", 3, "title", "total_row")]
    assert portfolio.set_aside["objectives"]["reason"].tolist() == ["title: a total of other rows"]
    assert len(portfolio.spoken) == len(portfolio.lost_cells) == 0
    assert portfolio.counts["objectives"].set_aside == 1


def test_rows_of_links_are_no_totals():
    portfolio = loaded(products="P1 | P2", outcomes="O1", contributions=[
        {"product_id": "P1", "outcome_id": "O1"}, {"product_id": "P1 Total", "outcome_id": "O1"}])
    assert findings(portfolio.problems, "error") == [
        ("error", "contributions", 3, "product_id", "unknown_reference")]


def test_a_table_without_a_required_column_is_lost_with_its_totals():
    portfolio = loaded(products=[{"product_id": "P1"}, {"product_id": "Total"}])
    assert portfolio.set_aside["products"]["row"].tolist() == [2, 3]
    assert findings(portfolio.problems) == [
        ("error", "products", None, "name", "missing_required")]
