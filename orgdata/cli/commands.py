"""The commands of `python -m orgdata`, with what each takes."""

from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from orgdata.cli import analyse, checking
from orgdata.cli.arguments import (
    STORE,
    AnyCheckFormat,
    AnyGate,
    AsOf,
    BriefFormat,
    CheckOptions,
    Code,
    DayOrToday,
    Destination,
    DigestOptions,
    ExportOptions,
    Folder,
    Format,
    Kind,
    ReportOptions,
    RulesFormat,
    Settings,
    Since,
    SnapshotOptions,
    SourceOptions,
    Sources,
    at_least,
    day,
)

Run = Callable[[], int]  # carries a command out and returns its exit code (INTERFACES)


class _Commands(TyperGroup):
    """The commands; the error of an unknown name lists them."""

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """The command with a name."""
        if command := super().get_command(ctx, cmd_name):
            return command
        raise typer.TyperException(
            f"invalid choice: {cmd_name!r} (choose from {', '.join(self.commands)})")


APP = typer.Typer(cls=_Commands, rich_markup_mode=None, add_completion=False,
                  context_settings={"help_option_names": ["-h", "--help"]})


@APP.callback(invoke_without_command=True)
def _command(context: typer.Context) -> None:
    """Check a portfolio, report on it, compare it with another, and pass on what was found."""
    if context.invoked_subcommand is None:
        raise typer.TyperException("the following arguments are required: COMMAND")


@APP.command()
def check(source: Sources, settings: Settings = None, as_of: AsOf = None,
          output_format: AnyCheckFormat = "text",
          ask: Annotated[bool, typer.Option(
              "--ask", help="ask what only a person can say of their own spreadsheets, and keep "
              "the answers in the settings beside the source, or in --settings")] = False,
          gate: AnyGate = None,
          base: Annotated[str | None, typer.Option(
              metavar="REF", help="compare with where the work left this git commit, branch or "
              "tag; the day is then that of the commit that is checked")] = None,
          no_names: Annotated[bool, typer.Option(
              "--no-names", help="print no text or value of the data, for logs that others "
              "read")] = False) -> Run:
    """Load a source and list every problem; with a gate also its gaps."""
    return partial(checking.check, SourceOptions.of(source, settings, as_of),
                   CheckOptions(output_format, ask, gate, base, not no_names))


@APP.command("import")
def import_files(
        files: Annotated[list[str], typer.Argument(
            metavar="FILES...", help="people's own spreadsheets, exports of other tools, or tables "
            "of ours: any files, or one folder of them")],
        out: Annotated[Path, typer.Option(
            metavar="DIR", help="the folder to write, which is not there yet or empty")],
        settings: Settings = None) -> Run:
    """Turn foreign files into a folder of our tables. With our guesses where nobody answers, each
    printed with the line of settings that answers it."""
    def run() -> int:
        from orgdata.cli import importing  # SQLAlchemy is slow to import

        return importing.import_files(SourceOptions.of(files, settings, None), out)
    return run


@APP.command()
def report(source: Sources, settings: Settings = None, as_of: AsOf = None,
           output_format: Format = "text",
           store: Annotated[str | None, typer.Option(
               metavar="URL", help="remember this report there, and evaluate the rules that need "
               "history (default: nothing is remembered)")] = None,
           only: Code = None,
           explain: Annotated[str | None, typer.Option(
               metavar="KEY", help="only explain one gap, key result, product or outcome")] = None,
           without_corrections: Annotated[bool, typer.Option(
               "--without-corrections", help="the source as it is, where the store holds "
               "corrections of it; nothing is remembered then")] = False) -> Run:
    """Headlines, coverage, checks and gaps."""
    return partial(analyse.report, SourceOptions.of(source, settings, as_of),
                   ReportOptions(output_format, store, only, explain, not without_corrections))


@APP.command()
def snapshot(source: Sources, settings: Settings = None, as_of: AsOf = None,
             output_format: Format = "text",
             store: Annotated[str | None, typer.Option(
                 metavar="URL", help=f"where to keep it (default: {STORE})")] = None,
             label: Annotated[str | None, typer.Option(
                 metavar="TEXT", help="a label, by which people know it")] = None,
             review: Annotated[bool, typer.Option(
                 "--review", help="close the review of the day: later ones are compared with it "
                 "by default")] = False) -> Run:
    """Keep the portfolio as it is. Once per day and content, so that later weeks can be compared
    with it."""
    return partial(analyse.snapshot, SourceOptions.of(source, settings, as_of),
                   SnapshotOptions(output_format, store, label, review))


@APP.command()
def export(source: Sources, kind: Kind,
           out: Annotated[Path, typer.Option(
               metavar="PATH", help="the file, whose ending says the format; for briefs of all "
               "products a folder")],
           settings: Settings = None, as_of: AsOf = None,
           product: Annotated[str | None, typer.Option(
               metavar="ID", help="write the brief of one product")] = None,
           brief_format: BriefFormat = None,
           store: Annotated[str | None, typer.Option(
               metavar="URL", help="what is remembered there goes in: history, what changed, "
               f"decisions, confirmations (default: nothing, or with --since {STORE})")] = None,
           since: Since = None) -> Run:
    """Write a document to pass on. Slides, a brief, a pack or a workbook; a file that is there is
    replaced."""
    def run() -> int:
        from orgdata.cli import documents  # SQLAlchemy, and what sends mail, are slow to import

        return documents.export(SourceOptions.of(source, settings, as_of),
                                ExportOptions(kind, out, product, brief_format, store, since))
    return run


@APP.command()
def digest(source: Sources, settings: Settings = None, as_of: AsOf = None,
           store: Annotated[str | None, typer.Option(
               metavar="URL", help=f"where snapshots are (default: {STORE})")] = None,
           destination: Destination = "stdout",
           send: Annotated[bool, typer.Option(
               "--send", help="send it there; without, what would be sent is printed")] = False,
           since: Since = None) -> Run:
    """Print what the weekly message says. With --send it is sent, and never without."""
    def run() -> int:
        from orgdata.cli import documents

        return documents.digest(SourceOptions.of(source, settings, as_of),
                                DigestOptions(destination, send, store, since))
    return run


@APP.command()
def rhythm(source: Sources, settings: Settings = None, day: DayOrToday = None,
           store: Annotated[str | None, typer.Option(
               metavar="URL", help=f"where snapshots are, and which letters went out (default: "
               f"{STORE})")] = None,
           send: Annotated[bool, typer.Option(
               "--send", help="send those that did not go out yet, by ORGDATA_SMTP_URL; without, "
               "all are printed")] = False) -> Run:
    """The letters of a day: what is asked of each person, what the review will be about, and what
    it decided. With --send each goes out once, however often this runs."""
    def run() -> int:
        from orgdata.cli import rhythm as letters

        return letters.rhythm(SourceOptions.of(source, settings, day), store, send)
    return run


_SIDE_HELP = "a source, or snapshot:NUMBER of the store (NUMBER alone where no file is called so)"


@APP.command()
def diff(before: Annotated[str, typer.Argument(metavar="A", help=f"before: {_SIDE_HELP}")],
         after: Annotated[str, typer.Argument(metavar="B", help=f"after: {_SIDE_HELP}")],
         as_of_a: Annotated[date | None, typer.Option(
             parser=day, metavar="YYYY-MM-DD",
             help="the day to measure A on; a snapshot has its own")] = None,
         as_of_b: Annotated[date | None, typer.Option(
             parser=day, metavar="YYYY-MM-DD",
             help="the day to measure B on; a snapshot has its own")] = None,
         settings: Annotated[str | None, typer.Option(
             metavar="FILE", help="settings.toml to use for both; a snapshot has its own")] = None,
         store: Annotated[str | None, typer.Option(
             metavar="URL", help="where snapshots are, and what is known of the weeks before "
             f"(default, where a snapshot is named: {STORE})")] = None,
         output_format: Format = "text") -> Run:
    """What changed from one source or snapshot to another."""
    return partial(analyse.diff, SourceOptions(before, settings, as_of_a),
                   SourceOptions(after, settings, as_of_b), output_format, store)


@APP.command("whatif")
def what_if(source: Sources,
            edits: Annotated[Path, typer.Option(
                metavar="FILE", help="a JSON list of edits and verbs, laid over the source in "
                "their order; the source stays as it is")],
            settings: Settings = None, as_of: AsOf = None, output_format: Format = "text") -> Run:
    """What edits would change, before they are made."""
    def run() -> int:
        from orgdata.cli import editing

        return editing.what_if(SourceOptions.of(source, settings, as_of), edits, output_format)
    return run


@APP.command()
def corrections(source: Sources, settings: Settings = None,
                store: Annotated[str | None, typer.Option(
                    metavar="URL", help=f"where the corrections are (default: {STORE})")] = None,
                out: Annotated[Path | None, typer.Option(
                    metavar="DIR", help="the folder for corrected files and CHANGES.csv, which "
                    "is not there yet or empty")] = None,
                as_sql: Annotated[bool, typer.Option(
                    "--sql", help="print statements that change a row while it says what it "
                    "said")] = False,
                as_patch: Annotated[bool, typer.Option(
                    "--patch", help="print a unified diff of the CSV files")] = False,
                to_database: Annotated[bool, typer.Option(
                    "--write", help="write what [write_back] in the settings names, by its URL, in "
                    "one transaction")] = False) -> Run:
    """Carry what was corrected here to the source, which itself is only read."""
    def run() -> int:
        from orgdata.cli import carrying  # SQLAlchemy is slow to import

        return carrying.corrections(SourceOptions.of(source, settings, None), store, out, as_sql,
                                    as_patch, to_database)
    return run


@APP.command()
def rules(output_format: RulesFormat = "text") -> Run:
    """The catalogue of gap rules."""
    return partial(analyse.rules, output_format)


@APP.command()
def template(folder: Folder) -> Run:
    """Write one CSV per table and a settings.toml."""
    return partial(analyse.template, folder)


@APP.command("format")
def format_tables(
        folder: Annotated[Path, typer.Argument(metavar="DIR", help="a folder of CSV files")],
        settings: Settings = None) -> Run:
    """Write the tables of a folder in canonical form. Rows by their key, columns in our order: a
    change is a line then. All or nothing is written."""
    def run() -> int:
        from orgdata.cli import formatting

        return formatting.format_folder(folder, settings)
    return run


@APP.command("mcp")
def answer_assistant(
        source: Sources, settings: Settings = None, as_of: AsOf = None,
        store: Annotated[str | None, typer.Option(
            metavar="URL", help="earlier weeks and decisions are there (default: nothing is "
            "remembered)")] = None) -> Run:
    """Answer an assistant over standard input and output. By the Model Context Protocol: ten tools
    that only read."""
    def run() -> int:
        from orgdata.cli import assistant  # its libraries take seconds to import

        return assistant.serve(SourceOptions.of(source, settings, as_of), store)
    return run


@APP.command()
def demo(folder: Folder,
         products: Annotated[int | None, typer.Option(
             parser=at_least(1), metavar="N", help="generate N products")] = None,
         seed: Annotated[int, typer.Option(parser=at_least(0), metavar="S")] = 1,
         weeks: Annotated[int, typer.Option(parser=at_least(1), metavar="W")] = 12) -> Run:
    """Write the demo company, or a generated one of any size."""
    return partial(analyse.demo, folder, products, seed, weeks)
