"""Run by `trial` in a Python of its own: read what a file computes, and keep none of it.

It gets a request as JSON and answers with nothing, or with the first table that cannot be read and
what is too much: "memory", "text", "rows" or "cells", or "error" and what the database says.
It imports no room of ours: that would take longer than most files do.
"""

import json
import math
import sqlite3
import sys
from collections.abc import Callable, Mapping
from typing import Any

_SHORT = frozenset("BOOLEAN TINYINT SMALLINT INTEGER BIGINT FLOAT DOUBLE DATE TIMESTAMP".split())
_LONG = 1_000_000  # characters of a row
_OF_TIME = ("date", "time", "datetime", "julianday", "unixepoch", "strftime", "current_date",
            "current_time", "current_timestamp")
_NOW = ("now", "subsec", "subsecond")


def main() -> None:
    """Read each statement of a request row by row within its limits."""
    import resource  # not there on Windows

    request = json.load(sys.stdin)
    read = _read_sqlite if request["kind"] == "sqlite" else _read_duckdb
    if request["kind"] == "duckdb":
        import duckdb  # noqa: F401 - before its memory is counted
    seconds = max(1, round(request["seconds"]))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if too_much := read(request):
        print(json.dumps(too_much))


def _read_duckdb(request: Mapping[str, Any]) -> tuple[str, ...] | None:
    import duckdb

    with duckdb.connect(request["path"], read_only=True, config=request["config"]) as database:
        _limit_memory(request["memory"])
        return _read_all(database, request, duckdb.OutOfMemoryException)


def _read_sqlite(request: Mapping[str, Any]) -> tuple[str, ...] | None:
    database = sqlite3.connect(f"{request['path']}?mode=ro", uri=True)
    for limit, most in request["config"]["limits"]:
        database.setlimit(limit, most)
    set_clock(database, request["config"]["now"])
    database.create_function("floor", 1, math.floor, deterministic=True)  # SQLAlchemy adds it, too
    _limit_memory(request["memory"])
    return _read_all(database, request, MemoryError)


def _read_all(database: Any, request: Mapping[str, Any],
              out_of_memory: type[Exception]) -> tuple[str, ...] | None:
    """The first table that cannot be read, and why. None is passed over: what errs when it is read
    last would hide those that are read before."""
    for table in request["statements"]:
        try:
            too_much = _read(database, request, table)
        except (MemoryError, out_of_memory):
            return table, "memory"
        except Exception as error:  # of the driver, or of a value Python cannot hold
            return table, "error", str(error)
        if too_much:
            return table, too_much
    return None


def set_clock(database: sqlite3.Connection, now: str) -> None:
    """Let it be this moment for SQLite, however often it is asked: a view could else be quick when
    it is tried, and slow when it is read."""
    clock = sqlite3.connect(":memory:", check_same_thread=False)

    def telling(name: str) -> Callable[..., Any]:
        least = 2 if name == "strftime" else 1  # arguments; without them it tells the time

        def told(*arguments: Any) -> Any:
            given = [now if str(one).lower() in _NOW else one for one in arguments]
            given += [now] * (least - len(given)) if len(given) == least - 1 else []
            asked = name.removeprefix("current_").replace("timestamp", "datetime")
            return clock.execute(f"select {asked}({', '.join('?' * len(given))})",
                                 given).fetchone()[0]
        return told

    for name in _OF_TIME:
        database.create_function(name, -1, telling(name), deterministic=True)


def _limit_memory(more: int) -> None:
    """Allow so many bytes more than an open database has: it reserves hundreds of megabytes."""
    import resource

    with open("/proc/self/statm") as file:
        space = int(file.read().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (space + more,) * 2)


def _read(database: Any, request: Mapping[str, Any], table: str) -> str:
    """What is more than may be read of the statement of a table; "" for nothing."""
    statement, most_rows = request["statements"][table]
    result = database.execute(statement)
    long = [at for at, column in enumerate(result.description) if str(column[1]) not in _SHORT]
    rows = text = 0
    while fetched := result.fetchmany(100 if rows and text < _LONG * rows else 1):
        rows += len(fetched)
        text += sum(_length(row[at]) for row in fetched for at in long)
        for much, most, what in ((rows, most_rows, "rows"),
                                 (rows * len(fetched[0]), request["cells"], "cells"),
                                 (text, request["text"], "text")):
            if much > most:
                return what
    return ""


def _length(cell: object) -> int:
    """How many characters a cell has as text, numbers and days apart; a list may be long, too."""
    if isinstance(cell, str | bytes):
        return len(cell)
    return len(str(cell)) if isinstance(cell, list | tuple | dict) else 0


if __name__ == "__main__":
    main()
