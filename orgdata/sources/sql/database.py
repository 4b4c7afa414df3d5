"""Read a database behind any SQLAlchemy URL: one table, view or query per table of ours.

All tables are read in one read-only transaction, so that what is shown existed at one moment; it
is rolled back at the end, so that nothing is written even if the database ignores "read only".
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date

import pandas as pd
import sqlalchemy as sa
from sqlalchemy.engine import URL, Connection

from orgdata.model.fields import normalise_name
from orgdata.model.settings import Settings
from orgdata.sources.limits import TooLarge
from orgdata.sources.raw import (
    CheckInsWanted,
    RawSource,
    RawTable,
    SourceError,
    choose_tables,
    no_known_tables,
)
from orgdata.sources.sql.connection import CONFIG, connected, reason
from orgdata.sources.sql.nested_views import check_views
from orgdata.sources.sql.query import NotOneSelect, is_query, run_query
from orgdata.sources.sql.recent_check_ins import fetch_recent
from orgdata.sources.sql.rows import fetch_all, raw_table
from orgdata.sources.sql.trial import CannotBeRead, TooMuch, computes, try_first
from orgdata.sources.sql.url import parse_url, without_password
from orgdata.sources.sql.weekly_values import weekly_values

_IN_QUERY = " (in the query of the settings; expected one select)"


def read_database(source: str, settings: Settings,
                  history: CheckInsWanted | None = None) -> RawSource:
    """Read our tables from a database. Raises SourceError, never showing a password.

    With `history`, check-ins that no measure uses are not fetched, if that can be decided in SQL.
    """
    url, schema = parse_url(source)
    name = without_password(url)
    try:
        with connected(url, name) as connection:
            return _Reading(connection, url, name, schema, settings).read(history)
    except sa.exc.SQLAlchemyError as error:
        raise SourceError(f"{name} cannot be read: {reason(error, url)}") from None


def read_weekly_values(source: str, settings: Settings, kr_ids: Sequence[str],
                       mondays: Sequence[date], until: date) -> pd.DataFrame:
    """kr_id, date and value of the last check-in of each of these weeks. Raises SourceError."""
    url, schema = parse_url(source)
    name = without_password(url)
    try:
        with connected(url, name) as connection:
            return _Reading(connection, url, name, schema, settings).weekly_values(
                kr_ids, mondays, until)
    except sa.exc.SQLAlchemyError as error:
        raise SourceError(f"{name} cannot be read: {reason(error, url)}") from None


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
        self._try_first(chosen)
        tables = {ours: self._table(ours, theirs) for ours, theirs in chosen.items()
                  if ours != "check_ins"}
        source = RawSource(self.name, "sql database", tables, self.settings, noticed)
        if "check_ins" in chosen:
            tables["check_ins"] = self._check_ins(chosen["check_ins"], source, history)
        return RawSource(self.name, "sql database", {ours: tables[ours] for ours in chosen},
                         self.settings, noticed)

    def _try_first(self, chosen: Mapping[str, str]) -> None:
        if self.connection.dialect.name == "sqlite":
            for ours, theirs in chosen.items():
                with self._errors_of(ours):
                    check_views(self.connection, theirs)
            if not computes(self.connection, chosen.values()):
                return
        elif self.connection.dialect.name != "duckdb":
            return
        statements = {ours: theirs if is_query(theirs) else str(sa.select(sa.text("*")).select_from(
            self._table_clause(theirs)).compile(dialect=self.connection.dialect))
            for ours, theirs in chosen.items()}
        try:
            try_first(self.connection, self.connection.info[CONFIG], statements)
        except TooMuch as error:
            raise SourceError(f"{self.name} cannot be read: {error.table}: {error}") from None
        except CannotBeRead as error:
            where = _IN_QUERY if is_query(chosen[error.table]) else ""
            raise SourceError(f"{self.name} cannot be read: {error.table}: "
                              f"{reason(error, self.url)}{where}") from None

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
        if is_query(theirs):
            return True
        schema, _, table = theirs.rpartition(".")
        try:
            return bool(schema) and normalise_name(table) in map(
                normalise_name, self._list_tables(schema))
        except sa.exc.DBAPIError:  # raised by MariaDB for a schema that does not exist
            return False

    def _table(self, ours: str, theirs: str) -> RawTable:
        if is_query(theirs):
            with self._errors_of(ours, _IN_QUERY):
                columns, rows = run_query(self.connection, theirs, ours)
                return raw_table(ours, f"query of {ours}", columns, rows)
        with self._errors_of(ours):
            table = self._table_clause(theirs)
            result = self.connection.execute(sa.select(sa.text("*")).select_from(table))
            read = raw_table(ours, f"table {table.fullname}", list(result.keys()),
                             fetch_all(result, ours))
        return replace(read, place=table.fullname)

    def _check_ins(self, theirs: str, source: RawSource,
                   history: CheckInsWanted | None) -> RawTable:
        if history is None or is_query(theirs):
            return self._table("check_ins", theirs)
        with self._errors_of("check_ins"):
            table = self._table_clause(theirs)
            few = fetch_recent(self.connection, table, source, history)
        return replace(few, place=table.fullname) if few else self._table("check_ins", theirs)

    def _table_clause(self, theirs: str) -> sa.TableClause:
        """The table as the database writes its name; settings may name one in another schema."""
        if theirs in self._list_tables(self.schema):
            return sa.table(theirs, schema=self.schema)
        schema, _, name = theirs.rpartition(".")
        by_name = {normalise_name(table): table for table in self._list_tables(schema)}
        return sa.table(by_name[normalise_name(name)], schema=schema)

    @contextmanager
    def _errors_of(self, ours: str, where: str = "") -> Iterator[None]:
        try:
            yield
        except NotOneSelect as error:
            raise SourceError(f"{self.name} cannot be read: the query of {ours} in the settings "
                              f"{error}") from None
        except TooLarge as error:
            raise SourceError(f"{self.name} cannot be read: {ours}: {error}") from None
        except sa.exc.SQLAlchemyError as error:
            raise SourceError(f"{self.name} cannot be read: {ours}: "
                              f"{reason(error, self.url)}{where}") from None
