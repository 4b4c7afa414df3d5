"""How a measure declares the columns it adds to a frame of the alignment: type and meaning.

A module of this room that adds columns says so in `COLUMNS`, by frame. These declarations are the
documentation of the frames (docs/alignment.py), and a test holds the frames against them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Literal

Frame = Literal["outcomes", "products", "links", "all_objectives", "objectives", "key_results",
                "assignments", "managers", "people"]  # as `Alignment` calls them
KINDS: Mapping[str, str] = {  # what a column holds → its type in pandas
    "text": "str", "number": "float64", "whole number": "int64", "day": "datetime64[s]",
    "yes/no": "bool", "yes/no/unknown": "boolean"}


@dataclass(frozen=True)
class Column:
    """One column: what it holds, and what that means in a line."""

    kind: str  # of KINDS
    meaning: str


Columns = Mapping[Frame, Mapping[str, Column]]

text = partial(Column, "text")
number = partial(Column, "number")
whole = partial(Column, "whole number")
dated = partial(Column, "day")
flag = partial(Column, "yes/no")
maybe = partial(Column, "yes/no/unknown")
