"""Letters of the week: what is asked of each person, what the review will be about, and what it
decided. Nobody is compared with anybody, and who is asked for nothing gets no letter.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

import pandas as pd

from orgdata import formats
from orgdata.access.rights import is_sensitive
from orgdata.exports.digest import Digest, digest, in_a_line
from orgdata.exports.edition import Edition
from orgdata.measures import Alignment
from orgdata.measures.key_results import DUE
from orgdata.model.rhythm import Rhythm
from orgdata.store import Decision
from orgdata.tabular.lookup import is_in, is_word
from orgdata.views import decisions as words
from orgdata.views.products import gaps_of
from orgdata.views.rewording import saying

Kind = Literal["asked", "before", "after"]
MEETING = ""  # in place of a person: those who are told of the review
_Asked = tuple[str, tuple[str, ...], int]  # heading, lines, and how many things these are of
_MOST = 5  # lines of one sort on one product; the others are counted
_SOON = timedelta(days=7)


@dataclass(frozen=True)
class Letter:
    """A letter to one person (or to those of the meeting), of which there is one of a kind in a
    week."""

    kind: Kind
    person: str  # their id
    name: str
    to: str  # their address; "" where none is known
    week: str  # 2026-W48
    content: Digest


def letters(edition: Edition, rhythm: Rhythm) -> list[Letter]:
    """The letters of a day, none in a quiet week: first those about the review, then one for each
    person of whom something is asked, by name."""
    if rhythm.is_quiet(edition.day):
        return []
    with saying(edition.rewording):
        return [*_of_the_review(edition.as_leadership_sees_it(), rhythm), *_asked(edition, rhythm)]


def week_of(day: date) -> str:
    """The ISO week of a day: 2026-W48."""
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02}"


def _of_the_review(edition: Edition, rhythm: Rhythm) -> Iterator[Letter]:
    if rhythm.review is None:
        return
    if (edition.day + timedelta(days=1)).weekday() == rhythm.review:
        content = digest(edition)
        title = f"Tomorrow's portfolio review, {formats.day(edition.day + timedelta(days=1))}"
        yield Letter("before", MEETING, "", "", week_of(edition.day), replace(
            content, title=title))
    if (edition.day - timedelta(days=1)).weekday() == rhythm.review and (
            decided := _decided(edition)):
        yield Letter("after", MEETING, "", "", week_of(edition.day), Digest(
            "Decided in the week of the portfolio review of "
            f"{formats.day(edition.day - timedelta(days=1))}",
            formats.sentence_case(formats.count(sum(len(lines) for _, lines in decided),
                                                "decision and to-do", "decisions and to-dos")),
            decided, "", _page(edition, "weekly_review")))


def _decided(edition: Edition) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """What was decided since the review before, by who does it."""
    since = edition.day - _SOON
    made = [one for one in edition.decisions
            if since < one.made_on <= edition.day and one.withdrawn_at is None]
    owners = dict.fromkeys(one.owner or "Nobody yet" for one in made)
    return tuple((in_a_line(owner), tuple(
        _with_due(one, edition.day) for one in made if (one.owner or "Nobody yet") == owner))
        for owner in owners)


def _with_due(decision: Decision, day: date) -> str:
    return in_a_line(f"{decision.text} ({words.due(decision, day)})")


def _asked(edition: Edition, rhythm: Rhythm) -> Iterator[Letter]:
    """What is asked of each person on the day for it, by product."""
    if edition.day.weekday() != rhythm.asked:
        return
    alignment = edition.alignment
    people = alignment.portfolio["people"]
    shared = set(people["name"][people["name"].duplicated()])  # whose a decision is, nobody knows
    for _, person in _present(alignment).sort_values("name").iterrows():
        sections = [*_of_products(edition, person["person_id"]), *(
            () if person["name"] in shared else _of_decisions(edition, person["name"]))]
        if sections:
            count = sum(things for *_, things in sections)
            yield Letter("asked", person["person_id"], person["name"], _address(person["email"]),
                         week_of(edition.day), Digest(
                f"What is asked of you this week: {formats.count(count, 'thing')}",
                f"As of {formats.day(edition.day)}.",
                tuple((heading, lines) for heading, lines, _ in sections), "",
                _page(edition, "my_product"), "your products"))


def _present(alignment: Alignment) -> pd.DataFrame:
    """The listed people who are here on the day."""
    people, day = alignment.portfolio["people"], alignment.as_of
    starts, ends = people["active_from"], people["active_to"]
    return people[(starts.isna() | (starts <= day)) & (ends.isna() | (ends >= day))]


def _address(email: object) -> str:
    return "" if formats.is_unknown(email) else str(email).strip()


def _of_products(edition: Edition, person: str) -> Iterator[_Asked]:
    """What is asked of somebody on each product that they manage."""
    alignment = edition.alignment
    theirs = alignment.managers.loc[alignment.managers["person_id"] == person, "product_id"]
    rows = alignment.products[is_in(alignment.products["product_id"], theirs)]
    for product, name in zip(rows["product_id"], rows["name"], strict=True):
        sorts = ((_check_ins(alignment, product, person), "more check-in", None),
                 (_gaps(edition, product), "more gap", None),
                 (_expectations(alignment, product), "more question of a partner",
                  "more questions of partners"))
        if things := sum(len(lines) for lines, *_ in sorts):
            yield in_a_line(str(name)), tuple(
                in_a_line(line) for sort in sorts for line in _limited(*sort)), things


def _limited(lines: list[str], more: str, several: str | None) -> list[str]:
    rest = len(lines) - _MOST
    return lines if rest <= 0 else [*lines[:_MOST], formats.count(rest, more, several)]


def _check_ins(alignment: Alignment, product: str, person: str) -> list[str]:
    """The key results of a product that are due a check-in, less those that are somebody else's."""
    rows = alignment.of_product(product, "key_results")
    due = rows[is_word(rows["freshness"], *(state for state in DUE if state != "fresh"))
               & (rows["owner_id"].isna() | (rows["owner_id"] == person))]
    return [f"Check in: {title} ("
            + (f"last on {formats.day(day)}" if pd.notna(day) else "none so far") + ")"
            for title, day in zip(due["title"], due["checked_on"], strict=True)]


def _gaps(edition: Edition, product: str) -> list[str]:
    """The critical and high gaps of a product, with the next step; none that speaks of a person."""
    found = edition.gaps.single()
    found = found[is_word(found["severity"], "critical", "high")
                  & ~found["key"].map(is_sensitive).astype(bool)]
    found = gaps_of(edition.alignment, found, pd.Series([product], dtype="str"))
    return [f"{message} {step}" for message, step in zip(
        found["message"], found["next_step"], strict=True)]


def _expectations(alignment: Alignment, product: str) -> list[str]:
    """What partners expect of a product and nobody has answered, and what it expects of them and
    they countered. METHOD §10."""
    rows = alignment.expectations
    rows = rows[(rows["product_id"] == product) & (
        ((rows["direction"] == "from_partner") & (rows["state"] == "offered"))
        | ((rows["direction"] == "to_partner") & (rows["state"] == "countered")))]
    return [f"Answer {partner}: {what}" + (f" (by {formats.day(day)})" if pd.notna(day) else "")
            for partner, what, day in zip(rows["partner"], rows["what"], rows["by_when"],
                                          strict=True)]


def _of_decisions(edition: Edition, name: str) -> Iterator[_Asked]:
    """The open decisions and to-dos of somebody that are due within a week, or were due."""
    until = edition.day + _SOON
    due: list[Decision] = [one for one in edition.open_decisions()
                           if one.owner == name and one.due and one.due <= until]
    if due:
        yield "Decisions and to-dos", tuple(_with_due(one, edition.day) for one in due), len(due)


def _page(edition: Edition, page: str) -> str:
    address = edition.alignment.portfolio.settings.address
    return f"{address}/{page}" if address else ""
