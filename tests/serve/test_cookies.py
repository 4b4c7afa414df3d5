"""Cookies: none takes long to read, and what we read is what was written."""

import pytest

from orgdata.serve import app, cookies
from tests import apart


def passed_on(header, kind="http"):
    """Whether a request with this cookie is passed on."""
    sent = []

    async def behind(scope, receive, send):
        sent.append({"status": 200})

    async def send(message):
        sent.append(message)

    scope = {"type": kind, "path": "/", "method": "GET", "headers": [(b"cookie", header.encode())]}
    apart.run(cookies.ReadableCookies(behind)(scope, None, send))
    return sent[0].get("status") == 200


@pytest.mark.parametrize("kind", ["http", "websocket"])
def test_cookies_that_take_long_to_read_are_refused_before_anything_reads_them(kind):
    for escape in ('\\"', "\\1", "\\"):
        assert not passed_on(f'a="{escape * 30_000}"', kind)
    assert not passed_on("; ".join('a="\\""' for _ in range(5_000)), kind)
    assert passed_on('board="{\\"a\\": 1\\054 \\"b\\": 2}"; _streamlit_user=' + "x" * 4_000, kind)
    layers = [layer.cls for layer in app._user_middleware]
    assert layers.index(cookies.ReadableCookies) < min(
        at for at, layer in enumerate(layers) if layer.__name__ in ("BackAfterSignIn", "CompressedFiles"))


@pytest.mark.parametrize(("header", "found"), [
    ("a=1; b=2;c = 3", {"a": "1", "b": "2", "c": "3"}), ("a=1; a=2", {"a": "2"}), ("", {}),
    ("a b;;=\x00", {"": "\x00"}), ('o={"x": 1}; orgdata_next=%2Fgaps', {
        "o": '{"x": 1}', "orgdata_next": "%2Fgaps"}), ("a=b=c", {"a": "b=c"})])
def test_cookies_are_read_as_they_are_written(header, found):
    assert cookies.cookies_of({"type": "http", "headers": [(b"cookie", header.encode())]}) == found
