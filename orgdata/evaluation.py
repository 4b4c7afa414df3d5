"""Portfolio + day + store → `Evaluation`: the only way to measures and gaps.

Pages, command line, documents and snapshots all come through here, so that they cannot disagree.

    evaluate(portfolio, day)                   without a store
    evaluate(portfolio, day, store, key)       with all that it knows of a source
    evaluate_snapshot(store, number)           a portfolio as it was kept

A source does not hold what was confirmed on the pages; it is laid over it. A snapshot is taken of
the portfolio as evaluated, so it holds what was confirmed until then, and what was confirmed later
does not change it.
"""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from hashlib import sha256
from typing import TYPE_CHECKING

from orgdata.gaps import Gaps, find_gaps
from orgdata.measures import Alignment, align
from orgdata.model.history import History
from orgdata.model.portfolio import Portfolio

if TYPE_CHECKING:  # SQLAlchemy is slow to import: who names no store is not to wait for it
    from orgdata.store import Confirmation, Decision, Snapshot, Store, Taken


@dataclass(frozen=True)
class Known:
    """What a store knows of a source on a day, as far as it counts there."""

    confirmations: tuple["Confirmation", ...] = ()  # the last answer on each role and link
    history: History | None = None  # None: there is no store
    decisions: tuple["Decision", ...] = ()  # all of them, as they stand now
    snapshots: tuple["Snapshot", ...] = ()  # up to the day, oldest first

    @classmethod
    def of(cls, store: "Store", key: str, day: date) -> "Known":
        """All that counts on a day. Raises StoreError."""
        return cls(tuple(store.confirmations(key, day)), store.history(key, day),
                   tuple(store.decisions(key)), tuple(store.snapshots(key, day)))

    @cached_property
    def fingerprint(self) -> str:
        """What identifies the content. It says what every earlier day was, too: whatever is made
        of this and of a snapshot before may be cached under it."""
        history = self.history and self.history.fingerprint
        numbers = [one.id for one in self.snapshots]
        return sha256(repr((self.confirmations, history, self.decisions, numbers)).encode()
                      ).hexdigest()


@dataclass(frozen=True)
class Evaluation:
    """A portfolio measured on a day, its gaps, and what was known from a store."""

    alignment: Alignment
    gaps: Gaps
    known: Known = Known()

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
    return judge(measure(portfolio, day, known), known)


def measure(portfolio: Portfolio, day: date, known: Known) -> Alignment:
    """The measures of a source, with what was confirmed laid over it."""
    if known.confirmations:
        from orgdata.store.confirmations import apply_confirmations

        portfolio = apply_confirmations(portfolio, known.confirmations)
    return align(portfolio, day)


def judge(alignment: Alignment, known: Known) -> Evaluation:
    """What was measured, with its gaps."""
    return Evaluation(alignment, find_gaps(alignment, known.history), known)


def evaluate_snapshot(store: "Store", number: int) -> Evaluation:
    """A snapshot, on its day and with what is known of the days before. Raises StoreError."""
    one = store.snapshot(number)
    return judge(measure_snapshot(store, one), Known.of(store, one.source, one.day))


def measure_snapshot(store: "Store", one: "Snapshot") -> Alignment:
    """The measures of a snapshot. It holds what was confirmed until then: nothing is laid over it
    again. Raises StoreError."""
    return align(store.portfolio(one.id), one.day)


def snapshot(store: "Store", key: str, evaluation: Evaluation, at: datetime) -> "Taken":
    """Keep a portfolio as it was evaluated, once per day and content. Raises StoreError."""
    return store.take(key, evaluation.alignment, evaluation.gaps, at)


def evaluate_and_snapshot(store: "Store", key: str, portfolio: Portfolio, day: date,
                          at: datetime) -> Evaluation:
    """Evaluate, and keep a snapshot of it. Raises StoreError.

    A day before the latest snapshot looks back and leaves none: it would pass off today's data as
    those of that day.
    """
    evaluation = evaluate(portfolio, day, store, key)
    if not any(one.day > day for one in store.snapshots(key)):
        snapshot(store, key, evaluation, at)
    return evaluation
