"""From the source to the gaps, beside `pandas.read_csv` of the same files, and how it grows.

    python -m bench.reading [PRODUCTS …]        default: 1000 10000
"""

import sys
from datetime import date
from functools import partial
from itertools import pairwise
from pathlib import Path

import pandas as pd

from bench.clock import best_in_turns
from bench.figures import Figure, Table, show
from bench.machine import company, megabytes
from orgdata.gaps import find_gaps
from orgdata.load import day_of, load
from orgdata.measures import align

REPEATS = {1_000: 15, 10_000: 7, 100_000: 2}
AIMED = (1_000, 10_000)  # the sizes for which the ratio to read_csv has a reach


def read_as_text(folder: Path) -> None:
    """The floor: every file read as text, nothing understood."""
    for file in sorted(folder.glob("*.csv")):
        pd.read_csv(file, dtype="string", keep_default_na=False)


def to_gaps(folder: Path) -> None:
    """Ours: read, validated, measured, every rule evaluated."""
    portfolio = load(str(folder))
    find_gaps(align(portfolio, day_of(portfolio, None, date.max)))


def measure(sizes: tuple[int, ...] = AIMED) -> list[Table]:
    """Time for each size, and from each size to the next."""
    figures, times, files = [], {}, []
    for size in sizes:
        with company(size) as folder:
            floor, times[size] = best_in_turns(
                REPEATS[size], partial(read_as_text, folder), partial(to_gaps, folder))
            files.append(f"{size:,} products {megabytes(folder):.1f} MB")
        figures.append(Figure(f"{size:,} products, beside read_csv", times[size], "s",
                              2 if size in AIMED else None, floor))
    growth = [Figure(f"from {less:,} products to {more:,}", times[more], "s", 11, times[less])
              for less, more in pairwise(sizes)]
    about = ("The floor is `pandas.read_csv(dtype=\"string\", keep_default_na=False)` of the same "
             "files; ours reads, validates, measures and evaluates every rule. In turns in one "
             f"process, the best of several. CSV files: {', '.join(files)}.")
    return [Table("Source → gaps from CSV", about, tuple(figures)),
            Table("Growth of the time", "The same runs: ten times the data, beside the smaller "
                  "company.", tuple(growth))]


if __name__ == "__main__":
    show(measure(tuple(map(int, sys.argv[1:])) or AIMED))
