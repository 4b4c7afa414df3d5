"""Points of history: the figures of each snapshot, kept so that years of them are read at once."""

from collections.abc import Collection, Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from orgdata.gaps.points import FIGURES, Point
from orgdata.store.entries import Snapshot
from orgdata.store.tables import points
from orgdata.store.tables import snapshots as snapshots_table
from orgdata.store.understood import understood


def add(connection: Connection, snapshot_id: int, point: Point) -> None:
    """Keep the figures of a snapshot."""
    connection.execute(sa.insert(points).values(snapshot_id=snapshot_id, content={
        "settings": point.settings, "unit": point.unit, "products": sorted(point.products),
        "figures": dict(point.figures)}))


def of_snapshots(connection: Connection, snapshots: Collection[Snapshot]) -> dict[int, Point]:
    """The figures of snapshots by their numbers; those taken by an earlier version, and what this
    one cannot understand, have none."""
    by_id = {snapshot.id: snapshot for snapshot in snapshots}
    rows = understood(connection, points, sa.select(points).join(snapshots_table).where(
        snapshots_table.c.source.in_({one.source for one in snapshots})))
    return {number: one for row in rows if (snapshot := by_id.get(number := row["snapshot_id"]))
            and (one := _point(snapshot, row["content"]))}


def _point(snapshot: Snapshot, content: Mapping[str, Any]) -> Point | None:
    settings, unit, products, figures = (
        content.get(name) for name in ("settings", "unit", "products", "figures"))
    if not (isinstance(settings, str) and isinstance(unit, str) and isinstance(figures, dict)
            and isinstance(products, list) and all(isinstance(one, str) for one in products)):
        return None
    return Point(snapshot.day, snapshot.method, settings, unit, frozenset(products),
                 {name: float(value) if isinstance(value := figures.get(name), int | float)
                  else None for name in FIGURES}, snapshot.id)
