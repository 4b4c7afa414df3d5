"""Arguments that several commands share: how each is read, and its help."""

import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Literal, get_args

import typer

from orgdata.edits import Asked, Edit
from orgdata.exports.registry import DOCUMENTS
from orgdata.gaps import RULES
from orgdata.load import WhatIf, load_both, load_for, read_for
from orgdata.model.portfolio import Portfolio
from orgdata.model.settings import day_to_measure
from orgdata.sources import RawSource, Source

OutputFormat = Literal["text", "json"]
CheckFormat = Literal["text", "json", "github", "gitlab", "sarif", "junit", "markdown"]
Gate = Literal["none", "problems", "critical", "high", "new"]
STORE = "ORGDATA_STORE, else a SQLite file under var/"
OF_ENVIRONMENT = "environment"  # instead of a URL: others see what stands on a command line


class CommandError(Exception):
    """A command cannot be carried out; its text is one clear line for the user."""


@dataclass(frozen=True)
class SourceOptions:
    """A source to read, the settings to read it with, and the day to measure it on."""

    source: Source
    settings: str | None
    as_of: date | None

    @classmethod
    def of(cls, sources: Sequence[str], settings: str | None,
           as_of: date | None) -> "SourceOptions":
        """The options of a command that takes one source, or several files as one."""
        return cls(sources[0] if len(sources) == 1 else tuple(sources), settings, as_of)

    def load(self, edits: Sequence[Edit] = ()) -> tuple[Portfolio, date]:
        """Load the portfolio with corrections laid over it; the day to measure it on is the
        option, else the setting, else today.

        Check-ins that are left in a database have no problems and are not looked at from that day
        on, so problems, counts and measures are the same as if all were loaded.
        """
        return load_for(self.source, self.settings, self.as_of, date.today(), edits)

    def raw(self, edits: Sequence[Edit] = ()) -> RawSource:
        """Read the text of what `load` loads."""
        return read_for(self.source, self.settings, self.as_of, date.today(), edits)

    def corrected(self, loaded: tuple[Portfolio, date],
                  edits: Sequence[Edit]) -> tuple[Portfolio, date]:
        """What was loaded, loaded again where there are corrections of it: a store is opened for
        what can be read only."""
        return self.load(edits) if edits else loaded

    def load_both(self, asked: Sequence[Edit | Asked]) -> WhatIf:
        """Load the portfolio as it is and with edits laid over it."""
        return load_both(self.source, self.settings, asked, self.as_of, date.today())


def day(text: str) -> date:
    """Read a date written as YYYY-MM-DD, on which a portfolio can be measured."""
    try:
        return day_to_measure(text)
    except ValueError as error:
        raise typer.BadParameter(f"expected {error}, found {text!r}") from None


@dataclass(frozen=True)
class SnapshotName:
    """Names a snapshot of the store: by its number, or as the last one up to a day."""

    value: int | date


def _snapshot(text: str) -> SnapshotName:
    number = text.removeprefix("snapshot:")
    if number.isascii() and number.isdecimal() and len(number) < 8:
        return SnapshotName(int(number))
    try:
        return SnapshotName(date.fromisoformat(text))
    except ValueError:
        raise typer.BadParameter("expected the number of a snapshot or YYYY-MM-DD, found "
                                 f"{text!r}") from None


def _code(text: str) -> str:
    if text.upper() not in RULES:
        raise typer.BadParameter(
            f"no rule {text!r}; the codes are {', '.join(sorted(RULES))}")
    return text.upper()


def at_least(minimum: int) -> Callable[[str | int], int]:
    """A reader of whole numbers from `minimum` up."""
    def read(value: str | int) -> int:  # typer passes a default as the number it is
        text = str(value)
        if not text.isdecimal() or int(text) < minimum:
            raise typer.BadParameter(f"expected a number from {minimum} up, found {text!r}")
        return int(text)
    return read


def _one_of(choices: Iterable[str]) -> Callable[[str], str]:
    """A reader of one of these words."""
    names = tuple(choices)

    def read(text: str) -> str:
        if text not in names:
            raise typer.BadParameter(
                f"invalid choice: {text!r} (choose from {', '.join(names)})")
        return text
    return read


def _of_environment() -> list[str]:
    """The source of a command that names none. It may hold blanks, so it is never split."""
    if source := os.environ.get("ORGDATA_SOURCE"):
        return [source]
    raise typer.TyperException("Missing argument 'SOURCE'.")


Sources = Annotated[list[str], typer.Argument(
    metavar="SOURCE...", default_factory=_of_environment, show_default=False,
    help="a folder of CSV files, workbooks and zips, any such files, an export of another tool "
    "(Viva Goals, Jira, Linear, Asana …), or a SQLAlchemy URL (with ?schema=NAME for another "
    "schema; under [tables] of the settings a table may be schema.table or a select query); "
    "without, that of ORGDATA_SOURCE")]
Folder = Annotated[Path, typer.Argument(metavar="FOLDER", help="where to; made if it is not there")]
Settings = Annotated[str | None, typer.Option(
    "--settings", metavar="FILE", help="settings.toml to use")]
DayOrToday = Annotated[date | None, typer.Option(
    "--day", metavar="DAY", parser=lambda text: date.today() if text == "today" else day(text),
    help="the day whose letters are meant: YYYY-MM-DD, or today (default: the setting, else "
    "today)")]
AsOf = Annotated[date | None, typer.Option(
    "--as-of", parser=day, metavar="YYYY-MM-DD",
    help="the day to measure on (default: the setting, else today)")]
Format = Annotated[OutputFormat, typer.Option(
    "--format", parser=_one_of(("text", "json")), metavar="text|json")]
AnyCheckFormat = Annotated[CheckFormat, typer.Option(
    "--format", parser=_one_of(get_args(CheckFormat)), metavar="|".join(get_args(CheckFormat)),
    help="github: annotations; gitlab: Code Quality; markdown: a comment on a pull request")]
AnyGate = Annotated[Gate | None, typer.Option(
    "--gate", parser=_one_of(get_args(Gate)), metavar="|".join(get_args(Gate)),
    help="exit with 1 for skipped rows (problems), and for critical, or critical and high, gaps; "
    "or only for what --base lacks (new); or never (none)")]
RulesFormat = Annotated[Literal["text", "json", "md"], typer.Option(
    "--format", parser=_one_of(("text", "json", "md")), metavar="text|json|md")]
Code = Annotated[str | None, typer.Option(
    "--only", parser=_code, metavar="CODE",
    help="only the gaps of one rule, or why there are none")]
Since = Annotated[SnapshotName | None, typer.Option(
    "--since", parser=_snapshot, metavar="SNAPSHOT", help="compare with this one: its number, or a "
    "day (the last one up to then); default: that of the last closed review before the as-of date; "
    "without any, the last one")]
Kind = Annotated[str, typer.Option(
    "--kind", parser=_one_of(DOCUMENTS), metavar="|".join(DOCUMENTS), help="; ".join(
        f"{document.name}: {document.about} ({', '.join(document.formats)})"
        for document in DOCUMENTS.values()))]
_BRIEF_FORMATS = DOCUMENTS["brief"].formats
BriefFormat = Annotated[str | None, typer.Option(
    "--format", parser=_one_of(_BRIEF_FORMATS), metavar="|".join(_BRIEF_FORMATS),
    help="the format of a folder of briefs (default: html)")]
Destination = Annotated[Literal["stdout", "webhook", "mail"], typer.Option(
    "--to", parser=_one_of(("stdout", "webhook", "mail")), metavar="stdout|webhook|mail",
    help="webhook: as JSON for Slack and what understands the same, to the address in "
    "ORGDATA_WEBHOOK; mail: by the server in ORGDATA_SMTP_URL "
    "(smtp://user:password@host:587?from=…&to=…, or smtps://)")]


@dataclass(frozen=True)
class CheckOptions:
    """Options of `check`: its format, whether it asks, the gate and the git commit to compare with,
    and whether names and other texts of the data are printed."""

    output_format: CheckFormat
    ask: bool
    gate: Gate | None
    base: str | None
    names: bool

    @property
    def looks_for_gaps(self) -> bool:
        """Whether gaps are looked for, and not only problems of the data."""
        return bool(self.gate or self.base) or self.output_format not in get_args(OutputFormat)


@dataclass(frozen=True)
class ReportOptions:
    """Options of `report`: its format, the store with earlier weeks, and what it is limited to."""

    output_format: OutputFormat
    store: str | None
    only: str | None
    explain: str | None
    corrections: bool  # whether those in the store count


@dataclass(frozen=True)
class SnapshotOptions:
    """Options of `snapshot`: its format, the store, its label, and whether it closes the review."""

    output_format: OutputFormat
    store: str | None
    label: str | None
    review: bool


@dataclass(frozen=True)
class ExportOptions:
    """Options of `export`: the document, its file and product, and the snapshot to compare with."""

    kind: str
    out: Path
    product: str | None
    brief_format: str | None
    store: str | None
    since: SnapshotName | None


@dataclass(frozen=True)
class DigestOptions:
    """Options of `digest`: where it goes, whether it is sent, and the snapshot to compare with."""

    destination: Literal["stdout", "webhook", "mail"]
    send: bool
    store: str | None
    since: SnapshotName | None
