"""Bytes of delimited text, as people's programs write them → the cells and the row numbers."""

import pyarrow as pa
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from orgdata.sources.text import delimited
from orgdata.sources.text.delimited import NotDelimitedText, as_utf8, read_delimited
from orgdata.sources.text.start import delimiter_of
from tests.csv_folders import findings


def table(content: str | bytes) -> dict[int, list[str]]:
    """The rows of a file by row number, the header first as row 1."""
    read = read_delimited(content if isinstance(content, bytes) else content.encode(),
                          "products", "products.csv")
    return {1: list(read.frame.columns)} | {
        int(row): cells for row, cells in zip(read.frame.index, read.frame.values.tolist(),
                                              strict=True)}


def noticed(content: str) -> list:
    return findings(read_delimited(content.encode(), "products", "products.csv").problems)


PLAIN = "product_id,name\nP1,Überprüfung\n"
EXPECTED = {1: ["product_id", "name"], 2: ["P1", "Überprüfung"]}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be",
                                      "cp1252", "latin-1"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_encodings_and_line_ends(encoding, end):
    assert table(PLAIN.replace("\n", end).encode(encoding)) == EXPECTED


def test_windows_1252_is_more_than_latin_1():
    assert as_utf8("“a” – 5 €".encode("cp1252")).decode() == "“a” – 5 €"
    assert as_utf8(b"a\x81\xe9").decode() == "a\x81é"  # 81 is nothing in Windows-1252: Latin-1 then


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_delimiters(delimiter):
    assert table(PLAIN.replace(",", delimiter)) == EXPECTED


@pytest.mark.parametrize(("header", "delimiter"), [
    ("product_id;name,alias;x", ";"), ('"a,b,c";d', ";"), ('"a;b";"c,d,e"', ";"),
    ('"a ""x"" b",c', ","), ("one", ","), ("a|b", "|"), ("a\tb,c\td", "\t")])
def test_the_delimiter_is_found_in_the_header(header, delimiter):
    assert delimiter_of(header + "\n1,2\n") == delimiter


@pytest.mark.parametrize(("content", "rows"), [
    ('id,name\n1,"a\nb"\n2,c\n', {1: ["id", "name"], 2: ["1", "a\nb"], 3: ["2", "c"]}),
    ('id,name\n1,"a\r\n\r\nb"\n2,c\n', {1: ["id", "name"], 2: ["1", "a\r\n\r\nb"], 3: ["2", "c"]}),
    ('id,"na\nme"\n1,2\n', {1: ["id", "na\nme"], 2: ["1", "2"]}),
    ('id,name\n1,"say ""hi"", x"\n', {1: ["id", "name"], 2: ["1", 'say "hi", x']}),
    ('id,name\n1,5" screen\n', {1: ["id", "name"], 2: ["1", '5" screen']}),
    ("id,name\n1,2", {1: ["id", "name"], 2: ["1", "2"]}),
    ("id,name\n1,a\n\n,\n  ,\t\n2,b\n\n", {1: ["id", "name"], 2: ["1", "a"], 6: ["2", "b"]}),
    ("\n\r\n ,\n;;\nid,name\n1,a\n", {1: ["id", "name"], 2: ["1", "a"]}),
    ("sep=;\nid;na,me\n1;a\n", {1: ["id", "na,me"], 2: ["1", "a"]}),
    ('"sep=|"\r\nid|name\r\n1|a\r\n', {1: ["id", "name"], 2: ["1", "a"]}),
    ("id,name\n", {1: ["id", "name"]}),
    ("id,name", {1: ["id", "name"]}),
    ("id\n\n7\n", {1: ["id"], 3: ["7"]}),
    ("id,,name,\n1,x,a,\n", {1: ["id", "column_2", "name"], 2: ["1", "x", "a"]}),
    ("id,name\nNA,nan\nNone,null\n001,1e5\n",
     {1: ["id", "name"], 2: ["NA", "nan"], 3: ["None", "null"], 4: ["001", "1e5"]}),
    (" id ,name\n 1 , a \n", {1: ["id", "name"], 2: [" 1 ", " a "]}),
])
def test_cells_and_row_numbers_as_a_person_counts_them(content, rows):
    assert table(content) == rows
    assert noticed(content) == []


@pytest.mark.parametrize(("content", "rows", "found"), [
    ("id,name\n1,a,x\n2\n3,c\n", {1: ["id", "name", "column_3"], 2: ["1", "a", "x"],
                                  3: ["2", "", ""], 4: ["3", "c", ""]},
     [("warning", "products", 2, None, "extra_cells"),
      ("warning", "products", 3, None, "bad_value")]),
    ('id,name\n1,"a\nb"\n\n2,b,,y\n', {1: ["id", "name", "column_4"], 2: ["1", "a\nb", ""],
                                       4: ["2", "b", "y"]},
     [("warning", "products", 4, None, "extra_cells")]),
    ("id,name,Name,name\n1,a,b,c\n", {1: ["id", "name", "Name_2", "name_3"],
                                      2: ["1", "a", "b", "c"]},
     [("warning", "products", 1, "Name", "duplicate_header"),
      ("warning", "products", 1, "name", "duplicate_header")]),
    ("name,name,name_2\n1,2,3\n", {1: ["name", "name_2", "name_2_2"], 2: ["1", "2", "3"]},
     [("warning", "products", 1, "name", "duplicate_header"),
      ("warning", "products", 1, "name_2", "duplicate_header")]),
    ('id,name\n1,a\n2,"b\n3,c\n', {1: ["id", "name"], 2: ["1", "a"], 3: ["2", "b\n3,c\n"]},
     [("error", "products", 3, None, "unreadable")]),
])
def test_what_is_odd_is_said(content, rows, found):
    assert table(content) == rows
    assert noticed(content) == found


@pytest.mark.parametrize("end", ['"', '",', '",,\n\n', '" \n'])
def test_a_closed_quotation_at_the_end_is_not_left_open(end):
    assert [one for one in noticed(f'id,name,x\n1,2,3\n4,"a\nb{end}') if one[0] == "error"] == []


@pytest.mark.parametrize(("content", "what"), [
    (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", r"an image \(PNG\)"),
    (b"\xff\xd8\xff\xe0\0\x10JFIF", r"an image \(JPEG\)"), (b"GIF89a", r"an image \(GIF\)"),
    (b"PK\x03\x04\x14", "a zip archive or an Excel workbook"), (b"%PDF-1.7", "a PDF"),
    (b"\x1f\x8b\x08", "a gzip archive"), (b"\xd0\xcf\x11\xe0\xa1", "an old Excel workbook"),
    (b"id,name\n1,\0\n", "a binary file"), (bytes(range(256)), "a binary file"),
    (bytes(100), "a binary file"), (b"<!DOCTYPE html><html>", "an HTML page"),
    (b" \n<html lang='en'>", "an HTML page"), (b"", "empty"), (b"\xef\xbb\xbf", "empty"),
    (b"\n \n", "empty"), (b"\xff\xfe", "empty"), (b"sep=;\n", "empty"),
])
def test_what_is_not_delimited_text(content, what):
    with pytest.raises(NotDelimitedText, match=what):
        table(content)


PIECES = st.sampled_from(["a", ",", '"', "\n", "\r\n", "\r", " ", '"b"', "c,d\n", '""', "é"])


@given(st.lists(PIECES, min_size=1, max_size=14).map("".join))
def test_the_fast_reader_reads_what_the_patient_one_reads(text):
    assume(text.strip() and not text.startswith(("\r", "\n")))
    try:
        fast = delimited._by_arrow(text.encode(), ",")
    except pa.ArrowInvalid:
        return
    patient, _ = delimited._by_csv(text.encode(), ",", 1)
    assert [column.to_pylist() for column in fast] == [column.to_pylist() for column in patient]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("cell", ["x", '"a, b"'])
def test_a_line_that_ends_where_a_block_ends_is_one_line(monkeypatch, end, cell):
    text = end.join(f"{number},{cell * (number % 3 == 0)}" for number in range(60)).encode()
    patient, _ = delimited._by_csv(text, ",", 1)
    for size in range(30, 60):
        monkeypatch.setattr(delimited, "_BLOCK", size)
        fast = delimited._by_arrow(text, ",")
        assert [column.to_pylist() for column in fast] == [c.to_pylist() for c in patient], size


@given(st.binary(max_size=60) | st.text(max_size=40).map(lambda t: t.encode("utf-8", "replace")))
def test_any_bytes_are_a_table_or_a_clear_no(content):
    try:
        rows = table(content)
    except NotDelimitedText:
        pass
    else:
        assert min(rows) == 1
