"""The dashboard as an ASGI application, for production: `make serve`.

Beside what Streamlit does itself it compresses its files once, keeps browsers from guessing types
and from framing the pages elsewhere, reads the source before the first visitor comes, and says at
/ready when that is done. Each replica is one process; see docs/PRODUCTION.md.
"""

import asyncio
import gc
import gzip
from collections.abc import AsyncIterator, Awaitable, Callable, MutableMapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import streamlit as st
from starlette.datastructures import Headers
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from orgdata.model.settings import SettingsError
from orgdata.sources import SourceError
from orgdata.ui.shell import source, store

Message = MutableMapping[str, Any]
Send = Callable[[Message], Awaitable[None]]
Receive = Callable[[], Awaitable[Message]]
Application = Callable[[MutableMapping[str, Any], Receive, Send], Awaitable[None]]

DASHBOARD = Path(__file__).parent.parent / "dashboard.py"
_TEXT = (".js", ".css", ".json", ".svg", ".wasm", ".map")
_STREAMLIT = Path(st.__file__).parent / "static"
_FILES = frozenset(f"/{path.relative_to(_STREAMLIT).as_posix()}"
                   for path in _STREAMLIT.glob("static/**/*") if path.suffix in _TEXT)
_SAFE = ((b"x-content-type-options", b"nosniff"), (b"referrer-policy", b"same-origin"),
         (b"content-security-policy", b"frame-ancestors 'self'"))


class Compressed:
    """Streamlit's own files, compressed once and held: they never change while a process lives.

    Starlette's GZipMiddleware compresses at each request: 142 ms of CPU for the 4.7 MB of plotly
    (level 6, as here; 64 ms at level 1), where what is held takes 0.02 ms. Held is at most one
    entry for each file there is, 7 MB for all of them.
    """

    def __init__(self, app: Application) -> None:
        self.app = app
        self.held: dict[str, tuple[list[tuple[bytes, bytes]], bytes]] = {}

    async def __call__(self, scope: MutableMapping[str, Any], receive: Receive,
                       send: Send) -> None:
        """Answer from what is held; anything else goes on as it is."""
        if not (file := _static_file(scope)):
            await self.app(scope, receive, send)
            return
        if file not in self.held:
            found = await self._asked(scope, receive)
            if found[0]["status"] != 200:
                for message in found:
                    await send(message)
                return
            self.held[file] = await asyncio.to_thread(_packed, found)
        headers, body = self.held[file]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    async def _asked(self, scope: MutableMapping[str, Any], receive: Receive) -> list[Message]:
        found: list[Message] = []

        async def keep(message: Message) -> None:
            found.append(message)

        await self.app(scope, receive, keep)
        return found


class Safe:
    """Headers that every answer carries."""

    def __init__(self, app: Application) -> None:
        self.app = app

    async def __call__(self, scope: MutableMapping[str, Any], receive: Receive,
                       send: Send) -> None:
        """Add them to what is answered."""
        async def more(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], *_SAFE]
            await send(message)

        await self.app(scope, receive, more if scope["type"] == "http" else send)


def _static_file(scope: MutableMapping[str, Any]) -> str:
    """Which of Streamlit's files of text a plain request asks for whole and takes compressed; ""
    for none. Under other names Streamlit answers with its start page, of which none is held."""
    if scope["type"] != "http" or scope["method"] != "GET":
        return ""
    headers, base = Headers(scope=scope), str(st.get_option("server.baseUrlPath")).strip("/")
    name = str(scope["path"]).removeprefix(f"/{base}" if base else "")
    return name if (name in _FILES and "gzip" in headers.get("accept-encoding", "")
                    and not {"range", "if-none-match", "if-modified-since"} & set(headers.keys())
                    ) else ""


def _packed(found: list[Message]) -> tuple[list[tuple[bytes, bytes]], bytes]:
    body = gzip.compress(b"".join(message.get("body", b"") for message in found), 6, mtime=0)
    headers = [(name, value) for name, value in found[0]["headers"]
               if name not in (b"content-length", b"accept-ranges")]
    return [*headers, (b"content-encoding", b"gzip"), (b"vary", b"accept-encoding"),
            (b"content-length", str(len(body)).encode())], body


def warm() -> bool:
    """Read and measure what the first visitor would wait for; whether there was anything."""
    import orgdata.ui.upload.page  # the modules of the pages, and plotly with them
    import orgdata.ui.widgets.matrix  # noqa: F401

    store.revision()
    try:
        loaded = source.current()
        source.evaluated(loaded, loaded.default_day)
    except (SourceError, SettingsError):
        return False  # the pages say what is wrong, and try again
    gc.freeze()
    return True


@asynccontextmanager
async def _lifespan(app: st.App) -> AsyncIterator[dict[str, Any]]:
    read = await asyncio.to_thread(warm)
    yield {"source_was_read": read}


async def _ready(request: Request) -> JSONResponse:
    """That the replica answers, and whether its source could be read when it started."""
    return JSONResponse({"ready": True, "source_was_read": app.state["source_was_read"]},
                        headers={"cache-control": "no-store"})


app = st.App(DASHBOARD, lifespan=_lifespan, routes=[Route("/ready", _ready)],
             middleware=[Middleware(Safe), Middleware(Compressed)])
