"""Back a store up into one file, as it is at one moment while people write.

The file is a zip of one entry of JSON lines for each table, one for each uploaded or kept file, and
a MANIFEST.json, written last, with the version, the number of rows, and a SHA-256 of each entry.
`orgdata.store.restore` puts it into a database of any kind.
"""

import hashlib
import json
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import IO, Any, cast

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from orgdata.model.history import StoreError
from orgdata.store import opening
from orgdata.store.column_types import Day, Utc
from orgdata.store.given_ids import last_id
from orgdata.store.tables import metadata

MANIFEST = "MANIFEST.json"
FORMAT = 1  # of the file
AT_ONCE = 500  # rows
KINDS: Mapping[type[sa.types.TypeEngine[Any]], tuple[str, type]] = {  # and what their values are
    sa.Integer: ("integer", int), sa.Text: ("text", str), sa.String: ("text", str),
    sa.Double: ("number", float), sa.JSON: ("json", object), sa.Boolean: ("bool", bool),
    sa.LargeBinary: ("bytes", bytes), Day: ("day", date), Utc: ("moment", datetime)}
_FIXED_TIME = (1980, 1, 1, 0, 0, 0)  # so that the same content gives the same bytes


@dataclass(frozen=True)
class Held:
    """How much a backup holds."""

    rows: int
    files: int


def back_up(address: str, file: IO[bytes]) -> Held:
    """Write all that a store holds, as it is at one moment. Raises StoreError where there is no
    store, and where it holds what a backup could not: then that is not whole."""
    with opening.at_one_moment(address) as connection, zipfile.ZipFile(file, "w") as archive:
        tables: dict[str, Any] = {}
        entries: dict[str, str] = {}
        for table, columns in _there(connection):
            entry = f"{table.name}.jsonl"
            entries[entry], rows = _add(archive, entry, _lines(connection, table, columns),
                                        zipfile.ZIP_DEFLATED)
            tables[table.name] = {"rows": rows, "last_id": last_id(connection, table),
                                  "columns": {one.name: _kind(one) for one in columns}}
            for entry, content in _files(connection, table, columns):
                entries[entry], _ = _add(archive, entry, [content], zipfile.ZIP_STORED)
        written = json.dumps({"format": FORMAT, "schema": opening.version(connection),
                              "tables": tables, "entries": entries}, indent=1)
        _add(archive, MANIFEST, [written.encode()], zipfile.ZIP_DEFLATED)
    return Held(sum(one["rows"] for one in tables.values()), len(entries) - len(tables))


def file_entry(table: str, number: object, column: str) -> str:
    """The entry for a file that a row holds."""
    return f"{table}/{number}.{column}"


def _there(connection: Connection) -> Iterator[tuple[sa.Table, list[sa.Column[Any]]]]:
    """The tables and columns that a store has; an older one has not all."""
    inspector = sa.inspect(connection)
    named = set(inspector.get_table_names())
    for table in metadata.sorted_tables:
        if table.name in named:
            columns = {column["name"] for column in inspector.get_columns(table.name)}
            yield table, [column for column in table.c if column.name in columns]


def _add(archive: zipfile.ZipFile, name: str, parts: Iterable[bytes],
         compression: int) -> tuple[str, int]:
    """Write an entry part by part; returns its SHA-256 and the number of parts."""
    entry, digest, count = zipfile.ZipInfo(name, _FIXED_TIME), hashlib.sha256(), 0
    entry.compress_type = compression
    entry.create_system, entry.external_attr = 3, 0o600 << 16
    with archive.open(entry, "w", force_zip64=True) as written:
        for part in parts:
            digest.update(part)
            written.write(part)
            count += 1
    return digest.hexdigest(), count


def _lines(connection: Connection, table: sa.Table,
           columns: list[sa.Column[Any]]) -> Iterator[bytes]:
    """The rows of a table by their key, as JSON without the files they hold."""
    plain = [column for column in columns if _kind(column) != "bytes"]
    query = sa.select(*plain).order_by(*table.primary_key.columns)
    with connection.execute(query.execution_options(yield_per=AT_ONCE)) as rows:
        for row in rows:
            cells = {column.name: _cell(column, value, row[0])
                     for column, value in zip(plain, row, strict=True)}
            yield json.dumps(cells, separators=(",", ":")).encode() + b"\n"


def _files(connection: Connection, table: sa.Table,
           columns: list[sa.Column[Any]]) -> Iterator[tuple[str, bytes]]:
    """The files that the rows of a table hold, one at a time in memory."""
    for column in columns:
        if _kind(column) == "bytes":
            ids = connection.execute(sa.select(table.c.id).order_by(table.c.id)).scalars().all()
            for number in ids:
                content = connection.execute(
                    sa.select(column).where(table.c.id == number)).scalar_one()
                yield (file_entry(table.name, number, column.name),
                       cast(bytes, _cell(column, content, number)))


def _cell(column: sa.Column[Any], value: object, number: object) -> object:
    """A value as it is written. Raises StoreError of one that could not be read back as it is."""
    if value is None:
        return None
    kind, of = KINDS[type(column.type)]
    try:
        whole = isinstance(value, of) and (kind != "json" or json.loads(json.dumps(value)) == value)
    except (TypeError, ValueError, RecursionError):
        whole = False
    if not whole:
        raise StoreError(f"{column.table.name}, row {number}: its {column.name!r} cannot be read, "
                         "so no backup would be whole. Mend the row, or copy the database itself")
    return value.isoformat() if isinstance(value, date) else value


def _kind(column: sa.Column[Any]) -> str:
    return KINDS[type(column.type)][0]
