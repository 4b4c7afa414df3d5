"""Every figure of the benchmark in one run, each beside its floor or peer.

    python -m bench.run             make bench: some twenty minutes, writes bench/RESULTS.md
    python -m bench.run --quick     make bench-quick: about two minutes, printed only
    python -m bench.run --full      make bench-full: large and long, writes bench/RESULTS-full.md

Each part runs in a process of its own, so that nothing is warm that should not be. The file is
written at the very end: a run that fails leaves the one of the last run as it was.
"""

import argparse
import multiprocessing
import os
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from importlib import import_module
from pathlib import Path
from typing import Any

from bench.figures import Table, closing

HERE = Path(__file__).parent
Part = tuple[str, str, dict[str, Any]]  # module, function, arguments
USUAL: tuple[Part, ...] = (
    ("reading", "measure", {}), ("memory", "measure", {}), ("peer", "measure", {}),
    ("report", "measure", {}), ("edits", "measure", {}), ("editors", "measure", {}),
    ("sent", "measure", {}), ("map", "measure", {}),
    ("pages", "measure", {"reruns": 30}),
    ("filters", "measure", {"rounds": 4}), ("first", "measure", {}),
    ("load", "measure", {}), ("faults", "measure", {}), ("programs", "measure", {}),
    ("upload", "measure", {}), ("hostile", "measure", {}), ("intake", "measure", {}))
QUICK: tuple[Part, ...] = (
    ("reading", "measure", {}), ("report", "measure", {"repeats": 3}), ("sent", "measure", {}),
    ("pages", "measure", {"reruns": 8}), ("faults", "measure", {"seconds": 30}))
SIZES = {"sizes": (10_000, 100_000)}
FULL: tuple[Part, ...] = (
    ("reading", "measure", SIZES), ("memory", "measure", SIZES),
    ("load", "measure_sessions", {"many": 1_000}), ("history", "measure", {}),
    ("history", "measure", {"spread": True}),
    ("faults", "measure", {"seconds": 600}))


def main() -> None:
    """Measure, print each table as it is done, and write the file."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--quick", action="store_true", help="about two minutes, printed only")
    which.add_argument("--full", action="store_true", help="large and long")
    asked = parser.parse_args()
    parts = QUICK if asked.quick else FULL if asked.full else USUAL
    said = [*_head(), *_measured(parts)]
    if asked.quick:
        return
    said.append((HERE / "missed.md").read_text(encoding="utf-8"))
    _write(HERE / ("RESULTS-full.md" if asked.full else "RESULTS.md"), "\n".join(said))


def _head() -> Iterator[str]:
    from bench.machine import description  # not in every process of a part, which imports this

    yield _told(f"# Benchmark\n\n{description()}")


def _measured(parts: tuple[Part, ...]) -> Iterator[str]:
    """The tables of every part, and what is missed."""
    tables: list[Table] = []
    alone = multiprocessing.get_context("spawn")
    for part in parts:
        start = time.monotonic()
        with ProcessPoolExecutor(1, mp_context=alone) as process:
            found = process.submit(_part, *part).result()
        tables += found
        for table in found:
            yield _told(table.markdown())
        print(f"(bench.{part[0]}: {time.monotonic() - start:.0f} s)\n", flush=True)
    yield _told(closing(tables))


def _part(module: str, function: str, arguments: dict[str, Any]) -> list[Table]:
    found: list[Table] = getattr(import_module(f"bench.{module}"), function)(**arguments)
    return found


def _told(text: str) -> str:
    print(text, flush=True)
    return text


def _write(file: Path, text: str) -> None:
    """The whole file or nothing of it."""
    new = file.with_suffix(".new")
    new.write_text(text, encoding="utf-8")
    os.replace(new, file)
    print(file)


if __name__ == "__main__":
    main()
