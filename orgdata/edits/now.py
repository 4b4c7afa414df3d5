"""A portfolio as it is with the edits so far: where verbs look things up, and make their edits."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, cached_property

import numpy as np
import pandas as pd

from orgdata.edits.edit import Edit, EditError
from orgdata.edits.rows import Rows
from orgdata.model import labels
from orgdata.model.portfolio import Portfolio
from orgdata.model.schema import TABLES
from orgdata.sources.raw import RawSource
from orgdata.validate import validate

_NAME = {"objectives": "title", "key_results": "title"}  # of others: name


@dataclass(frozen=True)
class Now:
    """A source with the edits so far, on the day on which people make the next one."""

    raw: RawSource
    day: date

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
        rows = self.portfolio(table)[table]
        found = rows[rows[column] == value]
        if found.empty:
            raise EditError(f"there is no {_one(table)} {value!r}" if value else
                            f"which {_one(table)} is meant is not said; give {column}")
        return found.iloc[0]

    def name(self, table: str, value: str) -> str:
        """The name of the thing with an id, as people know it, with its id."""
        row = self.row(table, **{TABLES[table].key[0]: value})
        return f"{row[_NAME.get(table, 'name')]} ({value})"

    def free_id(self, table: str) -> str:
        """An id that no row of a table has: nobody is asked for one."""
        taken = set(self.portfolio[table][TABLES[table].key[0]])
        numbers = range(1, len(taken) + 2)
        return next(one for number in numbers if (one := f"new-{number}") not in taken)

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
        for column, value in cells.items():
            rows = rows[rows[column] == value]
        return rows

    def set(self, table: str, row: pd.Series, **values: str) -> Edit:
        """The edit that sets cells of an accepted row."""
        rows, at = self._written(table, row)
        return Edit(table, "set", self._key(rows, at), values,
                    {column: rows.cell(at, column) for column in values})

    def end(self, table: str, row: pd.Series) -> Edit:
        """The edit that takes an accepted row away."""
        rows, at = self._written(table, row)
        return Edit(table, "end", self._key(rows, at), {}, rows.cells(at))

    def add(self, table: str, /, **cells: str) -> Edit:
        """The edit that adds a row of these cells; blank ones are left out."""
        return Edit.adding(table, {column: text for column, text in cells.items() if text})

    def text(self, table: str, row: pd.Series, column: str) -> str:
        """What a cell of an accepted row says in the source."""
        rows, at = self._written(table, row)
        return rows.cell(at, column)

    def _written(self, table: str, row: pd.Series) -> tuple[Rows, int]:
        """The text of an accepted row. One that lists several products or outcomes in a cell is no
        row of one of them, so it is refused."""
        rows = self._rows[table]
        found = np.flatnonzero(rows.raw.frame.index.to_numpy() == row["row"]).tolist()
        made = self.portfolio(table)[table]["row"]
        if len(found) != 1 or int((made == row["row"]).sum()) > 1:
            raise EditError(f"row {row['row']} of {labels.table(table)} tells of several things at "
                            "once; part it in the source first")
        return rows, found[0]

    @cached_property
    def _rows(self) -> Mapping[str, Rows]:
        return {name: Rows(name, raw, self.raw.settings.columns.get(name, {}))
                for name, raw in self.raw.tables.items()}

    @staticmethod
    def _key(rows: Rows, at: int) -> dict[str, str]:
        return {column: rows.cell(at, column) for column in rows.table.key}


@cache
def _needed(table: str) -> frozenset[str]:
    """A table, those that it refers to, and those that these refer to."""
    others = {field.references for field in TABLES[table].fields} - {None, table}
    return frozenset({table}).union(*(_needed(str(other)) for other in others))


def _one(table: str) -> str:
    """What one row of a table is called."""
    return labels.column(TABLES[table].key[0])
