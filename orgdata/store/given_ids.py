"""Ids are given once, also after a backup was restored: a link to a snapshot that is gone must not
lead to another one; nor is what was said of something that was added here, and is undone, said of
what is added next."""

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from orgdata.edits.rows import NEW, ids_given
from orgdata.store.tables import corrections, decisions, gap_changes, proposals, scenarios

_LAST_IN_SQLITE = sa.text("select seq from sqlite_sequence where name = :name")


def last_id(connection: Connection, table: sa.Table) -> int | None:
    """The last id that a table has given, also to a row that is deleted; None where it has given
    none, or the database does not tell."""
    if not _numbered(table):
        return None
    if connection.dialect.name == "sqlite":
        return connection.execute(_LAST_IN_SQLITE, {"name": table.name}).scalar()
    if connection.dialect.name == "postgresql":
        sequence = connection.execute(sa.select(
            sa.func.pg_get_serial_sequence(table.name, "id"))).scalar_one()
        last, given = connection.execute(sa.text(
            f"select last_value, is_called from {sequence}")).one()
        return int(last) if given else None
    return None


def continue_after(connection: Connection, table: sa.Table, last: int | None) -> None:
    """Let a table that was filled give ids from here on that it has not given yet."""
    if not _numbered(table):
        return
    last = max(last or 0, connection.execute(sa.select(sa.func.max(table.c.id))).scalar() or 0)
    if last and connection.dialect.name == "sqlite":
        values = {"name": table.name, "last": last}
        connection.execute(sa.text("delete from sqlite_sequence where name = :name"), values)
        connection.execute(sa.text("insert into sqlite_sequence values (:name, :last)"), values)
    elif last and connection.dialect.name == "postgresql":
        connection.execute(sa.select(sa.func.setval(
            sa.func.pg_get_serial_sequence(table.name, "id"), last)))


def given_here(connection: Connection, source: str) -> frozenset[str]:
    """The ids of what was ever added to a source here, and whatever is told by such an id: also of
    corrections that were undone, of what is only proposed or tried, and of gaps and decisions."""
    columns = (corrections.c.key, corrections.c["values"], proposals.c.edits, scenarios.c.steps,
               gap_changes.c.key, decisions.c.gap_key)
    texts = (str(text) for column in columns for (text,) in connection.execute(
        sa.select(sa.cast(column, sa.Text)).where(
            column.table.c.source == source, sa.cast(column, sa.Text).contains(NEW))))
    return frozenset(one for text in texts for one in ids_given(text))


def _numbered(table: sa.Table) -> bool:
    return "id" in table.c and isinstance(table.c.id.type, sa.Integer)
