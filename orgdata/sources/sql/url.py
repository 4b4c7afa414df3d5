"""A database URL as it may be used, and as it may be shown: never with a password."""

from pathlib import Path
from urllib.parse import quote, quote_plus, unquote

import sqlalchemy as sa
from sqlalchemy.engine import URL, make_url

from orgdata.sources.raw import SourceError

_EXPECTED = ("expected for example postgresql://user@host/database or sqlite:///file.db, with "
             "the special characters of a password written as %40 and the like")


def parse_url(source: str) -> tuple[URL, str | None]:
    """The URL without our own `?schema=`, and that schema. A SQLite file must exist already."""
    try:
        url = make_url(source)
    except (sa.exc.ArgumentError, ValueError):
        raise SourceError(f"the database URL cannot be read; {_EXPECTED}") from None
    if source.partition("://")[2].count("@") > 1 and (
            url.get_backend_name() not in ("sqlite", "duckdb")):
        # an @ in a password ends it too early: the rest would be shown as the host's name
        raise SourceError(f"the database URL cannot be read: it has a second @; {_EXPECTED}")
    schema = url.query.get("schema")
    url = url.difference_update_query(["schema"])
    if url.get_backend_name() == "sqlite" and url.database not in (None, "", ":memory:"):
        given = str(url.database)
        path = Path(unquote(given.removeprefix("file:")) if given.startswith("file:") else given)
        if not path.is_file():
            raise SourceError(f"{path} does not exist; expected a SQLite database")
        url = url.set(database=f"file:{quote(path.as_posix())}").update_query_dict(
            {"mode": "ro", "uri": "true"})
    return url, schema if isinstance(schema, str) else None


def without_password(url: URL) -> str:
    """The URL as it may be shown: no password, no options."""
    if url.get_backend_name() == "sqlite":
        return f"{url.drivername}:///{unquote(str(url.database or '').removeprefix('file:'))}"
    return url.set(query={}).render_as_string(hide_password=True)


def reason(error: Exception, url: URL) -> str:
    """The first line of a driver's message, with the secrets taken out wherever they stand."""
    told: object = getattr(error, "orig", None) or error
    number_and_words: tuple[object, ...] = getattr(told, "args", ())
    if len(number_and_words) == 2 and isinstance(number_and_words[0], int):
        told = number_and_words[1]  # as MariaDB's drivers say it
    lines = str(told).strip().splitlines() or [""]
    line = lines[0]
    for secret in sorted(_secrets(url), key=len, reverse=True):
        line = line.replace(secret, "***")
    return line


def _secrets(url: URL) -> set[str]:
    """Every password of a URL, in every way of writing it."""
    given = [url.password] + [value for name, value in url.query.items()
                              if any(word in name.lower() for word in ("pass", "pwd", "secret",
                                                                       "token"))]
    plain = {str(one) for many in given if many
             for one in (many if isinstance(many, tuple) else (many,))}
    return {written for one in plain
            for written in (one, quote(one), quote(one, safe=""), quote_plus(one), repr(one)[1:-1])}
