"""Rows as CSV for spreadsheets: a column for each value, also of what is within a row."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, get_origin, get_type_hints, is_typeddict

import pandas as pd

from orgdata.gaps.rule import IDS
from orgdata.measures.checks import CHECKS
from orgdata.tabular.csv_safe import csv_bytes

_WITHIN = {"objects": IDS, "checks": CHECKS}  # keys of what is within a row, in their order


def as_csv(rows: Iterable[Mapping[str, Any]], kind: type) -> bytes:
    """Rows of a class in UTF-8 with a byte order mark, no cell of which a spreadsheet takes for a
    formula. The columns are the same whatever the rows are; unknown is an empty cell."""
    names = list(_columns(kind))
    flat = [dict(_cells(row)) for row in rows]
    return csv_bytes(pd.DataFrame({name: pd.Series([row.get(name) for row in flat], dtype="object")
                                   for name in names}))


def _columns(kind: type) -> Iterator[str]:
    for name, of in get_type_hints(kind).items():
        assert not is_typeddict(of), "a list has rows of plain values"
        yield from ([f"{name}.{key}" for key in _WITHIN[name]] if get_origin(of) is dict
                    or name in _WITHIN else [name])


def _cells(row: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for name, value in row.items():
        if isinstance(value, Mapping):
            yield from ((f"{name}.{key}", cell) for key, cell in value.items())
        elif isinstance(value, list):
            yield name, "; ".join(map(str, value))
        else:
            yield name, value
