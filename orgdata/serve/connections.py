"""How many connections are open at a time, and how fast they ask: of one person, and of all who
have not signed in.

Each holds a session, a thread while its page is drawn, and four of the files that a process may
open. A person's next one is refused: it is theirs alone that wait. So do those who ask for more
than people click, since whatever is asked ends the drawing at work and begins another one.

Those who have not signed in can only do so, with short messages. Of more than may be the one that
was opened first is closed, and not the new one refused: nobody keeps others from signing in by
holding connections open. A browser opens another one by itself.
"""

import asyncio
from collections import defaultdict
from collections.abc import MutableMapping
from dataclasses import dataclass, field
from typing import Any

from starlette.datastructures import Headers

from orgdata.access import Refused, of_header
from orgdata.model.access import Access
from orgdata.serve.hosts import Application, Message, Receive, Send
from orgdata.serve.sign_ins import claims_of
from orgdata.ui.shell import sign_in

MOST = 100  # connections of all who have not signed in
MOST_OF_ONE = 50  # connections of one person
LARGEST = 64 << 10  # bytes of a message of who has not signed in
CLICKS, AT_ONCE = 6.0, 30  # messages of one person in a second, and how many more may come at once
OF_STRANGERS, STRANGERS_AT_ONCE = 20.0, 60  # the same of all who have not signed in
_TRY_AGAIN = 1013  # a code of websockets
_GONE: Message = {"type": "websocket.disconnect", "code": _TRY_AGAIN}


class Throttle:
    """Messages that are passed on no faster than so many in a second, but for as many at once."""

    def __init__(self, in_a_second: float, at_once: float) -> None:
        self.between, self.at_once, self.next = 1 / in_a_second, at_once, 0.0

    async def turn(self) -> None:
        """Wait until the next message may go on."""
        now = asyncio.get_running_loop().time()
        self.next = max(self.next, now - self.at_once * self.between) + self.between
        if self.next > now:
            await asyncio.sleep(self.next - now)


@dataclass
class _Person:
    """How many connections of somebody are open, and how fast these ask together."""

    open: int = 0
    throttle: Throttle = field(default_factory=lambda: Throttle(CLICKS, AT_ONCE))


class FewConnections:
    """Middleware that holds open so many connections of one person, and of all who have not signed
    in, where they have to, and passes on what they ask as fast as people click; of strangers it
    closes what sends a long message."""

    def __init__(self, app: Application, access: Access) -> None:
        self.app, self.access = app, access
        self.open = list[asyncio.Event]()  # of strangers: its time is over; the first first
        self.strangers = Throttle(OF_STRANGERS, STRANGERS_AT_ONCE)
        self.people = defaultdict[str, _Person](_Person)  # by their address; they stay

    async def __call__(self, scope: MutableMapping[str, Any], receive: Receive,
                       send: Send) -> None:
        """Pass the connection on."""
        if scope["type"] != "websocket" or self.access.require == "none":
            await self.app(scope, receive, send)
        elif address := _address(scope, self.access):
            await self._pass_on(address, scope, receive, send)
        else:
            await self._pass_on_stranger(scope, receive, send)

    async def _pass_on(self, address: str, scope: MutableMapping[str, Any], receive: Receive,
                       send: Send) -> None:
        person = self.people[address]
        if person.open >= MOST_OF_ONE:
            await send({"type": "websocket.close", "code": _TRY_AGAIN})
            return

        async def receive_in_turn() -> Message:
            message = await receive()
            if message["type"] == "websocket.receive":
                await person.throttle.turn()
            return message

        person.open += 1
        try:
            await self.app(scope, receive_in_turn, send)
        finally:
            person.open -= 1

    async def _pass_on_stranger(self, scope: MutableMapping[str, Any], receive: Receive,
                                send: Send) -> None:
        over = asyncio.Event()
        self.open.append(over)
        if len(self.open) > MOST:
            self.open.pop(0).set()

        async def receive_short() -> Message:
            message = await _unless(over, receive)
            if len(message.get("bytes") or b"") > LARGEST:
                over.set()  # not left out alone: websockets holds what came last
                return _GONE
            if message["type"] == "websocket.receive":
                await self.strangers.turn()
            return message

        try:
            await self.app(scope, receive_short, send)
        finally:
            if over in self.open:
                self.open.remove(over)
        if over.is_set():
            await send({"type": "websocket.close", "code": _TRY_AGAIN})


def _address(scope: MutableMapping[str, Any], access: Access) -> str:
    """The address of who connects; "" of who has not signed in, or not so that it counts now."""
    try:
        found = (of_header(Headers(scope=scope).getlist(access.header), access)
                 if access.require == "header" else sign_in.claimed(claims_of(scope), access))
    except Refused:
        return ""
    return found.address


async def _unless(over: asyncio.Event, receive: Receive) -> Message:
    """The next message; that the connection is gone once its time is over."""
    tasks = asyncio.ensure_future(receive()), asyncio.ensure_future(over.wait())
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        return _GONE if over.is_set() else tasks[0].result()
    finally:
        for task in tasks:
            task.cancel()
