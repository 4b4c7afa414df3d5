"""A sign-in that is kept in parts comes in as it was written, or not at all."""

import itertools
import json
from hashlib import sha256

import pytest
from starlette.requests import HTTPConnection
from starlette.responses import Response
from streamlit.web.server.starlette import starlette_auth_routes as streamlit_sign_in
from streamlit.web.server.starlette.starlette_websocket import _get_signed_cookie_with_chunks

from orgdata.serve import app
from orgdata.serve.cookies import ReadableCookies
from orgdata.serve.sign_ins import BOUND, SIGN_IN, BoundSignIns, claims_of
from tests import apart

LONG = "".join(sha256(bytes([number])).hexdigest() for number in range(100))  # is packed to no less
HEAD = {"is_logged_in": True, "iat": 1, "about": LONG, "roles": ["Head"]}
VIEWER = {"is_logged_in": True, "iat": 2, "about": LONG[::-1], "roles": []}


def answered(behind):
    """The cookies that an answer leaves with a browser, and what it says of each."""
    sent = []

    async def send(message):
        sent.append(message)

    apart.run(BoundSignIns(behind)({"type": "http", "path": "/oauth2callback", "headers": []}, None, send))
    lines = [value.decode() for name, value in sent[0]["headers"] if name == b"set-cookie"]
    return {line.partition("=")[0]: line.partition("=")[2].partition("; ")[::2] for line in lines}


def signed_in(claims):
    """What a browser keeps of a sign-in."""
    async def behind(scope, receive, send):
        answer = Response()
        await streamlit_sign_in._set_auth_cookie(answer, claims, {})
        await answer(scope, receive, send)

    return {name: value for name, (value, _) in answered(behind).items()}


def come_in(*lines, kind="http"):
    """What is read of a request's cookies: by Streamlit of a sign-in, by us, and all of them."""
    got = []

    async def behind(scope, receive, send):
        cookies = HTTPConnection(scope).cookies
        held = _get_signed_cookie_with_chunks(cookies, SIGN_IN)
        got.append((json.loads(held) if held else {}, claims_of(scope), cookies))

    apart.run(BoundSignIns(behind)({"type": kind, "path": "/", "headers": [
        (b"host", b"x"), *((b"cookie", line.encode()) for line in lines)]}, None, None))
    return got[0]


def line(cookies):
    return "; ".join(f"{name}={value}" for name, value in cookies.items())


@pytest.mark.parametrize("kind", ["http", "websocket"])
def test_a_sign_in_in_parts_comes_in_as_it_was_written(kind):
    kept = signed_in(HEAD)
    assert f"{SIGN_IN}_2" in kept
    streamlit, ours, cookies = come_in("a=1; b=\"\\\"x\"", line(kept), kind=kind)
    assert streamlit == ours == HEAD
    assert (cookies["a"], cookies["b"]) == ("1", '"x')
    layers = [layer.cls for layer in app._user_middleware]
    assert layers.index(ReadableCookies) + 1 == layers.index(BoundSignIns)


@pytest.mark.parametrize("kind", ["http", "websocket"])
def test_parts_of_two_sign_ins_are_none(kind):
    """Whichever parts are of which, also where both were signed within one second."""
    of_head, of_viewer = signed_in(HEAD), signed_in(VIEWER)
    assert set(of_head) == set(of_viewer)
    names = [SIGN_IN, f"{SIGN_IN}_1", f"{SIGN_IN}_2", f"{SIGN_IN}_3", BOUND]
    assert set(names) < set(of_head)
    told = []
    for chosen in itertools.product((of_head, of_viewer), repeat=len(names)):
        streamlit, ours, _ = come_in(line({name: kept[name] for name, kept in zip(names, chosen, strict=True)}),
                                     kind=kind)
        assert streamlit == ours
        told.append(streamlit)
    assert all(one in (HEAD, VIEWER, {}) for one in told)
    assert (told[0], told[-1]) == (HEAD, VIEWER)
    # the first cookie has the number of parts alone: within a second it is the same for both
    assert len(told) - told.count({}) in (2, 4)


def test_parts_that_nothing_binds_are_none():
    kept, other = signed_in(HEAD), signed_in(VIEWER)
    part, first = f"{SIGN_IN}_2", line({name: kept[name] for name in kept if name != f"{SIGN_IN}_2"})
    for lines in (
            [line({name: kept[name] for name in kept if name != BOUND})],
            [line({**kept, BOUND: kept[BOUND][:-2]})], [line({**kept, BOUND: kept[SIGN_IN]})], [first],
            [line(kept), f"{part}={other[part]}"],  # a second line, a second time, in quotes
            [f"{line(kept)}; {part}={other[part]}"],
            [f'{line(kept)}; {part}="{other[part]}"'],
            [f'{first}; {part}="{chr(92)}{ord(other[part][0]):03o}{other[part][1:]}"'],
            [f"{line(kept)};\x1f{part}\t={other[part]}"]):
        streamlit, ours, cookies = come_in(*lines)
        assert streamlit == ours == {}
        assert not [name for name in cookies if name.startswith((SIGN_IN + "_1", SIGN_IN + "_2"))]


def test_a_sign_in_in_one_cookie_is_left_as_it_is():
    short = {"is_logged_in": True, "iat": 3}
    kept = signed_in(short)
    assert BOUND not in kept
    assert come_in(line(kept))[:2] == (short, short)
    # parts of a longer one that were never taken back say nothing
    assert come_in(line({**signed_in(HEAD), **kept}))[:2] == (short, short)
    assert come_in("a=1", "b")[2] == {"a": "1", "": "b"}
    assert come_in(f"{SIGN_IN}=x; a=1")[:2] == ({}, {})


def test_what_binds_them_goes_when_they_go():
    async def signing_out(scope, receive, send):
        answer = Response()
        answer.delete_cookie(SIGN_IN)
        await answer(scope, receive, send)

    async def signing_in(scope, receive, send):
        answer = Response()
        await streamlit_sign_in._set_auth_cookie(answer, HEAD, {})
        await answer(scope, receive, send)

    left = answered(signing_out)
    assert left[BOUND] == left[SIGN_IN]
    assert "Max-Age=0" in left[BOUND][1]
    kept = answered(signing_in)
    assert kept[BOUND][1] == kept[SIGN_IN][1] == kept[f"{SIGN_IN}_1"][1]
    assert "HttpOnly" in kept[BOUND][1]
