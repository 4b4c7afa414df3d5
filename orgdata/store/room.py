"""How much is kept of a source: so many entries and so much text, of all together and of one
person among them. All of it is read by everybody, so nobody alone fills it."""

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from orgdata.sources.limits import format_bytes
from orgdata.store.entries import EntryError


@dataclass(frozen=True)
class Room:
    """How many entries there may be, and how many bytes of text as they are stored; of one person
    a quarter of each."""

    entries: int
    size: int

    @property
    def of_one(self) -> "Room":
        """The part of one person."""
        return Room(self.entries // 4, self.size // 4)


ENTRIES = Room(20_000, 16 << 20)
LOG = Room(80_000, 64 << 20)  # of what is only listed: nothing that is worked out reads all of it


def check_room(connection: Connection, table: sa.Table, source: str, by: str, what: str,
               room: Room, which: sa.ColumnElement[bool] | None = None) -> None:
    """Raises EntryError where the entries of a source that were just added, with those before them
    (or `which` of these), are too many or too long: then nothing of it is kept."""
    of, rows = table, sa.select(table)
    if "source" not in table.c:
        of = next(iter(table.foreign_keys)).column.table
        rows = rows.join(of)
    texts = [column for column in table.c if isinstance(column.type, sa.Text | sa.JSON)]
    size = sum((sa.func.coalesce(sa.func.length(sa.cast(column, sa.Text)), 0)
                for column in texts), sa.literal(0))
    query = rows.with_only_columns(
        table.c.by, sa.func.count().label("entries"), sa.func.sum(size).label("size")).where(
            of.c.source == source, sa.true() if which is None else which).group_by(table.c.by)
    found = {row.by: (row.entries, int(row.size)) for row in connection.execute(query)}
    together = (sum(entries for entries, _ in found.values()),
                sum(length for _, length in found.values()))
    for (entries, length), most, whose in (
            (found.get(by, (0, 0)), room.of_one, f"{what} by {by}"),
            (together, room, f"{what} of this source")):
        if entries > most.entries:
            raise EntryError(f"there would be {entries:,} {whose}; at most {most.entries:,} are "
                             "kept")
        if length > most.size:
            raise EntryError(f"the texts of the {whose} would take {format_bytes(length)}; at most "
                             f"{format_bytes(most.size)} of them are kept. Write less")
