"""The weekly pack: two pages for the meeting, as HTML to print or as Markdown for a chat."""

from collections.abc import Iterator

from orgdata import formats
from orgdata.changes.sentences import sentences as what_changed
from orgdata.exports import gap_items
from orgdata.exports.document.blocks import (
    Block,
    Heading,
    Item,
    Items,
    Page,
    Paragraph,
    Tile,
    Tiles,
    items,
    line,
    quiet,
    strong,
)
from orgdata.exports.document.html import html
from orgdata.exports.document.markdown import markdown
from orgdata.exports.edition import Edition
from orgdata.store import Decision
from orgdata.views import answers, review
from orgdata.views.vocabulary import DECISION

MOST_LINES = 10  # of what changed, of decisions
MOST_PATTERNS = 5


def pack_html(edition: Edition) -> bytes:
    """The weekly pack, ready to print."""
    return html(page(edition))


def pack_markdown(edition: Edition) -> bytes:
    """The weekly pack, ready for a chat or a wiki."""
    return markdown(page(edition))


def page(edition: Edition) -> Page:
    """The same layout every week: answer, numbers, changes, exceptions, decisions, roadblocks,
    what is unknown, what is fine."""
    since = edition.changes.before.as_of if edition.changes else None
    week = formats.day(edition.day) if since is None else (
        f"{formats.day(since)} to {formats.day(edition.day)}")
    return Page("Weekly review", week, edition.day, tuple(edition.origin()), (
        *_answer(edition), *_changed(edition), *_exceptions(edition), *_decisions(edition),
        *_roadblocks(edition), *_unknown(edition)))


def _answer(edition: Edition) -> Iterator[Block]:
    alignment, changes = edition.alignment, edition.changes
    yield Paragraph(line(gap_items.cut(answers.overview(alignment), 400)), lead=True)
    moved = review.deltas(alignment.headlines, changes.before.headlines if changes else None)
    yield Tiles(tuple(
        Tile(label, value, change or ("change unknown" if changes else ""))
        for label, (value, change) in moved.items()))
    notes = [answers.coverage(alignment), answers.freshness(alignment)]
    yield Paragraph(line(quiet("Outcomes: " + notes[0] + "." + (
        f" Aligned products: {notes[1]}." if notes[1] else ""))))
    if words := edition.filter_notice():
        yield Paragraph(line(strong("Filtered."), words))


def _changed(edition: Edition) -> Iterator[Block]:
    if not edition.changes:
        yield Heading("What changed")
        yield Paragraph(line("Unknown, because there is no earlier snapshot to compare with."))
        return
    yield Heading(f"What changed since {formats.day(edition.changes.before.as_of)}")
    said = [gap_items.cut(one, 420) for one in what_changed(edition.changes)]
    yield items((Item(line(one)) for one in said), "Nothing.")


def _exceptions(edition: Edition) -> Iterator[Block]:
    yield Heading("Exceptions")
    shown = edition.listed_gaps()
    rows = review.exceptions(shown, edition.history, edition.day)
    first = rows.head(review.MOST_EXCEPTIONS)
    patterns = edition.gaps.patterns
    yield items([*(gap_items.exception(row, edition.alignment) for _, row in first.iterrows()),
                 *(gap_items.pattern(one, shown.rows) for one in patterns[:MOST_PATTERNS])],
                "Nothing critical or high is open in what could be judged.")
    more = [f"{left:,} more are critical or high" if (left := len(rows) - len(first)) else "",
            f"{left:,} more patterns" if (left := len(patterns) - MOST_PATTERNS) > 0 else ""]
    if said := "; ".join(part for part in more if part):
        yield Paragraph(line(quiet(f"{said}.")))


def _decisions(edition: Edition) -> Iterator[Block]:
    yield Heading("Decisions and to-dos")
    done, waiting = edition.done_decisions(), edition.open_decisions()
    if not done and not waiting:
        yield Paragraph(line("None is open, and none was done since the last review."))
        return
    shown = [*map(_done, done[-MOST_LINES:]),
             *(_open(one, edition) for one in waiting[:MOST_LINES])]
    yield Items(tuple(shown))
    if left := len(done) + len(waiting) - len(shown):
        yield Paragraph(line(quiet(f"{left:,} more.")))


def _done(one: Decision) -> Item:
    return Item(line(f"{DECISION['done']}:", gap_items.cut(one.text),
                     quiet(f"{one.owner or 'nobody named'} · {formats.day(one.done_on)}")))


def _open(one: Decision, edition: Edition) -> Item:
    due = f"by {formats.day(one.due)}" if one.due else "no date"
    return Item(line(f"{DECISION[one.state_on(edition.day)]}:",
                     strong(gap_items.cut(one.text)),
                     quiet(f"{one.owner or 'nobody yet'} · {due} · {_kind(one)} of "
                           f"{formats.day(one.made_on)}")))


def _kind(one: Decision) -> str:
    return "to-do" if one.kind == "todo" else "decision"


def _roadblocks(edition: Edition) -> Iterator[Block]:
    yield Heading("Roadblocks, and who can clear them")
    if not edition.alignment.portfolio.tracked("roadblocks"):
        yield Paragraph(line("Unknown, because roadblocks are not loaded."))
        return
    rows = edition.listed_roadblocks()
    yield items((Item(line(strong(gap_items.cut(row.what)), quiet(gap_items.cut(
        f"{row.holds_up} · since {formats.day(row.since)} · can clear it: {row.who}"))))
        for row in rows.head(review.MOST_ROADBLOCKS).itertuples()), "None is open.")
    if (left := len(rows) - review.MOST_ROADBLOCKS) > 0:
        yield Paragraph(line(quiet(f"{left:,} more.")))


def _unknown(edition: Edition) -> Iterator[Block]:
    yield Heading("What we do not know")
    yield Items(tuple(Item(line(one)) for one in review.unknowns(edition.alignment, edition.gaps)))
    yield Heading("What is fine")
    yield Paragraph(line(review.on_track(edition.alignment)))
