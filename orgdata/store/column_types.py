"""Types of the store's columns, which survive any value that a database may hold.

A value that cannot be converted is UNREADABLE: an error in its place would cost all the rows of a
query.
"""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Dialect

UNREADABLE = object()


def or_unreadable(convert: Callable[..., Any], *errors: type[Exception]) -> Callable[..., Any]:
    """A function that gives UNREADABLE where this one fails, also with errors of a driver."""
    caught: tuple[type[Exception], ...] = (
        ValueError, TypeError, OverflowError, RecursionError, *errors)

    def converted(*values: Any) -> Any:
        try:
            return convert(*values)
        except caught:
            return UNREADABLE
    return converted


def read_json(text: str) -> Any:
    """What a text of JSON says. No closure: psycopg keeps it for ever."""
    try:
        return json.loads(text)
    except (ValueError, TypeError, RecursionError):
        return UNREADABLE


class Day(sa.types.TypeDecorator[Any]):
    """A date; in SQLite a column of dates may hold anything."""

    impl: Any = sa.Date
    cache_ok = True

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], Any] | None:
        """What converts the values of a database."""
        convert = super().result_processor(dialect, coltype)
        return convert and or_unreadable(convert)


class Utc(Day):
    """A date and time, stored as UTC in every database."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Convert to UTC; a time zone is required."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs a time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:
        """Restore the time zone, which SQLite drops."""
        if not isinstance(value, datetime):
            return value
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def accept_odd_dates(connection: Any) -> None:
    """Let a psycopg connection read dates that Python has none for, such as infinity."""
    from psycopg import DataError
    from psycopg.types.datetime import DateLoader, TimestamptzLoader

    for name, loader in (("date", DateLoader), ("timestamptz", TimestamptzLoader)):
        connection.adapters.register_loader(name, type(loader.__name__, (loader,), {
            "load": or_unreadable(loader.load, DataError)}))
