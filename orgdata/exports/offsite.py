"""The off-site pack: the questions of a quarter, each with its answer and the evidence for it."""

from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd

from orgdata import formats
from orgdata.exports import gap_items, offsite_stop
from orgdata.exports.document.blocks import (
    Bar,
    Block,
    Column,
    Heading,
    Item,
    Items,
    Page,
    Paragraph,
    Table,
    Tile,
    Tiles,
    line,
    quiet,
    strong,
)
from orgdata.exports.document.html import html
from orgdata.exports.document.markdown import markdown
from orgdata.exports.edition import Edition
from orgdata.exports.gap_items import cut
from orgdata.views import answers, outcomes, review
from orgdata.views.explain.gaps import evidence
from orgdata.views.vocabulary import ACCEPTED, COVERAGE, UNKNOWN

MOST = 5  # findings of a question
MOST_ROWS = 12
SHORT = 120


@dataclass(frozen=True)
class Question:
    """A question of the quarter: the answer in a sentence, and what it rests on."""

    asks: str
    answer: str
    evidence: tuple[Block, ...]


def offsite_html(edition: Edition) -> bytes:
    """The off-site pack, ready to print."""
    return html(page(edition))


def offsite_markdown(edition: Edition) -> bytes:
    """The same for a chat or a wiki."""
    return markdown(page(edition))


def page(edition: Edition) -> Page:
    """The answer and the agenda, then each question with its evidence."""
    asked = questions(edition)
    agenda = Items(tuple(Item(line(strong(one.asks), cut(one.answer, 400))) for one in asked))
    return Page("Portfolio off-site", formats.day(edition.day), edition.day,
                tuple(edition.origin()), (
        *_top(edition), Heading("The questions"), agenda,
        *(block for one in asked for block in (
            Heading(one.asks), Paragraph(line(strong(cut(one.answer, 400)))), *one.evidence))))


def questions(edition: Edition) -> tuple[Question, ...]:
    """The quarterly questions, in the order in which they are discussed."""
    stop = offsite_stop.stop(edition)
    return (
        _unserved(edition), _money(edition), _accepted(edition),
        _found(edition, "Where do role and money contradict each other?", ("PRD07",),
               "possible contradiction", "Nowhere, in what could be judged."),
        _found(edition, "Where might a customer see one product instead of two?", ("PRD08",),
               "possible overlap", "Nowhere, in what could be judged."),
        Question("What would we stop?", *stop))


def _top(edition: Edition) -> Iterator[Block]:
    yield Paragraph(line(cut(answers.overview(edition.alignment), 400)), lead=True)
    changes = edition.changes
    moved = review.deltas(edition.alignment.headlines,
                          changes.before.headlines if changes else None)
    yield Tiles(tuple(Tile(label, value, change or "")
                      for label, (value, change) in moved.items()))
    if words := edition.filter_notice():
        yield Paragraph(line(strong("Filtered."), words,
                             "Outcomes are those of the whole portfolio too."))


# -- outcomes and money ----------------------------------------------------------------------------

def _unserved(edition: Edition) -> Question:
    alignment = edition.alignment
    rows = outcomes.outcome_rows(alignment)
    rows = rows[rows["lacks"].ne("") | (rows["coverage"] == "uncovered")]
    table = Table("Outcomes that are unserved or thinly served", (
        Column("Outcome"), Column("Weight", "number"), Column("Coverage"), Column("Lacks"),
        Column("Served by"), Column("Owner")), tuple(
            (cut(one["name"], SHORT), _percent(one["weight"]),
             str(COVERAGE.get(one["coverage"], UNKNOWN)),
             one["lacks"] or "everything", cut(one["served_by"], SHORT), one["owner"])
            for one in rows.head(MOST_ROWS).to_dict("records")))
    return Question("Which outcomes does nobody serve, or only thinly?",
                    outcomes.sentence(alignment), (
        *((table,) if len(rows) else ()), *_more(len(rows) - MOST_ROWS),
        *_findings(edition, edition.gaps.rows, ("OUT01", "OUT02"))))


def _money(edition: Edition) -> Question:
    alignment = edition.alignment
    rows = outcomes.money_rows(alignment, most=MOST_ROWS)
    unit, currency = alignment.money.unit, alignment.portfolio.settings.currency
    table = Table("Share of the money and stated weight of each outcome", (
        Column("Outcome"), Column("Money", "number"), Column("", "bar"),
        Column("Share", "number"), Column("Weight", "number")), tuple(
            (cut(one["name"], SHORT), formats.money(one["money"], unit, currency),
             Bar(one["share"], None if formats.is_unknown(one["weight"]) else one["weight"]),
             formats.share(one["share"]),
             "not stated" if formats.is_unknown(one["weight"]) else formats.share(one["weight"]))
            for one in rows.to_dict("records")))
    return Question("Does the money follow the strategy?",
                    outcomes.money_sentence(alignment), (
        *((table,) if len(rows) else ()),
        *_findings(edition, edition.gaps.rows, ("OUT05", "PRT01", "PRT02", "PRT03"))))


def _percent(value: object) -> str:
    return "not stated" if formats.is_unknown(value) else formats.percent(float(str(value)))


# -- exceptions that were accepted -----------------------------------------------------------------

def _accepted(edition: Edition) -> Question:
    asks = "Which exceptions did we accept, and do they still hold?"
    if edition.history is None:
        return Question(asks, "Unknown, because no store is named that would remember them.", ())
    rows = edition.history.states
    rows = rows[rows["state"] == "accepted"].sort_values(["until", "key"])
    if edition.products is not None:
        rows = rows[rows["key"].isin(edition.listed_gaps().rows["key"])]
    past = int((rows["until"] < pd.Timestamp(edition.day)).sum())
    if not len(rows):
        return Question(asks, "None is accepted.", ())
    late = f"; {past:,} {'is' if past == 1 else 'are'} past it" if past else ""
    was = f"{formats.count(len(rows), 'exception is', 'exceptions are')} accepted until a date"
    return Question(asks, f"{was}{late}.", (
        Items(tuple(_exception(one, edition) for one in rows.head(MOST_ROWS).to_dict("records"))),
        *_more(len(rows) - MOST_ROWS)))


def _exception(one: dict[str, object], edition: Edition) -> Item:
    gaps = edition.gaps.rows
    found = gaps[gaps["key"] == one["key"]]
    late = pd.Timestamp(str(one["until"])) < pd.Timestamp(edition.day)
    what = str(found.iloc[0]["message"]) if len(found) else f"Not found any more: {one['key']}"
    owner = "nobody named" if formats.is_unknown(one["owner"]) else str(one["owner"])
    reason = "not said" if formats.is_unknown(one["reason"]) else str(one["reason"])
    rests = (line(f"Evidence: {cut(evidence(found.iloc[0]))}"),) if len(found) else ()
    return Item(
        line(f"{ACCEPTED['late' if late else 'holds']}:",
             strong(f"until {formats.day(one['until'])}"), cut(what)),
        (line(f"Reason: {cut(reason)}"), *rests,
         line(f"Owner: {cut(owner)} · Next step: close it, or accept it until another date.")))


# -- findings --------------------------------------------------------------------------------------

def _found(edition: Edition, asks: str, codes: tuple[str, ...], what: str, none: str) -> Question:
    """A question that rules answer: how many they found, and the gravest of them."""
    if reasons := [edition.gaps.not_evaluated[code] for code in codes
                   if code in edition.gaps.not_evaluated]:
        return Question(asks, f"Unknown, because {reasons[0]}.", ())
    rows = edition.listed_gaps().rows
    count = int(rows["code"].isin(codes).sum())
    return Question(asks, f"{formats.count(count, what)}." if count else none,
                    tuple(_findings(edition, rows, codes)))


def _findings(edition: Edition, rows: pd.DataFrame, codes: tuple[str, ...]) -> Iterator[Block]:
    rows = rows[rows["code"].isin(codes)]
    if len(rows):
        yield Items(tuple(gap_items.finding(row, edition.alignment)
                          for _, row in rows.head(MOST).iterrows()))
    yield from _more(len(rows) - MOST)


def _more(left: int) -> Iterator[Block]:
    if left > 0:
        yield Paragraph(line(quiet(f"{left:,} more.")))
