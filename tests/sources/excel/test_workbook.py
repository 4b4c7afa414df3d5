"""Excel workbooks as people make them: what each cell reads as, and what is said."""

import re
from datetime import datetime, time, timedelta

import pytest

from orgdata.model.settings import Settings
from orgdata.sources import limits, read_files
from orgdata.sources.sheets import UnreadableFile, sheets_of
from tests.csv_folders import findings
from tests.sources.workbooks import book, edited, sheets

SHEET = "xl/worksheets/sheet1.xml"


def read(content: bytes):
    """The only sheet of a workbook: its table, and what was noticed beside it."""
    (sheet,), noticed = sheets_of("book.xlsx", content, alone=True)
    return sheet.table, noticed


def cells(content: bytes) -> dict[int, list[str]]:
    table, _ = read(content)
    return {1: list(table.frame.columns)} | dict(
        zip(table.frame.index.tolist(), table.frame.values.tolist(), strict=True))


@pytest.mark.parametrize(("value", "shown", "text"), [
    (1200.0, None, "1200"), (-3, None, "-3"), (0.1 + 0.2, None, "0.3"), (4.35 * 100, None, "435"),
    (1234567890123456, None, "1234567890123456"), (1e22, None, "1e+22"), (1e-7, None, "1e-07"),
    (2 / 3, None, "0.666666666666667"), (1200, "#,##0.00 €", "1200"), (4.1e6, '0.0,,"M"', "4100000"),
    (0.62, "0%", "62%"), (0.07, "0.0%", "7%"), (1, "0 %", "100%"), (0.285, '0.0%;[Red]-0.0%', "28.5%"),
    (0.62, '0.0" % of all"', "0.62"), (0.62, r"0.0\%", "0.62"), (7, "000", "007"), (7.5, "000", "7.5"),
    (True, None, "yes"), (False, None, "no"), ("001", None, "001"), (" a ", None, " a "),
    ("=1+1", "@", None), ("a\nb", None, "a\nb"), ("日本", None, "日本"),
    (datetime(2026, 11, 20), "yyyy-mm-dd", "2026-11-20"), (datetime(2026, 11, 20), "d mmm yy", "2026-11-20"),
    (datetime(2026, 11, 20, 8, 30), "yyyy-mm-dd hh:mm", "2026-11-20T08:30:00"),
    (time(8, 30), "hh:mm", "08:30:00"), (timedelta(hours=36), "[h]:mm", "36:00:00")])
def test_cells_read_as_people_see_them(value, shown, text):
    def fill(made):
        sheet = made.add_worksheet("products")
        sheet.write(0, 0, "value")
        if isinstance(value, str):
            sheet.write_string(1, 0, value)
        else:
            sheet.write(1, 0, value, made.add_format({"num_format": shown}) if shown else None)
    assert cells(book(fill))[2] == [value if text is None else text]


def test_dates_of_a_workbook_that_counts_from_1904():
    def fill(made):
        sheet = made.add_worksheet("products")
        sheet.write_row(0, 0, ["day"])
        sheet.write(1, 0, datetime(2026, 11, 20), made.add_format({"num_format": "yyyy-mm-dd"}))
    content = book(fill)
    moved = edited(content, "xl/workbook.xml",
                   lambda xml: xml.replace(b"<workbookPr ", b'<workbookPr date1904="1" '))
    assert cells(content)[2] == ["2026-11-20"]
    assert cells(moved)[2] == ["2030-11-21"]  # the same number of days, four years later


def test_titles_above_the_header_and_the_numbers_excel_shows():
    def fill(made):
        sheet = made.add_worksheet("products")
        sheet.merge_range("B3:D3", "Our products")
        sheet.write_row("B5", ["product_id", "name", "fte"])
        sheet.write_row("B6", ["P1", "A", 2])
        sheet.write_row("B8", ["P2", "B", 3])
    table, noticed = read(book(fill))
    assert table.frame.index.tolist() == [6, 8]
    assert table.frame.values.tolist() == [["P1", "A", "2"], ["P2", "B", "3"]]
    assert table.problems["message"].tolist() == [
        'products row 3, "Our products": it and 1 row below it stand above the header and were left out']
    assert noticed == []


def test_a_cell_merged_down_stands_in_each_row_and_that_is_said():
    def fill(made):
        sheet = made.add_worksheet("products")
        sheet.write_row("A1", ["area", "product_id", "name"])
        sheet.merge_range("A2:A5", "Payments")
        sheet.merge_range("A6:A7", "Cards")
        sheet.merge_range("B6:C6", "P9")  # merged across: the second cell is blank
        for row, key in ((2, "P1"), (3, "P2"), (5, "P3"), (7, "P8")):
            sheet.write_row(row - 1, 1, [key, "N"])
    table, _ = read(book(fill))
    assert dict(zip(table.frame.index, table.frame.values.tolist(), strict=True)) == {
        2: ["Payments", "P1", "N"], 3: ["Payments", "P2", "N"], 5: ["Payments", "P3", "N"],
        6: ["Cards", "P9", ""], 7: ["Cards", "P8", "N"]}
    assert table.problems["message"].tolist() == [
        "products row 3, area: 3 cells of the column, from here on, merged with the one above: read "
        "with its value"]


def test_hidden_sheets_and_charts_are_left_out_and_empty_sheets_are_nothing():
    def fill(made):
        made.add_worksheet("products").write_row("A1", ["product_id", "name"])
        for name, hide in (("notes", "hide"), ("old", "very_hidden")):
            sheet = made.add_worksheet(name)
            sheet.write("A1", "secret")
            getattr(sheet, hide)()
        made.add_worksheet("Sheet4")
        chart = made.add_chart({"type": "line"})
        chart.add_series({"values": "=products!$A$1:$A$2"})
        made.add_chartsheet("chart").set_chart(chart)
    found, noticed = sheets_of("book.xlsx", book(fill))
    assert [(sheet.name, sheet.table.origin) for sheet in found] == [
        ("products", "book.xlsx, sheet products")]
    assert [message for one in noticed for message in one["message"]] == [
        "book.xlsx, sheet notes: the sheet is hidden; it was left out",
        "book.xlsx, sheet old: the sheet is hidden; it was left out"]


def _with_hidden(*columns: str, options: dict[str, object] | None = None):
    def fill(made):
        sheet = made.add_worksheet("plan")
        sheet.write("B1", "Plan 2026")
        sheet.write_row("B3", ["Product", "Margin", "Note", "PM", ""])
        sheet.write_row("B4", ["Checkout", 7, "x", "Ada", "y"])
        for one in columns:
            sheet.set_column(one, None, None, {"hidden": True} if options is None else options)
    return read(book(fill))[0]


@pytest.mark.parametrize(("columns", "hidden"), [
    ((), set()), (("C:C",), {"Margin"}), (("C:D", "F:XFD"), {"Margin", "Note", "column_5"}),
    (("A:A", "H:H"), set()), (("A:E",), {"Product", "Margin", "Note", "PM"})])
def test_hidden_columns_are_read_and_named(columns, hidden):
    table = _with_hidden(*columns)
    assert table.hidden == hidden
    assert table.frame.to_numpy().tolist() == [["Checkout", "7", "x", "Ada", "y"]]
    assert table.problems["code"].tolist() == ["above_header"]
    assert [list(row) for row in table.above] == [["Plan 2026", "", "", "", ""], [""] * 5]


def test_a_column_that_is_only_grouped_is_shown():
    assert _with_hidden("C:C", options={"level": 1}).hidden == set()
    assert _with_hidden("C:C", options={"level": 1, "hidden": True}).hidden == {"Margin"}


@pytest.mark.parametrize(("written", "said"), [
    (b'<col hidden="1"/>', "it is damaged (what it says of hidden columns)"),
    (b'<col min="1" max="-1" hidden="1"/>', "it is damaged (what it says of hidden columns)"),
    (b'<col min="1" max="1" hidden="1"/>' * 16_385, "it is damaged (what it says of hidden columns)"),
    (b'<col min="x" max="1"/>', None), (b'<col min="9" max="1" hidden="true"/>', None),
    (b'<col min="3" max="99999" hidden="1"/>', None)])
def test_what_a_sheet_says_of_hidden_columns_may_be_wrong(written, said):
    content = edited(PLAIN, SHEET, lambda xml: xml.replace(
        b"<sheetData>", b"<cols>" + written + b"</cols><sheetData>"))
    if said:
        with pytest.raises(UnreadableFile, match=re.escape(said)):
            sheets_of("book.xlsx", content)
    else:
        assert read(content)[0].hidden == set()


def _merged(*ranges: bytes):
    plain = sheets(plan=[["Product", "x", "PM"], ["A", "y", "Ada"], ["B", "z", "Ben"]])
    return read(edited(plain, SHEET, lambda xml: xml.replace(
        b"</sheetData>", b"</sheetData><mergeCells>" + b"".join(
            b'<mergeCell ref="%s"/>' % one for one in ranges) + b"</mergeCells>")))[0]


@pytest.mark.parametrize(("ranges", "hidden"), [
    ([b"A1:B3"], {"x"}), ([b"A1:B1", b"A2:B2", b"A3:B3"], {"x"}), ([b"A1:C3"], {"x", "PM"}),
    ([b"A1:B1"], set()), ([b"A1:B1", b"A2:B2"], set()), ([b"A2:B3"], set()), ([b"A1:A3"], set())])
def test_a_column_that_is_merged_away_is_hidden(ranges, hidden):
    """Only where nothing of it is seen: neither its name nor a value."""
    table = _merged(*ranges)
    assert table.hidden == hidden
    assert list(table.frame.columns) == ["Product", "x", "PM"]


def test_a_formula_without_a_result_counts_as_blank_and_that_is_said():
    content = sheets(products=[["product_id", "fte", "spend"], ["P1", 7, 1], ["P2", 8, 2],
                               ["P3", 9, 3]])
    formula = (b'<c r="B2"><f>1+1</f></c>', b'<c r="B3"><f>1+1</f><v></v></c>',
               b'<c r="B4" t="str"><f>""</f><v></v></c>')  # the last one's result is no text

    def edit(xml: bytes) -> bytes:
        for old, new in zip((b'<c r="B2"><v>7</v></c>', b'<c r="B3"><v>8</v></c>',
                             b'<c r="B4"><v>9</v></c>'), formula, strict=True):
            assert old in xml
            xml = xml.replace(old, new)
        return xml
    table, _ = read(edited(content, SHEET, edit))
    assert table.frame["fte"].tolist() == ["", "", ""]
    assert findings(table.problems) == [("warning", "products", 2, "fte", "bad_value")]
    assert table.problems["message"].tolist() == [
        "products row 2, fte: 2 formulas of the column, from here on, without a result: blank until "
        "the workbook is opened and saved in Excel"]


def test_results_and_errors_of_formulas():
    def fill(made):
        sheet = made.add_worksheet("products")
        sheet.write_row("A1", ["a", "b", "c", "d"])
        sheet.write_formula("A2", "=1+1", value=2)
        sheet.write_formula("B2", '="x"&"y"', value="xy")
        sheet.write_formula("C2", "=1/0", value="#DIV/0!")
        sheet.write_string("D2", "=cmd|' /C calc'!A0")
    assert cells(book(fill))[2] == ["2", "xy", "#DIV/0!", "=cmd|' /C calc'!A0"]


def test_rich_text_and_line_breaks():
    def fill(made):
        bold = made.add_format({"bold": True})
        sheet = made.add_worksheet("products")
        sheet.write_row("A1", ["a", "b"])
        sheet.write_rich_string("A2", "one ", bold, "two", " three")
        sheet.write("B2", "a\r\nb")
    assert cells(book(fill))[2] == ["one two three", "a\r\nb"]


# -- what is refused -------------------------------------------------------------------------------

PLAIN = sheets(products=[["product_id", "name"], ["P1", "A"]])
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500)
DOCTYPE = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'


def _with_doctype(xml: bytes) -> bytes:
    return xml.replace(b"?>", b"?>" + DOCTYPE, 1)


@pytest.mark.parametrize(("content", "said"), [
    (OLE, "this is an old Excel workbook (.xls) or another old Office file; save it as .xlsx"),
    (OLE + "EncryptedPackage".encode("utf-16-le"),
     "this is a workbook with a password; save it without one"),
    (PLAIN[:-30], "it is damaged or cut off (File is not a zip file)"),
    (PLAIN[:200], "it is damaged or cut off (File is not a zip file)"),
    (edited(PLAIN, SHEET, lambda xml: xml[:-40]), "it is damaged (unclosed token"),
    (edited(PLAIN, SHEET, lambda xml: None), "products: the sheet cannot be read: a part of it is "
     "missing"),
    (edited(PLAIN, "xl/_rels/workbook.xml.rels", lambda xml: None), "a part of it is missing"),
    (edited(PLAIN, "xl/workbook.xml", lambda xml: b"<workbook"), "it is damaged"),
    (edited(PLAIN, "xl/workbook.xml", _with_doctype), "it declares a document type"),
    (edited(PLAIN, SHEET, _with_doctype), "it declares a document type"),
    (edited(PLAIN, "xl/sharedStrings.xml", _with_doctype), "it declares a document type"),
    (edited(PLAIN, SHEET, lambda xml: xml.replace(b'r="B2"', b'r="ZZZ2"')),
     "products: the sheet cannot be read: it has 18,278 columns; at most 1,000 are read"),
    (edited(PLAIN, SHEET, lambda xml: xml.replace(b'r="B2"', b'r="AAA1048576"')),
     "products: the sheet cannot be read: its cells span more than 20,000,000"),
    (edited(PLAIN, SHEET, lambda xml: xml.replace(b'r="B2"', b'r="B99999999"')),
     "products: the sheet cannot be read: it has 99,999,999 rows; at most 2,000,000 are read"),
    (sheets(one=[], two=[]), "the excel workbook holds nothing"),
])
def test_what_cannot_be_read_is_one_clear_sentence(content, said):
    with pytest.raises(UnreadableFile) as error:
        sheets_of("book.xlsx", content, alone=True)
    assert str(error.value).startswith(said)
    assert "\n" not in str(error.value)


def test_one_text_shared_by_many_cells_may_not_grow_beyond_what_is_allowed(monkeypatch):
    content = sheets(products=[["a"], *[["x" * 1_000]] * 1_000])
    monkeypatch.setattr(limits, "TEXT", 500_000)
    assert len(content) < 50_000
    with pytest.raises(UnreadableFile, match="its cells hold more than 500,000 characters"):
        sheets_of("book.xlsx", content)


def test_the_files_of_a_workbook_may_be_called_as_other_programs_call_them():
    def rename(xml: bytes) -> bytes:
        return xml.replace(b"worksheets/sheet1.xml", b"/xl/worksheets/sheet1.xml")
    assert cells(edited(PLAIN, "xl/_rels/workbook.xml.rels", rename)) == {
        1: ["product_id", "name"], 2: ["P1", "A"]}


def test_numbers_that_nobody_wrote_prove_no_decimal_sign():
    """A cell typed as a number is what it says; one typed as text, or shown as percent, is read."""
    def fill(made):
        sheet, percent = made.add_worksheet("key_results"), made.add_format({"num_format": "0%"})
        sheet.write_row(0, 0, ["kr_id", "objective_id", "title", "baseline", "target", "current", "upper"])
        sheet.write_row(1, 0, ["K1", "J1", "a", 1.234, "900", 0.5, "7"])
        sheet.write_row(2, 0, ["K2", "J1", "b", None, 1.5, None, 7])
        sheet.write(2, 5, 0.45, percent)

    content = book(fill)
    assert read(content)[0].exact_columns == {"baseline"}
    found = read_files("x", {"book.xlsx": content}, Settings()).tables["key_results"]
    assert found.exact_columns == {"baseline"}
