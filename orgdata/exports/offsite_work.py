"""The questions of the off-site pack on where the work goes, and on what is agreed with others."""

import pandas as pd

from orgdata import formats
from orgdata.exports.document.blocks import Bar, Block, Column, Paragraph, Table, line, quiet
from orgdata.exports.edition import Edition
from orgdata.exports.gap_items import cut
from orgdata.exports.partner_sheet import listed
from orgdata.measures.work import PURPOSES, WINDOWS
from orgdata.model.labels import HIDDEN
from orgdata.views import focus, partners
from orgdata.views.vocabulary import EXPECTATION, PURPOSE

MOST_ROWS = 12  # of a table
MOST_CHARACTERS = 120  # of a name


def focus_of_work(edition: Edition) -> tuple[str, tuple[Block, ...]]:
    """Where the work of the last twelve weeks went, in a sentence; each product's four shares, and
    who asked for what was outside."""
    alignment, window = edition.alignment, max(WINDOWS)
    answer = focus.sentence(alignment, window)
    if focus.shares(alignment, window) is None:
        return answer, ()
    rows = focus.product_rows(alignment, window, edition.product_rows()["product_id"])
    sources = focus.source_rows(alignment, window)
    return f"{answer} {focus.source_sentence(alignment, window)}".strip(), (
        *((_shares(rows),) if len(rows) else ()), *_more(len(rows) - MOST_ROWS),
        *((_sources(sources),) if len(sources) else ()),
        Paragraph(line(quiet(focus.basis(alignment, window)))))


def _shares(rows: pd.DataFrame) -> Table:
    return Table("Where the work of each product goes", (
        Column("Product"), *(Column(formats.sentence_case(PURPOSE[name].label), "number")
                             for name in PURPOSES), Column("Items", "number")), tuple(
        (cut(row["name"], MOST_CHARACTERS), *(formats.percent(row[name]) for name in PURPOSES),
         formats.number(row["items"])) for row in rows.head(MOST_ROWS).to_dict("records")))


def _sources(rows: pd.DataFrame) -> Table:
    return Table("Who asked for what was outside", (
        Column("Asked by"), Column("", "bar"), Column("Share of all work", "number"),
        Column("Items", "number")), tuple(
        (cut(row["asked_by"], MOST_CHARACTERS), Bar(row["outside"]),
         formats.percent(row["percent"]), formats.number(row["items"]))
        for row in rows.head(MOST_ROWS).to_dict("records")))


def agreed_with_others(edition: Edition) -> tuple[str, tuple[Block, ...]]:
    """How much of what functions expect of each other is agreed, in a sentence; what is not, and
    what was declined."""
    rows = listed(edition)
    shown = rows[rows["open"] | (rows["state"] == "declined")]
    table = Table("Expectations that are not settled, or were declined", (
        Column("With"), Column("Product"), Column("What"), Column("State"), Column("By when")),
        tuple((cut(row["partner"], 40), cut(row["product"], 60), cut(row["what"], MOST_CHARACTERS),
               str(EXPECTATION[row["state"]]), row["by"] or "–")
              for row in shown.head(MOST_ROWS).to_dict("records")))
    return partners.sentence(rows, none=partners.why_none(edition.alignment, HIDDEN)), (
        *((table,) if len(shown) else ()), *_more(len(shown) - MOST_ROWS))


def _more(left: int) -> list[Block]:
    return [Paragraph(line(quiet(f"{left:,} more.")))] if left > 0 else []
