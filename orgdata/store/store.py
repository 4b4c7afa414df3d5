"""The store, which keeps what has to last between sessions of the dashboard.

    with Store.open("sqlite:///var/orgdata.sqlite") as store:
        evaluation = evaluate(portfolio, day, store, key)
        store.decide(Decision(key, "Name an owner", day, "Ada", datetime.now(UTC)))

`source` is always the key that `source_key` returns. Times are passed in; every method raises
StoreError when the database fails, and then changes nothing. Rows that this version cannot
understand are left out.
"""

from collections.abc import Collection
from dataclasses import replace
from datetime import date, datetime, timedelta
from types import TracebackType
from typing import Any, Self, TypeVar

import pandas as pd

from orgdata import formats
from orgdata.gaps import Gaps
from orgdata.gaps.points import Point
from orgdata.measures import Alignment
from orgdata.model.history import History, StoreError
from orgdata.model.portfolio import Portfolio
from orgdata.store import audit, forgetting, letters, points, reviews, snapshots
from orgdata.store import history as history_queries
from orgdata.store.audit import Audited
from orgdata.store.entries import (
    Decision,
    EntryError,
    GapChange,
    Snapshot,
    SnapshotMark,
    Taken,
    check_names,
    check_reason,
    compared_by_default,
)
from orgdata.store.kept_edits import KeptEdits
from orgdata.store.kept_sources import KeptSources
from orgdata.store.kept_tokens import KeptTokens
from orgdata.store.left_out import left_out
from orgdata.store.opening import open_engine, reading, writing

T = TypeVar("T")


class Store(KeptEdits, KeptSources, KeptTokens):
    """An open store. It may be shared by threads, and its database by processes."""

    @classmethod
    def open(cls, url: str) -> Self:
        """Open a store, created or migrated if necessary. Raises StoreError."""
        engine = open_engine(url)
        audit.note_changes(engine)
        return cls(engine)

    def close(self) -> None:
        """Close all connections."""
        self._engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None,
                 traceback: TracebackType | None) -> None:
        self.close()

    # -- snapshots ---------------------------------------------------------------------------------

    def take(self, source: str, alignment: Alignment, gaps: Gaps, at: datetime,
             only_first: bool = False) -> Taken:
        """Store a snapshot of an evaluated portfolio, once per day and content; or only the first
        of a day."""
        with writing(self._engine) as connection:
            return snapshots.take(connection, source, alignment, gaps, at, only_first)

    def snapshots(self, source: str, until: date | None = None,
                  at: datetime | None = None) -> list[Snapshot]:
        """The snapshots of a source, up to a day if given, oldest first; or as they were known at
        an earlier moment."""
        with reading(self._engine) as connection:
            return snapshots.list_snapshots(connection, source, until, at)

    def snapshot(self, snapshot_id: int) -> Snapshot:
        """The snapshot with this id. Raises StoreError if there is none."""
        with reading(self._engine) as connection:
            return self._existing(snapshots.read_snapshot(connection, snapshot_id), snapshot_id)

    def points(self, snapshots: Collection[Snapshot]) -> dict[int, Point]:
        """The figures of snapshots by their numbers; those taken by an earlier version have
        none."""
        with reading(self._engine) as connection:
            return points.of_snapshots(connection, snapshots)

    def snapshot_before(self, source: str, day: date,
                        since: int | date | None = None) -> Snapshot | None:
        """The snapshot to compare a day with: of a number, the last one up to a date, or that of
        the last closed review before the day (without any, the last one before it). StoreError
        where one that is asked for is missing."""
        if since is None:
            return compared_by_default(self.snapshots(source, day), day)
        if isinstance(since, int):
            snapshot = self.snapshot(since)
        elif snapshots := self.snapshots(source, since):
            snapshot = snapshots[-1]
        else:
            raise StoreError("the store has no snapshot of this source on "
                             f"{formats.day(since)} or before")
        if snapshot.day > day:
            raise StoreError(f"snapshot {snapshot.id} is of {formats.day(snapshot.day)}, which is "
                             f"after {formats.day(day)}")
        return snapshot

    def mark(self, mark: SnapshotMark) -> SnapshotMark:
        """Say of a snapshot that it closes a review, how it is labelled, or that it is
        withdrawn."""
        with writing(self._engine) as connection:
            self._existing(snapshots.read_snapshot(connection, mark.snapshot_id), mark.snapshot_id)
            return reviews.add(connection, mark)

    def portfolio(self, snapshot_id: int) -> Portfolio:
        """The portfolio in a snapshot. Raises StoreError if there is no such snapshot."""
        with reading(self._engine) as connection:
            return self._existing(snapshots.read_portfolio(connection, snapshot_id), snapshot_id)

    def _existing(self, value: T | None, snapshot_id: int) -> T:
        if value is None:
            raise StoreError(f"the store has no snapshot {snapshot_id}")
        return value

    def gaps_of(self, snapshot_id: int) -> pd.DataFrame:
        """Key, code and severity of the gaps of a snapshot."""
        with reading(self._engine) as connection:
            return snapshots.gaps_of(connection, snapshot_id)

    def last_seen(self, source: str, key: str, until: date) -> date | None:
        """The day of the last snapshot up to a day in which a gap was found."""
        with reading(self._engine) as connection:
            return snapshots.last_seen(connection, source, key, until)

    def history(self, source: str, day: date, at: datetime | None = None) -> History:
        """The history of a source up to a day, for `find_gaps` and the pages; or as it was known at
        an earlier moment."""
        with reading(self._engine) as connection:
            return history_queries.history(connection, source, day, at)

    def revision(self) -> str:
        """A text that changes whenever the content does, as a key for caches."""
        with reading(self._engine) as connection:
            return history_queries.revision(connection)

    def left_out(self, source: str) -> list[str]:
        """What is known of a source, and which sources are saved, in a way that this version
        cannot understand, counted in words: it is left out everywhere else."""
        with reading(self._engine) as connection:
            return left_out(connection, source)

    # -- audit -------------------------------------------------------------------------------------

    def note(self, entry: Audited, keep: timedelta) -> None:
        """Note that somebody did something; what is older than is kept is dropped."""
        with writing(self._engine) as connection:
            audit.note(connection, entry, keep)

    def audit(self, since: datetime, most: int = 10_000) -> list[Audited]:
        """What was done since a moment, the latest first, at most so many."""
        with reading(self._engine) as connection:
            return audit.log(connection, since, most)

    def forget(self, person: str) -> dict[str, int]:
        """Take a person's name out of all entries, which stay; returns in how many rows of each
        table it stood."""
        with writing(self._engine) as connection:
            return forgetting.forget(connection, person)

    # -- reviews -----------------------------------------------------------------------------------

    def change_gap(self, change: GapChange) -> GapChange:
        """Give a gap a new state, which replaces the one before. Raises Stale where somebody else
        gave it one since the entry that the change has `seen`."""
        with writing(self._engine) as connection:
            return reviews.change_gap(connection, change)

    def states(self, source: str) -> dict[str, GapChange]:
        """The current state of each gap that has one, by key."""
        with reading(self._engine) as connection:
            return reviews.states(connection, source)

    def gap_log(self, source: str, key: str | None = None) -> list[GapChange]:
        """All state changes of the gaps of a source, or of one gap, oldest first."""
        with reading(self._engine) as connection:
            return reviews.gap_log(connection, source, key)

    def decide(self, decision: Decision, again: bool = False) -> Decision:
        """Add a decision or a to-do, and return it with its id. Raises Duplicate where the same
        one was recorded a moment ago, unless it is to be recorded again."""
        with writing(self._engine) as connection:
            added = reviews.decide(connection, decision, again)
            if decision.done_on and added.id:
                reviews.change_decision(connection, added.id, "done", decision.by, decision.at,
                                        done_on=decision.done_on)
                added = replace(added, done_on=decision.done_on, done_by=decision.by)
            return added

    def finish(self, decision_id: int, done_on: date, by: str, at: datetime) -> None:
        """Mark a decision as done. Raises EntryError where somebody else did, and says who."""
        self._change(decision_id, "done", by, at, done_on=done_on)

    def reopen(self, decision_id: int, by: str, at: datetime) -> None:
        """Mark a decision as not done after all."""
        self._change(decision_id, "reopened", by, at)

    def move(self, decision_id: int, owner: str | None, due: date | None, by: str,
             at: datetime) -> None:
        """Give a decision another owner and due date."""
        self._change(decision_id, "moved", by, at, owner=owner, due=due)

    def withdraw(self, decision_id: int, reason: str, by: str, at: datetime) -> None:
        """Withdraw a decision, for a reason. Raises EntryError without one."""
        check_reason(reason, "withdrawing a decision")
        self._change(decision_id, "withdrawn", by, at, reason=reason)

    def decisions(self, source: str, open_on: date | None = None,
                  at: datetime | None = None) -> list[Decision]:
        """Decisions and to-dos in their current state, or that of an earlier moment, oldest first;
        or those open on a day."""
        with reading(self._engine) as connection:
            decisions = reviews.all_decisions(connection, source, at)
        return decisions if open_on is None else reviews.open_decisions(decisions, open_on)

    def _change(self, decision_id: int, change: str, by: str, at: datetime,
                **values: Any) -> None:
        check_names(by, values.get("owner"))
        with writing(self._engine) as connection:
            decision = reviews.read_decision(connection, decision_id)
            if decision is None:
                raise StoreError(f"the store {self.name} has no decision {decision_id}")
            if change == "done" and decision.done_by:
                raise EntryError(f"it is done already, says {decision.done_by}")
            reviews.change_decision(connection, decision_id, change, by, at, **values)

    # -- letters of the week -----------------------------------------------------------------------

    def claim_letter(self, source: str, kind: str, person: str, week: str, day: date,
                     at: datetime) -> bool:
        """Note that a letter goes out now; False where it did already, or another one to the same
        person that day."""
        with writing(self._engine) as connection:
            return letters.claim(connection, source, kind, person, week, day, at)

    def release_letter(self, source: str, kind: str, person: str, week: str) -> None:
        """Take back that a letter goes out: it could not be sent."""
        with writing(self._engine) as connection:
            letters.release(connection, source, kind, person, week)
