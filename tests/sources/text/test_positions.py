"""Lines and columns of cells, as an editor counts them."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orgdata.sources.text.positions import Positions

CELLS = st.text(st.sampled_from('ab ,;"\n“é😀|='), max_size=6)
ROWS = st.lists(st.lists(CELLS, min_size=3, max_size=3), min_size=1, max_size=6)


@given(ROWS, st.sampled_from(["\n", "\r\n"]), st.booleans())
def test_a_cell_begins_where_it_is_said_to(rows, end, mark):
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator=end)
    writer.writerows([["product_id", "name", "description"], *rows])
    text = out.getvalue()
    positions = Positions(text.encode("utf-8-sig" if mark else "utf-8"))
    lines = text.split("\n")
    for number, row in enumerate(rows, 2):
        for name, cell in zip(("product_id", "Name ", "description"), row, strict=True):
            line, column = positions.of(number, name)
            behind = "\n".join([lines[line - 1][column - 1:], *lines[line:]])
            assert next(csv.reader(io.StringIO(behind, newline="")))[:1] in ([cell], [] if not cell else None)


@pytest.mark.parametrize(("text", "row", "column", "place"), [
    ("\n\nsep=;\nproduct_id;name\nP1;A\n", 2, "name", (5, 4)),
    ("Our products\n\nproduct_id,name\nP1,A\n", 4, "name", (4, 4)),
    ("product_id,name\nP1,A\n", None, "name", (1, 12)),
    ("product_id,name\nP1,A\n", 2, "fte", (2, 1)),
    ("product_id,name\nP1\n", 2, "name", (2, 1)),  # the row is too short
    ("product_id,name\nP1,A\n", 9, "name", (9, 1)),  # no such row
    ('"product_id,name"\n"P1,A"\n', 2, "name", (2, 1))])  # rows inside quotation marks
def test_other_beginnings(text, row, column, place):
    assert Positions(text.encode()).of(row, column) == place
