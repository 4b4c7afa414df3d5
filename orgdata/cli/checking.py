"""The command `check`: load a source, list every problem, and say how people's own spreadsheets
were read."""

import pandas as pd

from orgdata.cli import questions, report_json
from orgdata.cli.arguments import OutputFormat, SourceOptions
from orgdata.cli.terminal import print_json, print_lines
from orgdata.model import labels
from orgdata.model.portfolio import Portfolio
from orgdata.model.problems import join_problems
from orgdata.validate import future_check_ins


def check(source_options: SourceOptions, output_format: OutputFormat, ask: bool) -> int:
    """Load a source and list every problem; the exit code is 1 where rows were skipped."""
    portfolio, day = source_options.load()
    if ask and questions.ask_and_keep(source_options, portfolio.intake):
        portfolio, day = source_options.load()
    problems = join_problems([portfolio.problems, future_check_ins(portfolio, pd.Timestamp(day))])
    if output_format == "json":
        print_json(report_json.check(portfolio, problems))
    else:
        print_check(portfolio, problems)
    return exit_code(portfolio, problems)


def exit_code(portfolio: Portfolio, problems: pd.DataFrame) -> int:
    """1 where rows or records were skipped, or a file could not be read, else 0."""
    unreadable = (problems["code"] == "unreadable").any()
    set_aside = any(count.set_aside for count in portfolio.counts.values()) or any(
        export.count("set_aside") for export in portfolio.exports)
    return int(unreadable or set_aside)


def print_check(portfolio: Portfolio, problems: pd.DataFrame) -> None:
    """Print what was loaded, every problem, and what an intake found and asks."""
    print_lines(f"{portfolio.source}: {portfolio.recognised_as}")
    _print_exports(portfolio)
    for name, count in portfolio.counts.items():
        print_lines(f"  {name}: {count.read:,} read, {count.loaded:,} loaded, "
                    f"{count.set_aside:,} skipped")
    for level, message in zip(problems["level"], problems["message"], strict=True):
        print_lines(f"{level}: {message}")
    print_lines(*questions.lines(portfolio.intake))


def _print_exports(portfolio: Portfolio) -> None:
    """Print for each export of another tool what it is, and how its records were used."""
    from orgdata.upload import preview

    for export in preview.exports_of_tools(portfolio):
        print_lines(f"  {preview.describe_export(portfolio, export)}")
    if portfolio.exports:
        records = report_json.record_counts(portfolio)
        print_lines(f"  records: {records.pop('read'):,} read, " + ", ".join(
            f"{count:,} {labels.DISPOSITION[disposition]}" for disposition, count in records.items()
            if count or disposition != "left_out"))
