"""Edits in plain words: what is to say something else, and what became of it (METHOD section 7)."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import pandas as pd

from orgdata import formats
from orgdata.edits import Edit, EditedCell
from orgdata.edits.answers import NEVER, SIGNED, answer_of
from orgdata.edits.apply import ROW, State
from orgdata.edits.rows import Rows
from orgdata.model import labels
from orgdata.model.portfolio import Portfolio
from orgdata.model.schema import TABLES
from orgdata.sources.raw import RawSource
from orgdata.tabular.dates import day_written

if TYPE_CHECKING:  # SQLAlchemy is slow to import
    from orgdata.store.corrections import Correction

_STATE: dict[State, str] = {
    "pending": "counts here; the source does not say it yet", "done": "is in the source",
    "overtaken": "was made of something that the source no longer says",
    "no_row": "is of a row that the source does not have",
    "several_rows": "is of a row that the source has more than once"}


WAITS: tuple[State, ...] = ("overtaken", "no_row", "several_rows")  # for a decision
NOTE = ("check_ins", "note")  # what it said is for those alone who see notes: it is told to nobody
MOST_OF_ENTRY = 8  # further changes that are told of one entry


class Names:
    """What the things of a portfolio are called, each list looked up once."""

    def __init__(self, portfolio: Portfolio) -> None:
        self._portfolio = portfolio
        self._tables: dict[str, dict[str, str]] = {}

    def of(self, table: str, id_: str) -> str:
        """What the thing with an id is called; the id itself where that is not known."""
        if table not in self._tables:
            rows = self._portfolio[table]
            name = next((one for one in ("name", "title", "what") if one in rows), None)
            named = rows[rows[name].notna()] if name else rows[:0]
            self._tables[table] = dict(zip(named[TABLES[table].key[0]], named[name or "row"],
                                           strict=True))
        return self._tables[table].get(id_, id_)

    def in_cell(self, table: str, column: str, text: str) -> str:
        """The name of what a cell of a table refers to, or else what it says."""
        of = TABLES[table][column].references or (
            "people" if column in SIGNED else table if TABLES[table].key == (column,) else None)
        return self.of(of, text) if of and text else text


def said(edit: Edit, names: Names) -> str:
    """One edit as a sentence, with the names that things have: “Product Returns: status “active” →
    “retired”.”"""
    def in_words(column: str, text: str) -> str:
        return named(names, edit.table, column, text)

    def cells(before: bool) -> str:
        return "; ".join(f"{labels.column(column)} " + (
            f"{_text(in_words(column, edit.before.get(column, '')))} → "
            if before and edit.before is not None and (edit.table, column) != NOTE else ""
        ) + _text(in_words(column, text))
            for column, text in edit.values.items())

    key = " · ".join(in_words(column, text) for column, text in edit.key.items() if text)
    columns = TABLES[edit.table].key
    of = f"{labels.column(columns[0])} {key}" if len(columns) == 1 else key
    if edit.answer and edit.table == "contributions":
        by = in_words("confirmed_by", edit.values.get("confirmed_by", ""))
        return f"{key}: link {answer_of(edit)}{by and f' by {by}'}."
    if edit.operation != "set" and (told := _told(edit, in_words)):
        return f"{formats.sentence_case(told)}."
    if edit.operation == "end":
        return f"Removed from {labels.table(edit.table)}: {of}."
    if edit.operation == "add":
        more = cells(before=False)
        return f"New in {labels.table(edit.table)}: {of}{more and f' ({more})'}."
    return f"{formats.sentence_case(of)}: {cells(before=True)}."


def source_says(raw: RawSource, edit: Edit, names: Names) -> str:
    """What the source itself says in the cells of an edit, or of its row."""
    rows = Rows(edit.table, raw.tables.get(edit.table), raw.settings.columns.get(edit.table, {}))
    found = rows.find(edit.key)
    if not found:
        return "they have no such row."
    if edit.operation == "end":
        return "they have that row."
    cells = {column: rows.cell(found[0], column) for column in edit.values}
    return "; ".join(f"{labels.column(column)} {_text(named(names, edit.table, column, text))}"
                     for column, text in cells.items()) + "."


def _told(edit: Edit, in_words: Callable[[str, str], str]) -> str:
    """What it means that a row is added or taken away, where people have words for it."""
    cell = {column: in_words(column, text) for column, text in edit.row.items() if text}
    added = edit.operation == "add"
    if edit.table == "assignments" and {"person_id", "product_id", "role"} <= cell.keys():
        since = f" from {cell['start_date']}" if added and "start_date" in cell else ""
        return (f"{cell['person_id']} {'becomes' if added else 'is no longer'} {cell['role']} of "
                f"{cell['product_id']}{since}")
    if edit.table == "contributions" and {"product_id", "outcome_id"} <= cell.keys():
        by = cell.get("confirmed_by")
        of = formats.listed([*filter(None, [cell.get("strength"), by and f"confirmed by {by}"])])
        strength = f" ({of})" if added and of else ""
        return (f"{cell['product_id']} {'supports' if added else 'no longer supports'} "
                f"{cell['outcome_id']}{strength}")
    if edit.table == "check_ins" and added and {"kr_id", "date"} <= cell.keys():
        told = ", ".join(f"{labels.column(column)} {_text(cell[column])}"
                         for column in edit.values if column in cell)
        return f"check-in of {_text(cell['kr_id'])} on {cell['date']}: {told}"
    return ""


def answered_rows(portfolio: Portfolio, edits: Sequence[Edit]) -> dict[str, pd.DataFrame]:
    """The rows of products and contributions on which somebody answered, as they are to be in the
    source; the column `declined` marks declined links, which nobody confirmed."""
    roles = {edit.key["product_id"] for edit in edits if edit.table == "products"}
    links = {(edit.key["product_id"], edit.key["outcome_id"]): edit.values["confirmed_on"] == NEVER
             for edit in edits if edit.table == "contributions"}
    products = portfolio["products"]
    products = products.loc[products["product_id"].isin(roles), [
        "product_id", "name", "role_statement", "role_confirmed_by", "role_confirmed_on"]]
    rows = portfolio["contributions"].drop(columns="row")
    declined = pd.Series([links.get(pair) for pair in zip(
        rows["product_id"], rows["outcome_id"], strict=True)], rows.index, dtype=object)
    rows = rows[declined.notna()]
    declined = declined[rows.index].astype(bool)
    rows = rows.assign(confirmed_on=rows["confirmed_on"].mask(declined),
                       declined=declined.map({True: "yes", False: "no"}))
    return {name: found for name, found in (("products", products), ("contributions", rows))
            if len(found)}


def named(names: Names, table: str, column: str, text: str) -> str:
    """What a cell says to people: the name of a thing instead of its id, and days as everywhere."""
    if (table, column, text) == ("assignments", "role", "accountable"):
        return "product manager"
    field = TABLES[table][column]
    if field.kind == "date" and (day := day_written(text)):
        return formats.day(day)
    return names.in_cell(table, column, text)


def state(cell: EditedCell) -> str:
    """What became of one cell of an edit."""
    says = cell.state == "overtaken" and cell.column != ROW
    return f"{_STATE[cell.state]}{f' (it says {_text(cell.source)})' if says else ''}"


def made_words(one: "Correction", names: Names) -> str:
    """Who corrected or answered what, and when."""
    done = "Corrected" if one.answer is None else formats.sentence_case(one.answer)
    when = formats.day(one.on or one.at)
    note = f" ({one.proposed})" if one.proposed else ""
    return f"{done} here by {one.author} on {when}{note}: {said(one.edit, names)}"


def entry_words(entry: Sequence["Correction"], names: Names) -> str:
    """What somebody did as one thing: who and when, and each of its changes, the first of many."""
    first, *others = entry
    told = [made_words(first, names), *(said(one.edit, names) for one in others[:MOST_OF_ENTRY])]
    beyond = len(others) - MOST_OF_ENTRY
    return " ".join(told) + (f" And {formats.count(beyond, 'change')} more." if beyond > 0 else "")


def corrections_sentence(portfolio: Portfolio) -> str:
    """How many corrections count, and what became of the others; "" where none was made."""
    states = portfolio.corrected["state"]
    if not len(states):
        return ""
    waiting = int(states.isin(WAITS).sum())
    parts = []
    if done := int((states == "done").sum()):
        parts.append(f"{done:,} now in the source")
    if waiting:
        parts.append(f"{waiting:,} waiting for a decision, since the source changed")
    told = f", of these {formats.listed(parts)}" if parts else ", none yet in the source"
    return f"Corrections: {formats.count(len(states), 'cell')}{told}."


def _text(text: str) -> str:
    return f"“{text}”" if text else "blank"
