"""Which questions of an intake are put to a person, and the answers that next week's files need."""

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from orgdata.model.fields import normalise_name
from orgdata.model.intake import MOST_QUESTIONS, Intake, Question
from orgdata.model.settings import Settings
from orgdata.sources.intake.marks import without_dates

_HOW_TO_READ = ("answers", "exports", "tables", "columns", "values", "fixed", "currency",
                "fiscal_year_start", "confidence_scale")


@dataclass(frozen=True)
class Arranged:
    """The questions of an intake: those to put, those answered before, and those beyond ten, which
    our guess decides."""

    now: tuple[Question, ...]
    before: tuple[Question, ...]
    beyond: tuple[Question, ...]


def arrange(intake: Intake, before: Collection[str], shown: Sequence[str]) -> Arranged:
    """The questions in the order in which they were first shown, so that none jumps away once it is
    answered. `before`: the keys answered before the files came; `shown`: those shown so far."""
    place = {key: at for at, key in enumerate(shown)}
    put = sorted((one for one in intake.questions if one.key not in before),
                 key=lambda one: place.get(one.key, len(place)))
    return Arranged(tuple(put[:MOST_QUESTIONS]),
                 tuple(one for one in intake.questions if one.key in before),
                 tuple(put[MOST_QUESTIONS:]))


def with_guesses(settings: Settings, intake: Intake) -> Settings:
    """The settings with our guess for each question that is left open: who saves what is on the
    screen has seen it, so it need not be asked again."""
    guesses = {one.key: one.guess for one in intake.open_questions}
    return replace(settings, answers={**guesses, **settings.answers}) if guesses else settings


def how_to_read(settings: Settings) -> Settings:
    """What of the settings says how files of one layout are read, and nothing of what is measured
    or which ids are one: other files of that layout may tell of another portfolio."""
    return Settings(**{name: getattr(settings, name) for name in _HOW_TO_READ})


def layouts(sheets: Iterable[Sequence[str]]) -> tuple[str, ...]:
    """What tells files of the same columns: a hash of the column names of each sheet as they are,
    and one of them without dates, which next week's files have."""
    return tuple(sorted({_hash(names) for columns in sheets for names in (
        map(normalise_name, columns), {*map(without_dates, columns)})}))


def _hash(names: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(sorted(names)).encode()).hexdigest()[:16]


def most_alike(saved: Mapping[str, Settings], of_files: Collection[str]) -> str | None:
    """The name of the saved source that has most layouts in common with files; None: none has."""
    alike = {name: len({*settings.layouts} & {*of_files}) for name, settings in saved.items()}
    best = max(alike, key=lambda name: alike[name], default=None)
    return best if best is not None and alike[best] else None
