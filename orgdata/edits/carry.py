"""Carry corrections back to the source: what is still to be changed in it, table by table."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from orgdata.edits.answers import declined_again
from orgdata.edits.apply import ROW, apply
from orgdata.edits.edit import Edit
from orgdata.sources.raw import RawSource

CHANGES = ("table", "row", "key", "column", "before", "after")


@dataclass
class TableChanges:
    """What is still to be changed in one table of a source; rows by their number in it."""

    cells: dict[int, dict[str, tuple[str, str]]] = field(
        default_factory=lambda: defaultdict(dict))  # row → column → before, after
    added: dict[int, dict[str, str]] = field(default_factory=dict)  # row → its cells
    ended: set[int] = field(default_factory=set)
    keys: dict[int, Mapping[str, str]] = field(default_factory=dict)  # what tells a row apart


def to_carry(raw: RawSource, edits: Sequence[Edit]) -> dict[str, TableChanges]:
    """What corrections change that the source does not say yet. One of a row that is added here is
    part of what is added; a row that is ended needs no cells."""
    changes: dict[str, TableChanges] = defaultdict(TableChanges)
    edits = [*edits, *declined_again(edits)]
    for cell in apply(raw, edits).cells:
        if cell.state != "pending" or cell.row is None:
            continue
        edit, table = edits[cell.edit], changes[edits[cell.edit].table]
        table.keys.setdefault(cell.row, edit.key)
        if edit.operation == "add":
            table.added[cell.row] = dict(edit.row)
        elif edit.operation == "end":
            table.ended.add(cell.row)
        elif cell.row in table.added:
            table.added[cell.row][cell.column] = edit.values[cell.column]
        elif cell.column != ROW:
            table.cells[cell.row][cell.column] = (cell.source, edit.values[cell.column])
    for table in changes.values():
        for row in table.ended:
            table.cells.pop(row, None)
            if table.added.pop(row, None) is not None:
                table.ended = table.ended - {row}
    return dict(changes)


def called(changes: TableChanges, row: int) -> str:
    """What tells a row apart."""
    return " · ".join(filter(None, changes.keys[row].values()))


def listed(changes: Mapping[str, TableChanges]) -> list[tuple[object, ...]]:
    """Every change as a row of CHANGES; a row that is added or ended has no column."""
    rows: list[tuple[object, ...]] = []
    for name, table in changes.items():
        def said(row: int, *rest: str, name: str = name, table: TableChanges = table) -> None:
            rows.append((name, row, called(table, row), *rest))

        for row, cells in table.cells.items():
            for column, (before, after) in cells.items():
                said(row, column, before, after)
        for row, added in table.added.items():
            said(row, "", "", "; ".join(f"{column}={text}" for column, text in added.items()
                                        if text))
        for row in sorted(table.ended):
            said(row, "", "the row", "")
    return rows
