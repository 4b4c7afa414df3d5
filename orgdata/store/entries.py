"""What goes into a store and comes out of it: plain values, checked when they are made."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal, get_args

State = Literal["open", "acknowledged", "planned", "accepted", "resolved"]
Kind = Literal["decision", "todo"]
Answer = Literal["confirmed", "declined", "rewritten"]
STATES: tuple[State, ...] = get_args(State)


class EntryError(ValueError):
    """Something to be remembered lacks what it needs; one line for the person who typed it."""


def _wants(holds: object, said: str) -> None:
    if not holds:
        raise EntryError(said)


def _said(text: str | None) -> bool:
    return bool(text and text.strip())


@dataclass(frozen=True)
class Snapshot:
    """A portfolio as it was judged on a day; its tables are read by `Store.portfolio`."""

    id: int
    source: str
    day: date
    taken_at: datetime
    fingerprint: str
    method: str
    headlines: Mapping[str, Any]  # as in the report, the counts of gaps by severity among them


@dataclass(frozen=True)
class Taken:
    """The snapshot of a portfolio, and whether it is new: one of the same day and content is not
    kept twice."""

    snapshot: Snapshot
    new: bool


@dataclass(frozen=True)
class GapChange:
    """What somebody says of a gap: the whole of its state from then on."""

    source: str
    key: str
    state: State
    by: str
    at: datetime
    owner: str | None = None
    due: date | None = None
    until: date | None = None  # of an accepted one: when it has to be looked at again
    reason: str | None = None
    id: int | None = None  # given by the store

    def __post_init__(self) -> None:
        _wants(self.state in STATES, f"a gap is {', '.join(STATES[:-1])} or {STATES[-1]}")
        _wants(_said(self.by), "say who you are: a name is kept with every entry")
        if self.state == "accepted":
            _wants(self.until and _said(self.reason),
                   "accepting a gap needs a reason, and a date until which it holds")


@dataclass(frozen=True)
class Decision:
    """A decision or a to-do, with who does it by when. Done from `done_on`."""

    source: str
    text: str
    made_on: date
    by: str
    at: datetime
    kind: Kind = "decision"
    owner: str | None = None
    due: date | None = None
    gap_key: str | None = None
    done_on: date | None = None
    done_by: str | None = None
    id: int | None = None  # given by the store

    def __post_init__(self) -> None:
        _wants(self.kind in get_args(Kind), "expected a decision or a to-do")
        _wants(_said(self.text), "say what was decided, or what is to be done")
        _wants(_said(self.by), "say who you are: a name is kept with every entry")

    def open_on(self, day: date) -> bool:
        """Whether it was still to be done on a day."""
        return self.done_on is None or self.done_on > day

    def late_on(self, day: date) -> bool:
        """Whether it was still to be done on a day, and due before it."""
        return self.open_on(day) and self.due is not None and self.due < day


@dataclass(frozen=True)
class Confirmation:
    """What a product manager says of a role sentence, or an outcome's owner of a link.

    `text` is the sentence as it was confirmed or rewritten; of a link, a remark.
    """

    source: str
    kind: Literal["role", "link"]
    product_id: str
    answer: Answer
    by: str
    on: date
    outcome_id: str | None = None
    text: str | None = None
    id: int | None = None  # given by the store

    def __post_init__(self) -> None:
        _wants(_said(self.by), "say who you are: a name is kept with every entry")
        if self.kind == "role":
            _wants(self.answer in ("confirmed", "rewritten"), "a role is confirmed or rewritten")
            _wants(_said(self.text), "a role is confirmed or rewritten as a sentence")
        else:
            _wants(self.kind == "link", "expected a role or a link")
            _wants(self.answer in ("confirmed", "declined"), "a link is confirmed or declined")
            _wants(self.outcome_id, "a link needs its outcome")


@dataclass(frozen=True)
class KeptSource:
    """Files that were handed over, kept under a name with the settings.toml that reads them.
    Without files: it was let go of."""

    name: str
    files: Mapping[str, bytes] = field(repr=False)
    settings: str
    by: str
    at: datetime
    id: int | None = None  # given by the store

    def __post_init__(self) -> None:
        _wants(_said(self.name), "give it a name, under which it stands in the menu")
        _wants(_said(self.by), "say who you are: a name is kept with every entry")
