"""What loading lost, for a portfolio on the way from one to another: its rows are of both.

What was lost is known by the number of its row, so those of the one after are moved apart.
"""

from collections.abc import Iterable
from dataclasses import replace

import numpy as np
import pandas as pd

from orgdata.changes.steps import PARTS, Tables, positions_in
from orgdata.model.portfolio import Portfolio
from orgdata.model.schema import TABLES
from orgdata.tabular.empty import frozen
from orgdata.tabular.lookup import is_in

_APART = 1 << 40  # more than any file has rows
_NAMED = {"objectives": {"outcome_id": "outcomes", "product_id": "products",
                         "parent_objective_id": "objectives"},
          "key_results": {"product_id": "products"}}


def apart(portfolio: Portfolio) -> Portfolio:
    """The tables that headlines depend on, with row numbers that no portfolio has as loaded."""
    def moved(rows: pd.DataFrame) -> pd.DataFrame:
        return rows.assign(row=rows["row"] + _APART)

    return replace(
        portfolio, spoken=moved(portfolio.spoken), lost_cells=moved(portfolio.lost_cells),
        tables=frozen({name: moved(rows) for name, rows in portfolio.tables.items()
                       if name in PARTS}))


def between(tables: Tables, before: Portfolio, after: Portfolio, set_aside_of: Portfolio,
            gone: Iterable[pd.DataFrame] = ()) -> Portfolio:
    """The portfolio of these tables: each row with the cells it lost, and the rows that were set
    aside in one of both; `gone` are cells that were lost with what they name. Check-ins are
    omitted: no headline depends on them, and they are by far the longest table."""
    cells = pd.concat([one.spoken[one.spoken["cause"] == "lost_cell"] for one in (before, after)])
    aside = set_aside_of.spoken[set_aside_of.spoken["cause"] != "lost_cell"]
    return replace(
        before, not_fetched=None, counts=set_aside_of.counts,
        tables=frozen({name: rows for name, rows in tables.items() if name in PARTS}),
        spoken=pd.concat([aside, cells], ignore_index=True),
        lost_cells=pd.concat([before.lost_cells, after.lost_cells, *gone], ignore_index=True))


def lost_with_parents(reduced: Tables, after: Portfolio) -> tuple[Tables, list[pd.DataFrame]]:
    """The tables without cells that name a row which is gone and that were lost by that in the
    portfolio after, and those cells."""
    tables, gone = dict(reduced), []
    for table, columns in _NAMED.items():
        at = positions_in(tables[table], after[table], table)
        for column, parent in columns.items():
            rows = tables[table]
            lost = np.append(after.is_lost_cell(table, column, after[table]["row"]), False)[at]
            names = is_in(rows[column], reduced[parent][TABLES[parent].key[0]])
            lost &= (rows[column].notna() & ~names).to_numpy()
            if lost.any():
                gone.append(pd.DataFrame({"table": table, "row": rows.loc[lost, "row"],
                                          "column": column, "value": rows.loc[lost, column]}))
                tables[table] = rows.assign(**{column: rows[column].mask(lost)})
    return (tables if gone else reduced), gone
