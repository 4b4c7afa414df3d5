"""What several commands take: how each argument is read, and what the help says of it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Literal

import typer

from orgdata.exports.registry import DOCUMENTS
from orgdata.gaps import RULES
from orgdata.load import load_for
from orgdata.model.portfolio import Portfolio

STORE = "ORGDATA_STORE, else a SQLite file under var/"


class CommandError(Exception):
    """A command cannot do what it was asked for; one clear line."""


@dataclass(frozen=True)
class Wanted:
    """A source to read, with which settings, and the day to measure it on."""

    source: str
    settings: str | None
    as_of: date | None

    def load(self) -> tuple[Portfolio, date]:
        """Read it; the day is the one asked for, else that of the settings, else today.

        Check-ins that stay in a database are neither faulty nor looked at from that day on, so
        problems, counts and measures are those of all of it.
        """
        return load_for(self.source, self.settings, self.as_of, date.today())


def day(written: str) -> date:
    """Read YYYY-MM-DD."""
    try:
        return date.fromisoformat(written)
    except ValueError:
        raise typer.BadParameter(f"expected YYYY-MM-DD, found {written!r}") from None


@dataclass(frozen=True)
class SnapshotName:
    """Which snapshot is meant: that of a number, or the last one up to a day."""

    value: int | date


def _snapshot(written: str) -> SnapshotName:
    number = written.removeprefix("snapshot:")
    if number.isascii() and number.isdecimal() and len(number) < 8:
        return SnapshotName(int(number))
    try:
        return SnapshotName(date.fromisoformat(written))
    except ValueError:
        raise typer.BadParameter("expected the number of a snapshot or YYYY-MM-DD, found "
                                 f"{written!r}") from None


def _code(written: str) -> str:
    if written.upper() not in RULES:
        raise typer.BadParameter(
            f"no rule {written!r}; the codes are {', '.join(sorted(RULES))}")
    return written.upper()


def at_least(least: int) -> Callable[[str | int], int]:
    """A reader of whole numbers from `least` up."""
    def read(written: str | int) -> int:  # a default comes as it is
        text = str(written)
        if not text.isdecimal() or int(text) < least:
            raise typer.BadParameter(f"expected a number from {least} up, found {text!r}")
        return int(text)
    return read


def _one_of(choices: Iterable[str]) -> Callable[[str], str]:
    names = tuple(choices)

    def read(written: str) -> str:
        if written not in names:
            raise typer.BadParameter(
                f"invalid choice: {written!r} (choose from {', '.join(names)})")
        return written
    return read


Source = Annotated[str, typer.Argument(
    metavar="SOURCE", help="a folder of CSV files, an Excel workbook, a zip of either, an export "
    "of another tool (Viva Goals, Jira, Linear, Asana …), or a SQLAlchemy URL (with ?schema=NAME "
    "for another schema; under [tables] of the settings a table may be schema.table or a select "
    "query)")]
Folder = Annotated[Path, typer.Argument(metavar="FOLDER", help="where to; made if it is not there")]
Settings = Annotated[str | None, typer.Option(
    "--settings", metavar="FILE", help="settings.toml to use")]
AsOf = Annotated[date | None, typer.Option(
    "--as-of", parser=day, metavar="YYYY-MM-DD",
    help="the day to measure on (default: the setting, else today)")]
Format = Annotated[Literal["text", "json"], typer.Option(
    "--format", parser=_one_of(("text", "json")), metavar="text|json")]
FormatOfRules = Annotated[Literal["text", "json", "md"], typer.Option(
    "--format", parser=_one_of(("text", "json", "md")), metavar="text|json|md")]
Code = Annotated[str | None, typer.Option(
    "--only", parser=_code, metavar="CODE",
    help="only the gaps of one rule, or why there are none")]
Since = Annotated[SnapshotName | None, typer.Option(
    "--since", parser=_snapshot, metavar="SNAPSHOT", help="compare with this one: its number, or a "
    "day (the last one up to then); default: the last one before the as-of date, if there is any")]
Kind = Annotated[str, typer.Option(
    "--kind", parser=_one_of(DOCUMENTS), metavar="|".join(DOCUMENTS), help="; ".join(
        f"{kind.name}: {kind.about} ({', '.join(one[1:] for one in kind.makers)})"
        for kind in DOCUMENTS.values()))]
_BRIEFS = [one[1:] for one in DOCUMENTS["brief"].makers]
FormatOfBriefs = Annotated[str | None, typer.Option(
    "--format", parser=_one_of(_BRIEFS), metavar="|".join(_BRIEFS),
    help="the format of a folder of briefs (default: html)")]
To = Annotated[Literal["stdout", "webhook", "mail"], typer.Option(
    "--to", parser=_one_of(("stdout", "webhook", "mail")), metavar="stdout|webhook|mail",
    help="webhook: as JSON for Slack and what understands the same, to the address in "
    "ORGDATA_WEBHOOK; mail: by the server in ORGDATA_SMTP_URL "
    "(smtp://user:password@host:587?from=…&to=…, or smtps://)")]


@dataclass(frozen=True)
class ReportOptions:
    """How a report is told, what it is narrowed to, and the store that knows earlier weeks."""

    form: Literal["text", "json"]
    store: str | None
    only: str | None
    explain: str | None


@dataclass(frozen=True)
class ExportOptions:
    """Which document goes where, of which product, and what it is compared with."""

    kind: str
    out: Path
    product: str | None
    form: str | None
    store: str | None
    since: SnapshotName | None


@dataclass(frozen=True)
class DigestOptions:
    """Where the digest goes, whether it is sent, and what it is compared with."""

    to: Literal["stdout", "webhook", "mail"]
    send: bool
    store: str | None
    since: SnapshotName | None
