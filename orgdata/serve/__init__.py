"""The dashboard as an ASGI application, for production: `make serve`.

Beyond what Streamlit does, it compresses Streamlit's files once, tells browsers what they may run
and who may frame it, answers to its own names only, reads the source before the first visitor
comes, and answers at /ready once that is done. Each replica is one process; see docs/PRODUCTION.md.
"""

import asyncio
import gc
import gzip
import logging
import sys
from collections.abc import AsyncIterator, MutableMapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import streamlit as st
from starlette.datastructures import Headers
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse
from starlette.routing import Mount, Route

from orgdata import formats
from orgdata.api.resources import RESOURCES
from orgdata.model.access import Access
from orgdata.model.settings import SettingsError
from orgdata.serve import calendars, logs, metrics, rest
from orgdata.serve.assistants import Assistants
from orgdata.serve.bearers import Bearers
from orgdata.serve.connections import FewConnections
from orgdata.serve.cookies import ReadableCookies
from orgdata.serve.doors import BackAfterSignIn, SignedByProxy, SignInAway, why_not_open
from orgdata.serve.headers import SecurityHeaders
from orgdata.serve.hosts import (
    API,
    MCP,
    AllowedHosts,
    Application,
    Message,
    Receive,
    Send,
    names_of_server,
)
from orgdata.serve.media import SignedInMedia
from orgdata.serve.messages import OnlyOfPages
from orgdata.serve.sign_ins import BoundSignIns
from orgdata.serve.uploads import LimitedUploads, SignedInUploads
from orgdata.ui.shell import server, source, store

DASHBOARD = Path(__file__).parents[2] / "dashboard.py"
_LOG = logging.getLogger(__name__)
_MENDED = {(3, 11): 10, (3, 12): 6}  # since these a zip cannot hang, nor a name begin a header
_TEXT = (".js", ".css", ".json", ".svg", ".wasm", ".map")
_STREAMLIT = Path(st.__file__).parent / "static"
_FILES = frozenset(f"/{path.relative_to(_STREAMLIT).as_posix()}"
                   for path in _STREAMLIT.glob("static/**/*") if path.suffix in _TEXT)


class CompressedFiles:
    """Middleware that compresses Streamlit's own files once: they do not change while it runs.

    Starlette's GZipMiddleware compresses at each request: 142 ms of CPU for the 4.7 MB of plotly
    (level 6, as here; 64 ms at level 1), where a stored answer takes 0.02 ms. At most one answer is
    stored for each file, 7 MB for all of them.
    """

    def __init__(self, app: Application) -> None:
        self.app = app
        self.answers: dict[str, tuple[list[tuple[bytes, bytes]], bytes]] = {}

    async def __call__(self, scope: MutableMapping[str, Any], receive: Receive,
                       send: Send) -> None:
        """Answer with a stored file; pass any other request on unchanged."""
        if not (file := _static_file(scope)):
            await self.app(scope, receive, send)
            return
        if file not in self.answers:
            messages = await self._answer_of(scope, receive)
            if messages[0]["status"] != 200:
                for message in messages:
                    await send(message)
                return
            self.answers[file] = await asyncio.to_thread(_compressed, messages)
        headers, body = self.answers[file]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    async def _answer_of(self, scope: MutableMapping[str, Any], receive: Receive) -> list[Message]:
        messages: list[Message] = []

        async def collect(message: Message) -> None:
            messages.append(message)

        await self.app(scope, receive, collect)
        return messages


class WithoutMetrics:
    """Middleware that keeps Streamlit's metrics to itself: they name every cache, with timings."""

    def __init__(self, app: Application) -> None:
        self.app = app

    async def __call__(self, scope: MutableMapping[str, Any], receive: Receive,
                       send: Send) -> None:
        """Answer that there are none; pass on all other requests."""
        if scope["type"] == "http" and scope["path"].endswith("/_stcore/metrics"):
            await PlainTextResponse("Not Found", 404)(scope, receive, send)
            return
        await self.app(scope, receive, send)


def _static_file(scope: MutableMapping[str, Any]) -> str:
    """The text file of Streamlit that a plain request asks for whole and accepts compressed, or "".

    Under any other name Streamlit answers with its start page, which is not stored.
    """
    if scope["type"] != "http" or scope["method"] != "GET":
        return ""
    headers, base = Headers(scope=scope), str(st.get_option("server.baseUrlPath")).strip("/")
    name = str(scope["path"]).removeprefix(f"/{base}" if base else "")
    return name if (name in _FILES and "gzip" in headers.get("accept-encoding", "")
                    and not {"range", "if-none-match", "if-modified-since"} & set(headers.keys())
                    ) else ""


def _compressed(messages: list[Message]) -> tuple[list[tuple[bytes, bytes]], bytes]:
    body = gzip.compress(b"".join(message.get("body", b"") for message in messages), 6, mtime=0)
    headers = [(name, value) for name, value in messages[0]["headers"]
               if name not in (b"content-length", b"accept-ranges")]
    return [*headers, (b"content-encoding", b"gzip"), (b"vary", b"accept-encoding"),
            (b"content-length", str(len(body)).encode())], body


def warm() -> bool:
    """Read and measure the source before the first visit; returns whether it could be read."""
    # The modules of the pages, and plotly with them.
    import orgdata.ui.alignment_map.page
    import orgdata.ui.upload.page  # noqa: F401

    try:
        store.revision()
        loaded = source.current()
        source.evaluated(loaded, loaded.default_day)
    except Exception as error:  # whatever it is, the pages can be asked, say it and try again
        message = formats.clipped(f"{type(error).__name__}: {formats.plain(error)}", 300)
        _LOG.warning("nothing was read before the first visitor came: %s", message, exc_info=True)
        return False
    gc.freeze()
    return True


def faults_of(python: tuple[int, int, int]) -> str:
    """One line for the operator where this Python has known faults in what reads files, or ""."""
    major, minor, micro = python
    mended = _MENDED.get((major, minor), 0)
    return "" if micro >= mended else (
        f"Python {major}.{minor}.{micro} has known faults in reading zips and writing mail: use "
        f"{major}.{minor}.{mended} or newer, or one that your system has mended")


@asynccontextmanager
async def _lifespan(app: st.App) -> AsyncIterator[dict[str, Any]]:
    logs.to_json_lines(_PAGES | _RESOURCES, metrics.CountedErrors())
    if faults := faults_of(sys.version_info[:3]):
        _LOG.warning(faults)
    source_was_read = await asyncio.to_thread(warm)
    async with _ASSISTANTS.running():
        yield {"source_was_read": source_was_read}


async def _ready(request: Request) -> JSONResponse:
    """Answer that the replica is up, and whether its source could be read when it started."""
    return JSONResponse({"ready": True, "source_was_read": app.state["source_was_read"]},
                        headers={"cache-control": "no-store"})


def _access() -> Access:
    """Who may come in. Ends the process where that cannot be read, or where everybody may who
    reaches it from elsewhere and nobody said so."""
    try:
        access = server.access()
    except SettingsError as error:
        sys.exit(f"the dashboard does not start, since it cannot be read who may come in: {error}")
    if reason := why_not_open(access):
        sys.exit(reason)
    return access


_ACCESS = _access()
_ASSISTANTS = Assistants()
_ROUTES = [Route("/ready", _ready), Route(metrics.PATH, metrics.answer),
           Route(calendars.PATH, calendars.answer, methods=["GET"]),
           Mount(API, Bearers(rest.app(), frozenset({"GET", "HEAD"}))),
           Route(MCP, Bearers(_ASSISTANTS, frozenset({"POST"})))]
_RESOURCES = frozenset({"v1", "openapi.json", *(one.path.split("/")[1] for one in RESOURCES)})
_PAGES = frozenset({"", *(page.stem for page in DASHBOARD.parent.glob("pages/*.py"))})
app = st.App(DASHBOARD, lifespan=_lifespan, routes=_ROUTES,
             middleware=[Middleware(SecurityHeaders, start_page=_STREAMLIT / "index.html"),
                         Middleware(AllowedHosts, names=names_of_server()),
                         Middleware(ReadableCookies), Middleware(BoundSignIns),
                         Middleware(SignedByProxy, access=_ACCESS),
                         Middleware(SignedInMedia, access=_ACCESS),
                         Middleware(FewConnections, access=_ACCESS),
                         Middleware(BackAfterSignIn, access=_ACCESS, pages=_PAGES),
                         Middleware(SignInAway), Middleware(OnlyOfPages),
                         Middleware(WithoutMetrics),
                         Middleware(CompressedFiles),
                         Middleware(SignedInUploads, access=_ACCESS),
                         Middleware(LimitedUploads)])
