"""The questions of the off-site pack about new bets: one for each outcome nobody works on."""

from collections.abc import Iterator, Mapping

import pandas as pd

from orgdata import formats
from orgdata.exports.bets import as_if_they_existed
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
from orgdata.views import answers, ideas, outcomes
from orgdata.views.vocabulary import IDEA_STAGE, UNKNOWN

MOST_QUESTIONS = 5  # outcomes: two hours have no room for more
MOST_ROWS = 12  # ideas of an outcome
MOST_CHARACTERS = 120  # of a name


def bets(edition: Edition) -> Iterator[tuple[str, str, tuple[Block, ...]]]:
    """A question, its answer and the evidence for each outcome that nobody works on, the heaviest
    first; none where no idea is loaded."""
    alignment, rows = edition.alignment, _uncovered(edition.alignment)
    tried = as_if_they_existed(edition, rows["outcome_id"].head(MOST_QUESTIONS))
    for place, (_, row) in enumerate(rows.head(MOST_QUESTIONS).iterrows(), 1):
        beyond = len(rows) - MOST_QUESTIONS if place == MOST_QUESTIONS else 0
        yield (_question(row), _answer(row),
               (*_evidence(alignment, row["outcome_id"], tried), *_more(beyond)))


def asked(alignment: Alignment) -> dict[str, str]:
    """The questions by the ids of their outcomes."""
    rows = _uncovered(alignment).head(MOST_QUESTIONS)
    return {row["outcome_id"]: _question(row) for _, row in rows.iterrows()}


def _uncovered(alignment: Alignment) -> pd.DataFrame:
    """The outcomes that nobody works on, the heaviest first; none where no idea is loaded."""
    rows = ideas.outcome_rows(alignment)
    known = len(alignment.ideas) or answers.skipped_rows(alignment, "ideas")
    return rows[rows["coverage"] == "uncovered"] if known else rows.head(0)


def _question(row: pd.Series) -> str:
    return f"Which bet would serve “{cut(row['name'], MOST_CHARACTERS)}”?"


def _answer(row: pd.Series) -> str:
    if not row["ideas"]:
        return "No product works on it, and no idea for it is known."
    return (f"No product works on it; {formats.count(row['ideas'], 'idea')} would. Ideas stand by "
            "name: which one to pursue is for you to say.")


def _evidence(alignment: Alignment, outcome_id: str, tried: Mapping[str, str]) -> Iterator[Block]:
    of = alignment.outcomes
    if metric := outcomes.metric_sentence(of[of["outcome_id"] == outcome_id].iloc[0]):
        yield Paragraph(line(metric))
    rows = ideas.idea_rows(alignment, outcome_id)
    if not len(rows):
        return
    yield Table("Ideas for it", (
        Column("Idea"), *((Column("As if it existed"),) if tried else ()),
        Column("Share of the way"), Column("Works", "number"), Column("Stage"),
        Column("Asked by")), tuple(
            (cut(f"{one['name']} ({one['what']})", MOST_CHARACTERS),
             *((tried.get(one["idea_id"], "–"),) if tried else ()), one["way"][-1],
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
