"""Documents the columns of the alignment's frames, from the declarations of the measures."""

from collections.abc import Iterator, Mapping
from importlib import import_module
from pkgutil import iter_modules
from typing import get_args

from orgdata import measures
from orgdata.docs.catalogue import markdown_table
from orgdata.measures.column import Column, Columns, Frame
from orgdata.model.schema import TABLES

# The table or frame whose columns a frame has first; links, managers and people begin with none
_FIRST_COLUMNS: Mapping[Frame, str] = {
    "outcomes": "outcomes", "products": "products", "all_objectives": "objectives",
    "objectives": "all_objectives", "key_results": "key_results", "assignments": "assignments",
    "expectations": "expectations", "ideas": "ideas"}
_KINDS = {"number": "number", "date": "day", "bool": "yes/no/unknown"}  # of our tables; else text


def frames() -> dict[str, dict[str, tuple[str, Column]]]:
    """The columns of each frame, each with where it comes from (a measure or a table)."""
    documented: dict[str, dict[str, tuple[str, Column]]] = {}
    for frame in get_args(Frame):
        first = _FIRST_COLUMNS.get(frame, "")
        columns = dict(documented[first]) if first in documented else _of_table(first)
        for module, declared in _declared():
            columns |= {name: (module, column) for name, column in declared.get(frame, {}).items()}
        documented[frame] = columns
    return documented


def _declared() -> Iterator[tuple[str, Columns]]:
    """Each module of the measures that adds columns, with these."""
    for suffix in ("", *(f".{module.name}" for module in iter_modules(measures.__path__))):
        measure = import_module(f"{measures.__name__}{suffix}")
        if hasattr(measure, "COLUMNS"):
            yield f"measures{suffix.replace('.', '/')}", measure.COLUMNS


def _of_table(table: str) -> dict[str, tuple[str, Column]]:
    """The columns of a table; none for ""."""
    if not table:
        return {}
    columns = {field.name: (f"table {table}", Column(_KINDS.get(field.kind, "text"), field.about))
               for field in TABLES[table].fields}
    row = Column("whole number", "its row in the file, as a person counts")
    return columns | {"row": (f"table {table}", row)}


def frames_markdown() -> str:
    """Every frame of the alignment with its columns, as Markdown."""
    return "\n\n".join(f"## `{frame}`\n\n" + markdown_table(
        ("Column", "Type", "Where it comes from", "Meaning"),
        [(f"`{name}`", column.kind, origin, column.meaning)
         for name, (origin, column) in columns.items()]) for frame, columns in frames().items())
