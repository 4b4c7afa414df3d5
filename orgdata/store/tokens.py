"""The tokens of other programs: each lets its bearer read what a role may see, until a day.

A token is 256 random bits. It is shown to who makes it, once; stored is its SHA-256, from which
nobody gets it back, and which needs no slower hash: there is no shorter text to guess.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import sha256
from secrets import token_urlsafe

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from orgdata.model.access import Role
from orgdata.store.entries import EntryError, author, check_names
from orgdata.store.names import MOST_TITLE, plain_name
from orgdata.store.reviews import of_source
from orgdata.store.tables import by_signed_in, token_ends, tokens
from orgdata.store.understood import understood
from orgdata.store.uploads import wait_for_others

PREFIX = "orgdata_"  # by which scanners for secrets find one that was left in a file
MOST = 100  # tokens of one source that count
LONGEST = timedelta(days=366)
_LENGTH = len(PREFIX) + len(token_urlsafe(32))
_READ = (*(column.name for column in tokens.c if column.name != "hash"), "revoked_by",
         "revoked_at")
_USED_AGAIN = timedelta(minutes=1)  # until then its last use stays as it is noted


@dataclass(frozen=True)
class Token:
    """What a token lets its bearer see of a source. `person`: whose products and outcomes are
    theirs; `function`: for which a partner speaks. The token itself is not in it."""

    source: str
    what: str  # it is for: a name that people give it
    role: Role
    by: str
    at: datetime
    until: datetime
    person: str | None = None  # an id of people; of a product manager
    function: str | None = None  # of a partner
    id: int | None = None  # given by the store, as all that follows
    signed: bool | None = None
    used_at: datetime | None = None  # to the minute
    revoked_by: str | None = None
    revoked_at: datetime | None = None

    @property
    def author(self) -> str:
        """Who made it, and whether that is only said."""
        return author(self.by, self.signed)

    def counts(self, now: datetime) -> bool:
        """Whether it lets anybody in at a moment."""
        return self.revoked_at is None and now < self.until

    def check(self) -> None:
        """Raises EntryError for what it lacks, or has too much of."""
        check_names(self.by, self.person)
        if not plain_name(self.what) or len(self.what) > MOST_TITLE:
            raise EntryError(f"a token needs a name of at most {MOST_TITLE} characters")
        if (self.role == "pm") != bool(self.person) or (
                self.role == "partner") != bool((self.function or "").strip()):
            raise EntryError("a token of a product manager is for one person, that of a partner "
                             "for one function, and any other for neither")
        if len(self.function or "") > MOST_TITLE:
            raise EntryError(f"a function has at most {MOST_TITLE} characters")
        if not timedelta() < self.until - self.at <= LONGEST:
            raise EntryError(f"a token counts for {LONGEST.days} days at most")


def add(connection: Connection, token: Token) -> tuple[Token, str]:
    """Keep a new token, and return it with its text, which nobody can read again. Raises
    EntryError for what it lacks, or where there are enough."""
    token = replace(token, what=plain_name(token.what))
    token.check()
    wait_for_others(connection)
    if sum(one.counts(token.at) for one in of(connection, token.source)) >= MOST:
        raise EntryError(f"{MOST} tokens of this source count; revoke one that nobody needs")
    text = PREFIX + token_urlsafe(32)
    number = connection.execute(sa.insert(tokens).values(
        source=token.source, what=token.what, role=token.role, person=token.person,
        function=token.function, hash=_hash(text), by=token.by, at=token.at,
        until=token.until).returning(tokens.c.id)).scalar_one()
    return replace(token, id=number, signed=by_signed_in()), text


def revoke(connection: Connection, token_id: int, by: str, at: datetime) -> None:
    """Let nobody in by a token any more. Raises EntryError where it is revoked already."""
    check_names(by)
    wait_for_others(connection)
    if connection.execute(sa.select(token_ends.c.by).where(
            token_ends.c.token_id == token_id)).scalar():
        raise EntryError("it is revoked already")
    if connection.execute(sa.select(tokens.c.id).where(tokens.c.id == token_id)).scalar() is None:
        raise EntryError(f"there is no token {token_id}")
    connection.execute(sa.insert(token_ends).values(token_id=token_id, by=by, at=at))


def of(connection: Connection, source: str) -> list[Token]:
    """The tokens of a source, oldest first, also those that do not count any more."""
    return _read(connection, of_source(tokens, source))


def any_of(connection: Connection, source: str) -> bool:
    """Whether a token of a source was ever made."""
    return connection.execute(sa.select(tokens.c.id).where(
        tokens.c.source == source).limit(1)).scalar() is not None


def is_one(text: str) -> bool:
    """Whether a text may be that of a token, which is known without a look at the store."""
    return len(text) == _LENGTH and text.startswith(PREFIX)


def bearer(connection: Connection, source: str, text: str, now: datetime) -> Token | None:
    """The token of a source with a text, where it counts at a moment. None for any other text, in
    the same way whatever is wrong with it."""
    if not is_one(text):
        return None
    found = _read(connection, sa.select(tokens).where(
        tokens.c.source == source, tokens.c.hash == _hash(text)))
    return next((one for one in found if one.counts(now)), None)


def is_to_be_noted(token: Token, now: datetime) -> bool:
    """Whether a use at a moment is later by enough than the one that is noted."""
    return token.used_at is None or now - token.used_at >= _USED_AGAIN


def note_use(connection: Connection, token: Token, now: datetime) -> None:
    """Note when a token was used last."""
    connection.execute(sa.update(tokens).where(tokens.c.id == token.id).values(used_at=now))


def _read(connection: Connection, which: sa.Select[tuple[object, ...]]) -> list[Token]:
    """Tokens with who revoked each: by one query, for it is asked at every request."""
    ended = which.add_columns(
        token_ends.c.by.label("revoked_by"), token_ends.c.at.label("revoked_at")).join_from(
        tokens, token_ends, token_ends.c.token_id == tokens.c.id, isouter=True)
    return [Token(**{name: row[name] for name in _READ})
            for row in understood(connection, tokens, ended)]


def _hash(text: str) -> str:
    return sha256(text.encode("utf-8", "replace")).hexdigest()
