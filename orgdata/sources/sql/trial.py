"""Try what a file of DuckDB or SQLite computes before it is read: one view may ask at once for more
memory than there is, or for a call of a function without end, and nothing interrupts that. So it is
tried in a process that may have only so much."""

import json
import logging
import re
import signal
import subprocess
import sys
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

from sqlalchemy.engine import Connection

from orgdata.sources import limits
from orgdata.sources.limits import TooLarge, format_bytes
from orgdata.sources.sql.connection import file_seconds
from orgdata.sources.sql.query import is_query
from orgdata.sources.sql.rows import (
    BYTES,
    most_cells,
    most_rows,
    most_text,
    too_many_cells,
    too_many_rows,
    too_much_text,
)

_COMPUTED = re.compile(r"\b(as|virtual)\b", re.IGNORECASE)  # of each view and column that is


class TooMuch(TooLarge):
    """A table, named in `table`, takes more than reading it may."""

    def __init__(self, table: str, message: str) -> None:
        super().__init__(message)
        self.table = table


class CannotBeRead(ValueError):
    """The database says why it cannot read a table, named in `table`."""

    def __init__(self, table: str, message: str) -> None:
        super().__init__(message)
        self.table = table


def computes(connection: Connection, names: Collection[str]) -> bool:
    """Whether a SQLite file could call a function when these tables or queries are read: a table
    of nothing but what is stored is read at once."""
    written = connection.exec_driver_sql("select cast(sql as text) from sqlite_master")
    return any(map(is_query, names)) or any(
        _COMPUTED.search(sql) for sql in written.scalars() if sql)


def try_first(connection: Connection, config: Mapping[str, Any],
              statements: Mapping[str, str]) -> None:
    """Raises TooMuch where reading the statements of some tables takes more memory, time, text,
    rows or cells than a file of its size may, and CannotBeRead where one errs; `config` is what the
    database is told. Does nothing where no process can be limited, or the file is large. Tables are
    tried as views are: in DuckDB what is stored many times over takes next to no bytes."""
    size = connection.info.get(BYTES)
    if size is None or size > limits.TRIED or not Path("/proc/self/statm").exists():
        return
    memory, seconds = limits.MEMORY + limits.MEMORY_PER_BYTE * size, file_seconds(size)
    kind = connection.dialect.name
    request = {"kind": kind, "path": connection.engine.url.database, "memory": memory,
               "seconds": seconds, "config": config, "text": most_text(size),
               "cells": most_cells(size), "statements": {
                   table: (text, most_rows(table, size)) for table, text in statements.items()}}
    command = [sys.executable, "-P", str(Path(__file__).with_name("trial_process.py"))]
    try:
        done = subprocess.run(command, input=json.dumps(request), capture_output=True, text=True,
                              timeout=4 * seconds, check=False)
    except subprocess.TimeoutExpired:
        raise TooMuch(next(iter(statements)), f"interrupted (after {seconds:g} seconds)") from None
    if done.returncode > 0:
        logging.getLogger(__name__).error("a %s file was not tried first\n%s",
                                          kind, done.stderr)
    if done.returncode < 0 or done.stdout:
        late = done.returncode in (-signal.SIGXCPU, -signal.SIGKILL)
        table, what, *why = (json.loads(done.stdout) if done.stdout else
                             (next(iter(statements)), "time" if late else "memory"))
        if what == "error":
            raise CannotBeRead(table, *why)
        raise TooMuch(table, {
            "memory": f"Out of Memory: it takes more than {format_bytes(memory)}, far more than a "
                      "file of its size should",
            "time": f"interrupted (after {seconds:g} seconds)",
            "rows": too_many_rows(most_rows(table, size)),
            "cells": too_many_cells(most_cells(size)),
            "text": too_much_text(most_text(size))}[what])
