"""Whatever is handed over is read, or refused with one clear line: nothing else is ever raised."""

import io
import random
import zipfile
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from orgdata.model.settings import Settings, SettingsError
from orgdata.sources import SourceError, read_files
from orgdata.sources.sheets import UnreadableFile, sheets_of
from orgdata.validate import validate
from tests.sources.workbooks import edited, sheets, zipped

PRODUCTS = "product_id,name,fte\nP1,A,1\nP2,B,2\n"
BOOK = sheets(products=[["product_id", "name", "fte"], ["P1", "A", 1], ["P2", "B", 2.5]],
              outcomes=[["Outcomes"], [], ["outcome_id", "name"], ["O1", "Grow"]])
ZIP = zipped({"products.csv": PRODUCTS, "book.xlsx": BOOK, "settings.toml": "cadence_days = 7\n"},
             compression=zipfile.ZIP_DEFLATED)
with zipfile.ZipFile(io.BytesIO(BOOK)) as _archive:
    PARTS = {name: _archive.read(name) for name in _archive.namelist()}
SLOW = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def refusal(read: Callable[[], object]) -> str:
    """The line with which something is refused; "" when it is read."""
    try:
        read()
    except (UnreadableFile, SourceError, SettingsError) as error:
        return str(error) or "nothing is said"
    return ""


def handed_over(name: str, content: bytes) -> None:
    """Read a file as sheets and as a source; any other exception ends the test."""
    def sheets_here() -> None:
        found, noticed = sheets_of(name, content)
        assert found
        assert all(len(frame) for frame in noticed)

    def source() -> None:
        counts = validate(read_files(name, {name: content}, Settings())).counts
        assert all(count.read == count.loaded + count.set_aside for count in counts.values())

    lines = refusal(sheets_here), refusal(source)
    assert not any(len(line.splitlines()) > 1 or line == "nothing is said" for line in lines)


@st.composite
def mutated(draw, content: bytes):
    """Some bytes changed, a piece cut out, or the end cut off."""
    seed = draw(st.integers(0, 2**32))
    chance = random.Random(seed)
    mutant = bytearray(content)
    for _ in range(chance.randint(0, 8)):
        mutant[chance.randrange(len(mutant))] = chance.randrange(256)
    if chance.random() < 0.3:
        at = chance.randrange(len(mutant))
        del mutant[at:at + chance.randint(1, 200)]
    return bytes(mutant[:chance.randint(1, len(mutant))] if chance.random() < 0.2 else mutant)


@SLOW
@given(st.binary(max_size=300), st.sampled_from([b"", b"PK\3\4", b"PK\5\6", b"\xd0\xcf\x11\xe0"]))
@example(b'"a\nb",c\n1,2\n', b"")  # a column, and below a file, named in two lines
@example(zipped({"a\nb.csv": "c,d\n1,2\n"}), b"")
def test_any_bytes(content, start):
    handed_over("x.bin", start + content)


@SLOW
@given(mutated(BOOK))
def test_damaged_workbooks(content):
    handed_over("book.xlsx", content)


@SLOW
@given(mutated(ZIP))
def test_damaged_zips(content):
    handed_over("x.zip", content)


@SLOW
@given(st.sampled_from(sorted(PARTS)).flatmap(
    lambda name: st.tuples(st.just(name), mutated(PARTS[name]))))
def test_workbooks_whose_parts_are_damaged(part):
    name, content = part
    handed_over("book.xlsx", edited(BOOK, name, lambda _: content))


XML = st.lists(st.sampled_from([
    '<row r="1">', "<row>", "</row>", '<c r="A1">', '<c r="B7" t="s">', '<c t="e">', '<c s="9">',
    '<c r="AB3" t="b">', '<c t="inlineStr">', '<c t="d">', "</c>", "<v>1</v>", "<v></v>", "<v>x</v>",
    "<v>99999999999999999999</v>", "<v>-1</v>", "<f>1+1</f>", "<is><t>a</t></is>", "<is/>",
    '<c r="A0"><v>1</v></c>', '<c r="XFD1"><v>1</v></c>', '<c r="é"><v>1</v></c>', "<v>1e999</v>",
    "<v>NaN</v>", '<c r="12"><v>1</v></c>']), max_size=25).map("".join)
MERGES = st.lists(st.sampled_from(["A1:B2", "A2:A9", "A2:A5", "C1", "B2:A1", "", "A1:XFD1048576"]),
                  max_size=5).map(lambda refs: "".join(f'<mergeCell ref="{ref}"/>' for ref in refs))


@SLOW
@given(XML, MERGES)
def test_odd_sheets(rows, merges):
    def odd(_: bytes) -> bytes:
        return ('<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/'
                f'spreadsheetml/2006/main"><sheetData>{rows}</sheetData><mergeCells>{merges}'
                "</mergeCells></worksheet>").encode()
    handed_over("book.xlsx", edited(BOOK, "xl/worksheets/sheet1.xml", odd))


PIECES = st.sampled_from(["product_id", "name", "a", ",", ";", "\t", "|", '"', "\n", "\r\n", "\r", " ",
                          "sep=;\n", "Title\n", ",,,\n", "2026-11-20", "1,200", "é", "\ufeff", "'"])


@SLOW
@given(st.lists(PIECES, max_size=40).map("".join),
       st.sampled_from(["utf-8", "utf-16", "utf-16-le", "cp1252"]))
def test_any_text(text, encoding):
    handed_over("products.csv", text.encode(encoding, "replace"))


@pytest.mark.parametrize("names", [["a.csv", "b.csv"], ["settings.toml"], ["settings.toml", "a.csv"], []])
def test_any_files_together(names):
    assert refusal(lambda: read_files("mine", dict.fromkeys(names, b"\xff"), Settings()))
