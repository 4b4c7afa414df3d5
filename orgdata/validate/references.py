"""References to accepted rows, duplicates, and circles of parents."""

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from orgdata.model.schema import TABLES
from orgdata.tabular import cells
from orgdata.tabular.lookup import codes, is_duplicate, on_cycle, positions
from orgdata.validate.reading import Reading


class References(Reading):
    """The steps of a check that compare rows with each other and with their parents."""

    def _check_references(self) -> None:
        present = self.keep.copy()
        for column in self.table.fields:
            if not column.references or column.name not in self.typed:
                continue
            key = TABLES[column.references].key[0]
            itself = column.references == self.table.name
            ids = (self.typed[key][self.keep] if itself else
                   self.accepted.get(column.references, {key: ()})[key])
            if not len(ids):
                continue  # references to a table that is not loaded are not checked
            values = self.typed[column.name]
            self.references[column.name] = at = positions(values, ids)
            absent = present & values.notna().to_numpy() & (at < 0)
            if absent.any():
                self.absent[column.name] = tuple(pc.unique(
                    self.written[column.name].filter(pa.array(absent))).to_pylist())
            message = f"no such row in {column.references}"
            if column.required:
                self._set_aside(absent, "unknown_reference", column.name, message)
            else:
                self._note_cells(absent, "unknown_reference", column.name,
                                 f"{message}; the cell counts as unknown")
                self.typed[column.name] = values.mask(absent)

    def _set_aside_duplicates(self) -> None:
        key = [self.references[name] if name in self.references else codes(self.typed[name])
               for name in self.table.key if name in self.typed]
        if self.table.name == "assignments":
            key.append(codes(cells.as_text(self.written["role"])))
        last_wins = self.table.name == "check_ins"  # the later check-in of a day replaces it
        duplicate = np.zeros(len(self.rows), dtype=bool)
        key_of_present = key if self.keep.all() else [part[self.keep] for part in key]
        duplicate[self.keep] = is_duplicate(key_of_present, "last" if last_wins else "first")
        columns = ", ".join(self.table.key)
        self._set_aside(duplicate, "duplicate_key", self.table.key[0],
                        f"a later row has the same {columns} and replaces this one" if last_wins
                        else f"an earlier row has the same {columns}")

    def _without_cycles(self, rows: pd.DataFrame, parent: str) -> pd.DataFrame:
        cycle = on_cycle(positions(rows[parent], rows[self.table.key[0]]))
        if cycle.any():
            self._note("warning", "circular_reference", "the row is its own ancestor; the parent "
                       "counts as unknown", at=np.flatnonzero(self.keep)[cycle], column=parent,
                       values=rows[parent][cycle].tolist())
        return rows.assign(**{parent: rows[parent].mask(cycle)})
