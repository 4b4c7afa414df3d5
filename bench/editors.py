"""Twenty people who edit the same portfolio at once: nothing is lost, nothing is doubled.

    python -m bench.editors              a minute
    python -m bench.editors 600 [URL]    ten minutes, in another store than SQLite

Each fills a form, thinks, and saves one of a few cells, which others are at, too; now and then with
a second click, and now and then takes back what was saved. Asked which of two values holds, one
keeps one's own or that of the other.
"""

import multiprocessing
import random
import sys
import tempfile
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial

from bench.clock import p50
from bench.figures import Figure, Table, show
from orgdata.edits import Edit
from orgdata.store import CorrectedMeanwhile, Correction, EntryError, Store

PEOPLE, PROCESSES = 20, 4
EDITS = 120  # of each
CELLS = 40  # that they are at
SOURCE = "editors"


@dataclass
class Done:
    """What one or several people were told that they did."""

    saved: list[str] = field(default_factory=list)  # texts, each of its own
    refused: list[str] = field(default_factory=list)
    undone: list[str] = field(default_factory=list)
    asked: int = 0
    waits: list[float] = field(default_factory=list)  # seconds for each save

    def __add__(self, other: "Done") -> "Done":
        return Done(self.saved + other.saved, self.refused + other.refused,
                    self.undone + other.undone, self.asked + other.asked, self.waits + other.waits)


def edit(url: str, who: int, edits: int, pause: float) -> Done:
    """One person's edits, with a pause of that many seconds on average before each."""
    chance, done = random.Random(who), Done()
    with Store.open(url) as store:
        for number in range(edits):
            seen = max((one.id or 0 for one in store.corrections(SOURCE)), default=0)
            time.sleep(chance.uniform(0, 2 * pause))
            text = f"{who}.{number}"
            mine = Correction(SOURCE, Edit(
                "products", "set", {"product_id": f"P{chance.randrange(CELLS)}"},
                {"description": text}), f"Person {who}", datetime.now(UTC))
            start = time.perf_counter()
            kept = _save(store, mine, seen, chance.random() < 0.7, done)
            done.waits.append(time.perf_counter() - start)
            if not kept:
                done.refused.append(text)
                continue
            done.saved.append(text)
            if chance.random() < 0.2:  # a second click: the same form once more
                _save(store, mine, seen, False, Done())
            if chance.random() < 0.1:
                try:
                    store.undo(kept[0].id or 0, mine.by, datetime.now(UTC))
                    done.undone.append(text)
                except EntryError:  # somebody corrected the same later
                    pass
    return done


def _save(store: Store, mine: Correction, seen: int, keeps_own: bool,
          done: Done) -> list[Correction]:
    while True:
        try:
            return store.correct([mine], seen)
        except CorrectedMeanwhile:
            done.asked += 1
            if not keeps_own:
                return []
            seen = max((one.id or 0 for one in store.corrections(SOURCE)), default=0)


def several(url: str, people: list[int], edits: int, pause: float) -> Done:
    """What some people did at once, in threads of one process."""
    with ThreadPoolExecutor(len(people)) as threads:
        return sum(threads.map(lambda who: edit(url, who, edits, pause), people), Done())


def all_at_once(url: str, edits: int, pause: float, people: int = PEOPLE,
                processes: int = PROCESSES) -> Done:
    """What all did at once, in several processes."""
    shares = [list(range(first, people, processes)) for first in range(processes)]
    with ProcessPoolExecutor(processes, multiprocessing.get_context("spawn")) as pool:
        return sum(pool.map(partial(several, url, edits=edits, pause=pause), shares), Done())


def compared(store: Store, done: Done) -> tuple[int, int, int]:
    """How many saved or undone edits the store lost, how many it has twice, and how many that
    nobody was told of; all three of the log as it is."""
    log = store.correction_log(SOURCE)
    found = Counter(one.edit.values["description"] for one in log)
    undone = Counter(one.edit.values["description"] for one in log if one.undone_at)
    lost = sum(not found[text] for text in done.saved) + sum(
        not undone[text] for text in done.undone)
    told = set(done.saved)
    return lost, sum(number - 1 for number in found.values()), sum(
        text not in told for text in found) + sum(text not in set(done.undone) for text in undone)


def measure(seconds: int = 60, url: str | None = None) -> list[Table]:
    """Twenty people for so many seconds, each with as many edits."""
    with tempfile.TemporaryDirectory() as folder, Store.open(
            url or f"sqlite:///{folder}/store.sqlite") as store:
        done = all_at_once(url or f"sqlite:///{folder}/store.sqlite", EDITS, seconds / EDITS)
        lost, doubled, untold = compared(store, done)
        kept = len(store.correction_log(SOURCE))
    waits = sorted(done.waits)
    return [Table(
        "Twenty people who edit at once", f"{PEOPLE} people in {PROCESSES} processes for "
        f"{seconds} seconds and what saving takes, {EDITS} edits of {CELLS} cells each: {kept:,} "
        f"kept, {done.asked:,} times it was asked which of two holds, {len(done.undone):,} undone.",
        (Figure("edits that were lost", lost, "", 0, by="value"),
         Figure("edits that are there twice", doubled, "", 0, by="value"),
         Figure("edits that nobody was told of", untold, "", 0, by="value"),
         Figure("from the click to saved, p50", p50(waits), "ms", None, by="value"),
         Figure("the slowest of a hundred", waits[len(waits) * 99 // 100] * 1_000, "ms", None,
                by="value")))]


if __name__ == "__main__":
    show(measure(*map(int, sys.argv[1:2]), *sys.argv[2:3]))
