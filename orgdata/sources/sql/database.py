"""A database behind any SQLAlchemy URL: one table, view or query per table of ours, read only.

All tables are read in one read-only transaction, so that what is shown existed at one moment; it
is rolled back at the end, so that nothing is kept even where a database knows no such transaction.
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
    nothing_known,
)
from orgdata.sources.sql.recent_check_ins import recent
from orgdata.sources.sql.rows import raw_table
from orgdata.sources.sql.url import parse_url, reason, without_password
from orgdata.sources.sql.weekly_values import weeks

_OPTIONS: Mapping[str, dict[str, Any]] = {
    "postgresql": {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}}
_FIRST = {  # said at the start of the transaction
    "sqlite": ["begin"],  # else each table is read at a moment of its own
    "mysql": ["set session transaction read only"],
    "postgresql": [
        "set default_transaction_read_only = on",
        # always the same order of rows, so that row numbers are the same from read to read
        "select set_config(name, case vartype when 'bool' then 'off' else '0' end, true) "
        "from pg_settings where name in ('synchronize_seqscans', "
        "'max_parallel_workers_per_gather')"]}
# To wait for a server, and until one that went away in mid-read is given up: without them an
# address that does not answer takes minutes, or for ever
_PATIENCE: Mapping[str, dict[str, str]] = {
    "psycopg": {"connect_timeout": "10", "keepalives_idle": "30", "keepalives_interval": "10",
                "keepalives_count": "3"},
    "pymysql": {"read_timeout": "330"}}
LONGEST = 300  # seconds for one statement, where neither the role, the database nor the URL says
_LONGEST = {  # what makes it so
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

    With `history`, check-ins that no measure looks at stay in the database where that can be told.
    """
    url, schema = parse_url(source)
    name = without_password(url)
    try:
        with _connected(url, name) as connection:
            return _Reading(connection, url, name, schema, settings).read(history)
    except sa.exc.SQLAlchemyError as error:
        raise SourceError(f"{name} cannot be read: {reason(error, url)}") from None


def read_weeks(source: str, settings: Settings, kr_ids: Sequence[str], mondays: Sequence[date],
               until: date) -> pd.DataFrame:
    """kr_id, date and value of the last check-ins of these weeks. Raises SourceError."""
    url, schema = parse_url(source)
    name = without_password(url)
    try:
        with _connected(url, name) as connection:
            return _Reading(connection, url, name, schema, settings).weeks(kr_ids, mondays, until)
    except sa.exc.SQLAlchemyError as error:
        raise SourceError(f"{name} cannot be read: {reason(error, url)}") from None


@contextmanager
def _connected(url: URL, name: str) -> Iterator[Connection]:
    backend = url.get_backend_name()
    arguments = {"read_only": True} if backend == "duckdb" and url.database not in (
        None, "", ":memory:") else {}
    try:
        url = url.update_query_dict({**_PATIENCE.get(url.get_driver_name(), {}), **url.query})
        engine = sa.create_engine(url, poolclass=sa.NullPool, connect_args=arguments,
                                  execution_options=_OPTIONS.get(backend, {}))
        connection = engine.connect()
    except (sa.exc.NoSuchModuleError, ImportError) as error:
        raise SourceError(f"{name} cannot be read: nothing is installed here that knows "
                          f"{url.drivername} ({error})") from None
    except (sa.exc.SQLAlchemyError, OSError, ValueError, TypeError) as error:  # of any driver
        raise SourceError(f"{name} cannot be read: {reason(error, url)}") from None
    with connection:  # closing it rolls back
        for statement in _FIRST.get("mysql" if backend == "mariadb" else backend, ()):
            connection.exec_driver_sql(statement)
        kind = "mariadb" if getattr(connection.dialect, "is_mariadb", False) else backend
        if kind in _LONGEST:
            connection.exec_driver_sql(_LONGEST[kind].format(LONGEST))
        yield connection


class _Reading:
    """One database while it is read."""

    def __init__(self, connection: Connection, url: URL, name: str, schema: str | None,
                 settings: Settings) -> None:
        self.connection, self.url, self.name = connection, url, name
        self.schema, self.settings = schema, settings
        self.inspector = sa.inspect(connection)

    def read(self, history: CheckInsWanted | None) -> RawSource:
        """Every table of ours that is found; check-ins last, for what is needed of them depends
        on the key results."""
        chosen, noticed = self._chosen()
        tables = {ours: self._table(ours, theirs) for ours, theirs in chosen.items()
                  if ours != "check_ins"}
        source = RawSource(self.name, "sql database", tables, self.settings, noticed)
        if "check_ins" in chosen:
            tables["check_ins"] = self._check_ins(chosen["check_ins"], source, history)
        return RawSource(self.name, "sql database", {ours: tables[ours] for ours in chosen},
                         self.settings, noticed)

    def weeks(self, kr_ids: Sequence[str], mondays: Sequence[date], until: date) -> pd.DataFrame:
        """The last value of each of these weeks, of some key results."""
        chosen, _ = self._chosen()
        if "check_ins" not in chosen:
            raise SourceError(f"{self.name} cannot be read: check_ins are not there any more")
        with self._said_of("check_ins"):
            return weeks(self.connection, self._found(chosen["check_ins"]), self.settings, kr_ids,
                         mondays, until)

    def _chosen(self) -> tuple[dict[str, str], pd.DataFrame]:
        here = {one: one for one in sorted(self._listed(self.schema))}
        elsewhere = {one: one for one in self.settings.tables.values()
                     if one not in here and self._is_elsewhere(one)}
        chosen, noticed = choose_tables({**here, **elsewhere}, self.settings)
        if not chosen:
            raise nothing_known(self.name, list(here)) if here else SourceError(
                f"{self.name} holds no tables"
                + (f" in the schema {self.schema}" if self.schema else ""))
        return chosen, noticed

    def _listed(self, schema: str | None) -> list[str]:
        """Tables and views, whatever kind of them a database knows."""
        if schema is None and self.connection.dialect.name == "duckdb":
            schema = self.inspector.default_schema_name  # else it lists those of every schema
        found = [*self.inspector.get_table_names(schema), *self.inspector.get_view_names(schema)]
        if self.connection.dialect.name == "postgresql":  # elsewhere views, or not supported
            found += self.inspector.get_materialized_view_names(schema)
            found += getattr(self.inspector, "get_foreign_table_names")(schema)  # noqa: B009
        return found

    def _is_elsewhere(self, theirs: str) -> bool:
        """Whether the settings name a query, or a table in another schema that is there."""
        if _QUERY.match(theirs):
            return True
        schema, _, table = theirs.rpartition(".")
        try:
            return bool(schema) and normalise_name(table) in map(
                normalise_name, self._listed(schema))
        except sa.exc.DBAPIError:  # MariaDB says so of a schema that is not there
            return False

    def _table(self, ours: str, theirs: str) -> RawTable:
        with self._said_of(ours):
            if _QUERY.match(theirs):
                columns, rows = self._queried(ours, theirs)
                return raw_table(ours, f"query of {ours}", columns, rows)
            table = self._found(theirs)
            result = self.connection.execute(sa.select(sa.text("*")).select_from(table))
            return raw_table(ours, f"table {table.fullname}", list(result.keys()), result.all())

    def _check_ins(self, theirs: str, source: RawSource,
                   history: CheckInsWanted | None) -> RawTable:
        if history is None or _QUERY.match(theirs):
            return self._table("check_ins", theirs)
        with self._said_of("check_ins"):
            few = recent(self.connection, self._found(theirs), source, history)
        return few or self._table("check_ins", theirs)

    def _queried(self, ours: str, query: str) -> tuple[list[str], list[Any]]:
        """The rows of a query of the settings, which must be one statement: a second one could
        end the read-only transaction first."""
        query = query.strip().rstrip(";")
        if ";" in _QUOTED.sub("", query):
            raise SourceError(f"{self.name} cannot be read: the query of {ours} in the settings "
                              "holds a semicolon; expected one select")
        result = self.connection.exec_driver_sql(  # as it stands: no % or : has a meaning of ours
            query, execution_options={"no_parameters": True})
        return list(result.keys()), list(result.all())

    def _found(self, theirs: str) -> sa.TableClause:
        """The table as its database writes it: settings may name another schema."""
        if theirs in self._listed(self.schema):
            return sa.table(theirs, schema=self.schema)
        schema, _, name = theirs.rpartition(".")
        written = {normalise_name(one): one for one in self._listed(schema)}
        return sa.table(written[normalise_name(name)], schema=schema)

    @contextmanager
    def _said_of(self, ours: str) -> Iterator[None]:
        try:
            yield
        except sa.exc.SQLAlchemyError as error:
            said = reason(error, self.url)
            if any(word in said for word in ("statement timeout", "max_statement_time")):
                said += f" (after {LONGEST} seconds, unless the URL or the database says otherwise)"
            raise SourceError(f"{self.name} cannot be read: {ours}: {said}") from None
