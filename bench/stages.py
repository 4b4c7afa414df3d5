"""Where the time from a source to its gaps goes, stage by stage, and function by function.

    python -m bench.stages [PRODUCTS …]         default: 1000 10000

`bench/PROFILES.md` tells what dominated before it was mended.
"""

import cProfile
import pstats
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from bench.clock import best_in_turns
from bench.figures import Figure, Table, show
from bench.machine import company
from orgdata.gaps import find_gaps
from orgdata.load import day_of
from orgdata.measures import align
from orgdata.sources import read_source
from orgdata.validate import validate

REPEATS, MOST = 7, 12
Stages = dict[str, Callable[[], Any]]


def stages(folder: Path) -> Stages:
    """Each stage, with the result of the one before at hand."""
    raw = read_source(str(folder))
    portfolio = validate(raw)
    alignment = align(portfolio, day_of(portfolio, None, date.max))
    return {"reading": lambda: read_source(str(folder)), "checking": lambda: validate(raw),
            "measures": lambda: align(portfolio, alignment.as_of.date()),
            "gaps": lambda: find_gaps(alignment)}


def dominating(stage: Callable[[], Any]) -> list[str]:
    """The functions of ours that take longest, with everything they call, as shares of a stage."""
    profile = cProfile.Profile()
    profile.runcall(stage)
    found = pstats.Stats(profile).get_stats_profile()
    ours = sorted(((one.cumtime, name) for name, one in found.func_profiles.items()
                   if "/orgdata/" in one.file_name), reverse=True)
    return [f"{100 * took / found.total_tt:3.0f} %  {name}" for took, name in ours[:MOST]]


def measure(sizes: tuple[int, ...] = (1_000, 10_000)) -> list[Table]:
    """The seconds of every stage; the profile of each is printed beside them."""
    tables = []
    for size in sizes:
        with company(size) as folder:
            todo = stages(folder)
            times = best_in_turns(REPEATS, *todo.values())
            for name, stage in todo.items():
                print(f"{size:,} products, {name}:", *dominating(stage), sep="\n  ")
        tables.append(Table(
            f"Stages at {size:,} products", f"The best of {REPEATS}, in turns.", tuple(
                Figure(name, 1e3 * took, "ms", None, by="value")
                for name, took in zip(todo, times, strict=True))))
    return tables


if __name__ == "__main__":
    show(measure(tuple(map(int, sys.argv[1:])) or (1_000, 10_000)))
