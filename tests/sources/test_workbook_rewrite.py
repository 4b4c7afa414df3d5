"""A workbook with other cells says exactly that, or is not made."""

import re

import pytest

from orgdata.sources.excel.rewrite import NotRewritten, rewritten
from orgdata.sources.sheets import sheets_of
from tests.sources.workbooks import book, edited, sheets

PEOPLE = sheets(people=[["person_id", "name", "title"], ["H1", "Ada", None], ["H2", 7, "x"]])


def read(content):
    return sheets_of("", content, True)[0][0].table.frame.to_numpy().tolist()


@pytest.mark.parametrize("text", ["007", "1.10", "=1+1", " a  b", "<&\"'>", "1e5", "-", "Größe 🙂",
                                  "2026-01-02", "true"])
@pytest.mark.parametrize(("row", "column", "before"), [(2, "title", ""), (2, "name", "Ada"),
                                                       (3, "title", "x")])
def test_a_text_is_read_as_it_was_written(row, column, before, text):
    made, _ = rewritten(PEOPLE, {"people": {row: {column: (before, text)}}})
    expected = read(PEOPLE)
    expected[row - 2][("person_id", "name", "title").index(column)] = text.strip()
    assert [[cell.strip() for cell in line] for line in read(made)] == expected


def test_cells_that_the_workbook_leaves_out_stand_in_their_order():
    made, _ = rewritten(sheets(people=[["person_id", "name", "title", "email"], ["H1", None, None, "a@b"]]),
                     {"people": {2: {"title": ("", "PM"), "name": ("", "Ada")}}})
    assert read(made) == [["H1", "Ada", "PM", "a@b"]]


def merged(made):
    sheet = made.add_worksheet("people")
    sheet.write_row(0, 0, ["person_id", "title"])
    sheet.write_column(1, 0, ["H1", "H2"])
    sheet.merge_range("B2:B3", "PM")


@pytest.mark.parametrize(("content", "cells", "message"), [
    (book(merged), {2: {"title": ("PM", "Head")}},
     "the sheet people would say something else in other cells"),
    (PEOPLE, {2: {"name": ("Eva", "x")}}, "row 2 does not say what was corrected in name"),
    (PEOPLE, {2: {"email": ("", "x")}}, "where its column email stands is not clear"),
    (sheets(people=[["name", ""], ["person_id", "name"], ["H1", "Ada"]]), {3: {"name": ("Ada", "x")}},
     "where its column name stands is not clear")])
def test_what_would_change_more_or_something_else_is_refused(content, cells, message):
    with pytest.raises(NotRewritten, match=re.escape(message)):
        rewritten(content, {"people": cells})


def test_excel_is_asked_to_calculate_anew():
    quiet = edited(PEOPLE, "xl/workbook.xml", lambda xml: xml.replace(b' fullCalcOnLoad="1"', b""))
    made, _ = rewritten(quiet, {"people": {2: {"name": ("Ada", "Eva")}}})
    marks = []
    edited(made, "xl/workbook.xml", lambda xml: marks.append(xml.count(b'fullCalcOnLoad="1"')))
    assert marks == [1]
    assert read(made)[0][1] == "Eva"


def test_a_formula_stays_and_the_cells_beside_it_are_written():
    content = sheets(people=[["person_id", "name", "title"], ["H1", "=1+1", "PM"]])
    made, left = rewritten(content, {"people": {2: {"name": ("0", "x"), "title": ("PM", "Head")}}})
    assert left == ["B2 is a formula"]
    assert read(made) == [["H1", "0", "Head"]]
    assert rewritten(content, {"people": {2: {"name": ("0", "x")}}}) == (content, left)
