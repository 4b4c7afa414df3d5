"""The partner sheets: for each other function what products need from it and owe it, on a page of
its own, to go through together."""

from collections.abc import Iterator

import pandas as pd

from orgdata import formats
from orgdata.exports.document.blocks import (
    Block,
    Column,
    Heading,
    Page,
    Paragraph,
    Table,
    line,
    quiet,
    strong,
)
from orgdata.exports.document.html import html
from orgdata.exports.document.markdown import markdown
from orgdata.exports.document.pdf import pdf
from orgdata.exports.edition import Edition
from orgdata.exports.gap_items import cut
from orgdata.model.labels import HIDDEN
from orgdata.views import partners
from orgdata.views.vocabulary import EXPECTATION

MOST_ROWS = 40  # of a table


def partners_html(edition: Edition, function: str) -> bytes:
    """The sheet of one function, or of each ("" for all), as HTML to print."""
    return html(page(edition, function))


def partners_markdown(edition: Edition, function: str) -> bytes:
    """The same as Markdown, for a chat or a wiki."""
    return markdown(page(edition, function))


def partners_pdf(edition: Edition, function: str) -> bytes:
    """The same as a PDF."""
    return pdf(page(edition, function))


def listed(edition: Edition) -> pd.DataFrame:
    """The expectations that an edition lists."""
    rows = partners.rows(edition.alignment, edition.history, HIDDEN)
    return rows if edition.products is None else rows[
        rows["product_id"].isin(edition.products)].reset_index(drop=True)


def page(edition: Edition, function: str = "") -> Page:
    """The sheets as a page: how much is agreed, then both sides of each function."""
    rows = listed(edition)
    if function:
        rows = partners.of_function(rows, function)
    names = partners.functions(rows)
    alone = next(iter(names.values())) if len(names) == 1 else ""
    title = f"Expectations with {alone}" if alone else "Expectations between functions"
    return Page(cut(title, 90), formats.day(edition.day), edition.day, tuple(edition.origin()), (
        Paragraph(line(cut(partners.sentence(
            rows, alone, partners.why_none(edition.alignment, HIDDEN)), 400)), lead=True),
        *((Paragraph(line(quiet(f"{partners.by_state(rows)}. No answer is no agreement."))),)
          if len(rows) else ()),
        *(block for one, name in names.items()
          for block in _sheet(rows[rows["function"] == one], name, not alone))), edition.band)


def _sheet(rows: pd.DataFrame, name: str, titled: bool) -> Iterator[Block]:
    if titled:
        yield Heading(cut(partners.sentence(rows, name), 200))
    for direction, title in partners.SIDES.items():
        side = rows[rows["direction"] == direction]
        if not len(side):
            continue
        about = title.format(name)
        yield Paragraph(line(strong(about))) if titled else Heading(about)
        yield Table(about, (Column("What"), Column("Product"), Column("State"), Column("By when"),
                            Column("Note")), tuple(
            (cut(row["what"], 200), cut(row["product"], 60), _state(row), row["by"] or "–",
             cut((row["was"] and f"Agreed was {row['was']}") or _text(row["note"]), 200))
            for row in side.head(MOST_ROWS).to_dict("records")))
        if (left := len(side) - MOST_ROWS) > 0:
            yield Paragraph(line(quiet(f"{left:,} more.")))


def _state(row: dict[str, object]) -> str:
    word = EXPECTATION[str(row["state"])]
    return f"{word}, {row['answered']}" if row["answered"] else str(word)


def _text(value: object) -> str:
    return "" if formats.is_unknown(value) else str(value)
