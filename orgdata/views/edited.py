"""Edits in plain words: what is to say something else, and what became of it (METHOD section 7)."""

from orgdata import formats
from orgdata.edits import Edit, EditedCell
from orgdata.edits.apply import ROW, State
from orgdata.model import labels
from orgdata.model.portfolio import Portfolio
from orgdata.model.schema import TABLES
from orgdata.store.corrections import Correction

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
    says = cell.state == "overtaken" and cell.column != ROW
    return f"{_STATE[cell.state]}{f' (it says {_text(cell.source)})' if says else ''}"


def made_words(one: Correction) -> str:
    """Who corrected what, and when."""
    return f"Corrected here by {one.by} on {formats.day(one.at)}: {said(one.edit)}"


def corrections_sentence(portfolio: Portfolio) -> str:
    """How many corrections count, and what became of the others; "" where none was made."""
    states = portfolio.corrected["state"]
    if not len(states):
        return ""
    waiting = int(states.isin(["overtaken", "no_row", "several_rows"]).sum())
    parts = [f"{formats.count(int((states == 'pending').sum()), 'correction')} made here "
             "and not yet in the source"]
    if done := int((states == "done").sum()):
        parts.append(f"{done:,} now in the source")
    if waiting:
        parts.append(f"{waiting:,} waiting for a decision, since the source changed")
    return f"{', '.join(parts)}."


def _key(edit: Edit) -> str:
    return " · ".join(text for text in edit.key.values() if text)


def _before(edit: Edit, column: str) -> str:
    return "" if edit.before is None else f"{_text(edit.before.get(column, ''))} → "


def _text(text: str) -> str:
    return f"“{text}”" if text else "blank"
