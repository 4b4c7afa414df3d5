"""Measures and gaps alone, beside the measures written by hand in DuckDB on the same frames.

    python -m bench.peer [PRODUCTS]         default: 10000

The peer writes no messages and knows no rule; its numbers are compared with ours before its time
counts.
"""

import sys
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from bench.clock import best_in_turns
from bench.figures import Figure, Table, show
from bench.machine import company
from orgdata.gaps import find_gaps
from orgdata.load import load
from orgdata.measures import Alignment, align
from orgdata.model.portfolio import Portfolio

SQL = (Path(__file__).parent / "peer.sql").read_text(encoding="utf-8")
DAY = date(2026, 11, 20)


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

    def one(query: str) -> tuple[Any, ...]:
        return peer.execute(query).fetchall()[0]

    total, linked, proven = one("from money")
    theirs = {
        "statuses": counted("results", "status"), "coverage": counted("coverage", "coverage"),
        "states": counted("cells", "state"),
        **{check: one(f"select count(*) from checks where {check}")[0]
           for check in ("owned", "linked", "planned", "measured", "fresh")},
        "linked_spend": round(100 * linked / total, 6),
        "aligned_spend": round(100 * proven / total, 6)}
    return [f"{name}: {ours[name]} and {theirs[name]}" for name in ours
            if ours[name] != theirs[name]]


def measure(products: int = 10_000, repeats: int = 7) -> list[Table]:
    """Both on one company. Raises ValueError when they do not come to the same numbers."""
    with company(products) as folder:
        portfolio = load(str(folder))
    if differ := agree(align(portfolio, DAY), by_hand(portfolio)):
        raise ValueError("; ".join(["the peer differs", *differ]))
    hand, measures, both = best_in_turns(
        repeats, lambda: by_hand(portfolio), lambda: align(portfolio, DAY),
        lambda: find_gaps(align(portfolio, DAY)))
    about = ("The peer has the measures alone, no rules and no messages, in SQL written by hand; "
             "both begin with the same typed frames in memory and come to the same numbers. In "
             f"turns, the best of {repeats}.")
    return [Table(f"Measures and gaps at {products:,} products", about, (
        Figure("measures and gaps, beside measures by hand in DuckDB", both, "s", 3, hand),
        Figure("measures alone, beside the same", measures, "s", None, hand)))]


if __name__ == "__main__":
    show(measure(*map(int, sys.argv[1:])))
