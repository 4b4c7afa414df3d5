"""Open a store and migrate it to the newest schema. The only place that uses alembic.

SQLite gets real transactions here: its driver would begin them late, and exclude the creation of
tables. Writers take the lock first, so that none fails half way because it cannot get it.
"""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import URL, Connection, Engine

from orgdata.model.history import StoreError
from orgdata.model.settings import SettingsError
from orgdata.sources import SourceError
from orgdata.sources.limits import TooLarge
from orgdata.sources.sql.url import BadUrl, error_line, read_url, without_password
from orgdata.sources.zipped import BadZip
from orgdata.store.column_types import accept_odd_dates, read_json
from orgdata.store.entries import EntryError
from orgdata.store.tables import HEAD, VERSION_TABLE, identity, metadata

_LOCK_TIMEOUT = 30  # seconds that a writer waits for another one
_MIGRATION_LOCK = 7_306_011  # the id of PostgreSQL's lock: any number, the same for all
_VERSION = sa.table(VERSION_TABLE, sa.column("version_num"))


def open_engine(address: str) -> Engine:
    """An engine for a store, created or migrated if necessary. Raises StoreError."""
    url = _url(address)
    with one_line_errors(url):
        engine = _engine(url)
        try:
            _migrate(engine, without_password(url))
            _keep_private(url)
        except BaseException:
            engine.dispose()
            raise
    return engine


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """A connection for reading. Raises StoreError."""
    with one_line_errors(engine.url), engine.connect() as connection:
        yield connection


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """A connection whose writes are committed together, or not at all. Raises StoreError."""
    with one_line_errors(engine.url), engine.execution_options(writes=True).begin() as connection:
        yield connection


@contextmanager
def at_one_moment(address: str) -> Iterator[Connection]:
    """A connection that reads a store as it is now, whoever writes meanwhile. It is not migrated,
    and nothing is created. Raises StoreError where there is none."""
    url = _url(address)
    missing = StoreError(f"there is no store {without_password(url)}")
    with one_line_errors(url):
        if (path := _sqlite_file(url)) and not path.exists():
            raise missing
        engine = _engine(url)
        try:  # a transaction of SQLite sees one moment anyway
            with (engine if url.get_backend_name() == "sqlite" else engine.execution_options(
                    isolation_level="REPEATABLE READ")).connect() as connection:
                if version(connection) is None:
                    raise missing
                yield connection
        finally:
            engine.dispose()


@contextmanager
def to_fill(address: str, schema: str) -> Iterator[Connection]:
    """A connection to a store without a row, made at a version where there is none, and migrated
    to the newest in the end. All is committed together, or nothing is. Raises StoreError where it
    holds anything, or is of another version."""
    url = _url(address)
    name = without_password(url)
    with one_line_errors(url):
        is_new = bool((path := _sqlite_file(url)) and not path.exists())
        engine = _engine(url)
        try:
            with engine.execution_options(writes=True).begin() as connection:
                _lock(connection)
                if (found := version(connection)) is None:
                    _upgrade(connection, name, schema)
                elif found != schema or _holds_rows(connection):
                    raise StoreError(f"the store {name} is there already: name a database "
                                     "without one, or remove that first")
                yield connection
                _upgrade(connection, name)
            _keep_private(url)
        except BaseException:
            if is_new and path:
                path.unlink(missing_ok=True)
            raise
        finally:
            engine.dispose()


def _holds_rows(connection: Connection) -> bool:
    return any(connection.execute(sa.select(sa.literal(1)).select_from(table).limit(1)).scalar()
               for table in metadata.sorted_tables if table is not identity)


@contextmanager
def one_line_errors(url: URL) -> Iterator[None]:
    """Turn all that may go wrong with a database, its driver and what it holds into a StoreError
    of one line."""
    name = without_password(url)
    try:
        yield
    except (EntryError, StoreError):
        raise
    except (sa.exc.NoSuchModuleError, ImportError):
        raise StoreError(f"the store {name} cannot be opened: nothing is installed here that "
                         f"knows {url.drivername}") from None
    except (sa.exc.SQLAlchemyError, OSError) as error:
        raise StoreError(f"the store {name} cannot be used: {_reason(error, url)}") from None
    except (SourceError, SettingsError, BadZip, TooLarge) as error:
        raise StoreError(f"what the store {name} holds is damaged: {error}") from None
    except Exception as error:  # whatever is in it, a page is shown and a server starts
        raise StoreError(f"what the store {name} holds cannot be used "
                         f"({type(error).__name__})") from error


def _url(address: str) -> URL:
    try:
        return read_url(address, "the URL of the store")
    except BadUrl as error:
        raise StoreError(str(error)) from None


def _reason(error: Exception, url: URL) -> str:
    """The first line of an error message, with secrets replaced by ***."""
    text = error.strerror if isinstance(error, OSError) else None
    return text or error_line(error, url) or "no reason given"


def _engine(url: URL) -> Engine:
    if url.get_backend_name() in ("mysql", "mariadb"):
        raise StoreError(f"{without_password(url)} cannot be a store: MariaDB and MySQL have no "
                         "keys of texts, and take back no table; expected SQLite or PostgreSQL")
    if url.get_backend_name() != "sqlite":
        options: dict[str, Any] = {}
        if url.get_backend_name() == "postgresql" and "psycopg" in url.get_driver_name():
            options |= {"connect_args": {"connect_timeout": 10}, "json_deserializer": read_json}
        engine = sa.create_engine(url, pool_pre_ping=True, hide_parameters=True, **options)
        if options:
            sa.event.listen(engine, "connect", lambda connection, _: accept_odd_dates(connection))
        return engine
    if url.database in (None, "", ":memory:"):
        raise StoreError("a store in memory remembers nothing; expected a file, such as "
                         "sqlite:///store.db")
    if path := _sqlite_file(url):
        path.parent.mkdir(exist_ok=True)
        if not path.exists():
            path.touch(0o600)
    engine = sa.create_engine(url, poolclass=sa.NullPool, hide_parameters=True,
                              connect_args={"timeout": _LOCK_TIMEOUT}, json_deserializer=read_json)
    sa.event.listen(engine, "connect", _configure_sqlite)
    sa.event.listen(engine, "begin", _begin)
    return engine


def _sqlite_file(url: URL) -> Path | None:
    """The file of a SQLite store; None for another database or a file: URI."""
    name = str(url.database)
    return None if url.get_backend_name() != "sqlite" or name.startswith("file:") else Path(name)


def _keep_private(url: URL) -> None:
    """Nobody but its owner reads a store, which holds uploaded files; a group does where it was
    allowed to write, too, as somebody must have wanted."""
    if path := _sqlite_file(url):
        with suppress(OSError):  # of another owner, or a system that knows no modes
            mode = path.stat().st_mode & 0o777
            path.chmod(mode & (0o660 if mode & 0o020 else 0o600))


def _configure_sqlite(connection: Any, _: object) -> None:
    connection.isolation_level = None  # we begin transactions ourselves
    connection.text_factory = lambda text: text.decode(errors="replace")
    connection.execute("pragma foreign_keys = on")
    connection.execute("pragma cache_spill = off")  # readers do not wait for a writer


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes")
    connection.exec_driver_sql("begin immediate" if writes else "begin")


def _migrate(engine: Engine, name: str) -> None:
    """Migrate a store to the newest schema; of several that open it at once, one does it."""
    with engine.connect() as connection:
        if version(connection) == HEAD:
            return
    with engine.execution_options(writes=True).begin() as connection:
        _lock(connection)
        if version(connection) != HEAD:  # another may have migrated it while we waited
            _upgrade(connection, name)


def _lock(connection: Connection) -> None:
    """Wait for who creates or migrates the store; writers to SQLite wait for each other anyway."""
    if connection.dialect.name == "postgresql":
        connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_MIGRATION_LOCK)))


def version(connection: Connection) -> str | None:
    """The version of a store's tables; None where there is no store."""
    if not sa.inspect(connection).has_table(VERSION_TABLE):
        return None
    return connection.execute(sa.select(_VERSION.c.version_num)).scalar()


def _upgrade(connection: Connection, name: str, to: str = "head") -> None:
    from alembic import command  # slow to import, and needed only here
    from alembic.config import Config
    from alembic.util import CommandError

    config = Config(attributes={"connection": connection})
    folder = str(Path(__file__).parent / "migrations").replace("%", "%%")
    config.set_main_option("script_location", folder)
    config.set_main_option("path_separator", "os")
    try:
        command.upgrade(config, to)
    except CommandError as error:
        raise StoreError(f"the store {name} was written by a newer version of orgdata than this "
                         f"one, or by another program ({error})") from None
