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
from orgdata.exports.partner_sheet import listed as listed_expectations
from orgdata.store import Decision
from orgdata.views import answers, partners, review
from orgdata.views import decisions as words
from orgdata.views.edited import corrections_sentence
from orgdata.views.vocabulary import DECISION, EXPECTATION

MOST_DECISIONS = 10  # that are open; as many that are done
MOST_PATTERNS = 5


def pack_html(edition: Edition) -> bytes:
    """The weekly pack as HTML to print."""
    return html(page(edition))


def pack_markdown(edition: Edition) -> bytes:
    """The weekly pack as Markdown, for a chat or a wiki."""
    return markdown(page(edition))


def page(edition: Edition) -> Page:
    """The weekly pack as a page, laid out alike every week: answer, headlines, changes, exceptions,
    decisions, roadblocks, what other functions wait for, what is unknown, what is fine."""
    since = edition.changes.before.as_of if edition.changes else None
    period = formats.day(edition.day) if since is None else (
        f"{formats.day(since)} to {formats.day(edition.day)}")
    return Page("Weekly review", period, edition.day, tuple(edition.origin()), (
        *_answer(edition), *_changed(edition), *_exceptions(edition), *_decisions(edition),
        *_roadblocks(edition), *_expectations(edition), *_unknown(edition)), edition.band)


def _answer(edition: Edition) -> Iterator[Block]:
    alignment, changes = edition.alignment, edition.changes
    yield Paragraph(line(gap_items.cut(answers.overview(alignment), 400)), lead=True)
    headlines = review.deltas(alignment.headlines,
                              changes.before.headlines if changes else None)
    yield Tiles(tuple(
        Tile(label, value, change or ("change unknown" if changes else ""))
        for label, (value, change) in headlines.items()))
    freshness = answers.freshness(alignment)
    yield Paragraph(line(quiet(f"Outcomes: {answers.coverage(alignment)}." + (
        f" Aligned products: {freshness}." if freshness else ""))))
    if corrected := corrections_sentence(alignment.portfolio):
        yield Paragraph(line(quiet(corrected)))
    if notice := edition.filter_notice():
        yield Paragraph(line(strong("Filtered."), notice))


def _changed(edition: Edition) -> Iterator[Block]:
    if not edition.changes:
        yield Heading("What changed")
        yield Paragraph(line("Unknown, because there is no earlier snapshot to compare with."))
        return
    yield Heading(f"What changed since {formats.day(edition.changes.before.as_of)}")
    yield items((Item(line(gap_items.cut(sentence, 420)))
                 for sentence in what_changed(edition.changes)), "Nothing.")


def _exceptions(edition: Edition) -> Iterator[Block]:
    yield Heading("Gaps")
    listed = edition.listed_gaps()
    rows = review.exceptions(listed, edition.history, edition.day)
    first = rows.head(review.MOST_EXCEPTIONS)
    patterns = edition.gaps.patterns
    yield items([*(gap_items.exception(row, edition.alignment) for _, row in first.iterrows()),
                 *(gap_items.pattern(pattern, listed.rows)
                   for pattern in patterns[:MOST_PATTERNS])],
                answers.nothing_severe(edition.gaps))
    more = [answers.more_severe(left) if (left := len(rows) - len(first)) else "",
            f"{left:,} more patterns" if (left := len(patterns) - MOST_PATTERNS) > 0 else ""]
    if sentence := "; ".join(part for part in more if part):
        yield Paragraph(line(quiet(f"{sentence}.")))
    settled = review.settled(listed, edition.history, edition.day)
    if notes := [note for note in (settled.sentence, review.waiting(listed)) if note]:
        yield Paragraph(line(quiet(" ".join(notes))))
    if len(settled.resolved_still_there):
        yield Paragraph(line(strong("Marked as resolved, still found")))
        yield Items(tuple(gap_items.exception(row, edition.alignment) for _, row in
                          settled.resolved_still_there.head(review.MOST_EXCEPTIONS).iterrows()))


def _decisions(edition: Edition) -> Iterator[Block]:
    yield Heading("Decisions and to-dos")
    done, still_open = edition.done_decisions(), edition.open_decisions()
    taken_back = edition.withdrawn_decisions()
    if not done and not still_open and not taken_back:
        since = f" since {formats.day(edition.changes.before.as_of)}" if edition.changes else ""
        yield Paragraph(line(f"None is open, and none was done{since}."))
        return
    shown = [*map(_done, done[-MOST_DECISIONS:]),
             *(_open(decision, edition) for decision in still_open[:MOST_DECISIONS]),
             *map(_withdrawn, taken_back[-MOST_DECISIONS:])]
    yield Items(tuple(shown))
    if left := len(done) + len(still_open) + len(taken_back) - len(shown):
        yield Paragraph(line(quiet(f"{left:,} more.")))


def _done(decision: Decision) -> Item:
    return Item(line(f"{DECISION['done']}:", gap_items.cut(decision.text), quiet(
        f"{decision.owner or 'nobody named'} · {formats.day(decision.done_on)}")))


def _open(decision: Decision, edition: Edition) -> Item:
    about = words.about(decision, edition.gaps, edition.alignment)
    return Item(line(f"{DECISION[decision.state_on(edition.day)]}:",
                     strong(gap_items.cut(decision.text)),
                     quiet(gap_items.cut(" · ".join(words.parts(decision, edition.day))))),
                (line(gap_items.cut(about)),) if about else ())


def _withdrawn(decision: Decision) -> Item:
    return Item(line(f"{DECISION['withdrawn']}:", gap_items.cut(decision.text),
                     quiet(gap_items.cut(words.why_withdrawn(decision)))))


def _roadblocks(edition: Edition) -> Iterator[Block]:
    yield Heading("Roadblocks, and who can clear them")
    if not edition.alignment.portfolio.tracked("roadblocks"):
        yield Paragraph(line("Unknown, because roadblocks are not loaded."))
        return
    rows = edition.listed_roadblocks()
    yield items((Item(line(strong(gap_items.cut(roadblock.what)), quiet(gap_items.cut(
        f"{roadblock.holds_up} · since {formats.day(roadblock.since)} · "
        f"can clear it: {roadblock.who}"))))
        for roadblock in rows.head(review.MOST_ROADBLOCKS).itertuples()), "None is open.")
    if (left := len(rows) - review.MOST_ROADBLOCKS) > 0:
        yield Paragraph(line(quiet(f"{left:,} more.")))


def _expectations(edition: Edition) -> Iterator[Block]:
    """What is expected between functions, due soon and not settled; nothing where there is none."""
    rows = listed_expectations(edition)
    if not len(rows):
        return
    yield Heading("Expected of each other, and not settled")
    open_ = partners.due(rows, edition.alignment)
    yield items((Item(line(strong(gap_items.cut(partners.told(one))), quiet(gap_items.cut(
        str(EXPECTATION[one["state"]])))))
        for one in open_.head(review.MOST_ROADBLOCKS).to_dict("records")),
        f"Nothing that is due in the next {partners.SOON} days.")
    if (left := len(open_) - review.MOST_ROADBLOCKS) > 0:
        yield Paragraph(line(quiet(f"{left:,} more.")))


def _unknown(edition: Edition) -> Iterator[Block]:
    yield Heading("What we do not know")
    yield Items(tuple(Item(line(sentence))
                      for sentence in review.unknowns(edition.alignment, edition.gaps)))
    yield Heading("What is fine")
    yield Paragraph(line(review.on_track(edition.alignment)))
