"""Decisions in every document: their kind, gap and moved dates, and those that were withdrawn."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from orgdata.changes import compare
from orgdata.exports.deck import deck
from orgdata.exports.digest import digest
from orgdata.exports.weekly_pack import pack_markdown
from orgdata.exports.workbook import workbook
from orgdata.gaps import find_gaps
from orgdata.store import Decision
from tests.builders import DAY, HALFWAY, aligned
from tests.exports.editions import tiny
from tests.exports.test_deck import about, cells, notes
from tests.exports.test_workbook import table

AT = datetime(2026, 11, 18, 9, tzinfo=UTC)
TABLES = {"outcomes": "O1", "products": "P1", "key_results": "K1 J1", "objectives": "J1"}
MADE = [Decision("tiny", "Find a product", DAY, "Ada", AT, owner="Bo", due=date(2026, 11, 19),
                 gap_key="OUT01:O1", moved_from=(date(2026, 11, 6), None)),
        Decision("tiny", "Keep the guardrail", DAY, "Ada", AT, kind="todo", gap_key="PRG06:K9"),
        Decision("tiny", "Ask legal", DAY, "Ada", AT, withdrawn="It stands twice",
                 withdrawn_by="Bo", withdrawn_at=AT),
        Decision("tiny", "Ask long ago", DAY, "Ada", AT, withdrawn="Old", withdrawn_by="Bo",
                 withdrawn_at=datetime(2026, 11, 2, tzinfo=UTC))]


def edition():
    """One open decision past its date, one about what is gone, one withdrawn, one long before."""
    before = aligned(as_of=date(2026, 11, 13), **TABLES)
    now = tiny(decisions=MADE, **TABLES)
    return replace(now, changes=compare(before, find_gaps(before), now.alignment, now.gaps))


@pytest.mark.parametrize("said", [
    "by 19 Nov 2026, overdue, moved from 6 Nov 2026 and no date", "decision of 20 Nov 2026",
    "About: No product works on “O1”", "to-do of 20 Nov 2026",
    "About: guardrail broken, which is no longer found: its key result is gone",
    "withdrawn on 18 Nov 2026, says Bo: It stands twice"])
def test_the_pack_says_it(said):
    document = pack_markdown(edition()).decode()
    assert said in document.replace("\\", "").replace("**", "")
    assert "Ask long ago" not in document


def test_the_digest_says_what_is_overdue():
    assert dict(digest(edition()).sections)["Overdue"] == (
        "Find a product (Bo, by 19 Nov 2026, overdue, moved from 6 Nov 2026 and no date)",)


def test_the_deck_and_the_workbook_say_it():
    slide = about(deck(edition()), "Decisions and to-dos")
    first, second, third = cells(slide)[1:]
    assert first[1:5] == ["decision", "No product works on “O1”: none names it and none has an "
                          "objective for it.", "Bo", "19 Nov 2026 (was 6 Nov 2026 and no date)"]
    assert second[1:3] == ["to-do", "guardrail broken, which is no longer found: its key result "
                           "is gone"]
    assert third[5] == "✕ withdrawn: It stands twice"
    assert "says Bo: It stands twice" in notes(slide)
    rows = table(workbook(edition()), "Decisions").set_index("What")
    assert rows.loc["Find a product", "Moved from"] == "6 Nov 2026, no date"
    assert rows.loc["Keep the guardrail", "About"].endswith("its key result is gone")
    assert rows.loc["Ask legal", "Withdrawn because"].endswith("says Bo: It stands twice")


def test_a_filter_leaves_those_about_other_products():
    """A gap that is no longer found belongs to the product of its key result or goal still."""
    tables = {"outcomes": "O1", "products": "P1 | P2",
              "objectives": f"J1 product_id=P1 {HALFWAY} | J2 product_id=P2 {HALFWAY}",
              "key_results": "K1 J1 | K2 J2"}
    about_gaps = ["", "OUT01:O1", "OWN01:P1", "OWN01:P2", "PRG06:K1", "PRG06:K2", "PRG06:K9",
                  "OBJ04:product:P1", "OBJ04:objective:J2", "GOV01:decision:3", "GOV02:PRD02:P1"]
    made = [Decision("tiny", key or "none", DAY, "Ada", AT, gap_key=key or None)
            for key in about_gaps]
    whole = tiny(decisions=made, **tables)
    narrowed = replace(whole, products=frozenset({"P1"}), filters="Payments")
    assert [decision.text for decision in narrowed.open_decisions()] == [
        "none", "OWN01:P1", "PRG06:K1", "OBJ04:product:P1", "GOV01:decision:3", "GOV02:PRD02:P1"]
    assert table(workbook(narrowed), "Decisions")["What"].tolist() == [
        decision.text for decision in narrowed.open_decisions()]
    assert len(whole.open_decisions()) == len(made)
