"""`python -m orgdata`: check, report, snapshot, diff … How a command is run, and how it fails.

A command reads its arguments and returns the function to run; that runs in one place, so that
whatever goes wrong ends as one clear line.
"""

import io
import os
import sys
from collections.abc import Sequence

import typer

from orgdata import formats
from orgdata.cli import store_commands  # noqa: F401  # which adds them to the others
from orgdata.cli.arguments import CommandError
from orgdata.cli.commands import APP, Run
from orgdata.model.history import StoreError
from orgdata.model.settings import SettingsError
from orgdata.sources import SourceError

UNREADABLE = 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command that the arguments name; returns its exit code (INTERFACES)."""
    try:
        run = typer.main.get_command(APP).main(arguments, "python -m orgdata",
                                                standalone_mode=False)
    except typer.TyperException as error:  # wrong arguments
        return _failed(error.format_message())
    return _exit_code(run) if callable(run) else 0  # else the help was printed


def _exit_code(run: Run) -> int:
    if isinstance(sys.stdout, io.TextIOWrapper):  # do not fail at a character the terminal lacks
        sys.stdout.reconfigure(errors="replace")
    try:
        code = run()
        sys.stdout.flush()
        return code
    except BrokenPipeError:  # the reader went away, as with | head
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except (CommandError, SourceError, SettingsError, StoreError) as error:
        return _failed(str(error))
    except OSError as error:  # a folder that cannot be written; our own have a text only
        return _failed(f"{error.filename}: {error.strerror}" if error.strerror else str(error))


def _failed(message: str) -> int:
    print(f"orgdata: {formats.printed(message)}", file=sys.stderr)
    return UNREADABLE
