"""Columns of our own tables that tell of another one: who manages each product (FORMATS section 2).
"""

from collections.abc import Collection, Sequence
from dataclasses import replace

import pandas as pd

from orgdata.model.problems import join_problems, problems
from orgdata.model.schema import TABLES
from orgdata.sources.intake.build import Build
from orgdata.sources.intake.entities import add_assignments
from orgdata.sources.intake.headers import read_header
from orgdata.sources.intake.part import Part
from orgdata.sources.raw import RawTable


def manager_column(tables: Collection[str], columns: Sequence[str]) -> str | None:
    """The column of our products that names their managers, where no table of assignments does."""
    if "assignments" in tables:
        return None
    ours = {field.name for field in TABLES["products"].fields}
    return next((name for name in columns if name not in ours
                 and read_header(str(name)).meanings[:1] == ("product_manager",)), None)


def with_managers(build: Build,
                  known: Sequence[tuple[str, RawTable]]) -> list[tuple[str, RawTable]]:
    """Our own tables, and the assignments that a column of the products tells. A row for each
    manager of one product is one row of it."""
    names = {name for name, _ in known}
    result = []
    for name, raw in known:
        column = manager_column(names, list(raw.frame.columns)) if name == "products" else None
        if column is None or "product_id" not in raw.frame:
            result.append((name, raw))
            continue
        header = {column: read_header(column)}
        part = Part(name, raw.origin, "product", raw.frame, {"product_manager": (column,)}, header)
        add_assignments(build, part, raw.frame["product_id"].str.strip())
        result.append((name, _one_row_each(raw, column)))
    return result


def _one_row_each(raw: RawTable, column: str) -> RawTable:
    """Products without the rows that repeat one above for another manager."""
    rest = raw.frame.drop(columns=column)
    repeated = rest.duplicated() & (raw.frame["product_id"].str.strip() != "")
    if not repeated.any():
        return raw
    rows = pd.Series(raw.frame.index[repeated])
    noticed = problems("information", "merged", "products", "the row repeats one above with "
                       "another manager; both count", origin=raw.origin, rows=rows.tolist())
    return replace(raw, frame=raw.frame[~repeated],
                   problems=join_problems([raw.problems, noticed]))
