"""Write changes to a database in one transaction: all of them, or none.

Each row is looked at and locked before, changed only while it says what it said, and looked at
again: a database may cut a text, or make a number of it that was not meant.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import URL, Connection

from orgdata import formats
from orgdata.sources.raw import SourceError
from orgdata.sources.sql.changes import Change, are, statement, table_of
from orgdata.sources.sql.connection import TIMEOUTS
from orgdata.sources.sql.rows import as_text
from orgdata.sources.sql.url import error_line, parse_url, without_password

LOCK_SECONDS = 10  # how long to wait for a row that somebody else is changing
_START_STATEMENTS = {  # strict: otherwise a text that is no number becomes 0
    "postgresql": ("set local lock_timeout = '{0}s'",),
    "mysql": ("set session innodb_lock_wait_timeout = {0}",
              "set session sql_mode = concat_ws(',', @@sql_mode, 'STRICT_ALL_TABLES')"),
    "sqlite": ("begin immediate",)}
_WITHOUT_TRANSACTIONS = sa.text(
    "select t.engine from information_schema.tables t join information_schema.engines e "
    "on e.engine = t.engine where t.table_schema = coalesce(:schema, database()) "
    "and t.table_name = :name and e.transactions <> 'YES'")


@dataclass(frozen=True)
class Row:
    """A row to write: what it is called, its change, and whether two texts of a column of it say
    the same."""

    name: str
    change: Change
    same: Callable[[str, str, str], bool]


class NotWritten(SourceError):
    """Changes could not be made; one line that shows no password."""


class _Unknown(NotWritten):
    """It is not known whether changes were made."""


def write(written: str, rows: Sequence[Row]) -> str:
    """Make every change in one transaction; the URL without its password. Raises NotWritten where
    one of them changes no row, or more than one, or a row says something else."""
    try:
        url, _ = parse_url(written, "write_back.url", "rw")
        name = without_password(url)
        with _connected(url) as connection:
            for row in rows:
                try:
                    _write(connection, row)
                except sa.exc.SQLAlchemyError as error:
                    raise NotWritten(f"{row.name}: {error_line(error, url)}") from None
            _commit(connection, url)
    except _Unknown:
        raise
    except SourceError as error:
        raise NotWritten(f"nothing was written: {error}") from None
    except (sa.exc.SQLAlchemyError, ImportError, OSError, ValueError, TypeError) as error:
        raise NotWritten(f"nothing was written: {name}: {error_line(error, url)}") from None
    return name


@contextmanager
def _connected(url: URL) -> Iterator[Connection]:
    """A connection in a transaction, which is rolled back unless it is committed."""
    backend = url.get_backend_name().replace("mariadb", "mysql")
    if backend not in _START_STATEMENTS:
        raise NotWritten("write_back.url should name a database of PostgreSQL, MariaDB, MySQL or "
                         f"SQLite, found {backend}")
    url = url.update_query_dict({**TIMEOUTS.get(url.get_driver_name(), {}), **url.query})
    with sa.create_engine(url, poolclass=sa.NullPool).connect() as connection:
        for start in _START_STATEMENTS[backend]:
            connection.exec_driver_sql(start.format(LOCK_SECONDS))
        yield connection


def _commit(connection: Connection, url: URL) -> None:
    try:
        connection.commit()
    except sa.exc.IntegrityError:
        raise  # a constraint that is looked at last
    except sa.exc.SQLAlchemyError as error:
        raise _Unknown("the connection broke while it was kept, so that either all or nothing was "
                       f"written: {error_line(error, url)}") from None


def _write(connection: Connection, row: Row) -> None:
    """Change one row, while it says what it said and if it says afterwards what it should."""
    change = row.change
    _check_engine(connection, row)
    cells: Mapping[str, object] = {}
    if change.operation != "add":
        cells = _found(connection, row, change.key, [*change.before, *change.key])
        for column, before in change.before.items():
            if (now := _text(cells[column])) != before:
                raise NotWritten(f"{row.name}: {column} says {_shown(now)} and not "
                                 f"{_shown(before)} any more")
    made = statement(change, {column: cells[column] for column in change.before}, _value)
    count = connection.execute(made, execution_options={"preserve_rowcount": True}).rowcount
    if count != 1:
        raise NotWritten(f"{row.name}: {count} rows would change and not 1")
    if change.after:
        key = {column: change.after.get(column, text) for column, text in change.key.items()}
        after = _found(connection, row, key, list(change.after))
        for column, wanted in change.after.items():
            if not row.same(column, wanted, now := _text(after[column])):
                raise NotWritten(f"{row.name}: {column} would say {_shown(now)} and not "
                                 f"{_shown(wanted)}")


def _found(connection: Connection, row: Row, cells: Mapping[str, str],
           columns: list[str]) -> Mapping[str, object]:
    """The one row with these cells, locked."""
    table = table_of(row.change.table, [*cells, *columns])
    found = connection.execute(sa.select(*(table.c[column] for column in columns)).where(
        *are(table, cells, _value)).with_for_update()).fetchmany(2)
    if len(found) != 1:
        raise NotWritten(f"{row.name}: " + ("several rows are called so" if found else
                                            "no row is called so any more"))
    return dict(zip(columns, found[0], strict=True))


def _check_engine(connection: Connection, row: Row) -> None:
    """Raise NotWritten for a table of MariaDB or MySQL that keeps what is rolled back."""
    if connection.dialect.name in ("mysql", "mariadb"):
        schema, _, name = row.change.table.rpartition(".")
        if kind := connection.scalar(_WITHOUT_TRANSACTIONS, {"schema": schema or None,
                                                             "name": name}):
            raise NotWritten(f"{row.change.table} is a table of {kind}, which cannot take back")


def _value(cell: object) -> sa.ColumnElement[Any]:
    """A cell as a parameter, of whose type nothing is said: the database takes that of the column
    it is compared with."""
    return sa.bindparam(None, cell, type_=sa.types.NullType())


def _text(cell: object) -> str:
    return as_text([cell])[0]


def _shown(text: str) -> str:
    return f"“{formats.clipped(text, 60)}”" if text else "nothing"
