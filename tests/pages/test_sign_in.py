"""Pages where somebody has to say who they are."""

import os
import shutil
from datetime import UTC, datetime

import pytest

from orgdata.access import Identity, Refused
from orgdata.demo import DEMO
from orgdata.edits import Edit
from orgdata.model.access import Access
from orgdata.store import Correction, Store, source_key
from orgdata.ui.shell import sign_in, store
from orgdata.ui.widgets import downloads
from tests.pages.conftest import PAGES, text_of


@pytest.fixture
def company(tmp_path):
    def written(access):
        shutil.copytree(DEMO, tmp_path / "company")
        with (tmp_path / "company" / "settings.toml").open("a") as settings:
            settings.write(access)
        return tmp_path / "company"
    return written


@pytest.mark.parametrize(("access", "said"), [
    ('[access]\nrequire = "oidc"', "does not say where"),
    ('[access]\nrequire = "header"\nheader = "X-Email"', "did not say who you are"),
    ('[access]\nrequire = "nobody"', "cannot be read who may"), ("[access", "cannot be read who may")])
def test_no_page_shows_anything_to_who_may_not_come_in(opened, company, access, said):
    source = company(f"\n{access}\n")
    for page in PAGES:
        app = opened(page, source)
        assert not app.exception
        assert said in text_of(app)
        assert "Checkout" not in text_of(app)
        assert not app.sidebar.children
        assert len(app.main.children) == 2  # a title and why


def test_who_is_signed_in_is_named_and_asked_for_no_name(opened, monkeypatch):
    monkeypatch.setattr(sign_in, "identity", lambda: Identity("RAFAEL@x", "Rafael"))
    app = opened("weekly_review")
    assert "Signed in as Rafael" in text_of(app)
    assert "Your name" not in {one.label for one in app.text_input}


def test_nothing_is_written_by_who_may_not_come_in_any_more(opened, monkeypatch):
    opened("weekly_review")
    written = []

    def refuse():
        raise Refused("Your sign-in is too old. Sign in again.")
    monkeypatch.setattr(sign_in, "identity", refuse)
    assert store.write(written.append) is None
    assert written == []


def test_no_document_is_made_once_the_sign_in_is_too_old(opened, monkeypatch):
    opened("overview")
    at = datetime.now(UTC).timestamp()
    monkeypatch.setattr(sign_in.server, "access", lambda: Access("oidc"))
    monkeypatch.setattr(sign_in.st, "user", {"email": "a@x", "email_verified": True, "iat": at})
    monkeypatch.setattr(sign_in, "identity", lambda: Identity("a@x"))
    make = downloads.noted("x", lambda: b"made")
    assert make() == b"made"
    monkeypatch.setattr(sign_in.st, "user", {"email": "a@x", "email_verified": True, "iat": at - 50_000})
    with pytest.raises(Refused, match="too old"):
        downloads.noted("x", lambda: b"made")()


def test_who_is_signed_in_undoes_without_saying_who(opened, monkeypatch):
    monkeypatch.setattr(sign_in, "identity", lambda: Identity("rafael@x", "Rafael"))
    key = source_key(str(DEMO))
    with Store.open(os.environ["ORGDATA_STORE"]) as kept:
        kept.correct([Correction(key, Edit("outcomes", "set", {"outcome_id": "O1"}, {"weight": "20"}),
                                 "Ada", datetime.now(UTC))])
    app = opened("data")
    next(one for one in app.button if one.label == "Undo").click().run()
    with Store.open(os.environ["ORGDATA_STORE"]) as kept:
        assert [one.undone_by for one in kept.correction_log(key)] == ["Rafael"]
