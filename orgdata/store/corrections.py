"""The corrections of a source: edits that count in every figure until they are undone (METHOD
section 7). Entries are only added."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from orgdata.edits import Edit, EditError
from orgdata.edits.answers import Answer, answer_of
from orgdata.edits.places import (
    Row,
    RowOf,
    as_written,
    beside,
    is_answer,
    is_under,
    last_on,
    meet,
)
from orgdata.store.entries import EntryError, author, check_length, check_names
from orgdata.store.reviews import of_source
from orgdata.store.room import ENTRIES, LOG, check_room
from orgdata.store.tables import by_signed_in, correction_undos, corrections
from orgdata.store.understood import understood
from orgdata.store.uploads import wait_for_others

MOST, MOST_OF_ONE = 20_000, 5_000  # corrections of one source that count, and of one person
PROPOSED = "proposed by "  # begins the reason of what somebody else proposed
_NOT_UNDONE = corrections.c.id.not_in(sa.select(correction_undos.c.correction_id))


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
    undo: int | None = None  # the number of the entry that undid it
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
    """Somebody else corrected a cell, or corrected or undid what is answered, since the form for it
    was filled."""

    def __init__(self, theirs: Correction) -> None:
        super().__init__(f"{theirs.undone_by} undid a correction of the same meanwhile"
                         if theirs.undone_by else f"{theirs.by} corrected the same meanwhile")
        self.theirs = theirs


def standing(made: Iterable[Correction], day: date | None = None) -> list[Correction]:
    """The corrections that were not undone, oldest first; on a day, those that count then."""
    return [one for one in made if one.undone_at is None and (
        day is None or one.on is None or one.on <= day)]


def answers(made: Iterable[Correction]) -> list[Correction]:
    """The last answer that counts on each purpose and each link."""
    return list({(one.edit.table, *one.edit.key.values()): one
                 for one in standing(made) if one.answer}.values())


def latest(made: Iterable[Correction]) -> tuple[int, int]:
    """The numbers of the last correction there is and of the last undo; 0 for none."""
    made = list(made)
    return (max((one.id or 0 for one in made), default=0),
            max((one.undo or 0 for one in made), default=0))


def add(connection: Connection, made: Sequence[Correction], seen: int | None, undone: int = 0,
        row_of: RowOf = as_written) -> list[Correction]:
    """Add the corrections that somebody made at once, all or none; those with the same number `of`
    are one thing. Raises CorrectedMeanwhile where another one than that already `seen` says
    something else of the same cell, or of the row that an answer is given to, or one of that row
    was undone after the last undo that was seen."""
    for one in made:
        one.check()
    wait_for_others(connection)
    added = []
    things: dict[tuple[str, int], int] = {}  # source and number → the first of a thing
    for source in dict.fromkeys(one.source for one in made):
        mine = [one for one in made if one.source == source]
        _check_count(connection, source, mine)
        since = _by_row([] if seen is None else standing(
            log(connection, source, corrections.c.id > seen)), row_of)
        back = _by_row([] if seen is None or not any(is_answer(one.edit) for one in mine) else
                       _undone_since(connection, source, seen, undone), row_of)
        for one in mine:
            later = since.get(row := row_of(one.edit), [])
            newer = last_on(one.edit, later, lambda other: other.edit)
            what = [other for other in [*later, *back.get(row, [])]
                    if is_answer(one.edit) and beside(one.edit, other.edit)]
            if other := next((other for other in [*newer, *what] if other.edit != one.edit), None):
                raise CorrectedMeanwhile(other)
            if not newer:  # else it was made a moment ago, by a second click or another person
                thing = None if one.of is None else (source, one.of)
                added.append(_insert(connection, replace(
                    one, of=things.get(thing) if thing else None)))
                if thing:
                    things.setdefault(thing, added[-1].id or 0)
        for by in dict.fromkeys(one.by for one in mine):
            check_room(connection, corrections, source, by, "corrections that count", ENTRIES,
                       _NOT_UNDONE)
            check_room(connection, corrections, source, by, "corrections, undone or not,", LOG)
    return added


def _by_row(made: Iterable[Correction], row_of: RowOf) -> dict[Row, list[Correction]]:
    rows: dict[Row, list[Correction]] = defaultdict(list)
    for one in made:
        rows[row_of(one.edit)].append(one)
    return rows


def _check_count(connection: Connection, source: str, more: Sequence[Correction]) -> None:
    """Raises EntryError where more corrections would be too many of a source, or of one person:
    nobody alone keeps the others from correcting it."""
    known = _counting(connection, source)
    if sum(known.values()) + len(more) > MOST:
        raise EntryError(f"there are {sum(known.values()):,} corrections of this source; at most "
                         f"{MOST:,} are kept. Apply them to the source first")
    for by, count in Counter(one.by for one in more).items():
        if known.get(by, 0) + count > MOST_OF_ONE:
            raise EntryError(f"{known.get(by, 0):,} corrections by {by} count; of one person at "
                             f"most {MOST_OF_ONE:,} are kept. Apply them to the source first")


def _counting(connection: Connection, source: str) -> dict[str, int]:
    """How many corrections of a source count, by who made them: others wait meanwhile, so none is
    read."""
    made = sa.select(corrections.c.by, sa.func.count().label("made")).select_from(
        corrections.outerjoin(correction_undos)).where(
            corrections.c.source == source, correction_undos.c.id.is_(None)).group_by(
                corrections.c.by)
    return {row.by: row.made for row in connection.execute(made)}


def _undone_since(connection: Connection, source: str, seen: int, undone: int) -> list[Correction]:
    """The corrections of a source that were seen to count, and undone since an undo."""
    since = sa.select(correction_undos.c.correction_id).where(correction_undos.c.id > undone)
    return log(connection, source, sa.and_(corrections.c.id <= seen, corrections.c.id.in_(since)))


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


def undo(connection: Connection, correction_id: int, by: str, at: datetime,
         reason: str | None, row_of: RowOf = as_written) -> None:
    """Undo a correction and all that were made as one thing with it. Raises EntryError where that
    is done, a later one builds on one of them, or somebody answered what they made of a row."""
    check_names(by)
    check_length(reason, "a reason")
    wait_for_others(connection)
    found = connection.execute(sa.select(corrections.c.source, corrections.c.of).where(
        corrections.c.id == correction_id)).first()
    known = {} if found is None else {one.id: one for one in log(
        connection, found[0], corrections.c.id >= (found[1] or correction_id))}
    if (one := known.get(correction_id)) is None:
        raise EntryError(f"there is no correction {correction_id}")
    if one.undone_at:
        raise EntryError(f"it is undone already, says {one.undone_by}")
    same = [other for other in standing(known.values()) if other.thing == one.thing]
    _check_last(same, [other for other in standing(known.values())
                       if (other.id or 0) > (same[-1].id or 0)], row_of)
    connection.execute(sa.insert(correction_undos), [
        {"correction_id": other.id, "by": by, "at": at, "reason": reason}
        for other in reversed(same)])


def _check_last(same: Sequence[Correction], later: Iterable[Correction], row_of: RowOf) -> None:
    """Raises EntryError where a later correction is of the same cell or row, answers what a row
    says, or is under a row that was added."""
    rows, added = _by_row(same, row_of), defaultdict[str, set[str]](set)
    for one in same:
        if one.edit.operation == "add":
            added[one.edit.table].update(list(one.edit.key.values())[:1])
    for other in later:
        of_row = rows.get(row_of(other.edit), [])
        if any(meet(one.edit, other.edit) for one in of_row):
            raise EntryError(f"{other.by} corrected the same later; undo that first")
        if of_row and is_answer(other.edit):
            raise EntryError(f"{other.by} answered it since; undo that first")
        if is_under(other.edit, added):
            raise EntryError(f"{other.by} wrote something under it later; undo that first")


def undos(source: str, which: sa.ColumnElement[bool] | None = None) -> sa.Select[Any]:
    """The query for what was undone of the corrections of a source, or of some, oldest first."""
    query = sa.select(correction_undos).join(corrections).where(corrections.c.source == source)
    return (query if which is None else query.where(which)).order_by(correction_undos.c.id)


def log(connection: Connection, source: str,
        which: sa.ColumnElement[bool] | None = None) -> list[Correction]:
    """All corrections of a source, or some, oldest first, also those that were undone."""
    undone = {row["correction_id"]: row
              for row in understood(connection, correction_undos, undos(source, which))}
    query = of_source(corrections, source)
    return [_read(row, undone.get(row["id"])) for row in understood(
        connection, corrections, query if which is None else query.where(which))]


def log_of_standing(connection: Connection, source: str) -> list[Correction]:
    """The same of those that count, and of the last one that was made and the last one undone: what
    is made and undone again and again is not read by everybody."""
    undone = {row.id: row.correction_id for row in connection.execute(
        sa.select(correction_undos.c.id, correction_undos.c.correction_id).join(corrections).where(
            corrections.c.source == source))}
    known = undone.keys() & {  # not what somebody undoes meanwhile
        row["id"] for row in understood(connection, correction_undos, undos(source))}
    last = sa.select(sa.func.max(corrections.c.id)).where(corrections.c.source == source)
    shown = {undone[number] for number in undone.keys() - known}  # that are not understood
    if known:
        shown.add(undone[max(known)])
    return log(connection, source, sa.or_(
        _NOT_UNDONE, corrections.c.id.in_(shown), corrections.c.id == last.scalar_subquery()))


def _read(row: Mapping[str, Any], undo: Mapping[str, Any] | None) -> Correction:
    edit = Edit(row["table"], row["operation"], row["key"], row["values"], row["before"],
                row["answer"] is not None)
    one = Correction(row["source"], edit, row["by"], row["at"], row["reason"], row["gap_key"],
                     row["id"], answer=row["answer"], on=row["on"], of=row["of"],
                     signed=row["signed"])
    return one if undo is None else replace(
        one, undone_by=undo["by"], undone_at=undo["at"], undo=undo["id"])
