"""Forgetting a person: their name goes from every entry, and what they entered stays."""

import unicodedata
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
_KEYS = ("key", "gap_key")  # of gaps: a code and ids, of which one may be a name
_ADDRESS = "address"  # of who made an entry: goes with their name
_FIXED = ("source", "product_id", "outcome_id", "settings")  # what is found by it would be lost
_NAMED = ("orgdata_sources",)  # tables whose name is what a source is found by
_SIGNERS = ("confirmed_by", "role_confirmed_by", "answered_by",
            "declined_by")  # cells that say who answered, and what a verb is told of it
_HOW = (", on behalf of ", " (said to be)", " (by the link sent to ")  # behind a name there


def forget(connection: Connection, person: str) -> dict[str, int]:
    """Take the name (or address) of a person out of all entries; returns in how many rows of each
    table it stood. What a correction says of them in other cells stays: it is their data in the
    source, as is what a source is called. All rows in which it still stands are counted under
    "left"."""
    found: dict[str, int] = {}
    for table in metadata.sorted_tables:
        columns = [column for column in table.c if _may_name(column)]
        if table.name in _WITHOUT or not columns:
            continue
        for row in connection.execute(sa.select(table.c.id, *columns)).mappings().all():
            changed = dict(_changed(table, row, person))
            if changed:
                connection.execute(sa.update(table).where(table.c.id == row["id"]).values(changed))
                found[table.name] = found.get(table.name, 0) + 1
            if any(_without(text, person) != text for value in {**row, **changed}.values()
                   for text in _texts(value)):
                found["left"] = found.get("left", 0) + 1
    return found


def _may_name(column: sa.Column[Any]) -> bool:
    """Whether a column holds what people write, or cells; not one of the words we know."""
    return isinstance(column.type, sa.Text | sa.JSON) and "words" not in column.info


def _texts(value: object) -> Iterator[str]:
    """The texts in a cell or in a value of JSON, names of its parts included."""
    if isinstance(value, str):
        yield value
    parts = (*value, *value.values()) if isinstance(value, Mapping) else (
        value if isinstance(value, list) else ())
    for part in parts:
        yield from _texts(part)


def _changed(table: sa.Table, row: sa.RowMapping, person: str) -> Iterator[tuple[str, object]]:
    if _ADDRESS in row and any(_same(str(row[name]), person) for name in ("by", _ADDRESS)):
        yield from (("by", SOMEBODY), (_ADDRESS, SOMEBODY))
    for name, cell in row.items():
        if name in _FIXED or (name == "name" and table.name in _NAMED):
            continue
        without = _of_column(name, cell, person) if isinstance(cell, str) else _unsigned(
            cell, person)
        if without != cell:
            yield name, without


def _of_column(name: str, text: str, person: str) -> str:
    """A text of a column without the name of a person."""
    if name in _KEYS:
        return ":".join(SOMEBODY if _same(part, person) else part for part in text.split(":"))
    if name in _NAMES or name == _ADDRESS:
        return SOMEBODY if _same(text, person) else text
    return _without(text, person)


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
    return _folded(text)[0].strip() == _folded(person)[0].strip()


def _without(text: str, person: str) -> str:
    """A text with the name replaced wherever it stands as words of its own."""
    name, (found, places) = _folded(person)[0].strip(), _folded(text)
    parts, begin, at = [], 0, found.find(name) if name else -1
    while at >= 0:
        end = at + len(name)
        if not (found[at - 1:at].isalnum() or found[end:end + 1].isalnum()
                or unicodedata.combining(found[end:end + 1] or " ")):
            parts += [text[begin:places[at]], SOMEBODY]
            begin = places[end]
        at = found.find(name, max(end if begin == places[end] else 0, at + 1))
    return "".join([*parts, text[begin:]])


def _folded(text: str) -> tuple[str, list[int]]:
    """A text as names are compared, whatever their case, accents or blanks are made of, and where
    each of its letters stands in the text; at last its end."""
    letters, places = "", []
    for place, letter in enumerate(text):
        pieces = "" if unicodedata.category(letter) == "Cf" else unicodedata.normalize(
            "NFKD", unicodedata.normalize("NFKD", letter).casefold())
        for piece in pieces:
            if not (piece.isspace() and letters[-1:] == " "):
                letters += " " if piece.isspace() else piece
                places.append(place)
    return letters, [*places, len(text)]
