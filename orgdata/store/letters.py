"""Which letters went out: each kind once a week to a person, and no more than one a day.

Stored are hashes alone, for as long as they can matter: they tell nobody who got a letter.
"""

from datetime import date, datetime, timedelta
from hashlib import sha256

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from orgdata.store.tables import letters

_KEPT = timedelta(days=60)


def claim(connection: Connection, source: str, kind: str, person: str, week: str, day: date,
          at: datetime) -> bool:
    """Note that a letter goes out now; False where it did already, or another one that day. Two
    that claim the same at once cannot both have it."""
    connection.execute(sa.delete(letters).where(letters.c.at < at - _KEPT))
    try:
        with connection.begin_nested():
            connection.execute(sa.insert(letters).values(
                letter=_hash(source, kind, person, week), on_day=_hash(source, person, str(day)),
                at=at))
    except sa.exc.IntegrityError:
        return False
    return True


def release(connection: Connection, source: str, kind: str, person: str, week: str) -> None:
    """Take back that a letter goes out: it could not be sent."""
    connection.execute(sa.delete(letters).where(
        letters.c.letter == _hash(source, kind, person, week)))


def _hash(*parts: str) -> str:
    return sha256("\n".join(parts).encode("utf-8", "replace")).hexdigest()
