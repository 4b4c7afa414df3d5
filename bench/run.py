"""`make bench`: speed and memory as ratios against a floor measured in the same run.

Each measurement runs in a process of its own, so that peak memory is its own and nothing is warm
that should not be. Times of reading and measuring are the best of several, since other programs
only ever add to them; times of page reruns are medians over a real websocket.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))

SIZES = (100, 1_000, 10_000)
WEEKS = 26
REPEATS, RERUNS, VISITS = 5, 40, 5
PAGES = {"": 1, "outcomes": 1, "products": 2, "my_product": 0, "gaps": 0,
         "weekly_review": 0, "data": 0, "method": 0}


def main() -> None:
    """Generate companies, measure, and print the tables."""
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, Python "
          f"{sys.version.split()[0]}\n")
    with tempfile.TemporaryDirectory() as folder:
        companies = {size: _company(Path(folder) / str(size), size) for size in SIZES}
        _print_reading(companies)
        _print_pages(companies[1_000])
        _print_first_words(companies[1_000])


def _print_reading(companies: dict[int, Path]) -> None:
    print("Source → gaps from CSV, beside pandas.read_csv of the same files\n")
    print("| products | CSV | read_csv | source → gaps | ratio | peak memory |")
    print("|---:|---:|---:|---:|---:|---:|")
    times = {}
    for size, company in companies.items():
        floor, ours = _run("floor", company), _run("gaps", company)
        times[size] = ours["seconds"]
        bytes_read = sum(path.stat().st_size for path in company.glob("*.csv"))
        print(f"| {size:,} | {bytes_read / 1e6:.1f} MB | {floor['seconds']:.3f} s "
              f"| {ours['seconds']:.3f} s | {ours['seconds'] / floor['seconds']:.1f} × "
              f"| {ours['peak_mb']:,.0f} MB |")
    for less, more in pairwise(SIZES):
        print(f"\n{more:,} products take {times[more] / times[less]:.1f} × the time of "
              f"{less:,}.", end="")


def _print_pages(company: Path) -> None:
    from bench.screenshots import serving
    from bench.websocket import Visitor

    print("\n\nA rerun on warm caches at 1,000 products over a websocket, beside a bare page with "
          "as many charts\n")
    print("| page | charts | bare page | ours | ratio | sent |")
    print("|---|---:|---:|---:|---:|---:|")
    with serving(str(company)) as address, serving(None, "bench/bare.py") as floor:
        ours, bare = Visitor(address), Visitor(floor)
        ours.rerun()
        for page, charts in PAGES.items():
            ours.rerun(page)
            floor_time, _ = median(lambda n=charts: bare.rerun(query=f"charts={n}"))
            our_time, sent = median(ours.rerun)
            print(f"| {page or 'overview'} | {charts} | {floor_time * 1e3:.1f} ms "
                  f"| {our_time * 1e3:.1f} ms | {our_time / floor_time:.1f} × "
                  f"| {sent / 1e3:,.0f} kB |")


def _print_first_words(company: Path) -> None:
    from bench.screenshots import chromium, serving

    print("\nFirst words in Chromium, nothing cached in the browser, beside a bare page\n")
    print("| page | bare page | ours | ratio |")
    print("|---|---:|---:|---:|")
    with serving(str(company)) as ours, serving(None, "bench/bare.py") as bare, (
            chromium()) as browser:
        def first_words(url: str) -> float:
            context = browser.new_context()
            start, page = time.perf_counter(), context.new_page()
            page.goto(url, wait_until="commit")
            page.wait_for_selector("h1")
            seconds = time.perf_counter() - start
            context.close()
            return seconds

        first_words(ours), first_words(bare)
        for page in PAGES:  # one after the other, so that a busy moment hits both
            times = [(first_words(bare), first_words(f"{ours}/{page}")) for _ in range(VISITS)]
            floor_time, our_time = (statistics.median(one) for one in zip(*times, strict=True))
            print(f"| {page or 'overview'} | {floor_time * 1e3:,.0f} ms "
                  f"| {our_time * 1e3:,.0f} ms | {our_time / floor_time:.2f} × |")


def median(rerun: Callable[[], tuple[float, int]]) -> tuple[float, int]:
    """Seconds of the median rerun, and the bytes the last one sent."""
    rerun()
    runs = [rerun() for _ in range(RERUNS)]
    return statistics.median(seconds for seconds, _ in runs), runs[-1][1]


def _company(folder: Path, products: int) -> Path:
    from orgdata.demo import generate

    generate(folder, products, weeks=WEEKS)
    return folder


def _run(what: str, company: Path) -> dict:
    done = subprocess.run([sys.executable, __file__, what, str(company)], check=True,
                          capture_output=True, text=True, cwd=HERE.parent)
    return json.loads(done.stdout.splitlines()[-1])


def best(action: Callable[[], object], repeats: int = REPEATS) -> float:
    """Seconds of the fastest of several runs."""
    seconds = []
    for _ in range(repeats):
        start = time.perf_counter()
        action()
        seconds.append(time.perf_counter() - start)
    return min(seconds)


def _peak_mb() -> float:
    """Peak memory of this process; ru_maxrss would count its parent's as well."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024


def floor(company: Path) -> dict:
    """The floor: reading the same files as text with pandas."""
    import pandas as pd

    files = sorted(company.glob("*.csv"))

    def read() -> None:
        for file in files:
            pd.read_csv(file, dtype="string", keep_default_na=False)

    return {"seconds": best(read), "peak_mb": _peak_mb()}


def gaps(company: Path) -> dict:
    """From the source to the gaps: read, validate, measure, evaluate every rule."""
    from datetime import date

    from orgdata.gaps import find_gaps
    from orgdata.load import day_of, load
    from orgdata.measures import align

    def everything() -> None:
        portfolio = load(str(company))
        find_gaps(align(portfolio, day_of(portfolio, None, date.max)))

    return {"seconds": best(everything), "peak_mb": _peak_mb()}


if __name__ == "__main__":
    if len(sys.argv) == 3:
        print(json.dumps({"floor": floor, "gaps": gaps}[sys.argv[1]](Path(sys.argv[2]))))
    else:
        main()
