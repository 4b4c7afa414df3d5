"""A real server and a real Chromium; without one these tests are skipped, and counted."""

import pytest
from playwright.sync_api import Error

from bench import screenshots


@pytest.fixture(scope="session")
def browser():
    try:
        opened = screenshots.chromium()
        one = opened.__enter__()
    except Error as missing:
        pytest.skip(f"no Chromium can be started: {str(missing).splitlines()[0]}")
    yield one
    opened.__exit__(None, None, None)


@pytest.fixture(scope="session")
def demo():
    """The address of a dashboard on the demo company, kept for all tests."""
    with screenshots.serving() as address:
        yield address


@pytest.fixture(scope="module")
def window(browser):
    """A window of a browser by its width and scheme. The tests of a file share it, so that
    Streamlit's own scripts are fetched and compiled once; each page is a session of its own."""
    windows = {}

    def opened(width, scheme):
        if (width, scheme) not in windows:
            windows[width, scheme] = browser.new_context(
                viewport={"width": width, "height": 1000}, color_scheme=scheme)
        return windows[width, scheme]

    yield opened
    for one in windows.values():
        one.close()


@pytest.fixture
def visit(window):
    """Opens an address in a tab of its own; fails on an error in the page's script."""
    pages = []

    def go(url, width=1280, scheme="light"):
        page = window(width, scheme).new_page()
        pages.append(page)
        page.goto(url)
        screenshots.settled(page)
        assert page.locator("[data-testid=stException]").count() == 0
        return page

    yield go
    for page in pages:
        page.close()
