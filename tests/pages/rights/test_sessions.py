"""What stays of whom a page was drawn for before: nothing, and clicks on it do nothing."""

from datetime import UTC, datetime

import pytest
from streamlit.proto.WidgetStates_pb2 import WidgetState, WidgetStates
from streamlit.testing.v1 import AppTest

from orgdata.access.rights import Rights
from orgdata.edits import Edit
from orgdata.store import Correction, source_key
from orgdata.ui.shell import rights, sign_in
from tests.pages.conftest import text_of
from tests.pages.rights.shown_to import EVERYTHING, MAY, labels


@pytest.mark.parametrize("hidden", ["OWN04:H4", "GOV01:OWN04:H4"])
def test_a_gap_named_by_a_forged_click_is_not_there(
        opened, remembered, company, reader, everything, hidden):
    """A browser says which gap is to be settled; it may say one that it was not sent."""
    reader("leadership")
    app = opened("weekly_review", company)
    app.session_state["settled"] = hidden
    everything.take(app.run())
    assert not everything.holds("qzstateperson")
    assert "There is no such gap on this day, or it is not for you." in text_of(app)
    assert not [one for one in app.selectbox if one.key == "state_of_OWN04:H4"]


def test_another_person_in_the_same_session_finds_nothing_of_the_first(
        opened, store, company, reader, everything):
    """Behind a proxy a connection that breaks comes back to its session, whoever is signed in now."""
    reader("head")
    app = opened("overview", company, cell="P2:O2")
    app.text_input(key="search").set_value("Returns").run()
    app.session_state["name_typed"] = "qzleft"
    reader("viewer")
    everything.parts.clear()
    everything.take(app.run())
    assert "name_typed" not in app.session_state
    assert not {word for word in EVERYTHING if everything.holds(word)} - MAY["viewer"]
    assert [one.by for one in store.audit(datetime(2000, 1, 1, tzinfo=UTC))] == [
        "visitor@else.example", "head@canary.example"]


def test_a_click_on_what_was_drawn_for_another_does_nothing(opened, remembered, company, reader):
    key, before = source_key(str(company)), remembered.store.corrections
    count = len(before(key))
    reader("head")
    app = opened("data", company)
    reader("pm")
    next(one for one in app.button if one.label == "Undo").click().run()
    assert len(before(key)) == count
    assert [one.by for one in remembered.store.audit(datetime(2000, 1, 1, tzinfo=UTC))
            if one.did == "changed" and one.by != "Head"] == []


@pytest.mark.parametrize("drawn_again", [False, True])
def test_a_click_on_what_was_drawn_with_more_rights_does_nothing(
        opened, remembered, company, reader, monkeypatch, drawn_again):
    """A browser may send a click on a button that stood on a page earlier, whatever stands there."""
    key, roles = source_key(str(company)), [frozenset({"head"}), frozenset({"leadership"})]
    monkeypatch.setattr(rights, "rights_of", lambda *_: Rights(roles[0]))
    reader("head")
    app = opened("overview", company, cell="P2:")
    app.session_state["act_product_P2"] = True
    app.run()
    count = len(remembered.store.corrections(key))
    undo = next(one for one in app.button if one.label == "Undo")
    roles.pop(0)
    if drawn_again:
        app.run()
        assert "Undo" not in labels(app)
    app._run(WidgetStates(widgets=[WidgetState(id=undo.id, trigger_value=True)]))
    assert not app.exception
    assert len(remembered.store.corrections(key)) == count


def _part():
    import streamlit as st

    from orgdata.access import OPEN
    from orgdata.ui.shell import rights

    if st.session_state.setdefault("runs", 0) == 0:
        st.session_state["runs"] = 1
        rights.hold(OPEN)
        st.markdown("as it was drawn")
    else:
        st.markdown("drawn anew")


@pytest.mark.parametrize(("role", "said"), [("head", "as it was drawn"), ("leadership", "drawn anew"),
                                            ("viewer", "drawn anew")])
def test_a_part_that_is_run_by_itself_goes_on_only_with_the_same_rights(
        opened, company, reader, role, said):
    reader(role)
    opened("overview", company)
    app = AppTest.from_function(_part, default_timeout=60).run()
    assert [one.value for one in app.markdown] == [said]


def test_a_session_that_forgot_who_is_signed_in_asks_nobody_for_a_name(opened, company, reader):
    reader("pm")
    app = opened("gaps", company, gap="XFN01:X1")
    assert sign_in.name() == "mara@canary.example"  # of a session that knows nothing yet
    assert not any("name" in one.label.lower() for one in app.text_input if one.label != "Search")


@pytest.mark.parametrize(("cell", "thing", "action", "given", "button"), [
    (":O2", "outcome_O2", "weight", "1", "Save it as typed"),
    ("P2:", "product_P2", "bet", "maintain", "Keep mine")])
def test_what_was_asked_about_is_not_saved_once_it_is_not_theirs(
        opened, store, company, reader, monkeypatch, cell, thing, action, given, button):
    """What somebody typed waits for an answer of theirs; meanwhile they may lose the right to it."""
    key, roles = source_key(str(company)), [frozenset({"head"}), frozenset({"leadership"})]
    monkeypatch.setattr(rights, "rights_of", lambda *_: Rights(roles[0]))

    def form():
        app.session_state[f"act_{thing}"] = True
        app.run().selectbox(key=f"action_{thing}").set_value(action).run()

    reader("head")
    app = opened("overview", company, cell=cell)
    form()
    if button == "Keep mine":
        app.selectbox(key="fix_bet_product_P2_strategic_role").set_value(given)
        store.correct([Correction(key, Edit("products", "set", {"product_id": "P2"}, {
            "strategic_role": "harvest"}), "Tom Two", datetime.now(UTC))])
    else:
        app.text_input(key="fix_weight_outcome_O2_weight").set_value(given)
    count = len(store.correction_log(key))
    next(one for one in app.button if one.label == "Save").click().run()
    assert button in labels(app)
    roles.pop(0)
    app.run()
    form()
    if button in labels(app):
        next(one for one in app.button if one.label == button).click().run()
    assert not app.exception
    assert "Propose" in labels(app)
    assert len(store.correction_log(key)) == count
