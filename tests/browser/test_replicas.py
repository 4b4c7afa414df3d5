"""Served as in production: two replicas of the ASGI application on one PostgreSQL store."""

import gzip
import json
import os
import socket
import subprocess
import sys
import urllib.request
from contextlib import contextmanager

import pytest

from bench.screenshots import ROOT, _wait_for, settled
from tests.sources.conftest import empty

pytestmark = pytest.mark.browser


@contextmanager
def replica(store):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen(
        [sys.executable, "-m", "orgdata.serve", f"--port={port}", "--log-level=error"],
        cwd=ROOT, env=dict(os.environ, ORGDATA_STORE=store, STREAMLIT_SERVER_COOKIE_SECRET="one"),
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait_for(f"http://127.0.0.1:{port}/ready", server)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(timeout=20)


@pytest.fixture
def replicas(request, tmp_path):
    store = empty(request, tmp_path, "postgresql")
    with replica(store) as one, replica(store) as other:
        yield one, other


def _fetched(url, **headers):
    with urllib.request.urlopen(urllib.request.Request(url, headers=headers), timeout=30) as answer:
        return answer.headers, answer.read()


def test_what_is_decided_on_one_replica_is_seen_on_the_other(replicas, visit):
    one, other = replicas
    page = visit(f"{one}/weekly_review")
    page.get_by_label("Your name").fill("Ada")
    page.get_by_role("button", name="Record a decision or to-do").click()
    page.get_by_label("What was decided, or is to be done?").fill("Ask Kenji about Japan")
    page.get_by_role("button", name="Record", exact=True).click()
    page.get_by_text("Ask Kenji about Japan").first.wait_for()
    settled(page)
    assert visit(f"{other}/weekly_review").get_by_text("Ask Kenji about Japan").count() >= 1


def test_a_replica_is_warm_and_sends_its_files_small_and_once(replicas, visit):
    address = replicas[0]
    headers, body = _fetched(f"{address}/ready")
    assert json.loads(body) == {"ready": True, "source_was_read": True}
    assert _fetched(f"{address}/_stcore/health")[1] == b"ok"
    _, start = _fetched(f"{address}/")
    script = start.decode().split('src="./')[1].split('"')[0]
    _, plain = _fetched(f"{address}/{script}")
    for _ in range(2):
        headers, packed = _fetched(f"{address}/{script}", **{"Accept-Encoding": "gzip"})
        assert gzip.decompress(packed) == plain
        assert headers["content-encoding"] == "gzip"
        assert int(headers["content-length"]) == len(packed) < len(plain) / 2
        assert "immutable" in headers["cache-control"]
        assert headers["x-content-type-options"] == "nosniff"
    page = visit(f"{address}/gaps?gap=OUT01%3AO2")  # the first page ever: the frame is there
    assert page.get_by_role("heading", name="Expand to Japan").count() == 1
