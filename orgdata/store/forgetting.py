"""Forgetting a person: their name goes from every entry, and what they entered stays."""

from collections.abc import Iterator, Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from orgdata.store.tables import metadata

SOMEBODY = "somebody (name removed)"
_WITHOUT = frozenset({"orgdata_identity", "orgdata_snapshots", "orgdata_snapshot_gaps",
                      "orgdata_snapshot_unjudged", "orgdata_expectations", "orgdata_goalposts",
                      "orgdata_points"})
_NAMES = ("by", "person")  # columns that hold one name, or id, and nothing else
_TEXTS = ("text", "reason", "what", "owner")  # that people write, in which a name may stand
_TITLED = ("orgdata_scenarios",)  # tables whose name is written so, too
_ADDRESS = "address"  # of who made an entry: goes with their name
_JSON = ("key", "values", "before", "edits", "steps")  # columns that hold cells
_SIGNERS = ("confirmed_by", "role_confirmed_by", "answered_by",
            "declined_by")  # cells that say who answered, and what a verb is told of it
_HOW = (", on behalf of ", " (said to be)", " (by the link sent to ")  # behind a name there


def forget(connection: Connection, person: str) -> dict[str, int]:
    """Take the name (or address) of a person out of all entries; returns in how many rows of each
    table it stood. What a correction says of them in other cells stays: it is their data in the
    source, and counted under "left"."""
    found: dict[str, int] = {}
    for table in metadata.sorted_tables:
        if table.name in _WITHOUT:
            continue
        for row in connection.execute(sa.select(*_columns(table))).mappings().all():
            changed = dict(_changed(row, person))
            if changed:
                connection.execute(sa.update(table).where(table.c.id == row["id"]).values(changed))
                found[table.name] = found.get(table.name, 0) + 1
            if any(_holds(cells, person) for name, value in {**row, **changed}.items()
                   if name in _JSON for cells in _cells(value)):
                found["left"] = found.get("left", 0) + 1
    return found


def _columns(table: sa.Table) -> Iterator[sa.Column[Any]]:
    """The columns that may hold a name, and the id."""
    return (column for column in table.c if column.name in (
        "id", *_NAMES, *_TEXTS, _ADDRESS, *_JSON) or (
        column.name == "name" and table.name in _TITLED))


def _cells(value: object) -> Iterator[Mapping[str, object]]:
    """The cells that a column of JSON holds, also those in lists of edits and of steps."""
    if isinstance(value, Mapping):
        yield value
    for one in value.values() if isinstance(value, Mapping) else value if isinstance(
            value, list) else ():
        yield from _cells(one)


def _changed(row: sa.RowMapping, person: str) -> Iterator[tuple[str, object]]:
    if _ADDRESS in row and any(_same(str(row[name]), person) for name in ("by", _ADDRESS)):
        yield from (("by", SOMEBODY), (_ADDRESS, SOMEBODY))
    for name, cell in row.items():
        if name in _NAMES and isinstance(cell, str) and _same(cell, person):
            yield name, SOMEBODY
        elif name in (*_TEXTS, "name") and isinstance(cell, str):
            if (without := _without(cell, person)) != cell:
                yield name, without
        elif name in _JSON and (unsigned := _unsigned(cell, person)) != cell:
            yield name, unsigned


def _unsigned(value: object, person: str) -> object:
    """The same without the name of a person in the cells that say who signed."""
    if isinstance(value, Mapping):
        return {name: _signed(one, person) if name in _SIGNERS and isinstance(one, str) else
                _unsigned(one, person) for name, one in value.items()}
    return [_unsigned(one, person) for one in value] if isinstance(value, list) else value


def _signed(text: str, person: str) -> str:
    """Who signed, without the name of a person; how they did stays beside it."""
    for how in _HOW:
        name, between, rest = text.partition(how)
        if _same(name, person):
            return f"{SOMEBODY}{between}{rest}"
    return text


def _same(text: str, person: str) -> bool:
    return text.strip().casefold() == person.strip().casefold()


def _without(text: str, person: str) -> str:
    """A text with the name replaced wherever it stands as words of its own."""
    name, found, at = person.strip(), text.casefold(), 0
    if not name or len(found) != len(text):  # a letter that has another length in lower case
        return text.replace(name, SOMEBODY) if name else text
    parts, begin = [], 0
    while (at := found.find(name.casefold(), at)) >= 0:
        end = at + len(name)
        if not (text[at - 1:at].isalnum() or text[end:end + 1].isalnum()):
            parts += [text[begin:at], SOMEBODY]
            begin = end
        at = end
    return "".join([*parts, text[begin:]])


def _holds(cells: Mapping[str, object], person: str) -> bool:
    return any(_without(str(text), person) != str(text) for text in cells.values())
