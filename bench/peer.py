"""Measures and gaps alone, beside the measures written by hand in DuckDB on the same frames.

    python -m bench.peer [PRODUCTS]         default: 10000

The peer writes no messages and knows no rule; its numbers are compared with ours before its time
counts.
"""

import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import duckdb

from orgdata.demo import generate
from orgdata.gaps import find_gaps
from orgdata.load import load
from orgdata.measures import Alignment, align
from orgdata.portfolio import Portfolio

SQL = (Path(__file__).parent / "peer.sql").read_text(encoding="utf-8")
DAY = date(2026, 11, 20)
REPEATS = 5


def best(work: Callable[[], object]) -> float:
    """The least seconds of several runs: other programs only ever add to them."""
    times = []
    for _ in range(REPEATS):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return min(times)


def by_hand(portfolio: Portfolio) -> duckdb.DuckDBPyConnection:
    """The measures in DuckDB, from frames that it reads where they lie."""
    connection = duckdb.connect()
    for name, rows in portfolio.tables.items():
        if len(rows):
            connection.register(f"{name}_frame", rows)
            dates = ", ".join(f"{column}::date as {column}" for column in rows
                              if str(rows[column].dtype).startswith("datetime"))
            connection.execute(f"create temp view {name} as select * "
                               f"{f'replace ({dates})' if dates else ''} from {name}_frame")
    for statement in SQL.split(";\n"):
        if statement.strip():
            known = {"day": DAY} if "$day" in statement else None
            connection.execute(statement, known)
    return connection


def agree(alignment: Alignment, peer: duckdb.DuckDBPyConnection) -> list[str]:
    """Where the two differ: nothing, else the peer's time says nothing."""
    ours = {
        "statuses": dict(alignment.key_results["status"].value_counts()),
        "coverage": dict(alignment.outcomes["coverage"].value_counts()),
        "states": dict(alignment.links["state"].value_counts()),
        **{check: int(alignment.products[check].fillna(False).astype(bool).sum())
           for check in ("owned", "linked", "planned", "measured", "fresh")},
        "linked_spend": round(alignment.headlines.linked_spend_pct or 0, 6),
        "aligned_spend": round(alignment.headlines.aligned_spend_pct or 0, 6)}
    def counted(table: str, column: str) -> dict[str, int]:
        return dict(peer.execute(f"select {column}, count(*) from {table} group by all").fetchall())

    total, linked, proven = peer.execute("from money").fetchone()
    theirs = {
        "statuses": counted("results", "status"), "coverage": counted("coverage", "coverage"),
        "states": counted("cells", "state"),
        **{check: peer.execute(f"select count(*) from checks where {check}").fetchone()[0]
           for check in ("owned", "linked", "planned", "measured", "fresh")},
        "linked_spend": round(100 * linked / total, 6),
        "aligned_spend": round(100 * proven / total, 6)}
    return [f"{name}: {ours[name]} and {theirs[name]}" for name in ours
            if ours[name] != theirs[name]]


def main(products: int) -> None:
    """Measure both on one company, and print the ratio."""
    with tempfile.TemporaryDirectory() as folder:
        company = Path(folder) / "company"
        generate(company, products, 1, 26)
        portfolio = load(str(company))
    alignment = align(portfolio, DAY)
    print("\n\nMeasures and gaps alone, beside the measures written by hand in DuckDB\n")
    for line in agree(alignment, by_hand(portfolio)):
        print(f"the peer differs: {line}")
    hand = best(lambda: by_hand(portfolio))
    measures = best(lambda: align(portfolio, DAY))
    gaps = best(lambda: find_gaps(alignment))
    print(f"{products:,} products: measures {measures:.3f} s + gaps {gaps:.3f} s, by hand in "
          f"DuckDB {hand:.3f} s: {(measures + gaps) / hand:.1f} × (measures alone "
          f"{measures / hand:.1f} ×). Reach: 3 ×.")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
