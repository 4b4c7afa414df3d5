"""How right people's own spreadsheets are read, with our guesses and with true answers, and how
long it takes.

    python -m bench.intake [--each]         --each: every fact that is not right

Companies are the folders with a TRUTH.json in ORGDATA_REAL_DATA (default: ../shared/data).
"""

import argparse
import json
import math
import os
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from bench.clock import best_in_turns
from bench.facts import VERDICTS, Fact, Promises, facts_of, promises
from bench.figures import Figure, Table, show
from bench.spreadsheets import LONG, SHEETS, long_list, workbook
from orgdata import formats
from orgdata.load import load
from orgdata.model.intake import Question
from orgdata.model.portfolio import Portfolio
from orgdata.model.settings import FILE_NAME, Settings
from orgdata.model.settings_text import to_toml
from orgdata.sources import SourceError, read_sheets
from orgdata.sources.sheets import SheetsAndProblems, sheets_of

ROOT = Path(__file__).parent.parent
KINDS = ("product", "outcome", "objective", "key result", "link")
NOT_READ = ("SOURCE.md", "TRUTH.json")
ROUNDS = 3  # an answer may raise further questions
MOST_QUESTIONS = 10
Truth = Mapping[str, Any]


@dataclass(frozen=True)
class Run:
    """A company as it was read once: its facts, what was promised of it, and what was asked."""

    answered: str
    facts: list[Fact]
    promised: Promises | None
    questions: int
    error: str = ""

    def count(self, verdict: str, kind: str | None = None) -> int:
        """How many facts have this verdict, in all or of one kind."""
        return sum(one.verdict == verdict and kind in (None, one.kind) for one in self.facts)


def real_data() -> Path | None:
    """The folder of real portfolios, if there is one."""
    folder = Path(os.environ.get("ORGDATA_REAL_DATA") or ROOT.parent / "shared" / "data")
    return folder if folder.is_dir() else None


# -- companies -------------------------------------------------------------------------------------

def runs(folder: Path) -> list[Run]:
    """A company read with our guesses alone, and with the answers of its truth."""
    truth = json.loads((folder / "TRUTH.json").read_text(encoding="utf-8"))
    files = tuple(str(path) for path in sorted(folder.iterdir()) if path.name not in NOT_READ)
    return [_run("our guesses", truth, files, answering=False),
            _run("true answers", truth, files, answering=True)]


def _run(answered: str, truth: Truth, files: tuple[str, ...], answering: bool) -> Run:
    answers: dict[str, str] = {}
    asked: set[str] = set()
    for _ in range(ROUNDS):
        try:
            portfolio = _load(files, answers)
        except SourceError as error:
            return Run(answered, _nothing(truth), None, 0, str(error))
        asked |= {one.key for one in portfolio.intake.open_questions}
        new = {one.key: true_answer(one, truth.get("questions", ()))
               for one in portfolio.intake.open_questions if answering}
        if not new:
            break
        answers |= new
    facts = facts_of(truth, portfolio)
    return Run(answered, facts, promises(truth, portfolio, facts), len(asked))


def _load(files: tuple[str, ...], answers: Mapping[str, str]) -> Portfolio:
    with tempfile.TemporaryDirectory() as folder:
        settings = Path(folder) / FILE_NAME
        settings.write_text(to_toml(Settings(answers=answers)), encoding="utf-8")
        return load(files, str(settings))


def _nothing(truth: Truth) -> list[Fact]:
    """The facts where nothing was read at all."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "products.csv").write_text("product_id,name\n", encoding="utf-8")
        return facts_of(truth, load(folder))


def true_answer(question: Question, truths: Sequence[Mapping[str, str]]) -> str:
    """The option that the truth means; our guess where it says yes, or nothing of the question.

    "NRR, Japan: which company goals?" and "Grow NRR to 112%, Launch Japan" answer one after the
    other what is asked of NRR and of Japan.
    """
    about = {_plain(question.key.partition(":")[2]), *map(_plain, question.examples)}
    said = [(_plain(term), _plain(answer)) for one in truths for term, answer in _in_turn(one)]
    for term, answer in said:
        if term in about:
            for option, words in question.options.items():
                if answer in (_plain(option), _plain(words)):
                    return option
    return question.guess


def _in_turn(one: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """What a question asks, and its answer; of lists of the same length each with its own."""
    terms = one["question"].partition(":")[0].split(",")
    answers = one["answer"].split(",")
    if len(terms) == len(answers):
        yield from zip(terms, answers, strict=True)


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())


def company_table(name: str, found: Sequence[Run]) -> str:
    """A company's runs as a Markdown table."""
    lines = [f"## {name}", "", "| answered by | facts | " + " | ".join(VERDICTS) + " | questions |",
             "|---|---|" + "---:|" * (len(VERDICTS) + 1)]
    for run in found:
        rows = [("all", None), *((kind, kind) for kind in KINDS)]
        lines += [f"| {run.answered} | {what} | " + " | ".join(
            f"{run.count(verdict, kind):,}" for verdict in VERDICTS)
            + f" | {run.questions if kind is None else ''} |" for what, kind in rows]
    return "\n".join([*lines, "", *(line for run in found for line in _promised(run)), ""])


def _promised(run: Run) -> Iterator[str]:
    if run.promised is None:
        yield f"- {run.answered}: nothing was read: {formats.clipped(run.error, 120)}"
        return
    most = run.promised.people_at_most
    yield (f"- {run.answered}: {run.promised.people} people"
           + ("" if most is None else f" (at most {most} are meant)")
           + f"; that must not appear: {', '.join(run.promised.appear) or 'none'}"
           + f"; that must be blank and is not: {', '.join(run.promised.filled) or 'none'}")


# -- cases -----------------------------------------------------------------------------------------

def case_table(folder: Path) -> str:
    """What each case becomes: rows of its tables, and the questions asked."""
    lines = ["## Cases", "", "| case | tables | skipped | questions |", "|---|---|---:|---:|"]
    for case in sorted(path for path in folder.iterdir() if path.is_dir()):
        try:
            portfolio = load(str(case))
        except SourceError as error:
            lines.append(f"| {case.name} | nothing: {str(error)[:60]} … | – | – |")
            continue
        counts = portfolio.counts
        lines.append(f"| {case.name} | " + ", ".join(
            f"{name} {count.loaded}" for name, count in counts.items())
            + f" | {sum(count.set_aside for count in counts.values())} "
            f"| {len(portfolio.intake.open_questions)} |")
    return "\n".join([*lines, ""])


# -- time ------------------------------------------------------------------------------------------

def measure() -> list[Table]:
    """How right every company is read, and how long large spreadsheets take."""
    folder = real_data()
    companies = sorted(folder.glob("*/TRUTH.json")) if folder else []
    return [*(_company_figures(path.parent) for path in companies), _times()]


def _company_figures(folder: Path) -> Table:
    figures = []
    for run in runs(folder):
        figures += [Figure(f"{verdict}, {run.answered}", run.count(verdict), "", 0 if verdict in (
            "wrong", "invented") else None, by="value") for verdict in VERDICTS]
        figures.append(Figure(f"questions, {run.answered}", run.questions, "", MOST_QUESTIONS,
                              by="value"))
    return Table(f"Facts read of {folder.name}", "Beside what a careful person reads.",
                 tuple(figures))


def _times() -> Table:
    book, lines = workbook(), long_list()
    read_book, read_lines = (partial(sheets_of, name, content, True) for name, content in (
        ("company.xlsx", book), ("goals.csv", lines)))
    figures: list[Figure] = []
    said: list[str] = []
    for what, read, reach in ((f"{SHEETS} sheets", read_book, 3),
                              (f"{LONG:,} rows", read_lines, 10)):
        sheets = read()
        said.append(_recognised(sheets))
        reading, recognising = best_in_turns(1, read, partial(_recognised, sheets))
        recognising = recognising if said[-1] else math.nan  # nothing is told fast, but not right
        figures += [Figure(f"{what}: cells read", reading, "s", None, by="value"),
                    Figure(f"{what}: what they tell of", recognising, "s", reach, by="value"),
                    Figure(f"{what}: both", reading + recognising, "s", None, by="value")]
    became = "; ".join(one or "nothing we know" for one in said)
    return Table("Large spreadsheets of people's own", f"A workbook of {len(book) / 1e6:.1f} MB, "
                 f"and a CSV file of {len(lines) / 1e6:.0f} MB. They became: {became}.",
                 tuple(figures))


def _recognised(read: SheetsAndProblems) -> str:
    """The rows of each table that sheets become, in words; nothing where we know none."""
    try:
        raw = read_sheets("company", "1 file", *read, Settings())
    except SourceError:
        return ""
    return ", ".join(f"{name} {len(table.frame):,}" for name, table in raw.tables.items())


def main() -> None:
    """Print every table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n")[0])
    parser.add_argument("--each", action="store_true", help="every fact that is not right")
    each, folder = parser.parse_args().each, real_data()
    if folder is None:
        print("No company: ORGDATA_REAL_DATA names no folder of real portfolios.\n")
    for path in sorted(folder.glob("*/TRUTH.json")) if folder else ():
        found = runs(path.parent)
        print(company_table(path.parent.name, found))
        for run in found if each else ():
            print(*(f"{run.answered}: {one.verdict}: {one.kind} {one.subject}, {one.what}: "
                    f"{one.truth!r} read as {one.ours!r}" for one in run.facts
                    if one.verdict != "right"), sep="\n")
    if folder and (folder / "cases").is_dir():
        print(case_table(folder / "cases"))
    show([_times()])


if __name__ == "__main__":
    main()
