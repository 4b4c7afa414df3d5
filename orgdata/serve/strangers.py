"""Connections of people who have not signed in: so many at a time, and for short messages.

Each holds a session and what was sent last, though all they can do is to sign in. Where there are
more than may be, the one that was opened first is closed, and not the new one refused: nobody keeps
others from signing in by holding connections open. A browser opens another one by itself.
"""

import asyncio
from collections.abc import MutableMapping
from typing import Any

from orgdata.access import Refused
from orgdata.model.access import Access
from orgdata.serve.hosts import Application, Message, Receive, Send
from orgdata.serve.sign_ins import claims_of
from orgdata.ui.shell import sign_in

MOST = 100  # connections
LARGEST = 64 << 10  # bytes of a message
_TRY_AGAIN = 1013  # a code of websockets
_GONE: Message = {"type": "websocket.disconnect", "code": _TRY_AGAIN}


class FewStrangers:
    """Middleware that holds open so many connections of who has not signed in, where they have to,
    and closes those that send a long message."""

    def __init__(self, app: Application, access: Access) -> None:
        self.app, self.access = app, access
        self.open = list[asyncio.Event]()  # for each connection: its time is over; the first first

    async def __call__(self, scope: MutableMapping[str, Any], receive: Receive,
                       send: Send) -> None:
        """Pass the connection on."""
        if (scope["type"] != "websocket" or self.access.require != "oidc"
                or _is_known(scope, self.access)):
            await self.app(scope, receive, send)
            return
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


def _is_known(scope: MutableMapping[str, Any], access: Access) -> bool:
    """Whether who connects has signed in, and that counts now."""
    try:
        sign_in.claimed(claims_of(scope), access)
    except Refused:
        return False
    return True


async def _unless(over: asyncio.Event, receive: Receive) -> Message:
    """The next message; that the connection is gone once its time is over."""
    tasks = asyncio.ensure_future(receive()), asyncio.ensure_future(over.wait())
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        return _GONE if over.is_set() else tasks[0].result()
    finally:
        for task in tasks:
            task.cancel()
