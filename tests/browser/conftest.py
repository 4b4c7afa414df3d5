"""A real server and a real Chromium; without one these tests are skipped, and counted."""

import pytest
from playwright.sync_api import Error, sync_playwright

from bench import screenshots


@pytest.fixture(scope="session")
def window(tmp_path_factory):
    """A window of a browser for all tests of a worker. It keeps what it has compiled of
    Streamlit's scripts, on the disk and in its one process; each tab is a session of its own."""
    with sync_playwright() as playwright:
        try:
            opened = playwright.chromium.launch_persistent_context(
                tmp_path_factory.mktemp("browser"), executable_path=screenshots.installed(),
                args=[*screenshots.QUIET, "--renderer-process-limit=1"],
                viewport={"width": 1280, "height": 1000})
        except Error as missing:
            pytest.skip(f"no Chromium can be started: {str(missing).splitlines()[0]}")
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def demo():
    """The address of a dashboard on the demo company, kept for all tests."""
    with screenshots.serving() as address:
        yield address


@pytest.fixture
def visit(window):
    """Opens an address in a tab of its own; fails on an error in the page's script."""
    pages = []
    window.clear_cookies()  # they know no ports: those of another server would be sent

    def go(url, scheme="light"):
        page = window.new_page()
        pages.append(page)
        page.emulate_media(color_scheme=scheme)
        page.goto(url)
        screenshots.settled(page)
        assert page.locator("[data-testid=stException]").count() == 0
        return page

    yield go
    for page in pages:
        page.close()
