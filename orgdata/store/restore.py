"""Restore a backup of a store: all of it or nothing, into a database of any kind.

It is filled at the version that was backed up, and then migrated like any older store.
"""

import hashlib
import json
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from itertools import islice
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
            RuntimeError, LookupError, TypeError, AttributeError, ValueError)
_FROM_JSON = {"day": date.fromisoformat, "moment": datetime.fromisoformat}


def restore(file: IO[bytes], name: str, address: str) -> Held:
    """Put what a backup holds into a store without a row, made where none is. Raises StoreError,
    and changes nothing then: where the backup is not whole or of a newer version, where the store
    holds something, and where anything were missing afterwards."""
    try:
        archive = zipfile.ZipFile(file)
        manifest = _checked(archive, name)
    except _DAMAGED:
        raise StoreError(f"{name} is no whole backup of a store") from None
    with archive, opening.to_fill(address, manifest["schema"]) as connection:
        if identity.name in manifest["tables"]:  # it becomes the store that was backed up
            connection.execute(sa.delete(identity))
        return _fill(connection, archive, manifest, name)


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
        read = _rows(archive, table.name, kinds)
        while some := list(islice(read, 1 if holding else AT_ONCE)):
            connection.execute(sa.insert(target), some)
        count = connection.execute(sa.select(sa.func.count()).select_from(target)).scalar_one()
        if count != written["rows"]:
            raise StoreError(f"{name} says {written['rows']:,} rows of {table.name}, and would "
                             f"restore {count:,}")
        continue_after(connection, table, written["last_id"])
        rows, files = rows + count, files + count * len(holding)
    return Held(rows, files)


def _rows(archive: zipfile.ZipFile, table: str,
          kinds: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    with archive.open(f"{table}.jsonl") as lines:
        for line in lines:
            row = json.loads(line)
            yield {column: archive.read(file_entry(table, row["id"], column)) if kind == "bytes"
                   else _value(kind, row[column]) for column, kind in kinds.items()}


def _value(kind: str, cell: Any) -> Any:
    return cell if cell is None or kind not in _FROM_JSON else _FROM_JSON[kind](cell)
