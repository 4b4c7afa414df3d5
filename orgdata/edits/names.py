"""Names by which rows refer to each other: where a source does that, what people type leaves them
to whom they belong (METHOD section 1, "References")."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import pyarrow.compute as pc

from orgdata import formats
from orgdata.edits.apply import Laid
from orgdata.edits.edit import SHOWN, Edit, EditError
from orgdata.edits.now import Now
from orgdata.model import labels
from orgdata.model.schema import TABLES
from orgdata.sources.raw import RawSource
from orgdata.tabular import cells
from orgdata.validate.bearers import CALLED, Bearers, Named, folded


class _Given(NamedTuple):
    """A name that an edit gives to a row, by its column."""

    column: str
    name: str


def check(now: Now, edits: Sequence[Edit], typed: Sequence[Edit]) -> None:
    """Refuse names in those that were `typed` by which references stand for other rows than before,
    and, where a source refers to such rows by name, by which two are called alike. Raises
    EditError."""
    given = {table: names for table in CALLED if (names := _given(table, typed))}
    if not given:
        return
    laid = Laid(now.raw)
    laid.add(edits)
    after = Now(laid.raw, now.day)
    for table, names in given.items():
        had, has = (Bearers(table, one.portfolio(table)[table]) for one in (now, after))
        references = _references(now.raw, table)
        before = had.named(references)
        if _by_name(had, before) and (taken := next(
                (one for one in names if len(has.bearing(one.name)) > 1), None)):
            raise EditError(_said(table, taken, "another {thing} is called “{name}”; choose "
                                                "another {what}, since {things} are referred to "
                                                "by it"))
        if before != (named := has.named(references)):
            parts = {folded(part) for one in named.values() for part, _ in one.parts}
            meant = next((one for one in names if folded(one.name) in parts), names[0])
            raise EditError(_said(table, meant, "with “{name}”, what refers to {things} by their "
                                                "{what} would find another one, or none; choose "
                                                "another {what}"))


def _given(table: str, typed: Sequence[Edit]) -> list[_Given]:
    """The names and ids that edits give to rows of a table."""
    return [_Given(column, text) for edit in typed if edit.table == table
            for column, text in (edit.row if edit.operation == "add" else edit.values).items()
            if column in (TABLES[table].key[0], *CALLED[table])]


def _references(raw: RawSource, table: str) -> list[str]:
    """The distinct cells that refer to rows of a table, as they are compared with these."""
    found: dict[str, None] = {}
    for name, rows in raw.tables.items():
        columns = raw.columns_of(name)
        for field in TABLES[name].fields:
            if field.references == table and field.name in columns:
                texts = cells.mapped(cells.text(rows.frame[columns[field.name]]),
                                     raw.settings.values.get(name, {}).get(field.name, {}))
                found |= dict.fromkeys(pc.unique(texts).drop_null().to_pylist())
    return list(found)


def _by_name(rows: Bearers, named: Mapping[str, Named]) -> bool:
    """Whether rows are referred to by anything but their ids."""
    ids = set(map(folded, rows.ids))
    return any(bearers and folded(part) not in ids
               for one in named.values() for part, bearers in one.parts)


def _said(table: str, given: _Given, sentence: str) -> str:
    return sentence.format(thing=labels.column(TABLES[table].key[0]), things=labels.table(table),
                           name=formats.clipped(given.name, SHOWN),
                           what="id" if given.column == TABLES[table].key[0] else
                           labels.column(given.column))
