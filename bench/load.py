"""A leadership team at once: 50 open sessions that click every 8 seconds, and what each costs.

    python -m bench.load [--sessions N]     the second: memory after N sessions came and went

Times are from click to last word over the websocket; memory is the server's resident set, beside a
bare page with the same number of sessions.
"""

import argparse
import random
import statistics
import sys
import threading
import time
from collections.abc import Callable

from bench.clock import p95
from bench.figures import Figure, Table, show
from bench.machine import company
from bench.memory import resident
from bench.pages import BARE
from bench.screenshots import serving
from bench.websocket import Visitor

USERS, PAUSE = 50, 8.0
PAGES = ("", "outcomes", "products", "my_product", "gaps", "weekly_review", "data")


def clicks(address: str, seed: int, over: Callable[[], bool], pages: tuple[str, ...], query: str,
           times: list[float], errors: list[str]) -> None:
    """One user: comes in, clicks every 8 seconds on average, stays until it is over."""
    chance = random.Random(seed)
    try:
        visitor = Visitor(address)
        visitor.visit("", query)
        while not over():
            time.sleep(chance.uniform(0.5, 1.5) * PAUSE)
            times.append(visitor.visit(chance.choice(pages), query).seconds)
        visitor.close()
    except Exception as error:  # whatever happens to a user counts, and none may end the others
        errors.append(f"{type(error).__name__}: {error}")


def together(address: str, pages: tuple[str, ...], seconds: float,
             query: str = "") -> tuple[list[float], list[str], float]:
    """All users at once: their times, what went wrong, and memory per session in MB."""
    warmed(address, pages, query)
    before = resident(address)
    times: list[float] = []
    errors: list[str] = []
    late = clicking(address, pages, seconds, query, times, errors)
    return times, errors, (late - before) / USERS


def warmed(address: str, pages: tuple[str, ...], query: str = "") -> None:
    """Have every page looked at once."""
    visitor = Visitor(address)
    for page in ("", *pages):
        visitor.visit(page, query)
    visitor.close()


def clicking(address: str, pages: tuple[str, ...], seconds: float, query: str,
             times: list[float], errors: list[str], many: int = USERS) -> float:
    """Have so many users click for a time; the memory of the server shortly before its end."""
    until = time.monotonic() + seconds
    users = [threading.Thread(target=clicks, args=(
        address, seed, lambda: time.monotonic() >= until, pages, query, times, errors))
        for seed in range(many)]
    for user in users:
        user.start()
    time.sleep(seconds - 2)
    late = resident(address)
    for user in users:
        user.join()
    return late


def measure(seconds: float = 60) -> list[Table]:
    """How 50 users fare, beside a bare page."""
    with company(1_000) as source, serving(str(source)) as address:
        times, errors, ours = together(address, PAGES, seconds)
    with serving(None, BARE) as address:
        bare_times, bare_errors, bare = together(address, ("",), seconds / 2, "charts=1")
    for error in errors[:3]:
        print(error, file=sys.stderr)
    about = (f"{USERS} users, {PAUSE:g} s between clicks on average, {len(times):,} clicks on "
             f"{len(PAGES)} pages for {seconds:g} s (p50 {statistics.median(times) * 1e3:.0f} ms); "
             "beside as many users of a bare page with one chart. The users share the machine with "
             "the server.")
    return [Table("50 users at once at 1,000 products", about, (
        Figure("p95, from click to last word", p95(times), "ms", 500, p95(bare_times), "value"),
        Figure("errors", len(errors), "", 0, len(bare_errors), "value"),
        Figure("memory per session", ours, "MB", 2, bare, "above")))]


def come_and_go(address: str, pages: tuple[str, ...], many: int) -> tuple[float, float]:
    """The memory after a tenth of the sessions, and after all of them."""
    early = 0.0
    for number in range(1, many + 1):
        visitor = Visitor(address)
        visitor.rerun()
        visitor.visit(pages[number % len(pages)])
        visitor.close()
        if number in (many // 10, many):
            time.sleep(5)
            early = early or resident(address)
    return early, resident(address)


def measure_sessions(many: int = 1_000) -> list[Table]:
    """What stays of sessions that came, looked at two pages and went."""
    with company(1_000) as source, serving(str(source)) as address:
        early, late = come_and_go(address, PAGES, many)
    with serving(None, BARE) as address:
        bare_early, bare_late = come_and_go(address, ("",), many)
    said = f"after {many:,} sessions, beside after {many // 10:,}"
    return [Table("Sessions that come and go at 1,000 products", "Memory of the server. Streamlit "
                  "itself keeps up to 128 sessions for two minutes after they went, in case they "
                  "come back.", (
                      Figure(said, late, "MB", 1.1, early),
                      Figure(f"a bare page {said}", bare_late, "MB", None, bare_early)))]


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--sessions", type=int, default=0)
    asked = parser.parse_args()
    show(measure_sessions(asked.sessions) if asked.sessions else measure())
