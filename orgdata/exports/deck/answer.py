"""The first slides of the deck: its title, and the answer with the headlines and their change."""

from orgdata import formats
from orgdata.exports.deck.colours import ACCENT, PALE, QUIET
from orgdata.exports.deck.layouts import Box
from orgdata.exports.deck.slide import Para, add_notes, fill, page, row_lines, text
from orgdata.exports.deck.table import Column, table
from orgdata.exports.deck.template import Deck
from orgdata.exports.edition import Edition
from orgdata.views import answers, review
from orgdata.views.headline import Headline
from orgdata.views.headlines import headlines
from orgdata.views.what_if import side_by_side

_PEOPLE = "product managers"


def opening(deck: Deck, edition: Edition) -> None:
    """Add the first slide: what this is, of which day and of which data."""
    layout = deck.opening
    slide = deck.add(layout.layout, frozenset([layout.subtitle]))
    title = f"What if: {edition.tried.name}" if edition.tried else "Weekly portfolio review"
    fill(slide, 0, title, layout.title, (40, 36, 32, 28, 24))
    if layout.subtitle is not None:
        fill(slide, layout.subtitle, f"{formats.day(edition.day)} · {edition.source}",
             layout.subtitle_box, (24, 20, 18, 16), bold=False)
    add_notes(slide, [f"{label}: {value}" for label, value in edition.origin()])
    if notice := edition.filter_notice():
        add_notes(slide, [notice])


def beside_each_other(deck: Deck, edition: Edition) -> None:
    """Add a slide with the figures of the present and of each scenario, those that differ first."""
    if edition.tried is None:
        return
    names = [name for name, _ in edition.tried.columns]
    rows = side_by_side([one for _, one in edition.tried.columns])
    slide = page(deck, "What would change", " ".join(edition.tried.steps))
    width = deck.page.area.w
    columns = [Column("Figure", 0.3 * width), *(
        Column(name, 0.7 * width / len(names)) for name in names)]
    table(slide, deck.page.area, columns, [
        [row["label"], *(row[str(place)] for place in range(len(names)))]
        for row in rows.to_dict("records")])
    add_notes(slide, [edition.tried.sentence, *edition.tried.steps])


def about_this_deck(deck: Deck, edition: Edition) -> None:
    """Add the last slide: where its data come from, and how to read its numbers."""
    slide = page(deck, "About this deck", "Where the numbers come from")
    table(slide, deck.page.area, [Column("What this is made of", 170), Column("", 710)],
          [list(pair) for pair in edition.origin()])
    add_notes(slide, [
        f"Full data fingerprint: {edition.fingerprint}",
        "Percentages are rounded, but 100 % is all, and 0 % nothing at all. Charts and tables are "
        "native: they can be edited. The notes of each slide hold the rows behind its numbers."])


def short_filter_notice(edition: Edition) -> str:
    """A short sentence that says how lists are filtered; "" where they are not."""
    if edition.products is None:
        return ""
    shown, total = len(edition.product_rows()), len(edition.alignment.products)
    return f"Lists show {shown:,} of {formats.count(total, 'product')}: {edition.filters}."


def answer(deck: Deck, edition: Edition) -> None:
    """Add a slide with the answer in a sentence, and each headline with its change."""
    alignment, gaps = edition.alignment, edition.gaps
    slide = page(deck, "The answer", answers.overview(alignment))
    before = edition.changes.before.headlines if edition.changes else None
    changes = review.moves(alignment.headlines, before)
    tiles = headlines(alignment, gaps)
    area, gap = deck.page.area, 14.0
    width, height = (area.w - 3 * gap) / 4, min(168.0, (area.h - gap) / 2)
    for number, headline in enumerate(tiles):
        x, y = area.x + (number % 4) * (width + gap), area.y + (number // 4) * (height + gap)
        change = changes.get(headline.key)
        note = headline.formula if headline.value == formats.UNKNOWN else headline.note
        text(slide, Box(x, y, width, height), [
            Para(headline.label, bold=True, colour=QUIET, scale=0.5),
            Para(headline.value, bold=True, colour=ACCENT),
            *([Para(_change(headline, change), bold=True, scale=0.45)] if change else []),
            *([Para(note, colour=QUIET, scale=0.45)] if note else [])],
            (28, 26, 24, 22, 20, 18), ground=PALE, pad=12)
        add_notes(slide, [f"{headline.label}: {headline.value}. {headline.formula}"])
        add_notes(slide, row_lines(headline.rows.drop(columns=_PEOPLE, errors="ignore")))
    last = len(tiles)
    x, y = area.x + (last % 4) * (width + gap), area.y + (last // 4) * (height + gap)
    since = (f"Compared with {formats.day(edition.changes.before.as_of)}." if edition.changes else
             "There is no earlier snapshot to compare with.")
    text(slide, Box(x, y, width, height), [
        Para(review.on_track(alignment)), Para(since, colour=QUIET),
        *([Para(notice, colour=QUIET)] if (notice := edition.filter_notice()) else [])],
        (14, 13, 12, 11, 10), pad=12)


def _change(headline: Headline, change: str) -> str:
    """The change in words; that of coverage is of weights, while the number above it is a count."""
    by = " by weight" if headline.key == "coverage" and change != review.UNMOVED else ""
    return f"{change}{by}"
