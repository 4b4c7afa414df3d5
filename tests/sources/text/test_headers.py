"""Rows above a header: which row is the header, what is said of the others, and how rows count."""

import pytest

from orgdata.sources.text.delimited import read_delimited
from orgdata.sources.text.headers import HEADER_SEARCH_ROWS
from orgdata.sources.text.odd_headers import find_header
from tests.csv_folders import findings

OURS = "product_id,name,annual_spend\nP1,A,9\n"
BETTERWORKS = "name,type,progress,start_date,end_date,owner_email\nGrow,goal,40,,,a@x.org\n"
UNKNOWN = "Ref,Label,Cost\n1,A,9\n2,B,8\n"


def read(text: str):
    return read_delimited(text.encode(), "products", "products.csv")


def start(text: str) -> tuple[int, list[str], str | None]:
    """(row of the header, its names, what was said of the rows above it)."""
    sheet = read(text)
    said = sheet.problems[sheet.problems["code"] == "above_header"]["message"].tolist()
    return int(sheet.frame.index[0]) - 1, list(sheet.frame.columns), said[0] if said else None


@pytest.mark.parametrize("table", [OURS, BETTERWORKS, UNKNOWN])
@pytest.mark.parametrize(("above", "rows", "quoted"), [
    ("", 0, ""), ("Q3 goals\n", 1, "Q3 goals"), ("Q3 goals\n\n\n", 3, "Q3 goals"),
    (",,\nhttps://docs.example.com/d/1\n,,\n", 2, "https://docs.example.com/d/1"),
    ('"A title\nof two lines",,\nExported on,2026-11-20\n', 2, "A title of two lines"),
    ('"Goals, results and ""more"""\n,,\n,,\n', 3, 'Goals, results and "more"')])
def test_titles_addresses_and_spacer_rows(table, above, rows, quoted):
    at, names, said = start(above + table)
    assert names == table.split("\n")[0].split(",")
    assert at == rows + 1  # blank lines above everything are not counted
    assert said == (None if not rows else f'products.csv row 1, "{quoted}": ' + (
        "it stands above the header and was left out" if rows == 1 else
        f"it and {rows - 1} row{'s' * (rows > 2)} below it stand above the header and were left out"))


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("table", [OURS, UNKNOWN])
def test_the_title_does_not_decide_the_delimiter(delimiter, table):
    text = "Our products\n\n" + table.replace(",", delimiter)
    assert start(text)[:2] == (3, table.split("\n")[0].split(","))


def test_a_known_header_is_found_below_a_title_with_commas():
    assert start("Products, areas, money and more\n" + OURS.replace(",", ";"))[:2] == (
        2, ["product_id", "name", "annual_spend"])


@pytest.mark.parametrize("text", [
    "Ref\n1,A,9\n2,B,8\n",                      # a short header above rows without any words
    "product_id,,\nP1,A,B\nP2,C,D\n",           # one of our id columns says that this is it
    "Label,Cost,\nA,B,C\n",                     # two thirds of the width: wide enough
    "2024,2025,2026\na,b,c\n"])                 # a header of years is as good as any
def test_the_first_row_stays_the_header(text):
    assert start(text)[0] == 1
    assert start(text)[2] is None


@pytest.mark.parametrize(("rows", "at"), [
    ([], 0), ([[""]], 0), ([["", ""], ["a", "b"]], 1), ([["a"], ["1", "2"]], 0),
    ([["t"], ["a", "b"]], 1), ([["t", ""], ["2026-11-20", "b"]], 0),
    ([["t"], *[[""]] * (HEADER_SEARCH_ROWS - 1), ["product_id", "name"]], 0),  # too far below
    ([["Product", "Name"], ["product_id", "name"], ["P1", "A"]], 1)])
def test_which_row_is_the_header(rows, at):
    assert find_header(rows).above == at


def test_what_is_odd_names_the_row_of_the_file():
    text = "Title\n\nproduct_id,name,name\nP1,A\nP2,B,C,D\n"
    assert findings(read(text).problems) == [
        ("warning", "products", 3, "name", "duplicate_header"),
        ("warning", "products", 4, None, "bad_value"),
        ("warning", "products", 5, None, "extra_cells"),
        ("information", "products", 1, None, "above_header")]
    assert findings(read('Title\nproduct_id,name\nP1,A\nP2,"B\n').problems)[0] == (
        "error", "products", 4, None, "unreadable")


def test_a_row_of_a_million_cells_is_refused_before_every_row_is_made_as_long():
    with pytest.raises(ValueError, match="row 3 has 1,000,001 cells, the header 2; at most 1,000"):
        read("a,b\n1,2\n" + "," * 1_000_000 + "\n" + "1,2\n" * 1000)
