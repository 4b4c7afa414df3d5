"""Parse database URLs, and show them without passwords."""

from pathlib import Path
from urllib.parse import quote, quote_plus, unquote

import sqlalchemy as sa
from sqlalchemy.engine import URL, make_url

from orgdata.sources.raw import SourceError

_EXPECTED = ("expected for example postgresql://user@host/database or sqlite:///file.db, with "
             "the special characters of a password written as %40 and the like")


class BadUrl(ValueError):
    """A database URL that cannot be read; one clear line that shows nothing of it."""


def read_url(text: str, name: str) -> URL:
    """The parts of a database URL, of a source or a store, called by this name in what is said.

    Raises BadUrl also where an @ stands that does not end the user's name and password: what is
    before it may be a password, and would be shown as host or database.
    """
    try:
        url = make_url(text)
    except (sa.exc.ArgumentError, ValueError):
        raise BadUrl(f"{name} cannot be read; {_EXPECTED}") from None
    user = url.username is not None or url.password is not None
    if url.get_backend_name() in ("sqlite", "duckdb"):
        if user or url.host:
            raise BadUrl(f"{name} cannot be read: a file has no host and no user; {_EXPECTED}")
    elif text.partition("://")[2].count("@") > user:
        raise BadUrl(f"{name} cannot be read: it has a second @, or one in the wrong place; "
                     f"{_EXPECTED}")
    return url


def parse_url(source: str, name: str = "the database URL",
              mode: str = "ro") -> tuple[URL, str | None]:
    """The URL without our own `?schema=`, and that schema. Raises SourceError, also for a SQLite
    file that does not exist; `mode` is how one is opened."""
    try:
        url = read_url(source, name)
    except BadUrl as error:
        raise SourceError(str(error)) from None
    schema = url.query.get("schema")
    url = url.difference_update_query(["schema"])
    if url.get_backend_name() == "sqlite" and url.database not in (None, "", ":memory:"):
        database = str(url.database)
        path = Path(unquote(database.removeprefix("file:")) if database.startswith("file:")
                    else database)
        if not path.is_file():
            raise SourceError(f"{path} does not exist; expected a SQLite database")
        url = url.set(database=f"file:{quote(path.as_posix())}").update_query_dict(
            {"mode": mode, "uri": "true"})
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
