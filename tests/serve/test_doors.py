"""Who is let in, where they come out after the sign-in, and when the server does not start."""

import asyncio
import subprocess
import sys
from dataclasses import replace
from datetime import timedelta
from urllib.parse import quote

import pytest

from orgdata.model.access import EVERYBODY, Access
from orgdata.serve import doors
from tests import apart

OIDC, HEADER = Access("oidc"), Access("header", "X-Email")
PAGES = frozenset({"", "gaps", "products"})


def answer(door, path="/", query="", kind="http", answered=(), **headers):
    """What a door sends on a request: status (or the closing of a websocket) and headers; the
    application behind it answers 200 with some headers."""
    sent = []

    async def behind(scope, receive, send):
        await send({"type": "http.response.start", "status": 200, "headers": list(answered)})

    async def send(message):
        sent.append(message)

    scope = {"type": kind, "path": path, "method": "GET", "query_string": query.encode(),
             "headers": [(name.replace("_", "-").encode(), value.encode())
                         for name, value in headers.items()]}
    apart.run(door(behind)(scope, None, send))
    first = sent[0]
    return first.get("status", first["type"]), dict(first.get("headers", ()))


@pytest.mark.parametrize(("path", "status", "said"), [
    ("/auth/login", 302, "theirs"), ("/auth/login", 400, "Nobody can sign in at the moment"),
    ("/auth/login", 500, "Nobody can sign in at the moment"), ("/gaps", 400, "theirs")])
def test_a_provider_that_does_not_answer_is_said_in_a_line(path, status, said):
    sent = []

    async def behind(scope, receive, send):
        await send({"type": "http.response.start", "status": status, "headers": []})
        await send({"type": "http.response.body", "body": b"theirs"})

    async def send(message):
        sent.append(message)

    apart.run(doors.SignInAway(behind)({"type": "http", "path": path, "headers": []}, None, send))
    start, body = sent
    assert start["status"] == (status if said == "theirs" else 503)
    assert body["body"].decode().startswith(said)
    assert b"\n" not in body["body"]


@pytest.mark.parametrize("kind", ["http", "websocket"])
def test_a_request_is_answered_where_the_proxy_says_who_it_is(kind):
    def door(app):
        return doors.SignedByProxy(app, HEADER)
    assert answer(door, kind=kind, x_email="ada@example.com")[0] == 200
    assert answer(door, kind=kind)[0] == {"http": 401, "websocket": "websocket.close"}[kind]
    for path in ("/media/x.pdf", "/_stcore/upload_file/s/f", "/readyx", "/gaps"):
        assert answer(door, path, kind=kind, x_email=" ")[0] != 200
    for probe in doors.PROBES:
        assert answer(door, probe)[0] == 200


@pytest.mark.parametrize(("path", "passed"), [
    ("/api/v1/gaps", True), ("/mcp", True), ("/api/v1", False), ("/api/v12/gaps", False), ("/api", False),
    ("/mcp/", False), ("/x/mcp", False), ("/_stcore/api/v1/gaps", False)])
def test_what_is_for_programs_passes_without_the_proxy_and_nothing_else(path, passed):
    """There a token is asked for."""
    def door(app):
        return doors.SignedByProxy(app, HEADER)
    assert (answer(door, path)[0] == 200) == passed
    assert answer(door, path, kind="websocket")[0] != 200


@pytest.mark.parametrize(("longest", "ended"), [(timedelta(milliseconds=20), True), (timedelta(hours=1), False)])
def test_a_connection_behind_a_proxy_lasts_no_longer_than_a_session(longest, ended):
    """The proxy says who somebody is only where a connection begins."""
    sent, got, waiting = [], [], [{"type": "websocket.connect"}, {"type": "websocket.receive"}]

    async def behind(scope, receive, send):
        while (message := await receive())["type"] != "websocket.disconnect":
            got.append(message["type"])

    async def receive():
        if not waiting and ended:
            await asyncio.Event().wait()
        return waiting.pop(0) if waiting else {"type": "websocket.disconnect", "code": 1000}

    async def send(message):
        sent.append(message)

    access = replace(HEADER, max_session=longest)
    scope = {"type": "websocket", "path": "/_stcore/stream", "headers": [(b"x-email", b"ada@x")]}
    apart.run(doors.SignedByProxy(behind, access)(scope, receive, send))
    assert got == ["websocket.connect", "websocket.receive"]
    assert sent == [{"type": "websocket.close", "code": 1001}] * ended


@pytest.mark.parametrize("access", [EVERYBODY, OIDC])
def test_it_is_asked_only_where_the_settings_say_so(access):
    assert answer(lambda app: doors.SignedByProxy(app, access))[0] == 200


def back(app):
    return doors.BackAfterSignIn(app, OIDC, PAGES)


@pytest.mark.parametrize(("path", "query", "remembered"), [
    ("/gaps", "gap=OUT01%3AO2&as_of=2026-11-20", "/gaps?gap=OUT01%3AO2&as_of=2026-11-20"),
    ("/", "", "/"), ("/gaps", "", "/gaps"), ("/gaps", "x=%0d%0aSet-Cookie", "/gaps?x=%0D%0ASet-Cookie"),
    ("/static/main.js", "", None), ("/gaps/x", "", None), ("//evil.example", "", None),
    ("/gaps", "x=" + "y" * 3_000, None)])
def test_where_somebody_wants_to_go_is_remembered_until_they_signed_in(path, query, remembered):
    _, headers = answer(back, path, query)
    cookie = headers.get(b"set-cookie", b"").decode()
    assert cookie.split(";")[0] == (f"orgdata_next={quote(remembered, safe='')}" if remembered else "")
    assert "HttpOnly" in cookie or not remembered
    _, headers = answer(back, path, query, cookie="_streamlit_user=x")
    assert b"set-cookie" not in headers


@pytest.mark.parametrize(("cookie", "location"), [
    ("orgdata_next=%2Fgaps%3Fgap%3DA", "/gaps?gap=A"), ("orgdata_next=%2F", "/"),
    ("", "/home"), ("orgdata_next=", "/"), ("orgdata_next=%2F%2Fevil.example", "/home"),
    ("orgdata_next=https%3A%2F%2Fevil.example%2Fgaps", "/home"),
    ("orgdata_next=%2F%5Cevil.example", "/home"), ("orgdata_next=%2Fadmin", "/home"),
    ("orgdata_next=%2Fgaps%3Fx%3D%250d%250aA%3AB", "/gaps?x=%0D%0AA%3AB"),
    ("orgdata_next=http%3A%2F%2F%5Bx", "/home"), ("a b;;=\x00", "/home")])
def test_signing_in_leads_to_pages_of_ours_and_nowhere_else(cookie, location):
    _, headers = answer(back, "/oauth2callback", answered=[(b"location", b"/home")], cookie=cookie)
    assert headers[b"location"].decode() == location


def test_elsewhere_no_answer_is_led_away():
    _, headers = answer(back, "/auth/login", answered=[(b"location", b"/home")],
                        cookie="orgdata_next=%2Fgaps")
    assert headers[b"location"] == b"/home"


@pytest.mark.parametrize(("access", "words", "environment", "starts"), [
    (EVERYBODY, [], {}, True), (EVERYBODY, ["--host", "127.0.0.1"], {}, True),
    (EVERYBODY, ["--host=::1"], {}, True), (EVERYBODY, ["--host", "localhost"], {}, True),
    (EVERYBODY, ["--host", "0.0.0.0"], {}, False), (EVERYBODY, ["--host=10.0.0.5"], {}, False),
    (EVERYBODY, [], {"HOST": "0.0.0.0"}, False), (EVERYBODY, [], {"UVICORN_HOST": "::"}, False),
    (EVERYBODY, ["--host", "board.example"], {}, False), (EVERYBODY, ["--host"], {}, False),
    (EVERYBODY, ["--host", "127.0.0.1", "--host", "0.0.0.0"], {}, False),
    (EVERYBODY, ["--host=0.0.0.0", "--host", "127.0.0.1"], {}, True),
    (EVERYBODY, ["--host", "0.0.0.0"], {"ORGDATA_OPEN": "yes"}, True),
    (EVERYBODY, ["--host", "0.0.0.0"], {"ORGDATA_OPEN": "1"}, False),
    (OIDC, ["--host", "0.0.0.0"], {}, True), (HEADER, ["--host", "0.0.0.0"], {}, True)])
def test_it_listens_to_others_only_where_somebody_is_asked_or_it_is_said_to_be_open(
        monkeypatch, access, words, environment, starts):
    for name in ("HOST", "UVICORN_HOST", "ORGDATA_OPEN"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(sys, "argv", ["orgdata.serve", *words])
    assert (doors.why_not_open(access) == "") == starts


@pytest.mark.parametrize(("settings", "said"), [
    ("", "ORGDATA_OPEN=yes"), ("[access]\nrequire = 'saml'", "access.require should be one of"),
    ("[access", "cannot be read")])
def test_why_the_server_does_not_start_is_one_line(tmp_path, settings, said):
    (tmp_path / "settings.toml").write_text(settings)
    (tmp_path / "products.csv").write_text("product_id,name\nP1,Pay\n")
    ended = subprocess.run(
        [sys.executable, "-m", "orgdata.serve", "--host", "0.0.0.0", "--port", "0"],
        env={"PATH": "", "ORGDATA_SOURCE": str(tmp_path)}, capture_output=True, text=True, check=False)
    assert ended.returncode not in (0, 3)
    assert said in ended.stderr
    assert "Traceback" not in ended.stderr


@pytest.mark.parametrize(("path", "status"), [
    ("/calendar/orgdata_x.ics", 200), ("/calendar/x", 401), ("/calendar/x/y.ics", 401), ("/calendar/media/x", 401),
    ("/calendar", 401), ("/mcp", 200), ("/mcp/x", 401), ("/api/v1/gaps", 200), ("/api/v1", 401)])
def test_only_what_asks_for_a_token_needs_no_header(path, status):
    assert answer(lambda app: doors.SignedByProxy(app, HEADER), path)[0] == status
