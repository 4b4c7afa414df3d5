"""Headers in two rows, none at all, repeated ones, and rows inside quotation marks: what is read,
and what is said."""

import csv
import io

import pytest

from orgdata.sources.sheets import sheets_of
from orgdata.sources.text.delimited import read_delimited
from orgdata.sources.text.odd_headers import find_header
from tests.csv_folders import findings
from tests.growth import outgrown
from tests.sources.workbooks import sheets

TWO_ROWS = {
    "periods above, all names below": (
        [["", "", "Q3 2026", "", "Q4 2026", ""],
         ["Product", "PM", "Target", "Actual", "Target", "Actual"]],
        ["Product", "PM", "Q3 2026 · Target", "Q3 2026 · Actual", "Q4 2026 · Target",
         "Q4 2026 · Actual"]),
    "years above": (
        [["", "", "2025", "", "2026", ""],
         ["Product", "PM", "Target", "Actual", "Target", "Actual"]],
        ["Product", "PM", "2025 · Target", "2025 · Actual", "2026 · Target", "2026 · Actual"]),
    "names above where nothing stands below": (
        [["Product", "PM", "Q3 2026", "", "Q4 2026", ""],
         ["", "", "Target", "Actual", "Target", "Actual"]],
        ["Product", "PM", "Q3 2026 · Target", "Q3 2026 · Actual", "Q4 2026 · Target",
         "Q4 2026 · Actual"]),
    "each row has the names of some": (
        [["Product", "PM", "Money", "", "People", ""],
         ["", "", "Budget", "Spent", "HC", "Open"]],
        ["Product", "PM", "Budget", "Spent", "HC", "Open"]),
    "the lower row is nearly whole": (
        [["Product", "", "Money", "", "", ""],
         ["", "PM", "Budget", "Spent", "HC", "Open"]],
        ["Product", "PM", "Budget", "Spent", "HC", "Open"])}
DATA = [["Checkout", "Ada", "3", "2", "5", "1"], ["Search", "Ben", "4", "1", "6", "2"]]
ONE_ROW = {
    "groups above names that stand alone": [
        ["What", "", "Money", "", "", ""], ["Product", "PM", "Budget", "Spent", "HC", "Open"]],
    "a title above": [["Our products", "", "", "", "", ""],
                      ["Product", "PM", "Target", "Actual", "Target", "Actual"]],
    "a remark beside the title": [["Our products", "", "", "as of today", "", ""],
                                  ["Product", "PM", "Budget", "Spent", "HC", "HC"]],
    "a group written once, blank below": [
        ["Tribe", "PM", "Key result", "Start", "Target", "Now"]]}


def text(rows, delimiter=","):
    written = io.StringIO()
    csv.writer(written, delimiter=delimiter).writerows(rows)
    return written.getvalue().encode()


def in_csv(rows):
    return read_delimited(text(rows), "plan", "plan.csv")


def in_workbook(rows):
    (sheet,), _ = sheets_of("plan.xlsx", sheets(plan=rows), alone=True)
    return sheet.table


FORMS = pytest.mark.parametrize("form", [in_csv, in_workbook])


@FORMS
@pytest.mark.parametrize("title", [[], [["Plan", "", "", "", "", ""], [""] * 6]])
@pytest.mark.parametrize("case", TWO_ROWS)
def test_two_rows_are_one_header(form, title, case):
    rows, names = TWO_ROWS[case]
    table = form([*title, *rows, *DATA])
    assert list(table.frame.columns) == names
    assert table.frame.to_numpy().tolist() == DATA
    assert table.frame.index.tolist() == [len(title) + 3, len(title) + 4]
    assert [list(row) for row in table.above] == title
    assert ("information", "plan", len(title) + 1, None, "layout") in findings(table.problems)
    assert "the header stands in two rows, which were read as one: " in " ".join(
        table.problems["message"])


@FORMS
@pytest.mark.parametrize("case", ONE_ROW)
def test_one_row_stays_the_header(form, case):
    rows = ONE_ROW[case]
    table = form([*rows, *DATA, ["", "Cleo", "7", "8", "9", "9"]])
    assert table.frame.index[0] == len(rows) + 1
    assert table.frame.iloc[:, 0].tolist() == ["Checkout", "Search", ""]
    assert "layout" not in table.problems["code"].tolist()


@pytest.mark.parametrize("rows", [
    [["Team", "Objective", "", "Owner"], ["Pay", "", "x", "Ada"], ["", "Fast", "y", "Ben"]],
    [["Name", "Q1", "", "Q2", ""], ["Ada", "Yes", "No", "Yes", "No"], ["Ben", "Yes", "No", "No", "No"]],
    [["product_id", "name", "", ""], ["", "", "Plan", "Real"], ["P1", "A", "1", "2"]],
    [["a", "b"]], [[]], []])
def test_rows_of_words_are_no_second_header(rows):
    assert find_header(rows).height == 1


def test_names_that_are_too_long_together_are_not_joined():
    rows = [["", "", "L" * 300, "", "M", ""], TWO_ROWS["years above"][0][1], *DATA]
    assert find_header(rows).names == ()


HEADLESS = {
    "days": [["a", "2026-03-06 20:08:19 +0000 UTC"], ["b", "2026-04-03"]],
    "days in another order": [["a", "05/06/2026", "x"], ["b", "07/06/2026", "y"]],
    "days in words": [["a", "12 Nov 2026"], ["b", "3 Dec 2026"]],
    "links": [["<https://example.com/issues/1>", "a"], ["https://example.com/2", "b"]],
    "addresses": [["Ada Park", "ada@example.com"], ["Ben Orr", "ben@example.com"]],
    "numbers": [["Checkout", "1200000"], ["Search", "800000"]]}
WITH_HEADER = {
    "years": [["Product", "2025", "2026"], ["A", "10", "20"]],
    "numbered columns": [["Product", "1", "2", "3"], ["A", "10", "20", "30"]],
    "days above numbers": [["Product", "2026-01-01", "2026-02-01"], ["A", "10", "20"]],
    "a name above days": [["Launch", "7"], ["2026-01-01", "8"], ["2026-02-01", "9"]],
    "one column": [["ada@example.com"], ["ben@example.com"]],
    "no row below": [["a", "2026-01-01"]],
    "another kind below": [["a", "2026-01-01"], ["b", "soon"]]}


@FORMS
@pytest.mark.parametrize("case", HEADLESS)
def test_a_table_without_a_header_keeps_its_first_row(form, case):
    rows = HEADLESS[case]
    table = form(rows)
    assert list(table.frame.columns) == [f"column_{at + 1}" for at in range(len(rows[0]))]
    assert table.frame.to_numpy().tolist() == rows
    assert table.frame.index.tolist() == [1, 2]
    said, = table.problems["message"]
    assert said.endswith(
        "plan.csv row 1: the first row looks like data, not like a header; it was read as a record, "
        "and the columns are called column_1 and so on".partition("plan.csv ")[2])


@pytest.mark.parametrize("case", WITH_HEADER)
def test_numbers_and_days_may_name_columns(case):
    assert find_header(WITH_HEADER[case]).height == 1


def test_blank_lines_above_and_ragged_rows_of_a_table_without_a_header():
    table = read_delimited(b"\n\na,2026-01-01\nb,2026-01-02,x\nc\n", "plan", "plan.csv")
    assert table.frame.to_numpy().tolist() == [
        ["a", "2026-01-01", ""], ["b", "2026-01-02", "x"], ["c", "", ""]]
    assert table.frame.index.tolist() == [1, 2, 3]


@FORMS
def test_a_header_that_is_repeated_is_no_row(form):
    rows = [["Product", "PM", ""], ["A", "Ada", "x"], ["Product", "PM", ""], ["B", "Ben", ""],
            ["Product", "PM", "y"], ["Product", "PM", ""]]
    table = form(rows)
    assert table.frame.index.tolist() == [2, 4, 5]
    assert findings(table.problems) == [
        ("information", "plan", row, None, "layout") for row in (3, 6)]
    assert table.problems["message"].str.endswith("the row repeats the header; it was left out").all()


@pytest.mark.parametrize("header", [
    ["Name", "Subitems"],  # a board of monday.com: the header of each group
    ["product_id", "name"], ["Issue key", "Issue id"], ["Title"]])
def test_where_a_repeated_header_stays(header):
    table = in_csv([header, ["A", "B"][:len(header)], header])
    assert table.frame.to_numpy().tolist()[-1] == header
    assert "layout" not in table.problems["code"].tolist()


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_rows_inside_quotation_marks_are_opened(delimiter, end):
    rows = [["product_id", "name", "note"], ["P1", "A, B; C\tD", "two\nlines"], ["P2", 'the "best"', ""]]
    lines = text(rows, delimiter).decode().replace("\r\n", "\0").rstrip("\0").split("\0")
    wrapped = end.join('"' + line.replace('"', '""') + '"' for line in lines).encode()
    table = read_delimited(wrapped, "products", "products.csv")
    assert [list(table.frame.columns), *table.frame.to_numpy().tolist()] == rows
    assert table.frame.index.tolist() == [2, 3]
    assert table.problems["message"].tolist() == [
        "products.csv row 1: each row stands inside one pair of quotation marks; the cells within "
        "were read"]


@pytest.mark.parametrize("written", [
    '"name"\n"Park, Ada"\n"Orr, Ben"\n', '"Last, First"\n"Park, Ada"\n', '"a,b"\n', '"a,b"\n"1"\n',
    '"a,b",c\n"1,2",3\n', '"a","b"\n"1","2"\n', '"a,b"\n1,2\n'])
def test_quoted_cells_stay_cells(written):
    table = read_delimited(written.encode(), "plan", "plan.csv")
    header = next(csv.reader([written.split("\n")[0]]))
    assert list(table.frame.columns)[:len(header)] == header
    assert "layout" not in table.problems["code"].tolist()


def test_a_row_of_another_kind_further_down_is_read_as_it_stands():
    wrapped = b'"a,b"\n' + b'"1,2"\n' * 30 + b"3,4\n\n"
    table = read_delimited(wrapped, "plan", "plan.csv")
    assert table.frame.to_numpy().tolist() == [["1", "2"]] * 30 + [["3", "4"]]


@pytest.mark.parametrize("line", [
    ",".join(["9999,x@y.z,2026-01-01,https://x"] * 40) + "\n",
    '"' + "a," * 200 + '"\n', ",".join(["Q4", ""] * 100) + "\n", '"a,b"\n', "a,b\n"])
def test_the_work_grows_with_the_text(line):
    content = line.encode() * 400

    def of_size(size):
        part = content[:size]
        return lambda: read_delimited(part, "plan", "plan.csv")
    assert not outgrown(of_size, len(content) // 16, len(content) // 4, len(content))


def test_of_very_many_columns_the_first_tell_whether_a_row_is_data():
    rows = [["a", "2026-01-01", *["9"] * 900], ["b", "2026-01-02", *["8"] * 900]]
    assert find_header(rows).height == 0
    assert find_header([["a", *["x"] * 60, "2026-01-01"], ["b", *["y"] * 60, "2026-01-02"]]).height == 1
