"""The digest: what it says, and that every form of it keeps to its rules, whatever a name holds."""

import html.parser
import json
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from orgdata.changes import compare
from orgdata.evaluation import Known, evaluate, judge
from orgdata.exports.digest import MOST_WORDS, as_email, as_slack, as_text, digest
from orgdata.exports.edition import Edition
from orgdata.gaps import find_gaps
from orgdata.model.history import History
from orgdata.store import Decision
from tests.builders import DAY, aligned, loaded

AT = datetime(2026, 11, 20, 9, tzinfo=UTC)
NASTY = "<!channel> <script>alert(1)</script> &amp; *b* _i_ `c` ~s~ :smile: \u202e \x07 \" ' =1+1 "


def _edition(many=3, name="Grow", **more):
    tables = {"outcomes": [{"outcome_id": f"O{n}", "name": f"{name}{n}", "tier": "1"}
                           for n in range(many)],
              "products": [{"product_id": "P0", "name": f"{name} it"}],
              "contributions": [{"product_id": "P0", "outcome_id": "O0"}],
              "objectives": "J0 product_id=P0 outcome_id=O0", "key_results": "K0 J0 target=5"}
    return Edition(evaluate(loaded(**tables), DAY), "tiny", **more), tables


def _compared(many=3, name="Grow"):
    edition, tables = _edition(many, name)
    before = aligned(as_of=date(2026, 11, 13), **{**tables, "key_results": "K0 J0"})
    changes = compare(before, find_gaps(before), edition.alignment, edition.gaps)
    said = [Decision("tiny", f"{name} first", DAY, "Ada", AT, owner=None, due=date(2026, 11, 19)),
            Decision("tiny", "Done", DAY, "Ada", AT, done_on=date(2026, 11, 18))]
    known = Known(history=History.of(), decisions=tuple(said))
    return Edition(replace(edition.evaluation, known=known), "tiny", changes)


def test_what_it_says():
    said = as_text(digest(_compared()))
    assert said == """Weekly portfolio review, 20 Nov 2026

1 product newly aligned (Grow it): 1 of 1 aligned, before 0 of 1. Outcome coverage 16.7 % → 33.3 %: +16.6 points from edits.

Needs a decision
- Outcome not covered: Grow1 (Head of product)
- Outcome not covered: Grow2 (Head of product)
- Cannot be measured: K0 (Head of product)

Changed since 13 Nov 2026
- Outcomes: “Grow0” weak → covered.
- Links: 1 backed by OKRs now.
- Goalposts: 1 set.

Overdue
- Grow first (nobody yet, by 19 Nov 2026, overdue)

Not known: 1 key result without a status and 31 checks for want of data.
"""


def test_without_a_week_before_it_says_how_things_are():
    said = as_text(digest(_edition()[0]))
    assert "No product works on" in said
    assert "Changed" not in said


def test_what_it_is_narrowed_to_is_said():
    edition, _ = _edition(filters="Payments", products=frozenset())
    said = digest(edition)
    assert said.rest.startswith("Nothing critical or high is among the gaps listed.")
    assert "Lists show Payments only." in said.rest


def test_it_links_to_the_review_where_the_settings_say_where_that_is():
    edition, _ = _edition()
    portfolio = edition.alignment.portfolio
    settings = replace(portfolio.settings, address="https://dashboard.example/board")
    linked = Edition(evaluate(replace(portfolio, settings=settings), DAY), "tiny")
    address = "https://dashboard.example/board/weekly_review?as_of=2026-11-20"
    assert as_text(digest(linked)).endswith(f"\n\n{address}\n")
    assert f'href="{address}"' in as_email(digest(linked)).html
    assert {"type": "link", "url": address, "text": "Open the weekly review"} in elements(
        as_slack(digest(linked)))
    assert "http" not in str(as_slack(digest(edition)))


def elements(message):
    """The texts and links of the rich text."""
    for part in message["blocks"][1]["elements"]:
        sections = part["elements"] if part["type"] == "rich_text_list" else [part]
        assert {section["type"] for section in sections} == {"rich_text_section"}
        yield from (one for section in sections for one in section["elements"])


LONG = [(1, "Grow"), (3, NASTY), (60, "&" * 300), (60, "漢" * 300), (60, "🧭" * 40), (9, "a " * 200)]


@pytest.mark.parametrize(("many", "name"), LONG)
def test_slack_gets_what_it_takes(many, name):
    message = as_slack(digest(_compared(many, name)))
    assert json.loads(json.dumps(message)) == message
    header, body = message["blocks"]
    assert (header["type"], header["text"]["type"], body["type"]) == (
        "header", "plain_text", "rich_text")
    texts = [one["text"] for one in elements(message)]
    assert all(0 < len(text) <= 301 for text in texts)
    assert len(message["text"]) <= 12_000
    for text in (message["text"], header["text"]["text"]):
        assert not set("<>") & set(text)
        assert not {"&"} & {part[:1] for part in text.replace("&amp;", "").replace(
            "&lt;", "").replace("&gt;", "")}
    assert not {"\u202e", "\x07"} & set("".join(texts) + message["text"])


@pytest.mark.parametrize(("many", "name"), LONG)
def test_it_has_at_most_120_words(many, name):
    for edition in (_compared(many, name), _edition(many, name, filters=name * 9,
                                                    products=frozenset())[0]):
        said = digest(edition)
        assert len(as_text(replace(said, address="")).replace("\n- ", "\n").split()) <= MOST_WORDS


def test_what_has_no_room_is_counted():
    said = digest(_compared(9, "Grow whatever there is to grow in this long and windy name of ours "))
    asks = dict(said.sections)["Needs a decision"]
    assert 0 < len(asks) < 3
    assert f"{9 - len(asks)} more to decide and 1 overdue decision." in said.rest


class Tags(html.parser.HTMLParser):
    def __init__(self):
        super().__init__()
        self.tags = set()

    def handle_starttag(self, tag, attrs):
        self.tags.add((tag, *attrs))


def test_a_letter_holds_no_tag_of_the_data():
    one = as_email(digest(_compared(3, NASTY)))
    assert "\n" not in one.subject
    found = Tags()
    found.feed(one.html)
    assert {tag[0] for tag in found.tags} == {"html", "head", "meta", "title", "body", "h1", "h2",
                                              "p", "strong", "ul", "li"}
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in one.html
    assert "<script>alert(1)</script>" in one.text


def test_the_same_edition_gives_the_same_digest():
    first, second = (digest(_compared()) for _ in range(2))
    assert (first, as_slack(first), as_email(first)) == (second, as_slack(second), as_email(second))


def test_what_needs_a_decision_opens_with_patterns_and_ends_with_what_was_settled():
    edition, _ = _edition(12)
    states = [{"key": "OUT01:O1", "state": "accepted", "until": date(2026, 12, 10), "reason": "x"},
              {"key": "OUT01:O2", "state": "resolved", "reason": "x"}]
    known = Known(history=History.of(states=states))
    edition = Edition(judge(edition.alignment, known), "tiny")
    said = digest(edition)
    lines = dict(said.sections)["Needs a decision"]
    assert edition.gaps.patterns
    assert f": {edition.gaps.patterns[0].count} of {edition.gaps.patterns[0].looked_at} " in lines[0]
    assert "Accepted: 1 (next date 10 Dec 2026), marked as resolved, still found: 1." in said.rest
    assert not any("Grow1 " in line or "Grow2 " in line for line in lines)


def test_nothing_open_is_said_of_what_could_be_judged():
    edition = Edition(evaluate(loaded(people=[{"person_id": "H1", "name": "Ada"}]), DAY), "tiny")
    said = digest(edition)
    assert said.sections == ()
    assert said.rest.startswith("Nothing critical or high is open in what could be judged "
                                f"({edition.gaps.evaluated} of {edition.gaps.evaluable} rules).")
