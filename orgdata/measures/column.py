"""How a measure declares the columns it adds to a frame of the alignment: type and meaning.

A module of this room that adds columns says so in `COLUMNS`, by frame. These declarations are the
documentation of the frames (docs/alignment.py), and a test holds the frames against them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Literal

import pandas as pd

Frame = Literal["outcomes", "products", "links", "all_objectives", "objectives", "key_results",
                "assignments", "managers", "people", "pursued", "sights", "doubt", "work",
                "work_sources", "expectations", "ideas"]  # as `Alignment` calls them
KINDS: Mapping[str, str] = {  # what a column holds → its type in pandas
    "text": "str", "number": "float64", "whole number": "int64", "day": "datetime64[s]",
    "row": "Int64", "yes/no": "bool", "yes/no/unknown": "boolean"}


@dataclass(frozen=True)
class Column:
    """One column: what it holds, and what that means in a line."""

    kind: str  # of KINDS
    meaning: str


Columns = Mapping[Frame, Mapping[str, Column]]

def empty_frame(columns: Mapping[str, Column]) -> pd.DataFrame:
    """A frame of these columns, typed, without rows."""
    return pd.DataFrame({name: pd.Series(dtype=KINDS[column.kind])
                         for name, column in columns.items()})


text = partial(Column, "text")
number = partial(Column, "number")
whole = partial(Column, "whole number")
row_number = partial(Column, "row")  # missing: the whole table
dated = partial(Column, "day")
flag = partial(Column, "yes/no")
maybe = partial(Column, "yes/no/unknown")
