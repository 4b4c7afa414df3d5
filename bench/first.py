"""First words and first chart in Chromium with nothing cached in the browser, beside a bare page.

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
WITH_CHART = ("", "outcomes", "products")
CHART = ".js-plotly-plot .main-svg"
BARE_PAGE, BARE_CHART = "bare page", "bare page with a chart"
Visit = tuple[float, float]  # seconds to the first words and to the first chart (NaN: none)


def visit(browser: Browser, url: str, chart: bool) -> Visit:
    """Come in with an empty cache; leave when the page has come to rest, so that the next visit
    has the machine for itself."""
    context = browser.new_context()
    start, page = time.perf_counter(), context.new_page()
    page.goto(url, wait_until="commit")
    page.wait_for_selector("h1")
    words, drawn = time.perf_counter() - start, float("nan")
    if chart:
        page.wait_for_selector(CHART, state="attached", timeout=60_000)
        drawn = time.perf_counter() - start
    page.wait_for_selector(DONE, timeout=60_000)
    context.close()
    return words, drawn


def rounds(visits: int) -> dict[str, list[Visit]]:
    """Every page and both bare ones, one after the other, so many times; there and back, so that
    none always follows the same."""
    with (company(1_000) as source, serving(str(source)) as ours, serving(None, BARE) as bare,
          chromium() as browser):
        todo = [(BARE_PAGE, bare, False), (BARE_CHART, f"{bare}/?charts=1", True),
                *((page, f"{ours}/{page}", page in WITH_CHART) for page in PAGES)]
        _warm(ours)
        visit(browser, f"{bare}/?charts=1", True)  # the server, and the browser itself
        found: dict[str, list[Visit]] = {name: [] for name, _, _ in todo}
        for number in range(visits):
            for name, url, chart in todo[::-1 if number % 2 else 1]:
                found[name].append(visit(browser, url, chart))
    return found


def _warm(address: str) -> None:
    """What a server works out once, for everybody: the browser is cold, not the company."""
    visitor = Visitor(address)
    for page in ("", *PAGES):
        visitor.visit(page)
    visitor.close()


def measure(visits: int = 4) -> list[Table]:
    """Both, as medians."""
    found = rounds(visits)
    words, chart = ({name: statistics.median(one[which] for one in times) * 1e3
                     for name, times in found.items()} for which in (0, 1))
    how = (f"Nothing cached in the browser, the servers warm; the median of {visits} visits, all "
           "pages in turns. ")
    return [
        Table("First words in Chromium at 1,000 products", f"{how}From the visit to the title, "
              "beside a bare page without charts.", tuple(
                  Figure(title(page), words[page], "ms", 1.2, words[BARE_PAGE])
                  for page in PAGES)),
        Table("First chart in Chromium at 1,000 products", f"{how}From the visit to the first "
              f"chart drawn (`{CHART}`), beside a bare page with one chart of plotly.", tuple(
                  Figure(title(page), chart[page], "ms", 1.2, chart[BARE_CHART])
                  for page in WITH_CHART))]


if __name__ == "__main__":
    show(measure(*map(int, sys.argv[1:])))
