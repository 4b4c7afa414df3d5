"""`make bench`: speed and memory as ratios against a floor measured in the same run.

Each measurement runs in a process of its own, so that peak memory is its own and nothing is warm
that should not be. Times are the best of several, since other programs only ever add to them.
"""

import json
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
REPEATS = 5


def main() -> None:
    """Generate companies, measure, and print the table."""
    with tempfile.TemporaryDirectory() as folder:
        companies = {size: _company(Path(folder) / str(size), size) for size in SIZES}
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
            print(f"\n{more:,} products take {times[more] / times[less]:.1f} × "
                  f"the time of {less:,}.", end="")
        print("\n\nA page rerun on warm caches at 1,000 products, beside a bare Streamlit page "
              "with as many charts\n")
        print("| page | charts | bare page | ours | ratio |")
        print("|---|---:|---:|---:|---:|")
        for row in _run("pages", companies[1_000])["pages"]:
            print(f"| {row['page']} | {row['charts']} | {row['bare'] * 1e3:.0f} ms "
                  f"| {row['ours'] * 1e3:.0f} ms | {row['ours'] / row['bare']:.1f} × |")


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
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


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


def pages(company: Path) -> dict:
    """Warm reruns of every page through Streamlit's own test runner."""
    import os

    os.environ["ORGDATA_SOURCE"] = str(company)
    from streamlit.testing.v1 import AppTest

    rows = []
    for page in sorted((HERE.parent / "pages").glob("*.py")):
        test = AppTest.from_file(str(HERE.parent / "dashboard.py"), default_timeout=120)
        test.run()
        test.switch_page(f"pages/{page.name}").run()
        if test.exception:
            raise RuntimeError(f"{page.name}: {test.exception[0].value}")
        charts = len(test.get("plotly_chart"))
        bare = AppTest.from_string(BARE.replace("CHARTS", str(charts))).run()
        rows.append({"page": page.stem, "charts": charts, "bare": best(bare.run, 15),
                     "ours": best(test.run, 15)})
    return {"pages": rows}


BARE = """
import plotly.graph_objects as go
import streamlit as st

@st.cache_resource
def figure():
    return go.Figure(go.Scatter(x=list(range(100)), y=list(range(100))))

st.title("Bare")
st.write("A page with nothing but text and charts")
for i in range(CHARTS):
    st.plotly_chart(figure(), key=str(i))
"""


if __name__ == "__main__":
    if len(sys.argv) == 3:
        print(json.dumps({"floor": floor, "gaps": gaps, "pages": pages}[sys.argv[1]](
            Path(sys.argv[2]))))
    else:
        main()
