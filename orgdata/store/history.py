"""Read the history that rules need from a store. The database does the counting, so that what is
fetched does not grow with the number of snapshots."""

from dataclasses import asdict
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from orgdata.model.history import History
from orgdata.store.entries import GapChange
from orgdata.store.reviews import all_decisions, open_decisions, states, written_by
from orgdata.store.tables import (
    confirmations,
    correction_undos,
    corrections,
    decision_changes,
    decisions,
    expectations,
    gap_changes,
    goalposts,
    identity,
    proposal_answers,
    proposals,
    saved_sources,
    scenarios,
    snapshot_gaps,
    snapshot_marks,
    snapshot_unjudged,
    snapshots,
)
from orgdata.store.understood import understood


def history(connection: Connection, source: str, day: date,
            at: datetime | None = None) -> History:
    """The history of a source up to a day, or as it was known at an earlier moment: goalposts, ages
    and states of gaps, open decisions, expectations."""
    return History.of(
        understood(connection, goalposts, runs_of_goalposts(source, day, at)),
        [asdict(entry) for entry in _standing(connection, source, day, at)],
        _open_since(connection, source, day, at),
        [{**asdict(entry), "decision_id": entry.id}
         for entry in open_decisions(all_decisions(connection, source, at), day)],
        [{**row, "day": row["first_day"]} for row in
         understood(connection, expectations, runs_of_expectations(source, day, at))])


def _standing(connection: Connection, source: str, day: date,
              at: datetime | None) -> list[GapChange]:
    """The last state of each gap, but of those said to be resolved that were gone in a snapshot
    since then: where such a gap returns it is open again."""
    entries = list(states(connection, source, at).values())
    resolved = [entry.id for entry in entries if entry.state == "resolved"]

    def same_gap(table: sa.Table) -> sa.ColumnElement[bool]:
        return (table.c.snapshot_id == snapshots.c.id) & (table.c.key == gap_changes.c.key)

    later = (snapshots.c.source == gap_changes.c.source) & (
        snapshots.c.taken_at > gap_changes.c.at) & (snapshots.c.day <= day) & written_by(
        snapshots, at, "taken_at")
    gone = set(connection.execute(
        sa.select(gap_changes.c.id).join(snapshots, later)
        .outerjoin(snapshot_gaps, same_gap(snapshot_gaps))
        .outerjoin(snapshot_unjudged, same_gap(snapshot_unjudged))
        .where(gap_changes.c.id.in_(resolved), snapshot_gaps.c.key.is_(None),
               snapshot_unjudged.c.key.is_(None))).scalars())
    return [entry for entry in entries if entry.id not in gone]


def revision(connection: Connection) -> str:
    """A text that identifies a store and its content: the numbers of rows, since rows are only
    added. (The last ids would not do: of two concurrent writers, the one with the lower id may be
    the later to commit.)"""
    counts = [sa.select(sa.func.count()).select_from(table).scalar_subquery() for table in (
        snapshots, snapshot_marks, gap_changes, decisions, decision_changes, confirmations,
        corrections, correction_undos, proposals, proposal_answers, scenarios, saved_sources)]
    which = sa.select(sa.func.max(identity.c.id)).scalar_subquery()
    return "-".join(str(part) for part in connection.execute(sa.select(which, *counts)).one())


def _numbered(source: str, day: date, at: datetime | None) -> sa.CTE:
    """The snapshots of a source up to a day and moment, numbered from the oldest."""
    return sa.select(
        snapshots.c.id, snapshots.c.day,
        sa.func.row_number().over(order_by=[snapshots.c.day, snapshots.c.id]).label("number"),
    ).where(snapshots.c.source == source, snapshots.c.day <= day,
            written_by(snapshots, at, "taken_at")).cte("numbered")


def runs_of_goalposts(source: str, day: date, at: datetime | None = None) -> sa.Select[Any]:
    """The query for runs of consecutive snapshots with the same goalposts of a key result, each
    with its first and last day."""
    cells = ("kind", "baseline", "target", "due", "start")
    return _runs(goalposts, "kr_id", cells, source, day, at)


def runs_of_expectations(source: str, day: date, at: datetime | None = None) -> sa.Select[Any]:
    """The query for runs of consecutive snapshots in which an expectation was the same, each with
    its first and last day."""
    cells = ("what", "by_when", "product_id", "partner")
    return _runs(expectations, "expectation_id", cells, source, day, at)


def _runs(table: sa.Table, key: str, cells: tuple[str, ...], source: str,
          day: date, at: datetime | None) -> sa.Select[Any]:
    """Within a run, the number among all snapshots less that among the equal ones is constant."""
    numbered = _numbered(source, day, at)
    same = [table.c[name] for name in (key, *cells)]
    order = numbered.c.number
    runs = sa.select(
        *same, numbered.c.day,
        (sa.func.row_number().over(partition_by=table.c[key], order_by=order)
         - sa.func.row_number().over(partition_by=same, order_by=order)).label("run"),
    ).join(numbered, numbered.c.id == table.c.snapshot_id).subquery()
    columns = [runs.c[column.name] for column in same]
    return sa.select(
        *columns, sa.func.min(runs.c.day).label("first_day"),
        sa.func.max(runs.c.day).label("last_day")).group_by(*columns, runs.c.run)


def _open_since(connection: Connection, source: str, day: date,
                at: datetime | None) -> dict[str, date]:
    """For each gap of the latest snapshot the first day since which it has been in all snapshots,
    but for those in which it could not be judged."""
    numbered = _numbered(source, day, at)
    found = sa.union_all(*(
        sa.select(table.c.snapshot_id, table.c.key, sa.literal(is_found).label("found"))
        for table, is_found in ((snapshot_gaps, 1), (snapshot_unjudged, 0)))).subquery()
    runs = sa.select(
        found.c.key, found.c.found, numbered.c.day, numbered.c.number,
        (numbered.c.number - sa.func.row_number().over(
            partition_by=found.c.key, order_by=numbered.c.number)).label("run"),
    ).join(numbered, numbered.c.id == found.c.snapshot_id).subquery()
    latest = sa.select(sa.func.max(numbered.c.number)).scalar_subquery()
    day_found = sa.case((runs.c.found == 1, runs.c.day))
    query = (
        sa.select(runs.c.key, sa.func.min(day_found).label("since"))
        .group_by(runs.c.key, runs.c.run)
        .having((sa.func.max(runs.c.number) == latest) & (sa.func.max(runs.c.found) == 1)))
    return {row["key"]: row["since"] for row in understood(connection, snapshot_gaps, query)}
