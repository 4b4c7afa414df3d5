"""A portfolio as it is with the edits so far: where verbs look things up, and make their edits."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, cached_property
from itertools import count
from typing import TypeVar

import pandas as pd

from orgdata import formats
from orgdata.edits.edit import SHOWN, Edit, EditError
from orgdata.edits.rows import NEW, Rows
from orgdata.model import labels
from orgdata.model.portfolio import Portfolio
from orgdata.model.schema import FURTHER, TABLES
from orgdata.sources.raw import RawSource
from orgdata.tabular.dates import day_written
from orgdata.validate import validate

MOST = 5_000  # rows changed at once
T = TypeVar("T")
_NAME = {"objectives": "title", "key_results": "title"}  # of others: name


@dataclass(frozen=True)
class Now:
    """A source with the edits so far, on the day on which people make the next one."""

    raw: RawSource
    day: date
    given: frozenset[str] | None = frozenset()  # ids that anything added here ever had; or unknown

    def portfolio(self, table: str) -> Portfolio:
        """What the source with the edits so far is as a portfolio, as far as a table and those that
        it refers to."""
        known = next((one for tables, one in self._portfolios.items() if table in tables), None)
        if known is None:
            needed = _needed(table)
            known = self._portfolios[needed] = validate(replace(self.raw, tables={
                name: raw for name, raw in self.raw.tables.items() if name in needed}))
        return known

    @cached_property
    def _portfolios(self) -> dict[frozenset[str], Portfolio]:
        return {}

    def row(self, table: str, **key: str) -> pd.Series:
        """The accepted row with an id. Raises EditError if there is none."""
        (column, value), = key.items()
        found = self.where(table, **key)
        if found.empty:
            raise EditError(f"there is no {_one(table)} {formats.clipped(value, SHOWN)!r}"
                            if value else
                            f"which {_one(table)} is meant is not said; give {column}")
        return found.iloc[0]

    def name(self, table: str, value: str) -> str:
        """The name of the thing with an id, as people know it, with its id."""
        row = self.row(table, **{TABLES[table].key[0]: value})
        return f"{row[_NAME.get(table, 'name')]} ({value})"

    def in_use(self, table: str, value: str, already: str = "") -> str:
        """The name of a product or outcome with an id. Raises EditError where it is retired or
        done."""
        status = self.row(table, **{TABLES[table].key[0]: value})["status"]
        if status in ("retired", "done"):
            raise EditError(" ".join(filter(None, (self.name(table, value), "is", status,
                                                   already))))
        return self.name(table, value)

    def free_id(self, table: str) -> str:
        """An id that nothing has, had or names: nobody is asked for one. What was said of another
        thing, also of one that is undone or not accepted, is not said of this one. Raises
        EditError where it is unknown which were given."""
        if self.given is None:
            raise EditError("what was added here before cannot be read now")
        taken = self.given.union(*(rows.new_ids for rows in self._rows.values()))
        return next(one for number in count(1) if (one := f"{NEW}{number}") not in taken)

    def person(self, person_id: str) -> str:
        """The name of a person, who must be listed where people are. Raises EditError."""
        if self.portfolio("people").tracked("people"):
            return self.name("people", person_id)
        if not person_id:
            raise EditError("which person is meant is not said; give person_id")
        return person_id

    def where(self, table: str, **cells: str) -> pd.DataFrame:
        """The accepted rows with these cells."""
        rows = self.portfolio(table)[table]
        return rows.take(self._places(table, *cells).get((*cells.values(),), []))

    def set(self, table: str, row: pd.Series, **values: str) -> Edit:
        """The edit that sets cells of an accepted row."""
        rows, at = self._written(table, row)
        for column in values.keys() & FURTHER.get(table, {}).keys():
            in_lists = self._places(FURTHER[table][column], "of_table", "row")
            if (table, int(row["row"])) in in_lists:
                raise _tells_of_several(table, row)
        return self._made(Edit(table, "set", self._key(rows, at), values,
                               {column: rows.cell(at, column) for column in values}))

    def end(self, table: str, row: pd.Series) -> Edit:
        """The edit that takes an accepted row away."""
        rows, at = self._written(table, row)
        return self._made(Edit(table, "end", self._key(rows, at), {}, rows.cells(at)))

    def add(self, table: str, /, **cells: str) -> Edit:
        """The edit that adds a row of these cells; blank ones are left out."""
        return self._made(Edit.adding(table, {
            column: text for column, text in cells.items() if text}))

    def _made(self, edit: Edit) -> Edit:
        if next(self._count) >= MOST:
            raise EditError(f"it changes more than {MOST:,} rows, the most that are changed at "
                            "once")
        return edit

    @cached_property
    def _count(self) -> Iterator[int]:
        return count()

    def text(self, table: str, row: pd.Series, column: str) -> str:
        """What a cell of an accepted row says in the source."""
        rows, at = self._written(table, row)
        return rows.cell(at, column)

    def _written(self, table: str, row: pd.Series) -> tuple[Rows, int]:
        """The text of an accepted row. One that lists several products or outcomes in a cell is no
        row of one of them, so it is refused."""
        number = int(row["row"])
        places = self._lines(table).get(number, [])
        if len(places) != 1 or len(self._places(table, "row")[number,]) > 1 or (
                row.get("of_table", table) != table):
            raise _tells_of_several(table, row)
        return self._rows[table], places[0]

    def written(self, table: str, row: pd.Series) -> tuple[Rows, int]:
        """The text that an accepted row was read from, which may tell of others too."""
        return self._rows[table], self._lines(table)[int(row["row"])][0]

    def before(self, edit: Edit) -> dict[str, str] | None:
        """What the cells that an edit sets say; None where its row is not there, or not the only
        one."""
        rows = self._rows.get(edit.table)
        found = rows.find(edit.key) if rows else []
        return {column: rows.cell(found[0], column) for column in edit.values} if (
            rows and len(found) == 1) else None

    def beside(self, table: str, row: pd.Series) -> pd.DataFrame:
        """The other accepted rows that the same row of the source tells of."""
        rows = self.portfolio(table)[table]
        return rows[(rows["row"] == row["row"]) & (rows.index != row.name)]

    def _places(self, table: str, *columns: str) -> Mapping[tuple[object, ...], list[int]]:
        """Where the accepted rows with some cells stand."""
        if (table, *columns) not in self._found:
            rows = self.portfolio(table)[table]
            self._found[table, *columns] = _grouped(zip(
                *(rows[column].tolist() for column in columns), strict=True))
        return self._found[table, *columns]

    @cached_property
    def _found(self) -> dict[tuple[str, ...], Mapping[tuple[object, ...], list[int]]]:
        return {}

    def _lines(self, table: str) -> Mapping[int, list[int]]:
        """Where the rows of a table of the source stand, by their number."""
        if table not in self._standing:
            raw = self.raw.tables.get(table)
            self._standing[table] = {} if raw is None else _grouped(raw.frame.index.tolist())
        return self._standing[table]

    @cached_property
    def _standing(self) -> dict[str, Mapping[int, list[int]]]:
        return {}

    @cached_property
    def _rows(self) -> Mapping[str, Rows]:
        return {name: Rows(name, raw, self.raw.settings.columns.get(name, {}))
                for name, raw in self.raw.tables.items()}

    @staticmethod
    def _key(rows: Rows, at: int) -> dict[str, str]:
        return {column: rows.cell(at, column) for column in rows.table.key}


def first_day(now: Now, written: str) -> date:
    """The day from which something holds: the one given, else that of the view. Raises
    EditError."""
    if not written:
        return now.day
    first = day_written(written.strip())
    if first is None:
        raise EditError(f"expected a day such as {now.day.isoformat()}, found {written!r}")
    return first


@cache
def _needed(table: str) -> frozenset[str]:
    """A table, those that it refers to, and those that these refer to."""
    others = {field.references for field in TABLES[table].fields} - {None, table}
    return frozenset({table}).union(*(_needed(str(other)) for other in others))


def _grouped(values: Iterable[T]) -> dict[T, list[int]]:
    """Where each value stands."""
    places: dict[T, list[int]] = defaultdict(list)
    for at, value in enumerate(values):
        places[value].append(at)
    return dict(places)


def _tells_of_several(table: str, row: pd.Series) -> EditError:
    return EditError(f"row {row['row']} of {labels.table(table)} tells of several things at once; "
                     "part it in the source first")


def _one(table: str) -> str:
    """What one row of a table is called."""
    return labels.column(TABLES[table].key[0])
