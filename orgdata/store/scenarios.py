"""The scenarios of a source: changes that are tried, each found by a token that nobody can guess.

Every change of one is a new entry, and the last counts; those before it keep only who and when.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from secrets import token_urlsafe
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from orgdata.edits import EditError
from orgdata.edits.scenario import MOST_NAME, Scenario, read_steps
from orgdata.store.entries import EntryError, check_names
from orgdata.store.names import plain_name
from orgdata.store.reviews import of_source
from orgdata.store.room import ENTRIES, check_room
from orgdata.store.tables import scenarios
from orgdata.store.understood import understood
from orgdata.store.uploads import wait_for_others

MOST, MOST_OF_ONE = 200, 50  # scenarios of one source, and of those whom one person changed last
_IS_LAST = scenarios.c.steps.is_not(sa.null())  # of the entries of a scenario that is not deleted


@dataclass(frozen=True)
class KeptScenario:
    """A scenario of a source, by whom it was changed last, and when."""

    source: str
    token: str
    scenario: Scenario
    by: str
    at: datetime
    id: int | None = None  # of its last entry, given by the store


def add(connection: Connection, source: str, scenario: Scenario, by: str,
        at: datetime) -> KeptScenario:
    """Keep a new scenario under a new token. Raises EntryError where there are enough, of all or
    of one person."""
    wait_for_others(connection)
    counts = Counter[str](connection.execute(sa.select(scenarios.c.by).where(
        scenarios.c.source == source, _IS_LAST)).scalars())
    if counts.total() >= MOST:
        raise EntryError(f"{MOST} scenarios are kept of this source; delete one that nobody needs")
    if counts[by] >= MOST_OF_ONE:
        raise EntryError(f"you keep {MOST_OF_ONE} scenarios of this source; delete one of these")
    return _insert(connection, KeptScenario(source, token_urlsafe(16), scenario, by, at))


def change(connection: Connection, seen: KeptScenario, scenario: Scenario | None, by: str,
           at: datetime) -> KeptScenario | None:
    """Replace a scenario as it was seen, or delete it. Raises EntryError where somebody else
    changed it since."""
    wait_for_others(connection)
    now = next(iter(of(connection, seen.source, seen.token)), None)
    if now is None:
        raise EntryError(f"the scenario “{seen.scenario.name}” was deleted meanwhile")
    if now.id != seen.id:
        raise EntryError(f"{now.by} changed this scenario meanwhile: that is what is shown now")
    connection.execute(sa.update(scenarios).where(
        scenarios.c.source == seen.source, scenarios.c.token == seen.token).values(
            steps=sa.null()))
    if scenario is None:  # an entry says who deleted it
        connection.execute(_entry(replace(seen, by=by, at=at), None))
        return None
    return _insert(connection, replace(seen, scenario=scenario, by=by, at=at))


def of(connection: Connection, source: str, token: str | None = None) -> list[KeptScenario]:
    """The scenarios of a source, or the one of a token, as they are now, oldest change first."""
    mine = of_source(scenarios, source)
    if token is not None:
        mine = mine.where(scenarios.c.token == token)
    return [_kept(row) for row in understood(connection, scenarios, mine.where(_IS_LAST))
            if row["steps"]]


def _kept(row: Mapping[str, Any]) -> KeptScenario:
    return KeptScenario(row["source"], row["token"],
                        Scenario(row["name"], read_steps(row["steps"])),
                        row["by"], row["at"], row["id"])


def _insert(connection: Connection, one: KeptScenario) -> KeptScenario:
    check_names(one.by)
    name = plain_name(one.scenario.name)
    if not name or len(name) > MOST_NAME:
        raise EntryError(f"a scenario needs a name of at most {MOST_NAME} characters")
    one = replace(one, scenario=replace(one.scenario, name=name))
    steps = {"steps": [step.record for step in one.scenario.steps]}
    try:
        read_steps(steps)
    except EditError as error:
        raise EntryError(str(error)) from None
    number = connection.execute(_entry(one, steps).returning(scenarios.c.id)).scalar_one()
    check_room(connection, scenarios, one.source, one.by, "scenarios", ENTRIES, _IS_LAST)
    return replace(one, id=number)


def _entry(one: KeptScenario, steps: Mapping[str, object] | None) -> sa.Insert:
    return sa.insert(scenarios).values(
        source=one.source, token=one.token, name=one.scenario.name,
        steps=sa.null() if steps is None else dict(steps), by=one.by, at=one.at)
