"""The digest: what it says, and that every form of it keeps to its rules, whatever a name holds."""

import html.parser
import json
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from orgdata.changes import compare
from orgdata.evaluation import Known, evaluate, judge
from orgdata.exports.digest import MOST_BLOCKS, MOST_IN_BLOCK, as_email, as_slack, as_text, digest
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
    assert said.startswith("Weekly portfolio review, 20 Nov 2026\n\n1 product newly aligned (Grow it): 1 of 1")
    for part in ("\n- Aligned products: 1 of 1", "\n\nWhat changed\n- ",
                 "- Critical: No product works on “Grow1”",
                 "- Grow first · nobody yet · by 19 Nov 2026, overdue · decision of 20 Nov 2026\n",
                 "- ✓ Done\n", "\n\nWhat we do not know\n- ", "On track, not discussed: ",
                 "Compared with: 13 Nov 2026 · Filters: none · Method: version "):
        assert part in said


def test_without_a_week_before_it_says_how_things_are():
    said = as_text(digest(_edition()[0]))
    assert "No product works on" in said
    assert "What changed" not in said
    assert "Compared with: no earlier snapshot" in said


def test_what_it_is_narrowed_to_is_said():
    edition, _ = _edition(filters="Payments", products=frozenset())
    assert "Lists show only 0 of 1 product and their gaps (Payments)." in as_text(digest(edition))


def texts(message):
    yield message["text"]
    for block in message["blocks"]:
        yield from (one["text"] for one in block.get("elements", [block.get("text")]))


@pytest.mark.parametrize(("many", "name"), [
    (1, "Grow"), (3, NASTY), (60, "&" * 300), (60, "漢" * 300), (60, "🧭" * 40)])
def test_slack_gets_what_it_takes(many, name):
    message = as_slack(digest(_compared(many, name)))
    assert json.loads(json.dumps(message)) == message
    assert 1 < len(message["blocks"]) <= MOST_BLOCKS
    for block in message["blocks"]:
        assert block["type"] in ("header", "section", "context")
        for one in block.get("elements", [block.get("text")]):
            assert (one["type"], one["emoji"]) == ("plain_text", False)
            assert 0 < len(one["text"]) <= (150 if block["type"] == "header" else MOST_IN_BLOCK)
    assert len(message["text"]) <= 12_001
    for text in texts(message):
        assert "<" not in text
        assert ">" not in text
        assert not {"&"} & {part[:1] for part in text.replace("&amp;", "").replace(
            "&lt;", "").replace("&gt;", "")}
        assert not {"\u202e", "\x07"} & set(text)


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
                                              "p", "strong", "ul", "li", "small"}
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
    lines = dict(digest(edition).sections)["Gaps"]
    assert edition.gaps.patterns
    assert lines[0].startswith(f"{edition.gaps.patterns[0].severity.capitalize()}: ")
    assert f"of {edition.gaps.patterns[0].looked_at} " in lines[0]
    assert "Marked as resolved, still found: No product works on “Grow2”" in " ".join(lines)
    assert lines[-1] == ("Accepted: 1 (next date 10 Dec 2026), marked as resolved, still found: 1.")
    assert not any("“Grow1”" in line for line in lines)


def test_nothing_open_is_said_of_what_could_be_judged():
    edition = Edition(evaluate(loaded(people=[{"person_id": "H1", "name": "Ada"}]), DAY), "tiny")
    assert dict(digest(edition).sections)["Gaps"] == (
        f"Nothing critical or high is open in what could be judged ({edition.gaps.evaluated} of "
        f"{edition.gaps.evaluable} rules).",)
