"""The figures of a snapshot are kept with it, and found anew where an earlier version took it."""

import sqlalchemy as sa

from orgdata.gaps import find_gaps
from orgdata.gaps.points import point
from orgdata.store import Store
from orgdata.store.tables import points
from tests.builders import aligned
from tests.store.builders import SOURCE, day, take

TABLES = {"products": "P1 annual_spend=5", "outcomes": "O1", "contributions": "P1 O1"}


def test_every_snapshot_keeps_its_point(address):
    with Store.open(address) as store:
        taken = [take(store, day(number), **TABLES).snapshot for number in (6, 13)]
        take(store, day(6), source="other", **TABLES)
        kept = store.points(store.snapshots(SOURCE))
        alignment = aligned(as_of=day(13), **TABLES)
        found = point(alignment, find_gaps(alignment), snapshot=taken[1].id)
        assert list(kept) == [one.id for one in taken]
        assert kept[taken[1].id] == found
        assert store.points([]) == {}


def test_what_is_missing_or_not_understood_has_no_point(address):
    with Store.open(address) as store:
        first, second, third = (take(store, day(number), **TABLES).snapshot.id for number in (6, 13, 20))
        with store._engine.execution_options(writes=True).begin() as connection:
            connection.execute(sa.delete(points).where(points.c.snapshot_id == first))
            connection.execute(sa.update(points).where(points.c.snapshot_id == second).values(
                content={"settings": "x", "figures": {}}))
        assert list(store.points(store.snapshots(SOURCE))) == [third]
