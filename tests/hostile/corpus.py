"""Small files made to cost much: each is made here, none is stored."""

import re
import zipfile
from collections.abc import Callable, Mapping
from functools import partial

from tests.sources.workbooks import edited, sheets, zipped

SHEET, BOOK, TEXTS = "xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/sharedStrings.xml"
PRODUCTS = sheets(products=[["product_id", "name"], ["P1", "A"]])
_FAR = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'


def with_rows(rows: bytes, after: bytes = b"") -> bytes:
    """A workbook with more rows below its own two, and more below its cells."""
    return edited(PRODUCTS, SHEET, lambda xml: xml.replace(
        b"</sheetData>", rows + b"</sheetData>" + after))


def _one_small_one_large(linked: bytes) -> bytes:
    """A workbook whose only sheet is `linked` to the first file, or to a far larger one."""
    with_two = edited(sheets(a=[["product_id"], ["P1"]], b=[["a"]]), "xl/worksheets/sheet2.xml",
                      lambda _: b"<worksheet><sheetData>" + _FAR + b'<row r="1"><c r="A1"><v>1</v></c>'
                      b"</row></sheetData></worksheet>")
    return edited(with_two, BOOK, lambda xml: re.sub(
        rb"<sheets>.*</sheets>", b"<sheets>" + linked + b"</sheets>", xml))


def filled_down(rows: int) -> bytes:
    """`=IF(A2="","",A2)` filled down, of which two rows have a result."""
    return with_rows(b"".join(
        b'<row r="%d"><c r="C%d" t="str"><f>IF(A%d="","",A%d)</f><v></v></c></row>' % (at, at, at, at)
        for at in range(3, rows + 1)))


def _many_entries(count: int) -> bytes:
    """A zip of which only the directory is there, with this many entries."""
    entry = (b"PK\1\2" + bytes(24) + (1).to_bytes(2, "little") + bytes(16) + b"a")
    directory = entry * count
    short = min(count, 0xFFFE).to_bytes(2, "little")
    return (b"PK\3\4" + bytes(26) + directory + b"PK\5\6" + bytes(4) + short * 2
            + len(directory).to_bytes(4, "little") + (30).to_bytes(4, "little") + bytes(2))


_deflated = partial(zipped, compression=zipfile.ZIP_DEFLATED)
Make = Callable[[], bytes]
WORKBOOKS: Mapping[str, tuple[Make, str]] = {
    "blank text in the last cell, and text below the table": (
        lambda: with_rows(_FAR.replace(b"><v>1</v>", b' t="str"><v></v>').replace(
            b"</row>", b'<c r="A1048576"><v>1</v></c></row>')),
        "it has 16,384 columns; at most 1,000 are read"),
    "blank text within the cell": (
        lambda: with_rows(b'<row r="1048575"><c r="ALK1048575" t="inlineStr"><is><t></t></is></c></row>'
                          b'<row r="1048576"><c r="A1048576"><v>1</v></c></row>'),
        "its cells span more than 20,000,000"),
    "a cell that does not say where it is": (
        lambda: with_rows(b'<row r="1048576"><c r="ALK2"><v>1</v></c><c><v>2</v></c></row>'),
        "its cells span more than 20,000,000"),
    "a row that says it with a letter": (
        lambda: with_rows(b'<row r="A1048576"><c r="ALK2"><v>1</v></c><c><v>2</v></c></row>'),
        "its cells span more than 20,000,000"),
    "two links, one of them foreign": (
        lambda: _one_small_one_large(b'<sheet name="s" sheetId="1" xmlns:q="urn:q" q:id="rId1" r:id="rId2"/>'),
        "a sheet of it stands twice"),
    "two links, one without a prefix": (
        lambda: _one_small_one_large(b'<sheet name="s" sheetId="1" r:id="rId1" id="rId2"/>'),
        "a sheet of it stands twice"),
    "two parts of one name": (
        lambda: edited(_one_small_one_large(b'<sheet name="s" sheetId="1" r:id="rI&#100;2"/>'),
                       "xl/_rels/workbook.xml.rels", lambda xml: xml.replace(
            b'"rId2"', b'"rI&#100;2"').replace(b"</Relationships>", b'<Relationship Id="rId2" Target='
                                               b'"worksheets/sheet1.xml"/></Relationships>')),
        "a part of it is named twice"),
    "far fewer cells than it spans": (
        lambda: with_rows(b'<row r="200000"><c r="CU200000"><v>1</v></c></row>'),
        "its cells span 200,000 rows and 99 columns, of which only 5 are filled"),
    "tags without a cell": (
        lambda: with_rows(b"<row>" + b"<c/>" * 9_000_000 + b"</row>"),
        "as no table does"),
    "many cells in few bytes": (
        lambda: with_rows(b"".join(b'<row r="%d">' % row + b"<c><v>1</v></c>" * 50 + b"</row>"
                                   for row in range(3, 6_000))),
        "far more than a file of its size should be"),
    "many sheets of tags": (
        lambda: _deflated({**{f"xl/worksheets/s{at}.xml": b"<worksheet><sheetData><row>" + b"<c/>" * 1_200_000
                              for at in range(3)}, BOOK: "<a/>", "xl/_rels/workbook.xml.rels": "<a/>"}),
        "it unpacks to 13 MB from "),
    "one sheet shown many times": (
        lambda: edited(PRODUCTS, BOOK, lambda xml: re.sub(rb"<sheets>.*</sheets>", b"<sheets>" + b"".join(
            b'<sheet name="s%d" sheetId="1" r:id="rId1"/>' % at for at in range(20_000)) + b"</sheets>", xml)),
        "it has more than 1,000 sheets"),
    "one long text in many cells": (
        lambda: edited(with_rows(b"".join(b'<row r="%d"><c r="A%d" t="s"><v>0</v></c></row>' % (at, at)
                                          for at in range(3, 300))),
                       TEXTS, lambda xml: xml.replace(b"product_id", b"x" * 900_000)),
        "its cells hold more than 200,000,000 characters"),
    "a cell longer than is read": (
        lambda: with_rows(b'<row r="3"><c r="A3" t="str"><v>' + b"x" * 1_000_001 + b"</v></c></row>"),
        "a cell holds 1,000,001 characters"),
    "a tag of many megabytes": (
        lambda: with_rows(b'<row r="3" a="' + bytes(range(48, 58)) * 700_000 + b'"></row>'),
        "a tag of it is longer than 4 MB"),
    "merged cells without end": (
        lambda: with_rows(b"", b"<mergeCells>" + b"".join(
            b'<mergeCell ref="A%d:A%d"/>' % (at, at + 1) for at in range(3, 100_004)) + b"</mergeCells>"),
        "it has more than 100,000 merged cells"),
    "another encoding that hides cells": (
        lambda: edited(PRODUCTS, SHEET, lambda xml: xml.decode().replace("UTF-8", "UTF-16").encode("utf-16")),
        "it is damaged (its XML is not written in UTF-8)"),
}
TEXT_FILES: Mapping[str, tuple[Make, str]] = {
    "one name for 100,000 columns": (
        lambda: b",".join([b"a"] * 100_000) + b"\n1\n", "it has 100,000 columns; at most 1,000 are read"),
    "100,000 columns": (
        lambda: ",".join(f"c{at}" for at in range(100_000)).encode() + b"\n1\n",
        "it has 100,000 columns; at most 1,000 are read"),
    "quoted columns in many lines": (
        lambda: b'a,"\n' + b'",b,"\n' * 300_000, "its header is longer than 1,048,576 characters"),
    "short rows below a wide header": (
        lambda: ",".join(f"c{at}" for at in range(1_000)).encode() + b"\n" + b"1\n" * 20_000,
        "its cells span 20,000 rows and 1,000 columns, of which only 21,000 are filled"),
    "only commas": (
        lambda: b"a,b\n" + b",\n" * 10_500_000, "its cells span more than 20,000,000"),
    "a name of a megabyte": (
        lambda: b"product_id," + b"x" * 1_000_000 + b"\nP1,A\n", "a name of 1,000,000 characters"),
    "a quotation mark never closed": (
        lambda: b'product_id,name\nP1,"A\n' + b"P2,B\n" * 250_000, "a cell holds 1,250,"),
}
ZIPS: Mapping[str, tuple[Make, str]] = {
    "a directory of 400,000 files": (
        lambda: _many_entries(400_000), "its directory has 17 MB; expected at most 1,024,000 bytes"),
    "files on one another": (
        lambda: _deflated({f"{at}.csv": bytes(9 << 20) for at in range(3)}), "it unpacks to 27 MB from "),
}
