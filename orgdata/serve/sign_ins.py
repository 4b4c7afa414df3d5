"""What a browser keeps of a sign-in: what the server wrote at once, or nothing.

A sign-in that is too long for one cookie Streamlit writes in parts, and signs each by itself.
Nothing binds them together, so the roles of one sign-in could be read with the time of another. A
further cookie binds them here: it goes out with the parts, and without it none of them comes in.
"""

import json
import re
from collections.abc import Iterable, Mapping, MutableMapping
from hashlib import sha256
from typing import Any

from starlette.requests import HTTPConnection
from streamlit.web.server.server_util import get_cookie_secret
from streamlit.web.server.starlette.starlette_app_utils import (
    create_signed_value,
    decode_signed_value,
)
from streamlit.web.server.starlette.starlette_websocket import _get_signed_cookie_with_chunks

from orgdata.serve.cookies import cookies_of
from orgdata.serve.hosts import Application, Message, Receive, Send

SIGN_IN = "_streamlit_user"  # what Streamlit keeps of a sign-in, signed, or the number of its parts
BOUND = "orgdata_sign_in"  # which parts were written together, signed
_OURS = re.compile(rf"{SIGN_IN}(_[0-9]+)?")
_SIGNED = re.compile(r"[A-Za-z0-9_.-]+")  # a value that everybody who reads cookies reads alike
_IN_PARTS = re.compile(rb"chunks-([0-9]{1,3})")
_DELETED = '""'
Cookies = Mapping[str, str]


class BoundSignIns:
    """Middleware that takes the parts of a sign-in out of a request unless they were written
    together: who asks has not signed in then."""

    def __init__(self, app: Application) -> None:
        self.app = app

    async def __call__(self, scope: MutableMapping[str, Any], receive: Receive,
                       send: Send) -> None:
        """Pass the request on, and bind the parts of a sign-in that is answered."""
        async def send_bound(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], *_binding(message["headers"])]
            await send(message)

        if scope["type"] in ("http", "websocket"):
            scope = {**scope, "headers": _checked(scope)}
        await self.app(scope, receive, send_bound)


def claims_of(scope: MutableMapping[str, Any]) -> Mapping[str, object]:
    """What the provider said of who asks; nothing before a sign-in."""
    held = _get_signed_cookie_with_chunks(cookies_of(scope), SIGN_IN)
    claims = json.loads(held) if held else {}
    return dict(claims) if claims.get("is_logged_in") else {}


def _checked(scope: Mapping[str, Any]) -> list[tuple[bytes, bytes]]:
    """The headers of a request with what counts of its sign-in, written so that it is read in one
    way: a name may stand there twice, or a value in quotes."""
    headers = list(scope["headers"])
    written = [part for name, value in headers if name == b"cookie"
               for part in value.decode("latin-1").split(";")]
    others = [part.strip() for part in written if not _OURS.fullmatch(_name(part))]
    if len(others) == len(written):
        return headers
    cookies = HTTPConnection(dict(scope)).cookies  # as Streamlit reads them
    ours = {name: value for name, value in cookies.items()
            if _OURS.fullmatch(name) and _SIGNED.fullmatch(value)}
    parts = _parts(ours)
    if parts is not None and _read(BOUND, cookies.get(BOUND, "")) != _digest(ours, parts):
        ours = {}
    line = "; ".join([*others, *(f"{name}={value}" for name, value in ours.items())])
    return [*(header for header in headers if header[0] != b"cookie"),
            (b"cookie", line.encode("latin-1"))]


def _binding(headers: Iterable[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
    """The cookie that binds the parts of a sign-in among the headers of an answer, as long as they
    are kept; it goes with the sign-in. None where there are no parts."""
    lines = [value.decode("latin-1") for name, value in headers if name.lower() == b"set-cookie"]
    ours = {_name(line): line.partition("=")[2].partition(";") for line in lines
            if _OURS.fullmatch(_name(line))}
    cookies = {name: value for name, (value, _, _) in ours.items()}
    parts = _parts(cookies)
    if parts is None and cookies.get(SIGN_IN) != _DELETED:
        return []
    signed = _DELETED if parts is None else create_signed_value(
        get_cookie_secret(), BOUND, _digest(cookies, parts)).decode()
    return [(b"set-cookie", f"{BOUND}={signed};{ours[SIGN_IN][2]}".encode("latin-1"))]


def _parts(cookies: Cookies) -> list[str] | None:
    """The names of the parts in which a sign-in comes; None where it comes in one."""
    said = _read(SIGN_IN, cookies.get(SIGN_IN, "")).encode()
    if not said.startswith(b"chunks-"):
        return None
    number = _IN_PARTS.fullmatch(said)
    return [f"{SIGN_IN}_{part + 1}" for part in range(int(number[1]))] if number else []


def _digest(cookies: Cookies, parts: Iterable[str]) -> str:
    """A text for a sign-in and all of its parts as they are signed."""
    return sha256("\n".join(
        cookies.get(name, "") for name in (SIGN_IN, *parts)).encode()).hexdigest()


def _read(name: str, value: str) -> str:
    """What was signed under a name; "" where that was not done here."""
    if not _SIGNED.fullmatch(value):
        return ""
    return (decode_signed_value(get_cookie_secret(), name, value) or b"").decode()


def _name(part: str) -> str:
    return part.partition("=")[0].strip()
