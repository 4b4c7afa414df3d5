"""Who is let in before a page is asked for, and where somebody comes out after the sign-in."""

import asyncio
import os
import sys
from collections.abc import MutableMapping
from ipaddress import ip_address
from typing import Any
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

from starlette.datastructures import Headers, MutableHeaders

from orgdata.access import Refused, of_header
from orgdata.model.access import Access
from orgdata.serve.cookies import cookies_of
from orgdata.serve.hosts import (
    Application,
    Message,
    Receive,
    Send,
    is_of_programs,
    refuse,
)
from orgdata.serve.sign_ins import SIGN_IN

PROBES = ("/ready", "/_stcore/health", "/metrics")  # asked by machines that nobody signed in
_NEXT = "orgdata_next"  # a cookie
_LOGIN, _CALLBACK = "/auth/login", "/oauth2callback"
_AWAY = ("Nobody can sign in at the moment: the sign-in does not answer. Who is signed in goes on. "
         "Go back, and try again in a few minutes.")
_MINUTES = 10  # for which it is remembered where somebody wanted to go
_GOING_AWAY = 1001  # a code of websockets
_LONGEST = 2_000  # characters of an address that is remembered


class SignedByProxy:
    """Middleware that answers nobody of whom the trusted proxy does not say who they are; other
    programs show a token instead. It says so once for a connection, so that is ended after the
    longest session; browsers open another."""

    def __init__(self, app: Application, access: Access) -> None:
        self.app, self.access = app, access

    async def __call__(self, scope: MutableMapping[str, Any], receive: Receive,
                       send: Send) -> None:
        """Pass the request on, or answer why it is refused."""
        if (self.access.require == "header" and scope["type"] in ("http", "websocket")
                and scope["path"] not in PROBES and not is_of_programs(scope)):
            try:
                of_header(Headers(scope=scope).getlist(self.access.header), self.access)
            except Refused as refused:
                await refuse(str(refused), 401, scope, receive, send)
                return
            if scope["type"] == "websocket":
                await self._connect(scope, receive, send)
                return
        await self.app(scope, receive, send)

    async def _connect(self, scope: MutableMapping[str, Any], receive: Receive,
                       send: Send) -> None:
        """Pass a connection on until its time is over."""
        clock = asyncio.get_running_loop().time
        until, over = clock() + self.access.max_session.total_seconds(), False

        async def receive_until() -> Message:
            nonlocal over
            try:
                return await asyncio.wait_for(receive(), until - clock())
            except TimeoutError:
                over = True
                return {"type": "websocket.disconnect", "code": _GOING_AWAY}

        await self.app(scope, receive_until, send)
        if over:
            await send({"type": "websocket.close", "code": _GOING_AWAY})


class BackAfterSignIn:
    """Middleware that leads somebody who signed in to the page they had asked for: Streamlit leads
    everybody to the first one, without what stood in the address."""

    def __init__(self, app: Application, access: Access, pages: frozenset[str]) -> None:
        self.app, self.access, self.pages = app, access, pages

    async def __call__(self, scope: MutableMapping[str, Any], receive: Receive,
                       send: Send) -> None:
        """Remember where somebody wants to go, or lead them there."""
        if self.access.require != "oidc" or scope["type"] != "http" or scope["method"] != "GET":
            await self.app(scope, receive, send)
            return
        cookies, wanted = cookies_of(scope), self._page(
            f"{scope['path']}?{scope['query_string'].decode('latin-1')}")

        async def send_on(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(raw=message["headers"])
                if wanted and not any(name.startswith(SIGN_IN) for name in cookies):
                    headers.append("set-cookie", _cookie(quote(wanted, safe=""), 60 * _MINUTES))
                elif scope["path"] == _CALLBACK and _NEXT in cookies and "location" in headers:
                    headers.append("set-cookie", _cookie("", 0))
                    if back := self._page(unquote(cookies[_NEXT])):
                        headers["location"] = back
            await send(message)

        await self.app(scope, receive, send_on)

    def _page(self, address: str) -> str:
        """An address of one of the pages, written anew; "" for any other: it leads nowhere else."""
        if len(address) > _LONGEST:
            return ""
        try:
            parts = urlsplit(address)
        except ValueError:
            return ""
        name = parts.path.removeprefix("/")
        if parts.scheme or parts.netloc or name not in self.pages:
            return ""
        query = urlencode(parse_qsl(parts.query))
        return f"/{name}?{query}" if query else f"/{name}"


class SignInAway:
    """Middleware that says in a line that nobody can sign in, where the provider does not answer:
    Streamlit says only that there is an error."""

    def __init__(self, app: Application) -> None:
        self.app = app

    async def __call__(self, scope: MutableMapping[str, Any], receive: Receive,
                       send: Send) -> None:
        """Pass the request on, or say why there is no sign-in."""
        failed = False

        async def send_or_say(message: Message) -> None:
            nonlocal failed
            if message["type"] == "http.response.start" and message["status"] >= 400:
                failed = True
                await refuse(_AWAY, 503, scope, receive, send)
            elif not failed:
                await send(message)

        is_asked = scope["type"] == "http" and scope["path"] == _LOGIN
        await self.app(scope, receive, send_or_say if is_asked else send)


def why_not_open(access: Access) -> str:
    """Why the server may not listen where it is told to, in a line; "" where it may: on this
    machine, where somebody is asked who they are, or where it is said to be open."""
    if access.require != "none" or os.environ.get("ORGDATA_OPEN") == "yes" or _is_loopback(_host()):
        return ""
    return (f"the dashboard asks nobody who they are, and is to listen on {_host()}, where others "
            "reach it: say who may come in under [access] in the settings, or set ORGDATA_OPEN=yes "
            "if everybody who reaches it may see and change everything")


def _host() -> str:
    """The name or address to listen on, as uvicorn is told or the environment says."""
    named = [following if word == "--host" else word.removeprefix("--host=")
             for word, following in zip(sys.argv, [*sys.argv[1:], ""], strict=True)
             if word == "--host" or word.startswith("--host=")]
    if named:
        return named[-1]  # as uvicorn does where there are several
    return os.environ.get("UVICORN_HOST") or os.environ.get("HOST") or "127.0.0.1"


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def _cookie(value: str, seconds: int) -> str:
    return f"{_NEXT}={value}; Max-Age={seconds}; Path=/; HttpOnly; SameSite=Lax"
