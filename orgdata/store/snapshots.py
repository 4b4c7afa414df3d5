"""Snapshots: a whole portfolio as evaluated on a day, with its gaps and goalposts in tables."""

import dataclasses
from datetime import date, datetime
from typing import Any

import pandas as pd
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from orgdata import METHOD_VERSION
from orgdata.gaps import SEVERITIES, Gaps
from orgdata.gaps.points import point
from orgdata.measures import Alignment
from orgdata.model.portfolio import NotFetched, Portfolio
from orgdata.sources.sql.recent_check_ins import as_fetched
from orgdata.store import points
from orgdata.store.archive import fingerprint, from_zip, to_zip
from orgdata.store.entries import Snapshot, Taken
from orgdata.store.reviews import written_by
from orgdata.store.tables import (
    expectations,
    goalposts,
    snapshot_gaps,
    snapshot_marks,
    snapshot_unjudged,
    snapshots,
)
from orgdata.store.understood import understood
from orgdata.tabular.empty import frozen

# of `Headlines`, kept in no snapshot before the report tells them
_UNTOLD = ("coverage_at_least",)
_METADATA = [column for column in snapshots.c if column.name != "content"]


def take(connection: Connection, source: str, alignment: Alignment, gaps: Gaps,
         at: datetime, only_first: bool = False) -> Taken:
    """Store a snapshot, unless the same content is stored for that day already, or any where only
    the first of a day is to be."""
    content = to_zip(_as_read_for(alignment.portfolio, alignment.as_of))
    row: dict[str, Any] = {"source": source, "day": alignment.as_of.date(),
                           "fingerprint": fingerprint(content)}
    if existing := _existing(connection, row):
        return Taken(existing, new=False)
    if only_first and (others := [snapshot for snapshot in list_snapshots(
            connection, source, row["day"]) if snapshot.day == row["day"]]):
        return Taken(others[-1], new=False, differs=True)
    metadata: dict[str, Any] = {"taken_at": at, "method": METHOD_VERSION,
                                "headlines": headlines(alignment, gaps)}
    try:
        with connection.begin_nested():
            snapshot_id = connection.execute(sa.insert(snapshots).values(
                content=content, **metadata, **row).returning(snapshots.c.id)).scalar_one()
    except sa.exc.IntegrityError:  # another process stored it meanwhile
        if existing := _existing(connection, row):
            return Taken(existing, new=False)
        raise
    points.add(connection, snapshot_id, point(alignment, gaps))
    _insert(connection, snapshot_gaps, snapshot_id, gaps.rows[
        ["key", "code", "severity"]].drop_duplicates("key"))
    _insert(connection, snapshot_unjudged, snapshot_id, gaps.not_judged[["key"]].drop_duplicates())
    _insert(connection, expectations, snapshot_id,
            alignment.portfolio["expectations"][
                ["expectation_id", "what", "by_when", "product_id", "partner"]])
    _insert(connection, goalposts, snapshot_id, alignment.key_results[
        ["kr_id", "kind", "base", "goal", "due", "start"]].rename(
            columns={"base": "baseline", "goal": "target"}))
    return Taken(Snapshot(id=snapshot_id, **metadata, **row), new=True)


def _as_read_for(portfolio: Portfolio, day: pd.Timestamp) -> Portfolio:
    """The portfolio with the check-ins that a database source would fetch for this day. It may have
    been read for an earlier one, with more of them, but the same day must give the same content."""
    if portfolio.not_fetched is None:
        return portfolio
    check_ins = as_fetched(portfolio["check_ins"], day)
    return dataclasses.replace(portfolio, tables=frozen({
        **portfolio.tables, "check_ins": check_ins}))


def headlines(alignment: Alignment, gaps: Gaps) -> dict[str, Any]:
    """The headlines of the report as plain values."""
    numbers = {name: list(value) if isinstance(value, tuple) else
               value if value is None or isinstance(value, int) else float(value)
               for name, value in dataclasses.asdict(alignment.headlines).items()
               if name not in _UNTOLD}
    return numbers | {"gaps": {severity: gaps.count(severity) for severity in SEVERITIES}}


def all_of_source(source: str) -> sa.Select[Any]:
    """The query for the snapshots of a source without their content, oldest first."""
    return sa.select(*_METADATA).where(snapshots.c.source == source).order_by(
        snapshots.c.day, snapshots.c.id)


def list_snapshots(connection: Connection, source: str, until: date | None,
                   at: datetime | None = None) -> list[Snapshot]:
    """The snapshots of a source, up to a day if given, oldest first; or as they were known at an
    earlier moment."""
    query = all_of_source(source).where(written_by(snapshots, at, "taken_at"))
    if until:
        query = query.where(snapshots.c.day <= until)
    return _marked(connection, [Snapshot(**row) for row in
                                understood(connection, snapshots, query)], source, at)


def all_marks(source: str) -> sa.Select[Any]:
    """The query for all that was said of the snapshots of a source, oldest first."""
    return (sa.select(snapshot_marks).join(snapshots).where(snapshots.c.source == source)
            .order_by(snapshot_marks.c.id))


def _marked(connection: Connection, of_source: list[Snapshot], source: str,
            at: datetime | None = None) -> list[Snapshot]:
    """The snapshots with what was said of them, by an earlier moment if given; the last word
    counts."""
    by_id = {snapshot.id: snapshot for snapshot in of_source}
    for row in understood(connection, snapshot_marks, all_marks(source).where(
            written_by(snapshot_marks, at))):
        if snapshot := by_id.get(row["snapshot_id"]):
            said: dict[str, Any] = {
                "review": {"closed_at": row["at"], "closed_by": row["by"]},
                "label": {"label": row["text"]}, "withdrawn": {"withdrawn": row["text"] or ""},
                "restored": {"withdrawn": None}}[row["mark"]]
            by_id[snapshot.id] = dataclasses.replace(snapshot, **said)
    return list(by_id.values())


def read_portfolio(connection: Connection, snapshot_id: int) -> Portfolio | None:
    """The portfolio in a snapshot, read and validated like any source. It cannot be evaluated for
    earlier days: check-ins that counted then may not have been fetched from a database. Raises
    SourceError or SettingsError where it is damaged."""
    rows = understood(connection, snapshots, sa.select(
        snapshots.c.source, snapshots.c.day, snapshots.c.content).where(
            snapshots.c.id == snapshot_id))
    return next((dataclasses.replace(from_zip(row["content"], row["source"]),
                                     not_fetched=NotFetched(0, row["day"])) for row in rows), None)


def read_snapshot(connection: Connection, snapshot_id: int) -> Snapshot | None:
    """The snapshot with this id; None if there is none."""
    rows = understood(connection, snapshots,
                      sa.select(*_METADATA).where(snapshots.c.id == snapshot_id))
    return next((marked for row in rows
                 for marked in _marked(connection, [Snapshot(**row)], row["source"])), None)


def gaps_of(connection: Connection, snapshot_id: int) -> pd.DataFrame:
    """Key, code and severity of the gaps of a snapshot."""
    rows = understood(connection, snapshot_gaps, sa.select(
        snapshot_gaps.c.key, snapshot_gaps.c.code, snapshot_gaps.c.severity).where(
            snapshot_gaps.c.snapshot_id == snapshot_id).order_by(snapshot_gaps.c.key))
    return pd.DataFrame(rows, columns=["key", "code", "severity"], dtype="str")


def last_seen(connection: Connection, source: str, key: str, until: date) -> date | None:
    """The day of the last snapshot up to a day in which a gap was found."""
    rows = understood(connection, snapshots, sa.select(snapshots.c.day).join(
        snapshot_gaps, snapshot_gaps.c.snapshot_id == snapshots.c.id).where(
            snapshots.c.source == source, snapshot_gaps.c.key == key, snapshots.c.day <= until)
        .order_by(snapshots.c.day.desc()).limit(1))
    return next((row["day"] for row in rows), None)


def _existing(connection: Connection, row: dict[str, Any]) -> Snapshot | None:
    values = connection.execute(sa.select(*_METADATA).where(
        *(snapshots.c[name] == value for name, value in row.items()))).mappings().one_or_none()
    return None if values is None else _marked(
        connection, [Snapshot(**values)], values["source"])[0]


def _insert(connection: Connection, table: sa.Table, snapshot_id: int, rows: pd.DataFrame) -> None:
    columns = [[None if cell is pd.NaT or cell != cell else
                cell.date() if isinstance(cell, pd.Timestamp) else cell
                for cell in rows[name].tolist()] for name in rows.columns]
    if len(rows):
        connection.execute(sa.insert(table), [
            {"snapshot_id": snapshot_id, **dict(zip(rows.columns, cells, strict=True))}
            for cells in zip(*columns, strict=True)])
