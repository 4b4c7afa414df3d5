"""The off-site pack: the questions of a quarter, each with its answer and the evidence for it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

import pandas as pd

from orgdata import formats
from orgdata.exports import gap_items, offsite_bets, offsite_history, offsite_stop, offsite_work
from orgdata.exports.document.blocks import (
    Bar,
    Blanks,
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
from orgdata.measures import Alignment
from orgdata.views import answers, gap_names, outcomes, review
from orgdata.views.explain.gaps import evidence
from orgdata.views.vocabulary import ACCEPTED, COVERAGE, UNKNOWN

MOST_FINDINGS = 5  # of a question
MOST_ROWS = 12  # of a table
MOST_CHARACTERS = 120  # of a name


_UNSERVED, _MONEY = "Which outcomes lack support?", "Does the spend follow the strategy?"
_ACCEPTED = "Which gaps did we accept, and is that still right?"
_CONTRADICTED = "Where do strategic bet and spend contradict each other?"
_OVERLAPPING = "Where might a customer see one product instead of two?"
_WORK = "Is this the work we meant to do, and who asks for the rest?"
_AGREED = "What do we and other functions count on that is not settled?"
_MOVED = "What moved beyond what is usual, and what came of what we adopted?"
_STOPPED = "What would we stop?"
_MINUTES = {_UNSERVED: 15, _CONTRADICTED: 5, _OVERLAPPING: 5, _STOPPED: 20}  # beside each other
_ELSE, _IN_ALL = 10, 120  # minutes of any other question, and of the whole off-site
_FIRST, _LAST = 5, 10  # minutes for the answer on top, and to read out what was decided


@dataclass(frozen=True)
class Question:
    """A question of the quarter: the answer in a sentence, and what it rests on."""

    text: str
    answer: str
    evidence: tuple[Block, ...]


def asked(alignment: Alignment) -> dict[str, str | None]:
    """The questions in the order in which they are discussed; of one about an outcome its id."""
    of_bets = {text: outcome for outcome, text in offsite_bets.asked(alignment).items()}
    return {_UNSERVED: None, **of_bets, **dict.fromkeys((
        _MONEY, _ACCEPTED, _CONTRADICTED, _OVERLAPPING, _WORK, _AGREED, _MOVED, _STOPPED))}


def minutes(questions: Sequence[str]) -> list[int]:
    """How long each question takes, so that all of them and what stands around them take two
    hours."""
    wanted = [_MINUTES.get(text, _ELSE) for text in questions]
    room = _IN_ALL - _FIRST - _LAST
    ends = [round(room * sum(wanted[:place + 1]) / sum(wanted)) for place in range(len(wanted))]
    return [end - start for start, end in pairwise((0, *ends))]


def offsite_html(edition: Edition) -> bytes:
    """The off-site pack as HTML to print."""
    return html(page(edition))


def offsite_markdown(edition: Edition) -> bytes:
    """The off-site pack as Markdown, for a chat or a wiki."""
    return markdown(page(edition))


def page(edition: Edition) -> Page:
    """The off-site pack as a page: the answer, the agenda, then each question with its evidence
    and room for what is decided."""
    discussed = questions(edition)
    return Page("Portfolio off-site", formats.day(edition.day), edition.day,
                tuple(edition.origin()), (
        *_top(edition), Heading("The questions, in two hours"), *_agenda(discussed),
        *(block for question in discussed for block in (
            Heading(question.text), Paragraph(line(strong(cut(question.answer, 400)))),
            *question.evidence, Blanks(("Decided", "Who does it", "By when"))))), edition.band)


def _agenda(discussed: Sequence[Question]) -> Iterator[Block]:
    """When each question is discussed, with its answer so far."""
    takes = minutes([question.text for question in discussed])
    begins = accumulate(takes, initial=_FIRST)
    yield Items(tuple(
        Item(line(strong(question.text), cut(question.answer, 400)),
             (line(f"{begin // 60}:{begin % 60:02}, {length} min"),))
        for question, begin, length in zip(discussed, begins, takes, strict=False)))
    yield Paragraph(line(
        f"The first {_FIRST} minutes are for the answer on top, the last {_LAST} to read out what "
        "was decided. It is entered on the Weekly review, under “Record what an off-site decided”, "
        "and followed there like any decision."))


def questions(edition: Edition) -> tuple[Question, ...]:
    """The quarterly questions, in the order in which they are discussed."""
    return (
        _unserved(edition), *(Question(*one) for one in offsite_bets.bets(edition)),
        _money(edition), _accepted(edition),
        _answered_by_rules(edition, _CONTRADICTED,
                           ("PRD07",), "possible contradiction",
                           f"Nowhere, {answers.judged(edition.gaps)}."),
        _answered_by_rules(edition, _OVERLAPPING,
                           ("PRD08",), "possible overlap",
                           f"Nowhere, {answers.judged(edition.gaps)}."),
        _with_findings(edition, _WORK,
                       offsite_work.focus_of_work(edition), ("FOC01", "FOC02")),
        _with_findings(edition, _AGREED,
                       offsite_work.agreed_with_others(edition), ("XFN01", "XFN02")),
        Question(_MOVED, *offsite_history.what_moved(edition)),
        Question(_STOPPED, *offsite_stop.stop(edition)))


def _top(edition: Edition) -> Iterator[Block]:
    yield Paragraph(line(cut(answers.overview(edition.alignment), 400)), lead=True)
    changes = edition.changes
    headlines = review.deltas(edition.alignment.headlines,
                              changes.before.headlines if changes else None)
    yield Tiles(tuple(Tile(label, value, change or "")
                      for label, (value, change) in headlines.items()))
    if notice := edition.filter_notice():
        yield Paragraph(line(strong("Filtered."), notice,
                             "Outcomes are those of the whole portfolio too."))


# -- outcomes and money ----------------------------------------------------------------------------

def _unserved(edition: Edition) -> Question:
    alignment = edition.alignment
    rows = outcomes.outcome_rows(alignment)
    rows = rows[rows["lacks"].ne("") | (rows["coverage"] == "uncovered")]
    table = Table("Outcomes that are not or only weakly covered", (
        Column("Outcome"), Column("Weight", "number"), Column("Coverage"), Column("Lacks"),
        Column("Products"), Column("Owner")), tuple(
            (cut(outcome["name"], MOST_CHARACTERS), _percent(outcome["weight"]),
             str(COVERAGE.get(outcome["coverage"], UNKNOWN)), outcome["lacks"] or "everything",
             cut(outcome["served_by"], MOST_CHARACTERS), outcome["owner"])
            for outcome in rows.head(MOST_ROWS).to_dict("records")))
    return Question(_UNSERVED,
                    outcomes.sentence(alignment), (
        *((table,) if len(rows) else ()), *_more(len(rows) - MOST_ROWS),
        *_findings(edition, edition.gaps.rows, ("OUT01", "OUT02"))))


def _money(edition: Edition) -> Question:
    alignment = edition.alignment
    rows = outcomes.money_rows(alignment, most=MOST_ROWS)
    unit, currency = alignment.money.unit, alignment.portfolio.settings.currency
    table = Table("Share of the spend and stated weight of each outcome", (
        Column("Outcome"), Column("Money", "number"), Column("", "bar"),
        Column("Share", "number"), Column("Weight", "number")), tuple(
            (cut(outcome["name"], MOST_CHARACTERS), formats.money(outcome["money"], unit, currency),
             Bar(outcome["share"],
                 None if formats.is_unknown(outcome["weight"]) else outcome["weight"]),
             _percent(outcome["share_pct"]), _percent(outcome["weight_pct"]))
            for outcome in rows.to_dict("records")))
    return Question(_MONEY,
                    outcomes.money_sentence(alignment), (
        *((table,) if len(rows) else ()),
        *_findings(edition, edition.gaps.rows, ("OUT05", "PRT01", "PRT02", "PRT03"))))


def _percent(value: object) -> str:
    return "not stated" if formats.is_unknown(value) else formats.percent(float(str(value)))


# -- exceptions that were accepted -----------------------------------------------------------------

def _accepted(edition: Edition) -> Question:
    question = _ACCEPTED
    if edition.history is None:
        return Question(
            question, "Unknown: a scenario has no history." if edition.tried else
            "Unknown, because no store is named that would remember them.", ())
    rows = edition.history.states
    rows = rows[rows["state"] == "accepted"].sort_values(["until", "key"])
    if edition.products is not None:
        rows = rows[rows["key"].isin(edition.listed_gaps().rows["key"])]
    if not len(rows):
        return Question(question, "None is accepted.", ())
    gone = int((~rows["key"].isin(edition.gaps.rows["key"])).sum())
    past = int(((rows["until"] < pd.Timestamp(edition.day))
                & rows["key"].isin(edition.gaps.rows["key"])).sum())
    late = f"; {past:,} {'is' if past == 1 else 'are'} past it" if past else ""
    late += f"; {gone:,} {'is' if gone == 1 else 'are'} no longer found" if gone else ""
    accepted = f"{formats.count(len(rows), 'gap is', 'gaps are')} accepted until a date"
    return Question(question, f"{accepted}{late}.", (
        Items(tuple(_exception(state, edition)
                    for state in rows.head(MOST_ROWS).to_dict("records"))),
        *_more(len(rows) - MOST_ROWS)))


def _exception(state: dict[str, object], edition: Edition) -> Item:
    gaps = edition.gaps.rows
    gap = gaps[gaps["key"] == state["key"]]
    reason = "not stated" if formats.is_unknown(state["reason"]) else str(state["reason"])
    late = pd.Timestamp(str(state["until"])) < pd.Timestamp(edition.day)
    if not len(gap):
        return _no_longer_found(str(state["key"]), reason, edition)
    owner = "nobody named" if formats.is_unknown(state["owner"]) else str(state["owner"])
    return Item(
        line(f"{ACCEPTED['late' if late else 'holds']}:",
             strong(f"until {formats.day(state['until'])}"), cut(gap.iloc[0]["message"])),
        (line(f"Reason: {cut(reason)}"),
         line(f"Evidence: {cut(evidence(gap.iloc[0], edition.alignment))}"),
         line(f"Owner: {cut(owner)} · Next step: close it, or accept it until another date.")))


def _no_longer_found(key: str, reason: str, edition: Edition) -> Item:
    """An accepted exception that is gone: nothing is left to do about it."""
    portfolio, changes = edition.alignment.portfolio, edition.changes
    named = gap_names.in_words(
        key, portfolio, *((changes.before.portfolio,) if changes else ()))
    why = next((change.note for change in changes.of("gap", "resolved")
                if change.ids == (key,) and change.note), "") if changes else ""
    found = "No longer found"
    if not_evaluated := edition.gaps.not_evaluated.get(key.partition(":")[0]):
        found, why = "Not checked any more", f"because {not_evaluated}"
    return Item(line(f"{found}:", strong(cut(named)), quiet(f"({why})") if why else ""),
                (line(f"Reason for accepting it: {cut(reason)}"),))


# -- findings --------------------------------------------------------------------------------------

def _answered_by_rules(edition: Edition, question: str, codes: tuple[str, ...], finding: str,
                       if_none: str) -> Question:
    """A question that rules answer: how many findings there are, and the gravest of them."""
    if reasons := [edition.gaps.not_evaluated[code] for code in codes
                   if code in edition.gaps.not_evaluated]:
        return Question(question, f"Unknown, because {reasons[0]}.", ())
    rows = edition.listed_gaps().rows
    count = int(rows["code"].isin(codes).sum())
    return Question(question, f"{formats.count(count, finding)}." if count else if_none,
                    tuple(_findings(edition, rows, codes)))


def _with_findings(edition: Edition, question: str, answered: tuple[str, tuple[Block, ...]],
                   codes: tuple[str, ...]) -> Question:
    """A question with its answer and evidence, and below these what rules find about it."""
    answer, evidence_of = answered
    return Question(question, answer, (
        *evidence_of, *_findings(edition, edition.listed_gaps().rows, codes)))


def _findings(edition: Edition, rows: pd.DataFrame, codes: tuple[str, ...]) -> Iterator[Block]:
    rows = rows[rows["code"].isin(codes)]
    if len(rows):
        yield Items(tuple(gap_items.finding(row, edition.alignment)
                          for _, row in rows.head(MOST_FINDINGS).iterrows()))
    yield from _more(len(rows) - MOST_FINDINGS)


def _more(left: int) -> Iterator[Block]:
    if left > 0:
        yield Paragraph(line(quiet(f"{left:,} more.")))
