"""A database behind any SQLAlchemy URL: one table or view per table of ours, read only.

All tables are read in one read-only transaction, so that what is shown existed at one moment.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from urllib.parse import quote, unquote

import pandas as pd
import sqlalchemy as sa
from sqlalchemy.engine import URL, Connection, make_url

from orgdata.problems import problems, together
from orgdata.settings import Settings
from orgdata.sources.delimited import header_names, without_blank
from orgdata.sources.raw import RawSource, RawTable, SourceError, choose_tables, nothing_known

_READ_ONLY = {"postgresql": {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}}
_SECONDS = "10"  # to wait for a server; without it an address that does not answer takes minutes


def read_database(source: str, settings: Settings) -> RawSource:
    """Read our tables from a database. Raises SourceError, never showing a password."""
    url, schema = parse_url(source)
    name = without_password(url)
    try:
        with _connected(url, name) as connection:
            return _read(connection, schema, name, settings)
    except sa.exc.SQLAlchemyError as error:
        raise SourceError(f"{name} cannot be read: {_reason(error, url)}") from None


@contextmanager
def _connected(url: URL, name: str) -> Iterator[Connection]:
    try:
        if url.get_backend_name() == "postgresql" and "psycopg" in url.get_driver_name():
            url = url.update_query_dict({"connect_timeout": _SECONDS, **url.query})
        engine = sa.create_engine(url, poolclass=sa.NullPool,
                                  execution_options=_READ_ONLY.get(url.get_backend_name(), {}))
        connection = engine.connect()
    except (sa.exc.NoSuchModuleError, ImportError) as error:
        raise SourceError(f"{name} cannot be read: nothing is installed here that knows "
                          f"{url.drivername} ({error})") from None
    except (sa.exc.SQLAlchemyError, OSError, ValueError, TypeError) as error:  # of any driver
        raise SourceError(f"{name} cannot be read: {_reason(error, url)}") from None
    with connection, connection.begin():
        yield connection


def parse_url(source: str) -> tuple[URL, str | None]:
    """The URL without our own `?schema=`, and that schema. A SQLite file must exist already."""
    try:
        url = make_url(source)
    except (sa.exc.ArgumentError, ValueError):
        raise SourceError("the database URL cannot be read; expected for example "
                          "postgresql://user@host/database or sqlite:///file.db") from None
    schema = url.query.get("schema")
    url = url.difference_update_query(["schema"])
    if url.get_backend_name() == "sqlite" and url.database not in (None, "", ":memory:"):
        given = str(url.database)
        path = Path(unquote(given.removeprefix("file:")) if given.startswith("file:") else given)
        if not path.is_file():
            raise SourceError(f"{path} does not exist; expected a SQLite database")
        url = url.set(database=f"file:{quote(path.as_posix())}").update_query_dict(
            {"mode": "ro", "uri": "true"})
    return url, schema if isinstance(schema, str) else None


def without_password(url: URL) -> str:
    """The URL as it may be shown: no password, no options."""
    if url.get_backend_name() == "sqlite":
        return f"{url.drivername}:///{unquote(str(url.database or '').removeprefix('file:'))}"
    return url.set(query={}).render_as_string(hide_password=True)


def _read(connection: Connection, schema: str | None, name: str, settings: Settings) -> RawSource:
    inspector = sa.inspect(connection)
    found = [*inspector.get_table_names(schema), *inspector.get_view_names(schema)]
    if connection.dialect.name == "postgresql":  # elsewhere they are views, or not supported
        found += inspector.get_materialized_view_names(schema)
    chosen, noticed = choose_tables({name: name for name in sorted(found)}, settings)
    if not chosen:
        raise nothing_known(name, found) if found else SourceError(
            f"{name} holds no tables" + (f" in the schema {schema}" if schema else ""))
    tables = {ours: _table(connection, ours, sa.table(theirs, schema=schema))
              for ours, theirs in chosen.items()}
    return RawSource(name, "sql database", tables, settings, noticed)


def _table(connection: Connection, ours: str, table: sa.TableClause) -> RawTable:
    result = connection.execute(sa.select(sa.text("*")).select_from(table))
    columns = [str(key) for key in result.keys()]
    cells = list(zip(*result.all(), strict=True)) or [()] * len(columns)
    names, doubled = header_names(columns)  # "Name" and "name" may stand side by side
    frame = pd.DataFrame({column: pd.Series(_as_text(values), dtype="str")
                          for column, values in zip(names, cells, strict=True)})
    frame.index = pd.RangeIndex(2, len(frame) + 2)
    origin = f"table {table.fullname}"
    return RawTable(origin, without_blank(frame, columns), together(
        problems("warning", "duplicate_header", ours, f"stands twice in the table; the later one "
                 f"is kept as {new}", origin=origin, column=old, values=[old])
        for old, new in doubled))


def _as_text(values: Iterable[object]) -> list[str]:
    """Values as they would stand in a CSV file."""
    return [value if isinstance(value, str) else _cell(value) for value in values]


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    return str(value)


def _reason(error: Exception, url: URL) -> str:
    """The first line of a driver's message, with the password taken out wherever it stands."""
    lines = str(getattr(error, "orig", None) or error).strip().splitlines() or [""]
    line = lines[0]
    for secret in (url.password, url.query.get("password")):
        for written in {str(secret), quote(str(secret))} if secret else ():
            line = line.replace(written, "***")
    return line
