"""The alignment map at 1,000 products: what is sent for it, and how long a cell takes to open.

    python -m bench.map [CLICKS]                default: 40
"""

import json
import sys
import time

from bench.clock import p50
from bench.figures import Figure, Table, show
from bench.machine import company
from bench.pages import PAUSE
from bench.screenshots import serving
from bench.websocket import Visitor

MAP = "alignment_map"


def measure(clicks: int = 40) -> list[Table]:
    """Bytes of the map's value, and the time from a click on a cell to its evidence."""
    with company(1_000) as source, serving(str(source)) as address:
        visitor = Visitor(address)
        visitor.visit("")
        value = visitor.seen.components[MAP].value
        shown = json.loads(value)["map"]
        cells = [f"{product}:{outcome}" for product in shown["products"]["id"][:clicks]
                 for outcome in shown["outcomes"]["id"][:1]]
        took = []
        for cell in cells:
            time.sleep(PAUSE)
            if not visitor.click(MAP, "cell", cell).words:
                raise RuntimeError(f"the click on {cell} did not open anything")
            took.append(visitor.seen.seconds)
        visitor.close()
    return [Table(
        "The map at 1,000 products", "The value that the map is drawn from, as it is sent once, "
        "and over the websocket from a click on a cell that nobody has opened to the end of the "
        f"script, p50 of {len(took)}.", (
            Figure(f"{len(shown['products']['id']):,} products × "
                   f"{len(shown['outcomes']['id'])} outcomes", len(value.encode()) / 1e3, "kB",
                   250, by="value"),
            Figure("opening a cell", p50(took), "ms", 100, by="value")))]


if __name__ == "__main__":
    show(measure(*map(int, sys.argv[1:])))
