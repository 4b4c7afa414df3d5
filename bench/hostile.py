"""A team that clicks while small files made to cost much are uploaded, one after the other, and
then large ones that are as they should be.

    python -m bench.hostile

The files made to cost much are those of `tests/hostile`. Each is dropped on the Data page in
Chromium and has to be answered there with its own line: why it is refused, or what was found.
"""

import statistics
import sys
import threading
import time
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Page

from bench.clock import p95
from bench.figures import Figure, Table, show
from bench.load import PAGES, PAUSE, clicks
from bench.machine import company
from bench.memory import peak
from bench.screenshots import chromium, serving, settled
from bench.websocket import Visitor
from tests.hostile.corpus import TEXT_FILES, WORKBOOKS, ZIPS
from tests.sources.workbooks import sheets

USERS = 20
GOALS = ("Team", "Objective", "Key result", "Owner", "Start", "Target", "Current", "Due", "Status")


def goals(count: int, team: int = 0) -> list[list[str]]:
    """A list of goals with its header, three key results to an objective."""
    return [[*GOALS], *([f"Team {team}", f"Grow {at // 3} of {team}", f"Raise {at} of {team}",
                         f"Ada Park{at % 50}", "5%", "9%", "6%", "2026-12-31", "on track"]
                        for at in range(count))]


def teams(first: int) -> bytes:
    """A workbook of a sheet for each of 20 teams, `first` the number of one: no two of these are
    alike, since what was read once is kept."""
    return sheets(**{f"Team {team}": goals(60, team) for team in range(first, first + 20)})


def one_list(team: int) -> bytes:
    """A CSV file of 5 MB."""
    return "".join(f"{','.join(row)}\n" for row in goals(66_000, team)).encode()


Files = Mapping[str, tuple[Callable[[], bytes], str]]
READ: Files = {f"{at} {name}": (partial(make, at), line)
               for at in range(3) for name, make, line in (
    ("teams.xlsx", teams, "20 objectives with 60 key results"),
    ("list.csv", one_list, "22,000 objectives with 66,000 key results"))}
REFUSED: Files = {f"{kind.replace(' ', '_')}{suffix}": case for suffix, cases in (
    (".xlsx", WORKBOOKS), (".csv", TEXT_FILES), (".zip", ZIPS)) for kind, case in cases.items()}


def upload_all(address: str, folder: Path, files: Files, errors: list[str]) -> int:
    """Drop each file on a page of its own; how many were answered with their line."""
    answered = 0
    with chromium() as browser:
        for name, (make, line) in files.items():
            (folder / name).write_bytes(make())
            page = browser.new_page()
            if said(page, address, folder / name, line):
                answered += 1
            else:
                errors.append(f"{name}: not “{line}”")
            page.close()
    return answered


def said(page: Page, address: str, file: Path, line: str) -> bool:
    """Whether the page says what it should of a file within a minute."""
    page.goto(f"{address}/data?do=Bring your own files")
    settled(page)
    page.locator("input[type=file]").set_input_files(str(file))
    until = time.monotonic() + 60
    while time.monotonic() < until:
        if line in page.inner_text("body"):
            return True
        page.wait_for_timeout(100)
    return False


def measure() -> list[Table]:
    """How the users fare until the last file is answered, and what the server takes at most."""
    times: list[float] = []
    errors: list[str] = []
    with company(1_000) as source, serving(str(source)) as address, TemporaryDirectory() as folder:
        visitor = Visitor(address)
        for page in ("", *PAGES):
            visitor.visit(page)  # warm
        visitor.close()
        over = threading.Event()
        users = [threading.Thread(target=clicks, args=(address, seed, over.is_set, PAGES, "",
                                                       times, errors)) for seed in range(USERS)]
        for user in users:
            user.start()
        time.sleep(2 * PAUSE)
        before, alone = peak(address), len(times)
        answered = upload_all(address, Path(folder), REFUSED, errors)
        most = peak(address)
        answered += upload_all(address, Path(folder), READ, errors)
        with_read = peak(address)
        over.set()
        for user in users:
            user.join()
    for error in errors[:5]:
        print(error, file=sys.stderr)
    during, files = times[alone:], len(REFUSED) + len(READ)
    about = (f"{USERS} users, {PAUSE:g} s between clicks on average, {len(during):,} clicks (p50 "
             f"{statistics.median(during) * 1e3:.0f} ms) while {files} files were uploaded: "
             f"{len(REFUSED)} that are refused with their line, then {len(READ)} of 20 sheets or "
             "5 MB that are read, of which some are kept. Users, browser and server share the "
             "machine. The floors are the same users before the first file.")
    return [Table("Hostile files while 20 people click", about, (
        Figure("p95, from click to last word", p95(during), "ms", 500, p95(times[:alone]), "value"),
        Figure("memory of the server at most, of refused files", most, "MB", 1.5, before),
        Figure("and of those that are read", with_read, "MB", None, before),
        Figure("files not answered, and errors of users", len(errors) + 0.0, "", 0, None, "value"),
        Figure("files answered", answered, "", None, files, "value")))]


if __name__ == "__main__":
    show(measure())
