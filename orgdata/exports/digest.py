"""The weekly digest: the answer, what needs whose decision, what changed and what is overdue, in at
most 120 words, for a chat or a mail. What has no room is counted; the weekly review shows it.

It is written once, as plain text, and turned into text, an email or a message for Slack. Names from
the data stay text in each: none becomes a mention, a link or a tag.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from html import escape
from typing import Any

import pandas as pd

from orgdata import METHOD_VERSION, formats
from orgdata.changes.sentences import earlier_methods
from orgdata.changes.sentences import sentences as what_changed
from orgdata.exports.edition import Edition
from orgdata.gaps import RULES, SEVERITIES
from orgdata.views import answers, review
from orgdata.views import decisions as words
from orgdata.views.gap_names import subjects
from orgdata.views.rewording import said, saying

MOST_WORDS = 120
_MOST_IN_SECTION, _MOST_PATTERNS = 3, 2
_MOST_IN_LINE, _MOST_IN_ANSWER = 300, 50  # characters and words: a name can be long
_MOST_IN_HEADER = 150  # as Slack takes it
_ASKED, _OVERDUE = "Needs a decision", "Overdue"
_LINK = "\n  {}"  # below the line that it is of
_REVIEW = "/weekly_review"  # the page, behind the address of the dashboard


@dataclass(frozen=True)
class Digest:
    """The digest as plain text: a title, the answer, sections of a heading and lines, what has no
    room, and the address of the review ("" where the settings name none). `links`: of each line of
    each section the address of the form that settles it ("": none); empty where no line has one."""

    title: str
    answer: str
    sections: tuple[tuple[str, tuple[str, ...]], ...]
    rest: str
    address: str
    opens: str = "the weekly review"  # what is at that address
    links: tuple[tuple[str, ...], ...] = ()

    def linked(self) -> list[tuple[str, list[tuple[str, str]]]]:
        """The sections, each line with its address."""
        links = self.links or ((),) * len(self.sections)
        return [(heading, [*zip(lines, of_lines or ("",) * len(lines), strict=True)])
                for (heading, lines), of_lines in zip(self.sections, links, strict=True)]


@dataclass(frozen=True)
class Email:
    """A digest as an email: its text, and the same as HTML."""

    subject: str
    text: str
    html: str


def digest(edition: Edition) -> Digest:
    """The digest of an edition, without what speaks of a person: many read it. Lines that do not
    fit are left out and counted, none is cut short in its middle but a very long one, which ends in
    “…”."""
    with saying(edition.rewording):
        return _digest(edition.as_leadership_sees_it())


def _digest(edition: Edition) -> Digest:
    changes = edition.changes
    warnings = earlier_methods(changes) if changes else []
    changed = [text for text in what_changed(changes) if text not in warnings] if changes else []
    answer = _answer(changed[0] if changed else answers.overview(edition.alignment))
    since = f" since {formats.day(changes.before.as_of)}" if changes else ""
    sections = {_ASKED: _asks(edition), f"Changed{since}": changed[1:],
                _OVERDUE: _overdue(edition)}
    title = in_a_line(f"Weekly portfolio review, {formats.day(edition.day)}")
    address = edition.alignment.portfolio.settings.address
    fixed = " ".join([title, answer, *sections, _rest(edition, sections, {})])
    chosen = _fitting(sections, MOST_WORDS - _words(fixed))
    return Digest(title, answer, tuple((heading, tuple(lines)) for heading, lines in chosen.items()
                                       if lines),
                  in_a_line(_rest(edition, sections, chosen)),
                  f"{address}{_REVIEW}?as_of={edition.day:%Y-%m-%d}" if address else "")


def _asks(edition: Edition) -> list[str]:
    """What has one cause first where it is critical or high, then a line for each object with such
    a gap: what is wrong with what, who acts, and by when; then the other patterns."""
    patterns = sorted(edition.gaps.patterns, key=lambda one: one.severity not in SEVERITIES[:2])
    grave = min(_MOST_PATTERNS, sum(one.severity in SEVERITIES[:2] for one in patterns))
    told = [f"{formats.sentence_case(RULES[one.code].name)}: {one.count:,} of "
            f"{one.looked_at:,} {one.objects}" for one in patterns]
    rows = review.exceptions(edition.listed_gaps(), edition.history, edition.day)
    rows = rows[~rows["key"].str.replace("^[^:]*:", "", regex=True).duplicated()]
    about = subjects(rows["key"], edition.alignment.portfolio)
    single = [_ask(row, one) for (_, row), one in zip(rows.iterrows(), about, strict=True)]
    return [*told[:grave], *single, *told[grave:]]


def _ask(row: pd.Series, about: str) -> str:
    who = row["who"] if formats.is_unknown(row["owner"]) else row["owner"]
    when = (f"by {formats.day(row['due'])}" if not formats.is_unknown(row["due"]) else
            f"open since {formats.day(row['since'])}" if not formats.is_unknown(row["since"])
            else "")
    return (f"{formats.sentence_case(RULES[row['code']].name)}{about and ': '}{about} "
            f"({', '.join(filter(None, [who, when]))})")


def _overdue(edition: Edition) -> list[str]:
    """The open decisions and to-dos that are past their date."""
    return [f"{one.text} ({one.owner or 'nobody yet'}, {words.due(one, edition.day)})"
            for one in edition.open_decisions() if one.late_on(edition.day)]


def _fitting(sections: dict[str, list[str]], room: int) -> dict[str, list[str]]:
    """The first lines of each section, in turns, as long as there is room for so many words."""
    chosen: dict[str, list[str]] = {heading: [] for heading in sections}
    for turn in range(_MOST_IN_SECTION):
        for heading, lines in sections.items():
            line = in_a_line(lines[turn]) if turn < len(lines) else ""
            if line and len(chosen[heading]) == turn and _words(line) <= room:
                chosen[heading].append(line)
                room -= _words(line)
    return chosen


def _rest(edition: Edition, sections: dict[str, list[str]], chosen: dict[str, list[str]]) -> str:
    """What is not listed, what is not known, and what the lists are limited to, as counts."""
    left = []
    for heading, what, one_of_them in ((_ASKED, "to decide", "to decide"),
                                       (_OVERDUE, "overdue decisions", "overdue decision")):
        listed = len(chosen.get(heading, []))
        if others := len(sections[heading]) - listed:
            left.append(f"{others:,} {'more ' if listed else ''}"
                        f"{what if others > 1 else one_of_them}")
    nothing = "" if sections[_ASKED] else (
        "Nothing critical or high is among the gaps listed." if edition.filter_notice() else
        answers.nothing_severe(edition.gaps))
    settled = review.settled(edition.listed_gaps(), edition.history, edition.day).sentence
    unknown = formats.listed(review.unknown_counts(edition.alignment, edition.gaps))
    earlier = edition.changes and edition.changes.methods[0] != METHOD_VERSION
    return " ".join(filter(None, [
        nothing, f"{formats.listed(left)}." if left else "", settled,
        f"Not known: {unknown}." if unknown else "",
        "Seen then under an earlier method: figures may differ." if earlier else "",
        f"Lists show {formats.clipped(edition.filters, 40) or 'a selection'} only."
        if edition.filter_notice() else ""]))


def _answer(text: str) -> str:
    words = in_a_line(text).split()
    return " ".join(words) if len(words) <= _MOST_IN_ANSWER else (
        f"{' '.join(words[:_MOST_IN_ANSWER])}…")


def _words(text: str) -> int:
    return len(text.split())


def in_a_line(text: str) -> str:
    """Text from data on one line, in the organisation's own words, and not too long."""
    return formats.clipped(said(formats.plain(text)), _MOST_IN_LINE)


# -- forms -----------------------------------------------------------------------------------------

def as_text(digest: Digest) -> str:
    """A digest as plain text."""
    parts = [digest.title, digest.answer,
             *("\n".join([heading, *(f"- {line}{_LINK.format(to) if to else ''}"
                                    for line, to in lines)])
               for heading, lines in digest.linked()), digest.rest, digest.address]
    return "\n\n".join(filter(None, parts)) + "\n"


def as_email(digest: Digest) -> Email:
    """A digest as an email; its subject is one line."""
    sections = "".join(
        f"<h2>{escape(heading)}</h2><ul>{''.join(_item(*line) for line in lines)}</ul>"
        for heading, lines in digest.linked())
    rest = f"<p>{escape(digest.rest)}</p>" if digest.rest else ""
    link = (f'<p><a href="{escape(digest.address)}">Open {escape(digest.opens)}</a></p>'
            if digest.address else "")
    page = ('<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">'
            f"<title>{escape(digest.title)}</title></head><body><h1>{escape(digest.title)}</h1>"
            f"<p><strong>{escape(digest.answer)}</strong></p>{sections}{rest}{link}</body></html>\n")
    return Email(digest.title, as_text(digest), page)


def _item(line: str, address: str) -> str:
    """A line of an email, with a link to its form where it has one."""
    link = f' <a href="{escape(address)}">Open the form</a>' if address else ""
    return f"<li>{escape(line)}{link}</li>"


def as_slack(digest: Digest) -> dict[str, Any]:
    """A digest as the JSON that a webhook of Slack, or of a chat that understands the same, takes.

    Its blocks are rich text, in which nothing is markup: bold and links are elements of their own.
    `text` is for programs that show no blocks.
    """
    elements = [_section([_text(digest.answer, bold=True)])]
    for heading, lines in digest.sections:
        elements += [_section([_text(f"\n{heading}", bold=True)]), {
            "type": "rich_text_list", "style": "bullet",
            "elements": [_section([_text(line)]) for line in lines]}]
    last = list(_last(digest))
    elements += [_section(last)] if last else []
    title = {"type": "plain_text", "emoji": False,
             "text": _escaped(formats.clipped(digest.title, _MOST_IN_HEADER))}
    whole = as_text(replace(digest, links=()))  # which are for one person, and a chat is for many
    return {"text": _escaped(whole), "mrkdwn": False,
            "blocks": [{"type": "header", "text": title},
                       {"type": "rich_text", "elements": elements}]}


def _last(digest: Digest) -> Iterator[dict[str, Any]]:
    if digest.rest:
        yield _text(f"\n{digest.rest}")
    if digest.address:
        yield _text("\n")
        yield {"type": "link", "url": digest.address, "text": f"Open {digest.opens}"}


def _section(elements: Iterable[dict[str, Any]]) -> dict[str, Any]:
    return {"type": "rich_text_section", "elements": list(elements)}


def _text(text: str, bold: bool = False) -> dict[str, Any]:
    return {"type": "text", "text": text} | ({"style": {"bold": True}} if bold else {})


def _escaped(text: str) -> str:
    """Text with the three characters escaped that mean something to Slack outside rich text."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
