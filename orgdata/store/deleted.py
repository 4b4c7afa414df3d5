"""What becomes of all that is known of a source when its files are deleted.

Snapshots hold its rows, so they are deleted too. What people decided and noted stays in the store,
under a key of its own: whoever saves another source under that name is not shown it.
"""

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from orgdata.store.tables import (
    confirmations,
    corrections,
    decisions,
    expectations,
    gap_changes,
    goalposts,
    points,
    proposals,
    scenarios,
    snapshot_gaps,
    snapshot_marks,
    snapshot_unjudged,
    snapshots,
)


def set_aside(connection: Connection, source: str, deletion: int) -> None:
    """Delete the snapshots of a source, and put its entries aside under the number of the entry
    that deleted it."""
    own = sa.select(snapshots.c.id).where(snapshots.c.source == source)
    for table in (snapshot_gaps, goalposts, points, snapshot_marks, snapshot_unjudged,
                  expectations):
        connection.execute(sa.delete(table).where(table.c.snapshot_id.in_(own)))
    connection.execute(sa.delete(snapshots).where(snapshots.c.source == source))
    for entries in (gap_changes, decisions, confirmations, corrections, proposals, scenarios):
        connection.execute(sa.update(entries).where(entries.c.source == source).values(
            source=f"deleted {deletion}:{source}"))
