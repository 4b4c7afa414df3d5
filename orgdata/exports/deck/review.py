"""What changed, what has one cause, decisions, roadblocks, and what we do not know."""

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
from orgdata.views import review
from orgdata.views.vocabulary import DECISION, SEVERITY

_BODY = (18, 17, 16, 15, 14, 13, 12, 11, 10)
MOST_DECISIONS = 14


def changed(deck: Deck, edition: Edition) -> None:
    """The answer of the comparison and a line per topic; every change in the notes."""
    if edition.changes is None:
        return
    lines = what_changed(edition.changes)
    slide = page(deck, f"What changed since {formats.day(edition.changes.before.as_of)}", lines[0])
    area = deck.page.area
    tall = text(slide, area,
                [Para(line, bullet=True) for line in lines[1:] or ["Nothing else."]], _BODY, 0.5)
    rows = review.change_rows(edition.changes)
    if not len(rows):
        return
    add_notes(slide, [f"{formats.count(len(rows), 'change')}, one by one:", *row_lines(rows, 60)])
    rest = Box(area.x, area.y + tall + 18, area.w, area.h - tall - 18 - 18)
    if rest.h > 90:  # room for a few of them
        columns = [Column("Of", 90), Column("What", 90), Column("Name", 330), Column("Before", 100),
                   Column("After", 100), Column("Note", 170)]
        cells = [["" if one is None else one for one in row]
                 for row in rows.astype(object).where(rows.notna(), None).itertuples(index=False)]
        placed = table(slide, rest, columns, cells, (12, 11, 10))
        _left_out(deck, slide, len(rows) - placed, "more change", ())


def patterns(deck: Deck, edition: Edition) -> None:
    """What has one cause is one line."""
    found = edition.gaps.patterns
    if not found:
        return
    title = ("1 finding has one cause, and one step that mends it" if len(found) == 1 else
             f"{len(found):,} findings have one cause each, and one step that mends it")
    slide = page(deck, "Patterns", title)
    columns = [Column("Finding", 200), Column("How many", 150), Column("Where", 220),
               Column("Next step", 310)]
    rows = [[f"{SEVERITY[one.severity]} · {RULES[one.code].name.capitalize()} ({one.code})",
             f"{one.count:,} of {one.looked_at:,} {one.objects}", one.where or "–",
             one.systemic_step]
            for one in found]
    placed = table(slide, deck.page.area.without_foot(20), columns, rows,
                   (14, 13, 12, 11, 10), most_lines=8)
    add_notes(slide, [f"{one.code} {RULES[one.code].name} fires when: "
                      f"{RULES[one.code].fires_when}" for one in found])
    _left_out(deck, slide, len(rows) - placed, "more pattern", rows[placed:])


def _left_out(deck: Deck, slide: Slide, left: int, what: str,
              rows: Sequence[Sequence[str]]) -> None:
    if left > 0:
        text(slide, deck.page.area.at_foot(14),
             [Para(f"{formats.count(left, what)}: see the notes.", colour=QUIET)], (10,))
        add_notes(slide, [" · ".join(row) for row in rows[:60]])


def decisions(deck: Deck, edition: Edition) -> None:
    """Decisions and to-dos: open ones, then those done since."""
    still, done = edition.open_decisions(), edition.done_decisions()
    if not still and not done:
        return
    late = sum(one.late_on(edition.day) for one in still)
    since = " since then" if edition.changes else ""
    title = (f"{formats.count(len(still), 'decision or to-do is', 'decisions and to-dos are')} "
             f"open" + (f", {late:,} of them past due" if late else "")
             + f"; {len(done):,} done{since}")
    slide = page(deck, "Decisions and to-dos", title)
    columns = [Column("What", 380), Column("Kind", 70), Column("Owner", 150),
               Column("Due", 90), Column("State", 190)]
    rows = [*(_decision(one, edition) for one in still), *(_decision(one, edition) for one in done)]
    placed = table(slide, deck.page.area.without_foot(20), columns, rows, most_lines=3)
    add_notes(slide, [f"{one.text} (made {formats.day(one.made_on)} by {one.by}"
                      + (f", about {one.gap_key}" if one.gap_key else "") + ")"
                      for one in [*still, *done]])
    _left_out(deck, slide, len(rows) - placed, "more decision", rows[placed:])


def _decision(one: Decision, edition: Edition) -> list[str]:
    word = DECISION[one.state_on(edition.day)]
    state = str(word) if one.open_on(edition.day) else f"{word} {formats.day(one.done_on)}"
    return [one.text, "to-do" if one.kind == "todo" else one.kind, one.owner or "not named",
            formats.day(one.due) if one.due else "–", state]


def roadblocks(deck: Deck, edition: Edition) -> None:
    """Open roadblocks, the oldest first, and who can clear them."""
    if not edition.alignment.portfolio.tracked("roadblocks"):
        return
    found = edition.listed_roadblocks()
    if not len(found):
        return
    slide = page(deck, "Roadblocks",
                 f"{formats.count(len(found), 'roadblock is', 'roadblocks are')} open, "
                 f"the oldest since {formats.day(found['since'].iloc[0])}")
    columns = [Column("What", 330), Column("Holds up", 260), Column("Since", 90),
               Column("Who can clear it", 200)]
    rows = [[row.what, row.holds_up, formats.day(row.since), row.who] for row in found.itertuples()]
    placed = table(slide, deck.page.area.without_foot(20), columns,
                   rows[:review.MOST_ROADBLOCKS], most_lines=3)
    _left_out(deck, slide, len(rows) - placed, "more roadblock", rows[placed:])


def unknown(deck: Deck, edition: Edition) -> None:
    """What we do not know, and what this deck does not show."""
    gaps = edition.gaps
    lines = review.unknowns(edition.alignment, gaps)
    if edition.changes is None:
        lines.append("What changed: there is no earlier snapshot to compare with.")
    if not edition.decisions:
        lines.append("No decision or to-do is recorded.")
    if said := edition.filter_notice():
        lines.append(said)
    slide = page(deck, "What we do not know", "What could not be judged is listed, never guessed")
    text(slide, deck.page.area,
         [*(Para(line, bullet=True) for line in lines),
          Para(review.on_track(edition.alignment), colour=QUIET)], _BODY, gap=0.5)
    add_notes(slide, [*(f"{code} {RULES[code].name} not evaluated: {reason}"
                        for code, reason in gaps.not_evaluated.items())])
