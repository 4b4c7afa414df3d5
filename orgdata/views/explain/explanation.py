"""What an explanation is: facts with their formula, the values in it and the result.

Pages, documents and the command line each write what they need of it; the words are never parsed
again.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

from orgdata import formats
from orgdata.views.vocabulary import ALIGNED, CHECK, CHECKED

Result: TypeAlias = str | float | None
KEPT_IN = "Where this is kept"  # what follows is for those who keep the data, in our own names


@dataclass(frozen=True)
class Fact:
    """One result and how it comes about: its name, the formula in words with places for the values,
    the values as text, and the result: a number, a state, or None where it is unknown."""

    name: str
    result: Result
    formula: str
    inputs: Mapping[str, str]

    @property
    def words(self) -> str:
        """The formula in words with its values filled in."""
        return self.formula.format(**self.inputs)


def fact(name: str, result: Result, formula: str, /, **inputs: object) -> Fact:
    """A fact with its values as text."""
    return Fact(name, result, formula, {key: str(value) for key, value in inputs.items()})


@dataclass(frozen=True)
class Explanation:
    """A key result, an outcome or a cell of the matrix explained: fact by fact."""

    facts: tuple[Fact, ...]

    @property
    def lines(self) -> list[str]:
        """Each fact as a sentence."""
        return [fact.words for fact in self.facts]


@dataclass(frozen=True)
class ProductExplanation:
    """A product explained: whether it is aligned, and its five checks, each with its reason."""

    name: str
    state: str  # of vocabulary.ALIGNED
    passed: int
    applicable: int
    checks: tuple[Fact, ...]  # each with a state of vocabulary.CHECKED
    corrected: tuple[Fact, ...] = ()  # that cells behind them are corrected here

    @property
    def verdict(self) -> str:
        """How many of the checks that apply pass, and how many are unknown."""
        unknown = sum(check.result == "unknown" for check in self.checks)
        return f"{self.passed} of {self.applicable} checks pass" + (
            f", {unknown} unknown." if unknown else ".")

    @property
    def failing(self) -> list[str]:
        """The checks that fail, each as a sentence."""
        return [check_sentence(check) for check in self.checks if check.result == "fails"]

    @property
    def lines(self) -> list[str]:
        """The verdict and each check as sentences."""
        return [f"{self.name} is {ALIGNED[self.state].label}: {self.verdict}",
                *map(check_sentence, self.checks), *(fact.words for fact in self.corrected)]


def check_sentence(check: Fact) -> str:
    """A check with how it is and why: “Has a PM: no – no PM is assigned today.”"""
    return (f"{formats.sentence_case(CHECK[check.name].label)}: "
            f"{CHECKED[str(check.result)].label} – {check.words}.")


@dataclass(frozen=True)
class GapExplanation:
    """A gap explained: its question and message, the grounds for them, and the next step."""

    question: str
    message: str
    grounds: tuple[Fact, ...]  # the evidence, the object, how severe it is, when the rule fires
    who: str
    next_step: str
    kept_in: str  # where what settles it is kept, in our own names; "" where nowhere in the data

    @property
    def evidence(self) -> list[str]:
        """The grounds, each as a sentence."""
        return [fact.words for fact in self.grounds]

    @property
    def lines(self) -> list[str]:
        """The whole explanation as sentences."""
        return [f"{self.question} {self.message}", *self.evidence,
                f"Next step ({self.who}): {self.next_step}"]

    @property
    def with_place(self) -> list[str]:
        """The whole explanation, and for those who keep the data where it is kept."""
        return [*self.lines, *([f"{KEPT_IN}: {self.kept_in}"] if self.kept_in else [])]
