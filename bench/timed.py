"""Streamlit with a clock around each run of a script, for the benchmark alone.

    python -m bench.timed FILE run SCRIPT …     as `streamlit run SCRIPT …`

Adds a line to FILE for each run, before the browser hears that it is over: the seconds from the
first line of the script to its last, with the callbacks of its widgets and what Streamlit itself
does when it is called. Preparing a run, sending it and collecting garbage are not in it.
"""

import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from streamlit.runtime.scriptrunner import script_runner
from streamlit.web import cli


def clocked(run: Callable[..., Any], file: Path) -> Callable[..., Any]:
    """The same function, which leaves what it took in a file."""
    def timed(*arguments: Any) -> Any:
        start = time.perf_counter()
        try:
            return run(*arguments)
        finally:
            took = time.perf_counter() - start
            with file.open("a") as runs:
                runs.write(f"{took}\n")

    return timed


def last(file: Path) -> float:
    """The seconds of the last run."""
    return float(file.read_text().splitlines()[-1])


if __name__ == "__main__":
    script_runner.exec_func_with_error_handling = clocked(
        script_runner.exec_func_with_error_handling, Path(sys.argv.pop(1)))
    cli.main(prog_name="streamlit")
