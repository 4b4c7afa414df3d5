"""How many connections are open at a time: of one person, and of all who have not signed in.

Each holds a session, a thread while its page is drawn, and four of the files that a process may
open. A person's next one is refused: it is theirs alone that wait.

Those who have not signed in can only do so, with short messages. Of more than may be the one that
was opened first is closed, and not the new one refused: nobody keeps others from signing in by
holding connections open. A browser opens another one by itself.
"""

import asyncio
from collections import Counter
from collections.abc import MutableMapping
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
_TRY_AGAIN = 1013  # a code of websockets
_GONE: Message = {"type": "websocket.disconnect", "code": _TRY_AGAIN}


class FewConnections:
    """Middleware that holds open so many connections of one person, and of all who have not signed
    in, where they have to; of these it closes what sends a long message."""

    def __init__(self, app: Application, access: Access) -> None:
        self.app, self.access = app, access
        self.open = list[asyncio.Event]()  # of strangers: its time is over; the first first
        self.of = Counter[str]()  # by the address of who has signed in

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
        if self.of[address] >= MOST_OF_ONE:
            await send({"type": "websocket.close", "code": _TRY_AGAIN})
            return
        self.of[address] += 1
        try:
            await self.app(scope, receive, send)
        finally:
            self.of[address] -= 1
            if not self.of[address]:
                del self.of[address]

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
