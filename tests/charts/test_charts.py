"""What all figures share: text from data is inert, wrapped and cut."""

import html

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orgdata.charts import INK, label, with_common_look
from orgdata.charts.bars import named_rows

SPOKEN = ["<b>", "<a href='x'>", "&lt;", "&", "%{x}", "<br>", "\n", " ", "製品", "مرحبا", "x" * 40]
texts = st.lists(st.one_of(st.text(max_size=8), st.sampled_from(SPOKEN)), max_size=8).map("".join)


def read(text):
    """The lines of a label as plotly shows them; fails on a tag that came from the data."""
    lines = text.split("<br>")
    assert not any("<" in line or ">" in line for line in lines)
    return [html.unescape(line) for line in lines]


@settings(max_examples=300, deadline=None)
@given(texts)
def test_a_label_shows_the_text_and_nothing_else(text):
    assert read(label(text)) == [" ".join(text.split())]


@settings(max_examples=300, deadline=None)
@given(texts, st.integers(5, 30), st.integers(1, 3))
def test_a_wrapped_label_keeps_to_its_room(text, width, lines):
    shown, whole = read(label(text, width, lines)), "".join(text.split())
    assert len(shown) <= lines
    assert all(len(line) <= width for line in shown)
    squeezed = "".join("".join(shown).split())
    cut = squeezed != whole
    assert not cut or (squeezed[-1] == "…" and whole.startswith(squeezed[:-1]))
    assert not cut or len(shown) == lines
    assert not whole or squeezed.rstrip("…") or whole[0] == "…"


@pytest.mark.parametrize(("text", "width", "lines", "shown"), [
    ("Net revenue retention", 12, 2, "Net revenue<br>retention"),
    ("Net revenue retention", 12, 1, "Net revenue…"), ("A & B <i>", 30, 1, "A &amp; B &lt;i&gt;"),
    ("製品" * 20, 10, 2, "製品" * 5 + "<br>" + "製品" * 4 + "製…"), ("", 10, 1, ""),
    ("a\n b", None, 1, "a b"), (12, None, 1, "12")])
def test_exactly(text, width, lines, shown):
    assert label(text, width, lines) == shown


@pytest.mark.parametrize("dark", [False, True])
def test_text_takes_the_ink_of_its_background(dark):
    layout = with_common_look(named_rows(["A"], ["1"], 1.0, [0, 1], ["0", "1"], dark), 300, dark).layout
    assert {layout.font.color, layout.xaxis.tickfont.color, layout.yaxis.tickfont.color,
            layout.legend.font.color} == {INK[dark]}
    assert layout.paper_bgcolor == layout.plot_bgcolor == "rgba(0,0,0,0)"
    assert layout.height == 300
