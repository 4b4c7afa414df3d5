"""The store: what the dashboard remembers between two looks at the data.

    with Store.open("sqlite:///var/orgdata.sqlite") as store:
        store.take(key, alignment, gaps, at=datetime.now(UTC))
        gaps = find_gaps(alignment, store.history(key, day))

`source` is everywhere the key that `source_key` gives. Times are passed in; every method raises
StoreError when the database fails, and leaves what was there before as it was.
"""

from dataclasses import replace
from datetime import date, datetime
from types import TracebackType
from typing import Self, TypeVar

import pandas as pd
from sqlalchemy.engine import Engine

from orgdata.gaps import Gaps
from orgdata.measures import Alignment
from orgdata.model.history import History, StoreError
from orgdata.model.portfolio import Portfolio
from orgdata.store import history as remembered
from orgdata.store import reviews, snapshots, uploads
from orgdata.store.entries import (
    Confirmation,
    Decision,
    EntryError,
    GapChange,
    KeptSource,
    Snapshot,
    Taken,
)
from orgdata.store.opening import open_engine, reading, shown, writing

T = TypeVar("T")


class Store:
    """An open store. Safe to share between threads, and with other processes."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @classmethod
    def open(cls, url: str) -> Self:
        """Open a store, made or brought to the newest form where needed. Raises StoreError."""
        return cls(open_engine(url))

    @property
    def name(self) -> str:
        """The URL as it may be shown."""
        return shown(self._engine.url)

    def close(self) -> None:
        """Let go of its connections."""
        self._engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None,
                 traceback: TracebackType | None) -> None:
        self.close()

    # -- snapshots ---------------------------------------------------------------------------------

    def take(self, source: str, alignment: Alignment, gaps: Gaps, at: datetime) -> Taken:
        """Keep a portfolio as it was judged; once per day and content."""
        with writing(self._engine) as connection:
            return snapshots.taken(connection, source, alignment, gaps, at)

    def snapshots(self, source: str, until: date | None = None) -> list[Snapshot]:
        """The snapshots of a source up to a day, oldest first."""
        with reading(self._engine) as connection:
            return snapshots.listed(connection, source, until)

    def snapshot(self, snapshot_id: int) -> Snapshot:
        """One snapshot. StoreError where there is none of this number."""
        with reading(self._engine) as connection:
            return self._there(snapshots.one(connection, snapshot_id), snapshot_id)

    def portfolio(self, snapshot_id: int) -> Portfolio:
        """The portfolio that a snapshot keeps. StoreError where there is none of this number."""
        with reading(self._engine) as connection:
            return self._there(snapshots.portfolio(connection, snapshot_id), snapshot_id)

    def _there(self, found: T | None, snapshot_id: int) -> T:
        if found is None:
            raise StoreError(f"the store {self.name} has no snapshot {snapshot_id}")
        return found

    def gaps_of(self, snapshot_id: int) -> pd.DataFrame:
        """Key, code and severity of the gaps of a snapshot."""
        with reading(self._engine) as connection:
            return snapshots.gaps_of(connection, snapshot_id)

    def history(self, source: str, day: date) -> History:
        """What is remembered of a source, for `find_gaps` and the pages."""
        with reading(self._engine) as connection:
            return remembered.history(connection, source, day)

    def revision(self) -> str:
        """What identifies the present content, for caches of what is derived from it."""
        with reading(self._engine) as connection:
            return remembered.revision(connection)

    # -- what people say ---------------------------------------------------------------------------

    def say(self, change: GapChange) -> GapChange:
        """Add what somebody says of a gap; from then on it is the gap's state."""
        with writing(self._engine) as connection:
            return reviews.add(connection, change)

    def states(self, source: str) -> dict[str, GapChange]:
        """What was last said of each gap, by key."""
        with reading(self._engine) as connection:
            return reviews.states(connection, source)

    def gap_log(self, source: str, key: str | None = None) -> list[GapChange]:
        """Everything said of the gaps of a source, or of one of them, oldest first."""
        with reading(self._engine) as connection:
            return reviews.gap_log(connection, source, key)

    def decide(self, decision: Decision) -> Decision:
        """Record a decision or a to-do; the same with its number."""
        with writing(self._engine) as connection:
            uploads = reviews.add(connection, replace(decision, done_on=None, done_by=None))
            if decision.done_on and uploads.id:
                reviews.change_decision(connection, uploads.id, "done", decision.by, decision.at,
                                        done_on=decision.done_on)
                uploads = replace(uploads, done_on=decision.done_on, done_by=decision.by)
            return uploads

    def finish(self, decision_id: int, done_on: date, by: str, at: datetime) -> None:
        """Mark a decision as done."""
        self._change(decision_id, "done", by, at, done_on=done_on)

    def reopen(self, decision_id: int, by: str, at: datetime) -> None:
        """Say that a decision is not done after all."""
        self._change(decision_id, "reopened", by, at)

    def move(self, decision_id: int, owner: str | None, due: date | None, by: str,
             at: datetime) -> None:
        """Give a decision another owner and due date."""
        self._change(decision_id, "moved", by, at, owner=owner, due=due)

    def decisions(self, source: str, open_on: date | None = None) -> list[Decision]:
        """Decisions and to-dos as they stand now, oldest first; all, or those open on a day."""
        with reading(self._engine) as connection:
            found = reviews.all_decisions(connection, source)
        return found if open_on is None else reviews.open_decisions(found, open_on)

    def confirm(self, confirmation: Confirmation) -> Confirmation:
        """Record what somebody says of a role sentence or a link."""
        with writing(self._engine) as connection:
            return reviews.add(connection, confirmation)

    def confirmations(self, source: str) -> list[Confirmation]:
        """The last answer on each role and each link."""
        return reviews.latest(self.confirmation_log(source))

    def confirmation_log(self, source: str) -> list[Confirmation]:
        """Every answer, oldest first."""
        with reading(self._engine) as connection:
            return reviews.confirmation_log(connection, source)

    # -- files that were handed over ---------------------------------------------------------------

    def keep_source(self, source: KeptSource) -> KeptSource:
        """Keep files under a name, in place of what was kept under it; none: let go of it."""
        with writing(self._engine) as connection:
            return uploads.keep(connection, source)

    def source_names(self) -> dict[str, int]:
        """The names under which files are kept, each with the number of its entry."""
        with reading(self._engine) as connection:
            return uploads.names(connection)

    def source(self, name: str) -> KeptSource:
        """What is kept under a name. StoreError where nothing is."""
        with reading(self._engine) as connection:
            found = uploads.one(connection, name)
        if found is None:
            raise StoreError(f"the store {self.name} keeps nothing under the name {name!r}")
        return found

    def _change(self, decision_id: int, change: str, by: str, at: datetime,
                **what: object) -> None:
        if not by.strip():
            raise EntryError("say who you are: a name is kept with every entry")
        with writing(self._engine) as connection:
            if not reviews.exists(connection, decision_id):
                raise StoreError(f"the store {self.name} has no decision {decision_id}")
            reviews.change_decision(connection, decision_id, change, by, at, **what)

