"""Pieces of our tables from the records of a sheet, and what became of each record."""

import pandas as pd
import pytest

from orgdata.sources.intake.asked import Asked
from orgdata.sources.intake.build import Build, export_of, frame_of, joined
from orgdata.sources.intake.known import Known, exploded, first_of
from orgdata.sources.intake.part import Part
from orgdata.sources.intake.persons import Persons
from orgdata.sources.vendors.records import map_distinct
from tests.growth import cpu


def text(*values):
    return pd.Series(values, index=range(2, len(values) + 2), dtype="str")


@pytest.fixture
def build():
    asked = Asked({})
    return Build(asked, Known("products", asked), Known("outcomes", asked), Persons(asked))


def part(rows):
    frame = pd.DataFrame({"Product": "x"}, index=range(2, rows + 2), dtype="str")
    return Part("Portfolio", "a.xlsx, sheet Portfolio", "product", frame, {"product": ("Product",)}, {})


def test_of_records_of_one_row_the_first_filled_cell_stands_and_differing_amounts_are_unknown(build):
    names = text("App", "App", "", "Web", "App")
    build.add(part(5), "products", frame_of(
        names.index, product_id=names, name=names, business_area=text("", "Pay", "", "Ship", "Pay"),
        fte=text("3", "4", "1", "2", ""), description=""))
    table, piece = build.pieces[0]
    assert (table, piece.frame.to_dict("list")) == ("products", {
        "product_id": ["App", "Web"], "name": ["App", "Web"], "business_area": ["Pay", "Ship"], "fte": ["", "2"]})
    assert list(piece.frame.index) == [2, 5]
    assert [problem["column"] for one in build.problems for problem in one.to_dict("records")] == ["fte"]


def test_what_became_of_each_record(build):
    names = text("App", "App", "", "Web", "")
    sheet = part(5)
    build.add(sheet, "products", frame_of(names.index, product_id=names, name=names))
    build.add(sheet, "people", frame_of(names.index, person_id=text("", "", "Ada", "Ada", ""), name="x"))
    export = export_of(sheet, sheet.frame, build.used[sheet.origin], {6: "a total of other rows"})
    assert export.dispositions.to_dict("list") == {
        "disposition": ["used", "merged", "used", "used", "left_out"],
        "table": ["products", "", "people", "products", ""], "reason": ["", "", "", "", "a total of other rows"]}


def test_rows_without_a_key_are_no_piece(build):
    build.add(part(2), "products", frame_of(pd.Index([2, 3]), product_id="", name="x"))
    assert (build.pieces, build.used) == ([], {})


def test_keys_are_joined_where_their_parts_are_filled():
    assert list(joined([text("a", "b", ""), text("", "x", "y"), text("1", "", "")])) == ["a · 1", "b · x", " · y"]


def test_ids_of_cells():
    cells, ids = text("A, B", "", "A", "?"), {"A, B": ("a", "b"), "A": ("a",), "?": ()}
    assert list(exploded(cells, ids)) == ["a", "b", "a"]
    assert list(exploded(cells, ids).index) == [2, 2, 4]
    assert list(first_of(cells, ids)) == ["a", "", "a", ""]


def test_a_function_sees_each_text_once_in_the_order_of_the_cells():
    seen = []
    assert list(map_distinct(text("b", "a", "b", ""), lambda cell: seen.append(cell) or cell * 2)) == [
        "bb", "aa", "bb", ""]
    assert seen == ["b", "a", ""]


def test_many_records_are_no_trouble(build):
    names = pd.Series([f"Product {row // 2}" for row in range(200_000)], range(2, 200_002), dtype="str")
    sheet = part(200_000)
    assert cpu(lambda: build.add(sheet, "products", frame_of(
        names.index, product_id=names, name=names, business_area="Pay", fte="3"))) < 1.5
