"""The private tab: only its owner reads it, a manager what is shared until it is not; nothing of it
is in the store, a backup, the audit, a log or the file itself. What every role finds on every page
and in every document is in test_shown, what programs get in tests/serve."""

import io
import logging
import os
import zipfile
from datetime import UTC, date, datetime

import pytest
from streamlit.proto.WidgetStates_pb2 import WidgetState, WidgetStates

from orgdata.exports.registry import DOCUMENTS
from orgdata.private import Area, Private
from orgdata.store.backup import back_up
from tests import canaries
from tests.pages.conftest import READERS, clear_caches, of_reader, text_of

TAB = "My growth (private)"
MARA, DEE = of_reader("pm"), of_reader("deputy")
DAY = date(2026, 11, 2)


@pytest.fixture
def tab(opened, company, reader):
    """Opens the tab as a reader."""
    def open_tab(role, **query):
        reader(role)
        app = opened("my_product", company, tab=TAB, **query)
        assert not app.exception
        return app
    return open_tab


def kept(private, address):
    with Private.open(f"sqlite:///{private}", canaries.PRIVATE_KEY) as database:
        found = database.of(address)
    return {one.area: one for one in found.areas} if found else {}


def press(app, key):
    app.button(key=key).click().run()
    assert not app.exception
    return app


def words(everything, app):
    everything.parts.clear()
    everything.take(app)
    return {word for word in canaries.GROWTH if everything.holds(word)}


def test_a_manager_sees_an_area_from_when_it_is_shared_until_it_is_not(tab, store, private, everything):
    shared, mine = {*canaries.GROWTH_SHARED}, {*canaries.GROWTH_SHARED, *canaries.GROWTH_KEPT}
    app = tab("pm")
    assert words(everything, app) == mine
    assert words(everything, tab("deputy")) == shared
    assert "Shared with you" in text_of(tab("deputy"))
    press(tab("pm"), "growth_unshare_data")
    assert words(everything, tab("deputy")) == set()
    press(tab("pm"), "growth_share_leading")
    assert words(everything, tab("deputy")) == {*canaries.GROWTH_KEPT}
    press(tab("pm"), "growth_delete_leading")
    assert words(everything, tab("deputy")) == set()
    assert set(kept(private, MARA)) == {"data"}


def test_another_manager_sees_nothing_until_it_is_shared_with_them(
        tab, opened, company, reader, store, private, everything, tmp_path):
    other = tmp_path / "moved"
    canaries.company(other)
    people = other / "people.csv"
    people.write_text(people.read_text("utf-8").replace("mara@canary.example,H6", "mara@canary.example,H5").replace(
        "tom.qzmailtwo@canary.example,", "tom.qzmailtwo@canary.example,H1"), "utf-8")
    reader("deputy")
    assert words(everything, opened("my_product", other, tab=TAB)) == set()
    reader("pm")
    app = opened("my_product", other, tab=TAB)
    assert "who is not your manager now" in text_of(app)
    assert not words(everything, app) & {*canaries.GROWTH_OTHERS}  # Tom shares with Dee alone


def test_it_is_shared_with_whom_the_button_named_and_nobody_else(
        opened, reader, store, private, tmp_path):
    """The data may name another manager between the page and the click."""
    led = canaries.company(tmp_path / "led")
    reader("pm")
    app = opened("my_product", led, tab=TAB)
    people = led / "people.csv"
    people.write_text(people.read_text("utf-8").replace("mara@canary.example,H6", "mara@canary.example,H5"), "utf-8")
    clear_caches()
    press(app, "growth_share_leading")
    assert kept(private, MARA)["leading"].shared_with == ""
    assert "somebody else as your manager" in text_of(app)


def test_an_area_is_chosen_kept_changed_and_deleted(tab, store, private):
    app = tab("pm")
    app.session_state["growth_new_0"] = True
    app.run()
    app.selectbox(key="growth_area_0").set_value("outcomes").run()
    places = app.selectbox(key="growth_outcomes_0_practise").options
    assert any("qzresultone" in one for one in places)
    assert not any("qzresulttwo" in one for one in places)
    app.text_input(key="growth_outcomes_0_action").set_value("*Ask* finance")
    app.date_input(key="growth_outcomes_0_by").set_value(date(2027, 1, 9))
    next(one for one in app.button if one.label == "Keep it").click().run()
    assert "say how much your product needs it" in text_of(app)
    app.segmented_control(key="growth_outcomes_0_need").set_value("some")
    app.segmented_control(key="growth_outcomes_0_now").set_value("doing")
    next(one for one in app.button if one.label == "Keep it").click().run()
    assert not app.exception
    one = kept(private, MARA)["outcomes"]
    assert (one.need, one.now, one.action, one.by, one.shared_with) == (
        "some", "doing", "*Ask* finance", date(2027, 1, 9), "")
    assert "Three areas are chosen" in text_of(app)
    app.session_state["growth_delete_all"] = True
    app.run()
    press(app, "growth_delete_everything")
    assert kept(private, MARA) == {}
    assert set(kept(private, "tom.qzmailtwo@canary.example")) == {"money"}


def test_nothing_of_it_is_anywhere_else(tab, store, private, everything, tmp_path, monkeypatch, caplog):
    caplog.set_level(logging.DEBUG)
    app = tab("pm")
    app.session_state["growth_talk"] = True
    app.run().text_input(key="growth_role").set_value("qzgrowrole").run()
    everything.take(app)
    everything.open_downloads()
    assert {word for word in [*canaries.GROWTH_SHARED, *canaries.GROWTH_KEPT, "qzgrowrole"]
            if not everything.holds(word)} == set()  # on the page to print, too
    press(app, "growth_share_leading")
    tab("deputy")
    audit = store.audit(datetime(2000, 1, 1, tzinfo=UTC))
    assert {one.what for one in audit if one.did == "exported"} == {
        f"brief{suffix} of P1" for suffix in DOCUMENTS["brief"].makers}  # which stand on the other tab
    assert {one.did for one in audit} == {"exported", "signed in"}
    backup = io.BytesIO()
    back_up(os.environ["ORGDATA_STORE"], backup)
    with zipfile.ZipFile(backup) as archive:
        tables = {name: archive.read(name) for name in archive.namelist()}
    held = tables | {"log": caplog.text.encode(), "audit": repr(audit).encode(),
            **{file.name: file.read_bytes() for file in tmp_path.rglob("*") if file.is_file()}}
    assert tables
    assert {"private.sqlite", "kept.sqlite"} <= set(held)
    found = {(name, word) for name, content in held.items() for word in [
        *canaries.GROWTH, "qzgrowrole", canaries.PRIVATE_KEY] if word.encode() in content}
    assert found == set()
    assert b"mara" not in held["private.sqlite"]


def test_a_head_gets_counts_and_nothing_else(tab, store, private, everything):
    app = tab("head")
    assert "Fewer than five people" in text_of(app)
    with Private.open(f"sqlite:///{private}", canaries.PRIVATE_KEY) as database:
        for number in range(6):
            database.change(f"p{number}@x", "", lambda _: [Area(
                "direction", "much", "doing", date(2026, 1, 2), "qzgrowactionkept", DAY)], DAY)
    for query in ({}, {"pm": "H1"}, {"area": "none"}, {"as_of": "2026-11-01"}):
        app = tab("head", **query)
        assert words(everything, app) == set()
        assert "- Strategy: at least 5 people" in text_of(app).replace("\\", "")
        assert text_of(app).count("at least") == 1
    assert "at least" not in text_of(tab("leadership"))


def test_a_click_on_what_was_drawn_for_another_does_nothing(tab, reader, store, private):
    app = tab("pm")
    reader("deputy")
    app.button(key="growth_unshare_data").click().run()
    app = tab("pm")
    share = app.button(key="growth_share_leading")
    reader("head")
    app._run(WidgetStates(widgets=[WidgetState(id=share.id, trigger_value=True)]))
    assert {name: one.shared_with for name, one in kept(private, MARA).items()} == {
        "data": DEE, "leading": ""}


@pytest.mark.parametrize("why", ["key", "away", "damaged"])
def test_where_it_cannot_be_opened_a_line_says_so_and_nothing_is_written(
        tab, store, private, monkeypatch, why):
    if why == "key":
        monkeypatch.setenv("ORGDATA_PRIVATE_KEY", "another key, which is as long as the first one")
    elif why == "away":
        monkeypatch.setenv("ORGDATA_PRIVATE", f"sqlite:///{private.parent}/nowhere/private.sqlite")
    else:
        private.write_bytes(b"nothing that could be read, in a file of some length" * 40)
    before = private.read_bytes()
    app = tab("pm")
    assert "What you keep here cannot be shown" in text_of(app)
    assert str(private.parent) not in text_of(app)
    app.session_state["growth_delete_all"] = True
    press(app.run(), "growth_delete_everything")
    assert "Not kept:" in text_of(app)
    assert private.read_bytes() == before


def test_nothing_is_kept_without_a_database(tab):
    app = tab("pm")
    assert "Nobody has set one up" in text_of(app)
    assert only_the_form_for_home(app)


def only_the_form_for_home(app):
    return [one.label for one in app.get("download_button")] == ["A form to fill at home"] and not [
        one for one in app.button if (one.key or "").startswith("growth")]


def test_nothing_is_kept_without_a_sign_in_though_a_database_is_named(opened, monkeypatch, tmp_path):
    monkeypatch.setenv("ORGDATA_PRIVATE", f"sqlite:///{tmp_path}/private.sqlite")
    monkeypatch.setenv("ORGDATA_PRIVATE_KEY", canaries.PRIVATE_KEY)
    app = opened("my_product", tab=TAB)
    assert "Nobody has to sign in" in text_of(app)
    assert only_the_form_for_home(app)
    assert not (tmp_path / "private.sqlite").exists()


@pytest.mark.parametrize("role", sorted(set(READERS) - {"pm", "deputy", "head", "leadership"}))
def test_who_may_not_open_the_page_gets_no_tab(tab, private, role):
    assert "There is no such page" in text_of(tab(role))
