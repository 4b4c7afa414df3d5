"""The question of the off-site pack about a company's own history: what moved beyond what is usual,
and what became of what was adopted (METHOD §11)."""

from collections.abc import Iterator

import pandas as pd

from orgdata import formats
from orgdata.exports.document.blocks import (
    Block,
    Column,
    Item,
    Items,
    Paragraph,
    Table,
    line,
    quiet,
    strong,
)
from orgdata.exports.edition import Edition
from orgdata.exports.gap_items import cut
from orgdata.gaps.points import HEADLINES, point
from orgdata.views import history, what_if

MOST_EXPECTED = 8  # adopted scenarios


def what_moved(edition: Edition) -> tuple[str, tuple[Block, ...]]:
    """The answer in a sentence; the headlines then and now beside what is usual, and what adopted
    scenarios expected beside what was seen."""
    if edition.tried or edition.history is None:
        return ("Unknown: a scenario has no history." if edition.tried else
                "Unknown, because no store is named that would remember it.", ())
    points = edition.points() if edition.points else ()
    now = point(edition.alignment, edition.gaps, edition.evaluation.method)
    currency = edition.alignment.portfolio.settings.currency
    told = history.all_told(points, now, currency)
    expected = list(_expected(edition))
    answer = f"{history.answer(told, points, now)}."
    if expected:
        answer += (f" {formats.count(len(expected), 'adopted scenario')} said what to expect: "
                   "beside it stands what was seen.")
    headlines = {key: told[key] for key in HEADLINES if key in told}
    return answer, (
        *((_table(history.comparison(headlines, points[0], now, currency), points[0].day),)
          if points and headlines else ()),
        *((Items(tuple(Item(line(cut(one))) for one in said)),)
          if (said := [*(one.sentence for one in told.values() if one.outside),
                       *history.breaks(points, now)]) else ()),
        *((Items(tuple(expected[:MOST_EXPECTED])), Paragraph(line(quiet(
            "What was seen has other causes too: it is set beside, not put down to it."))))
          if expected else ()))


def _table(rows: pd.DataFrame, since: object) -> Table:
    return Table("The headlines then and now", (
        Column("Figure"), Column(formats.day(since), "number"), Column("Now", "number"),
        Column("Usual", "number")), tuple(
            (row["figure"], row["before"], row["now"],
             "not known yet" if formats.is_unknown(row["usual"]) else row["usual"])
            for row in rows.to_dict("records")))


def _expected(edition: Edition) -> Iterator[Item]:
    """What each decision that expected something of the figures expected, and what was seen, the
    latest first."""
    for one in reversed(edition.decisions):
        if one.withdrawn is None and (seen := what_if.seen(
                one.expected or {}, edition.alignment.headlines)):
            yield Item(line(strong(cut(one.text)), cut(seen)))
