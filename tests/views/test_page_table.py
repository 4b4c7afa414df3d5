"""The cells of a page's table, as the browser gets them."""

import json

import pandas as pd

from orgdata.views.page_table import MOST_ROWS, Column, page_table, percent, spend_column
from orgdata.views.vocabulary import COVERAGE, SEVERITY
from tests.builders import aligned

ROWS = pd.DataFrame({
    "id": ["A", "B"], "name": ["<b>Ada</b>", None], "area": ["Pay", None],
    "state": ["thin", "gone"], "spend": [1_500_000.0, None], "blank": [None, ""],
    "share": [0.25, None], "expected": [0.5, None], "weeks": [[1, 2], None]})


def cells(name, column):
    return [row[0] for row in page_table(ROWS, {name: column}).plain["rows"]]


def test_each_kind_of_cell_and_what_is_unknown():
    assert cells("name", Column("Name", "name", below="area")) == [["<b>Ada</b>", "Pay"], ["–", ""]]
    assert cells("name", Column("Name")) == ["<b>Ada</b>", "–"]
    assert cells("state", Column("Coverage", "state", COVERAGE)) == [
        ["watch", "◐ weak", ""], ["plain", "? unknown", ""]]
    assert cells("state", Column("Gap", "state", SEVERITY, missing=None, below="area")) == [[], []]
    assert cells("spend", Column("Spend", "number")) == [["1,500,000", 1_500_000.0], ["–", None]]
    assert cells("share", Column("Progress", "bar", expected="expected")) == [
        [0.25, 0.5, "25 % done, 50 % expected"], [None, None, "unknown"]]
    assert cells("weeks", Column("Weeks", "weeks")) == [[1.0, 2.0], []]


def test_the_parts_of_a_whole_and_the_numbers_beside_them():
    rows = pd.DataFrame({"all": [[0.25, 0.75], [1.0, 0.0]], "first": [25.0, 100.0]})
    table = page_table(rows, {"all": Column("Shares", "parts"),
                              "first": Column("First", "number", text=percent, part=0)})
    assert table.plain["columns"] == [{"kind": "parts", "label": "Shares"},
                                      {"kind": "number", "label": "First", "part": 0}]
    assert table.plain["rows"] == [[[0.25, 0.75], ["25 %", 25.0]], [[1.0, 0.0], ["100 %", 100.0]]]
    assert list(table.texts) == ["First"]


def test_a_column_without_a_value_is_left_out_unless_it_is_a_state():
    table = page_table(ROWS, {"blank": Column("Nothing"), "name": Column("Name"),
                              "area": Column("State", "state", COVERAGE)}, ids="id").plain
    assert [column["label"] for column in table["columns"]] == ["Name", "State"]
    assert table["ids"] == ["A", "B"]
    assert json.loads(json.dumps(table)) == table


def test_of_very_many_rows_the_first_are_sent_and_all_are_counted():
    table = page_table(pd.concat([ROWS] * 300, ignore_index=True), {"name": Column("Name")})
    assert (len(table.plain["rows"]), table.plain["of"]) == (MOST_ROWS, 600)
    assert len(table.texts) == 600
    assert page_table(ROWS.head(0), {"name": Column("Name")}).plain["rows"] == []


def test_the_table_of_all_rows_says_the_same():
    table = page_table(ROWS, {
        "name": Column("Name", "name", below="area"), "spend": Column("Spend", "number"),
        "state": Column("Coverage", "state", COVERAGE, below="area"), "weeks": Column("W", "weeks"),
        "share": Column("Progress", "bar", expected="expected"), "area": Column("Area")})
    assert table.texts.to_dict("records") == [
        {"Name": "<b>Ada</b> · Pay", "Spend": "1,500,000", "Coverage": "◐ weak · Pay",
         "Progress": "25 % done, 50 % expected", "Area": "Pay"},
        {"Name": "–", "Spend": "–", "Coverage": "? unknown", "Progress": "unknown", "Area": "–"}]


def test_money_is_written_in_its_unit_and_left_out_where_products_are_counted():
    money = aligned({"currency": "EUR"}, products="P1 annual_spend=100k", outcomes="O1",
                    contributions="P1 O1 primary")
    assert spend_column(money)["spend"].text(100_000) == "€100k"
    people = aligned(products="P1 fte=3", outcomes="O1", contributions="P1 O1 primary")
    assert (spend_column(people)["spend"].label, spend_column(people)["spend"].text(3)) == (
        "FTE", "3 FTE")
    assert spend_column(aligned(products="P1")) == {}


def test_percentages_below_one_say_so_and_sort_by_their_digits():
    assert [percent(value) for value in (37, 0.4, 0)] == ["37 %", "<1 %", "0 %"]
