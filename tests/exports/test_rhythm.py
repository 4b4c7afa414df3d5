"""The letters of the week: each person is asked only for what is theirs, and nobody for nothing."""

from dataclasses import replace
from datetime import UTC, date, datetime
from urllib.parse import parse_qs, urlsplit

import pytest

from orgdata.access.letter_links import FORMS, PARAM, Form, Sent, Signer
from orgdata.changes import compare
from orgdata.evaluation import Known, judge
from orgdata.exports.digest import as_email, as_slack, as_text, digest
from orgdata.exports.edition import Edition
from orgdata.exports.rhythm import MEETING, letters, week_of
from orgdata.model.rhythm import Rhythm
from orgdata.store import Decision
from tests.builders import HALFWAY, aligned

MONDAY, TUESDAY = date(2026, 11, 16), date(2026, 11, 17)
TABLES = {
    "people": "H1 name=Ada email=ada@x.example | H2 name=Bo email=bo@x.example "
              "| H3 name=Cy | H4 name=Di email=di@x.example active_to=2026-11-01",
    "products": "P1 name=Pay | P2 name=Ship | P3 name=Old",
    "assignments": "P1 H1 accountable | P2 H3 accountable | P3 H4 accountable",
    "objectives": f"J1 product_id=P1 {HALFWAY} | J2 product_id=P2 {HALFWAY}",
    "key_results": "K1 J1 title='Ten shops' kr_type=increase baseline=0 target=10 "
                   "| K2 J1 owner_id=H2 | K3 J2",
    "check_ins": "K1 2026-10-20 9",
    "expectations": "E1 P1 sales what='A price list' by_when=2026-12-01 "  # Sales expects it of Pay
                    "| E2 P1 legal direction=to_partner state=countered | E3 P1 data direction=to_partner "
                    "| E4 P1 data state=accepted"}
RHYTHM = Rhythm(0, 2)  # Mondays; the review is on Wednesdays


def decision(text="Call the bank", owner="Ada", made_on=MONDAY, due=TUESDAY, **more):
    return Decision("tiny", text, made_on, "Ada", datetime(2026, 11, 16, tzinfo=UTC), owner=owner,
                    due=due, **more)


def edition(day=MONDAY, decisions=(), **tables):
    known = Known(decisions=tuple(decisions))
    return Edition(judge(aligned(as_of=day, **(tables or TABLES)), known), "tiny")


def written(day=MONDAY, decisions=(), rhythm=RHYTHM, **tables):
    return letters(edition(day, decisions, **tables), rhythm)


def test_somebody_is_asked_for_their_check_ins_gaps_and_answers_by_product():
    ada, cy = written()
    assert (ada.kind, ada.person, ada.to, ada.week) == ("asked", "H1", "ada@x.example", "2026-W47")
    (product, lines), = ada.content.sections
    assert product == "Pay"
    assert lines[0] == "Check in: Ten shops (last on 20 Oct 2026)"
    assert "Answer sales: A price list (by 1 Dec 2026)" in lines
    assert "Answer legal: E2" in lines
    assert not any("E3" in line or "E4" in line or "K2" in line for line in lines)
    assert ada.content.title == f"What is asked of you this week: {len(lines)} things"
    assert (cy.name, cy.to) == ("Cy", "")  # whoever has no address is still named


def test_who_left_and_who_is_asked_for_nothing_get_none():
    assert {one.name for one in written()} == {"Ada", "Cy"}
    assert written(people="H1 name=Ada email=ada@x.example", products="P1",
                   assignments="P1 H1 accountable") == []


def test_only_on_the_day_for_it_and_never_in_a_quiet_week():
    assert written(day=date(2026, 11, 20)) == []
    assert written(rhythm=replace(RHYTHM, quiet=frozenset({date(2026, 11, 19)}))) == []


def test_decisions_that_are_due_are_asked_of_their_owner():
    ada, *_ = written(decisions=[
        decision(), decision("Later", due=date(2026, 12, 24)), decision("No date", due=None),
        decision("Done", done_on=MONDAY), decision("Of another", owner="Bo")])
    assert ada.content.sections[-1] == (
        "Decisions and to-dos", ("Call the bank (by 17 Nov 2026)",))


def test_a_long_list_is_counted():
    results = " | ".join(f"K{n} J1" for n in range(8))
    ada, = written(people="H1 name=Ada email=a@x.example", products="P1",
                   assignments="P1 H1 accountable", objectives=f"J1 product_id=P1 {HALFWAY}",
                   key_results=results, check_ins="K0 2026-11-16 1")
    lines = ada.content.sections[0][1]
    assert [line for line in lines if "check-in" in line.lower()][-1] == "2 more check-ins"
    assert not any("more gap" in line for line in lines)
    assert ada.content.title == f"What is asked of you this week: {len(lines) - 1 + 2} things"


def test_a_letter_keeps_its_lines_whatever_a_text_holds():
    forged = "Ship\n\nNeeds a decision\n- Pay \u202e" + "x" * 500
    ada, *_ = written(decisions=[decision(forged)], **TABLES | {
        "products": [{"product_id": "P1", "name": forged}],
        "key_results": [{"kr_id": "K1", "objective_id": "J1", "title": forged}]})
    after, = written(day=date(2026, 11, 19), decisions=[
        decision(forged, forged, date(2026, 11, 18))])
    for heading, lines in (*ada.content.sections, *after.content.sections):
        assert all(one.isprintable() and len(one) <= 300 for one in (heading, *lines))


@pytest.mark.parametrize("email", ["ada@x.example\u2028Bcc: eve@x.example", "ada\x85@x.example", "a" * 300 + "@x",
                                   "ada\u202e@x.example"])
def test_what_can_be_no_address_is_written_to_by_nobody(email):
    people = [{"person_id": "H1", "name": "Ada", "email": email},
              {"person_id": "H2", "name": "Bo", "email": " Bo@x.example "}]
    found = written(**TABLES | {"people": people, "assignments": "P1 H1 accountable | P2 H2 accountable"})
    assert [(one.name, one.to) for one in found] == [("Ada", ""), ("Bo", "Bo@x.example")]


def test_what_is_decided_for_a_name_that_two_have_is_asked_of_neither():
    both = TABLES["people"].replace("name=Cy", "name=Ada email=cy@x.example")
    found = written(decisions=[decision()], **TABLES | {"people": both})
    assert [one.person for one in found] == ["H1", "H3"]
    assert "Call the bank" not in str(found)


def test_findings_that_speak_of_a_person_are_in_no_letter():
    found = edition(**TABLES | {"objectives": f"J1 product_id=P1 owner_id=H2 {HALFWAY}"})
    assert "OWN07:J1" in set(found.gaps.rows["key"])
    said = str([one.content for one in letters(found, RHYTHM)])
    assert "Check in" in said
    assert "not on the product" not in said


def test_the_meeting_is_told_nothing_of_a_person():
    tables = TABLES | {"assignments": "P1 H2 accountable allocation_pct=170 | P2 H2 deputy"}
    about = [decision("Relieve her", gap_key=key, made_on=date(2026, 11, 18), due=MONDAY)
             for key in ("OWN04:H2", "GOV01:OWN04:H2")]
    now = edition(date(2026, 11, 24), about, **tables)
    assert "OWN04:H2" in set(now.gaps.rows["key"])
    was = edition(TUESDAY, **TABLES)
    now = replace(now, changes=compare(was.alignment, was.gaps, now.alignment, now.gaps))
    before, = (one for one in letters(now, RHYTHM) if one.person == MEETING)
    for said in (str(before.content), str(digest(now))):
        assert "ver-allocated" not in said
        assert "allocated at" not in said
        assert "Relieve her" not in said
    assert "Relieve her" in str(now.decisions)
    after = [one for one in written(date(2026, 11, 19), about, **tables) if one.person == MEETING]
    assert not after


def test_the_meeting_hears_the_day_before_it_and_the_day_after():
    before, *_ = [one for one in written(day=TUESDAY) if one.person == MEETING]
    assert before.content.title == "Tomorrow's portfolio review, 18 Nov 2026"
    assert before.content.answer
    after, = written(day=date(2026, 11, 19), decisions=[
        decision(made_on=date(2026, 11, 18)), decision("Hire", None, date(2026, 11, 18), None),
        decision("Old", made_on=date(2026, 11, 12))])
    assert after.content.title == "Decided in the week of the portfolio review of 18 Nov 2026"
    assert after.content.sections == (
        ("Ada", ("Call the bank (by 17 Nov 2026, overdue)",)), ("Nobody yet", ("Hire (no date)",)))
    assert written(day=date(2026, 11, 19)) == []  # nothing was decided
    assert written(day=TUESDAY, rhythm=Rhythm()) == []  # nobody said when the review is


@pytest.mark.parametrize(("day", "week"), [
    (date(2026, 12, 31), "2026-W53"), (date(2027, 1, 3), "2026-W53"), (date(2027, 1, 4), "2027-W01")])
def test_weeks_are_those_of_iso(day, week):
    assert week_of(day) == week


# -- links to forms --------------------------------------------------------------------------------

SIGNER = Signer("s" * 32, "tiny")


def at_home(edition, address="https://x.example", **more):
    """An edition whose settings say where its dashboard is."""
    for name, value in {"address": address, **more}.items():
        object.__setattr__(edition.alignment.portfolio.settings, name, value)
    return edition


def linked(letter):
    """The lines of a letter that have a link, each with its page and query."""
    return {line: (urlsplit(to).path, {name: one for name, (one,) in parse_qs(urlsplit(to).query).items()})
            for _, lines in letter.content.linked() for line, to in lines if to}


def test_each_thing_has_a_link_to_the_form_that_settles_it():
    ada, *_ = letters(at_home(edition(decisions=[decision(id=7)])), RHYTHM)
    found = linked(ada)
    assert found["Check in: Ten shops (last on 20 Oct 2026)"] == (
        "/my_product", {"product": "P1", "key_result": "K1"})
    assert found["Answer sales: A price list (by 1 Dec 2026)"] == ("/partners", {"expectation": "E1"})
    assert found["Call the bank (by 17 Nov 2026)"] == ("/weekly_review", {"decision": "7"})
    assert len(found) == sum(len(lines) for _, lines in ada.content.sections)


def test_a_gap_has_one_to_its_own_page():
    found = edition(people="H1 name=Ada", products="P1 name=Pay strategic_role=invest", outcomes="O1 tier=1",
                    assignments="P1 H1 accountable", contributions="P1 O1 primary",
                    objectives=f"J1 product_id=P1 outcome_id=O1 ambition=committed {HALFWAY}",
                    key_results="K1 J1 kr_type=increase baseline=0 target=10", check_ins="K1 2026-11-15 0")
    ada, = letters(at_home(found), RHYTHM)
    assert list(linked(ada).values()) == [("/gaps", {"gap": "PRG01:K1"})]


def test_links_are_signed_for_whom_they_are_sent_to():
    ada, cy = letters(at_home(edition()), RHYTHM, SIGNER)
    assert ada.content.answer == ("As of 16 Nov 2026. The links are for you, and count until 30 Nov 2026. "
                                  "To open one changes nothing.")
    for letter in (ada, cy):
        for page, query in linked(letter).values():
            form = Form(page[1:], tuple(query[name] for name in FORMS[page[1:]]))
            assert SIGNER.read(form, query[PARAM], date(2026, 11, 30)) == Sent(person=letter.person)


def test_without_an_address_there_are_no_links_and_none_is_spoken_of():
    ada, *_ = letters(edition(), RHYTHM, SIGNER)
    assert not linked(ada)
    assert ada.content.answer == "As of 16 Nov 2026."


def test_a_decision_has_none_where_the_review_may_not_be_theirs():
    found = at_home(edition(decisions=[decision(id=7)]))
    settings = found.alignment.portfolio.settings
    object.__setattr__(settings, "access", replace(settings.access, require="oidc"))
    ada, *_ = letters(found, RHYTHM)
    assert not any(page == "/weekly_review" for page, _ in linked(ada).values())


def test_every_form_of_a_letter_shows_each_address_once():
    ada, *_ = letters(at_home(edition()), RHYTHM, SIGNER)
    text, mail = as_text(ada.content), as_email(ada.content)
    assert text == mail.text
    for _, lines in ada.content.linked():
        for line, to in lines:
            assert f"- {line}\n  {to}\n" in text
            assert mail.html.count(to.replace("&", "&amp;")) == text.count(to) == 1
    assert "https" not in str(as_slack(replace(ada.content, address="")))  # a chat is read by many


def test_a_function_hears_what_products_expect_of_it_and_what_they_countered():
    found = at_home(edition(**TABLES | {"expectations": TABLES["expectations"]
                                        + " | E5 P2 data state=countered | E6 P2 'Data' direction=to_partner"}))
    rhythm = replace(RHYTHM, partners=(("data", "data@x.example"), ("legal", "legal@x.example")))
    letter = letters(found, rhythm, SIGNER)[-1]
    assert (letter.to, letter.kind, letter.content.title) == (
        "data@x.example", "asked", "What is asked of you this week: 3 things")
    assert letter.content.sections == (("Data: Pay", ("Answer Pay: E3",)),
                                       ("Data: Ship", ("Answer Ship: E5", "Answer Ship: E6")))
    query = linked(letter)["Answer Pay: E3"][1]
    assert SIGNER.read(Form("partners", ("E3",)), query[PARAM], MONDAY) == Sent(function="data")
    assert letter.content.address == "https://x.example/partners"


def test_who_speaks_for_functions_gets_one_letter():
    rhythm = replace(RHYTHM, partners=(("data", "ADA@x.example"), ("support", "ops@x.example"),
                                       ("legal", "Ops@x.example")))
    more = TABLES["expectations"] + " | E5 P1 support direction=to_partner | E6 P1 legal direction=to_partner"
    found = letters(at_home(edition(**TABLES | {"expectations": more})), rhythm, SIGNER)
    assert [one.to for one in found] == ["ada@x.example", "", "ops@x.example"]
    assert [heading for heading, _ in found[0].content.sections] == ["Pay", "Data: Pay"]
    assert [heading for heading, _ in found[2].content.sections] == ["Support: Pay", "Legal: Pay"]
    query = linked(found[0])["Answer Pay: E3"][1]
    assert SIGNER.read(Form("partners", ("E3",)), query[PARAM], MONDAY) == Sent(function="data")
