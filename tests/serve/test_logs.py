"""The log: one line for each event, and nothing in it that stands in data, in a request or on the
command line. Each thing that must not be told is a canary of its own."""

import json
import logging
import sys

import pytest

from orgdata.serve import _PAGES, logs

CANARIES = ("qzperson", "qzid", "qzquery", "qzerror", "qzvisitor", "qzsource", "qzlocal")


@pytest.fixture
def line():
    """What a record becomes; it is one line, and no canary is in it."""
    formatter = logs.JsonLines(_PAGES)

    def formatted(name, text, *arguments, level=logging.WARNING, error=None):
        record = logging.LogRecord(name, level, "/a/module.py", 7, text, arguments, error)
        written = formatter.format(record)
        assert "\n" not in written
        assert written.isascii()
        assert [one for one in CANARIES if one in written] == []
        return json.loads(written)
    return formatted


def failed(error):
    """An error that was raised, with a local value that names somebody."""
    name = "qzlocal"
    try:
        raise error from ValueError(f"qzerror of {name}")
    except type(error):
        return sys.exc_info()


def test_a_request_is_told_without_who_and_what_for(line):
    told = line("uvicorn.access", '%s - "%s %s HTTP/%s" %d', "10.9.8.7:123 qzvisitor", "GET",
                "/gaps?gap=OWN04:qzid&q=qzquery", "1.1", 200, level=logging.INFO)
    assert {name: told[name] for name in ("level", "logger", "event", "method", "route", "status")} == {
        "level": "info", "logger": "uvicorn.access", "event": "request", "method": "GET",
        "route": "/gaps", "status": 200}


@pytest.mark.parametrize(("path", "route"), [
    ("/", "/"), ("/ready", "/ready"), ("/_stcore/health", "/_stcore/health"),
    ("/_stcore/upload_file/qzid/qzperson.xlsx", "/_stcore/upload_file/…"),
    ("/media/qzid.pdf", "/media/…"), ("/api/qzid/gaps", "/api/…"), ("/qzquery", "/…"),
    ("/%71zquery/gaps", "/…"), ("/weekly_review?review=qzid", "/weekly_review")])
def test_a_path_is_told_as_far_as_its_parts_are_ours(line, path, route):
    told = line("uvicorn.access", "%s %s %s %s %d", "qzvisitor", "GET", path, "1.1", 404)
    assert told["route"] == route


def test_of_an_error_its_type_and_where_it_came_from(line):
    told = line("orgdata.serve", "nothing was read: %s", "qzsource", error=failed(
        KeyError("qzerror\nqzperson")))
    assert (told["error"], told["event"]) == ("KeyError", "nothing was read: %s")
    assert told["trace"][-1].startswith(f"{__name__}:")


@pytest.mark.parametrize("name", ["streamlit.runtime.app", "py.warnings", "somebody.else"])
def test_what_a_library_says_may_hold_anything(line, name):
    told = line(name, "cannot read 'qzperson' of qzsource")
    assert (told["event"], told["logger"], told["from"]) == ("said by a library", name, "module:7")
    assert line(name, "cannot read %r", "qzperson")["event"] == "cannot read %r"


def test_all_that_is_logged_goes_there_once(capsys, monkeypatch):
    """Also by loggers that are there already or are made later, with handlers of their own."""
    monkeypatch.setattr(logging, "root", logging.RootLogger(logging.WARNING))
    monkeypatch.setattr(logging.Logger, "root", logging.root)
    monkeypatch.setattr(logging.Logger, "manager", logging.Manager(logging.root))
    monkeypatch.setattr(logging, "captureWarnings", lambda on: None)
    from streamlit import logger as streamlit_logger

    monkeypatch.setattr(streamlit_logger, "_loggers", {})
    monkeypatch.setattr(streamlit_logger, "setup_formatter", streamlit_logger.setup_formatter)
    before, seen = streamlit_logger.get_logger("streamlit.before"), []
    before.setLevel(logging.WARNING)

    class Other(logging.Handler):
        def emit(self, record):
            seen.append(record.name)

    logs.to_json_lines(_PAGES, Other())
    later = streamlit_logger.get_logger("streamlit.later")
    for one in (before, later, logging.getLogger("orgdata.x"), logging.getLogger("uvicorn.error")):
        one.warning("qzperson %s", "qzperson")
    out, error = capsys.readouterr()
    names = ["streamlit.before", "streamlit.later", "orgdata.x", "uvicorn.error"]
    assert [json.loads(one)["logger"] for one in error.splitlines()] == seen == names
    assert out == ""
