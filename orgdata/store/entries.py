"""The entries of a store as plain values.

What somebody typed is checked before it is stored (`check`), and bounded: it is shown to everybody.
What is read from a store is not: an entry that lacks something is shown as it is.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any, Literal, get_args

from orgdata import formats
from orgdata.store.names import MOST_TITLE, plain_name

State = Literal["open", "acknowledged", "planned", "accepted", "resolved"]
Kind = Literal["decision", "todo"]
DecisionChange = Literal["done", "reopened", "moved", "withdrawn"]
Mark = Literal["review", "label", "withdrawn", "restored"]
ProposalAnswer = Literal["accepted", "declined", "withdrawn"]
MOST_NAME = 200  # characters of a person's name
MOST_TEXT = 2_000  # of a decision, a reason, a sentence
STATES: tuple[State, ...] = get_args(State)


class EntryError(ValueError):
    """An entry lacks something required; the message is one line for the person who typed it."""


def author(by: str, signed: bool | None) -> str:
    """The name of an entry; one that was typed without a sign-in is only said."""
    return by if signed else f"{by} (said to be)"


def _require(condition: object, message: str) -> None:
    if not condition:
        raise EntryError(message)


def _is_filled(text: str | None) -> bool:
    return bool(text and text.strip())


def check_names(by: str, owner: str | None = None) -> None:
    """Refuse an entry of nobody, and names of endless length. Raises EntryError."""
    _require(by and plain_name(by), "say who you are, since a name is kept with every entry")
    _require(max(len(by), len(owner or "")) <= MOST_NAME,
             f"a person's name has at most {MOST_NAME:,} characters here")


def check_reason(reason: str | None, what: str) -> None:
    """Refuse what needs a reason and has none, or an endless one. Raises EntryError."""
    _require(_is_filled(reason), f"{what} needs a reason")
    check_length(reason, "a reason")


def check_length(text: str | None, what: str) -> None:
    """Refuse an endless text. Raises EntryError."""
    _require(len(text or "") <= MOST_TEXT, f"{what} has at most {MOST_TEXT:,} characters here; "
             f"yours has {len(text or ''):,}")


@dataclass(frozen=True)
class Snapshot:
    """A portfolio as evaluated on a day; its tables are read by `Store.portfolio`.

    It may be that of a review that was closed, bear a label, and be withdrawn for a reason: then
    nothing is compared with it by default.
    """

    id: int
    source: str
    day: date
    taken_at: datetime
    fingerprint: str
    method: str
    headlines: Mapping[str, Any]  # as in the report, with the counts of gaps by severity
    closed_at: datetime | None = None  # of a review: when it was closed
    closed_by: str | None = None
    label: str | None = None
    withdrawn: str | None = None  # why

    @property
    def seen_at(self) -> datetime:
        """When people saw it: the moment its review was closed, else that it was taken."""
        return self.closed_at or self.taken_at

    @property
    def title(self) -> str:
        """What it is, for people: the review or the snapshot of a day, with its label."""
        what = formats.day(self.day)
        what = f"Review of {what}" if self.closed_at else f"{what} (snapshot {self.id})"
        return f"{what} · {self.label}" if self.label else what


def compared_by_default(snapshots: Iterable[Snapshot], day: date) -> Snapshot | None:
    """Of snapshots from the oldest, the one to compare a day with: that of the last closed review
    before the day; without any, the last snapshot before it. None is withdrawn."""
    earlier = [snapshot for snapshot in snapshots
               if snapshot.day < day and snapshot.withdrawn is None]
    closed = [snapshot for snapshot in earlier if snapshot.closed_at is not None]
    return next(reversed(closed or earlier), None)


@dataclass(frozen=True)
class SnapshotMark:
    """What somebody says of a snapshot: that it closes a review, its label, or that it is withdrawn
    (or restored). `text`: the label, or the reason."""

    snapshot_id: int
    mark: Mark
    by: str
    at: datetime
    text: str | None = None
    id: int | None = None  # given by the store
    signed: bool | None = None  # whether who made it had signed in; said by the store

    def check(self) -> None:
        """Raises EntryError for what is missing or too long."""
        check_names(self.by)
        check_length(self.text, "a reason")
        _require(self.mark in get_args(Mark), "a snapshot is of a review, labelled or withdrawn")
        if self.mark == "label":
            _require(_is_filled(self.text), "give it a label")
            _require(len(self.text or "") <= MOST_TITLE,
                     f"a label has at most {MOST_TITLE} characters here")
        if self.mark == "withdrawn":
            check_reason(self.text, "withdrawing a review")


@dataclass(frozen=True)
class Taken:
    """The snapshot of a portfolio, and whether it is new: the same content is stored only once a
    day."""

    snapshot: Snapshot
    new: bool
    differs: bool = False  # it is another one of that day, and only the first was to be stored


@dataclass(frozen=True)
class GapChange:
    """A new state of a gap, set by somebody; it replaces the previous state as a whole."""

    source: str
    key: str
    state: State
    by: str
    at: datetime
    owner: str | None = None
    due: date | None = None
    until: date | None = None  # of an accepted gap: when to review it again
    reason: str | None = None
    id: int | None = None  # given by the store
    seen: int | None = None  # the id of the entry that its form was filled from; 0: of none
    signed: bool | None = None  # whether who made it had signed in; said by the store

    @property
    def author(self) -> str:
        """Who made it, and whether that is only said."""
        return author(self.by, self.signed)

    def check(self) -> None:
        """Raises EntryError for what is missing or too long."""
        _require(self.state in STATES, f"a gap is {', '.join(STATES[:-1])} or {STATES[-1]}")
        check_names(self.by, self.owner)
        check_length(self.reason, "a reason")
        if self.state == "accepted":
            _require(self.until and _is_filled(self.reason),
                     "accepting a gap needs a reason, and a date until which it holds")
        if self.state == "resolved":
            _require(_is_filled(self.reason), "resolving a gap needs a reason: what was done")


class Stale(EntryError):
    """Somebody else changed a gap since the form for it was filled."""

    def __init__(self, latest: GapChange) -> None:
        super().__init__(f"{latest.by} changed this gap meanwhile")
        self.latest = latest


class Duplicate(EntryError):
    """The same decision was recorded a moment ago."""


_NOTHING_SAID = GapChange("", "", "open", "", datetime.min)


def merged(base: GapChange | None, mine: GapChange, theirs: GapChange,
           prefer: Literal["mine", "theirs"]) -> GapChange:
    """Two changes of a gap from the same base as one: what only one of them touched stays, and
    where both touched a field the preferred one counts."""
    def touched(entry: GapChange) -> dict[str, Any]:
        return {name: getattr(entry, name) for name in ("state", "owner", "due", "until", "reason")
                if getattr(entry, name) != getattr(base or _NOTHING_SAID, name)}

    fields = touched(mine)
    if prefer == "theirs":
        fields = {name: value for name, value in fields.items() if name not in touched(theirs)}
    return replace(theirs, by=mine.by, at=mine.at, id=None, seen=theirs.id, **fields)


@dataclass(frozen=True)
class Decision:
    """A decision or a to-do with its owner and due date; done from `done_on` on, unless it was
    withdrawn for a reason. `moved_from`: its earlier due dates, oldest first."""

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
    moved_from: tuple[date | None, ...] = ()
    withdrawn: str | None = None  # why
    withdrawn_by: str | None = None
    withdrawn_at: datetime | None = None
    expected: Mapping[str, Sequence[float]] | None = None  # headline → was, and expected to become
    signed: bool | None = None  # whether who made it had signed in; said by the store

    @property
    def author(self) -> str:
        """Who made it, and whether that is only said."""
        return author(self.by, self.signed)

    def check(self) -> None:
        """Raises EntryError for what is missing or too long."""
        _require(self.kind in get_args(Kind), "expected a decision or a to-do")
        _require(_is_filled(self.text), "say what was decided, or what is to be done")
        check_length(self.text, "a decision")
        check_names(self.by, self.owner)

    def open_on(self, day: date) -> bool:
        """Whether it was not done yet on a day, and is not withdrawn."""
        return self.withdrawn is None and (self.done_on is None or self.done_on > day)

    def late_on(self, day: date) -> bool:
        """Whether it was not done yet on a day, and due before it."""
        return self.open_on(day) and self.due is not None and self.due < day

    def state_on(self, day: date) -> Literal["late", "open", "done", "withdrawn"]:
        """How it stood on a day."""
        if self.withdrawn is not None:
            return "withdrawn"
        return "late" if self.late_on(day) else "open" if self.open_on(day) else "done"


@dataclass(frozen=True)
class SavedSource:
    """Uploaded files saved under a name, with the settings.toml that maps them."""

    name: str
    files: Mapping[str, bytes] = field(repr=False)
    settings: str
    by: str
    at: datetime
    id: int | None = None  # given by the store

    def check(self) -> None:
        """Raises EntryError for what is missing or too long."""
        _require(plain_name(self.name), "give it a name, under which it stands in the menu")
        _require(len(plain_name(self.name)) <= MOST_TITLE,
                 f"the name of a source has at most {MOST_TITLE} characters; this one has "
                 f"{len(plain_name(self.name)):,}")
        _require(self.files, "there is no file to keep")
        check_names(self.by)
