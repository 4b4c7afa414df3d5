"""Who of other programs comes in: bearers of a token, so many requests at a time.

Before the first token is made there is nothing here. Whatever is wrong with a token, the answer is
the same.
"""

import asyncio
import time
from collections.abc import MutableMapping
from contextvars import ContextVar
from typing import Any

from starlette.datastructures import Headers
from starlette.responses import Response

from orgdata.access import NOBODY, Refused, Rights
from orgdata.model.history import StoreError
from orgdata.serve.hosts import Application, Receive, Send
from orgdata.serve.problems import problem
from orgdata.store import Token
from orgdata.ui.shell import programs, rights

A_MINUTE = 1_200  # requests of one token in a minute
AT_ONCE, WAITING = 2, 64  # requests that are answered at once, and that may wait: pages come first
_LONGEST_QUERY = 2_000  # characters
BEARER: ContextVar[Rights] = ContextVar("bearer", default=NOBODY)  # of the request at hand


class Bearers:
    """Lets requests with a token that counts through to an application, with its rights."""

    def __init__(self, app: Application, methods: frozenset[str]) -> None:
        self.app, self.methods, self.pace = app, methods, Pace()
        self.turn, self.waiting, self.is_on = asyncio.Semaphore(AT_ONCE), 0, False

    async def __call__(self, scope: MutableMapping[str, Any], receive: Receive,
                       send: Send) -> None:
        """Pass the request on, or answer why not."""
        if self.waiting >= WAITING:
            await problem(503, headers={"retry-after": "1"})(scope, receive, send)
            return
        self.waiting += 1
        try:
            async with self.turn:
                await self._answer(scope, receive, send)
        finally:
            self.waiting -= 1

    async def _answer(self, scope: MutableMapping[str, Any], receive: Receive,
                      send: Send) -> None:
        found = await asyncio.to_thread(self._rights, Headers(scope=scope))
        if not isinstance(found, Rights):
            await found(scope, receive, send)
        elif scope["method"] not in self.methods:
            await problem(405, headers={"allow": ", ".join(sorted(self.methods))})(
                scope, receive, send)
        elif len(scope["query_string"]) > _LONGEST_QUERY:
            await problem(414)(scope, receive, send)
        else:
            before = BEARER.set(found)
            try:
                await self.app(scope, receive, send)
            finally:
                BEARER.reset(before)

    def _rights(self, headers: Headers) -> Rights | Response:
        """The rights of who asks, or why they may not."""
        try:
            self.is_on = self.is_on or programs.has_tokens()
            if not self.is_on:
                return problem(404)
            token = _token(headers)
        except StoreError:
            return problem(503, headers={"retry-after": "30"})
        if token is None:
            return problem(401, headers={"www-authenticate": "Bearer"})
        if wait := self.pace.wait(token.id or 0, time.monotonic()):
            return problem(429, headers={"retry-after": f"{wait}"})
        try:
            return rights.of_token(token)
        except Refused:
            return problem(403)


def _token(headers: Headers) -> Token | None:
    said = headers.getlist("authorization")
    scheme, _, text = said[0].partition(" ") if len(said) == 1 else ("", "", "")
    return programs.bearer(text.strip()) if scheme.lower() == "bearer" else None


class Pace:
    """How many requests came by each token in the minute at hand."""

    def __init__(self) -> None:
        self._minute, self._counts = 0, dict[int, int]()

    def wait(self, token_id: int, now: float) -> int:
        """Count a request; the seconds to wait where there were too many, else 0."""
        minute, seconds = divmod(now, 60)
        if minute != self._minute:
            self._minute, self._counts = int(minute), {}
        count = self._counts[token_id] = self._counts.get(token_id, 0) + 1
        return 0 if count <= A_MINUTE else max(1, int(60 - seconds))
