"""Tokens on the Data page: made by heads, shown once, listed and revoked."""

from datetime import UTC, datetime

import pytest

from orgdata.store import source_key
from tests.pages.conftest import text_of
from tests.pages.rights.shown_to import Everything


@pytest.fixture
def everything(monkeypatch):
    return Everything(monkeypatch)


def opened_fold(opened, company):
    app = opened("data", company)
    app.session_state["tokens"] = True
    return app.run()


def made(app, what, role="viewer", **fields):
    app.selectbox(key="token_role").select(role).run()
    app.text_input(key="token_what").set_value(what)
    for key, value in fields.items():
        (app.selectbox if key == "person" else app.text_input)(key=f"token_{key}").set_value(value)
    app.button(key="FormSubmitter:token_form-Make a token").click().run()
    assert not app.exception
    return [one.value for one in app.code if one.value.startswith("orgdata_")]


def test_a_token_is_made_shown_once_and_revoked(opened, store, company, reader, everything):
    reader("head")
    app, key = opened_fold(opened, company), source_key(str(company))
    assert "None was made yet." in text_of(app)
    (text,) = made(app, "Spreadsheet")
    assert store.bearer(key, text, datetime.now(UTC)).role == "viewer"
    everything.take(app)
    assert everything.holds(text)
    everything.parts.clear()
    everything.take(app.run())
    assert everything.holds("Spreadsheet")
    assert not everything.holds(text)
    (number,) = [one.id for one in store.tokens(key)]
    app.selectbox(key="token_revoked").select(number)
    app.button(key="FormSubmitter:revoke_token-Revoke it").click().run()
    assert not app.exception
    assert store.bearer(key, text, datetime.now(UTC)) is None
    assert [(one.by, one.did, one.what) for one in store.audit(datetime(2000, 1, 1, tzinfo=UTC))][:2] == [
        ("head@canary.example", "changed", f"token revoked {number}"),
        ("head@canary.example", "changed", "token made viewer Spreadsheet")]


def test_a_token_of_a_product_manager_is_for_one_person_and_of_a_partner_for_a_function(
        opened, store, company, reader):
    reader("head")
    app, key = opened_fold(opened, company), source_key(str(company))
    app.selectbox(key="token_role").select("pm").run()
    assert app.selectbox(key="token_person").options == ["Dee Deputy", "Mara One", "Tom Two", "Una Three"]
    assert len(made(app, "Mara's", "pm", person="H1")) == 1
    assert len(made(app, "Sales", "partner", function="Sales")) == 1
    assert made(app, "Nobody's", "pm", person=None) == []
    assert any("one person" in one.value for one in app.error)
    assert [(one.role, one.person, one.function) for one in store.tokens(key)] == [
        ("pm", "H1", None), ("partner", None, "Sales")]


def test_nobody_else_finds_them(opened, store, company, reader):
    for role in ("viewer", "pm", "leadership"):
        reader(role)
        assert "Access for other programs" not in text_of(opened_fold(opened, company))
