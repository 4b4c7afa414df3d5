"""A team that clicks while small files made to cost much are uploaded, one after the other.

    python -m bench.hostile

The files are those of `tests/hostile`. Each is dropped on the Data page in Chromium and has to be
answered there with its own line.
"""

import statistics
import sys
import threading
import time
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

USERS = 20
FILES = {f"{kind.replace(' ', '_')}{suffix}": case for suffix, cases in (
    (".xlsx", WORKBOOKS), (".csv", TEXT_FILES), (".zip", ZIPS)) for kind, case in cases.items()}


def upload_all(address: str, folder: Path, errors: list[str]) -> int:
    """Drop each file on a page of its own; how many were answered with their line."""
    answered = 0
    with chromium() as browser:
        for name, (make, line) in FILES.items():
            (folder / name).write_bytes(make())
            page = browser.new_page()
            if said(page, address, folder / name, line):
                answered += 1
            else:
                errors.append(f"{name}: not “{line}”")
            page.close()
    return answered


def said(page: Page, address: str, file: Path, line: str) -> bool:
    """Whether the page says what is wrong with a file within a minute."""
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
        answered = upload_all(address, Path(folder), errors)
        most = peak(address)
        over.set()
        for user in users:
            user.join()
    for error in errors[:5]:
        print(error, file=sys.stderr)
    during = times[alone:]
    about = (f"{USERS} users, {PAUSE:g} s between clicks on average, {len(during):,} clicks (p50 "
             f"{statistics.median(during) * 1e3:.0f} ms) while {len(FILES)} files were uploaded, "
             "each refused on the page with its line. Users, browser and server share the machine. "
             "The floors are the same users before the first file.")
    return [Table("Hostile files while 20 people click", about, (
        Figure("p95, from click to last word", p95(during), "ms", 500, p95(times[:alone]), "value"),
        Figure("memory of the server at most", most, "MB", 1.5, before),
        Figure("files not answered, and errors of users", len(errors) + 0.0, "", 0, None, "value"),
        Figure("files answered", answered, "", None, len(FILES), "value")))]


if __name__ == "__main__":
    show(measure())
