"""What each role may change on the pages, and that nothing else is changed, whatever is sent."""

import shutil
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest
from streamlit.proto.WidgetStates_pb2 import WidgetState
from streamlit.testing.v1 import local_script_runner

from orgdata.edits import Edit
from orgdata.edits.scenario import Scenario
from orgdata.store import Correction, source_key
from orgdata.ui.shell import source
from orgdata.ui.shell import store as shell_store
from tests.pages.conftest import text_of
from tests.pages.rights.shown_to import labels, nodes


def test_a_product_manager_changes_their_own_and_it_is_noted(opened, store, company, reader):
    reader("pm")
    app = opened("gaps", company, gap="XFN01:X1")
    app.selectbox(key="fix_XFN01:X1_state").set_value("accepted")
    next(one for one in app.button if one.label == "Save" or "nswer" in one.label).click().run()
    assert not app.exception
    made, = store.correction_log(source_key(str(company)))
    assert (made.by, made.author, made.edit.key) == ("Mara One", "Mara One", {"expectation_id": "X1"})
    assert [(one.by, one.did, one.what) for one in store.audit(datetime(2000, 1, 1, tzinfo=UTC))] == [
        ("Mara One", "changed", "correction expectations set X1"), ("Mara One", "signed in", "pm")]


@pytest.mark.parametrize(("role", "page", "query", "forms"), [
    ("pm", "my_product", {"product": "P1"}, {"Change it here", "Confirm or edit the purpose"}),
    ("pm", "products", {"product": "P2"}, {"Propose a change", "Propose a purpose"}),
    ("pm", "outcomes", {"outcome": "O1"}, {"Propose a change", "Propose to confirm or decline"}),
    ("leadership", "my_product", {"product": "P2"}, {"Propose a change", "Propose a purpose"}),
    ("owner", "outcomes", {"outcome": "O1"}, {"Confirm or decline links"}),
    ("owner", "outcomes", {"outcome": "O2"}, set()), ("viewer", "outcomes", {"outcome": "O1"}, set()),
    ("leadership", "products", {"product": "P2"}, {"Propose a change"}),
    ("leadership", "outcomes", {"outcome": "O2"}, {"Propose a change", "Propose to confirm or decline"}),
    ("leadership", "weekly_review", {}, {"Record a decision or to-do"}),
    ("head", "products", {"product": "P2"}, {"Change it here"}),
    ("head", "weekly_review", {}, {"Record a decision or to-do", "Close the review of 20 Nov 2026"})])
def test_forms_are_there_for_those_whose_they_are(
        opened, store, company, reader, role, page, query, forms):
    reader(role)
    app = opened(page, company, **query)
    found = {one.proto.popover.label for one in nodes(app._tree)
             if getattr(one, "proto", None) is not None and hasattr(one.proto, "popover")}
    assert found & {"Change it here", "Propose a change", "Propose a purpose", "Propose to confirm or decline",
                    "Confirm or edit the purpose", "Confirm or decline links",
                    "Record a decision or to-do", "Close the review of 20 Nov 2026"} == forms


def test_a_partner_answers_and_says_nothing_else_of_the_gap(opened, remembered, company, reader):
    for role, says in (("partner", False), ("pm", True), ("leadership", True)):
        reader(role)
        app = opened("gaps", company, gap="XFN01:X1")
        assert ("Owner" in labels(app)) == says
        assert ("Record the answer" in labels(app)) == (role != "leadership")


@pytest.mark.parametrize("more", [False, True])
def test_what_is_undone_in_a_conflict_is_all_theirs(opened, store, company, reader, more):
    """Somebody else kept one thing while a product manager typed, with more in it or not."""
    reader("pm")
    edits = [Edit("expectations", "set", {"expectation_id": "X1"}, {"state": "countered"}),
             Edit("products", "set", {"product_id": "P2"}, {"jobs": "qzother"})][:1 + more]
    app = opened("gaps", company, gap="XFN01:X1")
    store.correct([Correction(source_key(str(company)), edit, "Head", datetime.now(UTC), of=1)
                   for edit in edits])
    app.selectbox(key="fix_XFN01:X1_state").set_value("accepted")
    app.button(key="FormSubmitter:fix_XFN01:X1-Record the answer").click().run()
    assert not app.exception
    assert "Head was first" in text_of(app)
    assert ("Keep what the files say" in labels(app)) != more


def sent(app, button, **texts):
    """Sends a form as a browser does that writes texts into fields, whatever they offer."""
    states, fields = app._tree.get_widget_states(), {app.selectbox(key=key).id: text
                                                     for key, text in texts.items()}
    for one in states.widgets:
        if one.id in fields:
            one.string_value = fields[one.id]
    states.widgets.append(WidgetState(id=next(one.id for one in app.button if one.label == button),
                                      trigger_value=True))
    return app._run(states)


def test_a_field_takes_nothing_that_it_does_not_offer(opened, store, company, reader):
    """What is said of another object, as that it is dropped already, would name it."""
    reader("pm")
    app = opened("my_product", company, product="P1")
    app.session_state["act_product_P1"] = True
    app.run().selectbox(key="action_product_P1").select("deputy").run()
    key = source_key(str(company))
    for chosen, kept in (("H99", 0), ("qzgoaltwo", 0), ("Tom Two", 1)):
        sent(app, "Save", fix_deputy_product_P1_person_id=chosen)
        assert not app.exception
        assert len(store.corrections(key)) == kept
        assert any("fill in" in one.value for one in app.error) != kept


def test_notes_of_check_ins_made_here_are_for_those_who_see_notes(
        opened, store, company, reader, everything):
    """A check-in that was made here is a correction: its note is one, too."""
    store.correct([Correction(source_key(str(company)), Edit(
        "check_ins", "add", {"kr_id": kr, "date": "2026-11-19"}, {"value": "15", "note": f"qznotehere{kr}"}),
        "Head", datetime.now(UTC)) for kr in ("K1", "K2")])
    for role, seen in (("head", {"P1", "P2"}), ("leadership", set()), ("pm", {"P1"})):
        reader(role)
        for product, kr in (("P1", "K1"), ("P2", "K2")):
            everything.parts.clear()
            everything.take(opened("my_product", company, product=product))
            assert everything.holds(f"qznotehere{kr}") == (product in seen)


def test_a_partner_agrees_to_nothing_that_was_reworded_meanwhile(opened, store, company, reader):
    key = source_key(str(company))
    reader("partner")
    app = opened("gaps", company, gap="XFN01:X1")
    store.correct([Correction(key, Edit("expectations", "set", {"expectation_id": "X1"}, {
        "what": "qzmore"}), "Mara One", datetime.now(UTC))])
    app.selectbox(key="fix_XFN01:X1_state").set_value("accepted")
    app.button(key="FormSubmitter:fix_XFN01:X1-Record the answer").click().run()
    assert not app.exception
    assert [one.edit.values for one in store.corrections(key)] == [{"what": "qzmore"}]
    assert "Mara One was first" in text_of(app)
    app.button(key="keep_mine").click().run()  # what they had not read stands above it
    assert store.corrections(key)[1].edit.values["state"] == "accepted"


def plain(text):
    return text.replace("\\", "").replace("\u2060", "")


@pytest.fixture
def company_unstated(company, kept, tmp_path):
    """The company of canaries, of which nobody has stated what Checkout is for."""
    folder = shutil.copytree(company, tmp_path / "unstated")
    (folder / "products.csv").write_text((company / "products.csv").read_text().replace("qzpurposeone", ""))
    return kept(folder)


def purpose(app):
    """Sends the form that confirms a purpose."""
    app.text_input(key="fix_PRD05:P1_role_statement").set_value("It sells")
    next(one for one in app.button if (one.key or "").startswith("FormSubmitter:fix_PRD05:P1")).click().run()
    assert not app.exception


def test_who_is_signed_in_confirms_in_their_own_name(opened, store, company_unstated, reader):
    reader("pm")
    company = company_unstated
    app = opened("gaps", company, gap="PRD05:P1")
    assert not [one for one in app.selectbox if "Confirmed by" in one.label]
    purpose(app)
    assert [one.edit.values["role_confirmed_by"] for one in store.correction_log(source_key(str(company)))] == [
        "Mara One"]


@pytest.mark.parametrize(("another", "said"), [(None, "head@canary.example"), ("H2", "Tom Two")])
def test_a_head_may_name_another_one_and_every_sentence_says_whom(
        opened, store, company_unstated, reader, another, said):
    reader("head")
    company = company_unstated
    app = opened("gaps", company, gap="PRD05:P1")
    if another:
        app.selectbox(key="fix_PRD05:P1_role_confirmed_by").set_value(another)
    purpose(app)
    assert f"who confirmed the purpose blank → “{said}”" in plain(text_of(opened("data", company)))
    app = opened("overview", company, cell="P3:O2")
    app.session_state["act_link_P3_O2"] = True
    app.run().selectbox(key="action_link_P3_O2").set_value("confirm").run()
    if another:
        app.selectbox(key="fix_confirm_link_P3_O2_confirmed_by").set_value(another)
    next(one for one in app.button if one.label == "Save").click().run()
    assert not app.exception
    assert f"Search · Expand to Japan: link confirmed by {said}" in plain(text_of(opened("data", company)))


@pytest.mark.parametrize(("role", "named", "said"), [
    ("leadership", "", "leader@canary.example"), ("head", "", "head@canary.example"), ("head", "H5", "Otto Owner")])
def test_whose_word_it_is_stands_in_a_scenario_before_it_is_adopted(
        opened, store, company, reader, role, named, said):
    key = source_key(str(company))
    kept = store.add_scenario(key, Scenario("S"), "Head", datetime.now(UTC))
    reader(role)
    app = opened("what_if", company, scenario=kept.token)
    form = f"step_{kept.token}_0"
    app.selectbox(key=f"{form}_verb").set_value("confirm").run()
    for name, one in (("product_id", "P3"), ("outcome_id", "O2"), ("confirmed_by", named)):
        if one:
            app.selectbox(key=f"{form}_confirm_{name}").set_value(one)
    assert ("Confirmed by" in str([one.label for one in app.selectbox])) == (role == "head")
    next(one for one in app.button if one.label == "Add this change").click().run()
    assert not app.exception
    reader("head")
    app = opened("what_if", company, scenario=kept.token)
    app.session_state["adopt"] = True
    app.run()
    asked, = (plain(one.label) for one in app.checkbox if "adopt" in (one.key or ""))
    assert asked == f"The link of Search to Expand to Japan is confirmed by {said}."


def click_within(app, button, monkeypatch, parts=()):
    """Clicks in each part of a page that is run by itself, as a browser does: the rest of the page
    stays as it was drawn."""
    parts = parts or list(app._fragment_storage._fragments)
    assert parts
    for part in parts:
        with monkeypatch.context() as within:
            within.setattr(local_script_runner, "RerunData", partial(
                local_script_runner.RerunData, fragment_id=part))
            app = button(app).click().run()
        assert not app.exception
    return app


@pytest.mark.parametrize("moved", [False, True])
@pytest.mark.parametrize(("role", "page", "query", "opened_in", "gap", "field", "given", "edit"), [
    ("pm", "my_product", {"product": "P1"}, "gaps_My gaps_opened", "PRG01:K1", "value", "99",
     Edit("objectives", "set", {"objective_id": "J1"}, {"product_id": "P2"})),
    ("partner", "partners", {}, "gaps_Gaps_opened", "XFN01:X1", "state", "accepted",
     Edit("expectations", "set", {"expectation_id": "X1"}, {"partner": "support"}))])
def test_a_form_in_a_list_that_is_run_by_itself_saves_by_whose_it_is_now(
        opened, store, company, reader, monkeypatch, moved, role, page, query, opened_in, gap, field, given, edit):
    """What was somebody's when the page was drawn may be another one's when they save it."""
    key = source_key(str(company))
    reader(role)
    app = opened(page, company, **query)
    app.session_state[opened_in] = gap
    app.run()
    (app.selectbox if field == "state" else app.text_input)(key=f"fix_{gap}_{field}").set_value(given)
    if moved:
        store.correct([Correction(key, edit, "Head", datetime.now(UTC))])
    click_within(app, lambda now: next(one for one in now.button if (one.key or "").startswith(
        f"FormSubmitter:fix_{gap}")), monkeypatch)
    assert [one.by for one in store.correction_log(key) if one.by != "Head"] == ([] if moved else [
        {"pm": "Mara One", "partner": "someone@else.example"}[role]])


def test_what_a_partner_agreed_to_stays_as_they_read_it(opened, store, company, reader):
    """Undone, a change of what was asked would have them agree to what they never saw."""
    key = source_key(str(company))
    reader("partner")
    store.correct([Correction(key, Edit("expectations", "set", {"expectation_id": "X1"}, {
        "what": "qzless"}), "Mara One", datetime.now(UTC))])
    app = opened("partners", company, expectation="X1")
    store.undo(1, "Mara One", datetime.now(UTC))
    app.selectbox(key="answer_X1_0_state").set_value("accepted")
    next(one for one in app.button if one.label == "Save").click().run()
    assert not app.exception
    assert "Mara One was first" in text_of(app)
    assert "undid" in text_of(app)
    assert not [one.key for one in app.button if one.key == "keep_source"]
    app.button(key="keep_mine").click().run()
    assert [one.edit.values["state"] for one in store.corrections(key)] == ["accepted"]
    store.correct([Correction(key, Edit("expectations", "set", {"expectation_id": "X1"}, {
        "what": "qzmore"}), "Mara One", datetime.now(UTC))])
    store.correct([Correction(key, Edit("expectations", "set", {"expectation_id": "X1"}, {
        "state": "accepted", "answered_on": "2026-11-20"}), "Tom Two", datetime.now(UTC))])
    reader("head")
    shell_store._revision.clear()  # as half a minute later
    app = opened("partners", company, expectation="X1")
    app.button(key="undo_expectation_X1_3").click().run()
    assert "Tom Two answered it since; undo that first" in app.error[0].value
    assert len(store.corrections(key)) == 3


def test_an_answer_is_to_what_the_files_said_when_it_was_read(opened, store, company, reader, tmp_path):
    """The files are read anew, for everybody, while somebody answers what they said before."""
    company = Path(shutil.copytree(company, tmp_path / "changed"))
    reader("partner")
    app = opened("partners", company, expectation="X1")
    asked = company / "expectations.csv"
    asked.write_text(asked.read_text().replace("qzaskone", "qzmore"))
    source.forget()
    app.selectbox(key="answer_X1_0_state").set_value("accepted")
    next(one for one in app.button if one.label == "Save").click().run()
    assert not app.exception
    assert store.corrections(source_key(str(company))) == []
    assert "What is expected was “qzaskone” when this form was opened, and is “qzmore” now" in text_of(app)
    app.button(key="save_as_typed").click().run()
    assert len(store.corrections(source_key(str(company)))) == 1


def test_a_link_is_confirmed_as_strong_as_it_was_read(opened, store, company, reader, tmp_path):
    company = Path(shutil.copytree(company, tmp_path / "changed"))
    links = company / "contributions.csv"
    links.write_text(links.read_text().replace("P1,O1,primary,qzwhyone,H5,2026-10-01", "P1,O1,weak,qzwhyone,,"))
    reader("owner")
    app = opened("outcomes", company, outcome="O1")
    app.session_state["links_O1"] = True
    app.run()
    links.write_text(links.read_text().replace("P1,O1,weak", "P1,O1,primary"))
    source.forget()
    next(one for one in app.button if one.label == "Save").click().run()
    assert not app.exception
    assert store.corrections(source_key(str(company))) == []
    assert "Strength was “weak” when this form was opened, and is “primary” now" in text_of(app)
    app.button(key="change_it").click().run()  # they were told
    next(one for one in app.button if one.label == "Save").click().run()
    assert [one.answer for one in store.corrections(source_key(str(company)))] == ["confirmed"]
