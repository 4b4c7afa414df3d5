"""The corrections of a source: edits that count in every figure until they are undone (METHOD
section 7). Entries are only added."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from orgdata.edits import Edit, EditError
from orgdata.edits.answers import Answer, answer_of
from orgdata.store.entries import EntryError, author, check_length, check_names
from orgdata.store.reviews import of_source
from orgdata.store.tables import by_signed_in, correction_undos, corrections
from orgdata.store.understood import understood
from orgdata.store.uploads import wait_for_others

MOST = 20_000  # corrections of one source
PROPOSED = "proposed by "  # begins the reason of what somebody else proposed
_ANSWERED = {"contributions": "confirmed_on", "expectations": "answered_on"}  # the day of an answer


@dataclass(frozen=True)
class Correction:
    """An edit that somebody made of a source, why, and about which gap. Undone, it stays in the
    list and counts no longer. An answer on a purpose or a link counts from its day `on`. Those that
    were made as one thing have the number of the first of them in common, given by the store."""

    source: str
    edit: Edit
    by: str
    at: datetime
    reason: str | None = None
    gap_key: str | None = None
    id: int | None = None  # given by the store
    undone_by: str | None = None
    undone_at: datetime | None = None
    answer: Answer | None = None
    on: date | None = None
    of: int | None = None  # the number of the first that was made with it
    signed: bool | None = None  # whether who made it had signed in; said by the store

    @property
    def author(self) -> str:
        """Who made it, and whether that is only said."""
        return author(self.by, self.signed)

    @property
    def proposed(self) -> str:
        """The note of who proposed it; "" where who made it did themselves."""
        return self.reason if self.reason and self.reason.startswith(PROPOSED) else ""

    @property
    def thing(self) -> int:
        """What is the same of all that were made as one thing."""
        return self.of or self.id or 0

    def check(self) -> None:
        """Raises EntryError for what is missing, too long, or no cell of ours."""
        check_names(self.by)
        check_length(self.reason, "a reason")
        try:
            self.edit.check()
        except EditError as error:
            raise EntryError(str(error)) from None


class CorrectedMeanwhile(EntryError):
    """Somebody else corrected a cell, or what is answered, since the form for it was filled."""

    def __init__(self, theirs: Correction) -> None:
        super().__init__(f"{theirs.by} corrected the same meanwhile")
        self.theirs = theirs


def standing(made: Iterable[Correction], day: date | None = None) -> list[Correction]:
    """The corrections that were not undone, oldest first; on a day, those that count then."""
    return [one for one in made if one.undone_at is None and (
        day is None or one.on is None or one.on <= day)]


def answers(made: Iterable[Correction]) -> list[Correction]:
    """The last answer that counts on each purpose and each link."""
    return list({(one.edit.table, *one.edit.key.values()): one
                 for one in standing(made) if one.answer}.values())


def add(connection: Connection, made: Sequence[Correction],
        seen: int | None) -> list[Correction]:
    """Add the corrections that somebody made at once, all or none; those with the same number `of`
    are one thing. Raises CorrectedMeanwhile where another one than that already `seen` says
    something else of the same cell, or of the row that an answer is given to."""
    for one in made:
        one.check()
    wait_for_others(connection)
    added = []
    things: dict[tuple[str, int], int] = {}  # source and number → the first of a thing
    for source in dict.fromkeys(one.source for one in made):
        known, mine = _count(connection, source), [one for one in made if one.source == source]
        if known + len(mine) > MOST:
            raise EntryError(f"there are {known:,} corrections of this source; at most {MOST:,} "
                             "are kept. Apply them to the source first")
        since = [] if seen is None else standing(log(connection, source, seen))
        last = {place: one for one in since for place in _places(one.edit)}
        for one in mine:
            newer = [last[place] for place in _places(one.edit) if place in last]
            if other := next((other for other in [*newer, *_beside(one.edit, last)]
                              if other.edit != one.edit), None):
                raise CorrectedMeanwhile(other)
            if not newer:  # else it was made a moment ago, by a second click or another person
                thing = None if one.of is None else (source, one.of)
                added.append(_insert(connection, replace(
                    one, of=things.get(thing) if thing else None)))
                if thing:
                    things.setdefault(thing, added[-1].id or 0)
    return added


def _count(connection: Connection, source: str) -> int:
    """How many corrections of a source count: others wait meanwhile, so none is read."""
    undone = sa.select(sa.func.count()).select_from(correction_undos.join(corrections)).where(
        corrections.c.source == source).scalar_subquery()
    return int(connection.execute(sa.select(sa.func.count() - undone).select_from(
        corrections).where(corrections.c.source == source)).scalar_one())


def _insert(connection: Connection, one: Correction) -> Correction:
    edit, answer = one.edit, one.answer or answer_of(one.edit)
    one = replace(one, answer=answer, on=(one.on or one.at.date()) if answer else None)
    number = connection.execute(sa.insert(corrections).values(
        source=one.source, table=edit.table, operation=edit.operation, key=dict(edit.key),
        values=dict(edit.values), before=sa.null() if edit.before is None else dict(edit.before),
        reason=one.reason, gap_key=one.gap_key, by=one.by, at=one.at, answer=answer, on=one.on,
        of=one.of,
    ).returning(corrections.c.id)).scalar_one()
    return replace(one, id=number, signed=by_signed_in())


def _places(edit: Edit) -> Iterator[tuple[object, ...]]:
    """The cells of an edit; a row that is added or ended is one place."""
    for column in edit.values if edit.operation == "set" else [""]:
        yield edit.table, tuple(sorted(edit.key.items())), column


def _beside(edit: Edit, last: Mapping[tuple[object, ...], Correction]) -> list[Correction]:
    """What others wrote beside an answer: it was given to what the row said, so that nobody agrees
    to what somebody changed meanwhile."""
    if edit.operation != "set" or not edit.values.get(_ANSWERED.get(edit.table, "")):
        return []
    (row, *_), own = _places(edit), set(_places(edit))
    return [one for place, one in last.items() if place[:2] == row[:2] and place not in own]


def undo(connection: Connection, correction_id: int, by: str, at: datetime,
         reason: str | None) -> None:
    """Undo a correction and all that were made as one thing with it. Raises EntryError where that
    is done, or a later one builds on one of them."""
    check_names(by)
    check_length(reason, "a reason")
    wait_for_others(connection)
    found = connection.execute(sa.select(corrections.c.source, corrections.c.of).where(
        corrections.c.id == correction_id)).first()
    known = {} if found is None else {one.id: one for one in log(
        connection, found[0], (found[1] or correction_id) - 1)}
    if (one := known.get(correction_id)) is None:
        raise EntryError(f"there is no correction {correction_id}")
    if one.undone_at:
        raise EntryError(f"it is undone already, says {one.undone_by}")
    same = [other for other in standing(known.values()) if other.thing == one.thing]
    last = {place: other.id or 0 for other in same for place in _places(other.edit)}
    for later in standing(known.values()):
        if later.thing != one.thing and any((later.id or 0) > last.get(place, later.id or 0)
                                            for place in _places(later.edit)):
            raise EntryError(f"{later.by} corrected the same later; undo that first")
    connection.execute(sa.insert(correction_undos), [
        {"correction_id": other.id, "by": by, "at": at, "reason": reason}
        for other in reversed(same)])


def undos(source: str, after: int = 0) -> sa.Select[Any]:
    """The query for what was undone of the corrections of a source after a number, oldest
    first."""
    return sa.select(correction_undos).join(corrections).where(
        corrections.c.source == source, corrections.c.id > after).order_by(correction_undos.c.id)


def log(connection: Connection, source: str, after: int = 0) -> list[Correction]:
    """All corrections of a source after a number, oldest first, also those that were undone."""
    undone = {row["correction_id"]: row
              for row in understood(connection, correction_undos, undos(source, after))}
    return [_read(row, undone.get(row["id"]))
            for row in understood(connection, corrections, of_source(corrections, source).where(
                corrections.c.id > after))]


def _read(row: Mapping[str, Any], undo: Mapping[str, Any] | None) -> Correction:
    edit = Edit(row["table"], row["operation"], row["key"], row["values"], row["before"],
                row["answer"] is not None)
    one = Correction(row["source"], edit, row["by"], row["at"], row["reason"], row["gap_key"],
                     row["id"], answer=row["answer"], on=row["on"], of=row["of"],
                     signed=row["signed"])
    return replace(one, undone_by=undo["by"], undone_at=undo["at"]) if undo else one
