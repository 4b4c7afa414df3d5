"""What a browser may ask for over its connection, whoever is at the other end."""

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg

from orgdata.serve import app, messages
from tests import apart


def passed_on(*contents, kind="websocket"):
    """What of these messages gets to the application."""
    waiting, got = [{"type": "websocket.receive", "bytes": content} for content in contents], []
    waiting.append({"type": "websocket.disconnect"})

    async def behind(scope, receive, send):
        while (message := await receive())["type"] != "websocket.disconnect":
            got.append(message["bytes"])

    async def receive():
        return waiting.pop(0)

    apart.run(messages.OnlyOfPages(behind)({"type": kind, "path": "/_stcore/stream"}, receive, None))
    return got


def asked(kind, of=None):
    message = BackMsg()
    if of is not None:
        getattr(getattr(message, kind), of).SetInParent()
    elif isinstance(getattr(message, kind), bool):
        setattr(message, kind, True)
    else:
        getattr(message, kind).SetInParent()
    return message.SerializeToString()


OURS = [asked("rerun_script"), asked("stop_script"), asked("file_urls_request"), asked("app_heartbeat"),
        asked("backend_operation_request", "deferred_file"),
        asked("backend_operation_request", "dataframe_chunk")]


@pytest.mark.parametrize("foreign", [
    asked("clear_cache"), asked("load_git_info"), asked("set_run_on_save"), asked("debug_shutdown_runtime"),
    asked("backend_operation_request", "install_skills"), asked("backend_operation_request"),
    asked("rerun_script") + asked("clear_cache")])
def test_what_no_page_asks_for_gets_nowhere(foreign):
    """The caches of everybody are dropped, and what the session knows of who is signed in."""
    assert passed_on(foreign, *OURS, foreign) == OURS


def test_a_message_that_no_page_sends_for_its_size_gets_nowhere():
    """What somebody types stays in memory as long as their tab is open."""
    large = BackMsg()
    large.rerun_script.query_string = "x" * messages.LARGEST
    assert passed_on(large.SerializeToString(), *OURS) == OURS
    large.rerun_script.query_string = "x" * (messages.LARGEST // 2)
    assert passed_on(large.SerializeToString()) == [large.SerializeToString()]


def test_what_is_fetched_in_the_background_passes_no_faster_than_somebody_scrolls(monkeypatch):
    """Each takes one of the threads that answer other programs, too."""
    waited = []

    async def wait(seconds):
        waited.append(seconds)

    monkeypatch.setattr(messages.asyncio, "sleep", wait)
    fetched = asked("backend_operation_request", "deferred_file")
    assert passed_on(asked("rerun_script"), *[fetched] * 40) == [asked("rerun_script"), *[fetched] * 40]
    assert len(waited) == 40
    assert sum(waited) >= 2


def test_places_for_very_many_files_are_asked_in_vain():
    """Whoever has a connection may ask, and the answer is a hundred times as long."""
    many = BackMsg()
    many.file_urls_request.file_names.extend(["a"] * (messages._MOST_FILES + 1))
    assert passed_on(many.SerializeToString(), *OURS) == OURS
    many.file_urls_request.file_names.pop()
    assert passed_on(many.SerializeToString()) == [many.SerializeToString()]


def test_more_widgets_than_a_page_has_are_not_looked_at():
    """Each costs the process that draws everybody's pages, though there is no such widget."""
    many = BackMsg()
    for number in range(messages._MOST_WIDGETS + 1):
        many.rerun_script.widget_states.widgets.add(id=f"w{number}", bool_value=True)
    assert passed_on(many.SerializeToString(), *OURS) == OURS
    many.rerun_script.widget_states.widgets.pop()
    assert passed_on(many.SerializeToString()) == [many.SerializeToString()]


def test_what_pages_ask_for_passes_and_what_cannot_be_read_is_refused_behind():
    assert passed_on(*OURS, b"\xff\xff", b"", None) == [*OURS, b"\xff\xff", b"", None]
    assert passed_on(asked("clear_cache"), kind="http") == [asked("clear_cache")]
    assert messages.OnlyOfPages in [layer.cls for layer in app._user_middleware]
