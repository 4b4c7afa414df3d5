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
_NAMES = ("by", "owner", "person")  # columns that hold one name, or id, and nothing else
_TEXTS = ("text", "reason", "what")  # columns that people write, in which a name may stand
_ADDRESS = "address"  # of who made an entry: goes with their name
_SIGNERS = ("confirmed_by", "role_confirmed_by", "answered_by")  # cells that a correction sets


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
                   for cells in _cells(name, value)):
                found["left"] = found.get("left", 0) + 1
    return found


def _columns(table: sa.Table) -> Iterator[sa.Column[Any]]:
    """The columns that may hold a name, and the id."""
    return (column for column in table.c if column.name in (
        "id", *_NAMES, *_TEXTS, _ADDRESS, "key", "values", "before", "edits", "steps"))


def _cells(name: str, value: object) -> Iterator[Mapping[str, object]]:
    """The cells that a column of JSON holds, also those in a list of edits."""
    if isinstance(value, Mapping) and name != "edits":
        yield value
    for record in _records(value) if name == "edits" else ():
        yield from (cells for cells in record.values() if isinstance(cells, Mapping))


def _records(value: object) -> list[Mapping[str, Any]]:
    """The edits in a column of JSON; none of what is damaged."""
    records = value.get("edits") if isinstance(value, Mapping) else None
    whole = isinstance(records, list) and all(isinstance(one, Mapping) for one in records)
    return records if whole and records else []


def _changed(row: sa.RowMapping, person: str) -> Iterator[tuple[str, object]]:
    if _ADDRESS in row and any(_same(str(row[name]), person) for name in ("by", _ADDRESS)):
        yield from (("by", SOMEBODY), (_ADDRESS, SOMEBODY))
    for name, cell in row.items():
        if name in _NAMES and isinstance(cell, str) and _same(cell, person):
            yield name, SOMEBODY
        elif name in _TEXTS and isinstance(cell, str):
            if (without := _without(cell, person)) != cell:
                yield name, without
        elif name in ("values", "before") and isinstance(cell, Mapping):
            if (cells := _unsigned(cell, person)) != cell:
                yield name, cells
        elif name == "edits" and (records := _records(cell)):
            edits = [{part: _unsigned(cells, person) if isinstance(cells, Mapping) else cells
                      for part, cells in record.items()} for record in records]
            if edits != records:
                yield name, {"edits": edits}


def _unsigned(cells: Mapping[str, object], person: str) -> dict[str, object]:
    return {column: SOMEBODY if column in _SIGNERS and _same(str(text), person) else text
            for column, text in cells.items()}


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
    return any(_same(str(text), person) for text in cells.values())
