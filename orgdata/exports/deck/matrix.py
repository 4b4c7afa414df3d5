"""The slides on who serves what: a matrix of products and outcomes, or a list of outcomes where a
matrix would be too large to read. States are symbol and word, never colour alone.
"""

from dataclasses import replace
from typing import Any

import pandas as pd
from pptx.slide import Slide

from orgdata import formats
from orgdata.exports.deck.answer import short_filter_notice
from orgdata.exports.deck.colours import QUIET
from orgdata.exports.deck.slide import Para, add_notes, page, text
from orgdata.exports.deck.table import Cell, Column, state, table, texts
from orgdata.exports.deck.template import Deck
from orgdata.exports.deck.text_fit import cut, width
from orgdata.exports.edition import Edition
from orgdata.views import outcomes as outcome_view
from orgdata.views.matrix import matrix
from orgdata.views.vocabulary import COVERAGE, LINK, NOBODY, UNKNOWN, in_order, rank

MOST_OUTCOMES, MOST_PRODUCTS = 8, 72  # of a matrix that can be read on slides
MOST_SLIDES = 3
_WIDE = 800.0  # points: below it, rows of two lines would take a slide more
_SERVES_NOTHING = COVERAGE["uncovered"]


def who_serves_what(deck: Deck, edition: Edition) -> None:
    """Add one to three slides on which products serve which outcomes."""
    products, outcomes = edition.product_rows(), edition.alignment.outcomes
    if not len(outcomes) or not edition.alignment.basis.links:
        return
    if len(outcomes) <= MOST_OUTCOMES and 0 < len(products) <= MOST_PRODUCTS:
        _matrix(deck, edition)
    else:
        _outcomes(deck, edition)


def _matrix(deck: Deck, edition: Edition) -> None:
    """Products as rows by business area, outcomes as columns by weight."""
    alignment = edition.alignment
    shown = matrix(alignment, edition.product_rows())
    states = {(cell.product_id, cell.outcome_id): cell.state for cell in shown.cells.itertuples()}
    room = deck.page.area.w
    area, name, manager = (min(most * room, _widest(shown.columns[column])) for column, most in (
        ("group", 0.1), ("name", 0.15), ("who", 0.12)))
    each = min(150.0, (room - area - name - manager) / len(shown.rows))
    sizes = [size for size in (12, 11, 10)
             if max(width(word.in_short, size) for word in LINK.values()) <= each - 10] or [9]
    size = sizes[-1]
    columns = [Column("Business area", area), Column("Product", name),
               Column("Product manager", manager, lines=2 if room > _WIDE else 1),
               *(Column(cut(row.name, size, each - 12, 3, True), each)
                 for row in shown.rows.itertuples())]
    rows: list[list[str | Cell]] = []
    last = None
    for product in shown.columns.itertuples():
        cells = [_link(states.get((product.product_id, outcome_id)))
                 for outcome_id in shown.rows["outcome_id"]]
        rows.append(["" if product.group == last else product.group, _product(product),
                     Cell(NOBODY, "bad") if product.who == NOBODY else product.who, *cells])
        last = product.group
    coverage: list[str | Cell] = ["", "Coverage", "", *(state(COVERAGE.get(word, UNKNOWN))
                                                    for word in shown.rows["coverage"])]
    groups = list(shown.columns["group"])
    notes = _notes(edition)
    _paged(deck, "Coverage", outcome_view.sentence(alignment), columns, rows, coverage,
           groups, sizes, [*_legend(shown.columns["empty"].any()),
                          short_filter_notice(edition)], notes)


def _widest(texts_of_rows: pd.Series) -> float:
    """The width of a column in which each text stands on one line, at the smallest size; at least
    that of a head."""
    return max(76.0, *(width(text, 9) + 12 for text in texts_of_rows))


def _link(link_state: str | None) -> str | Cell:
    """The state of a link for a narrow column; blank where there is no link."""
    return "" if link_state is None else Cell(LINK[link_state].in_short, LINK[link_state].tone)


def _product(row: Any) -> str | Cell:
    """The name of a product, marked where it serves no outcome but should."""
    if not row.empty:
        return str(row.name)
    return Cell(f"{_SERVES_NOTHING.symbol} {row.name}", _SERVES_NOTHING.tone)


def _legend(empty: bool) -> list[str]:
    words = [*map(str, LINK.values()),
             *([f"{_SERVES_NOTHING.symbol} before a name: supports no outcome"] if empty else [])]
    return [f"{'  '.join(words)}. Legend in the notes."]


def _paged(deck: Deck, kicker: str, title: str, columns: list[Column],
           rows: list[list[str | Cell]], first: list[str | Cell], groups: list[str],
           sizes: list[int], under: list[str], notes: list[str]) -> None:
    """Rows on as many slides as they need, up to a limit; a line below counts those left out."""
    done, number = 0, 0
    while done < len(rows) and number < MOST_SLIDES:
        number += 1
        slide = page(deck, kicker + (f" ({number})" if number > 1 else ""), title,
                     notes if number == 1 else ())
        rest = [list(row) for row in rows[done:]]
        rest[0][0] = groups[done]  # each slide begins with the name of the group
        room = replace(deck.page.area.without_foot(22), w=sum(column.width for column in columns))
        done += table(slide, room, columns, [first, *rest], sizes, most_lines=1, pad=0.7) - 1
        sizes = sizes[-1:]
        left = len(rows) - done
        more = [f"{formats.count(left, 'more product')} on the next slide."] if left else []
        if left and number == MOST_SLIDES:
            more = [f"{formats.count(left, 'more product')}: see the notes and the workbook."]
            add_notes(slide, [" · ".join(filter(None, texts(row))) for row in rows[done:]])
        _under(deck, slide, [*under, *more])


def _outcomes(deck: Deck, edition: Edition) -> None:
    """Each outcome with its coverage, its links counted by state, and who serves it."""
    alignment, products = edition.alignment, edition.product_rows()
    links = alignment.links[alignment.links["product_id"].isin(products["product_id"])]
    counts = pd.crosstab(links["outcome_id"], links["state"])
    outcomes = alignment.outcomes.assign(
        by=rank(alignment.outcomes["coverage"], COVERAGE)).sort_values(
            ["by", "weight", "name"], ascending=[True, False, True])
    served = links.sort_values(["flow", "product_name"], ascending=[False, True]).groupby(
        "outcome_id")["product_name"].agg(lambda names: formats.listed(list(names), most=2))
    states = [link_state for link_state in in_order(LINK) if link_state in counts]
    name, covered, count = 270.0, 84.0, 76.0
    rest = 880 - name - covered - count * len(states)
    columns = [Column("Outcome", name), Column("Coverage", covered),
               *(Column(LINK[link_state].in_short, count, right=True) for link_state in states),
               Column("Products, most spend first", rest)]
    rows = [[row.name, state(COVERAGE.get(row.coverage, UNKNOWN)),
             *(f"{counts[link_state].get(row.outcome_id, 0):,}" for link_state in states),
             served.get(row.outcome_id, _nobody(row.coverage))] for row in outcomes.itertuples()]
    under = ["Products by the state of their link; what needs a look comes first.",
             short_filter_notice(edition)]
    _over_slides(deck, outcome_view.sentence(alignment), columns, rows, under, _notes(edition))


def _over_slides(deck: Deck, title: str, columns: list[Column],
                 rows: list[list[str | Cell]], under: list[str], notes: list[str]) -> None:
    """Outcomes on at most two slides; a line below counts those left out, which the notes list."""
    done, sizes = 0, [12, 11, 10]
    for number in range(1, 3):
        slide = page(deck, f"Coverage{f' ({number})' if number > 1 else ''}", title,
                     notes if number == 1 else ())
        done += table(slide, deck.page.area.without_foot(22), columns, rows[done:], sizes, pad=1.5)
        sizes = sizes[-1:]  # the second slide looks like the first
        left = len(rows) - done
        more = [f"{formats.count(left, 'more outcome')}"
                + (" on the next slide." if number == 1 else ": see the notes and the workbook.")
                ] if left else []
        _under(deck, slide, [*under, *more])
        if not left:
            return
    add_notes(slide, [" · ".join(texts(row)) for row in rows[done:done + 40]])


def _under(deck: Deck, slide: Slide, sentences: list[str]) -> None:
    """Add a small line of sentences below a table."""
    text(slide, deck.page.area.at_foot(16),
         [Para(" ".join(filter(None, sentences)), colour=QUIET)], (10, 9, 8))


def _notes(edition: Edition) -> list[str]:
    """What the states mean, and the links behind the slide."""
    links = edition.alignment.links
    links = links[links["product_id"].isin(edition.product_rows()["product_id"])]
    rows = links.sort_values(["outcome_name", "product_name"])
    lines = [f"  {row.outcome_name} ← {row.product_name}: {LINK[row.state]}"
             for row in rows.head(80).itertuples()]
    if len(rows) > len(lines):
        lines.append(f"  … and {len(rows) - len(lines):,} more; the workbook has them all.")
    return ["What the states mean:", *(f"  {word}: {word.meaning}" for word in LINK.values()),
            f"The {formats.count(len(rows), 'link')} behind it:", *lines]


def _nobody(coverage: object) -> str:
    """What is said of an outcome to which no link is known: that may be unknown, too."""
    known = coverage in COVERAGE and coverage != "unknown"
    return "nobody" if known else str(UNKNOWN)
