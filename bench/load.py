"""A leadership team at once: 50 open sessions that click every 8 seconds, and what each costs.

    python -m bench.load [--sessions N]     the second: memory after N sessions came and went

Times are from click to last word over the websocket; memory is the server's resident set, beside a
bare page with the same number of sessions.
"""

import argparse
import random
import statistics
import tempfile
import threading
import time
from pathlib import Path
from urllib.parse import urlsplit

from bench.screenshots import serving
from bench.websocket import Visitor
from orgdata.demo import generate

USERS, PAUSE, SECONDS = 50, 8.0, 60.0
PAGES = ("", "outcomes", "products", "my_product", "gaps", "weekly_review", "data")


def memory(address: str, field: str = "VmRSS") -> float:
    """The resident memory of the server at an address, in MB; the most there ever was: VmHWM."""
    port = f"--server.port={urlsplit(address).port}".encode()
    server = next(path for path in Path("/proc").glob("[0-9]*")
                  if port in _read(path / "cmdline").split(b"\0"))
    line = next(one for one in _read(server / "status").splitlines()
                if one.startswith(field.encode()))
    return int(line.split()[1]) / 1_000


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:  # a process that ended meanwhile
        return b""


def clicks(address: str, seed: int, until: float, pages: tuple[str, ...], query: str,
           times: list[float], errors: list[str]) -> None:
    """One user: comes in, clicks every 8 seconds on average, stays to the end."""
    chance = random.Random(seed)
    try:
        visitor = Visitor(address)
        visitor.rerun(query=query)
        while time.monotonic() < until:
            time.sleep(chance.uniform(0.5, 1.5) * PAUSE)
            times.append(visitor.rerun(chance.choice(pages), query)[0])
        visitor.close()
    except Exception as error:  # whatever happens to a user counts, and none may end the others
        errors.append(f"{type(error).__name__}: {error}")


def together(address: str, pages: tuple[str, ...],
             query: str = "") -> tuple[list[float], list[str], float]:
    """All users at once: their times, what went wrong, and memory per session in MB."""
    visitor = Visitor(address)
    for page in ("", *pages):
        visitor.rerun(page, query)  # warm
    visitor.close()
    before = memory(address)
    times: list[float] = []
    errors: list[str] = []
    until = time.monotonic() + SECONDS
    users = [threading.Thread(target=clicks, args=(
        address, seed, until, pages, query, times, errors))
             for seed in range(USERS)]
    for user in users:
        user.start()
    time.sleep(SECONDS - 2)
    grown = (memory(address) - before) / USERS
    for user in users:
        user.join()
    return times, errors, grown


def users(company: str) -> None:
    """Print how 50 users fare, beside a bare page."""
    with serving(company) as address:
        times, errors, ours = together(address, PAGES)
    with serving(None, "bench/bare.py") as address:
        bare_times, _, bare = together(address, ("",), "charts=1")
    p95 = statistics.quantiles(times, n=20)[-1]
    floor = statistics.quantiles(bare_times, n=20)[-1]
    print(f"\n{USERS} users at once, {PAUSE:g} s between clicks, {len(times):,} clicks: p50 "
          f"{statistics.median(times) * 1e3:.0f} ms, p95 {p95 * 1e3:.0f} ms (bare "
          f"{floor * 1e3:.0f} ms), {len(errors)} errors; {ours:.1f} MB a session "
          f"(bare {bare:.1f} MB). Reach: p95 500 ms, no error, 2 MB a session above bare.")
    for error in errors[:3]:
        print(f"  {error}")


def come_and_go(company: str, many: int) -> None:
    """Print the memory after a tenth of the sessions, and after all of them."""
    with serving(company) as address:
        for number in range(1, many + 1):
            visitor = Visitor(address)
            visitor.rerun()
            visitor.rerun(PAGES[number % len(PAGES)])
            visitor.close()
            if number == many // 10:
                time.sleep(5)
                early = memory(address)
        time.sleep(5)
        late = memory(address)
    print(f"{many:,} sessions came and went: {late:.0f} MB, after a tenth of them {early:.0f} MB "
          f"({late / early - 1:+.0%})")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("company", nargs="?", default="", help="default: 1,000 generated products")
    parser.add_argument("--sessions", type=int, default=0)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        company = asked.company or str(Path(folder) / "company")
        if not asked.company:
            generate(Path(company), 1_000, 1, 26)
        if asked.sessions:
            come_and_go(company, asked.sessions)
        else:
            users(company)
