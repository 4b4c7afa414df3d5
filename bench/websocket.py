"""A visitor that speaks Streamlit's websocket: one session, reruns timed from click to last word.

Pinned to the version of Streamlit in requirements.txt, whose messages it uses.
"""

import time
from urllib.parse import urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import connect


class Visitor:
    """One open session. `rerun` returns the seconds it took and the bytes that came."""

    def __init__(self, address: str) -> None:
        self.socket = connect(
            f"ws://{urlsplit(address).netloc}/_stcore/stream", subprotocols=["streamlit"],
            max_size=None, compression=None)
        self.pages: dict[str, str] = {}  # url path → script hash
        self.page = ""

    def close(self) -> None:
        """End the session."""
        self.socket.close()

    def rerun(self, page: str | None = None, query: str = "") -> tuple[float, int]:
        """Run a page's script (the present one unless another is named) and wait for its end."""
        asked = BackMsg()
        if page is not None:
            self.page = self.pages.get(page, "")
        asked.rerun_script.page_script_hash = self.page
        asked.rerun_script.query_string = query
        start = time.perf_counter()
        self.socket.send(asked.SerializeToString())
        size = self._until_finished()
        return time.perf_counter() - start, size

    def _until_finished(self) -> int:
        size = 0
        while True:
            content = self.socket.recv(timeout=120)
            size += len(content)
            message = ForwardMsg()
            message.ParseFromString(content)
            kind = message.WhichOneof("type")
            if kind == "navigation":
                self.pages = {one.url_pathname: one.page_script_hash
                              for one in message.navigation.app_pages}
            if kind == "delta" and message.delta.new_element.WhichOneof("type") == "exception":
                raise RuntimeError(message.delta.new_element.exception.message)
            if kind == "script_finished" and message.script_finished != (
                    ForwardMsg.FINISHED_EARLY_FOR_RERUN):
                return size
