"""Snapshots: a portfolio as it was judged on a day, whole, with its gaps and goalposts beside."""

import dataclasses
from datetime import date, datetime
from typing import Any

import pandas as pd
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from orgdata import METHOD_VERSION
from orgdata.gaps import SEVERITIES, Gaps
from orgdata.measures import Alignment
from orgdata.model.portfolio import NotFetched, Portfolio
from orgdata.sources.sql.recent_check_ins import as_fetched
from orgdata.store.archive import fingerprint, from_zip, to_zip
from orgdata.store.entries import Snapshot, Taken
from orgdata.store.tables import goalposts, snapshot_gaps, snapshots
from orgdata.tabular.empty import frozen

_ABOUT = [column for column in snapshots.c if column.name != "content"]


def taken(connection: Connection, source: str, alignment: Alignment, gaps: Gaps,
          at: datetime) -> Taken:
    """Keep what is on the screen, unless this very content is kept for that day already."""
    content = to_zip(_as_read_for(alignment.portfolio, alignment.as_of))
    row: dict[str, Any] = {"source": source, "day": alignment.as_of.date(),
                           "fingerprint": fingerprint(content)}
    if found := _same(connection, row):
        return Taken(found, new=False)
    about: dict[str, Any] = {"taken_at": at, "method": METHOD_VERSION,
                             "headlines": headlines(alignment, gaps)}
    try:
        with connection.begin_nested():
            number = connection.execute(sa.insert(snapshots).values(
                content=content, **about, **row).returning(snapshots.c.id)).scalar_one()
    except sa.exc.IntegrityError:  # another process was quicker
        if found := _same(connection, row):
            return Taken(found, new=False)
        raise
    _insert(connection, snapshot_gaps, number, gaps.rows[
        ["key", "code", "severity"]].drop_duplicates("key"))
    _insert(connection, goalposts, number, alignment.key_results[
        ["kr_id", "kind", "base", "goal", "due", "start"]].rename(
            columns={"base": "baseline", "goal": "target"}))
    return Taken(Snapshot(id=number, **about, **row), new=True)


def _as_read_for(portfolio: Portfolio, day: pd.Timestamp) -> Portfolio:
    """The same content for the same day, also where check-ins stayed in the database: how many
    did depends on the day the portfolio was read for, which may be an earlier one."""
    if portfolio.not_fetched is None:
        return portfolio
    few = as_fetched(portfolio["check_ins"], day)
    return dataclasses.replace(portfolio, tables=frozen({**portfolio.tables, "check_ins": few}))


def headlines(alignment: Alignment, gaps: Gaps) -> dict[str, Any]:
    """The headlines as the report has them, as plain values."""
    numbers = {name: value if value is None or isinstance(value, int) else float(value)
               for name, value in dataclasses.asdict(alignment.headlines).items()}
    return numbers | {"gaps": {severity: gaps.count(severity) for severity in SEVERITIES}}


def listed(connection: Connection, source: str, until: date | None) -> list[Snapshot]:
    """All snapshots of a source up to a day, oldest first."""
    wanted = sa.select(*_ABOUT).where(snapshots.c.source == source)
    if until:
        wanted = wanted.where(snapshots.c.day <= until)
    return [Snapshot(**row) for row in connection.execute(
        wanted.order_by(snapshots.c.day, snapshots.c.id)).mappings()]


def portfolio(connection: Connection, number: int) -> Portfolio | None:
    """The portfolio that a snapshot keeps, read and validated as any source. It says nothing of
    earlier days: check-ins that counted then may have stayed in a database."""
    row = connection.execute(sa.select(snapshots.c.source, snapshots.c.day, snapshots.c.content)
                             .where(snapshots.c.id == number)).one_or_none()
    return None if row is None else dataclasses.replace(
        from_zip(row.content, row.source), not_fetched=NotFetched(0, row.day))


def one(connection: Connection, number: int) -> Snapshot | None:
    """One snapshot."""
    row = connection.execute(sa.select(*_ABOUT).where(snapshots.c.id == number)).mappings()
    return next((Snapshot(**found) for found in row), None)


def gaps_of(connection: Connection, number: int) -> pd.DataFrame:
    """Key, code and severity of the gaps of a snapshot."""
    rows = connection.execute(
        sa.select(snapshot_gaps.c.key, snapshot_gaps.c.code, snapshot_gaps.c.severity)
        .where(snapshot_gaps.c.snapshot_id == number).order_by(snapshot_gaps.c.key)).all()
    return pd.DataFrame(rows, columns=["key", "code", "severity"], dtype="str")


def _same(connection: Connection, row: dict[str, Any]) -> Snapshot | None:
    found = connection.execute(sa.select(*_ABOUT).where(
        *(snapshots.c[name] == value for name, value in row.items()))).mappings().one_or_none()
    return None if found is None else Snapshot(**found)


def _insert(connection: Connection, table: sa.Table, number: int, rows: pd.DataFrame) -> None:
    columns = [[None if cell is pd.NaT or cell != cell else
                cell.date() if isinstance(cell, pd.Timestamp) else cell
                for cell in rows[name].tolist()] for name in rows.columns]
    if len(rows):
        connection.execute(sa.insert(table), [
            {"snapshot_id": number, **dict(zip(rows.columns, cells, strict=True))}
            for cells in zip(*columns, strict=True)])
