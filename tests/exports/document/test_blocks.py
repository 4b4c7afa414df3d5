"""Every block of a page in every format: whatever words it holds, they appear as they are."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orgdata.exports.document.blocks import (
    Bar,
    Blanks,
    Column,
    Heading,
    Item,
    Items,
    Page,
    Paragraph,
    Paths,
    Room,
    Step,
    Table,
    Tile,
    Tiles,
    items,
    line,
    quiet,
    strong,
)
from orgdata.exports.document.html import html
from orgdata.exports.document.markdown import markdown
from orgdata.formats import plain
from tests.exports.reading import HOSTILE, read_html, read_markdown

WORDS = [one for one in HOSTILE if plain(one).strip()]


def every_block(words: str) -> Page:
    return Page(words, words, date(2026, 11, 20), (("As of", words), (words, "x")), (
        Heading(words), Paragraph(line(words), lead=True),
        Paragraph(line(strong(words), words, quiet(words))),
        Items((Item(line(words, quiet(words)), (line(words), line(strong(words)))),)),
        Table(words, (Column(words), Column(words, "number"), Column("", "bar")),
              ((words, words, Bar(0.5, 0.7)), ("x", words, Bar(None)))),
        Tiles((Tile(words, words, words),)),
        Paths(((Step(words, words), Step(words, missing=True)),)), Room(3),
        Blanks((words, "x"))))


def as_read(words: str) -> str:
    return " ".join(plain(words).replace("\u2060", "").split())


@pytest.mark.parametrize("words", WORDS)
def test_hostile_words_appear_as_they_are_in_html(words):
    said = read_html(html(every_block(words)))
    assert said.count(as_read(words)) >= 20


@pytest.mark.parametrize("words", WORDS)
def test_hostile_words_appear_as_they_are_in_markdown(words):
    said = read_markdown(markdown(every_block(words)))
    assert said.count(as_read(words)) >= 18


@given(st.text(min_size=1))
def test_any_words_stay_words(words):
    page = every_block(words)
    read_html(html(page))
    read_markdown(markdown(page))


@given(st.lists(st.sampled_from([*"*_`[]()<>!#&;:@~|\\-+=1.{}$ \n\t\"'/", "http", "www.", "a", "&lt;"]),
                min_size=1).map("".join))
def test_any_signs_stay_signs(words):
    page = every_block(words)
    read_html(html(page))
    read_markdown(markdown(page))


def test_nothing_to_list_is_a_sentence():
    assert items([], "None.") == Paragraph(line("None."))


def test_a_bar_says_what_it_shows():
    text = html(Page("t", "", date(2026, 1, 1), (), (
        Table("a", (Column("", "bar"),), ((Bar(1.4, 0.999),), (Bar(None),))),))).decode()
    assert 'aria-label="140\u00a0%, mark at 99\u00a0%"' in text
    assert 'width="100.00"' in text
    assert 'aria-label="unknown"' in text
