"""A rerun of every page on warm caches over a websocket, beside a bare page with as many charts.

    python -m bench.pages [RERUNS]              default: 40
"""

import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench import timed
from bench.clock import p50
from bench.figures import Figure, Table, show
from bench.machine import company
from bench.screenshots import serving
from bench.websocket import Visitor

PAGES = ("", "outcomes", "outcomes?outcome=O1", "products", "products?product=P0001",
         "my_product?product=P0001", "gaps", "weekly_review", "data", "method")
BARE = "bench/bare.py"
PAUSE = 0.03  # seconds between clicks: nobody clicks while the last message is still on its way
WARM_UP = 3


def title(page: str) -> str:
    """What a page is called in a table."""
    return page or "overview"


class Timed:
    """A visitor to a server that says what each run of a script took."""

    def __init__(self, address: str, clock: Path) -> None:
        self.visitor, self.clock = Visitor(address), clock
        self.whole: list[float] = []
        self.script: list[float] = []

    def at(self, page: str, query: str) -> int:
        """Go to a page and warm it up; how many charts it draws."""
        answer = self.visitor.visit(page, query)
        for _ in range(WARM_UP):
            answer = self.visitor.rerun()
        self.whole, self.script = [], []
        return answer.charts

    def rerun(self) -> None:
        """Once more, and keep what it took."""
        time.sleep(PAUSE)
        self.whole.append(self.visitor.rerun().seconds)
        self.script.append(timed.last(self.clock))


@contextmanager
def visitors() -> Iterator[tuple[Timed, Timed]]:
    """One to the dashboard of 1,000 products, one to the bare page."""
    with company(1_000) as source, tempfile.TemporaryDirectory() as folder:
        clocks = Path(folder, "ours"), Path(folder, "bare")
        with (serving(str(source), clock=clocks[0]) as ours,
              serving(None, BARE, clock=clocks[1]) as bare):
            both = Timed(ours, clocks[0]), Timed(bare, clocks[1])
            both[0].visitor.rerun()
            yield both


def measure(reruns: int = 40) -> list[Table]:
    """The whole rerun as a visitor sees it, and the part of it that is the script's."""
    whole, script = [], []
    with visitors() as (ours, bare):
        for page in PAGES:
            charts = ours.at(*page.partition("?")[::2])
            bare.at("", f"charts={charts}")
            for _ in range(reruns):  # one after the other: a busy moment hits both
                bare.rerun()
                ours.rerun()
            said = f"{title(page)} ({charts} {'chart' if charts == 1 else 'charts'})"
            whole.append(Figure(said, p50(ours.whole), "ms", 1.5, p50(bare.whole)))
            script.append(Figure(title(page), p50(ours.script), "ms", 60, p50(bare.script),
                                 by="value"))
    return [
        Table("Warm rerun of a page at 1,000 products", "Over a websocket, from the click to the "
              "last word, beside a bare page with as many charts; the same address again, caches "
              f"warm; p50 of {reruns}, ours and bare in turns.", tuple(whole)),
        Table("Of it our own code", "The script's run on the server by the clock on the wall, "
              "from its first line to its last: our code and what Streamlit does when it is "
              "called, so no less than our own code. The bare page's script stands beside it.",
              tuple(script))]


if __name__ == "__main__":
    show(measure(*map(int, sys.argv[1:])))
