"""How much memory a cached result takes, roughly and quickly."""

import sys
from collections.abc import Collection, Mapping
from dataclasses import fields, is_dataclass
from itertools import islice

import pandas as pd
import pyarrow as pa

_LOOKED_AT = 100  # of the items of a large collection, for all of them
_OBJECT = 100  # bytes of a cell that holds a Python object


def size_of(value: object) -> int:
    """The bytes that a value takes, roughly; what it shares with others counts too."""
    if isinstance(value, pd.DataFrame):
        return sum(size_of(column) for _, column in value.items())
    if isinstance(value, pd.Series):
        return int(value.nbytes) + (_OBJECT * len(value) if value.dtype == object else 0)
    if isinstance(value, pa.Table):
        return int(value.nbytes)
    if isinstance(value, Mapping):
        return _size_of_all(value.keys()) + _size_of_all(value.values())
    if isinstance(value, Collection) and not isinstance(value, str | bytes):
        return _size_of_all(value)
    if is_dataclass(value):
        return sum(size_of(getattr(value, field.name)) for field in fields(value))
    if hasattr(value, "to_dict"):  # a figure
        return size_of(value.to_dict())
    return sys.getsizeof(value)


def _size_of_all(items: Collection[object]) -> int:
    looked_at = [size_of(item) for item in islice(items, _LOOKED_AT)]
    return sys.getsizeof(items) + sum(looked_at) * len(items) // max(len(looked_at), 1)
