"""Short ways to declare tables and their columns."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from orgdata.model.fields import Field, Table
from orgdata.model.words import Vocabulary


def id_(name: str, about: str, example: str = "", **more: object) -> Field:
    """An id."""
    return Field(name, "id", about, example, **more)  # type: ignore[arg-type]


def text(name: str, about: str, example: str = "", **more: object) -> Field:
    """A text."""
    return Field(name, "text", about, example, **more)  # type: ignore[arg-type]


def number(name: str, about: str, example: str = "", **more: object) -> Field:
    """A number."""
    return Field(name, "number", about, example, **more)  # type: ignore[arg-type]


def date(name: str, about: str, example: str = "", required: bool = False) -> Field:
    """A day."""
    return Field(name, "date", about, example, required)


def bool_(name: str, about: str, example: str = "") -> Field:
    """Yes or no."""
    return Field(name, "bool", about, example)


def word(name: str, vocabulary: Vocabulary, about: str, example: str = "",
          required: bool = False) -> Field:
    """One of the words of a vocabulary."""
    return Field(name, "word", about, example, required, None, vocabulary)


def table(name: str, about: str, key: str, *fields: Field) -> Table:
    """A table whose key is these columns."""
    return Table(name, about, tuple(key.split()), fields)


def by_name(tables: Iterable[Table]) -> Mapping[str, Table]:
    """The tables by their names."""
    return MappingProxyType({t.name: t for t in tables})
