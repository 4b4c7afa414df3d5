"""References to accepted rows, duplicates, and circles of parents."""

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from orgdata.formats import listed
from orgdata.model.fields import Field
from orgdata.model.schema import FURTHER, TABLES
from orgdata.tabular import cells
from orgdata.tabular.cells import Mask
from orgdata.tabular.lookup import codes, is_any, is_duplicate, on_cycle, positions
from orgdata.validate.bearers import Bearers, Named, no_such_row
from orgdata.validate.reading import Reading


class References(Reading):
    """The steps of a check that compare rows with each other and with their parents."""

    def _check_references(self) -> None:
        present = self.keep.copy()
        columns = [f for f in self.table.fields if f.references and f.name in self.typed]
        for column in sorted(columns, key=lambda f: f.references == self.table.name):
            self._match(column, present)  # those to its own rows last: which remain is known then

    def _match(self, column: Field, present: Mask) -> None:
        """Match a column to the rows it refers to: as written, else by name and part by part."""
        assert column.references is not None, column.name
        key = TABLES[column.references].key[0]
        ids = (self.typed[key][self.keep] if column.references == self.table.name else
               self.accepted.get(column.references, {key: ()})[key])
        if not len(ids):
            return  # references to a table that is not loaded are not checked
        self.ids[column.name] = values = self.typed[column.name]
        at = positions(values, ids)
        unmatched = values.notna().to_numpy() & (at < 0)
        if unmatched.any():
            named = self._bearers(column.references).named(values[unmatched].unique().tolist())
            self.named[column.name] = named
            known = is_any(values, [cell for cell, one in named.items() if one.ids])
            matched = unmatched & known
            if matched.any():
                self.typed[column.name] = values = values.copy()
                values[matched] = [named[cell].ids[0] for cell in values[matched].tolist()]
                at = positions(values, ids)
            self._note_matched(column, present & matched)
            self._lose(column, present & unmatched & ~known)
        self.references[column.name] = at

    def _lose(self, column: Field, absent: Mask) -> None:
        """Skipped rows whose reference is not certain, or take the cell as unknown."""
        if not absent.any():
            return
        self.absent[column.name] = tuple(pc.unique(
            self.written[column.name].filter(pa.array(absent))).to_pylist())
        parent = str(column.references)
        faults = {cell: one.fault(parent) for cell, one in self.named[column.name].items()
                  if not one.ids}
        said = [faults.get(cell, no_such_row(parent))
                for cell in self.ids[column.name][absent].tolist()]
        if column.required:
            self._set_aside(absent, "unknown_reference", column.name, said)
        else:
            self._lose_cells(absent, "unknown_reference", column.name, said)
            self.typed[column.name] = self.typed[column.name].mask(absent)

    def _note_matched(self, column: Field, matched: Mask) -> None:
        """Say of cells by which name, and as which parts, they were read."""
        named, cells_ = self.named[column.name], self.ids[column.name]
        for code, is_list in (("joined_by_name", False), ("split_cell", True)):
            at = matched & is_any(
                cells_, [cell for cell, one in named.items() if one.is_list == is_list])
            self._note_cells(at, code, column.name, (
                self._read_as(column, named[cell]) for cell in cells_[at]), "information")

    def _read_as(self, column: Field, named: Named) -> str:
        """What became of a cell that names rows otherwise than by an id."""
        if not named.is_list:
            return f"read as {named.ids[0]}, the only one of {column.references} called so"
        if len(named.ids) == 1:
            return f"read as {named.ids[0]}"
        several = f"names {listed(named.ids)}"
        if len(self.table.key) > 1:
            return f"{several}; counted as a row for each"
        if column.name in FURTHER.get(self.table.name, {}):
            return f"{several}; all of them count"
        return f"{several}; the first of them was taken"

    def _bearers(self, table: str) -> Bearers:
        """The rows of a table, or of this one, by what they are called; made once it is asked."""
        if table == self.table.name:
            return Bearers(table, {name: values[self.keep] for name, values in self.typed.items()})
        if table not in self.bearers:
            self.bearers[table] = Bearers(table, self.accepted[table])
        return self.bearers[table]

    def _set_aside_duplicates(self) -> None:
        key = [self.references[name] if name in self.references else codes(self.typed[name])
               for name in self.table.key if name in self.typed]
        if self.table.name == "assignments":
            key.append(codes(cells.as_text(self.written["role"])))
        last_wins = self.table.name == "check_ins"  # the later check-in of a day replaces it
        duplicate = np.zeros(len(self.rows), dtype=bool)
        key_of_present = key if self.keep.all() else [part[self.keep] for part in key]
        duplicate[self.keep] = is_duplicate(key_of_present, "last" if last_wins else "first")
        self.duplicates = duplicate
        columns = ", ".join(self.table.key)
        self._set_aside(duplicate, "duplicate_key", self.table.key[0],
                        f"a later row has the same {columns} and replaces this one" if last_wins
                        else f"an earlier row has the same {columns}")

    def _without_cycles(self, rows: pd.DataFrame, parent: str) -> pd.DataFrame:
        cycle = on_cycle(positions(rows[parent], rows[self.table.key[0]]))
        if cycle.any():
            at = np.flatnonzero(self.keep)[cycle]
            self._note("warning", "circular_reference", "the row is its own ancestor; the parent "
                       "counts as unknown", at=at, column=parent,
                       values=rows[parent][cycle].tolist())
            self.lost[parent] = self._lost(parent) | np.isin(np.arange(len(self.rows)), at)
        return rows.assign(**{parent: rows[parent].mask(cycle)})
