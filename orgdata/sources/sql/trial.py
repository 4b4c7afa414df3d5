"""Try what a DuckDB file computes before it is read: one view may ask for more memory than there
is at once, and nothing interrupts that, so it is tried in a process that may have only so much."""

import json
import logging
import signal
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from sqlalchemy.engine import Connection

from orgdata.sources import limits
from orgdata.sources.limits import TooLarge, format_bytes
from orgdata.sources.sql.connection import file_seconds
from orgdata.sources.sql.rows import (
    BYTES,
    most_cells,
    most_rows,
    most_text,
    too_many_cells,
    too_many_rows,
    too_much_text,
)


class TooMuch(TooLarge):
    """A table, named in `table`, takes more than reading it may."""

    def __init__(self, table: str, message: str) -> None:
        super().__init__(message)
        self.table = table


def try_first(connection: Connection, config: Mapping[str, str],
              statements: Mapping[str, str]) -> None:
    """Raises TooMuch where reading the statements of some tables takes more memory, time, text,
    rows or cells than a DuckDB file of its size may. Does nothing where no process can be limited,
    or the file is large. Tables are tried as views are: what is stored many times over takes next
    to no bytes."""
    size = connection.info.get(BYTES)
    if size is None or size > limits.TRIED or not Path("/proc/self/statm").exists():
        return
    memory, seconds = limits.MEMORY + limits.MEMORY_PER_BYTE * size, file_seconds(size)
    request = {"path": connection.engine.url.database, "memory": memory, "seconds": seconds,
               "config": {**config, "threads": "1"}, "text": most_text(size),
               "cells": most_cells(size), "statements": {
                   table: (text, most_rows(table, size)) for table, text in statements.items()}}
    command = [sys.executable, "-P", str(Path(__file__).with_name("duckdb_trial.py"))]
    try:
        done = subprocess.run(command, input=json.dumps(request), capture_output=True, text=True,
                              timeout=4 * seconds, check=False)
    except subprocess.TimeoutExpired:
        raise TooMuch(next(iter(statements)), f"interrupted (after {seconds:g} seconds)") from None
    if done.returncode > 0:
        logging.getLogger(__name__).error("a DuckDB file was not tried first\n%s", done.stderr)
    if done.returncode < 0 or done.stdout:
        late = done.returncode in (-signal.SIGXCPU, -signal.SIGKILL)
        table, what = (json.loads(done.stdout) if done.stdout else
                       (next(iter(statements)), "time" if late else "memory"))
        raise TooMuch(table, {
            "memory": f"Out of Memory: it takes more than {format_bytes(memory)}, far more than a "
                      "file of its size should",
            "time": f"interrupted (after {seconds:g} seconds)",
            "rows": too_many_rows(most_rows(table, size)),
            "cells": too_many_cells(most_cells(size)),
            "text": too_much_text(most_text(size))}[what])
