"""Which names the server answers to, so that pages from elsewhere cannot read what it says.

Such a page can let its own name lead to this server (DNS rebinding): to the browser both are then
one site. So a request names the server by an address, as this machine, or by a name of its own.
"""

import os
import re
from collections.abc import Awaitable, Callable, Collection, MutableMapping
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse

Message = MutableMapping[str, Any]
Send = Callable[[Message], Awaitable[None]]
Receive = Callable[[], Awaitable[Message]]
Application = Callable[[MutableMapping[str, Any], Receive, Send], Awaitable[None]]

API, MCP, CALENDAR = "/api/v1", "/mcp", "/calendar"  # where who asks shows a token
_FEED = re.compile(rf"{CALENDAR}/[^/]+\.ics")
_HOST = re.compile(r"(\[[0-9a-f:.]+\]|[a-z0-9._-]+)(?::[0-9]{1,5})?")
_UNKNOWN = "not a name of this server: its operator lists them in ORGDATA_HOSTS"
_FOREIGN = "a page of another site may not connect"


def is_of_programs(scope: MutableMapping[str, Any]) -> bool:
    """Whether a request is of another program, and no browser's."""
    path = str(scope.get("path"))
    return scope["type"] == "http" and (path == MCP or path.startswith(f"{API}/") or bool(
        _FEED.fullmatch(path)))


class AllowedHosts:
    """Middleware that refuses requests to other names, and, of pages of other sites, websockets and
    what is for other programs.

    A header that is not there was sent by no browser, and passes.
    """

    def __init__(self, app: Application, names: Collection[str]) -> None:
        self.app, self.names = app, names

    async def __call__(self, scope: MutableMapping[str, Any], receive: Receive,
                       send: Send) -> None:
        """Pass the request on, or answer why it is refused."""
        reason = self._refusal(scope) if scope["type"] in ("http", "websocket") else ""
        if reason:
            await refuse(reason, 400, scope, receive, send)
        else:
            await self.app(scope, receive, send)

    def _refusal(self, scope: MutableMapping[str, Any]) -> str:
        """Why a request is refused, or ""."""
        headers = Headers(scope=scope)
        hosts = headers.getlist("host")
        if len(hosts) > 1 or not all(self._is_ours(_name(host)) for host in hosts):
            return _UNKNOWN
        checked = scope["type"] == "websocket" or is_of_programs(scope)
        if checked and (origin := headers.get("origin")) is not None:
            site = _site(origin)
            if site not in (host.lower() for host in hosts) and _name(site) not in self.names:
                return _FOREIGN
        return ""

    def _is_ours(self, name: str) -> bool:
        return name == "localhost" or name in self.names or _is_address(name)


async def refuse(reason: str, status: int, scope: MutableMapping[str, Any], receive: Receive,
                 send: Send) -> None:
    """Answer a request with a line and a status, or close a websocket with the line."""
    if scope["type"] == "http":
        await PlainTextResponse(reason, status)(scope, receive, send)
    else:
        await send({"type": "websocket.close", "code": 1008, "reason": reason})


def names_of_server() -> frozenset[str]:
    """The names in ORGDATA_HOSTS, and that of HOST where it is the name to listen on."""
    names = re.split(r"[\s,]+", os.environ.get("ORGDATA_HOSTS", "").lower())
    bound = os.environ.get("HOST", "").lower()
    if bound != "localhost" and not _is_address(bound):
        names.append(bound)
    return frozenset(name.rstrip(".") for name in names if name)


def _name(host: str) -> str:
    """The name or address in a Host header, without its port; "" where it holds neither."""
    found = _HOST.fullmatch(host.lower())
    return found[1].strip("[]").rstrip(".") if found else ""


def _site(origin: str) -> str:
    """The host and port of an Origin header; "" where it names none."""
    try:
        return urlsplit(origin.lower()).netloc
    except ValueError:
        return ""


def _is_address(name: str) -> bool:
    try:
        ip_address(name)
    except ValueError:
        return False
    return True
