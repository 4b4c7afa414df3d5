"""Restore a backup of a store: all of it or nothing, into a database of any kind.

It is filled at the version that was backed up, and then migrated like any older store.
"""

import hashlib
import io
import json
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import IO, Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection
from sqlalchemy.sql import quoted_name

from orgdata.model.history import StoreError
from orgdata.store import opening
from orgdata.store.backup import AT_ONCE, FORMAT, MANIFEST, Held, file_entry
from orgdata.store.column_types import Day, Utc
from orgdata.store.given_ids import continue_after
from orgdata.store.tables import HEAD, identity, metadata

_TYPES: Mapping[str, sa.types.TypeEngine[Any]] = {  # by the kinds of a manifest
    "integer": sa.Integer(), "text": sa.Text(), "number": sa.Double(), "bool": sa.Boolean(),
    "json": sa.JSON(none_as_null=True), "bytes": sa.LargeBinary(), "day": Day(), "moment": Utc()}
_DAMAGED = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, NotImplementedError,
            RuntimeError, LookupError, TypeError, AttributeError, ValueError, OverflowError,
            MemoryError)
# What is unpacked: a store of half a gigabyte packs to a twentieth, a file made to fill a disk or
# the memory to a thousandth
_RATIO, _RATIO_FROM = 200, 10 << 20  # to the size of the file, and from how many bytes on
_MANIFEST, _ROW = 64 << 20, 64 << 20  # bytes that are read at once; a manifest has 150 for a file
_LONG = 8 << 20  # bytes of rows that are inserted together
_FROM_JSON = {"day": date.fromisoformat, "moment": datetime.fromisoformat}


def restore(file: IO[bytes], name: str, address: str) -> Held:
    """Put what a backup holds into a store without a row, made where none is. Raises StoreError,
    and changes nothing then: where the backup is not whole or of a newer version, where the store
    holds something, and where anything were missing afterwards."""
    try:
        archive = zipfile.ZipFile(file)
        _check_size(archive, file.seek(0, io.SEEK_END), name)
        manifest = _checked(archive, name)
    except _DAMAGED:
        raise StoreError(f"{name} is no whole backup of a store") from None
    with archive, opening.to_fill(address, manifest["schema"]) as connection:
        if identity.name in manifest["tables"]:  # it becomes the store that was backed up
            connection.execute(sa.delete(identity))
        try:
            return _fill(connection, archive, manifest, name)
        except _DAMAGED:  # rows that are no rows of such a table
            raise StoreError(f"{name} is no whole backup of a store") from None


def _check_size(archive: zipfile.ZipFile, size: int, name: str) -> None:
    """Raises StoreError for what unpacks to more than it should, by what it says of itself: never
    more than that is read of an entry."""
    unpacked = sum(entry.file_size for entry in archive.infolist())
    manifest = archive.getinfo(MANIFEST).file_size
    if unpacked > max(_RATIO_FROM, _RATIO * size) or manifest > _MANIFEST:
        raise StoreError(f"{name} is no backup of a store: it unpacks to far more than one of its "
                         "size would")


def _checked(archive: zipfile.ZipFile, name: str) -> dict[str, Any]:
    """The manifest, once every entry has the content that it says."""
    manifest: dict[str, Any] = json.loads(archive.read(MANIFEST))
    if (manifest["format"] != FORMAT or int(manifest["schema"]) > int(HEAD)
            or not metadata.tables.keys() >= manifest["tables"].keys()):
        raise StoreError(f"{name} was written by a newer version of orgdata than this one")
    entries = set(archive.namelist()) - {MANIFEST}
    if odd := sorted(entries ^ set(manifest["entries"])):
        raise StoreError(f"{name} is no whole backup of a store: {odd[0]} is "
                         f"{'unknown' if odd[0] in entries else 'missing'}")
    for entry, digest in manifest["entries"].items():
        if _digest(archive, entry) != digest:
            raise StoreError(f"{name} is no whole backup of a store: {entry} is damaged")
    return manifest


def _digest(archive: zipfile.ZipFile, entry: str) -> str:
    digest = hashlib.sha256()
    with archive.open(entry) as content:
        while part := content.read(1 << 20):
            digest.update(part)
    return digest.hexdigest()


def _fill(connection: Connection, archive: zipfile.ZipFile, manifest: Mapping[str, Any],
          name: str) -> Held:
    """Insert every row, and count what is there afterwards."""
    rows = files = 0
    for table in metadata.sorted_tables:  # what others refer to comes first
        if not (written := manifest["tables"].get(table.name)):
            continue
        kinds = written["columns"]
        holding = [column for column, kind in kinds.items() if kind == "bytes"]
        target = sa.table(table.name, *(sa.column(quoted_name(column, True), _TYPES[kind])
                                        for column, kind in kinds.items()))
        for some in _batches(archive, table.name, kinds):
            connection.execute(sa.insert(target), some)
        count = connection.execute(sa.select(sa.func.count()).select_from(target)).scalar_one()
        if count != written["rows"]:
            raise StoreError(f"{name} says {written['rows']:,} rows of {table.name}, and would "
                             f"restore {count:,}")
        continue_after(connection, table, written["last_id"])
        rows, files = rows + count, files + count * len(holding)
    return Held(rows, files)


def _batches(archive: zipfile.ZipFile, table: str,
             kinds: Mapping[str, str]) -> Iterator[list[dict[str, Any]]]:
    """The rows of a table, some at a time: fewer where they are long, one where it holds a file."""
    some: list[dict[str, Any]] = []
    size = 0
    with archive.open(f"{table}.jsonl") as lines:
        while line := lines.readline(_ROW):
            row, size = json.loads(line), size + len(line)
            some.append({column: archive.read(file_entry(table, row["id"], column))
                         if kind == "bytes" else _value(kind, row[column])
                         for column, kind in kinds.items()})
            if len(some) == AT_ONCE or size > _LONG or "bytes" in kinds.values():
                yield some
                some, size = [], 0
    if some:
        yield some


def _value(kind: str, cell: Any) -> Any:
    return cell if cell is None or kind not in _FROM_JSON else _FROM_JSON[kind](cell)
