"""The command `check`: load a source, list every problem, and say how people's own spreadsheets
were read."""

from dataclasses import replace

import pandas as pd

from orgdata.api.check_answer import check as check_answer
from orgdata.api.check_answer import record_counts
from orgdata.cli import questions
from orgdata.cli.arguments import CheckOptions, SourceOptions
from orgdata.cli.terminal import print_json, print_lines
from orgdata.model import labels
from orgdata.model.intake import Intake
from orgdata.model.portfolio import Portfolio
from orgdata.model.problems import join_problems
from orgdata.validate import future_check_ins


def check(source_options: SourceOptions, options: CheckOptions) -> int:
    """Load a source and list every problem; the exit code is 1 where rows were skipped, or at the
    gate that is named."""
    if options.looks_for_gaps:
        return _check_at_the_gate(source_options, options)
    portfolio, day = source_options.load()
    if options.ask and questions.ask_and_keep(source_options, portfolio.intake):
        portfolio, day = source_options.load()
    problems = join_problems([portfolio.problems, future_check_ins(portfolio, pd.Timestamp(day))])
    _print(portfolio, problems, options)
    return exit_code(portfolio, problems)


def _print(portfolio: Portfolio, problems: pd.DataFrame, options: CheckOptions) -> None:
    if not options.names:
        portfolio, problems = _without_names(portfolio, problems)
    if options.output_format == "json":
        print_json(check_answer(portfolio, problems))
    else:
        print_check(portfolio, problems)


def _check_at_the_gate(source_options: SourceOptions, options: CheckOptions) -> int:
    from orgdata.cli import gate
    from orgdata.cli.gate.forms import gate_record
    from orgdata.cli.gate.judge import problems_of

    if options.ask:
        questions.ask_and_keep(source_options, source_options.load()[0].intake)
    checked = gate.check(source_options, options)
    portfolio, problems = checked.evaluation.alignment.portfolio, problems_of(checked.evaluation)
    if options.output_format == "json":
        shown = (portfolio, problems) if options.names else _without_names(portfolio, problems)
        print_json(check_answer(*shown) | gate_record(checked))
    else:
        if options.output_format == "text":
            _print(portfolio, problems, options)
        gate.show(checked, options.output_format)
    skipped = exit_code(portfolio, problems)
    if options.gate in (None, "problems", "critical", "high"):
        return int(bool(skipped or checked.counting))
    return int(bool(checked.counting))


def _without_names(portfolio: Portfolio,
                   problems: pd.DataFrame) -> tuple[Portfolio, pd.DataFrame]:
    """Both without texts and values of the data."""
    from orgdata.cli.gate.judge import without_texts

    return replace(portfolio, intake=Intake()), without_texts(problems)


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
        records = record_counts(portfolio)
        print_lines(f"  records: {records.pop('read'):,} read, " + ", ".join(
            f"{count:,} {labels.DISPOSITION[disposition]}" for disposition, count in records.items()
            if count or disposition != "left_out"))
