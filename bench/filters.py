"""A filter is changed: beside a rerun without a change, and with ten times the products.

    python -m bench.filters [ROUNDS]            default: 5
"""

import sys
import time
from dataclasses import dataclass, field

from bench.clock import p50
from bench.figures import Figure, Table, show
from bench.machine import company
from bench.pages import PAUSE, title
from bench.screenshots import serving
from bench.websocket import Visitor

PAGES = ("", "products", "gaps")  # those whose lists the filters narrow
FILTER = "Business area"


@dataclass
class Changes:
    """Seconds of the changes of one page, and of the reruns between them."""

    first: list[float] = field(default_factory=list)  # to a value nobody had chosen before
    again: list[float] = field(default_factory=list)  # to one that had been chosen before
    same: list[float] = field(default_factory=list)  # no change, right after each change


def changes(address: str, page: str, rounds: int) -> Changes:
    """Every business area in turn, `rounds` times, each followed by a rerun without a change.

    Raises RuntimeError unless each change, and nothing but a change, alters what the page says.
    """
    visitor, found = Visitor(address), Changes()
    visitor.visit("")
    visitor.visit(page)
    for number in range(rounds):
        for area in visitor.seen.boxes[FILTER].options:
            before = visitor.seen.words
            time.sleep(PAUSE)
            change = visitor.choose(FILTER, area)
            time.sleep(PAUSE)
            same = visitor.rerun()
            if change.words == before or same.words != change.words:
                raise RuntimeError(f"{title(page)}: the filter {area} did not take effect")
            (found.again if number else found.first).append(change.seconds)
            found.same.append(same.seconds)
    visitor.close()
    return found


def every_page(products: int, rounds: int) -> dict[str, Changes]:
    """The changes of each page, each on a server of its own: what one page works out for a value
    may serve the next."""
    found = {}
    with company(products) as source:
        for page in PAGES:
            with serving(str(source)) as address:
                found[page] = changes(address, page, rounds)
    return found


def measure(rounds: int = 5) -> list[Table]:
    """At 1,000 products beside the same page's warm rerun, at 10,000 beside that at 1,000."""
    less, more = every_page(1_000, rounds), every_page(10_000, rounds)
    warm, grown = [], []
    for page in PAGES:
        for said, kind in (("a value seen before", "again"), ("a value seen first", "first")):
            name = f"{title(page)}, {said}"
            small, large = (p50(getattr(found[page], kind)) for found in (less, more))
            warm.append(Figure(name, small, "ms", 1.5, p50(less[page].same)))
            grown.append(Figure(name, large, "ms", 3, small))
    how = (f"The {FILTER.lower()} is chosen as in the browser, widget and address together, one "
           "value after the other; it is checked that each change alters what the page says. ")
    return [
        Table("Filter change at 1,000 products", f"{how}The floor is the warm rerun of the same "
              "page right after, with the same filter and nothing changed. “Seen before”: somebody "
              f"has chosen the value since the server started, p50 of {rounds - 1} rounds of all "
              "values; “seen first”: nobody has, p50 of one round.", tuple(warm)),
        Table("Filter change at 10,000 products", "The same, beside the filter change at 1,000.",
              tuple(grown))]


if __name__ == "__main__":
    show(measure(*map(int, sys.argv[1:])))
