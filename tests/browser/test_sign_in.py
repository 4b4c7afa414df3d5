"""Signing in, in a real browser: with an OpenID provider, and behind a proxy that signs in."""

import json
import os
import shutil
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from contextlib import contextmanager
from hashlib import sha256
from types import SimpleNamespace

import pytest

from bench.screenshots import ROOT, _wait_for, settled
from orgdata.demo import DEMO
from orgdata.store import Store, source_key
from tests.header_proxy import proxy

pytestmark = pytest.mark.browser
USERS = [
    {"sub": "rafael", "email": "Rafael.Monteiro@brightquay.example", "email_verified": True},
    {"sub": "eve", "email": "rafael.monteiro@brightquay.example", "email_verified": False},
    {"sub": "nadia", "email": "nadia.haddad@brightquay.example", "email_verified": True,
     "about": "".join(sha256(bytes([number])).hexdigest() for number in range(100))}]  # too long for one cookie
ADDRESS = "rafael.monteiro@brightquay.example"
PM = "nadia.haddad@brightquay.example"


def free_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


@contextmanager
def started(command, port, path, **environment):
    server = subprocess.Popen(
        [sys.executable, "-W", "ignore", "-m", *command, f"--port={port}"], cwd=ROOT,
        env=dict(os.environ, **environment), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait_for(f"http://127.0.0.1:{port}{path}", server)
        yield server
    finally:
        server.terminate()
        server.wait(timeout=20)


def dashboard(port, source, home):
    """A replica; all of them have one secret and one store."""
    return started(["orgdata.serve", "--log-level=error"], port, "/ready",
                   HOME=str(home), ORGDATA_SOURCE=str(source), STREAMLIT_SERVER_COOKIE_SECRET="one",
                   ORGDATA_STORE=f"sqlite:///{home}/store.sqlite")


@pytest.fixture
def source(tmp_path):
    """Writes the demo company with these lines below its settings."""
    def written(access):
        folder = tmp_path / "company"
        shutil.copytree(DEMO, folder)
        with (folder / "settings.toml").open("a") as settings:
            settings.write(access)
        return folder
    return written


@pytest.fixture
def provider():
    """A provider: its address, and the process, which a test may end."""
    port = free_port()
    users = [f"--user-claims={json.dumps(user)}" for user in USERS]
    with started(["oidc_provider_mock", *users], port, "/.well-known/openid-configuration") as server:
        yield SimpleNamespace(address=f"http://127.0.0.1:{port}", server=server)


@pytest.fixture
def signing_in(provider, source, tmp_path):
    """Starts a replica that signs in with the provider; every one has the same name and secret."""
    home, port = tmp_path / "home", free_port()
    (home / ".streamlit").mkdir(parents=True)
    (home / ".streamlit" / "secrets.toml").write_text(f'''[auth]
redirect_uri = "http://127.0.0.1:{port}/oauth2callback"
cookie_secret = "one"
client_id = "dashboard"
client_secret = "anything"
server_metadata_url = "{provider.address}/.well-known/openid-configuration"
''')
    folder = source('\n[access]\nrequire = "oidc"\n')

    @contextmanager
    def replica():
        with dashboard(port, folder, home):
            yield f"http://127.0.0.1:{port}"
    return replica


def sign_in(page, who):
    page.get_by_role("button", name="Sign in").click()
    page.locator("input[name=sub]").fill(who)
    page.get_by_role("button", name="Authorize").click()


def test_signing_in_leads_back_to_the_page_and_its_name_stands_on_entries(
        signing_in, tmp_path, visit):
    with signing_in() as address:
        page = visit(f"{address}/weekly_review?gap=OUT01%3AO2")
        assert page.get_by_text("Sign in to see the portfolio.").count() == 1
        assert "Japan" not in page.content()
        sign_in(page, "rafael")
        page.get_by_text("Signed in as Rafael Monteiro").wait_for()
        assert "/weekly_review?" in page.url
        assert "gap=OUT01%3AO2" in page.url
        settled(page)
        assert page.get_by_label("Your name").count() == 0
        page.get_by_role("button", name="Record a decision or to-do").click()
        page.get_by_label("What was decided, or is to be done?").fill("Ask Kenji about Japan")
        page.get_by_role("button", name="Record", exact=True).click()
        page.get_by_text("Ask Kenji about Japan").first.wait_for()
    with Store.open(f"sqlite:///{tmp_path}/home/store.sqlite") as store:
        decision, = store.decisions(source_key(str(tmp_path / "company")))
        assert (decision.text, decision.by) == ("Ask Kenji about Japan", "Rafael Monteiro")
    with signing_in() as address:  # another replica in its place
        page = visit(f"{address}/outcomes", page=page)
        page.get_by_text("Signed in as Rafael Monteiro").wait_for()
        page.get_by_role("button", name="Sign out").click()
        page.wait_for_url("**/end_session**")
        page = visit(f"{address}/outcomes", page=page)
        assert page.get_by_text("Sign in to see the portfolio.").count() == 1


@pytest.mark.parametrize("asked_before", [True, False])
def test_while_the_provider_is_away(signing_in, provider, window, visit, asked_before):
    """Who is signed in goes on, on another replica too; who is not gets a line, also from a replica
    that knows from before where the provider signs people in."""
    with signing_in() as address:
        page = visit(f"{address}/outcomes")
        sign_in(page, "rafael")
        page.get_by_text("Signed in as Rafael Monteiro").wait_for()
        provider.server.terminate()
        provider.server.wait(timeout=20)
        if asked_before:
            _goes_on_and_nobody_else_comes_in(address, window, visit, page)
            return
    with signing_in() as address:
        _goes_on_and_nobody_else_comes_in(address, window, visit, page)


def _goes_on_and_nobody_else_comes_in(address, window, visit, page):
    page = visit(f"{address}/gaps?gap=OUT01%3AO2", page=page)
    page.get_by_text("Signed in as Rafael Monteiro").wait_for()
    assert page.get_by_role("heading", name="Expand to Japan").count() == 1
    window.clear_cookies()
    page = visit(f"{address}/gaps", page=page)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_text("Nobody can sign in at the moment: the sign-in does not answer.").wait_for()
    assert len(page.inner_text("body").splitlines()) == 1


def test_an_address_that_nobody_verified_does_not_come_in(signing_in, visit):
    with signing_in() as address:
        page = visit(f"{address}/gaps")
        sign_in(page, "eve")
        page.get_by_text("was not verified").wait_for()
        assert "Japan" not in page.content()


def test_a_sign_in_in_parts_comes_in_and_parts_of_two_do_not(signing_in, window, visit):
    with signing_in() as address:
        page = visit(f"{address}/gaps")
        sign_in(page, "nadia")
        page.get_by_text("Signed in as Nadia Haddad").wait_for()
        first = {one["name"]: one for one in window.cookies()}
        window.clear_cookies()
        page = visit(f"{address}/gaps", page=page)
        sign_in(page, "nadia")
        page.get_by_text("Signed in as Nadia Haddad").wait_for()
        window.add_cookies([first["_streamlit_user_2"]])
        page = visit(f"{address}/gaps", page=page)
        assert page.get_by_text("Sign in to see the portfolio.").count() == 1
        window.add_cookies([one for name, one in first.items() if name != "_streamlit_xsrf"])
        page = visit(f"{address}/gaps", page=page)
        page.get_by_text("Signed in as Nadia Haddad").wait_for()
        page.get_by_role("button", name="Sign out").click()
        page.wait_for_url("**/end_session**")
        assert not [one for one in window.cookies(address) if one["name"].startswith(("_streamlit_user", "orgdata"))]


def test_behind_a_proxy_that_signs_in(source, tmp_path, visit):
    folder, port = source('\n[access]\nrequire = "header"\nheader = "X-Email"\n'), free_port()
    with dashboard(port, folder, tmp_path):
        with proxy(port, "X-Email", ADDRESS) as address:
            page = visit(f"{address}/gaps?gap=OUT01%3AO2")
            assert page.get_by_role("heading", name="Expand to Japan").count() == 1
            assert page.get_by_text("Signed in as Rafael Monteiro").count() == 1
            assert page.get_by_role("button", name="Sign out").count() == 0
        with proxy(port, "X-Email", "") as unsigned:
            for address in (unsigned, f"http://127.0.0.1:{port}"):
                with pytest.raises(urllib.error.HTTPError) as refused:
                    urllib.request.urlopen(address, timeout=30)
                assert refused.value.code == 401
                assert b"did not say who you are" in refused.value.read()


def test_a_product_manager_gets_their_pages_and_no_others(source, tmp_path, visit):
    """Also by an address that a server which was just started is asked for first."""
    folder, port = source('\n[access]\nrequire = "header"\nheader = "X-Email"\n'
                          '[[access.role]]\nrole = "pm"\nrule = "accountable"\n'), free_port()
    with dashboard(port, folder, tmp_path), proxy(port, "X-Email", PM) as address:
        page = visit(f"{address}/data")
        page.get_by_role("heading", name="There is no such page, or it is not for you.").wait_for()
        menu = page.get_by_test_id("stSidebarNav")
        assert [text.split("\n")[-1] for text in menu.get_by_role("link").all_inner_texts()] == [
            "Overview", "Outcomes", "Products", "My product", "Focus", "Partners", "Gaps", "Method"]
        menu.get_by_role("link", name="My product").click()
        page.get_by_role("heading", name="You work on 2 products").wait_for()
        page.get_by_role("link", name="Storefront Studio").wait_for(state="detached")
        page.get_by_role("button", name="Checkout").click()
        page.get_by_text("How your work reaches a company outcome").wait_for()
        settled(page)
        assert "There is no" not in page.inner_text("section.main, [data-testid=stMain]")
        page = visit(f"{address}/gaps?gap=OWN04%3AH26", page=page)
        page.get_by_text("There is no such gap on this day, or it is not for you.").wait_for()


def test_a_file_is_for_those_who_are_signed_in(signing_in, visit):
    with signing_in() as address:
        page = visit(f"{address}/overview")
        sign_in(page, "rafael")
        page.get_by_text("Signed in as Rafael Monteiro").wait_for()
        settled(page)
        page.get_by_role("button", name="Export").click()
        with page.expect_response("**/media/**") as answered, page.expect_download():
            page.get_by_role("button", name="Markdown").first.click()
        assert answered.value.ok
        with pytest.raises(urllib.error.HTTPError) as refused:
            urllib.request.urlopen(answered.value.url, timeout=30)
        assert (refused.value.code, refused.value.read()) == (401, b"Sign in to get this file.")
