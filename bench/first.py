"""First words, map and chart in Chromium with nothing cached in it, beside a bare page.

    python -m bench.first [VISITS]              default: 4
"""

import statistics
import sys
import time

from playwright.sync_api import Browser

from bench.figures import Figure, Table, show
from bench.machine import company
from bench.pages import BARE, title
from bench.screenshots import DONE, chromium, serving
from bench.websocket import Visitor

PAGES = ("", "outcomes", "products", "my_product", "gaps", "weekly_review", "data", "method")
WITH_CHART = ("outcomes", "products")
CHART = ".js-plotly-plot .main-svg"
MAP = ".map tbody th.name"  # the first product of the map on the Overview
Visit = tuple[float, float]  # seconds to the first words and to the first chart (NaN: none)


def visit(browser: Browser, url: str, picture: str | None) -> Visit:
    """Come in with an empty cache; leave when the page has come to rest, so that the next visit
    has the machine for itself."""
    context = browser.new_context()
    start, page = time.perf_counter(), context.new_page()
    page.goto(url, wait_until="commit")
    page.wait_for_selector("h1")
    words, drawn = time.perf_counter() - start, float("nan")
    if picture:
        page.wait_for_selector(picture, state="attached", timeout=60_000)
        drawn = time.perf_counter() - start
    page.wait_for_selector(DONE, timeout=60_000)
    context.close()
    return words, drawn


def turns(visits: int) -> dict[str, list[tuple[Visit, Visit, Visit]]]:
    """For each page: a bare page, one with a chart where ours has one, and ours; one right after
    the other, so that a busy moment hits what is compared, in this order and in the other."""
    with (company(1_000) as source, serving(str(source)) as ours, serving(None, BARE) as bare,
          chromium() as browser):
        _warm(ours)
        visit(browser, f"{bare}/?charts=1", CHART)  # the server, and the browser itself
        found: dict[str, list[tuple[Visit, Visit, Visit]]] = {page: [] for page in PAGES}
        for number in range(visits):
            for page in PAGES:
                chart = CHART if page in WITH_CHART else None
                todo = [(bare, None), (f"{bare}/?charts=1", chart),
                        (f"{ours}/{page}", chart or (None if page else MAP))]
                if not chart:
                    del todo[1]
                order = -1 if number % 2 else 1
                took = [visit(browser, *one) for one in todo[::order]][::order]
                found[page].append((took[0], took[-2], took[-1]))
    return found


def _warm(address: str) -> None:
    """What a server works out once, for everybody: the browser is cold, not the company."""
    visitor = Visitor(address)
    for page in ("", *PAGES):
        visitor.visit(page)
    visitor.close()


def measure(visits: int = 4) -> list[Table]:
    """Both, as medians."""
    found = turns(visits)

    def p50(page: str, place: int, which: int) -> float:
        return statistics.median(one[place][which] for one in found[page]) * 1e3

    how = (f"Nothing cached in the browser, the servers warm; the median of {visits} visits, the "
           "bare page right before or right after ours. ")
    return [
        Table("First words in Chromium at 1,000 products", f"{how}From the visit to the title, "
              "beside a bare page without charts.", tuple(
                  Figure(title(page), p50(page, 2, 0), "ms", 1.2, p50(page, 0, 0))
                  for page in PAGES)),
        Table("The map in Chromium at 1,000 products", f"{how}From the visit to the first product "
              "of the alignment map, beside the first words of the bare page.", (
                  Figure(title(""), p50("", 2, 1), "ms", 1.3, p50("", 0, 0)),)),
        Table("First chart in Chromium at 1,000 products", f"{how}From the visit to the first "
              f"chart drawn (`{CHART}`), beside a bare page with one chart of plotly.", tuple(
                  Figure(title(page), p50(page, 2, 1), "ms", 1.2, p50(page, 1, 1))
                  for page in WITH_CHART))]


if __name__ == "__main__":
    show(measure(*map(int, sys.argv[1:])))
