"""The deck's first slides: what it is, and the answer with the headlines and their change."""

from pptx.presentation import Presentation as Deck
from pptx.util import Pt

from orgdata import formats
from orgdata.exports.deck.master import ACCENT, OPENING, PALE, QUIET, SIDE
from orgdata.exports.deck.slide import (
    FOOT,
    ROOM,
    TOP,
    Box,
    Column,
    Para,
    add_notes,
    page,
    row_lines,
    table,
    text,
)
from orgdata.exports.deck.text_fit import fitted
from orgdata.exports.edition import Edition
from orgdata.views import answers, review
from orgdata.views.headlines import Headline, headlines

_PEOPLE = "product managers"


def opening(deck: Deck, edition: Edition) -> None:
    """Title, as-of date, and what identifies the data."""
    slide = deck.slides.add_slide(deck.slide_layouts[OPENING])
    title, subtitle = slide.shapes.title, slide.placeholders[1]
    assert title is not None
    title.text_frame.text = "Weekly portfolio review"
    title.text_frame.paragraphs[0].font.size = Pt(40)
    said, size = fitted(f"{formats.day(edition.day)} · {edition.source}", ROOM, 60,
                        (24, 20, 18, 16))
    subtitle.text_frame.text = said
    subtitle.text_frame.paragraphs[0].font.size = Pt(size)
    table(slide, Box(SIDE, 286, ROOM, 200),
          [Column("What this is made of", 170), Column("", ROOM - 170)],
          [list(pair) for pair in edition.origin()])
    add_notes(slide, [f"{label}: {words}" for label, words in edition.origin()])
    add_notes(slide, [
        f"Full data fingerprint: {edition.fingerprint}",
        "Percentages are cut, never rounded up. Charts and tables are native: they can be edited. "
        "The notes of each slide hold the rows behind its numbers."])
    if said := edition.narrowed_words():
        add_notes(slide, [said])


def lists_show(edition: Edition) -> str:
    """In few words that lists are narrowed; "" where they are not."""
    if edition.products is None:
        return ""
    shown, every = len(edition.product_rows()), len(edition.alignment.products)
    return f"Lists show {shown:,} of {formats.count(every, 'product')}: {edition.filters}."


def answer(deck: Deck, edition: Edition) -> None:
    """The answer sentence, and each headline with its change."""
    alignment, gaps = edition.alignment, edition.gaps
    slide = page(deck, "The answer", answers.overview(alignment))
    was = edition.changes.before.headlines if edition.changes else None
    moved = review.moves(alignment.headlines, was)
    every = headlines(alignment, gaps)
    width, tall, gap = (ROOM - 3 * 14) / 4, 168.0, 14.0
    for number, one in enumerate(every):
        x, y = SIDE + (number % 4) * (width + gap), TOP + (number // 4) * (tall + gap)
        change = moved.get(one.key)
        note = one.formula if one.value == formats.UNKNOWN else one.note
        text(slide, Box(x, y, width, tall), [
            Para(one.label, bold=True, colour=QUIET, scale=0.5),
            Para(one.value, bold=True, colour=ACCENT),
            *([Para(_change(one, change), bold=True, scale=0.45)] if change else []),
            *([Para(note, colour=QUIET, scale=0.45)] if note else [])],
            (28, 26, 24), fill=PALE, pad=12)
        add_notes(slide, [f"{one.label}: {one.value}. {one.formula}"])
        add_notes(slide, row_lines(one.rows.drop(columns=_PEOPLE, errors="ignore")))
    last = len(every)
    x, y = SIDE + (last % 4) * (width + gap), TOP + (last // 4) * (tall + gap)
    since = (f"Compared with {formats.day(edition.changes.before.as_of)}." if edition.changes else
             "There is no earlier snapshot to compare with.")
    text(slide, Box(x, y, width, tall), [
        Para(review.on_track(alignment)), Para(since, colour=QUIET),
        *([Para(words, colour=QUIET)] if (words := edition.narrowed_words()) else [])],
        (14, 13, 12, 11), pad=12)
    assert y + tall <= FOOT


def _change(one: Headline, change: str) -> str:
    """The change in words; coverage moves by weight, while the number above it is a count."""
    by = " by weight" if one.key == "coverage" and change != review.UNMOVED else ""
    return f"{change}{by}"
