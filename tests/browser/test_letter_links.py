"""A link in a letter over real HTTP: programs that open what stands in mails change nothing by it,
not even those that run a page's scripts."""

import sqlite3
from datetime import UTC, datetime, timedelta

import httpx
import pytest

from bench.screenshots import serving, settled
from orgdata.access.letter_links import Form, Sent, Signer
from orgdata.demo import DEMO
from orgdata.store import Store, source_key

pytestmark = pytest.mark.browser
SECRET = "a secret of this test that is long enough"


def held(file):
    with sqlite3.connect(file) as connection:
        return list(connection.iterdump())


def test_only_the_form_that_is_sent_changes_anything(visit, tmp_path, monkeypatch):
    monkeypatch.setenv("ORGDATA_LINK_SECRET", SECRET)
    file = tmp_path / "store.sqlite"
    Store.open(f"sqlite:///{file}").close()
    signed = Signer(SECRET, source_key(str(DEMO))).sign(
        Form("partners", ("X1",)), Sent(function="finance"), datetime.now(UTC).date() + timedelta(days=1))
    with serving(store=f"sqlite:///{file}", production=True) as address:
        link = f"{address}/partners?expectation=X1&link={signed}"
        visit(f"{address}/partners")  # by which whatever a server keeps for itself is there
        before = held(file)
        for method in ("HEAD", "GET", "POST"):
            httpx.request(method, link, timeout=60)
        page = visit(link)
        page.get_by_text("By a link that was sent to Finance").wait_for()
        assert held(file) == before
        page.get_by_label("Your name").first.fill("Fay")
        page.get_by_role("combobox", name="Answer").first.click()
        page.get_by_role("option", name="accepted").click()
        page.get_by_role("button", name="Save").first.click()
        settled(page).get_by_text("Fay (by the link sent to Finance)").first.wait_for()
        assert held(file) != before
