"""Fifty people who signed in, on two replicas that are killed and started again meanwhile.

    python -m bench.faults              a minute
    python -m bench.faults 600 [URL]    ten minutes, with another store than a PostgreSQL of its own

In the end the store is asked for all that they saw as saved.
"""

import os
import random
import statistics
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack

from bench.clock import p95
from bench.figures import Figure, Table, show
from bench.machine import company
from bench.replicas import BARE, DASHBOARD, Replica, postgresql, replicas
from bench.team import PAUSE, TEAM, USERS, Seen, User, click, team, use
from bench.websocket import Visitor
from orgdata.store import Store, source_key

KILLS = 4
AWAY = 10.0  # seconds after a kill that are looked at by themselves


def killing(started: list[Replica], seconds: float) -> list[float]:
    """Kill and start the replicas in turns for so many seconds; when each was killed."""
    begun, moments = time.monotonic(), []
    for number in range(KILLS):
        time.sleep(max(0.0, begun + seconds * (number + 1) / (KILLS + 1) - time.monotonic()))
        moments.append(time.monotonic())
        started[number % len(started)].kill()
        started[number % len(started)].start()
    time.sleep(max(0.0, begun + seconds - time.monotonic()))
    return moments


def all_use(users: list[User], address: str, started: list[Replica],
            seconds: float) -> tuple[Seen, list[float]]:
    """What all users live through while replicas are killed, and when these were."""
    seen, until, moments = Seen(), time.monotonic() + seconds, list[float]()
    _at_once([*(lambda one=one: use(one, address, until, seen) for one in users),
              lambda: moments.extend(killing(started, seconds))])
    return seen, moments


def floor(seconds: float) -> float:
    """The p95 in ms of as many users of a bare page on two replicas, none of them killed."""
    seen, until = Seen(), time.monotonic() + seconds

    def use_bare(number: int, address: str) -> None:
        chance = random.Random(number)
        time.sleep(chance.uniform(0, PAUSE))
        visitor = Visitor(address)
        visitor.visit("")
        while time.monotonic() < until:
            time.sleep(chance.uniform(0.5, 1.5) * PAUSE)
            click(visitor, "?charts=1", seen)

    with replicas(BARE, "/_stcore/health") as (address, _):
        _at_once(lambda number=number: use_bare(number, address) for number in range(USERS))
    return p95([took for _, took in seen.clicks])


def _at_once(actions: Iterable[Callable[[], None]]) -> None:
    """Do all of it at once. Raises what one of them raises."""
    with ThreadPoolExecutor(USERS + 1) as threads:
        for done in [threads.submit(action) for action in actions]:
            done.result()


def lost_and_twice(url: str, source: str, saved: list[str]) -> tuple[int, int]:
    """How many texts that were seen as saved the store does not hold, and how many texts it holds
    more than once."""
    with Store.open(url) as store:
        texts = Counter(one.text for one in store.decisions(source_key(source)))
        texts.update(one.edit.values.get("role_statement", "") for one in
                     store.correction_log(source_key(source)))
    return sum(not texts[text] for text in saved), sum(count - 1 for count in texts.values())


def measure(seconds: int = 60, url: str | None = None) -> list[Table]:
    """Fifty people for so many seconds."""
    with ExitStack() as opened:
        source = opened.enter_context(company(1_000))
        store = url or opened.enter_context(postgresql())
        users = team(source)
        address, started = opened.enter_context(replicas(
            DASHBOARD, "/ready", ORGDATA_SOURCE=str(source), ORGDATA_STORE=store,
            STREAMLIT_SERVER_COOKIE_SECRET="one"))
        seen, moments = all_use(users, address, started, seconds)
        load, work = os.getloadavg()[0], sum(one.busy() for one in started)
        lost, twice = lost_and_twice(store, str(source), seen.saved)
        logged = "".join(one.logged() for one in started).count("Traceback")
    for error in seen.errors[:5]:
        print(error, file=sys.stderr)
    bare, times = floor(min(60, seconds / 2)), [took for _, took in seen.clicks]
    about = (
        f"{USERS} people ({', '.join(f'{count} {role}' for role, count in TEAM.items())}) whom a "
        f"proxy signs in, {PAUSE:g} s between clicks on average, for {seconds} seconds on two "
        f"replicas with one PostgreSQL; {len(moments)} times one of these was killed and started "
        f"again. {len(times):,} clicks (p50 {statistics.median(times) * 1e3:.0f} ms), "
        f"{len(seen.saved):,} things saved, {len(seen.back)} connections that broke. Beside as "
        "many people of a bare page with one chart on two replicas, of which none is killed. All "
        f"share the machine, at a load of {load:.1f} in the end.")
    return [Table("50 people signed in, while replicas are killed", about, (
        Figure("p95, from click to last word", _p95(times), "ms", 500, bare, "value"),
        *_parts(seen, moments, bare),
        Figure("p95, from a broken connection to a page", _p95(seen.back), "ms", None, by="value"),
        Figure("processor time of the replicas, starts included, for each click",
               work / len(times) * 1e3, "ms", None, by="value"),
        Figure("errors beyond a reconnect", len(seen.errors) + logged, "", 0, by="value"),
        Figure("saved and lost", lost, "", 0, by="value"),
        Figure("saved twice", twice, "", 0, by="value")))]


def _p95(times: list[float]) -> float:
    """NaN of less than two: that is not measured."""
    return p95(times) if len(times) > 1 else float("nan")


def _parts(seen: Seen, moments: list[float], bare: float) -> list[Figure]:
    """The same figure shortly after a kill, and at all other times."""
    parts: dict[bool, list[float]] = {True: [], False: []}
    for when, took in seen.clicks:
        parts[any(when - AWAY <= moment <= when for moment in moments)].append(took)
    return [Figure(f"of it {part}", _p95(parts[away]), "ms", None, bare, "value")
            for away, part in ((True, f"within {AWAY:g} s of a kill"), (False, "at other times"))]


if __name__ == "__main__":
    show(measure(*map(int, sys.argv[1:2]), *sys.argv[2:3]))
