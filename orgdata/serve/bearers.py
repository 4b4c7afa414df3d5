"""Who of other programs comes in: bearers of a token, so many requests at a time.

Before the first token is made there is nothing here. Whatever is wrong with a token, the answer is
the same.
"""

import asyncio
import time
from collections import Counter, deque
from collections.abc import Awaitable, Callable, MutableMapping
from contextvars import ContextVar
from functools import partial
from typing import Any, TypeVar

from starlette.datastructures import Headers
from starlette.responses import Response

from orgdata.access import NOBODY, Refused, Rights
from orgdata.model.history import StoreError
from orgdata.serve.hosts import Application, Message, Receive, Send
from orgdata.serve.problems import problem
from orgdata.store.tokens import is_one
from orgdata.ui.shell import programs, rights
from orgdata.ui.shell.pace import Pace

A_MINUTE = 1_200  # requests of one token in a minute
AT_ONCE, WAITING = 2, 64  # requests that are answered at once, and that may wait: pages come first
AT_ONCE_OF_ONE, WAITING_OF_ONE = 16, 8  # requests of one token: not answered yet, and waiting
_LONGEST_QUERY = 2_000  # characters
_LARGEST = 512 << 10  # bytes that are read of a request: an application refuses less
_WHO = {"www-authenticate": "Bearer"}
T = TypeVar("T")
BEARER: ContextVar[Rights] = ContextVar("bearer", default=NOBODY)  # of the request at hand


class Turns:
    """So much is worked out at once, and so much may wait for it. Turns go round by who waits: who
    has asked for much has one of them, and then it is the next one's; of one token one is worked
    out at a time, so that there is always a place for another."""

    def __init__(self, of_one: int = WAITING) -> None:
        self._of_one, self._free, self.waiting = of_one, AT_ONCE, 0
        self._queues = dict[int, deque[asyncio.Future[None]]]()  # by whose they are, the next first
        self._at_work = Counter[int]()

    async def take(self, work: Callable[[], Awaitable[T]], whose: int = 0) -> T | Response:
        """What is worked out once it is its turn; a refusal where too many wait."""
        if self.waiting >= WAITING:
            return problem(503, headers={"retry-after": "1"})
        if len(self._queues.get(whose, ())) >= self._of_one:
            return problem(429, headers={"retry-after": "1"})
        self.waiting += 1
        try:
            await self._turn(whose)
            try:
                return await work()
            finally:
                self._over(whose)
        finally:
            self.waiting -= 1

    async def _turn(self, whose: int) -> None:
        mine = asyncio.get_running_loop().create_future()
        self._queues.setdefault(whose, deque()).append(mine)
        self._give()
        try:
            await mine
        except asyncio.CancelledError:
            if not mine.cancelled():  # it was given before
                self._over(whose)
            raise

    def _over(self, whose: int) -> None:
        self._free += 1
        self._at_work[whose] -= 1
        self._at_work += Counter()  # only what is above nought stays
        self._give()

    def _give(self) -> None:
        """Give the free turns to who waits."""
        while self._free and (whose := next(filter(self._may, self._queues), None)) is not None:
            queue = self._queues.pop(whose)
            following = queue.popleft()
            if queue:
                self._queues[whose] = queue  # as the last
            if not following.done():  # who went away meanwhile needs none
                self._free -= 1
                self._at_work[whose] += 1
                following.set_result(None)

    def _may(self, whose: int) -> bool:
        return not whose or not self._at_work[whose]


class Bearers:
    """Lets requests with a token that counts through to an application, with its rights. Only what
    is worked out takes a turn: who sends or reads slowly keeps nobody else waiting."""

    def __init__(self, app: Application, methods: frozenset[str]) -> None:
        self.app, self.methods, self.pace = app, methods, Pace(A_MINUTE)
        # who has no token keeps no bearer waiting
        self.looked_up, self.answered = Turns(), Turns(WAITING_OF_ONE)
        self.is_on = False
        self.open = Counter[int]()  # requests by their token, until they are answered

    async def __call__(self, scope: MutableMapping[str, Any], receive: Receive,
                       send: Send) -> None:
        """Pass the request on, or answer why not."""
        text = _token(Headers(scope=scope))
        found = problem(401, headers=_WHO) if self.is_on and not text else (
            await self.looked_up.take(partial(asyncio.to_thread, self._rights, text)))
        if isinstance(found, Response):
            await found(scope, receive, send)
            return
        theirs, token_id = found
        if refused := self._refusal(scope, token_id):
            await refused(scope, receive, send)
            return
        self.open[token_id] += 1
        try:
            asked = await _whole(receive)
            answer = await self.answered.take(partial(
                self._answer, theirs, scope, asked, receive), token_id)
            if isinstance(answer, Response):
                await answer(scope, receive, send)
                return
            for message in answer:
                await send(message)
        finally:
            self.open[token_id] -= 1
            self.open += Counter()  # only what is above nought stays

    async def _answer(self, theirs: Rights, scope: MutableMapping[str, Any],
                      asked: list[Message], receive: Receive) -> list[Message]:
        """What the application answers to what was asked."""
        said = list[Message]()

        async def again() -> Message:
            return asked.pop(0) if asked else await receive()

        async def note(message: Message) -> None:
            said.append(message)

        before = BEARER.set(theirs)
        try:
            await self.app(scope, again, note)
        finally:
            BEARER.reset(before)
        return said

    def _refusal(self, scope: MutableMapping[str, Any], token_id: int) -> Response | None:
        """Why a bearer's request is not passed on."""
        if scope["method"] not in self.methods:
            return problem(405, headers={"allow": ", ".join(sorted(self.methods))})
        if len(scope["query_string"]) > _LONGEST_QUERY:
            return problem(414)
        if self.open[token_id] >= AT_ONCE_OF_ONE:
            return problem(429, headers={"retry-after": "1"})
        return None

    def _rights(self, text: str) -> tuple[Rights, int] | Response:
        """The rights of who asks with a token and its number, or why they may not."""
        try:
            self.is_on = self.is_on or programs.has_tokens()
            if not self.is_on:
                return problem(404)
            token = programs.bearer(text) if text else None
        except StoreError:
            return problem(503, headers={"retry-after": "30"})
        if token is None:
            return problem(401, headers=_WHO)
        if wait := self.pace.wait(token.id or 0, time.monotonic()):
            return problem(429, headers={"retry-after": f"{wait}"})
        try:
            return rights.of_token(token), token.id or 0
        except Refused:
            return problem(403)


async def _whole(receive: Receive) -> list[Message]:
    """All that is sent with a request; of one that is too long its begin, which is refused."""
    messages, size = list[Message](), 0
    while size <= _LARGEST:
        messages.append(message := await receive())
        size += len(message.get("body", b""))
        if not message.get("more_body"):
            break
    return messages


def _token(headers: Headers) -> str:
    """What is sent as a token and looks like one; "" where nothing is."""
    said = headers.getlist("authorization")
    scheme, _, text = said[0].partition(" ") if len(said) == 1 else ("", "", "")
    return text.strip() if scheme.lower() == "bearer" and is_one(text.strip()) else ""
