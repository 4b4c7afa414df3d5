"""Small files made to cost much are refused with one line, before anything is built of them."""

import pytest

from orgdata.sources import sheets_in
from orgdata.sources.confined import outcome, read_confined
from tests.hostile.corpus import PRODUCTS, TEXT_FILES, WORKBOOKS, ZIPS, filled_down, with_rows

CASES = [pytest.param(f"file.{kind}", make, said, id=name)
         for kind, cases in (("xlsx", WORKBOOKS), ("csv", TEXT_FILES), ("zip", ZIPS))
         for name, (make, said) in cases.items()]


@pytest.mark.parametrize(("file", "make", "said"), CASES)
def test_it_is_refused_with_one_line_at_once(file, make, said):
    content = make()
    (kind, line), end = outcome(file, content, True)
    assert (kind, end.signal) == ("unreadable", 0)
    assert said in line
    assert len(line.splitlines()) == 1
    assert end.cost.memory < 100 << 20


@pytest.mark.parametrize("content", [
    pytest.param(filled_down(200_000), id="a formula filled down far below the table"),
    pytest.param(with_rows(b'<row r="1048576"><c r="XFD1048576" t="str"><v></v></c></row>'),
                 id="blank text in the last cell")])
def test_blank_text_below_a_table_does_not_keep_it_from_being_read(content):
    (sheet,), noticed = read_confined("file.xlsx", content)
    assert sheet.table.frame.values.tolist() == [["P1", "A"]]
    assert len(sheet.table.problems) == len(noticed) == 0


def test_the_other_files_are_read():
    make, said = WORKBOOKS["a cell that does not say where it is"]
    sheets, (noticed,) = sheets_in({"odd.xlsx": make(), "good.xlsx": PRODUCTS}, read=read_confined)
    assert [sheet.table.origin for sheet in sheets] == ["good.xlsx, sheet products"]
    assert noticed["message"].str.contains(f"^odd.xlsx: .*{said}.*; it is not loaded").all()


def test_a_workbook_named_as_a_source_is_refused_as_well(run, tmp_path):
    make, said = WORKBOOKS["a row that says it with a letter"]
    (tmp_path / "book.xlsx").write_bytes(make())
    status, _, errors = run("check", tmp_path / "book.xlsx")
    assert status == 2
    assert len(errors.splitlines()) == 1
    assert said in errors
