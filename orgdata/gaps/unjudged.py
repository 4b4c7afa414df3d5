"""Findings of absence that are not judged, since a lost row or cell may hold what is absent.

METHOD section 6. A rule that finds absence ends in `unjudged(rows, …)`: what may hold it, per row.
"""

from collections.abc import Sequence
from itertools import chain

import pandas as pd

from orgdata.measures import Alignment
from orgdata.measures.doubt import Because, Fact


def unjudged(rows: pd.DataFrame, *reasons: Sequence[Because]) -> pd.DataFrame:
    """Rows that offend with `because`, the rows to mend before it is known whether they do, and
    `doubtful`: whether there are any; without these columns where nothing is in doubt. Each of
    `reasons` has an entry for each row."""
    if not any(map(any, reasons)):
        return rows
    because = [tuple(sorted(set(chain.from_iterable(of_row)), key=_place))
               for of_row in zip(*reasons, strict=True)]
    return rows.assign(because=pd.Series(because, rows.index, dtype="object"),
                       doubtful=pd.Series(map(bool, because), rows.index, dtype="bool"))


def _place(row: tuple[str, int | None]) -> tuple[str, int]:
    return row[0], row[1] or 0  # a whole table before its rows


def doubt(rows: pd.DataFrame, alignment: Alignment, fact: Fact, kind: str) -> list[Because]:
    """For each row what may hold a fact of the object in its column `kind`."""
    return alignment.doubts.reasons(fact, kind, rows[kind])


def lost_cells(rows: pd.DataFrame, alignment: Alignment, table: str,
               lacking: dict[str, pd.Series]) -> list[Because]:
    """For each row of a table itself, where each of the cells that it lacks was written but could
    not be read: by column whether the row lacks it."""
    if not len(alignment.portfolio.lost_cells):
        return [()] * len(rows)
    lost = pd.Series(bool(lacking), rows.index)
    for column, lacks in lacking.items():
        lost &= ~lacks | alignment.portfolio.is_lost_cell(table, column, rows["row"])
    return [((table, int(row)),) if is_lost else ()
            for row, is_lost in zip(rows["row"], lost, strict=True)]
