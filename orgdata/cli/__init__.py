"""`python -m orgdata`: check, report, snapshot, diff … The arguments of each command."""

import argparse
import io
import os
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from orgdata.cli import analyse
from orgdata.exports.registry import DOCUMENTS
from orgdata.gaps import RULES
from orgdata.model.history import StoreError
from orgdata.model.settings import SettingsError
from orgdata.sources import SourceError

SOURCE = ("a folder of CSV files, an Excel workbook, a zip of either, an export of another tool "
          "(Viva Goals, Jira, Linear, Asana …), or a SQLAlchemy URL (with ?schema=NAME for another "
          "schema; under [tables] of the settings a table may be schema.table or a select query)")
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
        return analyse.UNREADABLE
    except OSError as error:  # a folder that cannot be written; ours have no number, only a text
        said = f"{error.filename}: {error.strerror}" if error.strerror else str(error)
        print(f"orgdata: {said}", file=sys.stderr)
        return analyse.UNREADABLE


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
            ("check", analyse.check, "load a source and list every problem"),
            ("report", analyse.report, "headlines, coverage, checks and gaps"),
            ("snapshot", analyse.snapshot, "keep the portfolio as it is, once per day and "
             "content, so that later weeks can be compared with it"),
            ("export", _passed_on, "write a document to pass on: slides, a brief, a pack or a "
             "workbook; a file that is there is replaced"),
            ("digest", _passed_on, "print what the weekly message says; with --send it is sent, "
             "and never without")):
        one = command(name, run, about, () if run is _passed_on else ("text", "json"))
        one.set_defaults(command=name)
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
    _sharing(subparsers.choices["export"], subparsers.choices["digest"])
    one = command("diff", analyse.diff, "what changed from one source or snapshot to another",
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
    command("rules", analyse.rules, "the catalogue of gap rules", ("text", "json", "md"))
    template = command("template", analyse.template, "write one CSV per table and a settings.toml")
    template.add_argument("folder", type=Path)
    demo = command("demo", analyse.demo, "write the demo company, or a generated one of any size")
    demo.add_argument("folder", type=Path)
    demo.add_argument("--products", type=_at_least_one, metavar="N", help="generate N products")
    demo.add_argument("--seed", type=_at_least_nought, default=1, metavar="S")
    demo.add_argument("--weeks", type=_at_least_one, default=12, metavar="W")
    return parser


def _passed_on(asked: argparse.Namespace) -> int:
    """Export, or the digest."""
    from orgdata.cli import documents  # SQLAlchemy, and what sends mail, are slow to import

    try:
        return documents.COMMANDS[asked.command](asked)
    except documents.FAILURES as error:
        print(f"orgdata: {error}", file=sys.stderr)
        return analyse.UNREADABLE


def _sharing(export: argparse.ArgumentParser, digest: argparse.ArgumentParser) -> None:
    """The options of what passes something on."""
    export.add_argument("--kind", required=True, choices=list(DOCUMENTS), help="; ".join(
        f"{kind.name}: {kind.about} ({', '.join(one[1:] for one in kind.makers)})"
        for kind in DOCUMENTS.values()))
    export.add_argument("--out", required=True, metavar="PATH", help="the file, whose ending says "
                        "the format; for briefs of all products a folder")
    export.add_argument("--product", metavar="ID", help="write the brief of one product")
    export.add_argument("--format", choices=[one[1:] for one in DOCUMENTS["brief"].makers],
                        help="the format of a folder of briefs (default: html)")
    export.add_argument("--store", metavar="URL", help="what is remembered there goes in: "
                        "history, what changed, decisions, confirmations (default: nothing, or "
                        f"with --since {STORE})")
    digest.add_argument("--store", metavar="URL", help=f"where snapshots are (default: {STORE})")
    digest.add_argument("--to", choices=("stdout", "webhook", "mail"), default="stdout",
                        help="webhook: as JSON for Slack and what understands the same, to the "
                        "address in ORGDATA_WEBHOOK; mail: by the server in ORGDATA_SMTP_URL "
                        "(smtp://user:password@host:587?from=…&to=…, or smtps://)")
    digest.add_argument("--send", action="store_true",
                        help="send it there; without, what would be sent is printed")
    for one in (export, digest):
        one.add_argument("--since", type=_since, metavar="SNAPSHOT", help="compare with this one: "
                         "its number, or a day (the last one up to then); default: the last one "
                         "before the as-of date, if there is any")


def _since(written: str) -> int | date:
    number = written.removeprefix("snapshot:")
    if number.isascii() and number.isdecimal() and len(number) < 8:
        return int(number)
    try:
        return date.fromisoformat(written)
    except ValueError:
        raise argparse.ArgumentTypeError("expected the number of a snapshot or YYYY-MM-DD, found "
                                         f"{written!r}") from None


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
