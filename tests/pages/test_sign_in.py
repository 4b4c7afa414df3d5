"""Pages where somebody has to say who they are."""

import ast
import os
import shutil
from contextlib import nullcontext
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace

import pytest

from orgdata.access import Identity, Refused, Rights
from orgdata.demo import DEMO
from orgdata.edits import Edit
from orgdata.model.access import Access
from orgdata.store import Correction, Store, source_key
from orgdata.ui.shell import frame, private, rights, sign_in, store
from orgdata.ui.widgets import downloads
from tests.pages.conftest import PAGES, clear_caches, text_of


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


def test_no_document_is_made_once_it_is_not_for_them(opened, monkeypatch, company):
    """A button stays in a browser, and what it would make on the server, as long as a page does."""
    roles = [frozenset({"head"}), frozenset({"leadership"})]
    monkeypatch.setattr(sign_in, "identity", lambda: Identity("a@x"))
    monkeypatch.setattr(rights, "rights_of", lambda *_: Rights(roles[0]))
    made, noted = [], downloads.noted
    monkeypatch.setattr(downloads, "noted", lambda *given: made.append(noted(*given)) or made[-1])
    opened("data", company('\n[access]\nrequire = "header"\nheader = "X-Email"\n'))
    assert made[0]()
    roles.pop(0)
    with pytest.raises(Refused, match="not the same any more"):
        made[0]()


def test_so_much_of_one_person_in_an_hour_and_at_once(opened, monkeypatch):
    """Entries are kept and read by everybody, and files take the turns of others' files."""
    asked = []
    monkeypatch.setattr(sign_in, "identity", lambda: Identity("a@x"))
    monkeypatch.setattr(frame, "_AT_ONCE", SimpleNamespace(of=lambda who: asked.append(who) or nullcontext()))
    opened("overview")
    assert set(asked) == {"a@x"}
    monkeypatch.setattr(store, "MOST_IN_AN_HOUR", {"entries": 2, "files": 2 * downloads.MOST_AT_ONCE + 1, "sign-ins": 3})
    clear_caches()
    for _ in range(4):
        opened("overview")
    with Store.open(os.environ["ORGDATA_STORE"]) as kept:
        assert len(kept.audit(datetime(2000, 1, 1, tzinfo=UTC))) == 1 + 3
    written = []
    for _ in range(3):
        store.write(written.append)
    assert len(written) == 2
    assert not private.write(lambda *_: written.append("private"))
    assert len(written) == 2
    within = lambda: b"made"  # noqa: E731
    for _ in range(downloads.MOST_AT_ONCE):
        within = downloads.noted("x", within)
    assert within() == b"made"
    with pytest.raises(Refused, match="are being made"):
        downloads.noted("x", within)()
    with pytest.raises(Refused, match="in this hour"):
        within()


def test_whatever_is_handed_over_is_noted():
    """But for what is the same for everybody, and what somebody keeps for themselves, of which only
    is checked whether it is still for them."""
    found = {}
    for path in (Path(downloads.__file__).parents[1]).rglob("*.py"):
        for call in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(call, ast.Call) and getattr(call.func, "attr", "") == "download_button":
                data = next((one.value for one in call.keywords if one.arg == "data"), None) or call.args[1]
                found[f"{path.stem}:{call.lineno}"] = ast.unparse(data)
    assert len(found) > 8
    assert {one for one in found.values() if not one.startswith(("downloads.noted(", "noted("))} == {
        "template_workbook", "template_zip", "partial(growth_sheet.form, date.today())",
        "_made(partial(growth_sheet.talk, role, tuple(areas), date.today()))"}


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
