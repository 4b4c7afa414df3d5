"""Changes of tables as SQL that changes a row only while it says what it said."""

from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import Any, cast

import sqlalchemy as sa
from sqlalchemy.engine import Dialect

from orgdata.sources.sql.url import parse_url

_BY_BYTES = ("mysql", "mariadb")  # they have no function for a letter by its number


def dialect_of(source: str) -> Dialect:
    """The dialect of a database's URL; of any other source that of PostgreSQL, which most read."""
    url = source if "://" in source else "postgresql+psycopg://"
    made: Any = parse_url(url)[0].get_dialect()
    return cast(Dialect, made(paramstyle="named"))  # which leaves % alone


def update(dialect: Dialect, table: str, key: Mapping[str, str], before: Mapping[str, str],
           after: Mapping[str, str]) -> str:
    """Set cells of one row, while it says what was replaced; blank is null."""
    rows = _table(table, [*key, *after])
    return _text(dialect, sa.update(rows).where(
        *_are(dialect, rows, key), *_are(dialect, rows, before)).values(
            {rows.c[name]: _value(dialect, text) for name, text in after.items()}))


def insert(dialect: Dialect, table: str, row: Mapping[str, str]) -> str:
    """Add a row."""
    rows = _table(table, [*row])
    return _text(dialect, sa.insert(rows).values({
        rows.c[name]: _value(dialect, text) for name, text in row.items()}))


def delete(dialect: Dialect, table: str, key: Mapping[str, str]) -> str:
    """Take a row out."""
    rows = _table(table, [*key])
    return _text(dialect, sa.delete(rows).where(*_are(dialect, rows, key)))


def _table(name: str, columns: list[str]) -> sa.TableClause:
    schema, _, table = name.rpartition(".")
    return sa.table(table, *(sa.column(column, sa.Text) for column in dict.fromkeys(columns)),
                    schema=schema or None)


def _are(dialect: Dialect, rows: sa.TableClause,
         cells: Mapping[str, str]) -> list[sa.ColumnElement[bool]]:
    return [rows.c[name].is_not_distinct_from(_value(dialect, text))
            for name, text in cells.items()]


def _value(dialect: Dialect, text: str) -> sa.ColumnElement[str]:
    """A text as the dialect quotes it. By their numbers stand a backslash, which some servers take
    for the beginning of something else, and what a terminal or the end of a line would change."""
    as_text: Any = sa.String()
    quoted = as_text.literal_processor(dialect)
    parts = [quoted(part) if _is_plain(part) else _by_number(dialect.name, part)
             for part in _parts(text)]
    return sa.literal_column("NULL" if not parts else parts[0] if len(parts) == 1 else
                             f"concat({', '.join(parts)})" if dialect.name in _BY_BYTES else
                             f"({' || '.join(parts)})")


def _is_plain(part: str) -> bool:
    return part.isprintable() and "\\" not in part


def _parts(text: str) -> Iterator[str]:
    """The pieces of a text that are quoted, and each sign between them."""
    for is_plain, signs in groupby(text, _is_plain):
        if is_plain:
            yield "".join(signs)
        else:
            yield from signs


def _by_number(dialect: str, sign: str) -> str:
    if dialect in _BY_BYTES:
        return f"convert(0x{sign.encode().hex()} using utf8mb4)"
    return f"{'char' if dialect == 'sqlite' else 'chr'}({ord(sign)})"


def _text(dialect: Dialect, statement: sa.UpdateBase) -> str:
    """A statement on one line, with the number of rows it is to change."""
    return f"{' '.join(str(statement.compile(dialect=dialect)).splitlines())};  -- 1 row"
