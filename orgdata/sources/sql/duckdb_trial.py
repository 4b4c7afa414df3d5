"""Run by `trial` in a Python of its own: read what a DuckDB file computes, and keep none of it.

It gets a request as JSON and answers with what was too much: "memory", "text", "rows", "cells" or
nothing.
It imports no room of ours: that would take longer than most files do.
"""

import json
import resource
import sys
from typing import Any

_SHORT = frozenset("BOOLEAN TINYINT SMALLINT INTEGER BIGINT FLOAT DOUBLE DATE TIMESTAMP".split())
_LONG = 1_000_000  # characters of a row


def main() -> None:
    """Read each statement of a request row by row within its limits."""
    request = json.load(sys.stdin)
    import duckdb  # before its memory is counted

    seconds = max(1, round(request["seconds"]))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        with duckdb.connect(request["path"], read_only=True, config=request["config"]) as database:
            _limit_memory(request["memory"])
            for table, (statement, rows) in request["statements"].items():
                if too_much := _read(database, statement, rows, request["text"],
                                     request["cells"]):
                    print(json.dumps([table, too_much]))
                    return
    except (MemoryError, duckdb.OutOfMemoryException):
        print(json.dumps([table, "memory"]))
    except duckdb.Error:
        pass  # the reading itself says what is wrong


def _limit_memory(more: int) -> None:
    """Allow so many bytes more than an open database has: it reserves hundreds of megabytes."""
    with open("/proc/self/statm") as file:
        space = int(file.read().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (space + more,) * 2)


def _read(database: Any, statement: str, most_rows: int, most_text: int, most_cells: int) -> str:
    """What is more than may be read of a statement; "" for nothing."""
    result = database.execute(statement)
    long = [at for at, column in enumerate(result.description) if str(column[1]) not in _SHORT]
    rows = text = 0
    while fetched := result.fetchmany(100 if rows and text < _LONG * rows else 1):
        rows += len(fetched)
        text += sum(_length(row[at]) for row in fetched for at in long)
        for much, most, what in ((rows, most_rows, "rows"), (rows * len(fetched[0]), most_cells,
                                                            "cells"), (text, most_text, "text")):
            if much > most:
                return what
    return ""


def _length(cell: object) -> int:
    """How many characters a cell has as text, numbers and days apart; a list may be long, too."""
    if isinstance(cell, str | bytes):
        return len(cell)
    return len(str(cell)) if isinstance(cell, list | tuple | dict) else 0



main()
