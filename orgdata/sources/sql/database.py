"""Read a database behind any SQLAlchemy URL: one table, view or query per table of ours.

All tables are read in one read-only transaction, so that what is shown existed at one moment; it
is rolled back at the end, so that nothing is written even if the database ignores "read only".
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from typing import Any

import pandas as pd
import sqlalchemy as sa
from sqlalchemy.engine import URL, Connection

from orgdata.model.schema import normalise_name
from orgdata.model.settings import Settings
from orgdata.sources.raw import (
    CheckInsWanted,
    RawSource,
    RawTable,
    SourceError,
    choose_tables,
    no_known_tables,
)
from orgdata.sources.sql.recent_check_ins import fetch_recent
from orgdata.sources.sql.rows import raw_table
from orgdata.sources.sql.url import error_line, parse_url, without_password
from orgdata.sources.sql.weekly_values import weekly_values

_OPTIONS: Mapping[str, dict[str, Any]] = {
    "postgresql": {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}}
_START_STATEMENTS = {  # run at the start of the transaction
    "sqlite": ["begin"],  # otherwise each table would be read at another moment
    "mysql": ["set session transaction read only"],
    "postgresql": [
        "set default_transaction_read_only = on",
        # fixes the order of rows, so that row numbers are the same at every read
        "select set_config(name, case vartype when 'bool' then 'off' else '0' end, true) "
        "from pg_settings where name in ('synchronize_seqscans', "
        "'max_parallel_workers_per_gather')"]}
# How long to wait for a server to answer, and to notice that it went away: by default minutes, or
# for ever
_TIMEOUTS: Mapping[str, dict[str, str]] = {
    "psycopg": {"connect_timeout": "10", "keepalives_idle": "30", "keepalives_interval": "10",
                "keepalives_count": "3"},
    "pymysql": {"read_timeout": "330"}}
STATEMENT_SECONDS = 300  # for one statement, unless the role, the database or the URL sets a limit
_STATEMENT_TIMEOUT = {  # the statement that sets it
    "postgresql": "select set_config('statement_timeout', '{0}s', false) "
                  "where current_setting('statement_timeout') = '0'",
    "mariadb": "set session max_statement_time = if(@@max_statement_time = 0, {0}, "
               "@@max_statement_time)",
    "mysql": "set session max_execution_time = if(@@max_execution_time = 0, {0}000, "
             "@@max_execution_time)"}
_QUERY = re.compile(r"\s*(select|with)\s", re.IGNORECASE)
_QUOTED = re.compile(r"'[^']*'|\"[^\"]*\"|`[^`]*`")


def read_database(source: str, settings: Settings,
                  history: CheckInsWanted | None = None) -> RawSource:
    """Read our tables from a database. Raises SourceError, never showing a password.

    With `history`, check-ins that no measure uses are not fetched, if that can be decided in SQL.
    """
    url, schema = parse_url(source)
    name = without_password(url)
    try:
        with _connected(url, name) as connection:
            return _Reading(connection, url, name, schema, settings).read(history)
    except sa.exc.SQLAlchemyError as error:
        raise SourceError(f"{name} cannot be read: {error_line(error, url)}") from None


def read_weekly_values(source: str, settings: Settings, kr_ids: Sequence[str],
                       mondays: Sequence[date], until: date) -> pd.DataFrame:
    """kr_id, date and value of the last check-in of each of these weeks. Raises SourceError."""
    url, schema = parse_url(source)
    name = without_password(url)
    try:
        with _connected(url, name) as connection:
            return _Reading(connection, url, name, schema, settings).weekly_values(
                kr_ids, mondays, until)
    except sa.exc.SQLAlchemyError as error:
        raise SourceError(f"{name} cannot be read: {error_line(error, url)}") from None


@contextmanager
def _connected(url: URL, name: str) -> Iterator[Connection]:
    backend = url.get_backend_name()
    arguments = {"read_only": True} if backend == "duckdb" and url.database not in (
        None, "", ":memory:") else {}
    try:
        url = url.update_query_dict({**_TIMEOUTS.get(url.get_driver_name(), {}), **url.query})
        engine = sa.create_engine(url, poolclass=sa.NullPool, connect_args=arguments,
                                  execution_options=_OPTIONS.get(backend, {}))
        connection = engine.connect()
    except (sa.exc.NoSuchModuleError, ImportError) as error:
        raise SourceError(f"{name} cannot be read: nothing is installed here that knows "
                          f"{url.drivername} ({error})") from None
    except (sa.exc.SQLAlchemyError, OSError, ValueError, TypeError) as error:  # from any driver
        raise SourceError(f"{name} cannot be read: {error_line(error, url)}") from None
    with connection:  # closing it rolls back
        for statement in _START_STATEMENTS.get("mysql" if backend == "mariadb" else backend, ()):
            connection.exec_driver_sql(statement)
        kind = "mariadb" if getattr(connection.dialect, "is_mariadb", False) else backend
        if kind in _STATEMENT_TIMEOUT:
            connection.exec_driver_sql(_STATEMENT_TIMEOUT[kind].format(STATEMENT_SECONDS))
        yield connection


class _Reading:
    """A database while it is being read."""

    def __init__(self, connection: Connection, url: URL, name: str, schema: str | None,
                 settings: Settings) -> None:
        self.connection, self.url, self.name = connection, url, name
        self.schema, self.settings = schema, settings
        self.inspector = sa.inspect(connection)

    def read(self, history: CheckInsWanted | None) -> RawSource:
        """Read our tables from the database; check-ins last, since which of them are needed depends
        on the key results."""
        chosen, noticed = self._choose_tables()
        tables = {ours: self._table(ours, theirs) for ours, theirs in chosen.items()
                  if ours != "check_ins"}
        source = RawSource(self.name, "sql database", tables, self.settings, noticed)
        if "check_ins" in chosen:
            tables["check_ins"] = self._check_ins(chosen["check_ins"], source, history)
        return RawSource(self.name, "sql database", {ours: tables[ours] for ours in chosen},
                         self.settings, noticed)

    def weekly_values(self, kr_ids: Sequence[str], mondays: Sequence[date],
                      until: date) -> pd.DataFrame:
        """The last value of some key results in each of these weeks."""
        chosen, _ = self._choose_tables()
        if "check_ins" not in chosen:
            raise SourceError(f"{self.name} cannot be read: check_ins are not there any more")
        with self._errors_of("check_ins"):
            return weekly_values(self.connection, self._table_clause(chosen["check_ins"]),
                                 self.settings, kr_ids, mondays, until)

    def _choose_tables(self) -> tuple[dict[str, str], pd.DataFrame]:
        listed = {name: name for name in sorted(self._list_tables(self.schema))}
        elsewhere = {name: name for name in self.settings.tables.values()
                     if name not in listed and self._is_elsewhere(name)}
        chosen, noticed = choose_tables({**listed, **elsewhere}, self.settings)
        if not chosen:
            raise no_known_tables(self.name, list(listed)) if listed else SourceError(
                f"{self.name} holds no tables"
                + (f" in the schema {self.schema}" if self.schema else ""))
        return chosen, noticed

    def _list_tables(self, schema: str | None) -> list[str]:
        """The names of all tables and views of a schema, of any kind the database knows."""
        if schema is None and self.connection.dialect.name == "duckdb":
            schema = self.inspector.default_schema_name  # otherwise those of all schemas are listed
        names = [*self.inspector.get_table_names(schema), *self.inspector.get_view_names(schema)]
        if self.connection.dialect.name == "postgresql":  # others list them as views
            names += self.inspector.get_materialized_view_names(schema)
            names += getattr(self.inspector, "get_foreign_table_names")(schema)  # noqa: B009
        return names

    def _is_elsewhere(self, theirs: str) -> bool:
        """Whether the settings name a query, or an existing table in another schema."""
        if _QUERY.match(theirs):
            return True
        schema, _, table = theirs.rpartition(".")
        try:
            return bool(schema) and normalise_name(table) in map(
                normalise_name, self._list_tables(schema))
        except sa.exc.DBAPIError:  # raised by MariaDB for a schema that does not exist
            return False

    def _table(self, ours: str, theirs: str) -> RawTable:
        with self._errors_of(ours):
            if _QUERY.match(theirs):
                columns, rows = self._run_query(ours, theirs)
                return raw_table(ours, f"query of {ours}", columns, rows)
            table = self._table_clause(theirs)
            result = self.connection.execute(sa.select(sa.text("*")).select_from(table))
            return raw_table(ours, f"table {table.fullname}", list(result.keys()), result.all())

    def _check_ins(self, theirs: str, source: RawSource,
                   history: CheckInsWanted | None) -> RawTable:
        if history is None or _QUERY.match(theirs):
            return self._table("check_ins", theirs)
        with self._errors_of("check_ins"):
            few = fetch_recent(self.connection, self._table_clause(theirs), source, history)
        return few or self._table("check_ins", theirs)

    def _run_query(self, ours: str, query: str) -> tuple[list[str], list[Any]]:
        """The columns and rows of a query in the settings. It must be one statement, since several
        could end the read-only transaction before the last."""
        query = query.strip().rstrip(";")
        if ";" in _QUOTED.sub("", query):
            raise SourceError(f"{self.name} cannot be read: the query of {ours} in the settings "
                              "holds a semicolon; expected one select")
        result = self.connection.exec_driver_sql(  # unchanged: % and : have no special meaning
            query, execution_options={"no_parameters": True})
        return list(result.keys()), list(result.all())

    def _table_clause(self, theirs: str) -> sa.TableClause:
        """The table as the database writes its name; settings may name one in another schema."""
        if theirs in self._list_tables(self.schema):
            return sa.table(theirs, schema=self.schema)
        schema, _, name = theirs.rpartition(".")
        by_name = {normalise_name(table): table for table in self._list_tables(schema)}
        return sa.table(by_name[normalise_name(name)], schema=schema)

    @contextmanager
    def _errors_of(self, ours: str) -> Iterator[None]:
        try:
            yield
        except sa.exc.SQLAlchemyError as error:
            message = error_line(error, self.url)
            if any(word in message for word in ("statement timeout", "max_statement_time")):
                message += (f" (after {STATEMENT_SECONDS} seconds, unless the URL or the database "
                            "says otherwise)")
            raise SourceError(f"{self.name} cannot be read: {ours}: {message}") from None
