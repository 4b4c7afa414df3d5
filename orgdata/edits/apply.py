"""Lay edits over a source: between reading and validation, in their order (METHOD section 7)."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from itertools import groupby
from typing import Literal, NamedTuple

from orgdata.edits.answers import as_written
from orgdata.edits.edit import Edit, check_alike, same_text
from orgdata.edits.now import Now
from orgdata.edits.rows import Rows
from orgdata.model.fields import Field
from orgdata.model.schema import TABLES
from orgdata.sources.raw import RawSource

State = Literal["pending", "done", "overtaken", "no_row", "several_rows"]
ROW = ""  # instead of a column: the whole row, added or ended
MANY = 30  # edits of one column, from which on they are laid over it together


class EditedCell(NamedTuple):
    """What became of one cell of an edit against the source as it is now.

    pending: the source still says what was replaced, and the edit counts. done: the source says
    what the edit wanted. overtaken: it says a third thing, which counts. no_row, several_rows: the
    edit waits, since the row is not there or not the only one.
    """

    edit: int  # its position among those applied
    column: str  # or ROW
    source: str  # what the source says
    state: State
    row: int | None = None  # the number of the row in the table; None where it has none any more


@dataclass(frozen=True)
class Applied:
    """A source with edits laid over it, and what became of their cells."""

    raw: RawSource
    cells: tuple[EditedCell, ...]


def apply(raw: RawSource, edits: Sequence[Edit]) -> Applied:
    """Lay edits over the text tables of a source, in their order. Raises EditError for one that
    names no table, column or row of ours."""
    laid = Laid(raw)
    laid.add(edits)
    return Applied(laid.raw, tuple(_last(laid.cells, edits)))


class Laid:
    """A source with edits laid over it one after another; none is looked at twice."""

    def __init__(self, raw: RawSource) -> None:
        self._raw = raw
        self._tables: dict[str, Rows] = {}
        self._count = 0
        self.cells: list[EditedCell] = []  # of all edits; a later one may be of the same cell

    def add(self, edits: Iterable[Edit]) -> None:
        """Lay more edits over it. Raises EditError."""
        for alike in _alike(edits):
            rows = self._rows(alike[0])
            places = rows.places(*alike[0].key, *alike[0].values) if len(alike) > 1 else None
            if places is not None:
                self.cells += _of_column(self._count, alike, rows, places)
                self._count += len(alike)
                continue
            for edit in alike:
                edit.check()
                self.cells += self._cells(edit, rows)
                self._count += 1

    def _rows(self, edit: Edit) -> Rows:
        edit.check()
        if edit.table not in self._tables:
            self._tables[edit.table] = Rows(edit.table, self._raw.tables.get(edit.table),
                                            self._raw.settings.columns.get(edit.table, {}))
        return self._tables[edit.table]

    def _cells(self, edit: Edit, rows: Rows) -> list[EditedCell]:
        """What becomes of an edit; of an answer in the rows that tell of it, whatever they say."""
        if not edit.answer or rows.find(edit.key):
            return _of_edit(self._count, edit, rows)
        made = as_written(self._now, edit)
        cells = [cell for one in made for cell in _of_edit(self._count, one, rows)
                 if cell.column in edit.values or cell.state == "no_row"]
        return cells if len(made) == 1 else [cell._replace(row=None) for cell in cells]

    @cached_property
    def _now(self) -> Now:
        """The source as it is, where ids are looked up."""
        return Now(self._raw, date.max)

    @property
    def raw(self) -> RawSource:
        """The source as it is with the edits so far."""
        laid = {name: rows.changed() for name, rows in self._tables.items()
                if name in self._raw.tables or rows.length}
        return replace(self._raw, tables={**self._raw.tables, **laid})


def _alike(edits: Iterable[Edit]) -> Iterator[list[Edit]]:
    """Edits in their order, those together that set one column of rows named by another."""
    for _, several in groupby(edits, lambda edit: (edit.table, *edit.key, "", *edit.values) if (
            edit.operation == "set" and not edit.answer) else None):
        run = list(several)
        if len(run) > MANY and len(run[0].key) == len(run[0].values) == 1:
            yield run
        else:
            yield from ([edit] for edit in run)


def _of_column(first: int, edits: Sequence[Edit], rows: Rows,
               places: Mapping[str, int]) -> Iterator[EditedCell]:
    """What becomes of many edits that set one column of rows named by another, the first of them
    being of that number: the same as of each alone, for less than half."""
    (name,), (column,) = edits[0].key, edits[0].values
    field, texts, written = rows.table[column], rows.texts(column), rows.written(column)
    check_alike(edits)
    for number, edit in enumerate(edits, first):
        at, text = places.get(edit.key[name].strip()), edit.values[column]
        if at is None:
            yield EditedCell(number, ROW, "", "no_row")
            continue
        now = written[at].strip() if at in written else texts[at]
        before = None if edit.before is None else edit.before.get(column, "")
        state = _state_of_set(field, now, text, before)
        if state == "pending":
            written[at] = text
        yield EditedCell(number, column, now, state, rows.number(at))


def _of_edit(number: int, edit: Edit, rows: Rows) -> list[EditedCell]:
    found = rows.find(edit.key)
    if len(found) > 1:
        if not set(rows.table.key) <= set(edit.key):
            return [EditedCell(number, ROW, "", "several_rows")]
        found = found[:1]  # any further row is a duplicate of it, and is skipped
    if edit.operation == "add":
        if not found:
            return [EditedCell(number, ROW, "", "pending", rows.add(edit.row))]
        return [_state(number, edit, rows, found[0], column) for column in edit.values] or [
            EditedCell(number, ROW, "", "done", rows.number(found[0]))]
    if edit.operation == "end":
        return [_ended(number, edit, rows, found)]
    if not found:
        return [EditedCell(number, ROW, "", "no_row")]
    cells = [_state(number, edit, rows, found[0], column) for column in edit.values]
    if written := {cell.column: edit.values[cell.column] for cell in cells
                   if cell.state == "pending"}:
        rows.set(found[0], written)
    return cells


def _state(number: int, edit: Edit, rows: Rows, at: int, column: str) -> EditedCell:
    """Of a cell that is to be set; those of a row that was to be added and is there already are
    done or overtaken."""
    now, field = rows.cell(at, column), rows.table[column]
    before = None if edit.before is None else edit.before.get(column, "")
    state = _state_of_set(field, now, edit.values[column], before)
    if edit.operation == "add" and state == "pending":
        state = "overtaken"
    return EditedCell(number, column, now, state, rows.number(at))


def _state_of_set(field: Field, now: str, text: str, before: str | None) -> State:
    if same_text(field, now, text):
        return "done"
    return "pending" if before is None or same_text(field, now, before) else "overtaken"


def _ended(number: int, edit: Edit, rows: Rows, found: list[int]) -> EditedCell:
    if not found:
        return EditedCell(number, ROW, "", "done")
    if any(not same_text(rows.table[column], rows.cell(found[0], column), text)
           for column, text in (edit.before or {}).items()):
        return EditedCell(number, ROW, "", "overtaken")
    rows.end(found[0])
    return EditedCell(number, ROW, "", "pending", rows.number(found[0]))


def _last(cells: Iterable[EditedCell], edits: Sequence[Edit]) -> list[EditedCell]:
    """The last word on each cell: a later edit of it stands for the earlier ones, and says what the
    source said before the first of them that counts. One that was made of what an earlier one has
    replaced since waits beside it."""
    last: dict[tuple[object, ...], EditedCell] = {}
    for cell in cells:
        edit = edits[cell.edit]
        place: tuple[object, ...] = (edit.table, cell.column, *(
            sorted(edit.key.items()) if len(edit.key) > 1 else edit.key.items()))
        earlier = last.pop(place, None)
        if earlier is not None and earlier.state == "pending" and cell.state == "overtaken":
            last[place], place = earlier, (*place, cell.edit)
        elif earlier is not None and earlier.state == "pending":
            again = cell.column != ROW and same_text(
                TABLES[edit.table][cell.column], earlier.source, edit.values[cell.column])
            cell = EditedCell(cell.edit, cell.column, earlier.source,
                              "done" if again else "pending", cell.row)
        last[place] = cell
    return list(last.values())
