"""A calendar of what has a day: reviews, ends of cycles, and what is due. Dates only, no news: the
calendars that subscribe to it ask again only every few hours.

The same portfolio gives the same bytes: a calendar that has it already changes nothing.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from hashlib import sha256

import icalendar
import pandas as pd

from orgdata import formats
from orgdata.access.rights import Rights
from orgdata.evaluation import Evaluation
from orgdata.model.labels import HIDDEN
from orgdata.tabular.lookup import is_in

_PAST = timedelta(days=28)  # that stay in it
_AGAIN = timedelta(hours=12)  # after which a calendar is to ask again


@dataclass(frozen=True)
class Day:
    """Something that has a day: what tells it from others, its day, and the page it is on."""

    key: str
    title: str
    on: date
    page: str
    weekly: bool = False  # and every week from then on


def calendar(evaluation: Evaluation, rights: Rights) -> bytes:
    """The days of a portfolio, as it is shown by some rights, in the form of RFC 5545."""
    portfolio, stamp = evaluation.alignment.portfolio, datetime.combine(
        evaluation.alignment.as_of.date(), time(), UTC)
    made = icalendar.Calendar()
    made.add("prodid", "-//orgdata//portfolio alignment//EN")
    made.add("version", "2.0")
    made.add("x-wr-calname", "Portfolio")
    made.add("refresh-interval", _AGAIN, parameters={"value": "DURATION"})
    made.add("x-published-ttl", "PT12H")
    since = stamp.date() - _PAST
    for one in days(evaluation, rights):
        if one.on >= since:
            made.add_component(_event(one, portfolio.source, portfolio.settings.address, stamp))
    return bytes(made.to_ical())


def _event(one: Day, source: str, address: str, stamp: datetime) -> icalendar.Event:
    event = icalendar.Event()
    told = sha256(f"{source}\n{one.key}".encode("utf-8", "replace")).hexdigest()[:32]
    event.add("uid", f"{told}@orgdata")
    event.add("dtstamp", stamp)
    event.add("last-modified", stamp)
    event.add("summary", formats.plain(one.title))
    event.add("dtstart", one.on)
    event.add("dtend", one.on + timedelta(days=1))
    event.add("transp", "TRANSPARENT")  # nobody is busy because of it
    if one.weekly:
        event.add("rrule", {"freq": "weekly"})
    if address:
        event.add("url", f"{address}/{one.page}")
    return event


def days(evaluation: Evaluation, rights: Rights) -> Iterator[Day]:
    """What has a day for somebody: the portfolio's days, those of their products, and, for those of
    the meeting, reviews and decisions."""
    alignment = evaluation.alignment
    outcomes, cycles = alignment.outcomes, alignment.portfolio["cycles"]
    yield from _of(cycles, "cycle_id", "end_date", "{name} ends", "overview", "name")
    yield from _of(outcomes, "outcome_id", "due_date", "Due: {name}", "outcomes", "name")
    theirs = pd.Series(sorted(rights.theirs.products), dtype="str")
    pursued = alignment.pursued
    goals = pursued.loc[is_in(pursued["product_id"], theirs), "objective_id"]
    results = alignment.key_results
    yield from _of(results[is_in(results["objective_id"], goals)], "kr_id", "due", "Due: {name}",
                   "my_product", "title")
    asked = alignment.expectations
    asked = asked[is_in(asked["product_id"], theirs) | rights.speaks_for(asked["partner"])]
    yield from _of(asked, "expectation_id", "by_when", "Expected: {name}", "partners", "what")
    if rights.may_open("weekly_review"):
        yield from _of_the_meeting(evaluation)


def _of(rows: pd.DataFrame, key: str, column: str, title: str, page: str, name: str
        ) -> Iterator[Day]:
    """The rows that have a day in a column, and a name that is shown to who looks."""
    dated = rows[rows[column].notna() & (rows[name] != HIDDEN)]
    for one, said, on in zip(dated[key], dated[name], dated[column], strict=True):
        yield Day(f"{key}:{one}", title.format(name=said), on.date(), page)


def _of_the_meeting(evaluation: Evaluation) -> Iterator[Day]:
    day = evaluation.alignment.as_of.date()
    review = evaluation.alignment.portfolio.settings.rhythm.review
    if review is not None:
        first = day + timedelta(days=(review - day.weekday()) % 7)
        yield Day("review", "Portfolio review", first, "weekly_review", weekly=True)
    for one in evaluation.decisions:
        if one.due and one.done_on is None and one.withdrawn_at is None:
            owner = f" ({one.owner})" if one.owner else ""
            yield Day(f"decision:{one.id}", f"Due: {one.text}{owner}", one.due, "weekly_review")
