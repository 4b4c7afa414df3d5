"""The entries of reviews: states of gaps, decisions and to-dos.

Nothing is changed or deleted: entries are only added, and the last one counts. So if two people
write at once, both entries remain in the log.
"""

from collections.abc import Iterable
from dataclasses import asdict, replace
from datetime import date, datetime, timedelta
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from orgdata.store.entries import (
    Decision,
    Duplicate,
    GapChange,
    SnapshotMark,
    Stale,
)
from orgdata.store.room import ENTRIES, LOG, check_room
from orgdata.store.tables import (
    by_signed_in,
    decision_changes,
    decisions,
    gap_changes,
    snapshot_marks,
)
from orgdata.store.understood import understood

MOMENT = timedelta(minutes=10)  # within which the same decision is taken for a double click
Entry = TypeVar("Entry", GapChange, Decision, SnapshotMark)


def add(connection: Connection, entry: Entry) -> Entry:
    """Add an entry, and return it with its id. Raises EntryError for what it lacks."""
    entry.check()
    table = {GapChange: gap_changes, Decision: decisions,
             SnapshotMark: snapshot_marks}[type(entry)]
    values = {name: value for name, value in asdict(entry).items()
              if name in table.c and name not in ("id", "signed")}
    entry_id = connection.execute(sa.insert(table).values(**values).returning(
        table.c.id)).scalar_one()
    if isinstance(entry, GapChange):
        check_room(connection, table, entry.source, entry.by, "states of gaps", LOG)
    if isinstance(entry, Decision):
        check_room(connection, table, entry.source, entry.by, "decisions", ENTRIES)
    return replace(entry, id=entry_id, signed=by_signed_in())


def change_gap(connection: Connection, change: GapChange) -> GapChange:
    """Add a state of a gap. Raises Stale where a form was filled from an entry that is not the last
    one any more."""
    latest = states(connection, change.source, key=change.key).get(change.key)
    if change.seen is not None and latest and latest.id != change.seen:
        raise Stale(latest)
    return add(connection, change)


def decide(connection: Connection, decision: Decision, again: bool) -> Decision:
    """Add a decision. Raises Duplicate where the same one was recorded a moment ago, unless it is
    to be recorded again."""
    others = [] if again else all_decisions(connection, decision.source)
    for other in others:
        if (other.text.strip() == decision.text.strip() and other.withdrawn is None
                and abs(decision.at - other.at) < MOMENT):
            raise Duplicate(f"{other.by} recorded the same a moment ago")
    return add(connection, replace(decision, done_on=None, done_by=None))


def of_source(table: sa.Table, source: str) -> sa.Select[Any]:
    """The query for all rows of a source in a table of entries, oldest first."""
    return sa.select(table).where(table.c.source == source).order_by(table.c.id)


def written_by(table: sa.Table, at: datetime | None,
               column: str = "at") -> sa.ColumnElement[bool]:
    """The condition that an entry had been written at a moment; of none, all."""
    return sa.true() if at is None else table.c[column] <= at


def decision_log(source: str) -> sa.Select[Any]:
    """The query for all changes of the decisions of a source, oldest first."""
    return (sa.select(decision_changes).join(decisions).where(decisions.c.source == source)
            .order_by(decision_changes.c.id))


def gap_log(connection: Connection, source: str, key: str | None = None) -> list[GapChange]:
    """All state changes of the gaps of a source, or of one gap, oldest first."""
    query = of_source(gap_changes, source)
    if key is not None:
        query = query.where(gap_changes.c.key == key)
    return [GapChange(**row) for row in
            understood(connection, gap_changes, query)]


def states(connection: Connection, source: str, at: datetime | None = None,
           key: str | None = None) -> dict[str, GapChange]:
    """The current state of each gap that has one, or of one, by key: the last one that is
    understood; or that of an earlier moment. Of the log of each gap only that is read, unless it is
    not understood."""
    mine = of_source(gap_changes, source).where(written_by(gap_changes, at))
    if key is not None:
        mine = mine.where(gap_changes.c.key == key)
    rows = mine.order_by(None).subquery()
    last = sa.select(sa.func.max(rows.c.id)).group_by(rows.c.key)
    latest = {row["key"]: GapChange(**row) for row in understood(
        connection, gap_changes, mine.where(gap_changes.c.id.in_(last)))}
    for other in connection.execute(sa.select(rows.c.key).distinct()).scalars():
        if other not in latest:
            latest |= {row["key"]: GapChange(**row) for row in understood(
                connection, gap_changes, mine.where(gap_changes.c.key == other))}
    return dict(sorted(latest.items()))


def change_decision(connection: Connection, decision_id: int, change: str, by: str, at: datetime,
                    **values: Any) -> None:
    """Add a change to the log of a decision: done (done_on), reopened, moved (owner, due), or
    withdrawn (reason)."""
    connection.execute(sa.insert(decision_changes).values(
        decision_id=decision_id, change=change, by=by, at=at, **values))
    source = connection.execute(sa.select(decisions.c.source).where(
        decisions.c.id == decision_id)).scalar_one()
    check_room(connection, decision_changes, source, by, "changes of decisions", ENTRIES)


def read_decision(connection: Connection, decision_id: int) -> Decision | None:
    """The decision with this id in its current state; None if there is none."""
    source = connection.execute(sa.select(decisions.c.source).where(
        decisions.c.id == decision_id)).scalar_one_or_none()
    return None if source is None else next(
        (decision for decision in all_decisions(connection, source)
         if decision.id == decision_id), None)


def all_decisions(connection: Connection, source: str,
                  at: datetime | None = None) -> list[Decision]:
    """All decisions and to-dos of a source in their current state, or that of an earlier moment,
    oldest first."""
    made = understood(connection, decisions, of_source(decisions, source).where(
        written_by(decisions, at)))
    by_id = {row["id"]: Decision(**row) for row in made}
    for row in understood(connection, decision_changes, decision_log(source).where(
            written_by(decision_changes, at))):
        if decision := by_id.get(row["decision_id"]):
            by_id[decision.id or 0] = _changed(decision, row)
    return list(by_id.values())


def _changed(decision: Decision, row: Any) -> Decision:
    if row["change"] == "moved":
        moved = () if row["due"] == decision.due else (decision.due,)
        return replace(decision, owner=row["owner"], due=row["due"],
                       moved_from=(*decision.moved_from, *moved))
    if row["change"] == "withdrawn":
        return replace(decision, withdrawn=row["reason"] or "", withdrawn_by=row["by"],
                       withdrawn_at=row["at"])
    done = row["change"] == "done"
    return replace(decision, withdrawn=None, withdrawn_by=None, withdrawn_at=None,
                   done_on=row["done_on"] if done else None, done_by=row["by"] if done else None)


def open_decisions(entries: Iterable[Decision], day: date) -> list[Decision]:
    """The decisions that were not done yet on a day."""
    return [decision for decision in entries if decision.open_on(day)]
