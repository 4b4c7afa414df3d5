"""The private database: one sealed row for each person who keeps something, and no other table.

    with Private.open("sqlite:////srv/private.sqlite", secret) as private:
        private.change(address, name, lambda areas: (*areas, area), today)

It is opened for each question: nothing of it stays in memory, in a cache or in a pool.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from types import TracebackType
from typing import Any, Self

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from orgdata.private.areas import HEADINGS, Area, Growth, checked, of_text, to_text
from orgdata.private.opening import begun, engine_of
from orgdata.private.sealed import InvalidToken, PrivateError, Seal
from orgdata.store.tables import VERSION_TABLE

LEAST_COUNT = 5  # people; fewer are not counted, and more only by fives
KEPT_FOR = timedelta(days=731)  # after the last change: two years
_KEY_MARK = "key"  # the row by which a wrong key is noticed before anything is read or written
_TABLE = sa.Table("orgdata_private", sa.MetaData(),
                  sa.Column("holder", sa.String(64), primary_key=True),
                  sa.Column("box", sa.LargeBinary, nullable=False),
                  sqlite_with_rowid=False)  # else the rows would be in the order of their coming
_HOLDER, _BOX = _TABLE.c.holder, _TABLE.c.box


class Private:
    """An open private database."""

    def __init__(self, engine: Engine, seal: Seal) -> None:
        self._engine, self._seal = engine, seal

    @classmethod
    def open(cls, url: str, secret: str) -> Self:
        """Open it, made where it is not there yet. Raises PrivateError, also where it was made
        with another key: then nothing is written."""
        seal = Seal(secret)
        engine = engine_of(url)
        try:
            with begun(engine) as connection:
                _check(connection, seal)
        except BaseException:
            engine.dispose()
            raise
        return cls(engine, seal)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None,
                 traceback: TracebackType | None) -> None:
        self._engine.dispose()

    def of(self, address: str) -> Growth | None:
        """What somebody keeps; None where that is nothing."""
        with begun(self._engine) as connection:
            return self._read(connection, address)

    def change(self, address: str, name: str,
               change: Callable[[tuple[Area, ...]], Iterable[Area]], today: date) -> None:
        """Change the areas of somebody, whose name the data say. What nobody changed for two years
        is deleted along. Raises AreaError where they cannot be kept so."""
        with begun(self._engine) as connection:
            before = self._read(connection, address)
            areas = checked(change(before.areas if before else ()))
            self._drop(connection, [one.address for one in self._all(connection)
                                    if one.changed_on < today - KEPT_FOR])
            if not areas:
                self._drop(connection, [address])
                return
            holder = self._seal.name(address)
            box = self._seal.close(to_text(Growth(address, name, today, areas)))
            # in its place: a row that moved to the end would tell whose change was the last
            there = connection.execute(sa.update(_TABLE).where(_HOLDER.in_([holder])).values(
                box=box)).rowcount
            if not there:
                connection.execute(sa.insert(_TABLE).values(holder=holder, box=box))

    def delete(self, address: str) -> None:
        """Delete all that somebody keeps, also what cannot be read any more."""
        with begun(self._engine) as connection:
            self._drop(connection, [address])

    def forget(self, person: str, address: str) -> int:
        """Delete what a person keeps, by their name or by their address in one spelling; returns of
        how many that was. Raises PrivateError where several people have the name."""
        with begun(self._engine) as connection:
            same = {one.address for one in self._all(connection)
                    if one.name.strip().casefold() == person.strip().casefold()} - {address}
            if len(same) > 1:
                raise PrivateError("several people of that name keep something in the private "
                                   "database: name one by their e-mail address")
            return self._drop(connection, [*same, address])

    def shared_with(self, manager: str, addresses: Iterable[str]) -> list[Growth]:
        """What these people share with a manager: of each the areas that they share, and nothing of
        who shares none. Raises PrivateError."""
        with begun(self._engine) as connection:
            found = list(self._all(connection, addresses))
        shared = [replace(one, areas=tuple(area for area in one.areas
                                           if area.shared_with == manager)) for one in found]
        return [one for one in shared if manager and one.areas]

    def counts(self, today: date, without: str) -> dict[str, int]:
        """How many people chose something under each heading before this month: none of
        fewer than five, and others rounded down to fives. The person who asks, with that
        address, is not counted: they would find out of four others by joining these."""
        with begun(self._engine) as connection:
            chosen = [{area.kind.heading for area in one.areas
                       if area.chosen_on < today.replace(day=1)}
                      for one in self._all(connection) if one.address != without]
        counts = {heading: sum(heading in one for one in chosen) for heading in HEADINGS}
        return {heading: count // LEAST_COUNT * LEAST_COUNT for heading, count in counts.items()
                if count >= LEAST_COUNT}

    def _read(self, connection: Connection, address: str) -> Growth | None:
        holder = self._seal.name(address)
        box = connection.execute(sa.select(_BOX).where(_HOLDER.in_([holder]))).scalar()
        growth = None if box is None else self._opened(holder, box)
        if box is not None and growth is None:
            raise PrivateError("what the private database holds of one person is damaged, or from "
                               "a newer version: it is left as it is")
        return growth

    def _all(self, connection: Connection,
             addresses: Iterable[str] | None = None) -> Iterator[Growth]:
        """What everybody keeps, or some people, without what cannot be read."""
        wanted = _HOLDER != _KEY_MARK if addresses is None else _HOLDER.in_(
            [self._seal.name(address) for address in addresses])
        for holder, box in connection.execute(sa.select(_HOLDER, _BOX).where(wanted)).all():
            if (growth := self._opened(holder, box)) is not None:
                yield growth

    def _opened(self, holder: str, box: bytes) -> Growth | None:
        """What is in a row; None where it cannot be read, or is of somebody else."""
        try:
            growth = of_text(self._seal.open(box))
        except (InvalidToken, ValueError, TypeError, KeyError):
            return None
        return growth if self._seal.name(growth.address) == holder else None

    def _drop(self, connection: Connection, addresses: Iterable[str]) -> int:
        names = [self._seal.name(address) for address in addresses]
        done: sa.CursorResult[Any] = connection.execute(
            sa.delete(_TABLE).where(_HOLDER.in_(names)))
        return done.rowcount


def _check(connection: Connection, seal: Seal) -> None:
    """Make the table where it is not there, and check the key. Raises PrivateError."""
    found = sa.inspect(connection)
    if found.has_table(VERSION_TABLE):
        raise PrivateError("ORGDATA_PRIVATE names the database of the store, whose backups others "
                           "read: name one of its own")
    if not found.has_table(_TABLE.name):
        _TABLE.create(connection)
    box = connection.execute(sa.select(_BOX).where(_HOLDER == _KEY_MARK)).scalar()
    if box is None and connection.execute(sa.select(_HOLDER).limit(1)).scalar() is None:
        connection.execute(sa.insert(_TABLE).values(holder=_KEY_MARK, box=seal.close(_KEY_MARK)))
        return
    try:
        matches = box is not None and seal.open(box) == _KEY_MARK
    except InvalidToken:
        matches = False
    if not matches:
        raise PrivateError("the key in ORGDATA_PRIVATE_KEY is not the one that the private "
                           "database was made with: nothing is read or written")
