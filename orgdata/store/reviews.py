"""What people say in a review: states of gaps, decisions and to-dos, confirmations.

Nothing is changed or deleted: each entry is added, and the last one counts. So two people who
write at once both stay in the log.
"""

from collections.abc import Iterable
from dataclasses import asdict, replace
from datetime import date, datetime
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from orgdata.store.entries import Confirmation, Decision, GapChange
from orgdata.store.tables import confirmations, decision_changes, decisions, gap_changes

Entry = TypeVar("Entry", GapChange, Decision, Confirmation)


def add(connection: Connection, entry: Entry) -> Entry:
    """Add an entry; the same with its number."""
    table = {GapChange: gap_changes, Decision: decisions,
             Confirmation: confirmations}[type(entry)]
    values = {name: value for name, value in asdict(entry).items()
              if name in table.c and name != "id"}
    number = connection.execute(sa.insert(table).values(**values).returning(
        table.c.id)).scalar_one()
    return replace(entry, id=number)


def gap_log(connection: Connection, source: str, key: str | None = None) -> list[GapChange]:
    """Everything said of the gaps of a source, or of one of them, oldest first."""
    wanted = sa.select(gap_changes).where(gap_changes.c.source == source)
    if key is not None:
        wanted = wanted.where(gap_changes.c.key == key)
    return [GapChange(**row) for row in
            connection.execute(wanted.order_by(gap_changes.c.id)).mappings()]


def states(connection: Connection, source: str) -> dict[str, GapChange]:
    """What was last said of each gap, by key."""
    last = (sa.select(sa.func.max(gap_changes.c.id)).where(gap_changes.c.source == source)
            .group_by(gap_changes.c.key))
    rows = connection.execute(sa.select(gap_changes).where(gap_changes.c.id.in_(last))
                              .order_by(gap_changes.c.key)).mappings()
    return {row["key"]: GapChange(**row) for row in rows}


def change_decision(connection: Connection, number: int, change: str, by: str, at: datetime,
                    **what: Any) -> None:
    """Add to the log of a decision: done (done_on), reopened, or moved (owner, due)."""
    connection.execute(sa.insert(decision_changes).values(
        decision_id=number, change=change, by=by, at=at, **what))


def exists(connection: Connection, number: int) -> bool:
    """Whether there is a decision of this number."""
    return connection.execute(sa.select(decisions.c.id).where(
        decisions.c.id == number)).one_or_none() is not None


def all_decisions(connection: Connection, source: str) -> list[Decision]:
    """Every decision and to-do of a source as it stands now, oldest first."""
    made = connection.execute(sa.select(decisions).where(decisions.c.source == source)
                              .order_by(decisions.c.id)).mappings()
    found = {row["id"]: Decision(**row) for row in made}
    log = connection.execute(
        sa.select(decision_changes).join(decisions).where(decisions.c.source == source)
        .order_by(decision_changes.c.id)).mappings()
    for row in log:
        found[row["decision_id"]] = _changed(found[row["decision_id"]], row)
    return list(found.values())


def _changed(decision: Decision, row: Any) -> Decision:
    if row["change"] == "moved":
        return replace(decision, owner=row["owner"], due=row["due"])
    done = row["change"] == "done"
    return replace(decision, done_on=row["done_on"] if done else None,
                   done_by=row["by"] if done else None)


def confirmation_log(connection: Connection, source: str) -> list[Confirmation]:
    """Every confirmation of a source, oldest first."""
    return [Confirmation(**row) for row in connection.execute(
        sa.select(confirmations).where(confirmations.c.source == source)
        .order_by(confirmations.c.id)).mappings()]


def latest(entries: Iterable[Confirmation]) -> list[Confirmation]:
    """The last answer on each role and each link."""
    return list({(one.kind, one.product_id, one.outcome_id): one for one in entries}.values())


def open_decisions(entries: Iterable[Decision], day: date) -> list[Decision]:
    """Those still to be done on a day."""
    return [one for one in entries if one.open_on(day)]
