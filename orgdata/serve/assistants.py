"""The assistants' door over HTTP: `/mcp`, the same tools as over standard input and output, each
with the rights of the token."""

import asyncio
from collections.abc import AsyncIterator, MutableMapping
from contextlib import asynccontextmanager
from typing import Any

from orgdata.api.questions import Unanswerable
from orgdata.api.reading import Reading
from orgdata.model.history import StoreError
from orgdata.model.settings import SettingsError
from orgdata.serve.bearers import BEARER
from orgdata.serve.hosts import Application, Receive, Send
from orgdata.serve.problems import problem
from orgdata.sources import SourceError
from orgdata.ui.shell import programs
from orgdata.ui.shell.programs import Wanted


class Assistants:
    """The protocol's own application, made with the first request: to read its library takes a
    second, for which no server without assistants has to wait."""

    def __init__(self) -> None:
        self._asked: asyncio.Event | None = None  # None: the server does not run
        self._app: asyncio.Future[Application] | None = None

    async def __call__(self, scope: MutableMapping[str, Any], receive: Receive,
                       send: Send) -> None:
        """Pass a request on."""
        if self._asked is None or self._app is None:
            await problem(503)(scope, receive, send)
            return
        self._asked.set()
        app = await asyncio.shield(self._app)
        await app(scope, receive, send)

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Answer requests as long as this lasts."""
        self._asked, self._app = asyncio.Event(), asyncio.get_running_loop().create_future()
        task = asyncio.create_task(self._run(self._asked, self._app))
        try:
            yield
        finally:
            self._asked = None
            task.cancel()
            await asyncio.wait([task])

    async def _run(self, asked: asyncio.Event, ready: "asyncio.Future[Application]") -> None:
        """Hold the application from the first request on: what it begins it ends in one task."""
        await asked.wait()
        try:
            app = await asyncio.to_thread(_made)
        except Exception as error:  # whoever waits is told, and it stands in the log
            ready.set_exception(error)
            return
        async with app.router.lifespan_context(app):
            ready.set_result(app)
            await asyncio.Event().wait()


def _made() -> Any:
    from orgdata.api.assistant import over_http

    return over_http(_reading)


def _reading() -> Reading:
    """What the bearer at hand is shown. Raises Unanswerable where it cannot be read: why, and so
    where it lies, is for who runs the server."""
    try:
        return programs.asking(BEARER.get(), Wanted()).reading
    except (SourceError, SettingsError, StoreError):
        raise Unanswerable("what is asked for cannot be read now") from None
