"""Typed columns and tables without values: what stands where a source has nothing."""

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Any

import pandas as pd
import pyarrow as pa

from orgdata.model.fields import Field
from orgdata.model.schema import FURTHER_TABLES, TABLES
from orgdata.tabular.cells import as_text

_HIDDEN = {"assignments": ("role_as_written", "str"), "outcomes": ("weight_percent", "bool"),
           **dict.fromkeys(FURTHER_TABLES, ("of_table", "str"))}
_DTYPES = {"number": "float64", "date": "datetime64[s]", "bool": "boolean"}  # others are text


def empty_column(field: Field, length: int) -> pd.Series:
    """A column of unknowns of the field's type."""
    if field.kind not in _DTYPES:
        return as_text(pa.nulls(length, pa.large_string()))
    return pd.Series(None, index=pd.RangeIndex(length), dtype=_DTYPES[field.kind])


def with_plain_names(rows: pd.DataFrame) -> pd.DataFrame:
    """The same rows, their columns named by Python's text instead of arrow's: to add a column
    takes half the time, and measuring a small portfolio is little else."""
    return rows.set_axis(pd.Index(rows.columns.tolist(), dtype=object), axis="columns")


def plain_frame(columns: Mapping[str, Any]) -> pd.DataFrame:
    """A frame of these columns with plain names, in half the time: pandas would first turn them
    into arrow's."""
    rows = pd.DataFrame(dict(enumerate(columns.values())), copy=False)
    rows.columns = pd.Index(list(columns), dtype=object)
    return rows


@cache
def empty_table(name: str) -> pd.DataFrame:
    """A typed table without rows; the same one each time, so never changed."""
    columns = {f.name: empty_column(f, 0) for f in TABLES[name].fields}
    columns["row"] = pd.Series(dtype="int64")
    if name in _HIDDEN:
        column, dtype = _HIDDEN[name]
        columns[column] = pd.Series(dtype=dtype)
    return with_plain_names(pd.DataFrame(columns))


def frozen(tables: Mapping[str, pd.DataFrame]) -> Mapping[str, pd.DataFrame]:
    """All tables of the schema, read only, those missing as empty ones."""
    return MappingProxyType({name: tables[name] if name in tables else empty_table(name)
                             for name in TABLES})
