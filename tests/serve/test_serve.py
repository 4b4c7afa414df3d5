"""What the server holds, each real file once and of uploads so much for each session; and what it
does not tell."""

import gzip
import logging
import time
from types import SimpleNamespace

import pytest
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.uploaded_file_manager import UploadedFileRec

from orgdata import serve
from orgdata.access import OPEN, Rights
from orgdata.model.access import EVERYBODY, Access
from orgdata.serve import uploads
from orgdata.serve.headers import policy
from orgdata.sources import limits
from tests import apart

NAME = min(serve._FILES)
PLAIN = {b"accept-encoding": b"gzip, br"}


async def _answers(scope, receive, send):
    """As Streamlit does: whatever the path, there is an answer."""
    scope["asked"].append(scope["path"])
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"6")]})
    await send({"type": "http.response.body", "body": b"var x;"})


def asked(app, path, headers=PLAIN, method="GET"):
    """The headers and the body of an answer, and how often the application was asked for it."""
    sent, scope = [], {"type": "http", "method": method, "path": path, "asked": [],
                       "headers": list(headers.items())}

    async def send(message):
        sent.append(message)

    apart.run(app(scope, None, send))
    return dict(sent[0]["headers"]), sent[1]["body"], len(scope["asked"])


def test_a_file_is_compressed_once():
    app = serve.CompressedFiles(_answers)
    for times in (1, 0):
        headers, body, count = asked(app, NAME)
        assert (gzip.decompress(body), count) == (b"var x;", times)
        assert headers[b"content-encoding"] == b"gzip"
        assert int(headers[b"content-length"]) == len(body)


@pytest.mark.parametrize("path", ["/static/none.js", f"/gaps{NAME}", f"/static/..{NAME}", "/",
                                  "/app/static/own.js"])
def test_what_is_no_file_of_streamlit_is_not_held(path):
    app = serve.CompressedFiles(_answers)
    assert asked(app, path)[1:] == (b"var x;", 1)
    assert app.answers == {}


@pytest.mark.parametrize(("headers", "method"), [
    ({}, "GET"), ({**PLAIN, b"range": b"bytes=0-1"}, "GET"), (PLAIN, "HEAD"),
    ({**PLAIN, b"if-none-match": b"x"}, "GET")])
def test_what_is_asked_for_otherwise_goes_on(headers, method):
    app = serve.CompressedFiles(_answers)
    assert asked(app, NAME, headers, method)[1:] == (b"var x;", 1)
    assert app.answers == {}


@pytest.mark.parametrize(("path", "passed_on"), [
    ("/_stcore/metrics", 0), ("/app/_stcore/metrics", 0), ("/_stcore/health", 1), ("/", 1)])
def test_metrics_are_nobodys(path, passed_on):
    assert serve.WithoutMetrics in [layer.cls for layer in serve.app._user_middleware]
    for method in ("GET", "OPTIONS"):
        assert asked(serve.WithoutMetrics(_answers), path, method=method)[2] == passed_on


def test_every_answer_has_the_security_headers():
    assert serve.app._user_middleware[0].cls is serve.SecurityHeaders
    headers, _, _ = asked(serve.SecurityHeaders(_answers, serve._STREAMLIT / "index.html"), "/x")
    said = headers.pop(b"content-security-policy").decode()
    assert headers == {
        b"content-length": b"6", b"x-content-type-options": b"nosniff",
        b"referrer-policy": b"same-origin", b"cross-origin-opener-policy": b"same-origin",
        b"cross-origin-resource-policy": b"same-origin",
        b"permissions-policy": b"camera=(), geolocation=(), microphone=()"}
    rules = dict(rule.split(" ", 1) for rule in said.split("; "))
    assert rules["default-src"] == rules["frame-ancestors"] == rules["form-action"] == "'self'"
    assert not {"'unsafe-inline'", "'unsafe-eval'", "*"} & set(rules["script-src"].split())


def test_the_scripts_of_the_start_page_are_known_by_their_hash():
    assert policy("<script>let a</script><script src='x'></script>").split("; ")[1] == (
        "script-src 'self' blob: 'sha256-IfEXP/8HLuXoAiy0hZVrCAcjcLsZqYFpLOHDGj8enqE='")
    assert policy("<p>").split("; ")[1] == "script-src 'self' blob:"


# -- uploads ---------------------------------------------------------------------------------------

@pytest.fixture
def upload(monkeypatch):
    """Uploads a file for a session, as a browser or in chunks of unknown size; gives the answer."""
    manager = MemoryUploadedFileManager("/_stcore/upload_file")
    monkeypatch.setattr(uploads.runtime, "get_instance",
                        lambda: SimpleNamespace(uploaded_file_mgr=manager))
    monkeypatch.setattr(limits, "SESSION", 10)
    app = serve.LimitedUploads(_stores(manager))

    def put(session, name, size, length=None, method="PUT"):
        headers = {b"content-length": str(size).encode()} if length is None else {}
        answer = asked(app, f"/app/_stcore/upload_file/{session}/{name}", headers, method)
        assert app.arriving == {}
        return answer[1].decode()

    put.manager, put.app = manager, app
    return put


def _stores(manager):
    async def app(scope, receive, send):
        *_, session, name = scope["path"].split("/")
        size = int(dict(scope["headers"]).get(b"content-length", 0))
        manager.add_file(session, UploadedFileRec(name, name, "", bytes(size)))
        await _answers(scope, receive, send)
    return app


def test_a_session_uploads_up_to_a_total(upload):
    full = "the files have 11 bytes together; at most 10 bytes are read: take some out"
    assert [upload("a", "one", 6), upload("a", "two", 4), upload("a", "three", 1)] == [
        "var x;", "var x;", full]
    assert upload("b", "one", 10) == "var x;"
    upload.manager.remove_file("a", "two")
    assert upload("a", "three", 1) == "var x;"
    assert "together" in upload("a", "four", 1, length="unknown")


def test_what_is_arriving_counts(upload):
    upload.app.arriving["a"] = 9
    _, said, passed_on = asked(upload.app, "/_stcore/upload_file/a/one", {b"content-length": b"2"}, "PUT")
    assert (said.startswith(b"the files have 11 bytes together"), passed_on) == (True, 0)
    assert upload.app.arriving == {"a": 9}


def test_a_file_counts_from_its_first_byte_until_it_is_there(upload):
    async def arrives(scope, receive, send):
        seen.append(dict(upload.app.arriving))
        await _answers(scope, receive, send)
    seen, upload.app.app = [], arrives
    assert upload("a", "one", 6) == "var x;"
    assert seen == [{"a": 6}]


@pytest.mark.parametrize(("user", "passed_on"), [
    (None, 0), ({}, 0), ({"is_logged_in": False, "email": "a@b", "email_verified": True}, 0),
    ({"is_logged_in": True, "email": "a@b", "email_verified": True}, 1),
    ({"is_logged_in": True, "email": "a@b", "email_verified": True, "iat": 0}, 0),
    ({"is_logged_in": True, "email": "a@b", "email_verified": False}, 0)])
def test_files_are_taken_of_who_is_signed_in(monkeypatch, user, passed_on):
    """Whoever opens the address has a session; its files would stay in memory."""
    if user is not None:
        user = {"iat": time.time()} | user
    session = user if user is None else SimpleNamespace(session=SimpleNamespace(
        _user_info=user, session_state={"rights": OPEN}))
    manager = SimpleNamespace(get_session_info=lambda name: session if name == "a" else None)
    monkeypatch.setattr(uploads.runtime, "get_instance", lambda: SimpleNamespace(_session_mgr=manager))
    layers = [layer.cls for layer in serve.app._user_middleware]
    assert layers.index(uploads.SignedInUploads) < layers.index(uploads.LimitedUploads)
    for base in ("", "/app"):
        path = f"{base}/_stcore/upload_file/a/f"
        for access, count in ((Access("oidc"), passed_on), (EVERYBODY, 1)):
            app = uploads.SignedInUploads(_answers, access)
            for method in ("PUT", "POST"):
                assert asked(app, path, method=method)[2] == count
            assert asked(app, "/gaps")[2] == 1


@pytest.mark.parametrize("access", [Access("header", "X-Email"), Access("oidc")])
@pytest.mark.parametrize(("roles", "passed_on"), [
    (None, 0), ({"viewer"}, 0), ({"partner", "pm"}, 0), ({"leadership"}, 0), ({"head"}, 1),
    ({"viewer", "head"}, 1)])
def test_files_are_taken_of_who_may_bring_them(monkeypatch, access, roles, passed_on):
    """Others have no place to drop them; what they send all the same would stay in memory."""
    state = {} if roles is None else {"rights": Rights(frozenset(roles))}
    session = SimpleNamespace(session=SimpleNamespace(session_state=state, _user_info={
        "is_logged_in": True, "email": "a@b", "email_verified": True, "iat": time.time()}))
    manager = SimpleNamespace(get_session_info=lambda name: session if name == "a" else None)
    monkeypatch.setattr(uploads.runtime, "get_instance", lambda: SimpleNamespace(_session_mgr=manager))
    app = uploads.SignedInUploads(_answers, access)
    assert asked(app, "/_stcore/upload_file/a/f", method="PUT")[2] == passed_on
    assert asked(app, "/_stcore/upload_file/b/f", method="PUT")[2] == 0


@pytest.mark.parametrize("error", [OverflowError("x\ny"), RecursionError("z" * 5_000)])
def test_whatever_goes_wrong_before_the_first_visitor_is_one_line(monkeypatch, caplog, error):
    def fail(*_):
        raise error
    monkeypatch.setattr(serve.source, "current", fail)
    with caplog.at_level(logging.WARNING):
        assert not serve.warm()
    (said,) = caplog.messages
    assert type(error).__name__ in said
    assert "\n" not in said
    assert len(said) < 400


@pytest.mark.parametrize(("python", "newer"), [
    ((3, 11, 7), "3.11.10"), ((3, 11, 10), ""), ((3, 12, 5), "3.12.6"), ((3, 12, 6), ""),
    ((3, 13, 0), ""), ((3, 14, 0), "")])
def test_the_operator_hears_of_a_python_with_known_faults(python, newer):
    said = serve.faults_of(python)
    assert newer in said
    assert bool(said) == bool(newer)
    assert "\n" not in said
