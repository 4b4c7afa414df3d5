"""The content security policy, in a real browser: pages work, and nothing else runs."""

import shutil
import urllib.error
import urllib.request

import pytest

from bench.screenshots import settled
from orgdata.demo import DEMO
from tests.browser.test_sign_in import dashboard, free_port

pytestmark = pytest.mark.browser
PAGES = {"": "Aligned products", "outcomes?tab=Flow+of+spend": "Highlight",
         "products": "Pace and evidence", "my_product?product=P01": "How your work reaches",
         "focus": "Who asked for what was outside", "partners": "What products need from",
         "gaps?gap=OUT01%3AO2": "Status and owner", "weekly_review": "Decisions and to-dos",
         "history": "No earlier day is remembered yet", "what_if": "What would happen",
         "data": "Download", "method": "Alignment"}


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    home, port = tmp_path_factory.mktemp("home"), free_port()
    folder = home / "company"
    shutil.copytree(DEMO, folder)
    with dashboard(port, folder, home):
        yield f"http://127.0.0.1:{port}"


def test_no_page_needs_more_than_it_allows(served, visit):
    refused, page = [], None
    for address, text in PAGES.items():
        page = visit(f"{served}/{address}", page=page)
        page.on("console", lambda line: refused.append(line.text) if "Content Security" in line.text
                else None)
        page.reload()
        settled(page)
        page.get_by_text(text).first.wait_for()
    assert page.locator("[data-testid=stException]").count() == 0
    assert not refused


def test_a_file_is_handed_over(served, visit):
    page = visit(f"{served}/products")
    page = visit(f"{served}/weekly_review", page=page)
    page.get_by_role("button", name="Export").click()
    with page.expect_download() as handed:
        page.get_by_role("button", name="Markdown").click()
    assert handed.value.suggested_filename.startswith("weekly-")


def test_what_is_written_into_a_page_does_not_run(served, visit):
    page = visit(f"{served}/method")
    ran = page.evaluate("""() => new Promise((done) => {
        window.ran = 0;
        const script = document.createElement("script"), picture = document.createElement("img");
        script.textContent = "window.ran += 1"; picture.setAttribute("onerror", "window.ran += 1");
        picture.src = "/nowhere.png"; document.body.append(script, picture);
        const elsewhere = document.createElement("script");
        elsewhere.src = "http://localhost:1/x.js"; elsewhere.onerror = () => setTimeout(() => done(window.ran), 500);
        document.body.append(elsewhere); })""")
    assert ran == 0


def put(address, **headers):
    request = urllib.request.Request(address, b"x", headers, method="PUT")
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return answer.status
    except urllib.error.HTTPError as error:
        return error.code


def test_a_file_from_elsewhere_is_not_taken(served):
    """Without the token of the session's cookie, and from another site."""
    address = f"{served}/_stcore/upload_file/session/file"
    assert put(address) == 403
    assert put(address, Cookie="_streamlit_xsrf=a", **{"X-Xsrftoken": "b"}) == 403
    assert put(address, Host="evil.example") == 400


def test_cookies_are_of_this_site_and_not_for_scripts(served):
    with urllib.request.urlopen(served, timeout=30) as answer:
        for cookie in answer.headers.get_all("set-cookie") or []:
            assert "samesite" in cookie.lower(), cookie
            assert "httponly" in cookie.lower() or cookie.startswith("_streamlit_xsrf="), cookie
