"""Changes of tables as SQL that changes a row only while it says what it said."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from itertools import groupby
from typing import Any, Literal, cast

import sqlalchemy as sa
from sqlalchemy.engine import Dialect

from orgdata.sources.sql.url import parse_url

Value = Callable[[Any], sa.ColumnElement[Any]]  # what stands in a statement for a cell
_BY_BYTES = ("mysql", "mariadb")  # they have no function for a letter by its number


def dialect_of(source: str) -> Dialect:
    """The dialect of a database's URL; of any other source that of PostgreSQL, which most read."""
    url = source if "://" in source else "postgresql+psycopg://"
    made: Any = parse_url(url)[0].get_dialect()
    return cast(Dialect, made(paramstyle="named"))  # which leaves % alone


@dataclass(frozen=True)
class Change:
    """One row to set cells of while it says `before`, to add or to end (take out), under the names
    of its database."""

    operation: Literal["set", "add", "end"]
    table: str
    key: Mapping[str, str]
    before: Mapping[str, str] = field(default_factory=dict)
    after: Mapping[str, str] = field(default_factory=dict)


def as_text(dialect: Dialect, change: Change) -> str:
    """The statement of a change on one line, with the number of rows it is to change."""
    made = statement(change, change.before, partial(_value, dialect))
    return f"{' '.join(str(made.compile(dialect=dialect)).splitlines())};  -- 1 row"


def statement(change: Change, before: Mapping[str, Any], value: Value) -> sa.UpdateBase:
    """The statement of a change, guarded by what its cells were; blank is null."""
    rows = table_of(change.table, [*change.key, *before, *change.after])
    after = {rows.c[name]: value(text) if text else sa.null()
             for name, text in change.after.items()}
    if change.operation == "add":
        return sa.insert(rows).values(after)
    where = are(rows, change.key, value) + are(rows, before, value)
    return sa.update(rows).where(*where).values(after) if change.operation == "set" else (
        sa.delete(rows).where(*where))


def are(rows: sa.TableClause, cells: Mapping[str, Any],
        value: Value) -> list[sa.ColumnElement[bool]]:
    """That the cells of a row say this; a blank one is null or an empty text."""
    return [rows.c[name].is_not_distinct_from(value(cell)) if cell != "" else
            rows.c[name].is_(None) | (sa.cast(rows.c[name], sa.Text) == sa.literal_column("''"))
            for name, cell in cells.items()]


def table_of(name: str, columns: Iterable[str]) -> sa.TableClause:
    """A table of a database, in a schema where one stands before its name. Of its columns no type
    is known: a text is compared as the database compares one that stands in a statement."""
    schema, _, table = name.rpartition(".")
    return sa.table(table, *map(sa.column, dict.fromkeys(columns)), schema=schema or None)


def _value(dialect: Dialect, text: str) -> sa.ColumnElement[str]:
    """A text as the dialect quotes it. By their numbers stand a backslash, which some servers take
    for the beginning of something else, and what a terminal or the end of a line would change."""
    as_text: Any = sa.String()
    quoted = as_text.literal_processor(dialect)
    parts = [quoted(part) if _is_plain(part) else _by_number(dialect.name, part)
             for part in _parts(text)]
    return sa.literal_column(parts[0] if len(parts) == 1 else
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
