"""Edits in plain words: what is to say something else, and what became of it (METHOD section 7)."""

from orgdata.edits import Edit, EditedCell
from orgdata.edits.apply import ROW, State
from orgdata.model import labels
from orgdata.model.schema import TABLES

_STATE: dict[State, str] = {
    "pending": "counts here; the source does not say it yet", "done": "is in the source",
    "overtaken": "was made of something that the source no longer says",
    "no_row": "is of a row that the source does not have",
    "several_rows": "is of a row that the source has more than once"}


def said(edit: Edit) -> str:
    """One edit as a sentence: “Product P12: status “active” → “retired”.”"""
    of = f"{labels.column(TABLES[edit.table].key[0])} {_key(edit)}"
    if edit.operation == "end":
        return f"Remove from {labels.table(edit.table)}: {of}."
    if edit.operation == "add":
        cells = "; ".join(f"{labels.column(column)} {_text(text)}"
                          for column, text in edit.values.items())
        return f"Add to {labels.table(edit.table)}: {of}{cells and f' ({cells})'}."
    return f"{of[0].upper()}{of[1:]}: " + "; ".join(
        f"{labels.column(column)} {_before(edit, column)}{_text(text)}"
        for column, text in edit.values.items()) + "."


def state(cell: EditedCell) -> str:
    """What became of one cell of an edit."""
    now = f" (it says {_text(cell.source)})" if cell.state == "overtaken" and cell.column != ROW else ""
    return f"{_STATE[cell.state]}{now}"


def _key(edit: Edit) -> str:
    return " · ".join(text for text in edit.key.values() if text)


def _before(edit: Edit, column: str) -> str:
    return "" if edit.before is None else f"{_text(edit.before.get(column, ''))} → "


def _text(text: str) -> str:
    return f"“{text}”" if text else "blank"
