"""Where the store is by default, and the key under which it keeps a source."""

from pathlib import Path

from sqlalchemy.engine import URL

import orgdata
from orgdata.sources import Source
from orgdata.sources.sql.url import BadUrl, read_url

DEFAULT_URL = f"sqlite:///{Path(orgdata.__file__).parent.parent / 'var' / 'orgdata.sqlite'}"

_WHERE = ("schema", "host", "port")  # options of a URL that select other data


def saved_source_key(name: str) -> str:
    """The key in a store of a source whose files are saved there."""
    return f"kept:{name}"


def source_key(source: Source) -> str:
    """The key of a source in a store, the same wherever and by whomever it is opened: the full
    path, the URL without its password and without options that do not select other data, or, of
    several files, the keys of all, whatever their order."""
    if not isinstance(source, str):
        return " + ".join(sorted(map(source_key, source)))
    if "://" not in source:
        return str(Path(source).resolve())
    try:
        url = read_url(source, "the database URL")
    except BadUrl:
        return source.partition("://")[0]  # it cannot be read, so nothing is ever stored for it
    database = url.database
    if url.get_backend_name() == "sqlite" and database:
        database = str(Path(database.removeprefix("file:")).resolve())
    where = {name: url.query[name] for name in _WHERE if name in url.query}
    return URL.create(url.drivername, url.username, None, url.host, url.port, database,
                      where).render_as_string()
