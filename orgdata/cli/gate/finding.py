"""What a check found: problems of the data and gaps, each with its place and what it counts for."""

from dataclasses import dataclass
from typing import Literal

from orgdata.cli.gate.places import Place
from orgdata.model.accepted import Accepted

# new, worse: the base lacks it, or has it less grave · judged: the base could not tell · known: the
# base has it · found: there is no base · accepted: the settings accept it · lapsed: no longer
State = Literal["new", "worse", "judged", "known", "found", "accepted", "lapsed"]
Level = Literal["error", "warning", "note"]
_OF_SEVERITY: dict[str, Level] = {
    "critical": "warning", "high": "warning", "medium": "note", "low": "note",
    "error": "error", "warning": "warning", "information": "note"}


@dataclass(frozen=True)
class Finding:
    """A problem or a gap."""

    key: str  # the same as long as it is the same finding
    code: str  # of the rule, or of the problem
    name: str  # what the code stands for
    severity: str  # of a gap critical … low, of a problem error, warning or information
    state: State
    counts: bool  # whether the gate closes for it
    text: str
    next_step: str
    place: Place
    is_gap: bool
    accepted: Accepted | None = None  # also where that has expired

    @property
    def level(self) -> Level:
        """How loud it is said: an error is what the gate closes for, or a row that was skipped."""
        if self.state == "accepted":
            return "note"
        return "error" if self.counts else _OF_SEVERITY[self.severity]

    @property
    def is_shown(self) -> bool:
        """Whether it is listed one by one: what the base has too is only counted."""
        return self.counts or self.state != "known"
