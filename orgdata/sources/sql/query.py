"""Run a query that settings name for a table: one select, or it is refused.

Whether it is one is for the database to say: what quotes and comments hold is read differently by
each. Several statements could end the read-only transaction before the last one.
"""

import re
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from orgdata.sources.sql.rows import fetch_all

_QUERY = re.compile(r"\s*(select|with)\s", re.IGNORECASE)


class NotOneSelect(ValueError):
    """The query is not one select; the message ends a sentence about it."""


def is_query(theirs: str) -> bool:
    """Whether the settings name a query, and not a table."""
    return bool(_QUERY.match(theirs))


def run_query(connection: Connection, query: str, table: str) -> tuple[list[str], list[Any]]:
    """The columns and rows of a query for a table of ours. Raises NotOneSelect, TooLarge, or an
    error of SQLAlchemy."""
    query = query.strip().rstrip(";")
    kind = connection.dialect.name
    if kind in ("mysql", "mariadb"):
        _prepare_in_mariadb(connection, query)
        query = "execute orgdata_query"
    elif kind == "duckdb":
        _check_in_duckdb(connection, query)
    elif kind != "sqlite" and (kind, connection.dialect.driver) != ("postgresql", "psycopg"):
        raise NotOneSelect(f"cannot be run in {kind} by {connection.dialect.driver}: nobody here "
                           "could say whether it only reads; expected the name of a table or view")
    # unchanged: % and : have no special meaning. In PostgreSQL by a cursor, which can be declared
    # for one select only; in SQLite Python's driver runs one statement only, and it may only select
    result = connection.exec_driver_sql(query, execution_options={
        "no_parameters": True, "stream_results": kind == "postgresql"})
    columns = list(result.keys())
    # all at once in PostgreSQL, as the time limit is one of each fetch
    return columns, list(result.all()) if kind == "postgresql" else fetch_all(
        result, table)


def _check_in_duckdb(connection: Connection, query: str) -> None:
    database: Any = connection.connection.driver_connection
    try:
        kinds = [statement.type.name for statement in database.extract_statements(query)]
    except connection.dialect.loaded_dbapi.Error as error:
        raise NotOneSelect(f"cannot be read: {str(error).splitlines()[0]}") from None
    if kinds not in (["SELECT"], ["MULTI"]):  # MULTI: a select that pivots
        raise NotOneSelect("is not one select")


def _prepare_in_mariadb(connection: Connection, query: str) -> None:
    """Prepare a query as it stands: that proves that it is one statement. That it is a select
    without `into` is proven by its place in another one, which is prepared and never run."""
    if "load_file" in query.lower():
        raise NotOneSelect("is not one select from tables: it holds load_file")
    for statement in (f"select exists (\n{query}\n)", query):
        connection.execute(sa.text("prepare orgdata_query from :statement"),
                           {"statement": statement})
