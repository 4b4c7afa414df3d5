"""What an intake found, left out and asks, in a terminal; and the answers, kept as settings."""

import sys
from collections.abc import Iterator
from pathlib import Path

import typer

from orgdata import formats
from orgdata.cli.arguments import CommandError, SourceOptions
from orgdata.cli.writing import write_file
from orgdata.model.intake import Intake, Question
from orgdata.model.settings import FILE_NAME, settings_of
from orgdata.model.settings_text import to_toml, with_answers
from orgdata.sources import settings_place, settings_within


def lines(intake: Intake) -> Iterator[str]:
    """What was left out, what was found and decided, and each open question with the line of the
    settings that answers it."""
    for left in intake.left_out:
        yield f"left out: {left.place}, {left.what}: {left.reason}"
    for found in intake.found:
        yield f"found: {found.what} in {found.place}"
    for remark in intake.remarks:
        yield f"decided: {remark}"
    for number, question in enumerate(intake.open_questions, 1):
        yield f"question {number}: {question.text}"
        yield f"  our guess: {_in_words(question, question.guess)}"
        others = [words for option, words in question.options.items() if option != question.guess]
        if others:
            yield f"  or: {formats.listed(others, most=9)}"
        if question.examples:
            yield f"  in the file: {formats.listed(question.examples)}"
        yield f"  in {FILE_NAME}, under [answers]: {question.line}"


def ask_and_keep(source_options: SourceOptions, intake: Intake) -> bool:
    """Ask what is open, keep the answers in the settings of the source, and say where. False where
    nothing is open."""
    if not intake.open_questions:
        _say("There is nothing to ask.")
        return False
    place = _place(source_options)
    try:
        answers = {question.key: _asked(number, question)
                   for number, question in enumerate(intake.open_questions, 1)}
    except typer.Abort:
        raise CommandError("not every question was answered; nothing was written") from None
    kept = place.read_bytes() if place.exists() else _settings_within(source_options)
    write_file(place, with_answers(kept, answers, str(place)).encode())
    _say("", f"{formats.count(len(answers), 'answer')} written to {place}")
    return True


def _place(source_options: SourceOptions) -> Path:
    """The settings file in which answers are kept."""
    place = Path(source_options.settings) if source_options.settings else settings_place(
        source_options.source)
    if place is None:
        raise CommandError("the answers need a place: name a settings file with --settings")
    return place


def _settings_within(source_options: SourceOptions) -> bytes:
    """The settings that came in a zip of the source, which a file beside it takes the place of. No
    path in them is followed then, and none later."""
    written = settings_within(source_options.source)
    return b"" if written is None else to_toml(settings_of(written)).encode()


def _asked(number: int, question: Question) -> str:
    """The answer to one question: a number of the options, or our guess."""
    _say("", f"{number}. {question.text}")
    if question.examples:
        _say(f"   in the file: {formats.listed(question.examples)}")
    options = list(question.options)
    for at, option in enumerate(options, 1):
        guess = " (our guess)" if option == question.guess else ""
        _say(f"   {at}. {_in_words(question, option)}{guess}")
    ours = options.index(question.guess) + 1
    while True:
        written = str(typer.prompt(f"   1–{len(options)}", default=str(ours), err=True)).strip()
        if written.isascii() and written.isdecimal() and 0 < int(written[:9]) <= len(options):
            return options[int(written[:9]) - 1]
        _say(f"   expected a number from 1 to {len(options)}")


def _in_words(question: Question, option: str) -> str:
    return question.options[option] or option


def _say(*said: str) -> None:
    """Print to the terminal beside what the command prints, which may go into a file."""
    for line in said:
        print(formats.printed(line), file=sys.stderr)
