"""Whose something is by now, whatever a page was drawn from: one of a day before, or one left open."""

import shutil
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from orgdata.edits import Edit
from orgdata.store import Correction, Proposal, source_key
from orgdata.ui.shell import rights, source
from orgdata.ui.shell import store as shell_store
from orgdata.ui.widgets import corrections
from tests.pages.conftest import of_reader, text_of
from tests.pages.rights.shown_to import labels
from tests.pages.rights.test_changes import click_within

MOVED = Edit("objectives", "set", {"objective_id": "J1"}, {"product_id": "P2"}, {"product_id": "P1"})
TARGET = Edit("key_results", "set", {"kr_id": "K1"}, {"target": "1"}, {"target": "100"})
LINK = {"product_id": "P1", "outcome_id": "O2"}


@pytest.fixture
def key(company):
    return source_key(str(company))


@pytest.fixture
def made(store, key):
    """Makes an edit as another server does: this one hears of it within half a minute."""
    return lambda edit, **more: store.correct([Correction(key, edit, "Tom Two", datetime.now(UTC), **more)])


@pytest.fixture
def proposed(store, key):
    def propose(edit, key=key, seen=0):
        return store.propose(Proposal(key, (edit,), "A proposal", "Lea", of_reader("leadership"),
                                      datetime.now(UTC), seen=seen))
    return propose


@pytest.fixture
def confirmed(company, kept, store, tmp_path):
    """The company with a weak link of Checkout that Tom, who owns its outcome, confirmed on the last
    day, and the proposal of a stronger one; its key."""
    folder = Path(shutil.copytree(company, tmp_path / "linked"))
    links = folder / "contributions.csv"
    links.write_text(f"{links.read_text().rstrip()}\nP1,O2,weak,qzwhyx,,\n")
    folder = kept(folder)
    key = source_key(str(folder))
    store.correct([Correction(key, Edit("contributions", "set", LINK, {
        "confirmed_by": "Tom Two", "confirmed_on": "2026-11-20"}, answer=True), "Tom Two",
        datetime.now(UTC), on=date(2026, 11, 20))])
    store.propose(Proposal(key, (Edit("contributions", "set", LINK, {"strength": "primary"}, {
        "strength": "weak"}),), "Stronger", "Lea", of_reader("leadership"), datetime.now(UTC), seen=1))
    return folder


def answer(app):
    """The buttons and forms of what waits for an answer."""
    return {one for one in labels(app) if one in ("Accept", "Decline it")}


@pytest.mark.parametrize("as_of", [{}, {"as_of": "2026-11-19"}])
def test_what_an_owner_confirmed_is_theirs_also_on_a_page_of_the_day_before(
        opened, store, confirmed, reader, as_of):
    reader("pm")
    assert answer(opened("my_product", confirmed, product="P1", **as_of)) == set()
    reader("head")
    assert answer(opened("weekly_review", confirmed, **as_of)) == {"Accept", "Decline it"}


@pytest.mark.parametrize("button", ["Accept", "Decline it"])
@pytest.mark.parametrize("moved", [False, True])
def test_a_proposal_is_answered_by_whose_it_is_by_now(
        opened, store, company, key, reader, made, proposed, button, moved):
    proposed(TARGET)
    reader("pm")
    app = opened("my_product", company, product="P1")
    if moved:
        made(MOVED)
    if button == "Decline it":
        app.text_input(key="declining_why_1").set_value("no")
    next(one for one in app.button if one.label == button).click().run()
    assert not app.exception
    assert [one.answer for one in store.proposals(key)] == [
        None if moved else {"Accept": "accepted", "Decline it": "declined"}[button]]
    assert [one.by for one in store.corrections(key)] == (
        ["Tom Two"] if moved else ["Mara One"] if button == "Accept" else [])


@pytest.mark.parametrize("moved", [False, True])
def test_what_becomes_of_a_gap_is_said_by_whose_it_is_by_now(opened, store, company, key, reader, made, moved):
    reader("pm")
    app = opened("gaps", company, gap="PRG01:K1")
    if moved:
        made(MOVED)
    app.selectbox(key="state_of_PRG01:K1").set_value("planned")
    app.button(key="FormSubmitter:state_PRG01:K1-Save").click().run()
    assert not app.exception
    assert [one.by for one in store.states(key).values()] == ([] if moved else ["Mara One"])
    assert ("Not saved" in text_of(app)) == moved


def told(app, form, monkeypatch):
    """What is told once a form is sent in each part of a page that is run by itself, as a browser does."""
    texts, pressed = "", next(one.id for one in app.button if (one.key or "").startswith(f"FormSubmitter:{form}"))
    for part in list(app._fragment_storage._fragments):
        button = next((one for one in app.button if one.id == pressed), None)
        if button is None:  # drawn anew, it is not there any more
            break
        app = click_within(app, lambda _, button=button: button, monkeypatch, [part])
        texts += text_of(app) + str([one.value for one in app.toast])
    return texts


@pytest.mark.parametrize("moved", [False, True])
def test_a_list_that_was_left_open_names_nothing_that_is_another_products_by_now(
        opened, store, company, reader, made, monkeypatch, moved):
    reader("pm")
    app = opened("my_product", company, product="P1")
    app.session_state["gaps_My gaps_opened"] = "PRG01:K1"
    app.run()
    if moved:
        made(MOVED)
    made(Edit("key_results", "set", {"kr_id": "K1"}, {"title": "qzsecret"}))
    shell_store._revision.clear()  # as half a minute later
    app.text_input(key="fix_PRG01:K1_value").set_value("abc")
    text = told(app, "fix_PRG01:K1", monkeypatch)
    assert ("qzsecret" in text, "The page is drawn anew" in text) == (not moved, moved)


@pytest.mark.parametrize("by", ["files", "correction"])
def test_a_list_that_was_left_open_tells_no_partner_what_another_one_is_asked(
        opened, store, company, reader, monkeypatch, tmp_path, by):
    company = Path(shutil.copytree(company, tmp_path / "asked"))
    reader("partner")
    app = opened("partners", company)
    app.session_state["gaps_Gaps_opened"] = "XFN01:X1"
    app.run()
    app.selectbox(key="fix_XFN01:X1_state").set_value("accepted")
    if by == "files":
        asked = company / "expectations.csv"
        asked.write_text(asked.read_text().replace("sales,qzaskone", "legal,qzsecret"))
        source.forget()
    else:
        store.correct([Correction(source_key(str(company)), Edit("expectations", "set", {
            "expectation_id": "X1"}, {"partner": "legal", "what": "qzsecret"}), "Head", datetime.now(UTC))])
        shell_store._revision.clear()
    assert "qzsecret" not in told(app, "fix_XFN01:X1", monkeypatch)


def test_of_an_entry_is_told_what_is_theirs_by_now(opened, store, company, key, reader, made, monkeypatch):
    """What is refused was asked of the store anew: it knows more than the page was drawn from."""
    heard = []
    monkeypatch.setattr(corrections, "entry_words", lambda told, _: heard.extend(told) or "")
    reader("pm")
    app = opened("my_product", company, product="P1")
    app.session_state["act_results_product_P1"] = True
    app.run().selectbox(key="action_key_result_K1").set_value("agreed").run()
    made(MOVED)
    made(Edit("key_results", "set", {"kr_id": "K1"}, {"title": "qzsecret"}))
    app.text_input(key="fix_agreed_key_result_K1_target").set_value("99")
    next(one for one in app.button if (one.key or "").startswith("FormSubmitter:fix_agreed")).click().run()
    assert not app.exception
    assert [one.by for one in store.corrections(key)] == ["Tom Two", "Tom Two"]
    assert heard == []
    assert "The page is drawn anew" in str([one.value for one in app.toast])


@pytest.mark.parametrize("still", [False, True])
def test_who_an_outcome_was_taken_from_confirms_no_link_of_it(
        opened, store, company, key, reader, made, monkeypatch, still):
    """Not for half a minute more on another replica: whose it is is asked anew, too."""
    monkeypatch.setattr(rights, "hold", lambda drawn: None)  # which would draw the page anew
    reader("owner")
    app = opened("outcomes", company, outcome="O1")
    app.session_state["links_O1"] = True
    app.run()
    if not still:
        made(Edit("outcomes", "set", {"outcome_id": "O1"}, {"owner_id": "H2"}))
    next(one for one in app.button if one.label == "Save").click().run()
    assert not app.exception
    assert [one.answer for one in store.corrections(key) if one.answer] == ["confirmed"] * still
    assert ("is not the same any more" in text_of(app) + str([one.value for one in app.error])) != still
