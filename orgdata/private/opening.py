"""A connection to the private database: on SQLite what is deleted is overwritten, and a file is its
owner's alone."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import URL, Connection, Engine

from orgdata.private.areas import AreaError
from orgdata.private.sealed import PrivateError
from orgdata.sources.sql.url import BadUrl, error_line, read_url

_WAIT = 30  # seconds for another one who writes
_LOCK = 7_306_012  # of PostgreSQL, where one after the other works, too: any number


def engine_of(address: str) -> Engine:
    """An engine without a pool for the database of a URL. Raises PrivateError."""
    try:
        url = read_url(address, "the URL in ORGDATA_PRIVATE")
    except BadUrl as error:
        raise PrivateError(str(error)) from None
    with _one_line_errors(url):
        if url.get_backend_name() == "postgresql":
            engine = sa.create_engine(url, poolclass=sa.NullPool, hide_parameters=True,
                                      connect_args={"connect_timeout": 10})
            sa.event.listen(engine, "begin", lambda connection: connection.execute(
                sa.select(sa.func.pg_advisory_xact_lock(_LOCK))))
            return engine
        if url.get_backend_name() != "sqlite" or url.database in (None, "", ":memory:"):
            raise PrivateError("ORGDATA_PRIVATE should be the URL of a SQLite file, such as "
                               "sqlite:////srv/private.sqlite, or of a PostgreSQL")
        path = Path(str(url.database))
        if not path.exists():
            path.touch(0o600)
        engine = sa.create_engine(url, poolclass=sa.NullPool, hide_parameters=True,
                                  connect_args={"timeout": _WAIT})
        sa.event.listen(engine, "connect", _configure)
        sa.event.listen(engine, "begin", lambda connection: connection.exec_driver_sql(
            "begin immediate"))
        return engine


@contextmanager
def begun(engine: Engine) -> Iterator[Connection]:
    """A connection whose work is done all together, or not at all. Raises PrivateError."""
    with _one_line_errors(engine.url), engine.begin() as connection:
        yield connection


def _configure(connection: Any, _: object) -> None:
    connection.isolation_level = None  # transactions begin where ours do
    connection.execute("pragma secure_delete = on")


@contextmanager
def _one_line_errors(url: URL) -> Iterator[None]:
    """Turn what may go wrong with a database and its driver into a line that does not say where it
    is: it is shown to whoever opens the page."""
    try:
        yield
    except (AreaError, PrivateError):
        raise
    except (sa.exc.NoSuchModuleError, ImportError):
        raise PrivateError("the private database cannot be opened: nothing is installed here that "
                           f"knows {url.drivername}") from None
    except OSError as error:
        raise PrivateError("the private database cannot be opened: "
                           f"{error.strerror or 'no reason given'}") from None
    except sa.exc.SQLAlchemyError as error:
        raise PrivateError(f"the private database cannot be used: {_reason(error, url)}") from None


def _reason(error: Exception, url: URL) -> str:
    """Why a driver failed: of a server, whose messages name it, only the kind of failure."""
    if url.get_backend_name() == "sqlite":
        return error_line(error, url) or "no reason given"
    return type(getattr(error, "orig", None) or error).__name__
