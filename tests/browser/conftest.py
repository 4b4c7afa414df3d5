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


@pytest.fixture
def visit(browser):
    """Opens an address in a browser of its own; fails on an error in the page's script."""
    contexts = []

    def go(url, width=1280, scheme="light"):
        context = browser.new_context(viewport={"width": width, "height": 1000},
                                      color_scheme=scheme)
        contexts.append(context)
        page = context.new_page()
        page.goto(url)
        screenshots.settled(page)
        assert page.locator("[data-testid=stException]").count() == 0
        return page

    yield go
    for context in contexts:
        context.close()
