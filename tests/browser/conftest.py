"""A real server and a real Chromium; without one these tests are skipped, and counted."""

import pytest
from playwright.sync_api import Error, sync_playwright

from bench import screenshots

SIZE = {"width": 1280, "height": 1000}


@pytest.fixture(scope="session")
def window(tmp_path_factory):
    """A window of a browser for all tests of a worker. It keeps what it has compiled of
    Streamlit's scripts, on the disk and in its one process, and does not draw what only moves."""
    with sync_playwright() as playwright:
        try:
            opened = playwright.chromium.launch_persistent_context(
                tmp_path_factory.mktemp("browser"), executable_path=screenshots.installed(),
                args=[*screenshots.QUIET, "--renderer-process-limit=1"], viewport=SIZE,
                reduced_motion="reduce")
        except Error as missing:
            pytest.skip(f"no Chromium can be started: {str(missing).splitlines()[0]}")
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def demo():
    """The address of a dashboard on the demo company, kept for all tests."""
    with screenshots.serving() as address:
        yield address


@pytest.fixture(scope="session")
def weeks():
    """The address of a dashboard on the demo company and its eight weeks; nobody changes these."""
    with screenshots.serving(seeded=True) as address:
        yield address


@pytest.fixture(scope="session")
def idle():
    """Tabs that no test uses: to open one costs as much as to load a page in it."""
    return []


@pytest.fixture
def visit(window, idle):
    """Opens an address as a session of its own, in a tab of its own or in place of a page; fails
    on an error in the page's script."""
    pages = []
    window.clear_cookies()  # they know no ports: those of another server would be sent

    def go(url, scheme="light", page=None):
        if page is None:
            page = idle.pop() if idle else window.new_page()
            pages.append(page)
        page.set_viewport_size(SIZE)
        page.emulate_media(color_scheme=scheme)
        page.goto(url)
        screenshots.settled(page)
        assert page.locator("[data-testid=stException]").count() == 0
        return page

    yield go
    for page in pages:
        try:
            page.evaluate("sessionStorage.clear(), localStorage.clear()")
            page.goto("about:blank")
            idle.append(page)
        except Error:  # it is closed, or shows that nobody answers
            page.close()
