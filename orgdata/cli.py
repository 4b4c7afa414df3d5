"""`python -m orgdata`: check, report, snapshot, diff … The arguments of each command."""

import argparse
import io
import os
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from orgdata import commands
from orgdata.gaps import RULES
from orgdata.history import StoreError
from orgdata.settings import SettingsError
from orgdata.sources import SourceError

SOURCE = ("a folder of CSV files, or a SQLAlchemy URL (with ?schema=NAME for another schema; "
          "under [tables] of the settings a table may be schema.table or a select query)")
STORE = "ORGDATA_STORE, else a SQLite file under var/"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code of INTERFACES."""
    asked = _parser().parse_args(arguments)
    if isinstance(sys.stdout, io.TextIOWrapper):  # a sign the terminal lacks is no reason to stop
        sys.stdout.reconfigure(errors="replace")
    try:
        code = int(asked.run(asked))
        sys.stdout.flush()
        return code
    except BrokenPipeError:  # the reader went away, as with | head
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except (SourceError, SettingsError, StoreError) as error:
        print(f"orgdata: {error}", file=sys.stderr)
        return commands.UNREADABLE
    except OSError as error:  # a folder that cannot be written; ours have no number, only a text
        said = f"{error.filename}: {error.strerror}" if error.strerror else str(error)
        print(f"orgdata: {said}", file=sys.stderr)
        return commands.UNREADABLE


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m orgdata", description=__doc__)
    subparsers = parser.add_subparsers(required=True, metavar="COMMAND")

    def command(name: str, run: object, about: str, formats: Sequence[str] = ()) -> (
            argparse.ArgumentParser):
        one = subparsers.add_parser(name, help=about, description=about)
        one.set_defaults(run=run)
        if formats:
            one.add_argument("--format", choices=formats, default="text")
        return one

    for name, run, about in (
            ("check", commands.check, "load a source and list every problem"),
            ("report", commands.report, "headlines, coverage, checks and gaps"),
            ("snapshot", commands.snapshot, "keep the portfolio as it is, once per day and "
             "content, so that later weeks can be compared with it")):
        one = command(name, run, about, ("text", "json"))
        one.add_argument("source", help=SOURCE)
        one.add_argument("--settings", metavar="FILE", help="settings.toml to use")
        one.add_argument("--as-of", type=_day, metavar="YYYY-MM-DD",
                         help="the day to measure on (default: the setting, else today)")
    subparsers.choices["snapshot"].add_argument(
        "--store", metavar="URL", help=f"where to keep it (default: {STORE})")
    one = subparsers.choices["report"]
    one.add_argument("--store", metavar="URL", help="remember this report there, and evaluate the "
                     "rules that need history (default: nothing is remembered)")
    one.add_argument("--only", metavar="CODE", type=_code,
                     help="only the gaps of one rule, or why there are none")
    one.add_argument(
        "--explain", metavar="KEY", help="only explain one gap, key result, product or outcome")
    one = command("diff", commands.diff, "what changed from one source or snapshot to another",
                  ("text", "json"))
    for side, when in (("a", "before"), ("b", "after")):
        one.add_argument(f"source_{side}", metavar=side.upper(), help=f"{when}: a source, or "
                         "snapshot:NUMBER of the store (NUMBER alone where no file is called so)")
        one.add_argument(f"--as-of-{side}", type=_day, metavar="YYYY-MM-DD", help=f"the day to "
                         f"measure {side.upper()} on; a snapshot has its own")
    one.add_argument("--settings", metavar="FILE", help="settings.toml to use for both; a snapshot "
                     "has its own")
    one.add_argument("--store", metavar="URL", help="where snapshots are, and what is known of the "
                     f"weeks before (default, where a snapshot is named: {STORE})")
    command("rules", commands.rules, "the catalogue of gap rules", ("text", "json", "md"))
    template = command("template", commands.template, "write one CSV per table and a settings.toml")
    template.add_argument("folder", type=Path)
    demo = command("demo", commands.demo, "write the demo company, or a generated one of any size")
    demo.add_argument("folder", type=Path)
    demo.add_argument("--products", type=_at_least_one, metavar="N", help="generate N products")
    demo.add_argument("--seed", type=_at_least_nought, default=1, metavar="S")
    demo.add_argument("--weeks", type=_at_least_one, default=12, metavar="W")
    return parser


def _day(written: str) -> date:
    try:
        return date.fromisoformat(written)
    except ValueError:
        raise argparse.ArgumentTypeError(f"expected YYYY-MM-DD, found {written!r}") from None


def _code(written: str) -> str:
    if written.upper() not in RULES:
        raise argparse.ArgumentTypeError(f"no rule {written!r}; the codes are "
                                         f"{', '.join(sorted(RULES))}")
    return written.upper()


def _at_least_one(written: str) -> int:
    return _at_least(1, written)


def _at_least_nought(written: str) -> int:
    return _at_least(0, written)


def _at_least(least: int, written: str) -> int:
    if not written.isdecimal() or int(written) < least:
        raise argparse.ArgumentTypeError(f"expected a number from {least} up, found {written!r}")
    return int(written)
