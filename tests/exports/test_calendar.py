"""The calendar, read back by a parser: days only, the same bytes for the same portfolio."""

from datetime import UTC, date, datetime, timedelta

import icalendar
import pytest

from orgdata.access import shown
from orgdata.access.rights import OPEN, Rights, Theirs
from orgdata.evaluation import Known, judge
from orgdata.exports.calendar import calendar
from orgdata.model.rhythm import Rhythm
from orgdata.store import Decision
from tests.builders import DAY, HALFWAY, aligned

PM = Rights(frozenset({"pm"}), Theirs(products=frozenset({"P1"})))
TABLES = {
    "outcomes": "O1 name='Win; <b>Japan</b>, \\n' due_date=2026-12-31 | O2 name=Trust | O3 due_date=2026-01-01",
    "products": "P1 | P2", "cycles": "C1 2026-10-01 2026-12-31 name=Q4",
    "objectives": f"J1 product_id=P1 {HALFWAY} | J2 product_id=P2 {HALFWAY}",
    "key_results": "K1 J1 title=Shops due_date=2026-12-01 | K2 J2 title=Trucks",
    "expectations": "E1 P1 sales what=Prices by_when=2026-12-05 | E2 P2 sales what=Maps by_when=2026-12-06"}


def evaluation(**more):
    alignment = aligned(**TABLES)
    settings = alignment.portfolio.settings
    for name, value in more.items():
        object.__setattr__(settings, name, value)
    decisions = tuple(Decision("tiny", text, DAY, "Ada", datetime(2026, 11, 20, tzinfo=UTC), owner=owner,
                               due=due, done_on=done, id=number)
                      for number, (text, owner, due, done) in enumerate((
                          ("Hire", "Bo", date(2026, 11, 27), None), ("Done", None, date(2026, 11, 27), DAY),
                          ("No date", None, None, None)), 1))
    return judge(alignment, Known(decisions=decisions))


def events(rights=OPEN, **more):
    made = icalendar.Calendar.from_ical(calendar(evaluation(**more), rights))
    return {str(one["summary"]): one for one in made.walk("VEVENT")}


def test_the_portfolios_days_are_in_it_and_each_is_a_whole_day():
    found = events()
    assert set(found) == {"Q4 ends", "Due: Win; <b>Japan</b>, \\n", "Due: Hire (Bo)"}
    one = found["Q4 ends"]
    assert (one.decoded("dtstart"), one.decoded("dtend")) == (date(2026, 12, 31), date(2027, 1, 1))
    assert one["transp"] == "TRANSPARENT"
    assert "url" not in one


def test_a_product_manager_has_the_days_of_their_products_and_no_decision():
    assert set(events(PM)) == {"Q4 ends", "Due: Win; <b>Japan</b>, \\n", "Due: Shops", "Expected: Prices"}


def test_a_partner_has_what_is_expected_of_their_function():
    partner = Rights(frozenset({"partner"}), functions=frozenset({"Sales"}))
    assert {one for one in events(partner) if one.startswith("Expected")} == {
        "Expected: Prices", "Expected: Maps"}


def test_the_review_comes_every_week():
    one = events(rhythm=Rhythm(review=1), address="https://x.example")["Portfolio review"]
    assert one.decoded("dtstart") == date(2026, 11, 24)
    assert one["rrule"] == {"FREQ": ["WEEKLY"]}
    assert one["url"] == "https://x.example/weekly_review"


def test_the_same_portfolio_gives_the_same_bytes():
    assert calendar(evaluation(), OPEN) == calendar(evaluation(), OPEN)
    first, again = events(), events()
    assert [one["uid"] for one in first.values()] == [one["uid"] for one in again.values()]
    assert len({one["uid"] for one in first.values()}) == len(first)


@pytest.mark.parametrize("line", calendar(evaluation(), OPEN).split(b"\r\n"))
def test_every_line_is_folded(line):
    assert len(line) <= 75


def test_it_asks_to_be_read_again():
    made = icalendar.Calendar.from_ical(calendar(evaluation(), OPEN))
    assert made.decoded("refresh-interval") == timedelta(hours=12)


def test_no_sign_that_is_not_seen_gets_into_a_title():
    alignment = aligned(outcomes=[{"outcome_id": "O1", "name": "Win\x07 \u202eJapan", "due_date": "2026-12-31"}])
    made = icalendar.Calendar.from_ical(calendar(judge(alignment, Known()), OPEN))
    assert [str(one["summary"]) for one in made.walk("VEVENT")] == ["Due: Win Japan"]


def test_what_is_not_shown_has_no_day():
    """A key result of another product in an objective that two pursue."""
    alignment = aligned(**TABLES | {
        "objectives": f"J1 product_id=P1 {HALFWAY}", "objective_products": "J1 P2",
        "key_results": "K1 J1 title=Shops product_id=P1 | K2 J1 title=Trucks product_id=P2"})
    seen = shown(judge(alignment, Known()), PM)
    titles = [str(one["summary"]) for one in icalendar.Calendar.from_ical(calendar(seen, PM)).walk("VEVENT")]
    assert "Due: Shops" in titles
    assert not any("shown" in one or "Trucks" in one for one in titles)
