"""How a table that we accept is declared: its columns, types and allowed values."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Literal

from orgdata.model.words import Vocabulary

LARGEST = 1e15  # of a number in data or settings; beyond it sums and cents are no longer exact
SMALLEST = 1 / LARGEST  # above zero: so no quotient of numbers is infinite
TINY = 5e-324  # the least number above zero: for values that must be positive
NAME, PROSE = 500, 5_000  # characters of an id, name or title, and of a text in sentences

_BETWEEN_WORDS = re.compile(r"[\s-]")

Kind = Literal["id", "text", "number", "date", "bool", "word"]
Period = Literal["first", "last"]  # the day that a period such as Q4 2026 means
_PERIODS: Mapping[str, Period] = {
    **dict.fromkeys(("start_date", "active_from"), "first"),
    **dict.fromkeys(("end_date", "due_date", "active_to", "needed_by", "by_when",
                     "exempt_until"), "last")}


def normalise_name(name: str) -> str:
    """A table or column name as it is compared: trimmed, lower case, underscores."""
    return _normalised(name) if len(name) <= NAME else _normalise(name)


def _normalise(name: str) -> str:
    return _BETWEEN_WORDS.sub("_", name.strip().lower())


_normalised = lru_cache(maxsize=4_096)(_normalise)  # each name of a file is compared many times


@dataclass(frozen=True)
class Field:
    """One column: its type, what it means, an example, and what its values must be."""

    name: str
    kind: Kind
    about: str
    example: str = ""
    required: bool = False
    references: str | None = None  # the table whose id it must be
    vocabulary: Vocabulary | None = None
    least: float | None = None  # outside least…most: bad_value, and what `outside` says
    most: float | None = None
    outside: Literal["unknown", "clamped", "kept"] = "unknown"
    longest: int = NAME  # characters of an id or text
    used: bool = True  # whether anything is measured by it yet

    @property
    def period(self) -> Period | None:
        """Which day a period in this column means; None where one is no date."""
        return _PERIODS.get(self.name) if self.kind == "date" else None


@dataclass(frozen=True)
class Table:
    """One table: its columns in order and the columns that make a row unique."""

    name: str
    about: str
    key: tuple[str, ...]
    fields: tuple[Field, ...]
    used: bool = True  # whether anything is measured by it yet

    @property
    def required(self) -> tuple[str, ...]:
        """Names of the required columns, in order."""
        return tuple(f.name for f in self.fields if f.required)

    @cached_property
    def by_name(self) -> Mapping[str, Field]:
        """Its columns by their names."""
        return {field.name: field for field in self.fields}

    def __getitem__(self, column: str) -> Field:
        return self.by_name[column]
