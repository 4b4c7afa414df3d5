"""The off-site pack: the questions of a quarter, each with its answer and its evidence."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from orgdata.exports import offsite
from orgdata.exports.offsite import offsite_html, offsite_markdown, questions
from orgdata.gaps.points import point
from orgdata.model.history import History
from orgdata.store import Decision
from orgdata.views import stop_candidates
from tests.builders import HALFWAY
from tests.changes.pairs import between
from tests.exports.editions import demo, hostile, narrowed, tiny
from tests.exports.reading import headings, read_html, read_markdown

ASKED = ["Which outcomes lack support?", "Does the spend follow the strategy?",
         "Which gaps did we accept, and is that still right?",
         "Where do strategic bet and spend contradict each other?",
         "Where might a customer see one product instead of two?",
         "Is this the work we meant to do, and who asks for the rest?",
         "What do we and other functions count on that is not settled?",
         "What moved beyond what is usual, and what came of what we adopted?", "What would we stop?"]
WRITERS = [(offsite_html, read_html), (offsite_markdown, read_markdown)]


@pytest.mark.parametrize(("write", "read"), WRITERS)
def test_each_question_has_its_answer_and_its_evidence(write, read):
    edition = demo()
    said = read(write(edition))
    for one in questions(edition):
        assert said.count(one.answer) == 2, "in the agenda and above its evidence"
    for words in (
            "No product works on “Expand to Japan”", "Kenji Watanabe", "$36.7M of $43.6M (84 %)",
            "Not linked to an outcome", "until 13 Nov 2026", "The board decides on Japan on 11 November",
            "Classic Storefront is being retired, yet takes 6 % of all spend.",
            "segments alike: 67 % · jobs alike: 50 %", "Audience Graph",
            "nothing confirmed; stated for “Net revenue retention to 115 %”",
            "4 platform or sunset products not asked.",
            *(words for _, words in edition.origin())):
        assert words in said, words


def test_its_questions_are_the_same_every_quarter_but_for_new_bets():
    assert headings(offsite_markdown(demo())) == [
        "Portfolio off-site", "The questions, in two hours", ASKED[0], "Which bet would serve “Expand to Japan”?", *ASKED[1:]]
    assert headings(offsite_markdown(tiny(products="P1")))[2:] == ASKED


def test_unknown_says_why():
    answers = {question.text: question.answer for question in questions(tiny(products="P1"))}
    assert answers[ASKED[2]] == "Unknown, because no store is named that would remember them."
    assert answers[ASKED[3]].startswith("Unknown, because ")
    assert answers[ASKED[4]].startswith("Unknown, because ")
    assert answers[ASKED[-1]] == "Unknown, because nothing loaded links products to outcomes."


def test_what_would_be_stopped_serves_nothing_or_only_weakly():
    """Spend decides on the order; products to enable or to sunset are not asked."""
    edition = tiny(
        outcomes="O1 | O2", objectives=f"J1 product_id=P5 outcome_id=O2 {HALFWAY}",
        products=" | ".join(f"{product} strategic_role=invest" for product in (
            "P1 annual_spend=9", "P3 annual_spend=1", "P4 annual_spend=3", "P5 annual_spend=2",
            "P6 annual_spend=7", "P7")) + " | P2 annual_spend=8 strategic_role=sunset",
        contributions="P1 O1 primary confirmed_on=2026-10-01 | P3 O1 supporting | P4 O1 weak"
                      " confirmed_on=2026-10-01 | P6 O2 supporting confirmed_on=2026-10-01",
        dependencies="D1 P1 P4 what=x | D2 P2 P4 what=y done_on=2026-10-01")
    rows = stop_candidates.candidates(edition.alignment, edition.product_rows())
    assert [(id_, stop_candidates.serves(edition.alignment, id_)) for id_ in rows["product_id"]] == [
        ("P4", "only weakly: “O1”"), ("P5", "nothing stated; its objectives lead to “O2”"),
        ("P3", "nothing confirmed; stated for “O1”"),
        ("P7", "nothing: no link is stated, and no objective leads to an outcome")]
    assert stop_candidates.needed_by(edition.alignment, "P4") == "P1"
    assert stop_candidates.needed_by(edition.alignment, "P5") == "none"
    assert stop_candidates.would_be_lost(edition.alignment, "P4") == "coverage stays as it is"
    said = read_html(offsite_html(edition))
    assert "4 of 6 products support no outcome, or only weakly; they take 6, 1 with unknown spend." in said


def test_products_without_a_stated_role_are_asked_for_it_instead_of_being_candidates():
    edition = tiny(outcomes="O1", products="P1 strategic_role=invest | P2 name=Frontend | "
                   "P3 name=Build | P4 strategic_role=enable")
    rows = stop_candidates.candidates(edition.alignment, edition.product_rows())
    assert rows["product_id"].tolist() == []
    edition = tiny(outcomes="O1", products="P1 strategic_role=invest | P2 name=Frontend | "
                   "P3 name=Build | P4 strategic_role=enable", contributions="P4 O1")
    rows = stop_candidates.candidates(edition.alignment, edition.product_rows())
    assert rows["product_id"].tolist() == ["P1"]
    said = read_html(offsite_html(edition))
    assert "1 of 1 product supports no outcome, or only weakly" in said
    assert "Which strategic bet have Build and Frontend? Not asked here, because none is stated." in said
    nobody = {question.text: question.answer for question in questions(tiny(
        outcomes="O1", products="P1", contributions="P1 O1 weak"))}
    assert nobody[ASKED[-1]] == (
        "Unknown, because no product has a strategic bet that asks it to support an outcome.")


def test_a_product_that_carries_an_outcome_alone_is_said_to():
    edition = tiny(outcomes="O1", products="P1", contributions="P1 O1 weak")
    assert stop_candidates.would_be_lost(edition.alignment, "P1") == "“O1” would be not covered"


def test_what_is_only_claimed_stands_apart():
    edition = tiny(outcomes="O1", contributions="P1 O1 primary | P2 O1 primary",
                   products="P1 strategic_role=invest | P2 strategic_role=maintain",
                   objectives=f"J1 product_id=P1 outcome_id=O1 {HALFWAY}",
                   key_results="K1 J1 target=5")
    rows = stop_candidates.only_claimed(edition.alignment, edition.product_rows())
    assert rows["product_id"].tolist() == ["P2"]
    assert "1 more product claims an outcome" in read_html(offsite_html(edition))


def test_accepted_exceptions_stand_in_order_of_their_dates():
    history = History.of(states=[
        {"key": "OUT01:O1", "state": "accepted", "until": date(2027, 1, 1), "reason": "Later"},
        {"key": "OUT01:O3", "state": "accepted", "until": date(2026, 12, 2), "reason": "Later"},
        {"key": "OUT01:O2", "state": "accepted", "until": date(2026, 11, 1), "owner": "Ada"},
        {"key": "PRD01:P1", "state": "planned", "owner": "Bo"}])
    by_text = {question.text: question for question in questions(tiny(
        history, outcomes="O1 | O2 | O3", products="P1", contributions="P1 O1 primary"))}
    accepted = by_text[ASKED[2]]
    assert accepted.answer == "3 gaps are accepted until a date; 1 is past it; 1 is no longer found."
    said = [[text.words for text in item.line] for item in accepted.evidence[0].items]
    assert said == [["▽ expired:", "until 1 Nov 2026", "No product works on “O2”: none names it and none has an objective for it."],
                    ["◔ valid:", "until 2 Dec 2026", "No product works on “O3”: none names it and none has an objective for it."],
                    ["No longer found:", "outcome not covered for “O1”"]]
    gone = [text.words for detail in accepted.evidence[0].items[2].below for text in detail]
    assert gone == ["Reason for accepting it: Later"], "there is nothing left to do"


def test_an_accepted_exception_that_is_gone_says_what_became_of_it():
    tables = {"outcomes": "O1 name=Trust", "products": "P1 | P2 strategic_role=invest"}
    changes = between(tables | {"contributions": "P1 O1"},
                      {"outcomes": "O1 name=Trust", "products": "P1", "contributions": "P1 O1"})
    history = History.of(states=[{"key": "PRD01:P2", "state": "accepted", "reason": "Later",
                                  "until": date(2027, 1, 1)}])
    edition = replace(tiny(history, outcomes="O1 name=Trust", products="P1", contributions="P1 O1"),
                      changes=changes)
    accepted = {question.text: question for question in questions(edition)}[ASKED[2]]
    (item,) = accepted.evidence[0].items
    assert [text.words for text in item.line] == [
        "No longer found:", "product supports no outcome for “P2”", "(with its product)"]


def test_lists_show_only_the_products_it_is_narrowed_to_and_say_so():
    said = read_html(offsite_html(narrowed("P21")))
    assert "Lists show only 1 of 40 products" in said
    assert "All 1 product support an outcome." in said
    assert "Classic Storefront is to be sunset" not in said
    assert "None is accepted." in said


@pytest.mark.parametrize("write", [offsite_html, offsite_markdown])
def test_the_same_edition_gives_the_same_bytes(write):
    assert write(demo()) == write(replace(demo()))


@pytest.mark.parametrize(("write", "read"), WRITERS)
def test_names_that_would_do_harm_stay_names(write, read):
    assert "<script>alert(1)</script>" in read(write(hostile()))


def test_no_person_is_listed_by_a_status():
    """Findings about people are none of the questions."""
    codes = set(demo().gaps.rows.loc[demo().gaps.rows["person_id"].notna(), "message"])
    said = read_html(offsite_html(demo()))
    assert codes
    assert not [one for one in codes if one in said]


# -- two hours, and room for answers ---------------------------------------------------------------

@pytest.mark.parametrize("bets", range(6))
def test_all_questions_and_what_stands_around_them_take_two_hours(bets):
    takes = offsite.minutes([*ASKED[:1], *(f"Which bet would serve {n}?" for n in range(bets)), *ASKED[1:]])
    assert sum(takes) == 105
    assert min(takes) >= 3
    assert max(takes) == takes[-1]  # what would be stopped


def test_the_agenda_says_when_each_is_discussed_and_each_has_room_for_what_is_decided():
    text = offsite_markdown(demo()).decode()
    assert "0:05, 15 min" in text
    assert "1:30, 20 min" in text  # until 1:50, ten minutes before the end
    assert text.count("- Decided: …\n- Who does it: …\n- By when: …") == len(questions(demo()))
    assert offsite_html(demo()).decode().count('<dl class="blanks">') == len(questions(demo()))


def test_what_is_asked_on_the_page_is_what_the_pack_asks():
    for edition in (demo(), tiny(products="P1"), hostile()):
        assert list(offsite.asked(edition.alignment)) == [one.text for one in questions(edition)]
    assert offsite.asked(demo().alignment)["Which bet would serve “Expand to Japan”?"] == "O2"


# -- own history -----------------------------------------------------------------------------------

def with_points(edition, *values):
    """An edition with a point for each value of the aligned products, a week apart."""
    now = point(edition.alignment, edition.gaps)
    points = [replace(now, day=now.day - timedelta(weeks=len(values) - place), figures={
        **now.figures, "aligned_products": float(value)}) for place, value in enumerate(values)]
    return replace(edition, points=lambda: points)


def moved(edition):
    return next(one for one in questions(edition) if one.text == ASKED[-2])


def test_a_headline_outside_of_what_is_usual_is_said():
    found = moved(with_points(demo(), *[20, 21] * 5))
    assert found.answer.startswith("Outside what is usual: Aligned products.")
    text = offsite_markdown(with_points(demo(), *[20, 21] * 5)).decode()
    assert "Aligned products: 28, outside what is usual (18–23)." in text
    assert "| Aligned products | 20 | 28 | outside 18–23 |" in text


def test_where_too_little_is_remembered_it_says_so():
    answer = moved(with_points(demo(), 20, 21)).answer
    assert answer.startswith("2 snapshots so far: too few to say what is usual.")
    assert "not known yet" in offsite_markdown(with_points(demo(), 20, 21)).decode()
    assert moved(demo()).answer.startswith("No earlier day is remembered yet.")
    assert moved(tiny(products="P1")).answer == "Unknown, because no store is named that would remember it."


def test_what_an_adopted_scenario_expected_stands_beside_what_was_seen():
    adopted = Decision("tiny", "Adopt “Japan first”", date(2026, 9, 1), "Ada", datetime(2026, 9, 1, tzinfo=UTC),
                       expected={"aligned": (0.0, 2.0)})
    edition = tiny(History.of(), [adopted, replace(adopted, withdrawn="a slip")], products="P1")
    found = moved(edition)
    assert found.answer.endswith("1 adopted scenario said what to expect: beside it stands what was seen.")
    text = offsite_markdown(edition).decode()
    assert "**Adopt “Japan first”**" in text
    assert "expected" in text
    assert "What was seen has other causes too" in text
