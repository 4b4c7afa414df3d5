"""Texts of the data do nothing in what was added last: new bets, work, partner sheets, letters, calendar."""

from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache
from html.parser import HTMLParser

import icalendar
import pytest

from orgdata.access.rights import OPEN
from orgdata.evaluation import Known, evaluate
from orgdata.exports.calendar import calendar
from orgdata.exports.deck import deck
from orgdata.exports.digest import as_email, as_slack, as_text
from orgdata.exports.edition import Edition
from orgdata.exports.offsite import offsite_html, offsite_markdown
from orgdata.exports.partner_sheet import partners_html, partners_markdown, partners_pdf
from orgdata.exports.rhythm import letters
from orgdata.exports.send import MailServer, mail_message
from orgdata.exports.workbook import workbook
from orgdata.model.rhythm import Rhythm
from orgdata.store import Decision
from tests.builders import DAY, HALFWAY, loaded
from tests.exports.office import parts
from tests.exports.reading import HOSTILE, read_html, read_markdown, read_pdf

TEXTS = [(at, one) for at, one in enumerate((*HOSTILE, "a\r\nATTENDEE:mailto:eve@x.example", "a\u2028BEGIN:VEVENT",
                                             "@SUM(1+1)", "\t=1+1")) if one.strip()]
SERVER = MailServer.from_url("smtp://127.0.0.1:25?from=portfolio@x.example&to=leaders@x.example")


@cache
def edition():
    """A portfolio with these texts wherever ideas, work, expectations and decisions have any."""
    start, end = (part.split("=")[1] for part in HALFWAY.split())
    known = Known(decisions=tuple(
        Decision("tiny", one, DAY, "Ada", datetime(2026, 11, 20, tzinfo=UTC), owner=one, due=DAY, id=at)
        for at, one in TEXTS))
    portfolio = loaded(
        people=[{"person_id": "H1", "name": HOSTILE[0], "email": "ada@x.example"}],
        products=[{"product_id": f"P{at}", "name": one} for at, one in TEXTS], contributions="P0 O0",
        assignments=[{"product_id": f"P{at}", "person_id": "H1", "role": "accountable"} for at, _ in TEXTS],
        outcomes=[{"outcome_id": f"O{at}", "name": one, "unit": one, "metric": one, "baseline": "1", "target": "3",
                   "current": "2", "due_date": "2026-12-31", "weight": str(99 - at)} for at, one in TEXTS],
        ideas=[{"idea_id": f"B{at}{of}", "name": one, "outcome_id": f"O{at}", "description": one, "asked_by": one,
                "effect_likely": "1", "effort_likely": "3", "confidence_pct": "50"} for at, one in TEXTS for of in "ab"],
        work=[{"work_id": f"W{at}", "product_id": f"P{at}", "done_on": "2026-11-10", "kind": "request",
               "asked_by": one} for at, one in TEXTS],
        expectations=[{"expectation_id": f"X{at}", "product_id": f"P{at}", "partner": one, "what": one, "note": one,
                       "by_when": "2026-12-01"} for at, one in TEXTS],
        objectives=[{"objective_id": f"J{at}", "title": one, "product_id": f"P{at}", "start_date": start,
                     "end_date": end} for at, one in TEXTS],
        key_results=[{"kr_id": f"K{at}", "objective_id": f"J{at}", "title": one} for at, one in TEXTS],
        cycles=[{"cycle_id": f"C{at}", "name": one, "start_date": start, "end_date": end} for at, one in TEXTS])
    return Edition(replace(evaluate(portfolio, DAY), known=known), HOSTILE[0], filters=HOSTILE[3])


@pytest.mark.parametrize(("make", "read"), [
    (offsite_html, read_html), (offsite_markdown, read_markdown), (lambda one: partners_html(one, ""), read_html),
    (lambda one: partners_markdown(one, ""), read_markdown), (lambda one: partners_pdf(one, ""), lambda made: str(
        read_pdf(made)))], ids=["offsite.html", "offsite.md", "partners.html", "partners.md", "partners.pdf"])
def test_documents(make, read):
    said = read(make(edition()))
    assert "alert(1)" in said


def test_slides_and_workbook():
    for content in (deck(edition()), workbook(edition())):
        for name, part in parts(content).items():
            inside = parts(part) if name.endswith(".xlsx") else {name: part}
            assert not any(b"<f>" in one or b"<f " in one for one in inside.values())
            if name.endswith(".rels"):
                assert b"example.com" not in part
                assert b"javascript" not in part


class _Tags(HTMLParser):
    found: set[str]

    def handle_starttag(self, tag, attrs):
        self.found.add(tag)
        assert not [value for name, value in attrs if name not in ("lang", "charset", "href")]


def test_letters():
    found = letters(replace(edition(), evaluation=evaluate(edition().alignment.portfolio, date(2026, 11, 16))),
                    Rhythm(0, 1))
    found += letters(edition(), Rhythm(4, 3))
    assert {one.kind for one in found} == {"asked", "before", "after"}
    for letter in found:
        email, tags = as_email(letter.content), _Tags()
        tags.found = set()
        tags.feed(email.html)
        assert tags.found <= set("html head meta title body h1 h2 p strong ul li a".split())
        message = mail_message(email, SERVER, datetime(2026, 11, 20, tzinfo=UTC))
        assert [str(one) for one in message.get_all("To")] == ["leaders@x.example"]
        assert not {"Bcc", "Cc"} & set(message.keys())
        assert as_text(letter.content).isascii() or bytes(message)
        assert not [one for one in as_slack(letter.content)["blocks"] if one["type"] not in ("header", "rich_text")]


def test_calendar():
    made = icalendar.Calendar.from_ical(calendar(edition().evaluation, OPEN))
    events = made.walk("VEVENT")
    assert len(events) == sum(one.name == "VEVENT" for one in made.subcomponents)
    assert {name for one in events for name in one} == {
        "UID", "DTSTAMP", "LAST-MODIFIED", "SUMMARY", "DTSTART", "DTEND", "TRANSP"}
    assert not any(sign in str(one["summary"]) for one in events for sign in "\r\n\x85\u2028\u202e\x1b")
