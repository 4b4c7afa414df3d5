"""What an off-site decided is entered question by question, and followed like any decision."""

from datetime import date

import pytest

from orgdata.demo import DEMO
from orgdata.store import source_key
from tests.pages.conftest import text_of

KEY = source_key(str(DEMO))


def unfolded(opened, *source):
    app = opened("weekly_review", *source)
    app.session_state["offsite"] = True
    return app.run()


def answer(app, number, text, owner=""):
    app.text_input(key=f"offsite_0_{number}_answer").set_value(text)
    app.text_input(key=f"offsite_0_{number}_owner").set_value(owner)


def record(app):
    next(one for one in app.button if one.label == "Record what was decided").click().run()
    assert not app.exception
    return app


def test_what_was_decided_becomes_decisions_of_their_questions(opened, store):
    app = unfolded(opened)
    answer(app, 0, "Search gets a second outcome", "Ada")
    answer(app, 1, "Pay at the konbini")
    app.text_input(key="offsite_by").set_value("Rafael Monteiro")
    record(app)
    first, second = store.decisions(KEY)
    assert first.text == "Which outcomes lack support? Search gets a second outcome"
    assert (first.owner, first.made_on, first.due, first.gap_key) == (
        "Ada", date(2026, 11, 20), date(2026, 12, 20), None)
    assert second.text == "Which bet would serve “Expand to Japan”? Pay at the konbini"
    assert (second.owner, second.gap_key) == (None, "OUT01:O2")
    assert app.text_input(key="offsite_1_0_answer").value == ""  # the form is blank again
    assert "Search gets a second outcome" in text_of(opened("weekly_review"))


def test_nothing_filled_in_and_no_name_are_said(opened, store):
    assert record(unfolded(opened)).error[0].value == "Not saved: nothing is filled in."
    app = unfolded(opened)
    answer(app, 0, "Search gets a second outcome")
    assert "Not saved" in record(app).error[0].value
    assert store.decisions(KEY) == []


def test_the_same_twice_is_recorded_once(opened, store):
    for _ in range(2):
        app = unfolded(opened)
        answer(app, 0, "Search gets a second outcome")
        app.text_input(key="offsite_by").set_value("Ada")
        record(app)
    assert len(store.decisions(KEY)) == 1


@pytest.mark.parametrize(("role", "may"), [("head", True), ("leadership", True)])
def test_it_is_for_those_whose_decisions_are(opened, company, reader, role, may):
    reader(role)
    app = unfolded(opened, company)
    assert any(one.label == "Record what was decided" for one in app.button) == may
