"""From a store's tables to the history that rules ask for; the counting is left to the database,
so that what is fetched does not grow with the number of snapshots."""

from dataclasses import asdict
from datetime import date

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from orgdata.model.history import History
from orgdata.store.reviews import all_decisions, open_decisions, states
from orgdata.store.tables import (
    confirmations,
    decision_changes,
    decisions,
    gap_changes,
    goalposts,
    kept_sources,
    snapshot_gaps,
    snapshots,
)


def history(connection: Connection, source: str, day: date) -> History:
    """What is remembered of a source: snapshots up to a day, and what was last said."""
    return History.of(
        [{"first_day": first, "last_day": last, **row} for first, last, row in
         _runs(connection, source, day)],
        [asdict(one) for one in states(connection, source).values()],
        _open_since(connection, source, day),
        [{**asdict(one), "decision_id": one.id}
         for one in open_decisions(all_decisions(connection, source), day)])


def revision(connection: Connection) -> str:
    """What identifies the content of a store: everything in it is added, nothing changed, so how
    much there is says it. (The last number would not: of two who write at once, the one with the
    lower number may be the later to finish.)"""
    counts = [sa.select(sa.func.count()).select_from(table).scalar_subquery() for table in (
        snapshots, gap_changes, decisions, decision_changes, confirmations,
        kept_sources)]
    return "-".join(str(number) for number in connection.execute(sa.select(*counts)).one())


def _numbered(source: str, day: date) -> sa.CTE:
    """The snapshots of a source up to a day, numbered from the oldest on."""
    return sa.select(
        snapshots.c.id, snapshots.c.day,
        sa.func.row_number().over(order_by=[snapshots.c.day, snapshots.c.id]).label("number"),
    ).where(snapshots.c.source == source, snapshots.c.day <= day).cte("numbered")


def _runs(connection: Connection, source: str,
          day: date) -> list[tuple[date, date, dict[str, object]]]:
    """Runs of snapshots in which a key result's goalposts were the same.

    The number among all its snapshots less that among the equal ones stays the same in a run.
    """
    numbered = _numbered(source, day)
    same = [goalposts.c[name] for name in ("kr_id", "kind", "baseline", "target", "due", "start")]
    order = numbered.c.number
    runs = sa.select(
        *same, numbered.c.day,
        (sa.func.row_number().over(partition_by=goalposts.c.kr_id, order_by=order)
         - sa.func.row_number().over(partition_by=same, order_by=order)).label("run"),
    ).join(numbered, numbered.c.id == goalposts.c.snapshot_id).subquery()
    columns = [runs.c[column.name] for column in same]
    rows = connection.execute(
        sa.select(*columns, sa.func.min(runs.c.day).label("first"),
                  sa.func.max(runs.c.day).label("last")).group_by(*columns, runs.c.run))
    return [(row.first, row.last, {c.name: row._mapping[c.name] for c in same}) for row in rows]


def _open_since(connection: Connection, source: str, day: date) -> dict[str, date]:
    """Since when each gap of the latest snapshot has stood in every one."""
    numbered = _numbered(source, day)
    seen = sa.select(
        snapshot_gaps.c.key, numbered.c.day, numbered.c.number,
        (numbered.c.number - sa.func.row_number().over(
            partition_by=snapshot_gaps.c.key, order_by=numbered.c.number)).label("run"),
    ).join(numbered, numbered.c.id == snapshot_gaps.c.snapshot_id).subquery()
    latest = sa.select(sa.func.max(numbered.c.number)).scalar_subquery()
    rows = connection.execute(
        sa.select(seen.c.key, sa.func.min(seen.c.day)).group_by(seen.c.key, seen.c.run)
        .having(sa.func.max(seen.c.number) == latest))
    return {row[0]: row[1] for row in rows}
