"""Fixtures that run pages without a browser, through Streamlit's own test runner."""

from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from orgdata.demo import DEMO
from orgdata.ui.shell import cache
from tests.demo_company import seeded

ROOT = Path(__file__).parents[2]
PAGES = sorted(path.stem for path in (ROOT / "pages").glob("*.py"))


def clear_caches():
    """Clear all caches, as on a server that has just been started."""
    st.cache_resource.clear()
    cache.RESULTS.clear()


@pytest.fixture
def opened(monkeypatch, tmp_path_factory):
    """A function that opens a page on a source, with a query string and an empty store."""
    clear_caches()
    store = tmp_path_factory.mktemp("store") / "store.sqlite"
    monkeypatch.setenv("ORGDATA_STORE", f"sqlite:///{store}")

    def open_page(page, source=DEMO, **query):
        monkeypatch.setenv("ORGDATA_SOURCE", str(source))
        app = AppTest.from_file(str(ROOT / "dashboard.py"), default_timeout=120)
        for name, value in query.items():
            app.query_params[name] = value
        if page != "overview":  # found before the first run too: its address is its file's name
            app.switch_page(f"pages/{page}.py")
        return app.run()

    return open_page


@pytest.fixture
def weeks(opened, monkeypatch, tmp_path):
    """A function that opens a page as `opened` does, with the demo's eight weeks in the store."""
    monkeypatch.setenv("ORGDATA_STORE", seeded(tmp_path))
    return opened


def text_of(app):
    """The text of a page in one string, markdown and captions before they are rendered."""
    kinds = ("title", "header", "subheader", "markdown", "caption", "info", "warning", "error",
             "success")
    return "\n".join(str(element.value) for kind in kinds for element in app.get(kind))
