"""What somebody holds open on the server, signed in or not."""

import asyncio
import json
import resource
import subprocess
import sys
from datetime import UTC, datetime

import pytest
from streamlit.web.server.server_util import get_cookie_secret
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value

from orgdata.model.access import Access
from orgdata.serve import app, connections
from orgdata.serve.connections import (
    AT_ONCE,
    CLICKS,
    LARGEST,
    MOST,
    MOST_OF_ONE,
    FewConnections,
)
from orgdata.serve.sign_ins import SIGN_IN, BoundSignIns
from tests import apart
from tests.patterns import ROOT


def cookie(hours, email="ada@x"):
    said = json.dumps({"is_logged_in": True, "email": email, "email_verified": True,
                       "iat": datetime.now(UTC).timestamp() - 3_600 * hours})
    return f"{SIGN_IN}={create_signed_value(get_cookie_secret(), SIGN_IN, said).decode()}"


class Connection:
    """One that stays open until it is told that it is gone, and what gets to the application."""

    def __init__(self, door, header="", name="cookie"):
        self.sent, self.got, self.said = asyncio.Queue(), [], []
        scope = {"type": "websocket", "path": "/_stcore/stream", "headers": [(name.lower().encode(), header.encode())]}
        self.task = asyncio.create_task(door(scope, self.sent.get, self.say))

    async def say(self, message):
        self.said.append(message)

    async def send(self, letters):
        self.sent.put_nowait({"type": "websocket.receive", "bytes": b"a" * letters})
        for _ in range(9):
            await asyncio.sleep(0)


async def behind(scope, receive, send):
    while (message := await receive())["type"] != "websocket.disconnect":
        one = len(message["bytes"])
        await send({"type": "websocket.send", "bytes": b"%d" % one})


def heard(connection):
    return [int(one["bytes"]) for one in connection.said if one["type"] == "websocket.send"]


@pytest.mark.parametrize(("require", "header", "is_stranger"), [
    ("oidc", "", True), ("oidc", cookie(13), True), ("oidc", cookie(1)[:-2], True), ("oidc", cookie(1), False),
    ("none", "", False), ("header", "ada@x", False)])
def test_long_messages_are_of_who_has_signed_in(require, header, is_stranger):
    async def asked():
        connection = Connection(
            FewConnections(behind, Access(require, header="cookie")), header)
        for letters in (1, LARGEST, LARGEST + 1, 2):
            await connection.send(letters)
        assert connection.task.done() == is_stranger
        connection.task.cancel()
        return heard(connection)

    assert apart.run(asked()) == ([1, LARGEST] if is_stranger else [1, LARGEST, LARGEST + 1, 2])


def test_who_asks_faster_than_people_click_waits_and_nobody_else_does(monkeypatch):
    """However many tabs they ask from, and whether or not they connect again meanwhile."""
    waited = []

    async def sleep(seconds):
        waited.append(seconds)

    async def asked():
        door = FewConnections(behind, Access("header", header="X-Email"))
        monkeypatch.setattr(connections.asyncio, "sleep", sleep)
        tabs = [Connection(door, "ada@x", "X-Email") for _ in range(3)]
        for tab in tabs * AT_ONCE:
            tab.sent.put_nowait({"type": "websocket.receive", "bytes": b"a"})
        other = Connection(door, "kenji@x", "X-Email")
        other.sent.put_nowait({"type": "websocket.receive", "bytes": b"a"})
        loop = asyncio.get_running_loop()
        while sum(len(tab.said) for tab in tabs) < 3 * AT_ONCE or not other.said:
            done = loop.create_future()
            loop.call_soon(done.set_result, None)
            await done
        for tab in tabs:
            tab.sent.put_nowait({"type": "websocket.disconnect", "code": 1000})
            await tab.task
        again = Connection(door, "ada@x", "X-Email")
        again.sent.put_nowait({"type": "websocket.receive", "bytes": b"a"})
        again.sent.put_nowait({"type": "websocket.disconnect", "code": 1000})
        await again.task
        other.task.cancel()

    apart.run(asyncio.wait_for(asked(), 60))
    assert len(waited) == 2 * AT_ONCE + 1  # after those at once all of one person's, and no other
    assert waited[-1] > waited[0] > 0
    assert waited[-1] == pytest.approx((2 * AT_ONCE + 1) / CLICKS, abs=2)


@pytest.mark.parametrize("require", ["oidc", "header"])
def test_of_one_person_no_more_connections_are_open_than_people_have_tabs(require, monkeypatch):
    """Others connect as before, and whoever closes a tab may open another."""
    monkeypatch.setattr(connections, "AT_ONCE", 1_000)  # messages

    async def asked():
        door = FewConnections(behind, Access(require, header="X-Email"))

        def opens(email):
            return Connection(door, cookie(1, email)) if require == "oidc" else Connection(
                door, name="X-Email", header=email)

        many = [opens("ada@x") for _ in range(MOST_OF_ONE + 2)]
        other = opens("kenji@x")
        for one in [*many, other]:
            await one.send(1)
        assert [heard(one) for one in many] == [[1]] * MOST_OF_ONE + [[]] * 2
        assert many[-1].said == [{"type": "websocket.close", "code": connections._TRY_AGAIN}]
        assert heard(other) == [1]
        many[0].sent.put_nowait({"type": "websocket.disconnect", "code": 1000})
        await many[0].task
        late = opens("ada@x")
        await late.send(1)
        assert heard(late) == [1]
        for one in [*many, other, late]:
            one.task.cancel()
        await asyncio.gather(*(one.task for one in [*many, other, late]), return_exceptions=True)
        assert not any(person.open for person in door.people.values())

    apart.run(asyncio.wait_for(asked(), 60))


def test_a_server_opens_as_many_files_as_it_may():
    """Started by a shell that lets it open few, as login shells do."""
    few = 512
    said = subprocess.run(
        [sys.executable, "-c", "import resource\nfrom orgdata.serve.__main__ import _FILES, "
         "_open_many_files\n_open_many_files()\nmay, most = resource.getrlimit("
         "resource.RLIMIT_NOFILE)\nprint(may == min(_FILES, most), may)"],
        capture_output=True, text=True, check=True, cwd=ROOT, preexec_fn=lambda: resource.setrlimit(
            resource.RLIMIT_NOFILE, (few, resource.getrlimit(resource.RLIMIT_NOFILE)[1])))
    enough, may = said.stdout.split()
    assert enough == "True"
    assert int(may) > few


def test_of_many_strangers_those_who_came_first_have_to_come_again(monkeypatch):
    monkeypatch.setattr(connections, "STRANGERS_AT_ONCE", 1_000)  # messages

    async def asked():
        door = FewConnections(behind, Access("oidc"))
        known = Connection(door, cookie(1))
        await known.send(1)
        open_ones = [Connection(door) for _ in range(MOST + 3)]
        await asyncio.sleep(0)
        for one in [known, *open_ones]:
            await one.send(1)
        assert [one.task.done() for one in open_ones] == [True] * 3 + [False] * MOST
        assert open_ones[0].said[-1] == {"type": "websocket.close", "code": connections._TRY_AGAIN}
        assert heard(known) == [1, 1]
        assert [heard(one) for one in open_ones[3:]] == [[1]] * MOST
        open_ones[3].sent.put_nowait({"type": "websocket.disconnect", "code": 1000})
        await open_ones[3].task  # who leaves makes room
        assert len(door.open) == MOST - 1
        for one in [known, *open_ones]:
            one.task.cancel()
        await asyncio.gather(known.task, *(one.task for one in open_ones), return_exceptions=True)
        assert not door.open

    apart.run(asyncio.wait_for(asked(), 60))
    layers = [layer.cls for layer in app._user_middleware]
    assert layers.index(BoundSignIns) < layers.index(FewConnections)
