"""Which names the server answers to, and which pages may connect."""

import pytest

from orgdata.serve import SecurityHeaders, app, hosts
from tests import apart


def refused(headers, kind="http", names=frozenset({"board.example"})):
    """Why a request with these headers is refused; "" where it is passed on."""
    sent = []

    async def passed_on(scope, receive, send):
        sent.append({"reason": ""})

    async def send(message):
        sent.append(message)

    scope = {"type": kind, "path": "/", "method": "GET",
             "headers": [(name.encode(), value.encode()) for name, value in headers]}
    apart.run(hosts.AllowedHosts(passed_on, names)(scope, None, send))
    return sent[-1]["reason"] if "reason" in sent[-1] else sent[-1]["body"].decode()


@pytest.mark.parametrize("host", [
    "localhost", "LOCALHOST:8501", "127.0.0.1:8501", "[::1]:8501", "10.0.0.5", "board.example",
    "Board.Example:443", "board.example."])
def test_addresses_this_machine_and_own_names_are_answered(host):
    for kind in ("http", "websocket"):
        assert refused([("host", host), ("origin", f"https://{host}")], kind) == ""


@pytest.mark.parametrize("host", [
    "evil.example", "evil.example:8501", "board.example.evil.example", "localhost.evil.example", "",
    "127.0.0.1.evil.example", "board.example@evil.example", "board.example:x", "evil.example/localhost"])
def test_other_names_are_refused(host):
    for kind in ("http", "websocket"):
        assert "ORGDATA_HOSTS" in refused([("host", host), ("origin", f"http://{host}")], kind)


def test_two_names_are_refused_and_none_is_of_no_browser():
    assert "ORGDATA_HOSTS" in refused([("host", "localhost"), ("host", "localhost")])
    assert refused([]) == refused([], "websocket") == ""


@pytest.mark.parametrize("origin", [
    "http://evil.example", "http://localhost:3000", "http://10.0.0.5:8501", "null", "", "http://[",
    "http://localhost:8501.evil.example", "http://localhost:8501@evil.example"])
def test_pages_of_other_sites_do_not_connect(origin):
    headers = [("host", "localhost:8501"), ("origin", origin)]
    assert "another site" in refused(headers, "websocket")
    assert refused(headers) == ""  # a link from there may be followed


def test_a_page_under_an_own_name_connects_whatever_name_the_proxy_passes_on():
    assert refused([("host", "10.0.0.5:8501"), ("origin", "https://board.example:8443")], "websocket") == ""


@pytest.mark.parametrize(("listed", "bound", "names"), [
    ("board.example, Board.Other. ,x", "box", {"board.example", "board.other", "x", "box"}),
    ("", "localhost", set()), ("", "0.0.0.0", set()), ("10.0.0.5", "", {"10.0.0.5"})])
def test_the_names_are_those_of_the_environment(monkeypatch, listed, bound, names):
    monkeypatch.setenv("ORGDATA_HOSTS", listed)
    monkeypatch.setenv("HOST", bound)
    assert hosts.names_of_server() == names


def test_the_server_asks_before_all_that_answers():
    assert [layer.cls for layer in app._user_middleware][:2] == [SecurityHeaders, hosts.AllowedHosts]
