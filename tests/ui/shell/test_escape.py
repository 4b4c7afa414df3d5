"""Whatever stands in the data shows literally: read again by a small CommonMark reader, and by what
Streamlit's front end makes of the text that CommonMark has read."""

import re
import string
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orgdata.formats import plain
from orgdata.ui.shell.escape import md

HARMLESS = set("\"%',;?")  # signs that no Markdown reads on their own
JOINER = "\u2060"  # invisible
LIVE = [re.compile(pattern, re.IGNORECASE) for pattern in (
    r"(https?://|www(?=\.))([-.\w]+)", r"[-.\w+]+@[-\w]+(\.[-\w]+)+", ":streamlit:",
    r"(^|\s)(<->|->|<-|--|>=|<=|~=)(\s|$)")]
EMOJI = re.compile(r":(?!material/|streamlit:)[\w+-][\w+-]*:")  # turns on emoji for a whole text
SPOKEN = ["*", "_", "`", "#", "-", "+", "1.", "1)", "\\", "<b>", "&amp;", "![i](http://x/y.png)",
          "[l](http://x)", "www.example.com", "https://x.io", "a@b.co", ":smile:", ":red[z]",
          ":material/home:", ":streamlit:", "$x$", "~~s~~", "|", "==", "^2^", "->", "<->", "--",
          "\n", "\r\n", " ", "\t", "\u2028", "\x85", "\u202e", "\u2066", "\x00", "\u200b"]
texts = st.lists(st.one_of(st.text(max_size=8), st.sampled_from(SPOKEN)), max_size=8).map("".join)


def read(markdown):
    """The text a CommonMark reader shows; fails on a sign that it might read as more than itself."""
    shown, signs = [], iter(markdown)
    for sign in signs:
        if sign == "\\":
            sign = next(signs)
            assert sign in string.punctuation, f"a backslash before {sign!r} would show"
        else:
            assert sign not in string.punctuation or sign in HARMLESS, f"{sign!r} is live"
        shown.append(sign)
    return "".join(shown)


def goes(sign):
    """Whether a sign is for control or direction, or a hidden tag: it must not reach the page."""
    return (unicodedata.category(sign) == "Cc"
            or unicodedata.bidirectional(sign) in {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI",
                                                   "FSI", "PDI"}
            or sign in "\u200b\u200e\u200f\u061c\xad\ufeff\ufffe\uffff"
            or "\u2060" <= sign <= "\u2069"
            or "\U000e0000" <= sign <= "\U000e0fff")


def without_space(text):
    return "".join(text.split())


@settings(max_examples=400, deadline=None)
@given(texts)
def test_any_text_shows_literally(text):
    shown = read(md(text))
    kept = "".join(sign for sign in without_space(text) if not goes(sign))
    assert without_space(shown).replace(JOINER, "") == kept
    assert not [sign for sign in shown if goes(sign) and sign not in (JOINER, "\t")]
    assert len(shown.splitlines()) <= 1
    assert not any(pattern.search(shown) for pattern in LIVE)
    assert not EMOJI.search(md(text))


@pytest.mark.parametrize(("text", "shown"), [
    ("Net *new* _revenue_ (ARR)", r"Net \*new\* \_revenue\_ \(ARR\)"),
    ("1. First", r"1\. First"), ("# 3", r"\# 3"), ("C:\\new", r"C\:\\new"),
    ("R&D at $4, 50 % up", r"R\&D at \$4, 50 % up"),
    ("two \r\n\n lines\u2028more\x85end", "two lines more end"),
    ("\u202eevil\u2066\x07", "evil"), ("Ümläut “quoted” — 日本", "Ümläut “quoted” — 日本"),
    ("a@b.co", "a\\@\u2060b\\.co"), ("a -> b", "a \\-\u2060\\> b"), ("a->b", r"a\-\>b"),
    ("KR--7", r"KR\-\-7"), (12, "12"), (None, "None")])
def test_exactly(text, shown):
    assert md(text) == shown


def test_plain_text_keeps_every_other_sign():
    assert plain("a*b\nc\u202ed\x00") == "a*b cd"
