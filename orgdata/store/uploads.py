"""Uploaded files saved under a name. The last entry of a name counts; an entry without files means
that it was deleted. Earlier entries keep only who and when, so that a deleted file is really gone
and new files every week do not add up.
"""

import io
import zipfile
from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from orgdata.sources.limits import Allowance
from orgdata.sources.zipped import Entries
from orgdata.store.entries import SavedSource
from orgdata.store.tables import saved_sources as table
from orgdata.store.understood import understood

_EMPTY = b""


def save(connection: Connection, source: SavedSource) -> SavedSource:
    """Add an entry, delete the files of earlier ones, and return it with its id."""
    source.check()
    packed = _pack(source.files) if source.files else _EMPTY
    entry_id = connection.execute(sa.insert(table).values(
        name=source.name, files=packed, settings=source.settings, by=source.by,
        at=source.at).returning(table.c.id)).scalar_one()
    connection.execute(sa.update(table).where(
        table.c.name == source.name, table.c.id < entry_id).values(files=_EMPTY, settings=""))
    return SavedSource(source.name, source.files, source.settings, source.by, source.at, entry_id)


def current() -> sa.Select[Any]:
    """The query for the last entry of each name that has files, without these."""
    last_ids = sa.select(sa.func.max(table.c.id)).group_by(table.c.name)
    return sa.select(table.c.id, table.c.name, table.c.settings, table.c.by, table.c.at).where(
        table.c.id.in_(last_ids), sa.func.length(table.c.files) > 0)


def names(connection: Connection) -> dict[str, int]:
    """The names of saved sources in alphabetical order, each with the id of its entry, which
    changes whenever the files do."""
    rows = understood(connection, table, current())
    return dict(sorted(((row["name"], row["id"]) for row in rows),
                       key=lambda item: item[0].casefold()))


def read(connection: Connection, name: str) -> SavedSource | None:
    """The source saved under a name; None if there is none. Raises BadZip or TooLarge where its
    files are damaged."""
    rows = understood(connection, table, sa.select(table).where(table.c.name == name).order_by(
        table.c.id.desc()).limit(1))
    return next((SavedSource(**{**row, "files": _unpack(row["files"])})
                 for row in rows if row["files"]), None)


def _pack(files: Mapping[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return packed.getvalue()


def _unpack(packed: bytes) -> dict[str, bytes]:
    entries = Entries(packed, Allowance())
    return {name: entries.read(name) for name in entries.names}
