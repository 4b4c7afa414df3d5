"""`check` with a gate: a portfolio in git, against what its base has, as code hosts show it."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path

from orgdata.cli.arguments import CheckOptions, CommandError, SourceOptions
from orgdata.cli.gate import forms
from orgdata.cli.gate.git import Repository
from orgdata.cli.gate.judge import Base, Checked, judge
from orgdata.cli.gate.places import Places
from orgdata.evaluation import evaluate
from orgdata.load import day_of, portfolio_of, read_for
from orgdata.model.settings import FILE_NAME, SettingsError
from orgdata.sources import Source, SourceError, is_url
from orgdata.views.rewording import of_evaluation, saying, texts_of


def check(source_options: SourceOptions, options: CheckOptions) -> Checked:
    """Load a source and measure it, and what a base has of it where one is named."""
    if options.gate == "new" and not options.base:
        raise CommandError("--gate new needs --base REF: what is new is what that lacks")
    source = source_options.source
    paths = _paths(source)
    repository = Repository.of(paths[0]) if paths else None
    if options.base and not repository:
        raise CommandError(f"--base needs a source in a git repository; {_named(source)} lies in "
                           "none")
    today = _today(repository, paths) if repository and options.base else date.today()
    raw = read_for(source, source_options.settings, source_options.as_of, today)
    portfolio = portfolio_of(raw)
    day = day_of(portfolio, source_options.as_of, today)
    evaluation = evaluate(portfolio, day)
    base = None
    if repository and options.base:
        base = _base(repository, options.base, source_options, paths, day)
    return judge(evaluation, Places(source, raw, repository), options.gate, base, options.names)


def show(checked: Checked, output_format: str) -> None:
    """Print what was found in the form of a code host."""
    with _saying(checked):
        forms.show(checked, output_format)


@contextmanager
def _saying(checked: Checked) -> Iterator[None]:
    before = checked.base and checked.base.evaluation
    others = texts_of(before.alignment.portfolio) if before else ()
    with saying(of_evaluation(checked.evaluation, others)):
        yield


def _named(source: Source) -> str:
    return "a database" if isinstance(source, str) and is_url(source) else str(source)


def _paths(source: Source) -> list[Path]:
    """The files and folders of a source; none of a database."""
    sources = (source,) if isinstance(source, str) else source
    return [Path(one) for one in sources if not is_url(one) and Path(one).exists()]


def _today(repository: Repository, paths: list[Path]) -> date:
    """The day of the commit that is checked; of what is not committed yet today."""
    names = [name for path in paths if (name := repository.within(path)) is not None]
    return date.today() if repository.changed(names) else repository.day("HEAD")


def _base(repository: Repository, ref: str, source_options: SourceOptions, paths: list[Path],
          day: date) -> Base:
    """What the base has of a source, measured on the same day."""
    commit = repository.base(ref)
    settings = source_options.settings and repository.within(Path(source_options.settings))
    names = [repository.within(path) for path in paths]
    if None in names:
        raise CommandError("--base needs all files of the source in one git repository")
    beside = {Path(name).parent / FILE_NAME for name in names if name}
    wanted = [name for name in (*names, settings) if name] + [path.as_posix() for path in beside]
    with repository.files(commit, wanted) as folder:
        there = [folder / name for name in names if name is not None]
        if not any(path.exists() for path in there):
            return Base(ref, commit, None)
        source = tuple(str(path) for path in there if path.exists())
        in_base = folder / settings if settings else None
        options = replace(
            source_options, source=source[0] if len(source) == 1 else source, as_of=day,
            settings=str(in_base) if in_base and in_base.exists() else (
                None if in_base else source_options.settings))
        try:
            return Base(ref, commit, evaluate(*options.load()))
        except (SourceError, SettingsError) as error:
            raise CommandError(f"{ref} cannot be compared with: "
                               f"{_without(folder, str(error))}") from None


def _without(folder: Path, text: str) -> str:
    """A text without the temporary folder, of which nobody knows."""
    return text.replace(f"{folder}{os.sep}", "").replace(str(folder), "its folder")
