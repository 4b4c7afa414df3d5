"""The weekly digest: what changed and what needs a decision, short enough for a chat or a mail.

It is written once, as sections of plain text, and turned into text, an email or a message for
Slack. Names from the data stay text in each: none becomes a mention, a link or a tag.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from typing import Any

from orgdata import formats
from orgdata.changes.sentences import sentences as what_changed
from orgdata.exports.edition import Edition
from orgdata.store import Decision
from orgdata.views import answers, review
from orgdata.views import decisions as words
from orgdata.views.vocabulary import DECISION

MOST_IN_BLOCK = 3_000  # characters in a block of Slack
MOST_BLOCKS = 50  # in a message of Slack
_MOST_IN_LINE = 500  # fits a block even if each character has to be written as five
_MOST_IN_HEADER, _MOST_IN_TEXT = 150, 12_000
_MOST_CHANGES, _MOST_DECISIONS, _MOST_PATTERNS, _MOST_SETTLED = 12, 10, 5, 3


@dataclass(frozen=True)
class Digest:
    """The digest as plain text: a title, the answer, and sections of a heading and lines."""

    title: str
    answer: str
    sections: tuple[tuple[str, tuple[str, ...]], ...]
    origin: str


@dataclass(frozen=True)
class Email:
    """A digest as an email: its text, and the same as HTML."""

    subject: str
    text: str
    html: str


def digest(edition: Edition) -> Digest:
    """The digest of an edition: what changed and what needs a decision."""
    alignment, changes = edition.alignment, edition.changes
    changed = what_changed(changes) if changes else []
    filtered = edition.filter_notice()
    sections = {"Filtered": [filtered] if filtered else [],
                "Headlines": _headlines(edition),
                "What changed": _first(changed[1:], _MOST_CHANGES, "line"),
                "Gaps": _exceptions(edition),
                "Decisions and to-dos": _decisions(edition),
                "What we do not know": [*review.unknowns(alignment, edition.gaps),
                                        review.on_track(alignment)]}
    answer = changed[0] if changed else answers.overview(alignment)
    origin = " · ".join(f"{label}: {value}" for label, value in edition.origin())
    return Digest(
        _line(f"Weekly portfolio review, {formats.day(edition.day)}"), _line(answer),
        tuple((heading, tuple(map(_line, lines))) for heading, lines in sections.items() if lines),
        _line(origin))


def _headlines(edition: Edition) -> list[str]:
    before = edition.changes.before.headlines if edition.changes else None
    return [f"{label}: {value}" + (f" ({change})" if change else "") for label, (value, change) in
            review.deltas(edition.alignment.headlines, before).items()]


def _exceptions(edition: Edition) -> list[str]:
    """What has one cause first, then what stands alone, then what somebody settled."""
    listed = edition.listed_gaps()
    rows = review.exceptions(listed, edition.history, edition.day)
    patterns = [review.pattern_line(pattern) for pattern in edition.gaps.patterns]
    lines = [f"{row['severity'].capitalize()}: {row['message']} {row['next_step']} "
             f"{review.state_line(row, edition.day)}" for _, row in rows.iterrows()]
    settled = review.settled(listed, edition.history, edition.day)
    still_there = [f"Marked as resolved, still found: {message}"
                   for message in settled.resolved_still_there["message"]]
    return [*_first(patterns, _MOST_PATTERNS, "pattern"),
            *_first(lines, review.MOST_EXCEPTIONS, "gap"),
            *([] if patterns or lines else [answers.nothing_severe(edition.gaps)]),
            *_first(still_there, _MOST_SETTLED, "one"),
            *(note for note in (settled.sentence, review.waiting(listed)) if note)]


def _decisions(edition: Edition) -> list[str]:
    return [*_first([_decision(edition, decision) for decision in edition.open_decisions()],
                    _MOST_DECISIONS, "open one"),
            *_first([f"{DECISION['done'].symbol} {decision.text}"
                     for decision in edition.done_decisions()] if edition.changes else [],
                    _MOST_DECISIONS, "done one"),
            *_first([f"{DECISION['withdrawn'].symbol} {decision.text} · "
                     f"{words.why_withdrawn(decision)}"
                     for decision in edition.withdrawn_decisions()] if edition.changes else [],
                    _MOST_DECISIONS, "withdrawn one")]


def _decision(edition: Edition, decision: Decision) -> str:
    about = words.about(decision, edition.gaps, edition.alignment)
    return " · ".join([decision.text, *words.parts(decision, edition.day), *filter(None, [about])])


def _first(lines: list[str], most: int, noun: str) -> list[str]:
    """At most so many lines, and a last one that counts the others by a noun."""
    others = len(lines) - most
    return [*lines[:most], f"{formats.count(others, f'more {noun}')}."] if others > 0 else lines


def _line(text: str) -> str:
    return formats.clipped(formats.plain(text), _MOST_IN_LINE)


# -- forms -----------------------------------------------------------------------------------------

def as_text(digest: Digest) -> str:
    """A digest as plain text."""
    parts = [digest.title, digest.answer,
             *("\n".join([heading, *(f"- {line}" for line in lines)])
               for heading, lines in digest.sections), digest.origin]
    return "\n\n".join(parts) + "\n"


def as_email(digest: Digest) -> Email:
    """A digest as an email; its subject is one line."""
    sections = "".join(
        f"<h2>{escape(heading)}</h2><ul>{''.join(f'<li>{escape(line)}</li>' for line in lines)}"
        "</ul>" for heading, lines in digest.sections)
    page = ('<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">'
            f"<title>{escape(digest.title)}</title></head><body><h1>{escape(digest.title)}</h1>"
            f"<p><strong>{escape(digest.answer)}</strong></p>{sections}"
            f"<p><small>{escape(digest.origin)}</small></p></body></html>\n")
    return Email(digest.title, as_text(digest), page)


def as_slack(digest: Digest) -> dict[str, Any]:
    """A digest as the JSON that a webhook of Slack, or of a chat that understands the same, takes.

    `text` is for programs that show no blocks; in the plain text of blocks nothing is markup.
    """
    blocks = [_header(digest.title), *_sections([digest.answer])]
    for heading, lines in digest.sections:
        blocks += [_header(heading), *_sections([f"• {line}" for line in lines])]
    last = {"type": "context", "elements": [_plain(digest.origin)]}
    return {"text": _message_text(digest), "mrkdwn": False,
            "blocks": [*blocks[:MOST_BLOCKS - 1], last]}


def _message_text(digest: Digest) -> str:
    """The digest as the text of a message, cut at the end of a line where it is too long."""
    text = ""
    for line in as_text(digest).splitlines(keepends=True):
        if len(text) + len(_escaped(line)) > _MOST_IN_TEXT:
            return f"{text}…"
        text += _escaped(line)
    return text


def _sections(lines: list[str]) -> Iterator[dict[str, Any]]:
    """Lines in as few section blocks as hold them."""
    block = ""
    for line in lines:
        if block and len(block) + 1 + len(_escaped(line)) > MOST_IN_BLOCK:
            yield {"type": "section", "text": _plain(block, escaped=True)}
            block = ""
        block = f"{block}\n{_escaped(line)}" if block else _escaped(line)
    yield {"type": "section", "text": _plain(block, escaped=True)}


def _header(text: str) -> dict[str, Any]:
    return {"type": "header", "text": _plain(formats.clipped(text, _MOST_IN_HEADER))}


def _plain(text: str, escaped: bool = False) -> dict[str, Any]:
    return {"type": "plain_text", "text": text if escaped else _escaped(text), "emoji": False}


def _escaped(text: str) -> str:
    """Text with the three characters escaped that mean something to Slack."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
