"""The proposals of a source: edits that count in no figure until somebody who may make them accepts
them, which makes a correction of theirs (METHOD section 7). Entries are only added."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from orgdata.edits import Edit, EditError
from orgdata.edits.answers import signed_by
from orgdata.edits.places import RowOf, as_written
from orgdata.store import corrections
from orgdata.store.corrections import PROPOSED, Correction
from orgdata.store.entries import (
    EntryError,
    ProposalAnswer,
    author,
    check_length,
    check_names,
    check_reason,
)
from orgdata.store.reviews import of_source
from orgdata.store.room import ENTRIES, LOG, check_room
from orgdata.store.tables import by_signed_in, correction_undos, proposal_answers, proposals
from orgdata.store.understood import understood
from orgdata.store.uploads import wait_for_others

MOST, MOST_OF_ONE = 500, 30  # proposals of one source that wait, and of one person among them
MOST_OWN = 10  # of one person, that wait or not, that they are shown besides
_WAITS = proposals.c.id.not_in(sa.select(proposal_answers.c.proposal_id))


@dataclass(frozen=True)
class Proposal:
    """Edits that somebody proposes as one thing. `what` is what they are told of it themselves:
    what the edits replace may not be for them to see. `address` is theirs, as names are not always
    one person's. `seen`: the last correction that there was when the form was filled."""

    source: str
    edits: tuple[Edit, ...]
    what: str
    by: str
    address: str
    at: datetime
    reason: str | None = None
    gap_key: str | None = None
    seen: int = 0
    id: int | None = None  # given by the store
    signed: bool | None = None  # whether who made it had signed in; said by the store
    answer: ProposalAnswer | None = None  # None: it waits
    answered_by: str | None = None
    answered_at: datetime | None = None
    because: str | None = None  # why it was declined

    @property
    def author(self) -> str:
        """Who made it, and whether that is only said."""
        return author(self.by, self.signed)

    def check(self) -> None:
        """Raises EntryError for what is missing, too long, or no cell of ours."""
        check_names(self.by)
        check_length(self.reason, "a reason")
        check_length(self.what, "a proposal")
        if not self.edits:
            raise EntryError("nothing is proposed")
        try:
            for edit in self.edits:
                edit.check()
        except EditError as error:
            raise EntryError(str(error)) from None


def add(connection: Connection, one: Proposal) -> Proposal:
    """Add a proposal. Raises EntryError for what it lacks, or where it waits already."""
    one.check()
    wait_for_others(connection)
    waiting = shown_to(connection, one.source, "")
    if any((other.address, other.edits) == (one.address, one.edits) for other in waiting):
        raise EntryError("you proposed the same already")
    if sum(other.address == one.address for other in waiting) >= MOST_OF_ONE:
        raise EntryError(f"{MOST_OF_ONE} of your proposals wait already; they have to be answered "
                         "or taken back first")
    if len(waiting) >= MOST:
        raise EntryError(f"{MOST} proposals wait already; they have to be answered first")
    number = connection.execute(sa.insert(proposals).values(
        source=one.source, what=one.what, by=one.by, address=one.address, at=one.at,
        edits={"edits": [edit.record for edit in one.edits]}, reason=one.reason,
        gap_key=one.gap_key, seen=one.seen).returning(proposals.c.id)).scalar_one()
    check_room(connection, proposals, one.source, one.by, "proposals that wait", ENTRIES, _WAITS)
    check_room(connection, proposals, one.source, one.by, "proposals, answered or not,", LOG)
    return replace(one, id=number, signed=by_signed_in())


def accept(connection: Connection, proposal_id: int, by: str, at: datetime, on: date,
           row_of: RowOf = as_written) -> list[Correction]:
    """Make a proposal a correction of who accepts it, in whose name it then confirms what it does:
    nobody confirms by what another one proposes. Raises EntryError where it was answered, and
    CorrectedMeanwhile where somebody corrected the same, or undid what is answered, since it was
    made."""
    check_names(by)
    one = _waiting(connection, proposal_id)
    made = corrections.add(connection, [
        Correction(one.source, signed_by(edit, by), by, at, f"{PROPOSED}{one.by}", one.gap_key,
                   on=on, of=0)
        for edit in one.edits], one.seen, _undone_before(connection, one), row_of)
    _answer(connection, proposal_id, "accepted", by, at)
    return made


def _undone_before(connection: Connection, one: Proposal) -> int:
    """The last undo that there was when a proposal was made; 0 for none."""
    return connection.execute(sa.select(sa.func.max(correction_undos.c.id)).where(
        correction_undos.c.at <= one.at)).scalar() or 0


def decline(connection: Connection, proposal_id: int, by: str, at: datetime, reason: str) -> None:
    """Decline a proposal. Raises EntryError without a reason, or where it was answered before."""
    check_names(by)
    check_reason(reason, "declining a proposal")
    _waiting(connection, proposal_id)
    _answer(connection, proposal_id, "declined", by, at, reason)


def withdraw(connection: Connection, proposal_id: int, address: str, by: str, at: datetime) -> None:
    """Take a proposal back, by the address of who made it. Raises EntryError where it is somebody
    else's, or was answered before."""
    check_names(by)
    if not address or _waiting(connection, proposal_id).address != address:
        raise EntryError("a proposal is taken back by who made it")
    _answer(connection, proposal_id, "withdrawn", by, at)


def of(connection: Connection, source: str) -> list[Proposal]:
    """The proposals of a source with what became of them, oldest first. One whose answer this
    version cannot understand is left out: it does not wait."""
    return _read(connection, of_source(proposals, source), answers_of(source))


def shown_to(connection: Connection, source: str, address: str) -> list[Proposal]:
    """The proposals of a source that wait, and the last `MOST_OWN` of an address with what became
    of them, oldest first: all that were ever made may be very many."""
    own = connection.execute(sa.select(proposals.c.id).where(
        proposals.c.source == source, proposals.c.address == address, proposals.c.address != "",
    ).order_by(proposals.c.id.desc()).limit(MOST_OWN)).scalars().all()
    return _read(connection, of_source(proposals, source).where(_WAITS | proposals.c.id.in_(own)),
                 sa.select(proposal_answers).where(proposal_answers.c.proposal_id.in_(own)))


def answers_of(source: str) -> sa.Select[Any]:
    """The query for what became of the proposals of a source."""
    return sa.select(proposal_answers).join(proposals).where(
        proposals.c.source == source).order_by(proposal_answers.c.id)


def _waiting(connection: Connection, proposal_id: int) -> Proposal:
    """A proposal that waits, while nobody else writes. Raises EntryError where it does not."""
    wait_for_others(connection)
    found = _read(connection, sa.select(proposals).where(proposals.c.id == proposal_id),
                  sa.select(proposal_answers).where(proposal_answers.c.proposal_id == proposal_id))
    if not found:
        raise EntryError(f"there is no proposal {proposal_id}")
    if found[0].answer:
        raise EntryError(f"it is {found[0].answer} already, says {found[0].answered_by}")
    return found[0]


def _read(connection: Connection, which: sa.Select[Any], answers: sa.Select[Any]) -> list[Proposal]:
    answered = {row.proposal_id for row in connection.execute(answers)}
    known = {row["proposal_id"]: row for row in understood(connection, proposal_answers, answers)}
    return [_proposal(row, known.get(row["id"])) for row in understood(
        connection, proposals, which) if row["id"] in known or row["id"] not in answered]


def _proposal(row: Mapping[str, Any], said: Mapping[str, Any] | None) -> Proposal:
    one = Proposal(row["source"], tuple(Edit.of(record) for record in row["edits"]["edits"]),
                   row["what"], row["by"], row["address"], row["at"], row["reason"],
                   row["gap_key"], row["seen"], row["id"], row["signed"])
    return one if said is None else replace(
        one, answer=said["answer"], answered_by=said["by"], answered_at=said["at"],
        because=said["reason"])


def _answer(connection: Connection, proposal_id: int, answer: ProposalAnswer, by: str,
            at: datetime, reason: str | None = None) -> None:
    connection.execute(sa.insert(proposal_answers).values(
        proposal_id=proposal_id, answer=answer, by=by, at=at, reason=reason))
