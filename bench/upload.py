"""A large file dropped on the Data page: how long until it is read, with a bar, and how much memory
the server takes at most. Prints one line; `make bench` runs it."""

import random
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.load import memory
from bench.screenshots import chromium, serving, settled

ROWS, MEGABYTES = 250_000, 50
MOST = 1_000  # MB of memory


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


def main() -> None:
    """Drop it in, wait for the result, and say what it took."""
    with serving() as address, chromium() as browser, TemporaryDirectory() as folder:
        page = browser.new_page()
        page.goto(f"{address}/data?do=Bring your own files")
        settled(page)
        before = memory(address, "VmHWM")
        file = Path(folder) / "large.csv"
        file.write_bytes(large())
        began = time.monotonic()
        page.locator("input[type=file]").set_input_files(str(file))
        page.locator("[data-testid=stProgress]").first.wait_for(timeout=60_000)
        bar = time.monotonic() - began
        page.get_by_role("heading", name="What it becomes").wait_for(timeout=300_000)
        whole, peak = time.monotonic() - began, memory(address, "VmHWM")
    print(f"\nA file dropped on the Data page: {MEGABYTES} MB, {ROWS:,} rows: bar after "
          f"{bar:.1f} s, read after {whole:.1f} s, server {peak:.0f} MB at most ({before:.0f} MB "
          f"before): {'within' if peak < MOST else 'MISSED'} {MOST} MB")


if __name__ == "__main__":
    main()
