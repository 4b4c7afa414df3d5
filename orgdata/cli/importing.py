"""The command `import`: foreign files become a folder of our tables that reads back the same."""

from dataclasses import replace
from pathlib import Path

import pandas as pd

from orgdata.cli.arguments import CommandError, SourceOptions
from orgdata.cli.checking import exit_code, print_check
from orgdata.cli.terminal import print_lines
from orgdata.cli.writing import write_file
from orgdata.model.portfolio import Portfolio
from orgdata.model.problems import join_problems
from orgdata.model.settings import FILE_NAME
from orgdata.store.archive import files_of
from orgdata.validate import future_check_ins


def import_files(source_options: SourceOptions, folder: Path) -> int:
    """Read files as `check` does and write them as our tables, with the settings that still apply;
    prints and returns what `check` does."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise CommandError(f"{folder} exists and is no empty folder; nothing was written")
    portfolio, day = source_options.load()
    problems = join_problems([portfolio.problems, future_check_ins(portfolio, pd.Timestamp(day))])
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, content in files_of(_with_guesses(portfolio), for_spreadsheets=True):
        if name == FILE_NAME or len(portfolio[Path(name).stem]):
            write_file(folder / name, content)
            written.append(folder / name)
    print_check(portfolio, problems)
    print_lines(*(f"written: {path}" for path in written))
    return exit_code(portfolio, problems)


def _with_guesses(portfolio: Portfolio) -> Portfolio:
    """The portfolio with our guess as the answer to each question that nobody answered."""
    guesses = {question.key: question.guess for question in portfolio.intake.open_questions}
    settings = portfolio.settings
    return replace(portfolio, settings=replace(settings, answers={**settings.answers, **guesses}))
