"""The questions of the off-site pack about new bets: one for each outcome nobody works on."""

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
)
from orgdata.exports.edition import Edition
from orgdata.exports.gap_items import cut
from orgdata.measures import Alignment
from orgdata.views import ideas, outcomes
from orgdata.views.vocabulary import IDEA_STAGE, UNKNOWN

MOST_QUESTIONS = 5  # outcomes: two hours have no room for more
MOST_ROWS = 12  # ideas of an outcome
MOST_CHARACTERS = 120  # of a name


def bets(edition: Edition) -> Iterator[tuple[str, str, tuple[Block, ...]]]:
    """A question, its answer and the evidence for each outcome that nobody works on, the heaviest
    first; none where no idea is loaded."""
    alignment = edition.alignment
    if not len(alignment.ideas) and not ideas.skipped_rows(alignment):
        return
    rows = ideas.outcome_rows(alignment)
    rows = rows[rows["coverage"] == "uncovered"]
    for place, (_, row) in enumerate(rows.head(MOST_QUESTIONS).iterrows(), 1):
        beyond = len(rows) - MOST_QUESTIONS if place == MOST_QUESTIONS else 0
        yield (f"Which bet would serve “{cut(row['name'], MOST_CHARACTERS)}”?", _answer(row),
               (*_evidence(alignment, row["outcome_id"]), *_more(beyond)))


def _answer(row: pd.Series) -> str:
    if not row["ideas"]:
        return "No product works on it, and no idea for it is known."
    return (f"No product works on it; {formats.count(row['ideas'], 'idea')} would. Ideas stand by "
            "name: which one to pursue is for you to say.")


def _evidence(alignment: Alignment, outcome_id: str) -> Iterator[Block]:
    of = alignment.outcomes
    if metric := outcomes.metric_sentence(of[of["outcome_id"] == outcome_id].iloc[0]):
        yield Paragraph(line(metric))
    rows = ideas.idea_rows(alignment, outcome_id)
    if not len(rows):
        return
    yield Table("Ideas for it", (
        Column("Idea"), Column("Share of the way"), Column("Works", "number"), Column("Stage"),
        Column("Asked by")), tuple(
            (cut(f"{one['name']} ({one['what']})", MOST_CHARACTERS), one["way"][-1],
             "–" if formats.is_unknown(one["chance"]) else formats.percent(one["chance"]),
             str(IDEA_STAGE.get(one["stage"], UNKNOWN)),
             "–" if formats.is_unknown(one["asked"]) else cut(one["asked"], MOST_CHARACTERS))
            for one in rows.head(MOST_ROWS).to_dict("records")))
    if odds := ideas.pairs(alignment, outcome_id):
        yield Items(tuple(Item(line(cut(one))) for one in odds))
    yield from _more(len(rows) - MOST_ROWS)


def _more(left: int) -> Iterator[Block]:
    if left > 0:
        yield Paragraph(line(quiet(f"{left:,} more.")))
