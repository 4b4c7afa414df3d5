"""What browsers may ask for over the websocket: what the pages themselves ask for, and no more.

Streamlit answers whoever has a connection, also before a sign-in: it drops the caches of all
sessions when a page in development asks for it, tells where the code comes from, and writes files
beside it.
"""

import asyncio
from collections.abc import MutableMapping
from typing import Any

from google.protobuf.message import DecodeError  # type: ignore[import-untyped]
from streamlit.proto.BackMsg_pb2 import BackMsg

from orgdata.serve.hosts import Application, Message, Receive, Send

_ASKED = frozenset({"rerun_script", "stop_script", "file_urls_request", "app_heartbeat"})
LARGEST = 1 << 20  # bytes of a message: what somebody types stays in memory, field by field
_MOST_WIDGETS = 3_000  # of a page; each that is sent is looked at before anything is drawn
_MOST_FILES = 200  # for which places are asked at once: an answer is many times as long
_BACKGROUND, _BETWEEN = "backend_operation_request", 0.05  # seconds from one to the next
_FETCHED = frozenset({"deferred_file", "dataframe_chunk"})  # of what is asked for in the background


class OnlyOfPages:
    """Middleware that passes on what pages ask for, and leaves out all else. What is fetched in the
    background it passes on no faster than somebody scrolls: each takes one of the threads that also
    answer other programs."""

    def __init__(self, app: Application) -> None:
        self.app = app

    async def __call__(self, scope: MutableMapping[str, Any], receive: Receive,
                       send: Send) -> None:
        """Pass the connection on."""
        async def receive_of_pages() -> Message:
            while True:
                message = await receive()
                asked = _read(message)
                if asked is None or _is_of_pages(asked):
                    if asked is not None and asked.WhichOneof("type") == _BACKGROUND:
                        await asyncio.sleep(_BETWEEN)
                    return message

        await self.app(scope, receive_of_pages if scope["type"] == "websocket" else receive, send)


def _read(message: Message) -> BackMsg | None:
    """What is asked for by a message, nothing by one that is too long; None for any other, and for
    what cannot be read, which is Streamlit's to refuse."""
    if message["type"] != "websocket.receive" or not (content := message.get("bytes")):
        return None
    try:
        return BackMsg() if len(content) > LARGEST else BackMsg.FromString(content)
    except DecodeError:
        return None


def _is_of_pages(asked: BackMsg) -> bool:
    """Whether pages ask for this."""
    kind = asked.WhichOneof("type")
    if kind == "rerun_script" and len(asked.rerun_script.widget_states.widgets) > _MOST_WIDGETS:
        return False
    if kind == "file_urls_request" and len(asked.file_urls_request.file_names) > _MOST_FILES:
        return False
    return kind in _ASKED or (kind == _BACKGROUND and (
        asked.backend_operation_request.WhichOneof("payload") in _FETCHED))
