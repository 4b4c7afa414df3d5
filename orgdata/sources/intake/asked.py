"""What an intake asks, decides without asking, and leaves out."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

import pandas as pd

from orgdata import formats
from orgdata.model.fields import normalise_name
from orgdata.model.intake import MOST_QUESTIONS, Column, Found, Intake, LeftOut, Question
from orgdata.model.problems import problems
from orgdata.model.words import normalise_word
from orgdata.sources.intake.marks import without_dates

_EXAMPLES = 2
_NAMED = 9  # short names that are told with what they are taken for …
_SHOWN = 60  # … and characters of each
_OF_PLACES = ("column", "sheet", "people")  # what keys name that may have another date next week

NOT_READ = "none"  # the answer that a column is not read
COUNTED = re.compile(r"column_\d+")  # the name of a column without a header


def column_key(sheet: str, name: str) -> str:
    """The key of the answer about a column; of one without a name also by its sheet."""
    return f"column: {name} of {sheet}" if COUNTED.fullmatch(name) else f"column: {name}"


class Asked:
    """The questions of one intake, each with the answer of the settings or our guess."""

    def __init__(self, answers: Mapping[str, str]) -> None:
        self._answers = {normalise_word(key): answer for key, answer in answers.items()}
        self._dated = _of_dated_names(answers)
        self._questions: dict[str, Question] = {}
        self._decided: dict[str, Question] = {}
        self._remarks: dict[str, None] = {}
        self._taken: dict[str, dict[str, str]] = {}
        self.columns: list[Column] = []
        self._left_out: dict[LeftOut, None] = {}  # a sheet may be looked at twice
        self.found: list[Found] = []
        self.bad_answers: dict[str, str] = {}

    def ask(self, key: str, text: str, options: Mapping[str, str], guess: str,
            examples: Sequence[str] = (), touches: int = 1, others: Collection[str] = ()) -> str:
        """The answer to a question: that of the settings where it is one of the options. `others`:
        what stands beside the thing that the key names; see `told_of`."""
        return self._put(self._questions,
                         Question(key, text, options, guess, tuple(examples), touches), others)

    def decide(self, key: str, text: str, options: Mapping[str, str], guess: str,
               touches: int = 1, others: Collection[str] = ()) -> str:
        """The answer to what need not be asked, since our guess is certain enough; the settings may
        say otherwise."""
        return self._put(self._decided, Question(key, text, options, guess, (), touches), others)

    def _put(self, asked: dict[str, Question], question: Question, others: Collection[str]) -> str:
        key = question.key
        given = self.told_of(key, others)
        if given is not None and given not in question.options:
            self.bad_answers[key] = given
            given = None
        before = asked.get(key, replace(question, examples=(), answered=given is not None,
                                        given=given or ""))
        more = tuple(dict.fromkeys([*before.examples, *question.examples]))[:_EXAMPLES]
        asked[key] = replace(before, examples=more, touches=max(before.touches, question.touches))
        return question.guess if given is None else given

    def answer(self, key: str) -> str | None:
        """What the settings say to a question, whether it is asked or not."""
        return self._answers.get(normalise_word(key))

    def told_of(self, key: str, others: Collection[str]) -> str | None:
        """What the settings say to a question; of a column or sheet with a date in its name, such
        as "column: Status 4 Dec", also what they say of last week's, unless that is one of the
        `others` beside it."""
        kind, _, name = key.partition(": ")
        told = self.answer(key)
        dated = self._dated.get((kind, without_dates(name))) if kind in _OF_PLACES else None
        if told is None and dated:
            present = set(map(normalise_name, others))
            told = next((answer for other, answer in reversed(dated.items())
                         if normalise_name(name) != without_dates(name) and other not in present),
                        None)
        return told

    def say(self, remark: str) -> None:
        """Say once what was decided without asking."""
        self._remarks[remark] = None

    def take(self, kind: str, word: str, name: str) -> None:
        """Say, together with others of that kind, that a word is taken for the one name it fits."""
        self._taken.setdefault(kind, {})[word] = name

    def leave_out(self, place: str, what: str, reason: str, records: int = 0) -> None:
        """Say what is not read, and why."""
        self._left_out[LeftOut(place, what, reason, records)] = None

    def intake(self) -> Intake:
        """All of it: at most ten open questions, most consequential first; of the others what we
        took them for is said."""
        ordered = sorted(self._questions.values(), key=lambda one: (one.answered, -one.touches))
        asked = [one for one in ordered if one.answered]
        open_ = [one for one in ordered if not one.answered]
        taken = [f"Short names that fit one {kind} only: " + formats.listed(
            [f"“{formats.clipped(word, _SHOWN)}” is {formats.clipped(name, _SHOWN)}"
             for word, name in names.items()], most=_NAMED) + "."
            for kind, names in self._taken.items()]
        remarks = [*self._remarks, *taken, *(f"{one.text} Taken for: {one.options[one.guess]}."
                                     for one in open_[MOST_QUESTIONS:])]
        return Intake(tuple(self.found), (*open_[:MOST_QUESTIONS], *asked), tuple(self.columns),
                      tuple(self._left_out), tuple(remarks), tuple(sorted(
                          self._decided.values(), key=lambda one: -one.touches)))

    def problems(self) -> list[pd.DataFrame]:
        """A problem for each answer in the settings that is no option."""
        return [problems("warning", "bad_value", "settings", "expected one of "
                         f"{formats.listed(list(options), most=_NAMED)}; our guess was taken",
                         origin="answers", column=key, values=[answer])
                for key, answer in self.bad_answers.items()
                for options in [{**self._decided, **self._questions}[key].options]]


def _of_dated_names(answers: Mapping[str, str]) -> dict[tuple[str, str], dict[str, str]]:
    """The answers about columns and sheets that have a date in their name: what they are and the
    name without it → the name → the answer."""
    result: dict[tuple[str, str], dict[str, str]] = {}
    for key, answer in answers.items():
        kind, _, name = key.partition(":")
        undated = without_dates(name)
        if undated and undated != normalise_name(name):
            result.setdefault((kind.strip(), undated), {})[normalise_name(name)] = answer
    return result
