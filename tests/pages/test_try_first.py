"""Everything that can be entered can be tried first, and each verb of METHOD section 7 is on a page."""

import inspect
from datetime import UTC, datetime

import pytest

from orgdata.demo import DEMO
from orgdata.edits import Edit
from orgdata.edits.fixes import WHAT_IFS
from orgdata.edits.scenario import Scenario, Step
from orgdata.edits.verbs import VERBS
from orgdata.gaps import RULES
from orgdata.store import Correction, source_key
from tests import canaries
from tests.pages.conftest import clear_caches, text_of

KEY = source_key(str(DEMO))
AT = datetime(2026, 11, 20, tzinfo=UTC)


def test_each_verb_has_its_form_with_fields_that_it_takes():
    assert VERBS.keys() - WHAT_IFS.keys() == {
        "set", "add idea", "drop idea"}  # on the page of a row; and what changes no figure
    for verb, form in WHAT_IFS.items():
        given = {ask.name: "x" for ask in form.asks}
        bound = inspect.signature(VERBS[verb]).bind_partial(None, **given)
        needed = {ask.name for ask in form.asks if ask.needed} | {"now", "outcome_id"}
        assert bound
        assert {name for name, one in inspect.signature(VERBS[verb]).parameters.items() if
                one.default is one.empty and one.kind is not one.VAR_KEYWORD} <= needed


def tried(store):
    scenario, = store.scenarios(KEY)
    assert not store.corrections(KEY)
    return scenario.scenario


def test_a_check_in_is_tried_first(opened, store):
    app = opened("my_product", product="P18")
    app.session_state["check_in_P18"] = True
    app.run()
    app.text_input(key="check_in_K182_0_value").set_value("76")
    app.text_input(key="check_in_by_P18").set_value("Samir")
    app.button(key="FormSubmitter:check_in_form_P18-Try it first").click().run()
    edit, = tried(store).edits
    assert (edit.key["kr_id"], edit.values) == ("K182", {"value": "76"})


@pytest.mark.parametrize("late", [False, True])
def test_what_a_note_said_is_told_to_nobody_who_tries_another(opened, store, tmp_path, reader, late):
    """A check-in of the day that is shown is another text in the place of what somebody wrote."""
    company = canaries.company(tmp_path / "own")
    reader("leadership")
    app = opened("my_product", company, product="P2", as_of="2026-11-15")
    app.session_state["check_in_P2"] = True
    app.run()
    app.text_input(key="check_in_K2_0_note").set_value("qzmine")
    app.button(key="FormSubmitter:check_in_form_P2-Try it first").click().run()
    kept, = store.scenarios(source_key(str(company)))
    assert kept.scenario.edits[0].before == {"note": "qznotetwolate"}
    if late:  # meanwhile the check-in says something else
        file = company / "check_ins.csv"
        file.write_text(file.read_text().replace("qznotetwolate", "qznotesince"))
        clear_caches()
    app = opened("what_if", company, scenario=kept.token, as_of="2026-11-15")
    assert not app.exception
    assert "note “…”" in text_of(app).replace("\\", "")
    assert "qzmine" not in text_of(app)  # whoever opens the scenario may see no notes
    assert ("no longer says" in text_of(app)) == late
    assert "qznote" not in text_of(app)


def test_a_purpose_is_tried_first(opened, store):
    app = opened("my_product", product="P18")
    app.session_state["role_P18"] = True
    app.run()
    app.text_area(key="role_text_P18").set_value("It pays")
    app.text_input(key="role_by_P18").set_value("Samir")
    app.button(key="FormSubmitter:role_form_P18-Try it first").click().run()
    edit, = tried(store).edits
    assert edit.values["role_statement"] == "It pays"


def test_many_are_tried_first_each_as_a_change_of_its_own(opened, store, monkeypatch):
    monkeypatch.setattr("orgdata.ui.widgets.fix_many.st.data_editor",
                        lambda frame, **_: frame.assign(given="Nadia Haddad"))
    app = opened("gaps", code=f"OWN07 {RULES['OWN07'].name}")
    app.session_state["many_OWN07"] = True
    app.run()
    app.text_input(key="many_by_OWN07").set_value("Ada")
    app.button(key="FormSubmitter:many_form_OWN07-Try it first").click().run()
    assert [len(step.edits) for step in tried(store).steps] == [1, 1, 1]


@pytest.mark.parametrize(("page", "query", "place"), [
    ("my_product", {"product": "P18"}, "product_P18"), ("outcomes", {"outcome": "O1"}, "outcome_O1")])
def test_what_was_agreed_on_a_key_result_is_changed_where_it_is_shown(opened, store, page, query, place):
    app = opened(page, **query)
    app.session_state[f"act_results_{place}"] = True
    app.run()
    kr_id = app.selectbox(key=f"act_result_{place}").value
    app.selectbox(key=f"action_key_result_{kr_id}").select("agreed").run()
    app.text_input(key=f"fix_agreed_key_result_{kr_id}_weight").set_value("2")
    app.text_input(key=f"fix_by_agreed_key_result_{kr_id}").set_value("Ada")
    app.button(key=f"FormSubmitter:fix_agreed_key_result_{kr_id}-Save").click().run()
    assert not app.exception
    made, = store.corrections(KEY)
    assert (made.edit.key, made.edit.values) == ({"kr_id": kr_id}, {"weight": "2"})


def correct_cell(app, button, text):
    at = next(one.key for one in app.selectbox if (one.key or "").startswith("cell_products_"))
    app.selectbox(key=at).select("annual_spend").run()
    app.text_input(key=f"fix_{at}_annual_spend_annual_spend").set_value(text)
    app.text_input(key=f"fix_by_{at}_annual_spend").set_value("Ada")
    app.button(key=f"FormSubmitter:fix_{at}_annual_spend-{button}").click().run()
    assert not app.exception
    return app


def test_any_cell_is_corrected_on_the_page_of_its_row(opened, store):
    app = correct_cell(opened("data", row="products:P21"), "Save", "lots")
    assert "Annual spend: expected a number such as" in app.error[0].value.replace("\\", "")
    assert not store.corrections(KEY)
    correct_cell(opened("data", row="products:P21"), "Save", "1000000")
    made, = store.corrections(KEY)
    assert made.edit.values == {"annual_spend": "1000000"}
    assert made.edit.before["annual_spend"]


def test_and_tried_first(opened, store):
    correct_cell(opened("data", row="products:P21"), "Try it first", "1000000")
    assert tried(store).name == "Correct a field"


def test_the_row_says_why_it_was_corrected(opened, store):
    for column, reason, gap in (("fte", "Agreed on Friday", None), ("annual_spend", None, "PRD05:P21")):
        store.correct([Correction(KEY, Edit("products", "set", {"product_id": "P21"}, {column: "9"}),
                                  "Ada", AT, reason=reason, gap_key=gap)])
    app = opened("data", row="products:P21")
    rows = next(one.value for one in app.dataframe if "corrected" in one.value)
    why = dict(zip(rows["field"], rows["why"], strict=True))
    assert (why["FTE"], why["annual spend"]) == (
        "Agreed on Friday", "Purpose not confirmed")


def test_the_pages_of_data_and_method_show_the_scenario_too(opened, store):
    made = store.add_scenario(KEY, Scenario("Nine", (Step("", {}, (Edit(
        "products", "set", {"product_id": "P21"}, {"fte": "9"}),)),)), "Ada", AT)
    for page in ("data", "method"):
        app = opened(page, scenario=made.token)
        assert not app.exception
        assert "Scenario “Nine”" in app.warning[0].value.replace("\\", "")
