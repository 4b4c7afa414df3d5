"""Who asks slowly, or reads slowly, keeps nobody else waiting. No server: messages as it passes them."""

import asyncio
from itertools import count

import pytest
from starlette.requests import Request
from starlette.responses import PlainTextResponse

from orgdata.access import Rights
from orgdata.serve import bearers
from orgdata.serve.bearers import AT_ONCE_OF_ONE, BEARER, Bearers
from orgdata.store.tokens import PREFIX
from tests import apart

VIEWER, HEAD = (Rights(frozenset({role})) for role in ("viewer", "head"))


async def app(scope, receive, send):
    body = await Request(scope, receive).body()
    await PlainTextResponse(f"{body.decode()} {sorted(BEARER.get().roles)}")(scope, receive, send)


async def for_ever(*_):
    await asyncio.Event().wait()


@pytest.fixture
def doors(monkeypatch):
    """The door, where requests are of these tokens, one after the other."""
    def made(tokens):
        door = Bearers(app, frozenset({"POST"}))
        monkeypatch.setattr(door, "_rights", lambda _: next(tokens))
        return door
    return made


async def ask(door, receive=None, send=None, headers=()):
    """What is answered to a request of two parts."""
    parts, said = iter([(b"a", True), (b"b", False)]), []

    async def of_parts():
        body, more = next(parts)
        return {"type": "http.request", "body": body, "more_body": more}

    async def note(message):
        said.append(message)

    scope = {"type": "http", "method": "POST", "path": "/mcp", "query_string": b"", "headers": headers}
    await door(scope, receive or of_parts, send or note)
    return said[0]["status"], b"".join(one.get("body", b"") for one in said).decode()


@pytest.mark.parametrize("slow", [{"receive": for_ever}, {"send": for_ever}])
def test_who_is_slow_keeps_nobody_else_waiting(doors, slow):
    async def asked():
        door = doors(iter([*((VIEWER, number) for number in range(bearers.WAITING + 9)), (HEAD, 999)]))
        slow_ones = []
        try:
            for _ in range(bearers.WAITING + 9):
                slow_ones.append(asyncio.create_task(ask(door, **slow)))
                while door.looked_up.waiting or door.answered.waiting or len(door.open) < len(slow_ones):
                    await asyncio.sleep(0)
            return await ask(door)
        finally:
            for task in slow_ones:
                task.cancel()
            await asyncio.wait(slow_ones)
            assert not door.open

    assert apart.run(asyncio.wait_for(asked(), 60)) == (200, "ab ['head']")


def test_one_token_has_so_many_requests_open_and_no_more(doors):
    async def asked():
        door = doors((VIEWER, 1) for _ in count())
        slow_ones = [asyncio.create_task(ask(door, receive=for_ever)) for _ in range(AT_ONCE_OF_ONE)]
        while door.open[1] < AT_ONCE_OF_ONE:
            await asyncio.sleep(0)
        status, _ = await ask(door)
        for task in slow_ones:
            task.cancel()
        await asyncio.wait(slow_ones)
        return status, (await ask(door))[0]

    assert apart.run(asyncio.wait_for(asked(), 60)) == (429, 200)


def test_who_has_no_token_takes_no_place_of_who_has(doors):
    """Whatever is sent in place of one is answered although as many are looked up as may be."""
    async def asked():
        door = doors((VIEWER, number) for number in count())
        door.is_on, door.looked_up.waiting = True, bearers.WAITING
        said = [await ask(door, headers=[(b"authorization", text)] if text else [])
                for text in (b"", b"Bearer", b"Bearer x", b"Basic " + PREFIX.encode() + b"x" * 43,
                             b"Bearer " + PREFIX.encode() + b"x" * 43)]
        return [status for status, _ in said]

    assert apart.run(asyncio.wait_for(asked(), 60)) == [401, 401, 401, 401, 503]


def test_turns_go_round_by_token():
    """Who asks for much keeps others waiting for one answer, and who went away nobody."""
    async def asked():
        turns, order, going_on = bearers.Turns(bearers.WAITING_OF_ONE), [], asyncio.Semaphore(0)

        async def work(name):
            await going_on.acquire()
            order.append(name)

        def take(whose, name):
            return asyncio.create_task(turns.take(lambda: work(name), whose))

        waiting = [take(1, f"a{number}") for number in range(1 + bearers.WAITING_OF_ONE)]
        await asyncio.sleep(0)
        refused = await take(1, "too much")
        waiting += [take(2, "b0"), take(2, "b1"), take(3, "c0")]
        await asyncio.sleep(0)
        gone = waiting.pop(1)  # a1, the next of its token
        gone.cancel()
        for _ in waiting:
            going_on.release()
            await asyncio.sleep(0)
            await asyncio.sleep(0)
        await asyncio.gather(*waiting)
        late = take(4, "d0")
        going_on.release()
        await late
        assert (turns.waiting, turns._free, turns._queues) == (0, bearers.AT_ONCE, {})
        return refused.status_code, order

    status, order = apart.run(asyncio.wait_for(asked(), 60))
    assert status == 429
    assert order[:2] == ["a0", "b0"]  # one of each at once
    assert order.index("c0") <= 3
    assert order.index("b1") <= 5
    assert order[-1] == "d0"
    assert sorted(order) == sorted({"a0", "b0", "b1", "c0", "d0", *(
        f"a{number}" for number in range(2, 1 + bearers.WAITING_OF_ONE))})


def test_a_turn_given_to_who_has_gone_is_the_next_ones():
    async def asked():
        turns, going_on = bearers.Turns(), asyncio.Event()

        async def work():
            await going_on.wait()
            return "done"

        tasks = [asyncio.create_task(turns.take(work, number)) for number in range(bearers.AT_ONCE + 2)]
        await asyncio.sleep(0)
        going_on.set()
        tasks[0].add_done_callback(lambda _: tasks[bearers.AT_ONCE].cancel())  # as it gets its turn
        return [said if isinstance(said, str) else type(said) for said in await asyncio.gather(
            *tasks, return_exceptions=True)], turns._free

    said, free = apart.run(asyncio.wait_for(asked(), 60))
    assert said[:bearers.AT_ONCE] == ["done"] * bearers.AT_ONCE
    assert said[-1] == "done"
    assert free == bearers.AT_ONCE
