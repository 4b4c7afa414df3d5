"""Metrics: for who knows the secret, without a word of data; and the log of a server that runs."""

import http.client
import json
import logging
import os
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime

import pytest
from prometheus_client import parser

from bench.screenshots import ROOT, _wait_for
from bench.websocket import Visitor
from orgdata.load import load
from orgdata.serve import doors
from orgdata.serve import metrics as route
from orgdata.ui.shell import metrics
from orgdata.ui.shell.loaded import Loaded
from tests import apart, canaries
from tests.csv_folders import write
from tests.servers import free_port

SECRET = "5ecret-of-the-metrics"


def value(name, **labels):
    return metrics.REGISTRY.get_sample_value(name, labels)


def test_the_age_of_the_data(tmp_path):
    source = write(tmp_path, check_ins="kr_id,date,value\nK1,2026-11-01,1\nK1,2026-11-16,2\nK1,2027-01-01,3\n")
    read_at = datetime(2026, 11, 20, 9, tzinfo=UTC)
    metrics.source_read(Loaded(load(source), read_at, "key", files=(("a", 5_000_000_000, 1), ("b", 7_000_000_000, 1))))
    assert value("orgdata_source_read_timestamp_seconds") == read_at.timestamp()
    assert value("orgdata_source_changed_timestamp_seconds") == 7
    assert value("orgdata_newest_check_in_timestamp_seconds") == datetime(2026, 11, 16, tzinfo=UTC).timestamp()
    metrics.source_failed()
    assert value("orgdata_source_failed") == 1
    metrics.source_read(Loaded(load(write(tmp_path / "b", products="product_id,name\nP1,A\n")), read_at, "key"))
    assert (value("orgdata_source_failed"), value("orgdata_newest_check_in_timestamp_seconds")) == (0, 0)


def test_errors_are_counted_by_program():
    handler, before = route.CountedErrors(), {
        one: value("orgdata_errors_total", of=one) for one in (*route._PROGRAMS, "other")}
    for name, level in (("streamlit.x", logging.ERROR), ("qzperson.x", logging.CRITICAL),
                        ("orgdata.x", logging.WARNING)):
        handler.emit(logging.LogRecord(name, level, "f", 1, "qzperson", (), None))
    grown = {one: value("orgdata_errors_total", of=one) - count for one, count in before.items()}
    assert grown == {"orgdata": 0, "streamlit": 1, "uvicorn": 0, "other": 1}


def test_a_machine_asks_without_a_sign_in():
    assert route.PATH in doors.PROBES


@pytest.fixture(scope="module")
def running(tmp_path_factory):
    """A server on a company of canaries in a folder that is one: its port, and its log."""
    folder = tmp_path_factory.mktemp("serve")
    source, log, port = canaries.company(folder / "qzsource"), folder / "log", free_port()
    settings = source / "settings.toml"
    settings.write_text(settings.read_text().split("[access]")[0])
    with log.open("wb") as written:
        server = subprocess.Popen(
            [sys.executable, "-W", "ignore", "-m", "orgdata.serve", f"--port={port}",
             "--log-level=warning"], cwd=ROOT, stdout=written, stderr=written,
            env=dict(os.environ, ORGDATA_SOURCE=str(source), ORGDATA_METRICS_TOKEN=SECRET,
                     ORGDATA_STORE=f"sqlite:///{folder}/store.sqlite"))
        try:
            _wait_for(f"http://127.0.0.1:{port}/ready", server, 120)
            yield port, log
        finally:
            server.terminate()
            server.wait(timeout=20)


def get(port, path, **headers):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    with closing(connection):
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        return answer.status, answer.read().decode()


@pytest.mark.parametrize("said", [{}, {"Authorization": "Bearer "}, {"Authorization": SECRET},
                                  {"Authorization": f"bearer {SECRET}"}, {"Authorization": f"Bearer {SECRET}x"},
                                  {"Authorization": "Bearer \xfc"}])
def test_who_does_not_know_the_secret_sees_nothing(running, said):
    status, text = get(running[0], "/metrics", **said)
    assert (status, text) == (401, "Unauthorized")


def test_without_a_secret_there_are_none(monkeypatch):
    answers = []

    async def ask():
        answers.append(await route.answer(None))

    monkeypatch.delenv("ORGDATA_METRICS_TOKEN", raising=False)
    apart.run(ask())
    assert [one.status_code for one in answers] == [404]


def test_a_visit_is_in_the_numbers_and_neither_there_nor_in_the_log_by_name(running):
    port, log = running
    asked = {"Authorization": f"Bearer {SECRET}"}
    visitor = Visitor(f"http://127.0.0.1:{port}")
    seen = visitor.visit("")
    assert "Checkout" in " ".join([*seen.words, *(one.value for one in seen.components.values())])
    get(port, "/gaps?gap=OWN05:H3&q=qzquery")
    status, text = get(port, "/metrics", **asked)
    assert status == 200
    said = {(one.name, *one.labels.values()): one.value for family in parser.text_string_to_metric_families(text)
            for one in family.samples}
    assert said["orgdata_sessions",] == 1
    assert said["orgdata_page_runs_total",] >= 1
    assert said["orgdata_evaluation_seconds_count", "measure"] >= 1
    assert said["orgdata_evaluation_seconds_count", "find_gaps"] >= 1
    assert said["orgdata_newest_check_in_timestamp_seconds",] == datetime(2026, 11, 15, tzinfo=UTC).timestamp()
    assert said["orgdata_source_failed",] == sum(said["orgdata_errors_total", one] for one in route._PROGRAMS) == 0
    assert said["process_resident_memory_bytes",] > 0
    visitor.close()
    lines = log.read_text().splitlines()
    events = [json.loads(one) for one in lines]  # every one of them
    assert {"/gaps", "/metrics", "/ready"} <= {one.get("route") for one in events}
    for word in (*canaries.OWN, *canaries.OTHERS, *canaries.MAILS, *canaries.NOTES_OTHERS, "qzsource",
                 "qzquery", "Checkout", "Mara", "OWN05", "127.0.0.1", SECRET):
        assert word not in "\n".join([text, *lines]), word
