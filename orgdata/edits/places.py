"""Which edits are about the same: a cell or row that two of them change, what was answered on a
row, and what was written under a row that was added (METHOD section 7)."""

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import TypeVar

from orgdata.edits.edit import Edit
from orgdata.model.portfolio import Portfolio
from orgdata.model.schema import TABLES
from orgdata.tabular.dates import day_written
from orgdata.validate.bearers import Bearers

Row = tuple[str, ...]  # a table, and the texts that tell a row of it apart
RowOf = Callable[[Edit], Row]
_ANSWERED = {"contributions": "confirmed_on", "expectations": "answered_on"}  # the day of an answer
T = TypeVar("T")


def as_written(edit: Edit) -> Row:
    """The row of an edit, in the letters of its key."""
    return edit.table, *(text.strip() for _, text in sorted(edit.key.items()))


def by_ids(portfolio: Portfolio) -> RowOf:
    """What tells the row of an edit by its ids and days, however the source writes them: an answer
    names ids, other edits what stands in the source."""
    meant = ids_meant(portfolio)

    def row(edit: Edit) -> Row:
        def part(column: str, text: str) -> str:
            field = TABLES[edit.table][column]
            return str(day_written(text) or text) if field.kind == "date" else meant(
                field.references, text)

        return edit.table, *(part(column, text.strip())
                             for column, text in sorted(edit.key.items()))

    return row


def ids_meant(portfolio: Portfolio) -> Callable[[str | None, str], str]:
    """The id of what a text names in a table, however the source writes it; the text itself where
    that is nothing, or several things, or where it names no table."""
    @cache
    def ids(table: str) -> frozenset[str]:
        return frozenset(portfolio[table][TABLES[table].key[0]])

    @cache
    def bearers(table: str) -> Bearers:
        return Bearers(table, portfolio[table])

    @cache
    def meant(table: str | None, text: str) -> str:
        if table is None or text in ids(table):
            return text
        found = bearers(table).named([text]).get(text)
        return found.ids[0] if found and len(found.ids) == 1 else text

    return meant


def meet(one: Edit, other: Edit) -> bool:
    """Whether two edits of a row change the same of it: an added or ended row is all its cells."""
    return not (one.operation == other.operation == "set") or (
        not one.values.keys().isdisjoint(other.values))


def last_on(edit: Edit, later: Sequence[T], of: Callable[[T], Edit]) -> list[T]:
    """Of the later edits of its row, oldest first, the last word on each cell of an edit."""
    cells = list(edit.values) if edit.operation == "set" else [""]
    found = [next((other for other in reversed(later) if not cell or of(other).operation != "set"
                   or cell in of(other).values), None) for cell in cells]
    return [one for one in found if one is not None]


def is_answer(edit: Edit) -> bool:
    """Whether somebody agreed to what a link or an expectation says, or declined it."""
    return edit.operation == "set" and bool(edit.values.get(_ANSWERED.get(edit.table, "")))


def beside(answer: Edit, edit: Edit) -> bool:
    """Whether an edit of the row of an answer changes what was answered, beside the answer."""
    return edit.operation != "set" or not edit.values.keys() <= answer.values.keys()


def is_under(edit: Edit, added: Mapping[str, set[str]]) -> bool:
    """Whether an edit names a row that was added, by the ids of those in each table."""
    return any(text in added.get(TABLES[edit.table][column].references or "", ())
               for column, text in edit.row.items())
