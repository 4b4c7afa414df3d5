"""Portfolio + day + store → `Evaluation`: the only way to measures and gaps.

Pages, command line, documents and snapshots all come through here, so that they cannot disagree.

    evaluate(portfolio, day)                   without a store
    evaluate(portfolio, day, store, key)       with all that a store knows of a source
    evaluate_snapshot(store, number)           a portfolio as a snapshot holds it

Corrections made on the pages are laid over the source when it is loaded (METHOD section 7). A
snapshot is taken of the portfolio as evaluated, so it holds the corrections made until then, and
later ones do not change it.
"""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from hashlib import sha256
from typing import TYPE_CHECKING

from orgdata import METHOD_VERSION
from orgdata.gaps import Gaps, Present, find_gaps
from orgdata.measures import Alignment, align
from orgdata.model.history import History
from orgdata.model.portfolio import Portfolio

if TYPE_CHECKING:  # SQLAlchemy is slow to import, and not needed without a store
    from orgdata.store import Decision, Snapshot, Store, Taken
    from orgdata.store.entries import Mark


@dataclass(frozen=True)
class Known:
    """What a store knows of a source on a day."""

    history: History | None = None  # None: there is no store
    decisions: tuple["Decision", ...] = ()  # of every day, as they stand now
    snapshots: tuple["Snapshot", ...] = ()  # up to the day, oldest first

    @classmethod
    def of(cls, store: "Store", key: str, day: date, at: datetime | None = None) -> "Known":
        """Read from a store what it knows of a source on a day; or what it knew of it at an earlier
        moment. Raises StoreError."""
        return cls(store.history(key, day, at), tuple(store.decisions(key, at=at)),
                   tuple(store.snapshots(key, day, at)))

    @cached_property
    def fingerprint(self) -> str:
        """A hash of the content, to cache by. Earlier snapshots are part of it, so that comparisons
        with them may be cached under it too."""
        history = self.history and self.history.fingerprint
        numbers = [(snapshot.id, snapshot.title, snapshot.withdrawn)
                   for snapshot in self.snapshots]
        return sha256(repr((history, self.decisions, numbers)).encode()).hexdigest()


@dataclass(frozen=True)
class Evaluation:
    """A portfolio measured on a day, its gaps, and what a store knows of it."""

    alignment: Alignment
    gaps: Gaps
    known: Known = Known()
    method: str = METHOD_VERSION  # under which it was seen: of a snapshot that of its day

    @property
    def history(self) -> History | None:
        """Snapshots, states of gaps and open decisions; None without a store."""
        return self.known.history

    @property
    def decisions(self) -> tuple["Decision", ...]:
        """Decisions and to-dos, oldest first."""
        return self.known.decisions


def evaluate(portfolio: Portfolio, day: date, store: "Store | None" = None,
             key: str = "") -> Evaluation:
    """Measure a portfolio on a day and find its gaps, with what a store knows of it under a key.
    Raises StoreError."""
    known = Known() if store is None else Known.of(store, key, day)
    return judge(measure(portfolio, day), known)


def measure(portfolio: Portfolio, day: date) -> Alignment:
    """Measure a portfolio, with its corrections laid over it when it was loaded."""
    return align(portfolio, day)


def judge(alignment: Alignment, known: Known, method: str = METHOD_VERSION,
          present: Present | None = None) -> Evaluation:
    """Find the gaps of a measured portfolio; of a snapshot with the method it was seen under, and
    of what is `present` only those that come with history."""
    return Evaluation(alignment, find_gaps(alignment, known.history, present), known, method)


def evaluate_snapshot(store: "Store", number: int) -> Evaluation:
    """Evaluate a snapshot on its own day, with what was known when it was seen. Raises
    StoreError."""
    saved = store.snapshot(number)
    return judge(measure_snapshot(store, saved),
                 Known.of(store, saved.source, saved.day, saved.seen_at), saved.method)


def measure_snapshot(store: "Store", saved: "Snapshot") -> Alignment:
    """Measure a snapshot as it is: it holds the corrections of its day already. Raises
    StoreError."""
    return align(store.portfolio(saved.id), saved.day)


def keep(store: "Store", key: str, evaluation: Evaluation, at: datetime, by: str,
         label: str | None = None, review: bool = False) -> "Taken":
    """Save a snapshot of an evaluated portfolio and what somebody says of it: its label, and that
    it closes the review of the day, with which the next one is compared. Raises StoreError, and
    EntryError before anything is saved."""
    from orgdata.store import SnapshotMark, Taken

    said: dict[Mark, str | None] = {}
    if review:
        said["review"] = None
    if label:
        said["label"] = label
    for mark, text in said.items():
        SnapshotMark(0, mark, by, at, text).check()
    taken = snapshot(store, key, evaluation, at)
    for mark, text in said.items():
        store.mark(SnapshotMark(taken.snapshot.id, mark, by, at, text))
    return Taken(store.snapshot(taken.snapshot.id), taken.new)


def snapshot(store: "Store", key: str, evaluation: Evaluation, at: datetime,
             only_first: bool = False) -> "Taken":
    """Save a snapshot of an evaluated portfolio, once per day and content; or only the first of a
    day. Raises StoreError."""
    return store.take(key, evaluation.alignment, evaluation.gaps, at, only_first)


def evaluate_and_snapshot(store: "Store", key: str, portfolio: Portfolio, day: date,
                          at: datetime) -> Evaluation:
    """Evaluate a portfolio and save a snapshot of it. Raises StoreError.

    For a day before the latest snapshot none is saved: it would pass off today's data as those of
    that day.
    """
    evaluation = evaluate(portfolio, day, store, key)
    if not any(saved.day > day for saved in store.snapshots(key)):
        snapshot(store, key, evaluation, at)
    return evaluation
