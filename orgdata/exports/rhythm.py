"""Letters of the week: what is asked of each person, what the review will be about, and what it
decided. Nobody is compared with anybody, and who is asked for nothing gets no letter.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

import pandas as pd

from orgdata import formats
from orgdata.access.identity import in_one_spelling
from orgdata.access.letter_links import Links, Sent, Signer
from orgdata.exports import asked
from orgdata.exports.asked import Section, with_due
from orgdata.exports.digest import Digest, digest, in_a_line
from orgdata.exports.edition import Edition
from orgdata.measures import Alignment
from orgdata.model.rhythm import Rhythm
from orgdata.views.rewording import saying

Kind = Literal["asked", "before", "after"]
MEETING = ""  # in place of a person: those who are told of the review
_Linked = list[tuple[Section, Sent]]  # what is asked, and of whom, as links are signed


@dataclass(frozen=True)
class Letter:
    """A letter to one person, to one function (or to those of the meeting), of which there is one
    of a kind in a week."""

    kind: Kind
    person: str  # their id; of a function the address that the settings name
    name: str
    to: str  # their address; "" where none is known
    week: str  # 2026-W48
    content: Digest


def letters(edition: Edition, rhythm: Rhythm, signer: Signer | None = None) -> list[Letter]:
    """The letters of a day, none in a quiet week: first those about the review, then one for each
    person of whom something is asked, by name, then those for functions. Each thing that is asked
    has a link to its form, which a signer signs."""
    if rhythm.is_quiet(edition.day):
        return []
    with saying(edition.rewording):
        return [*_of_the_review(edition.as_leadership_sees_it(), rhythm),
                *_asked(edition, rhythm, signer)]


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
    since = edition.day - asked.SOON
    made = [one for one in edition.decisions
            if since < one.made_on <= edition.day and one.withdrawn_at is None]
    owners = dict.fromkeys(one.owner or "Nobody yet" for one in made)
    return tuple((in_a_line(owner), tuple(
        with_due(edition, one) for one in made if (one.owner or "Nobody yet") == owner))
        for owner in owners)


def _asked(edition: Edition, rhythm: Rhythm, signer: Signer | None) -> Iterator[Letter]:
    """What is asked of each person on the day for it, by product, and below it what is asked of
    the functions whose address is theirs; then what is asked of other functions."""
    if edition.day.weekday() != rhythm.asked:
        return
    settings = edition.alignment.portfolio.settings
    links = Links(settings.address, edition.day, signer)
    of_functions = _of_functions(edition, rhythm)
    people = edition.alignment.portfolio["people"]
    shared = set(people["name"][people["name"].duplicated()])  # whose a decision is, nobody knows
    for _, person in _present(edition.alignment).sort_values("name").iterrows():
        name, to = person["name"], _address(person["email"])
        theirs = asked.of_person(edition, person["person_id"], "" if name in shared else name)
        _, more = of_functions.pop(to.casefold(), ("", []))
        if linked := [*((one, Sent(person=person["person_id"])) for one in theirs), *more]:
            yield Letter("asked", person["person_id"], name, to, week_of(edition.day),
                         _content(edition, links, linked, "my_product", "your products"))
    for to, linked in of_functions.values():
        yield Letter("asked", f"function {to.casefold()}", to, to, week_of(edition.day),
                     _content(edition, links, linked, "partners", "what is expected"))


def _of_functions(edition: Edition, rhythm: Rhythm) -> dict[str, tuple[str, _Linked]]:
    """What is asked of the functions that the settings name, by their address in one spelling:
    nobody gets two letters because they speak for two."""
    found = dict[str, tuple[str, _Linked]]()
    for function, address in rhythm.partners:
        if sections := asked.of_function(edition, function):
            found.setdefault(address.casefold(), (address, []))[1].extend(
                (one, Sent(function=function)) for one in sections)
    return found


def _content(edition: Edition, links: Links, linked: _Linked, page: str, opens: str) -> Digest:
    count = sum(one.things for one, _ in linked)
    return Digest(
        f"What is asked of you this week: {formats.count(count, 'thing')}",
        f"As of {formats.day(edition.day)}.{_about_links(links)}",
        tuple((one.heading, tuple(ask.line for ask in one.asks)) for one, _ in linked), "",
        _page(edition, page), opens,
        tuple(tuple(links.to(ask.form, sent) for ask in one.asks) for one, sent in linked))


def _about_links(links: Links) -> str:
    """What is to be known of signed links, where there are any."""
    if not (links.address and links.signer):
        return ""
    return (f" The links are for you, and count until {formats.day(links.until)}. To open one "
            "changes nothing.")


def _present(alignment: Alignment) -> pd.DataFrame:
    """The listed people who are here on the day."""
    people, day = alignment.portfolio["people"], alignment.as_of
    starts, ends = people["active_from"], people["active_to"]
    return people[(starts.isna() | (starts <= day)) & (ends.isna() | (ends >= day))]


def _address(email: object) -> str:
    """An address to write to; "" for what can be none: in a header it would begin another one."""
    return str(email).strip() if in_one_spelling(email) else ""


def _page(edition: Edition, page: str) -> str:
    address = edition.alignment.portfolio.settings.address
    return f"{address}/{page}" if address else ""
