"""Areas in which somebody wants to grow: at most three, two words each, and one action with a date.

The words say where somebody wants to go. They are no grades: nothing adds them up, compares two
people by them, or works them out from a portfolio.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date

from orgdata.formats import plain

MOST_AREAS = 3
MOST_TEXT = 300  # characters of an action, and of where it can be practised
HEADINGS = {"execution": "Execution", "insight": "Customer insight", "strategy": "Strategy",
            "influence": "Influence"}
NEED = {"little": "little", "some": "some", "much": "much"}  # how much their product needs it
NOW = {"learning": "learning", "doing": "doing", "teaching": "teaching"}  # where they are


@dataclass(frozen=True)
class AreaKind:
    """An area to choose: under which heading, its name, and what to ask oneself."""

    heading: str
    name: str
    question: str


AREAS: Mapping[str, AreaKind] = {
    "specifying": AreaKind("execution", "Saying what to build", "Does everybody who builds it "
                           "know what is wanted, and what is not?"),
    "delivering": AreaKind("execution", "Getting it delivered", "Does what was promised arrive "
                           "when it was promised?"),
    "quality": AreaKind("execution", "Keeping quality", "Would I notice that something got worse "
                        "before customers do?"),
    "data": AreaKind("insight", "Working with data", "Which number would change my mind, and do "
                     "I have it?"),
    "customers": AreaKind("insight", "Hearing customers", "When did I last hear a customer, and "
                          "what did I change for it?"),
    "experience": AreaKind("insight", "Shaping the experience", "Can I say why one way is easier "
                           "for customers than another?"),
    "outcomes": AreaKind("strategy", "Owning a result", "Can I say what my work moves for the "
                         "company, and by how much?"),
    "direction": AreaKind("strategy", "Setting a direction", "Could others say where we are going, "
                          "and what we leave out?"),
    "money": AreaKind("strategy", "Thinking in money", "Do I know what it costs, what it brings "
                      "in, and why that is worth it?"),
    "partners": AreaKind("influence", "Working with other functions", "Do they and I expect the "
                         "same of each other?"),
    "leading": AreaKind("influence", "Leading a team", "Does the team decide well when I am not "
                        "there?"),
    "upwards": AreaKind("influence", "Working with leadership", "Do those above me hear what they "
                        "need from me, early enough to act?"),
}


class AreaError(Exception):
    """What somebody entered cannot be kept; one clear line for them."""


@dataclass(frozen=True)
class Area:
    """One area that somebody chose."""

    area: str  # a key of AREAS
    need: str  # of NEED
    now: str  # of NOW
    chosen_on: date
    action: str = ""
    by: date | None = None
    practise: str = ""  # what in their product would let them
    shared_with: str = ""  # the address of the manager who may see it; "" nobody

    @property
    def kind(self) -> AreaKind:
        """What the area is."""
        return AREAS[self.area]


@dataclass(frozen=True)
class Growth:
    """All that is kept of one person, who is known by their address."""

    address: str
    name: str  # as the data called them when it was kept: by it they can be forgotten
    changed_on: date
    areas: tuple[Area, ...] = ()


def checked(areas: Iterable[Area]) -> tuple[Area, ...]:
    """Areas as they are kept, on one line each. Raises AreaError where they cannot be."""
    kept = tuple(areas)
    if len(kept) > MOST_AREAS:
        raise AreaError("three areas at most, so that there is time for each of them: take one "
                        f"away before you choose “{kept[-1].kind.name}”")
    if len({one.area for one in kept}) < len(kept):
        raise AreaError("that area is chosen already")
    for one in kept:
        if one.need not in NEED or one.now not in NOW:
            raise AreaError("say how much your product needs it, and where you are")
        if bool(one.action.strip()) != (one.by is not None):
            raise AreaError("an action needs a day by which it is done, and a day needs an action")
        if max(len(one.action), len(one.practise)) > MOST_TEXT:
            raise AreaError(f"keep a text to {MOST_TEXT} characters")
    return tuple(replace(one, action=plain(one.action).strip(),
                         practise=plain(one.practise).strip()) for one in kept)


def to_text(growth: Growth) -> str:
    """What is kept of a person as one text."""
    return json.dumps(asdict(growth), ensure_ascii=False, default=date.isoformat)


def of_text(text: str) -> Growth:
    """What is kept of a person. Raises ValueError, TypeError or KeyError where it is not that."""
    said = json.loads(text)
    areas = tuple(Area(**{**one, "chosen_on": date.fromisoformat(one["chosen_on"]),
                          "by": one["by"] and date.fromisoformat(one["by"])})
                  for one in said.pop("areas"))
    for one in areas:
        one.kind  # noqa: B018  an area that this version does not know is a KeyError here
    return Growth(**{**said, "changed_on": date.fromisoformat(said["changed_on"])}, areas=areas)
