"""Uploaded files saved under a name. The last entry of a name counts; an entry without files means
that it was deleted. Earlier entries keep only who and when, so that a deleted file is really gone
and newer files every week do not add up.
"""

import io
import zipfile
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from orgdata.sources.limits import Allowance, TooLarge, format_bytes
from orgdata.sources.zipped import BadZip, Entries
from orgdata.store.entries import EntryError, SavedSource
from orgdata.store.names import name_key, plain_name
from orgdata.store.tables import identity
from orgdata.store.tables import saved_sources as table
from orgdata.store.understood import understood

MOST_SOURCES = 200  # in a store
MOST_EACH = 200 << 20  # bytes of the files of one source
MOST_TOGETHER = 2 << 30  # bytes of all sources, as they are packed
_EMPTY = b""


def save(connection: Connection, source: SavedSource, packed: bytes,
         replaces: int | None) -> SavedSource:
    """Add an entry for `pack`ed files, delete the files of the one it replaces, and return it.

    Raises EntryError where the name is taken, where the entry it replaces is not the last one any
    more, and where the store is full.
    """
    wait_for_others(connection)
    saved = _sizes(connection)
    if replaces is None:
        name = plain_name(source.name)
        if name_key(name) in [name_key(saved_name) for saved_name, _ in saved.values()]:
            raise EntryError(f"“{name}” is there already. Say at the top that these files are news "
                             "of it, or give them a name of their own")
    else:
        name = _last_entry(saved, replaces, source.name)
    others = [size for entry_id, (_, size) in saved.items() if entry_id != replaces]
    if len(others) >= MOST_SOURCES:
        raise EntryError(f"the store keeps {MOST_SOURCES:,} sources already, the most it does; "
                         "delete one that nobody needs")
    if sum(others) + len(packed) > MOST_TOGETHER:
        raise EntryError(f"the sources in the store would take more than "
                         f"{format_bytes(MOST_TOGETHER)}, the most they may; delete one that "
                         "nobody needs")
    entry_id = _add(connection, name, packed, source.settings, source.by, source.at)
    return replace(source, name=name, id=entry_id)


def delete(connection: Connection, name: str, entry_id: int, by: str, at: datetime) -> int:
    """Delete the files of a source; the id of the entry that says so. Raises EntryError where the
    entry is not the last one any more."""
    wait_for_others(connection)
    return _add(connection, _last_entry(_sizes(connection), entry_id, name), _EMPTY, "", by, at)


def current() -> sa.Select[Any]:
    """The query for the last entry of each name that has files, without these."""
    return sa.select(table.c.id, table.c.name, table.c.settings, table.c.by, table.c.at).where(
        table.c.id.in_(_last_ids()), sa.func.length(table.c.files) > 0)


def names(connection: Connection) -> dict[str, int]:
    """The names of saved sources in alphabetical order, each with the id of its entry, which
    changes whenever the files do."""
    rows = understood(connection, table, current())
    return dict(sorted(((row["name"], row["id"]) for row in rows),
                       key=lambda item: item[0].casefold()))


def settings(connection: Connection) -> dict[str, str]:
    """The settings of each saved source by its name, the one saved last first."""
    rows = understood(connection, table, current().order_by(table.c.id.desc()))
    return {row["name"]: row["settings"] for row in rows}


def read(connection: Connection, name: str) -> SavedSource | None:
    """The source saved under a name; None if there is none. Raises BadZip or TooLarge where its
    files are damaged."""
    rows = understood(connection, table, sa.select(table).where(table.c.name == name).order_by(
        table.c.id.desc()).limit(1))
    return next((SavedSource(**{**row, "files": _unpack(row["files"])})
                 for row in rows if row["files"]), None)


def pack(files: Mapping[str, bytes]) -> bytes:
    """Files as one zip, of which it is certain that it can be read again. Raises EntryError."""
    size = sum(map(len, files.values()))
    if size > MOST_EACH:
        raise EntryError(f"the files have {format_bytes(size)}; a source has at most "
                         f"{format_bytes(MOST_EACH)}")
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    try:
        Entries(packed.getvalue(), Allowance())
    except (BadZip, TooLarge) as error:
        raise EntryError(f"the files cannot be kept: {error}") from None
    return packed.getvalue()


def _unpack(packed: bytes) -> dict[str, bytes]:
    entries = Entries(packed, Allowance())
    return {name: entries.read(name) for name in entries.names}


def wait_for_others(connection: Connection) -> None:
    """Wait until nobody else saves, deletes or corrects a source, in every database: whoever
    changes the one row of this table has it for himself until the transaction ends."""
    connection.execute(sa.update(identity).values(id=identity.c.id))


def _last_ids() -> sa.Select[Any]:
    return sa.select(sa.func.max(table.c.id)).group_by(table.c.name)


def _sizes(connection: Connection) -> dict[int, tuple[str, int]]:
    """Name and size of each saved source, by the id of its entry."""
    rows = connection.execute(sa.select(
        table.c.id, table.c.name, sa.func.length(table.c.files)).where(
            table.c.id.in_(_last_ids()), sa.func.length(table.c.files) > 0))
    return {entry_id: (str(name), size) for entry_id, name, size in rows}


def _last_entry(saved: Mapping[int, tuple[str, int]], entry_id: int, title: str) -> str:
    """The name of a source, of which this has to be the last entry."""
    if entry_id not in saved:
        raise EntryError(f"somebody else has changed “{title}” since you opened it. What they kept "
                         "stays. Look at it as it is now, then do it again")
    return saved[entry_id][0]


def _add(connection: Connection, name: str, packed: bytes, settings: str, by: str,
         at: datetime) -> int:
    entry_id: int = connection.execute(sa.insert(table).values(
        name=name, files=packed, settings=settings, by=by, at=at).returning(
            table.c.id)).scalar_one()
    connection.execute(sa.update(table).where(
        table.c.name == name, table.c.id < entry_id).values(files=_EMPTY, settings=""))
    return entry_id
