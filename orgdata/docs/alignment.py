"""The columns of the alignment's frames, put together from what the measures declare."""

from collections.abc import Iterator, Mapping
from importlib import import_module
from pkgutil import iter_modules
from typing import get_args

from orgdata import measures
from orgdata.docs.catalogue import markdown_table
from orgdata.measures.column import Column, Columns, Frame
from orgdata.model.schema import TABLES

# A frame begins with the columns of a table, or of another frame; links, managers and people do not
_BEGINS: Mapping[Frame, str] = {
    "outcomes": "outcomes", "products": "products", "all_objectives": "objectives",
    "objectives": "all_objectives", "key_results": "key_results", "assignments": "assignments"}
_KINDS = {"number": "number", "date": "day", "bool": "yes/no/unknown"}  # of our tables; else text


def frames() -> dict[str, dict[str, tuple[str, Column]]]:
    """For each frame its columns: the module that measures one, else its table, and what it is."""
    found: dict[str, dict[str, tuple[str, Column]]] = {}
    for frame in get_args(Frame):
        begins = _BEGINS.get(frame, "")
        found[frame] = dict(found[begins]) if begins in found else _of_table(begins)
        for module, columns in _declared():
            found[frame] |= {name: (module, one) for name, one in columns.get(frame, {}).items()}
    return found


def _declared() -> Iterator[tuple[str, Columns]]:
    """What each module of the measures adds, by frame."""
    for name in ("", *(f".{one.name}" for one in iter_modules(measures.__path__))):
        module = import_module(f"{measures.__name__}{name}")
        if hasattr(module, "COLUMNS"):
            yield f"measures{name.replace('.', '/')}", module.COLUMNS


def _of_table(table: str) -> dict[str, tuple[str, Column]]:
    """The columns of a table, and none where a frame begins with no table."""
    if not table:
        return {}
    columns = {field.name: (f"table {table}", Column(_KINDS.get(field.kind, "text"), field.about))
               for field in TABLES[table].fields}
    row = Column("whole number", "its row in the file, as a person counts")
    return columns | {"row": (f"table {table}", row)}


def frames_markdown() -> str:
    """Every frame with its columns."""
    return "\n\n".join(f"## `{frame}`\n\n" + markdown_table(
        ("Column", "Type", "Where it comes from", "Meaning"),
        [(f"`{name}`", column.kind, where, column.meaning)
         for name, (where, column) in columns.items()]) for frame, columns in frames().items())
