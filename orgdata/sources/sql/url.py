"""Parse database URLs, and show them without passwords."""

from pathlib import Path
from urllib.parse import quote, quote_plus, unquote

import sqlalchemy as sa
from sqlalchemy.engine import URL, make_url

from orgdata.sources.raw import SourceError

_EXPECTED = ("expected for example postgresql://user@host/database or sqlite:///file.db, with "
             "the special characters of a password written as %40 and the like")


def parse_url(source: str) -> tuple[URL, str | None]:
    """The URL without our own `?schema=`, and that schema. Raises SourceError, also for a SQLite
    file that does not exist."""
    try:
        url = make_url(source)
    except (sa.exc.ArgumentError, ValueError):
        raise SourceError(f"the database URL cannot be read; {_EXPECTED}") from None
    if source.partition("://")[2].count("@") > 1 and (
            url.get_backend_name() not in ("sqlite", "duckdb")):
        # an @ in a password ends it too early: the rest would be shown as the host
        raise SourceError(f"the database URL cannot be read: it has a second @; {_EXPECTED}")
    schema = url.query.get("schema")
    url = url.difference_update_query(["schema"])
    if url.get_backend_name() == "sqlite" and url.database not in (None, "", ":memory:"):
        database = str(url.database)
        path = Path(unquote(database.removeprefix("file:")) if database.startswith("file:")
                    else database)
        if not path.is_file():
            raise SourceError(f"{path} does not exist; expected a SQLite database")
        url = url.set(database=f"file:{quote(path.as_posix())}").update_query_dict(
            {"mode": "ro", "uri": "true"})
    return url, schema if isinstance(schema, str) else None


def without_password(url: URL) -> str:
    """The URL as text without its password and options."""
    if url.get_backend_name() == "sqlite":
        return f"{url.drivername}:///{unquote(str(url.database or '').removeprefix('file:'))}"
    return url.set(query={}).render_as_string(hide_password=True)


def error_line(error: Exception, url: URL) -> str:
    """The first line of a driver's error message, with all secrets replaced by ***."""
    message: object = getattr(error, "orig", None) or error
    number_and_message: tuple[object, ...] = getattr(message, "args", ())
    if len(number_and_message) == 2 and isinstance(number_and_message[0], int):
        message = number_and_message[1]  # MariaDB's drivers give a number and a message
    lines = str(message).strip().splitlines() or [""]
    line = lines[0]
    for secret in sorted(_secrets(url), key=len, reverse=True):
        line = line.replace(secret, "***")
    return line


def _secrets(url: URL) -> set[str]:
    """Every password in a URL, in every form in which it may be quoted."""
    secrets = [url.password] + [value for name, value in url.query.items()
                                if any(word in name.lower() for word in ("pass", "pwd", "secret",
                                                                         "token"))]
    plain_texts = {str(secret) for values in secrets if values
                   for secret in (values if isinstance(values, tuple) else (values,))}
    return {spelling for secret in plain_texts
            for spelling in (secret, quote(secret), quote(secret, safe=""), quote_plus(secret),
                             repr(secret)[1:-1])}
