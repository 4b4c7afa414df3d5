"""Pages where somebody has to say who they are."""

import shutil

import pytest

from orgdata.access import Identity, Refused
from orgdata.demo import DEMO
from orgdata.ui.shell import sign_in, store
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
