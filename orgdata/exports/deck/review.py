"""The slides on changes, patterns, decisions, roadblocks, and what is unknown."""

from collections.abc import Sequence

from pptx.slide import Slide

from orgdata import formats
from orgdata.changes.sentences import sentences as what_changed
from orgdata.exports.deck.colours import QUIET
from orgdata.exports.deck.layouts import Box
from orgdata.exports.deck.slide import Para, add_notes, page, row_lines, text
from orgdata.exports.deck.table import Column, table
from orgdata.exports.deck.template import Deck
from orgdata.exports.edition import Edition
from orgdata.gaps import RULES
from orgdata.store import Decision
from orgdata.views import decisions as words
from orgdata.views import review
from orgdata.views.vocabulary import DECISION, SEVERITY

_BODY = (18, 17, 16, 15, 14, 13, 12, 11, 10)
MOST_DECISIONS = 14


def changed(deck: Deck, edition: Edition) -> None:
    """Add a slide on what changed, with a line per topic; the notes have every change."""
    if edition.changes is None:
        return
    lines = what_changed(edition.changes)
    kicker = "What it would change" if edition.tried else (
        f"What changed since {formats.day(edition.changes.before.as_of)}")
    slide = page(deck, kicker, lines[0])
    area = deck.page.area
    paragraphs = [Para(line, bullet=True) for line in lines[1:] or ["No other changes."]]
    height = text(slide, area, paragraphs, _BODY, 0.5)
    rows = review.change_rows(edition.changes)
    if not len(rows):
        return
    add_notes(slide, [f"{formats.count(len(rows), 'change')}, one by one:", *row_lines(rows, 60)])
    rest = Box(area.x, area.y + height + 18, area.w, area.h - height - 18 - 18)
    if rest.h > 90:  # room for a few of them
        columns = [Column("Of", 90), Column("What", 90), Column("Name", 330), Column("Before", 100),
                   Column("After", 100), Column("Note", 170)]
        cells = [["" if value is None else value for value in row]
                 for row in rows.astype(object).where(rows.notna(), None).itertuples(index=False)]
        placed = table(slide, rest, columns, cells, (12, 11, 10))
        _left_out(deck, slide, len(rows) - placed, "more change", ())


def patterns(deck: Deck, edition: Edition) -> None:
    """Add a slide with a row for each pattern: many gaps of one cause."""
    shown = edition.gaps.patterns
    if not shown:
        return
    title = ("One systemic gap and how to fix it" if len(shown) == 1 else
             f"{len(shown):,} systemic gaps and how to fix them")
    slide = page(deck, "Patterns", title)
    columns = [Column("Finding", 200), Column("How many", 150), Column("Where", 220),
               Column("Next step", 310)]
    rows = [[f"{SEVERITY[pattern.severity]} · {formats.sentence_case(RULES[pattern.code].name)} "
             f"({pattern.code})",
             f"{pattern.count:,} of {pattern.looked_at:,} {pattern.objects}", pattern.where or "–",
             pattern.systemic_step]
            for pattern in shown]
    placed = table(slide, deck.page.area.without_foot(20), columns, rows,
                   (14, 13, 12, 11, 10), most_lines=8)
    add_notes(slide, [f"{pattern.code} {RULES[pattern.code].name} fires when: "
                      f"{RULES[pattern.code].fires_when}" for pattern in shown])
    _left_out(deck, slide, len(rows) - placed, "more pattern", rows[placed:])


def _left_out(deck: Deck, slide: Slide, left: int, what: str,
              rows: Sequence[Sequence[str]]) -> None:
    if left > 0:
        text(slide, deck.page.area.at_foot(14),
             [Para(f"{formats.count(left, what)}: see the notes.", colour=QUIET)], (10,))
        add_notes(slide, [" · ".join(row) for row in rows[:60]])


def decisions(deck: Deck, edition: Edition) -> None:
    """Add a slide of decisions and to-dos: open ones, then those done since."""
    still_open, done = edition.open_decisions(), edition.done_decisions()
    withdrawn = edition.withdrawn_decisions()
    if not still_open and not done and not withdrawn:
        return
    late = sum(decision.late_on(edition.day) for decision in still_open)
    since = " since then" if edition.changes else ""
    count = formats.count(len(still_open), "decision or to-do is", "decisions and to-dos are")
    title = (f"{count} open" + (f", {late:,} of them past due" if late else "")
             + f"; {len(done):,} done{since}"
             + (f", {len(withdrawn):,} withdrawn" if withdrawn else ""))
    slide = page(deck, "Decisions and to-dos", title)
    columns = [Column("What", 250), Column("Kind", 65), Column("About", 225), Column("Owner", 110),
               Column("Due", 120), Column("State", 110)]
    shown = [*still_open, *done, *withdrawn]
    rows = [_decision(decision, edition) for decision in shown]
    placed = table(slide, deck.page.area.without_foot(20), columns, rows, most_lines=3)
    add_notes(slide, [
        f"{decision.text} (made {formats.day(decision.made_on)} by {decision.by}"
        + (f", about {decision.gap_key}" if decision.gap_key else "") + ")"
        + (f": {words.why_withdrawn(decision)}" if decision in withdrawn else "")
        for decision in shown])
    _left_out(deck, slide, len(rows) - placed, "more decision", rows[placed:])


def _decision(decision: Decision, edition: Edition) -> list[str]:
    state = str(DECISION[decision.state_on(edition.day)])
    if decision.withdrawn is not None:
        state = f"{state}: {decision.withdrawn}"
    elif not decision.open_on(edition.day):
        state = f"{state} {formats.day(decision.done_on)}"
    about = words.finding(decision, edition.gaps, edition.alignment)
    moved = [formats.day(one) if one else "no date" for one in decision.moved_from]
    return [decision.text, words.kind(decision), about or "–", decision.owner or "not named",
            (formats.day(decision.due) if decision.due else "–")
            + (f" (was {formats.listed(moved)})" if moved else ""), state]


def roadblocks(deck: Deck, edition: Edition) -> None:
    """Add a slide of open roadblocks, the oldest first, and who can clear them."""
    if not edition.alignment.portfolio.tracked("roadblocks"):
        return
    shown = edition.listed_roadblocks()
    if not len(shown):
        return
    slide = page(deck, "Roadblocks",
                 f"{formats.count(len(shown), 'roadblock is', 'roadblocks are')} open, "
                 f"the oldest since {formats.day(shown['since'].iloc[0])}")
    columns = [Column("What", 330), Column("Blocks", 260), Column("Since", 90),
               Column("Who can clear it", 200)]
    rows = [[row.what, row.holds_up, formats.day(row.since), row.who] for row in shown.itertuples()]
    placed = table(slide, deck.page.area.without_foot(20), columns,
                   rows[:review.MOST_ROADBLOCKS], most_lines=3)
    _left_out(deck, slide, len(rows) - placed, "more roadblock", rows[placed:])


def unknown(deck: Deck, edition: Edition) -> None:
    """Add a slide on what is unknown, and what this deck does not show."""
    gaps = edition.gaps
    lines = review.unknowns(edition.alignment, gaps)
    listed = edition.listed_gaps()
    settled = review.settled(listed, edition.history, edition.day).sentence
    lines += [sentence for sentence in (settled, review.waiting(listed)) if sentence]
    if edition.changes is None:
        lines.append("What changed: there is no earlier snapshot to compare with.")
    if not edition.decisions:
        lines.append("No decision or to-do is recorded.")
    if notice := edition.filter_notice():
        lines.append(notice)
    slide = page(deck, "What we do not know", _unknown_title(edition))
    text(slide, deck.page.area,
         [*(Para(line, bullet=True) for line in lines),
          Para(review.on_track(edition.alignment), colour=QUIET)], _BODY, gap=0.5)
    add_notes(slide, [*(f"{code} {RULES[code].name} not evaluated: {reason}"
                        for code, reason in gaps.not_evaluated.items())])


def _unknown_title(edition: Edition) -> str:
    counts = review.unknown_counts(edition.alignment, edition.gaps)
    return f"Not known: {formats.listed(counts)}" if counts else "Nothing asked is left unknown"
