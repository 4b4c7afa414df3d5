"""What corrections change as rows of a database, and what of it the settings let be written."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial

from orgdata.edits.carry import TableChanges, called
from orgdata.edits.edit import same_text
from orgdata.model.schema import TABLES
from orgdata.model.write_back import WriteBack
from orgdata.sources.raw import RawSource, RawTable
from orgdata.sources.sql.changes import Change
from orgdata.sources.sql.writing import Row
from orgdata.tabular import cells

_ORDER = ("end", "add", "set")


@dataclass(frozen=True)
class Plan:
    """The rows to write, in an order in which they can be; how many changes these are; and a line
    for each change that is left, with why."""

    rows: list[Row]
    changes: int
    left: list[str]


def plan(raw: RawSource, changes: Mapping[str, TableChanges], allowed: WriteBack) -> Plan:
    """What of these changes is written to a database. Rows are taken out first, those that name
    others before these; added next, the other way round; then cells are set, which may name what
    was added."""
    rows: list[Row] = []
    left: list[str] = []
    count = 0
    for name in filter(changes.__contains__, TABLES):
        names = raw.columns_of(name)
        change = _narrowed(name, changes[name], left, partial(_why_left, raw, names, allowed, name))
        count += sum(map(len, change.cells.values())) + len(change.added) + len(change.ended)
        ours = {theirs: TABLES[name][column] for column, theirs in names.items()}
        rows += [Row(f"{name} {called(change, number)}", one,
                     lambda column, *texts, ours=ours: same_text(ours[column], *texts))
                 for number, one in as_rows(name, change, raw.tables.get(name), names)]
    ended = [row for row in reversed(rows) if row.change.operation == "end"]
    others = [row for row in rows if row.change.operation != "end"]
    return Plan(ended + sorted(others, key=lambda row: _ORDER.index(row.change.operation)), count,
                left)


def as_rows(name: str, change: TableChanges, found: RawTable | None,
            names: Mapping[str, str]) -> Iterator[tuple[int, Change]]:
    """The changes of a table as rows of its database, by number. A row that is there is told by
    what the source says in its key; a column that the source lacks keeps our name."""
    table = (found.place if found is not None else "") or name

    def theirs(texts: Mapping[str, str]) -> dict[str, str]:
        return {names.get(column, column): text for column, text in texts.items()}

    def said(row: int, columns: Iterable[str], otherwise: Mapping[str, str]) -> dict[str, str]:
        return theirs({column: str(found.frame.at[row, names[column]])
                       if found is not None and column in names else otherwise.get(column, "")
                       for column in columns})

    for row in sorted(change.ended):
        key = change.keys[row]
        yield row, Change("end", table, said(row, key, key),
                          said(row, [column for column in names if column not in key], {}))
    for row, added in change.added.items():
        yield row, Change("add", table, theirs({column: added.get(column, "")
                                                for column in TABLES[name].key}), {}, theirs(added))
    for row, set_cells in change.cells.items():
        yield row, Change("set", table, said(row, change.keys[row], change.keys[row]),
                          said(row, set_cells, {}),
                          theirs({column: _as_theirs(name, column, text, found, names)
                                  for column, (_, text) in set_cells.items()}))


def _as_theirs(name: str, column: str, text: str, found: RawTable | None,
               names: Mapping[str, str]) -> str:
    """Yes and no as 1 and 0, where the source writes nothing else."""
    word = text.strip().lower()
    if (TABLES[name][column].kind != "bool" or found is None or column not in names
            or word not in cells.YES | cells.NO):
        return text
    written = set(found.frame[names[column]]) - {""}
    return str(int(word in cells.YES)) if written and written <= {"0", "1"} else text


def _narrowed(name: str, change: TableChanges, left: list[str],
              why: Callable[[str], str]) -> TableChanges:
    """The changes of a table that may be written; a line on each of the others is put into
    `left`."""
    made = TableChanges(keys=change.keys)

    def may(row: int, what: str, columns: Iterable[str]) -> bool:
        if reason := next(filter(None, map(why, columns)), ""):
            left.append(f"{name} {called(change, row)}, {what}: {reason}")
        return not reason

    for row, texts in change.cells.items():
        for column, text in texts.items():
            if may(row, column, [column]):
                made.cells[row][column] = text
    key = TABLES[name].key
    for row, added in change.added.items():
        filled = {column: text for column, text in added.items() if text}
        if may(row, "a new row", [*key, *filled]):
            made.added[row] = filled
    made.ended = {row for row in sorted(change.ended) if may(row, "a row to take out", key)}
    return made


def _why_left(raw: RawSource, names: Mapping[str, str], allowed: WriteBack, table: str,
              column: str) -> str:
    """Why a cell of this column is not written; "" where it is."""
    found = raw.tables.get(table)
    if column not in allowed.tables.get(table, ()):
        return f"{column} is not named in [write_back]"
    if found is None:
        return "the source has no such table"
    if not found.place:
        return "it is read by a query of the settings"
    return "" if column in names else f"the source has no {column}"
