"""Other programs beside people: 1,000 requests a minute while 20 people click.

    python -m bench.programs [SECONDS]     of each of four rounds: default 60

The people are alone and beside programs in turns, on one server, since a machine is not equally
fast at all times. A program asks for every resource in JSON and in CSV, with two roles; half of its
requests name the answer it has, as a program that keeps what it got does.
"""

import http.client
import itertools
import os
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from bench.clock import p95
from bench.figures import Figure, Table, show
from bench.load import PAGES, clicking, warmed
from bench.machine import company
from bench.screenshots import serving
from orgdata.access.rights import PAGES as PAGES_OF
from orgdata.api.resources import RESOURCES
from orgdata.model.access import Role
from orgdata.store import Store, Token, source_key

PEOPLE, A_MINUTE = 20, 1_000
ROLES: tuple[Role, ...] = ("head", "viewer")


@contextmanager
def tokens(source: str) -> Iterator[tuple[str, dict[Role, str]]]:
    """The URL of a store with a token of each role."""
    now = datetime.now(UTC)
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{os.path.join(folder, 'store.sqlite')}"
        with Store.open(url) as store:
            yield url, {role: store.make_token(Token(
                source_key(source), "bench", role, "bench", now, now + timedelta(days=1)))[1]
                for role in ROLES}


def requests(texts: dict[Role, str]) -> Iterator[tuple[str, dict[str, str]]]:
    """Endless requests: each resource for each role that may ask for it, in both forms."""
    kinds = [(f"/api/v1{one.path}", {"Authorization": f"Bearer {texts[role]}", "Accept": form})
             for one in RESOURCES for role in ROLES for form in ("application/json", "text/csv")
             if one.page in PAGES_OF[role] and "{" not in one.path and one.name != "changes"]
    return itertools.cycle(kinds)


def asking(address: str, texts: dict[Role, str], over: Callable[[], bool], times: list[float],
           errors: list[str]) -> None:
    """A program that asks so many times a minute, however long an answer takes."""
    connection, tags = http.client.HTTPConnection(urlsplit(address).netloc, timeout=60), {}
    begin = time.monotonic()
    for number, (path, headers) in enumerate(requests(texts)):
        time.sleep(max(0.0, begin + number * 60 / A_MINUTE - time.monotonic()))
        if over():
            return
        of, start = (path, *headers.values()), time.perf_counter()
        known = {"If-None-Match": tags[of]} if of in tags and number % 2 else {}
        connection.request("GET", path, headers=headers | known)
        answer = connection.getresponse()
        answer.read()
        times.append(time.perf_counter() - start)
        tags[of] = answer.headers["ETag"]
        if answer.status not in (200, 304):
            errors.append(f"{answer.status} {path}")


def once(address: str, texts: dict[Role, str]) -> float:
    """Seconds until each answer was given for the first time, one after the other."""
    connection, asked, start = http.client.HTTPConnection(
        urlsplit(address).netloc, timeout=60), set[tuple[str, ...]](), time.perf_counter()
    for path, headers in requests(texts):
        if (path, *headers.values()) in asked:
            return time.perf_counter() - start
        asked.add((path, *headers.values()))
        connection.request("GET", path, headers=headers)
        connection.getresponse().read()
    return 0.0


def measure(seconds: float = 60) -> list[Table]:
    """What the people wait for alone, and beside a program."""
    waits: dict[bool, list[float]] = {False: [], True: []}
    answers: list[float] = []
    errors: list[str] = []
    with company(1_000) as source, tokens(str(source)) as (store, texts), serving(
            str(source), store=store, production=True) as address:
        warmed(address, PAGES)
        first = once(address, texts)
        for beside in (False, True) * 2:
            until = time.monotonic() + seconds
            program = threading.Thread(target=asking, args=(
                address, texts, lambda until=until: time.monotonic() >= until, answers, errors))
            if beside:
                program.start()
            clicking(address, PAGES, seconds, "", waits[beside], errors, PEOPLE)
            if beside:
                program.join()
    for error in errors[:3]:
        print(error, file=sys.stderr)
    about = (f"{PEOPLE} people, each with a click every 8 s on average, {2 * seconds:g} s alone "
             f"and as long beside a program with {A_MINUTE:,} requests a minute to /api/v1 "
             f"({len(answers):,} in all), in turns; pages and answers were asked for once before. "
             "Both share the machine with the server.")
    return [Table("Other programs beside 20 people at 1,000 products", about, (
        Figure("p95 of a page beside programs, and alone", p95(waits[True]), "ms", 1.2,
               p95(waits[False])),
        Figure("p95 of an answer to a program", p95(answers), "ms", None, by="value"),
        Figure("all answers for the first time, one after the other", first * 1e3, "ms", None,
               by="value"),
        Figure("errors", len(errors), "", 0, by="value")))]


if __name__ == "__main__":
    show(measure(*map(float, sys.argv[1:2])))
