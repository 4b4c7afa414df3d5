"""The assistants' door over HTTP: `/mcp`, the same tools as over standard input and output, each
with the rights of the token."""

from collections.abc import AsyncIterator, MutableMapping
from contextlib import asynccontextmanager
from typing import Any

from orgdata.api.assistant import over_http
from orgdata.api.reading import Reading
from orgdata.serve.bearers import BEARER
from orgdata.serve.hosts import Application, Receive, Send
from orgdata.serve.problems import problem
from orgdata.ui.shell import programs
from orgdata.ui.shell.programs import Wanted


class Assistants:
    """The protocol's own application while the server runs: it can be started only once."""

    def __init__(self) -> None:
        self._app: Application | None = None

    async def __call__(self, scope: MutableMapping[str, Any], receive: Receive,
                       send: Send) -> None:
        """Pass a request on."""
        await (self._app or problem(503))(scope, receive, send)

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Answer requests as long as this lasts."""
        app = over_http(_reading)
        async with app.router.lifespan_context(app):
            self._app = app
            try:
                yield
            finally:
                self._app = None


def _reading() -> Reading:
    return programs.asking(BEARER.get(), Wanted()).reading
