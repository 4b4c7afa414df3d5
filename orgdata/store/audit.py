"""Who did what: sign-ins, exports and changes of those who signed in, kept for a time.

What somebody changes is noted in the transaction that changes it: neither is kept without the
other. Of a change its place is noted, not its content, which stands in the entry itself.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal, get_args

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from orgdata.store.tables import SIGNED_IN, audit
from orgdata.store.understood import understood

Did = Literal["signed in", "exported", "changed"]
_LONGEST = 200  # characters of what it was
_NOTED: Mapping[str, tuple[str, tuple[str, ...]]] = {  # table → in words, and what tells which
    "orgdata_snapshots": ("snapshot", ("day",)),
    "orgdata_snapshot_marks": ("snapshot", ("snapshot_id", "mark")),
    "orgdata_gap_changes": ("state of a gap", ("key", "state")),
    "orgdata_decisions": ("decision", ("kind", "gap_key")),
    "orgdata_decision_changes": ("decision", ("decision_id", "change")),
    "orgdata_corrections": ("correction", ("table", "operation", "key")),
    "orgdata_correction_undos": ("undone correction", ("correction_id",)),
    "orgdata_proposals": ("proposal made", ("gap_key",)),
    "orgdata_proposal_answers": ("proposal", ("proposal_id", "answer")),
    "orgdata_tokens": ("token made", ("role", "what")),
    "orgdata_token_ends": ("token revoked", ("token_id",)),
    "orgdata_scenarios": ("scenario", ("name",)), "orgdata_sources": ("saved files", ("name",))}


@dataclass(frozen=True)
class Audited:
    """That somebody did something."""

    at: datetime
    by: str
    did: Did
    what: str
    id: int | None = None  # given by the store


@contextmanager
def signed_in_as(name: str) -> Iterator[None]:
    """What is written within is of somebody who signed in; "" where nobody has to."""
    token = SIGNED_IN.set(name)
    try:
        yield
    finally:
        SIGNED_IN.reset(token)


def note_changes(engine: Engine) -> None:
    """Note from now on what those who signed in add to a store, at the moment that it says."""
    def note(connection: Connection, statement: Any, many: Any, one: Any, *_: Any) -> None:
        name, (words, columns) = SIGNED_IN.get(), _NOTED.get(
            statement.table.name if isinstance(statement, sa.Insert) else "", ("", ()))
        if not name or not words:
            return
        given = [*many] or [one] if many or one else [statement.compile().params]
        connection.execute(sa.insert(audit), [
            {"at": values.get("at") or values["taken_at"], "by": name, "did": "changed",
             "what": _in_words(words, columns, values)} for values in given])

    sa.event.listen(engine, "after_execute", note)


def _in_words(words: str, columns: tuple[str, ...], values: Mapping[str, Any]) -> str:
    told = [_text(values.get(column)) for column in columns]
    return " ".join([words, *filter(None, told)])[:_LONGEST]


def _text(value: object) -> str:
    if isinstance(value, Mapping):
        return " ".join(str(part) for part in value.values() if part)
    return "" if value is None else str(value)


def note(connection: Connection, entry: Audited, keep: timedelta) -> None:
    """Note that somebody did something, and drop what is older than is kept."""
    connection.execute(sa.delete(audit).where(audit.c.at < entry.at - keep))
    connection.execute(sa.insert(audit).values(
        at=entry.at, by=entry.by, did=entry.did, what=entry.what[:_LONGEST]))


def log(connection: Connection, since: datetime, most: int) -> list[Audited]:
    """What was done since a moment, the latest first, at most so many."""
    rows = understood(connection, audit, sa.select(audit).where(audit.c.at >= since).order_by(
        audit.c.id.desc()).limit(most))
    return [Audited(**row) for row in rows if row["did"] in get_args(Did)]
