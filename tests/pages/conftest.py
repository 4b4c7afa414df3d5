"""Fixtures that run pages without a browser, through Streamlit's own test runner."""

import json
import tempfile
from contextlib import ExitStack
from datetime import datetime
from functools import cache as remembered
from pathlib import Path
from typing import ClassVar

import pytest
import streamlit as st
from streamlit.components.v2 import manifest_scanner
from streamlit.testing.v1 import AppTest, local_script_runner

from orgdata import evaluation
from orgdata.access.identity import of_header
from orgdata.demo import DEMO
from orgdata.gaps import find_gaps, find_present
from orgdata.load import portfolio_of, read_for
from orgdata.measures import align
from orgdata.store import Store
from orgdata.ui.shell import cache, edited, server, sign_in, source
from orgdata.ui.upload import tab_source
from tests import canaries
from tests.demo_company import seeded
from tests.once import Once

# each run of a page would read the metadata of every installed package again
manifest_scanner.scan_component_manifests = remembered(manifest_scanner.scan_component_manifests)


def wait(runner, timeout):
    """Wait for a run of a page as Streamlit's test runner does, but without waking a thousand times
    a second to look through all that the page has said."""
    runner._script_thread.join(timeout)
    if runner._script_thread.is_alive():
        runner.request_stop()
        runner.join()
        raise RuntimeError(f"the page took longer than {timeout} s")


local_script_runner.require_widgets_deltas = wait

ROOT = Path(__file__).parents[2]
READERS = {  # of the company of canaries: role → address, and the function that the proxy says
    "head": ("Head@canary.example", []), "leadership": ("leader@canary.example", []),
    "pm": ("mara@canary.example", []), "deputy": ("dee@canary.example", []),
    "owner": ("otto@canary.example", []), "partner": ("someone@else.example", ["Sales"]),
    "viewer": ("visitor@else.example", [])}
PAGES = sorted(path.stem for path in (ROOT / "pages").glob("*.py"))


def clear_caches():
    """Clear all caches, as on a server that has just been started."""
    st.cache_resource.clear()
    cache.RESULTS.clear()


class Read(datetime):
    """The moment at which a source was read: of one that no test changes always the first, so that
    what pages work out of it is worked out once for all tests."""

    first: ClassVar = {}

    @classmethod
    def now(cls, tz=None):
        now, read = datetime.now(tz), (server.source_name(), server.settings_name())
        return cls.first.setdefault(read, now) if read[0] in UNCHANGED else now


UNCHANGED = {str(DEMO)}  # sources that no test changes
READ_ONCE = Once(read_for, lambda name, *_: name in UNCHANGED)
MEASURED_ONCE = [
    (source, "read_for", READ_ONCE),
    (source, "portfolio_of", Once(portfolio_of, lambda raw, *edits: not edits and any(
        raw is read for read, _ in READ_ONCE.results.values()))),
    (source, "datetime", Read), (edited, "_kept", remembered(edited._kept.__wrapped__)),
    (evaluation, "align", Once(align)), (evaluation, "find_gaps", Once(find_gaps)),
    (source, "find_present", Once(find_present))]


@remembered
def empty_store() -> bytes:
    """The file of a store without rows: to make its tables takes longer than to copy it."""
    with tempfile.TemporaryDirectory() as folder:
        Store.open(f"sqlite:///{folder}/store.sqlite").close()
        return Path(folder, "store.sqlite").read_bytes()


@pytest.fixture
def opened(monkeypatch, tmp_path_factory):
    """A function that opens a page on a source, with a query string and an empty store."""
    st.cache_resource.clear()
    for module, name, once in MEASURED_ONCE:
        monkeypatch.setattr(module, name, once)
    store = tmp_path_factory.mktemp("store") / "store.sqlite"
    store.write_bytes(empty_store())
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


@pytest.fixture(scope="session")
def kept(tmp_path_factory):
    """A function from a folder to one with the same files that nobody changes: the same for all
    tests that made the same, so that it is measured once."""
    folders = {}

    def keep(folder):
        files = tuple((file.name, file.read_bytes()) for file in sorted(folder.iterdir()))
        if files not in folders:
            folders[files] = tmp_path_factory.mktemp("kept")
            for name, content in files:
                (folders[files] / name).write_bytes(content)
            UNCHANGED.add(str(folders[files]))
        return folders[files]
    return keep


@pytest.fixture
def company(tmp_path, kept):
    """The company of canaries, as a folder."""
    return kept(canaries.company(tmp_path / "company"))


@pytest.fixture
def reader(monkeypatch):
    """Signs somebody in, as a proxy would."""
    def sign(role):
        address, functions = READERS[role]
        monkeypatch.setattr(sign_in, "identity", lambda: of_header(
            [address], server.access(), lambda name: functions if name == "X-Function" else []))
    return sign


def of_reader(role):
    """The address of a reader, in one spelling."""
    return READERS[role][0].lower()


@pytest.fixture
def kept_in(opened, monkeypatch, tmp_path):
    """A function that opens a store for the pages and the test, empty or with what a file holds."""
    with ExitStack() as until_end:
        def use(content=None):
            file = tmp_path / "kept.sqlite"
            file.write_bytes(empty_store() if content is None else content)
            monkeypatch.setenv("ORGDATA_STORE", f"sqlite:///{file}")
            return until_end.enter_context(Store.open(f"sqlite:///{file}"))
        yield use


@pytest.fixture
def store(kept_in):
    """An empty store that the pages use."""
    return kept_in()


@pytest.fixture
def weeks(opened, monkeypatch, tmp_path):
    """A function that opens a page as `opened` does, with the demo's eight weeks in the store."""
    monkeypatch.setenv("ORGDATA_STORE", seeded(tmp_path))
    return opened


def components(app, name):
    """What is sent to each component of a name, as it gets there."""
    return [json.loads(one.proto.json) for one in app.get("bidi_component")
            if one.proto.component_name == name]


def map_of(app):
    """The alignment map as it is sent to the browser."""
    return components(app, "alignment_map")[0]["map"]


def gap_rows(app):
    """The gaps that a page lists as rows."""
    return [row for one in components(app, "gap_rows") for row in one["rows"]]


def table_rows(app, title):
    """The cells of the page's own table of that title, each row as one text."""
    tables = [one["table"] for one in components(app, "page_table") if one["words"]["title"] == title]
    return [" | ".join(" ".join(map(str, filter(None, cell))) if isinstance(cell, list) else cell
                       for cell in row) for table in tables for row in table["rows"]]


def text_of(app):
    """The text of a page in one string, markdown and captions before they are rendered."""
    kinds = ("title", "header", "subheader", "markdown", "caption", "info", "warning", "error",
             "success")
    return "\n".join(str(element.value) for kind in kinds for element in app.get(kind))


@pytest.fixture
def bring(opened):
    """The Data page with these files dropped in."""
    def drop(*files, **query):
        app = opened("data", **query)
        app.segmented_control(key="do").set_value(tab_source.UPLOAD).run()
        return dropped(app, *files)
    return drop


def dropped(app, *files):
    """The Data page after these files were dropped in, all at once."""
    for name, content in files:
        app.file_uploader[0].upload(name, as_bytes(content))
    app.run()
    assert not app.exception
    return app


def as_bytes(content):
    return content if isinstance(content, bytes) else content.encode()
