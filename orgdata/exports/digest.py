"""The weekly digest: what changed and what needs a decision, short enough for a chat or a mail.

Said once, as headed lines of plain text; `words`, `letter` and `slack` only give them a form.
Whatever a name holds, it stays text there: no mention, link or tag comes of it.
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
from orgdata.views.vocabulary import DECISION

MOST_IN_BLOCK = 3_000  # characters in a block of Slack, and how many blocks a message has
MOST_BLOCKS = 50
_MOST_IN_LINE = 500  # even if every sign of it has to be written as five
_MOST_IN_HEADER, _MOST_IN_TEXT = 150, 12_000
_MOST_CHANGES, _MOST_DECISIONS = 12, 10


@dataclass(frozen=True)
class Digest:
    """A title, the answer, and headed lines; all of it plain text."""

    title: str
    answer: str
    sections: tuple[tuple[str, tuple[str, ...]], ...]
    origin: str


@dataclass(frozen=True)
class Email:
    """The same as a mail: words, and the same as HTML."""

    subject: str
    text: str
    html: str


def digest(edition: Edition) -> Digest:
    """What there is to say of a week."""
    alignment, changes = edition.alignment, edition.changes
    changed = what_changed(changes) if changes else []
    filtered = edition.narrowed_words()
    said = {"Filtered": [filtered] if filtered else [],
            "Headlines": _headlines(edition),
            "What changed": _first(changed[1:], _MOST_CHANGES, "line"),
            "What needs a decision": _exceptions(edition),
            "Decisions and to-dos": _decisions(edition),
            "What we do not know": [*review.unknowns(alignment, edition.gaps),
                                    review.on_track(alignment)]}
    answer = changed[0] if changed else answers.overview(alignment)
    origin = " · ".join(f"{label}: {words}" for label, words in edition.origin())
    return Digest(
        _line(f"Weekly portfolio review, {formats.day(edition.day)}"), _line(answer),
        tuple((heading, tuple(_line(one) for one in lines)) for heading, lines in said.items()
              if lines), _line(origin))


def _headlines(edition: Edition) -> list[str]:
    before = edition.changes.before.headlines if edition.changes else None
    return [f"{label}: {value}" + (f" ({moved})" if moved else "") for label, (value, moved) in
            review.deltas(edition.alignment.headlines, before).items()]


def _exceptions(edition: Edition) -> list[str]:
    rows = review.exceptions(edition.listed_gaps(), edition.history, edition.day)
    if not len(rows):
        return ["Nothing critical or high is open."]
    said = [f"{row['severity'].capitalize()}: {row['message']} {row['next_step']} "
            f"{review.state_line(row, edition.day)}" for _, row in rows.iterrows()]
    return _first(said, review.MOST_EXCEPTIONS, "exception")


def _decisions(edition: Edition) -> list[str]:
    return [*_first([_decision(edition, one) for one in edition.open_decisions()],
                    _MOST_DECISIONS, "open one"),
            *_first([f"{DECISION['done'].symbol} {one.text}" for one in edition.done_decisions()]
                    if edition.changes else [], _MOST_DECISIONS, "done one")]


def _decision(edition: Edition, one: Decision) -> str:
    late = ", which is past" if one.late_on(edition.day) else ""
    by = f" · by {formats.day(one.due)}{late}" if one.due else ""
    return f"{one.text} · {one.owner or 'no owner'}{by}"


def _first(lines: list[str], most: int, what: str) -> list[str]:
    left = len(lines) - most
    return [*lines[:most], f"{formats.count(left, f'more {what}')}."] if left > 0 else lines


def _line(text: str) -> str:
    return formats.clipped(formats.plain(text), _MOST_IN_LINE)


# -- forms -----------------------------------------------------------------------------------------

def words(one: Digest) -> str:
    """As plain text."""
    parts = [one.title, one.answer, *("\n".join([heading, *(f"- {line}" for line in lines)])
                                      for heading, lines in one.sections), one.origin]
    return "\n\n".join(parts) + "\n"


def letter(one: Digest) -> Email:
    """As a mail; the subject is one line."""
    sections = "".join(
        f"<h2>{escape(heading)}</h2><ul>{''.join(f'<li>{escape(line)}</li>' for line in lines)}"
        "</ul>" for heading, lines in one.sections)
    whole = ('<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">'
             f"<title>{escape(one.title)}</title></head><body><h1>{escape(one.title)}</h1>"
             f"<p><strong>{escape(one.answer)}</strong></p>{sections}"
             f"<p><small>{escape(one.origin)}</small></p></body></html>\n")
    return Email(one.title, words(one), whole)


def slack(one: Digest) -> dict[str, Any]:
    """As the JSON of a webhook of Slack, or of what understands the same. `text` is for those who
    show no blocks; blocks are plain text, in which no sign means anything."""
    blocks = [_header(one.title), *_texts([one.answer])]
    for heading, lines in one.sections:
        blocks += [_header(heading), *_texts([f"• {line}" for line in lines])]
    last = {"type": "context", "elements": [_plain(one.origin)]}
    return {"text": _whole(one), "mrkdwn": False, "blocks": [*blocks[:MOST_BLOCKS - 1], last]}


def _whole(one: Digest) -> str:
    said = ""
    for line in words(one).splitlines(keepends=True):
        if len(said) + len(_safe(line)) > _MOST_IN_TEXT:
            return f"{said}…"
        said += _safe(line)
    return said


def _texts(lines: list[str]) -> Iterator[dict[str, Any]]:
    """Lines in as few blocks as hold them."""
    block = ""
    for line in lines:
        if block and len(block) + 1 + len(_safe(line)) > MOST_IN_BLOCK:
            yield {"type": "section", "text": _plain(block, safe=True)}
            block = ""
        block = f"{block}\n{_safe(line)}" if block else _safe(line)
    yield {"type": "section", "text": _plain(block, safe=True)}


def _header(text: str) -> dict[str, Any]:
    return {"type": "header", "text": _plain(formats.clipped(text, _MOST_IN_HEADER))}


def _plain(text: str, safe: bool = False) -> dict[str, Any]:
    return {"type": "plain_text", "text": text if safe else _safe(text), "emoji": False}


def _safe(text: str) -> str:
    """The three signs that mean something to Slack, as it wants them written."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
