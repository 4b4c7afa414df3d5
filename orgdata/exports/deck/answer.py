"""The deck's first slides: what it is, and the answer with the headlines and their change."""

from orgdata import formats
from orgdata.exports.deck.colours import ACCENT, PALE, QUIET
from orgdata.exports.deck.layouts import Box
from orgdata.exports.deck.slide import Para, add_notes, fill, page, row_lines, text
from orgdata.exports.deck.table import Column, table
from orgdata.exports.deck.template import Deck
from orgdata.exports.edition import Edition
from orgdata.views import answers, review
from orgdata.views.headlines import Headline, headlines

_PEOPLE = "product managers"


def opening(deck: Deck, edition: Edition) -> None:
    """Title, as-of date, and what identifies the data."""
    layout = deck.opening
    slide = deck.add(layout.layout, frozenset([layout.subtitle]))
    fill(slide, 0, "Weekly portfolio review", layout.title, (40, 36, 32, 28, 24))
    if layout.subtitle is not None:
        fill(slide, layout.subtitle, f"{formats.day(edition.day)} · {edition.source}",
             layout.subtitle_box, (24, 20, 18, 16), bold=False)
    made_of = slide if layout.origin else page(
        deck, "About this deck", "Each number rests on this data and this method")
    table(made_of, layout.origin or deck.page.area,
          [Column("What this is made of", 170), Column("", 710)],
          [list(pair) for pair in edition.origin()])
    add_notes(slide, [f"{label}: {words}" for label, words in edition.origin()])
    add_notes(slide, [
        f"Full data fingerprint: {edition.fingerprint}",
        "Percentages are cut, never rounded up. Charts and tables are native: they can be edited. "
        "The notes of each slide hold the rows behind its numbers."])
    if said := edition.filter_notice():
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
    area, gap = deck.page.area, 14.0
    width, tall = (area.w - 3 * gap) / 4, min(168.0, (area.h - gap) / 2)
    for number, one in enumerate(every):
        x, y = area.x + (number % 4) * (width + gap), area.y + (number // 4) * (tall + gap)
        change = moved.get(one.key)
        note = one.formula if one.value == formats.UNKNOWN else one.note
        text(slide, Box(x, y, width, tall), [
            Para(one.label, bold=True, colour=QUIET, scale=0.5),
            Para(one.value, bold=True, colour=ACCENT),
            *([Para(_change(one, change), bold=True, scale=0.45)] if change else []),
            *([Para(note, colour=QUIET, scale=0.45)] if note else [])],
            (28, 26, 24, 22, 20, 18), ground=PALE, pad=12)
        add_notes(slide, [f"{one.label}: {one.value}. {one.formula}"])
        add_notes(slide, row_lines(one.rows.drop(columns=_PEOPLE, errors="ignore")))
    last = len(every)
    x, y = area.x + (last % 4) * (width + gap), area.y + (last // 4) * (tall + gap)
    since = (f"Compared with {formats.day(edition.changes.before.as_of)}." if edition.changes else
             "There is no earlier snapshot to compare with.")
    text(slide, Box(x, y, width, tall), [
        Para(review.on_track(alignment)), Para(since, colour=QUIET),
        *([Para(words, colour=QUIET)] if (words := edition.filter_notice()) else [])],
        (14, 13, 12, 11, 10), pad=12)


def _change(one: Headline, change: str) -> str:
    """The change in words; coverage moves by weight, while the number above it is a count."""
    by = " by weight" if one.key == "coverage" and change != review.UNMOVED else ""
    return f"{change}{by}"
