"""Connect to a database to read it: what is read cannot write, read other files, or run for ever.

A database may come from somebody else, and its views run as soon as they are read. So each kind of
database is told by its own means to stay within itself: one read-only transaction, the files of
SQLite and DuckDB with nothing but what a select needs, and a limit of time.
"""

import atexit
import os
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import sqlalchemy as sa
from sqlalchemy.engine import URL, Connection

from orgdata.sources.limits import seconds_of_file
from orgdata.sources.raw import SourceError
from orgdata.sources.sql.rows import BYTES
from orgdata.sources.sql.trial_process import set_clock
from orgdata.sources.sql.url import error_line

_OPTIONS: Mapping[str, dict[str, Any]] = {
    "postgresql": {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}}
_START_STATEMENTS = {  # run at the start of the transaction
    "sqlite": ["pragma query_only = on",
               "begin"],  # otherwise each table would be read at another moment
    "mysql": ["set session transaction read only"],
    "postgresql": [
        "set default_transaction_read_only = on",
        # fixes the order of rows, so that row numbers are the same at every read
        "select set_config(name, case vartype when 'bool' then 'off' else '0' end, true) "
        "from pg_settings where name in ('synchronize_seqscans', 'enable_async_append', "
        "'max_parallel_workers_per_gather')",
        "set local cursor_tuple_fraction = 1"]}  # a cursor plans as if all rows were fetched
# How long to wait for a server to answer, and to notice that it went away: by default minutes, or
# for ever
TIMEOUTS: Mapping[str, dict[str, str]] = {
    "psycopg": {"connect_timeout": "10", "keepalives_idle": "30", "keepalives_interval": "10",
                "keepalives_count": "3"},
    "pymysql": {"read_timeout": "330"}}
CONFIG = "config"  # what a database that is a file is told, in `info` of its connection
STATEMENT_SECONDS = 300  # for one statement, unless the role, the database or the URL sets a limit
FILE_SECONDS = 300  # for all that is read of a file of SQLite or DuckDB at a time
_STATEMENT_TIMEOUT = {  # the statement that sets it
    "postgresql": "select set_config('statement_timeout', '{0}s', false) "
                  "where current_setting('statement_timeout') = '0'",
    "mariadb": "set session max_statement_time = if(@@max_statement_time = 0, {0}, "
               "@@max_statement_time)",
    "mysql": "set session max_execution_time = if(@@max_execution_time = 0, {0}000, "
             "@@max_execution_time)"}
# MariaDB's engine for tables on other servers: it hands on even what ranks rows within groups, and
# then says that it knows no such column
_SPIDER = "spider_disable_group_by_handler"
_DUCKDB_CLOSED = {  # reads its own file only, writes no other, and no statement can change that
    "enable_external_access": "false", "python_enable_replacements": "false",
    "autoload_known_extensions": "false", "autoinstall_known_extensions": "false",
    "lock_configuration": "true", "temp_directory": ""}
_DUCKDB_MEMORY = {"memory_limit": "4GB"}  # unless the URL says otherwise
_SQLITE_LIMITS = {sqlite3.SQLITE_LIMIT_LENGTH: 16 << 20,  # bytes of a row
                  sqlite3.SQLITE_LIMIT_LIKE_PATTERN_LENGTH: 1_000,
                  sqlite3.SQLITE_LIMIT_ATTACHED: 0}
_SQLITE_NOW = "select strftime('%Y-%m-%d %H:%M:%f', 'now')"
# regexp is Python's, added by SQLAlchemy: nothing could interrupt it, and everybody would wait.
# What is random could be quick when it is tried, and slow when it is read
_SQLITE_NO_FUNCTIONS = {"load_extension", "fts3_tokenizer", "regexp", "random", "randomblob"}
_SQLITE_PRAGMAS = {"table_info", "table_xinfo", "table_list", "index_list", "index_info",
                   "index_xinfo", "foreign_key_list", "data_version", "page_size"}


@contextmanager
def connected(url: URL, name: str) -> Iterator[Connection]:
    """A connection to a database in a read-only transaction, rolled back at the end. Raises
    SourceError if there is none to be had."""
    backend = url.get_backend_name()
    try:
        engine = _engine(url, backend)
        connection = engine.connect()
    except (sa.exc.NoSuchModuleError, ImportError) as error:
        raise SourceError(f"{name} cannot be read: nothing is installed here that knows "
                          f"{url.drivername} ({error})") from None
    except (sa.exc.SQLAlchemyError, OSError, ValueError, TypeError) as error:  # from any driver
        raise SourceError(f"{name} cannot be read: {error_line(error, url)}") from None
    if (size := _bytes_of_file(url, backend)) is not None:
        connection.info[BYTES] = size
    with connection, _interrupted_after(file_seconds(size), _interrupt(connection, backend)):
        for statement in _START_STATEMENTS.get("mysql" if backend == "mariadb" else backend, ()):
            connection.exec_driver_sql(statement)
        kind = "mariadb" if getattr(connection.dialect, "is_mariadb", False) else backend
        if kind == "mariadb" and connection.exec_driver_sql(
                f"show variables like '{_SPIDER}'").all():
            connection.exec_driver_sql(f"set session {_SPIDER} = 1")
        if kind in _STATEMENT_TIMEOUT:
            connection.exec_driver_sql(_STATEMENT_TIMEOUT[kind].format(STATEMENT_SECONDS))
        if backend == "sqlite":
            connection.info[CONFIG] = _close_sqlite(_driver_connection(connection))
        elif backend == "duckdb":
            connection.info[CONFIG] = {**_duckdb_config(url), "threads": "1"}
        yield connection


def reason(error: Exception, url: URL) -> str:
    """Why a database could not be read, in one line; of a time limit with how long it is."""
    line = error_line(error, url)
    if any(word in line for word in ("statement timeout", "max_statement_time")):
        return (f"{line} (after {STATEMENT_SECONDS} seconds, unless the URL or the database says "
                "otherwise)")
    seconds = file_seconds(_bytes_of_file(url, url.get_backend_name()))
    return f"{line} (after {seconds:g} seconds)" if "interrupted" in line.lower() else line


def file_seconds(size: int | None) -> float:
    """How long a database that is a file of so many bytes may be read: of CPU, and at most
    FILE_SECONDS by the clock."""
    return FILE_SECONDS if size is None else min(FILE_SECONDS, seconds_of_file(size))


def _duckdb_config(url: URL) -> dict[str, str]:
    """What DuckDB is told: options of the URL stand above ours, but those that keep it closed."""
    options = url.difference_update_query([*_DUCKDB_CLOSED, "access_mode"]).query
    return {**_DUCKDB_MEMORY, **{name: str(value) for name, value in options.items()},
            **_DUCKDB_CLOSED}


def _bytes_of_file(url: URL, backend: str) -> int | None:
    """The size of SQLite's or DuckDB's file; None for any other database."""
    if backend not in ("sqlite", "duckdb") or not url.database:
        return None
    try:
        return Path(unquote(url.database.removeprefix("file:"))).stat().st_size
    except OSError:
        return None


def _engine(url: URL, backend: str) -> sa.Engine:
    arguments: dict[str, Any] = {}
    if backend == "duckdb":
        _silence_at_exit()
        url = url.difference_update_query([*_DUCKDB_CLOSED, "access_mode"])
        arguments["config"] = _DUCKDB_MEMORY | _DUCKDB_CLOSED  # options of the URL stand above
        arguments["read_only"] = url.database not in (None, "", ":memory:")
    url = url.update_query_dict({**TIMEOUTS.get(url.get_driver_name(), {}), **url.query})
    return sa.create_engine(url, poolclass=sa.NullPool, connect_args=arguments,
                            execution_options=_OPTIONS.get(backend, {}))


@cache
def _silence_at_exit() -> None:
    """DuckDB lists what it leaks, with addresses of memory, whenever a Python that used it ends."""
    atexit.register(lambda: os.dup2(os.open(os.devnull, os.O_WRONLY), 2))


def _driver_connection(connection: Connection) -> Any:
    return connection.connection.driver_connection


def _close_sqlite(connection: sqlite3.Connection) -> dict[str, Any]:
    """Keep statements of SQLite to its own file, which was opened for reading only, and to one
    moment; returns what a process that tries them first is told."""
    now: str = connection.execute(_SQLITE_NOW).fetchone()[0]
    set_clock(connection, now)
    for limit, most in _SQLITE_LIMITS.items():
        connection.setlimit(limit, most)
    connection.set_authorizer(_authorize)
    return {"now": now, "limits": [*_SQLITE_LIMITS.items()]}


def _authorize(action: int, first: str | None, second: str | None, *_: object) -> int:
    """Whether SQLite may do what a statement asks for, also within a view."""
    refused = (action in (sqlite3.SQLITE_ATTACH, sqlite3.SQLITE_DETACH)
               or (action == sqlite3.SQLITE_FUNCTION and second in _SQLITE_NO_FUNCTIONS)
               or (action == sqlite3.SQLITE_PRAGMA and first not in _SQLITE_PRAGMAS))
    return sqlite3.SQLITE_DENY if refused else sqlite3.SQLITE_OK


def _interrupt(connection: Connection, backend: str) -> Callable[[], object] | None:
    """What interrupts a statement of a file; servers have limits of their own."""
    return (_driver_connection(connection).interrupt if backend in ("sqlite", "duckdb") else None)


def _cpu_of_this_thread() -> Callable[[], float]:
    """What says, also elsewhere, how many seconds of CPU this thread has taken from now on; by the
    clock where the system cannot say."""
    if not hasattr(time, "pthread_getcpuclockid"):
        begin = time.monotonic()
        return lambda: time.monotonic() - begin
    clock = time.pthread_getcpuclockid(threading.get_ident())
    before = time.clock_gettime(clock)
    return lambda: time.clock_gettime(clock) - before


@contextmanager
def _interrupted_after(seconds: float, interrupt: Callable[[], object] | None) -> Iterator[None]:
    """Interrupt what runs after so many seconds of CPU of this thread, or FILE_SECONDS by the
    clock, and whatever is begun later."""
    if interrupt is None:
        yield
        return
    ended = threading.Event()
    spent, until = _cpu_of_this_thread(), time.monotonic() + FILE_SECONDS

    def watch() -> None:
        while not ended.wait(0.1):  # what is interrupted between two statements is forgotten
            if spent() > seconds or time.monotonic() > until:
                interrupt()

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    try:
        yield
    finally:
        ended.set()
        watcher.join()  # nothing is interrupted once it is closed
