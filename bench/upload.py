"""A large file dropped on the Data page: how long until it is read, with a bar, and how much memory
the server takes at most.

    python -m bench.upload
"""

import random
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.figures import Figure, Table, show
from bench.memory import peak
from bench.screenshots import chromium, serving, settled

ROWS, MEGABYTES = 250_000, 50


def large(rows: int = ROWS, megabytes: int = MEGABYTES) -> bytes:
    """Key results under 1,000 objectives, of about this size: the notes fill it up."""
    chance = random.Random(1)
    words = "invoice wallet retention checkout shipping refund search onboarding".split()
    note = megabytes * 1_000_000 // rows - 75
    lines = ["kr_id,objective_id,title,baseline,target,current,due_date,note"]
    for number in range(rows):
        text = " ".join(chance.choices(words, k=note // 9 + 1))[:note]
        lines.append(f"K{number},J{number % 1000},Result {number} of many,{number % 7},"
                     f"{number % 7 + 100},{number % 90},2026-12-31,{text}")
    return "\n".join(lines).encode()


def measure() -> list[Table]:
    """Drop it in and wait for the result."""
    with serving() as address, chromium() as browser, TemporaryDirectory() as folder:
        page = browser.new_page()
        page.goto(f"{address}/data?do=Bring your own files")
        settled(page)
        before = peak(address)
        file = Path(folder) / "large.csv"
        file.write_bytes(large())
        began = time.monotonic()
        page.locator("input[type=file]").set_input_files(str(file))
        page.locator("[data-testid=stProgress]").first.wait_for(timeout=60_000)
        bar = time.monotonic() - began
        page.get_by_role("button", name="Open it in this tab").wait_for(timeout=300_000)
        whole, most = time.monotonic() - began, peak(address)
    about = (f"{MEGABYTES} MB, {ROWS:,} rows, in Chromium. The floor is the server's memory before "
             "the file came.")
    return [Table("A large file dropped on the Data page", about, (
        Figure("memory of the server at most", most, "MB", 1_000, before, "value"),
        Figure("until the bar", bar, "s", None, by="value"),
        Figure("until it is read", whole, "s", None, by="value")))]


if __name__ == "__main__":
    show(measure())
