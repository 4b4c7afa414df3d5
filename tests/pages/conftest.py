"""Pages run for real, without a browser, through Streamlit's own test runner."""

from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from orgdata.demo import DEMO
from orgdata.ui.shell import cache
from tests.demo_company import seeded

ROOT = Path(__file__).parents[2]
PAGES = sorted(path.stem for path in (ROOT / "pages").glob("*.py"))


def forget_all():
    """As on a server that has just been started."""
    st.cache_resource.clear()
    cache.RESULTS.clear()


@pytest.fixture
def opened(monkeypatch, tmp_path_factory):
    """Opens a page of the dashboard on a source, with a query string and an empty store."""
    forget_all()
    store = tmp_path_factory.mktemp("store") / "store.sqlite"
    monkeypatch.setenv("ORGDATA_STORE", f"sqlite:///{store}")

    def open_page(page, source=DEMO, **query):
        monkeypatch.setenv("ORGDATA_SOURCE", str(source))
        app = AppTest.from_file(str(ROOT / "dashboard.py"), default_timeout=120)
        for name, value in query.items():
            app.query_params[name] = value
        app.run()
        if page != "overview":
            app.switch_page(f"pages/{page}.py").run()
        return app

    return open_page


@pytest.fixture
def weeks(opened, monkeypatch, tmp_path):
    """Opens a page as `opened` does, with the eight weeks of the demo in the store."""
    monkeypatch.setenv("ORGDATA_STORE", seeded(tmp_path))
    return opened


def text_of(app):
    """All words of a page in one string, markdown and captions as they were written."""
    kinds = ("title", "header", "subheader", "markdown", "caption", "info", "warning", "error",
             "success")
    return "\n".join(str(one.value) for kind in kinds for one in app.get(kind))
