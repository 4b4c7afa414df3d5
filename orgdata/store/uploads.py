"""Files that were handed over and kept under a name. The last entry of a name counts; an entry
without files says that it was let go of. Of earlier entries only who and when is left, so that a
file somebody takes back is gone, and that a new one every week does not add up.
"""

import io
import zipfile
from collections.abc import Mapping

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from orgdata.store.entries import KeptSource
from orgdata.store.tables import kept_sources as table

_EMPTY = b""


def keep(connection: Connection, source: KeptSource) -> KeptSource:
    """Add an entry, and let go of the files of earlier ones; the same with its number."""
    packed = _packed(source.files) if source.files else _EMPTY
    number = connection.execute(sa.insert(table).values(
        name=source.name, files=packed, settings=source.settings, by=source.by,
        at=source.at).returning(table.c.id)).scalar_one()
    connection.execute(sa.update(table).where(
        table.c.name == source.name, table.c.id < number).values(files=_EMPTY, settings=""))
    return KeptSource(source.name, source.files, source.settings, source.by, source.at, number)


def names(connection: Connection) -> dict[str, int]:
    """The names under which files are kept, in the order of the alphabet, with the number of the
    entry: another one means other files."""
    last = sa.select(sa.func.max(table.c.id)).group_by(table.c.name)
    found = connection.execute(sa.select(table.c.name, table.c.id).where(
        table.c.id.in_(last), sa.func.length(table.c.files) > 0)).all()
    return dict(sorted(((name, number) for name, number in found),
                       key=lambda one: one[0].casefold()))


def one(connection: Connection, name: str) -> KeptSource | None:
    """What is kept under a name."""
    row = connection.execute(sa.select(table).where(table.c.name == name).order_by(
        table.c.id.desc()).limit(1)).mappings().one_or_none()
    return None if row is None or not row["files"] else KeptSource(
        **{**row, "files": _unpacked(row["files"])})


def _packed(files: Mapping[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return packed.getvalue()


def _unpacked(packed: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}
