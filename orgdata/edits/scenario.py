"""A scenario: named changes that count only where it is chosen (METHOD section 7).

It is kept as edits, never as a copy of what they change, so it follows the source.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from orgdata.edits.edit import Edit, EditError, check_text

MOST_STEPS = 100
MOST_EDITS = 10_000  # of all steps
MOST_NAME = 80  # characters


@dataclass(frozen=True)
class Step:
    """One thing that people would do: a verb with what it takes, and the edits it came to when it
    was put in. Switched off it stays in the list and does not count."""

    verb: str  # of `VERBS`, or "" for cells that were set one by one
    arguments: Mapping[str, str]
    edits: tuple[Edit, ...]
    on: bool = True

    @property
    def record(self) -> dict[str, Any]:
        """The step as plain values for JSON."""
        return {"verb": self.verb, "arguments": dict(self.arguments), "on": self.on,
                "edits": [edit.record for edit in self.edits]}

    @classmethod
    def of(cls, record: Mapping[str, Any]) -> "Step":
        """The step of a record. Raises EditError for what is none."""
        try:
            verb, arguments, edits, on = (record[name] for name in ("verb", "arguments", "edits",
                                                                    "on"))
            step = cls(verb, dict(arguments), tuple(map(Edit.of, edits)), on is True)
        except (KeyError, TypeError, ValueError) as error:
            raise EditError(f"it is no step of a scenario: {error}") from None
        for text in (verb, *step.arguments.values()):
            check_text("what is done", text)
        return step


def read_steps(record: Mapping[str, Any]) -> tuple[Step, ...]:
    """The steps of a scenario as they are kept. Raises EditError for what are none."""
    steps = record.get("steps")
    if not isinstance(steps, list):
        raise EditError("they are no steps of a scenario")
    return checked(tuple(map(Step.of, steps)))


def checked(steps: tuple["Step", ...]) -> tuple["Step", ...]:
    """The steps of one scenario. Raises EditError where they are, or change, too many."""
    if len(steps) > MOST_STEPS:
        raise EditError(f"a scenario has at most {MOST_STEPS} changes")
    if sum(len(step.edits) for step in steps) > MOST_EDITS:
        raise EditError(f"a scenario changes at most {MOST_EDITS:,} rows")
    return steps


@dataclass(frozen=True)
class Scenario:
    """Steps under a name, which count where it is chosen."""

    name: str
    steps: tuple[Step, ...] = ()

    @property
    def edits(self) -> tuple[Edit, ...]:
        """What the steps that are switched on change, in their order."""
        return _edits(self.steps)

    def only(self, place: int) -> tuple[Edit, ...]:
        """The edits of one step alone."""
        return self.steps[place].edits

    def without(self, place: int) -> tuple[Edit, ...]:
        """The edits of all steps that are switched on but one."""
        return _edits([step for other, step in enumerate(self.steps) if other != place])

    def switched(self, place: int, on: bool) -> "Scenario":
        """The scenario with one step switched on or off."""
        return replace(self, steps=tuple(replace(step, on=on) if other == place else step
                                         for other, step in enumerate(self.steps)))

    def with_step(self, step: Step) -> "Scenario":
        """The scenario with one more step. Raises EditError where there are enough."""
        return replace(self, steps=checked((*self.steps, step)))

    def without_step(self, place: int) -> "Scenario":
        """The scenario less one step."""
        return replace(self, steps=self.steps[:place] + self.steps[place + 1:])


def _edits(steps: Sequence[Step]) -> tuple[Edit, ...]:
    def all_of_them() -> Iterator[Edit]:
        for step in steps:
            if step.on:
                yield from step.edits

    return tuple(all_of_them())
