"""A visitor that speaks Streamlit's websocket: one session, reruns timed from click to last word.

Like a browser it keeps its address and the widgets it has set and sends both with every rerun.
Unlike a browser it never says that it has seen a message before, so each one comes whole: what it
counts is the most that a browser would be sent.

Pinned to the version of Streamlit in requirements.txt, whose messages it uses.
"""

import json
import time
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from urllib.parse import urlencode, urlsplit

from streamlit.components.v2.bidi_component.main import _make_trigger_id
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.Selectbox_pb2 import Selectbox
from websockets.sync.client import connect
from websockets.typing import Subprotocol


@dataclass
class Answer:
    """What came back: how long it took, how large it was, and what was on the page."""

    seconds: float = 0.0
    size: int = 0  # bytes
    charts: int = 0  # of plotly, which the bare page draws as many of
    words: list[str] = field(default_factory=list)
    boxes: dict[str, Selectbox] = field(default_factory=dict)  # by their labels
    widgets: dict[str, str] = field(default_factory=dict)  # fields, buttons, folds: label → id
    components: dict[str, "Component"] = field(default_factory=dict)  # of our own, by their names


@dataclass(frozen=True)
class Component:
    """A component of our own: its widget, the fragment it is in, and the value it was sent."""

    widget: str
    fragment: str
    value: str


class Visitor:
    """One open session."""

    def __init__(self, address: str, headers: Mapping[str, str] | None = None) -> None:
        self._open = ExitStack()
        self.socket = self._open.enter_context(connect(
            f"ws://{urlsplit(address).netloc}/_stcore/stream", additional_headers=headers,
            subprotocols=[Subprotocol("streamlit")], max_size=None, compression=None))
        self.pages: dict[str, str] = {}  # url path → script hash
        self.page = self.query = ""
        self.chosen: dict[str, str] = {}  # id of a widget → its value
        self.opened: set[str] = set()  # ids of popovers
        self.seen = Answer()

    def close(self) -> None:
        """End the session."""
        self._open.close()

    def visit(self, page: str, query: str = "") -> Answer:
        """Go to a page, named like its address; "" is the first one."""
        self.page, self.query = self.pages.get(page, ""), query
        return self.rerun()

    def choose(self, label: str, value: str) -> Answer:
        """Choose in a box of the page as a hand would: the widget and the address change."""
        box = self.seen.boxes[label]
        self.chosen[box.id] = value
        if box.query_param_key:
            self.query = urlencode({box.query_param_key: value})
        return self.rerun()

    def click(self, component: str, event: str, value: str) -> Answer:
        """Have a component say that something was clicked in it: its part of the page runs."""
        one = self.seen.components[component]
        asked = BackMsg()
        asked.rerun_script.fragment_id = one.fragment
        asked.rerun_script.widget_states.widgets.add(id=one.widget, json_value="{}")
        asked.rerun_script.widget_states.widgets.add(
            id=_make_trigger_id(one.widget, "events"),
            json_trigger_value=json.dumps([{"event": event, "value": value}]))
        return self._ask(asked)

    def unfold(self, label: str) -> Answer:
        """Open a popover that runs the page for what is in it, and have it stay open."""
        self.opened.add(self.seen.widgets[label])
        return self.rerun()

    def send(self, button: str, texts: Mapping[str, str]) -> Answer:
        """Send a form: fill its fields, which are named by their labels, and press its button. What
        was filled in is gone afterwards, and so is what was open."""
        asked = BackMsg()
        for label, text in texts.items():
            asked.rerun_script.widget_states.widgets.add(
                id=self.seen.widgets[label], string_value=text)
        asked.rerun_script.widget_states.widgets.add(
            id=self.seen.widgets[button], trigger_value=True)
        answer = self._ask(asked)
        self.opened.clear()
        return answer

    def rerun(self) -> Answer:
        """Run the page's script once more and wait for its end."""
        return self._ask(BackMsg())

    def _ask(self, asked: BackMsg) -> Answer:
        asked.rerun_script.page_script_hash = self.page
        asked.rerun_script.query_string = self.query
        for widget, value in self.chosen.items():
            asked.rerun_script.widget_states.widgets.add(id=widget, string_value=value)
        for widget in self.opened:
            asked.rerun_script.widget_states.widgets.add(id=widget, bool_value=True)
        start = time.perf_counter()
        self.socket.send(asked.SerializeToString())
        self.seen = self._until_finished()
        self.seen.seconds = time.perf_counter() - start
        return self.seen

    def _until_finished(self) -> Answer:
        answer = Answer()
        while True:
            content = self.socket.recv(timeout=120)
            answer.size += len(content)
            message = ForwardMsg()
            message.ParseFromString(content)
            kind = message.WhichOneof("type")
            if kind == "navigation":
                self.pages = {one.url_pathname: one.page_script_hash
                              for one in message.navigation.app_pages}
            elif kind == "page_info_changed":
                self.query = message.page_info_changed.query_string
            elif kind == "delta":
                _note(message.delta.new_element, answer, message.delta.fragment_id)
                block = message.delta.add_block
                if block.WhichOneof("type") == "popover":
                    answer.widgets[block.popover.label] = block.popover.id
            elif kind == "script_finished" and message.script_finished != (
                    ForwardMsg.FINISHED_EARLY_FOR_RERUN):
                return answer


def _note(element: Element, answer: Answer, fragment: str) -> None:
    kind = element.WhichOneof("type")
    if kind == "exception":
        raise RuntimeError(element.exception.message)
    if kind == "markdown":
        answer.words.append(element.markdown.body)
    elif kind == "heading":
        answer.words.append(element.heading.body)
    elif kind == "alert":
        answer.words.append(element.alert.body)
    elif kind in ("text_input", "text_area", "button"):
        one = getattr(element, kind)
        answer.widgets[one.label] = one.id
    elif kind == "selectbox":
        answer.boxes[element.selectbox.label] = element.selectbox
    elif kind == "bidi_component":
        own = element.bidi_component
        answer.components[own.component_name] = Component(own.id, fragment, own.json)
    elif kind == "plotly_chart":
        answer.charts += 1
