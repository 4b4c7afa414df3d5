"""Cells that name several rows: one row for each, or rows of a table of further ones."""

import numpy as np
import pandas as pd

from orgdata.model.schema import FURTHER, FURTHER_TABLES, TABLES
from orgdata.tabular.empty import empty_column, with_plain_names
from orgdata.tabular.lookup import positions
from orgdata.tabular.select import iter_rows
from orgdata.validate.ideas import Ideas

MOST_MORE = 100_000  # rows that lists may add to a table


class Lists(Ideas):
    """The steps of a check that make rows of the lists in cells."""

    def _split_rows(self) -> None:
        """Make a row for each combination of what lists in required cells name."""
        if len(self.table.key) == 1:
            return  # a row with an id of its own stays one
        lists = {column: {cell: one.ids for cell, one in named.items() if len(one.ids) > 1}
                 for column, named in self.named.items()}
        lists = {column: of_cell for column, of_cell in lists.items() if of_cell}
        if not lists:
            return
        lengths = {column: np.where(self.keep, self.ids[column].map(
            {cell: len(ids) for cell, ids in of_cell.items()}).fillna(1), 1).astype(np.int64)
            for column, of_cell in lists.items()}
        times = np.prod(list(lengths.values()), axis=0)
        too_many = np.cumsum(times - 1) > MOST_MORE
        self._set_aside(too_many & (times > 1), "unknown_reference", next(iter(lists)),
                        "lists of this table name more rows than are read")
        times = np.where(too_many, 1, times)
        nth = np.arange(times.sum()) - np.repeat(np.cumsum(times) - times, times)
        self._take(np.repeat(np.arange(len(times)), times))
        for column, of_cell in lists.items():
            length = np.where(too_many, 1, lengths[column])[self.position]
            part, nth = nth % length, nth // length
            ids = [of_cell[cell][at] if many > 1 else first for cell, at, many, first in iter_rows(
                self.ids[column], pd.Series(part), pd.Series(length), self.typed[column])]
            self.typed[column] = values = pd.Series(ids, dtype=self.typed[column].dtype)
            references = str(self.table[column].references)
            self.references[column] = positions(
                values, self.accepted[references][TABLES[references].key[0]])

    def further(self) -> dict[str, pd.DataFrame]:
        """By table, the pairs of ids that the lists in this one name beyond their first."""
        found = {}
        for column, table in FURTHER.get(self.table.name, {}).items():
            others = {cell: one.ids[1:] for cell, one in self.named.get(column, {}).items()
                      if len(one.ids) > 1}
            if others and (at := np.flatnonzero(self.keep & self.ids[column].isin(others))).size:
                ids = [others[cell] for cell in self.ids[column][at]]
                at = np.repeat(at, [len(several) for several in ids])
                own = self.table.key[0]
                found[table] = pd.DataFrame({
                    own: self.typed[own].array.take(at), "row": self.rows[at],
                    column: pd.Series([id_ for several in ids for id_ in several], dtype="str")})
        return found


def with_further(name: str, rows: pd.DataFrame, further: pd.DataFrame | None) -> pd.DataFrame:
    """The accepted rows of a table, `of_table` its own name, and further ones that lists in
    another table name; of the same key only its own."""
    if name not in FURTHER_TABLES:
        return rows
    rows = rows.assign(of_table=pd.Series(name, rows.index, dtype="str"))
    if further is None:
        return rows
    columns = {f.name: further[f.name] if f.name in further else empty_column(f, len(further))
               for f in TABLES[name].fields}
    added = with_plain_names(pd.DataFrame({**columns, "row": further["row"]}))
    both = pd.concat([rows, added.assign(of_table=FURTHER_TABLES[name])], ignore_index=True)
    return both[~both.duplicated([*TABLES[name].key])].reset_index(drop=True)
