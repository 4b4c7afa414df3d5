"""A database behind any SQLAlchemy URL: one table or view per table of ours, read only.

All tables are read in one read-only transaction, so that what is shown existed at one moment.
"""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pandas as pd
import sqlalchemy as sa
from sqlalchemy.engine import URL, Connection, make_url

from orgdata.settings import Settings
from orgdata.sources.delimited import header_names
from orgdata.sources.raw import RawSource, RawTable, SourceError, choose_tables, nothing_known

_READ_ONLY = {"postgresql": {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}}


def read_database(source: str, settings: Settings) -> RawSource:
    """Read our tables from a database. Raises SourceError, never showing a password."""
    url, schema = parse_url(source)
    name = without_password(url)
    try:
        engine = sa.create_engine(url, poolclass=sa.NullPool,
                                  execution_options=_READ_ONLY.get(url.get_backend_name(), {}))
        with engine.connect() as connection, connection.begin():
            return _read(connection, schema, name, settings)
    except (sa.exc.SQLAlchemyError, ImportError, OSError) as error:
        raise SourceError(f"{name} cannot be read: {_reason(error, url)}") from None


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
        path = Path(str(url.database).removeprefix("file:"))
        if not path.is_file():
            raise SourceError(f"{path} does not exist; expected a SQLite database")
        url = url.set(database=f"file:{path.as_posix()}").update_query_dict(
            {"mode": "ro", "uri": "true"})
    return url, schema if isinstance(schema, str) else None


def without_password(url: URL) -> str:
    """The URL as it may be shown: no password, no options."""
    shown = url.set(query={}, database=str(url.database or "").removeprefix("file:"))
    return shown.render_as_string(hide_password=True)


def _read(connection: Connection, schema: str | None, name: str, settings: Settings) -> RawSource:
    inspector = sa.inspect(connection)
    found = [*inspector.get_table_names(schema), *inspector.get_view_names(schema)]
    chosen, noticed = choose_tables({name: name for name in sorted(found)}, settings)
    if not chosen:
        raise nothing_known(name, found) if found else SourceError(f"{name} holds no tables")
    tables = {ours: _table(connection, sa.table(theirs, schema=schema))
              for ours, theirs in chosen.items()}
    return RawSource(name, "sql database", tables, settings, noticed)


def _table(connection: Connection, table: sa.TableClause) -> RawTable:
    result = connection.execute(sa.select(sa.text("*")).select_from(table))
    columns = [str(key) for key in result.keys()]
    cells = list(zip(*result.all(), strict=True)) or [()] * len(columns)
    names, _ = header_names(columns)
    frame = pd.DataFrame({column: pd.Series(_as_text(values), dtype="str")
                          for column, values in zip(names, cells, strict=True)})
    frame.index = pd.RangeIndex(2, len(frame) + 2)
    return RawTable(f"table {table.fullname}", frame)


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
    if url.password:
        line = line.replace(str(url.password), "***")
    return line
