"""The rows of a table in words: what each cell says, as plain lists that JSON can hold.

A page's table takes the width there is and wraps: so its cells are written here, not formatted by
the browser.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal, TypeAlias

import pandas as pd

from orgdata import formats
from orgdata.measures import Alignment
from orgdata.tabular.select import iter_rows
from orgdata.views.vocabulary import NOBODY, UNKNOWN, Word, Words

Plain: TypeAlias = dict[str, object]  # what JSON can hold
Kind = Literal["name", "text", "wide", "state", "number", "bar", "weeks", "parts", "range"]
MOST_ROWS = 400  # that are sent at once; a table of all stands in a fold
MISSING = "–"


@dataclass(frozen=True)
class Column:
    """A column: its label, what its cells are, and how they are written.

    `words` of a state, `missing` where there is none; `text` writes a number; `below` names a
    column of the rows that stands in small letters under a name or a state. A bar is a share (0–1)
    of what is to be done; `expected` names the column of the share expected by now. The cell of
    `parts` holds the shares (0–1) of one whole in their order; the column of numbers that is its
    `part` has the same colour beside each number. A range is low,
    likely and high as shares of a whole, and the words for them.
    """

    label: str
    kind: Kind = "text"
    words: Words | None = None
    missing: Word | None = UNKNOWN
    text: Callable[[Any], str] = formats.number
    below: str = ""
    expected: str = ""
    part: int | None = None


def percent(value: float) -> str:
    """A percentage (0–100) of a table; the digits of one below 1 serve to sort by."""
    return formats.percent(value)


@dataclass(frozen=True)
class PageTable:
    """A table of a page: the rows, and how each of their columns is shown."""

    rows: pd.DataFrame
    columns: Mapping[str, Column]
    ids: str = ""  # the column whose value a row opens

    @cached_property
    def plain(self) -> Plain:
        """The first rows as a page shows them: columns (kind and label of each), rows (the cells
        of each), ids, and of (how many rows there are in all).

        A state's cell is tone, words and what stands below, a name's the name and what stands
        below, a number's its text and value.
        """
        shown = self.rows.head(MOST_ROWS)
        cells = [_cells(shown, name, column) for name, column in self.columns.items()]
        return {"columns": [{"kind": column.kind, "label": column.label}
                            | ({} if column.part is None else {"part": column.part})
                            for column in self.columns.values()],
                "rows": [list(row) for row in zip(*cells, strict=True)] if cells else [],
                "ids": shown[self.ids].tolist() if self.ids else [], "of": len(self.rows),
                "nobody": NOBODY}

    @property
    def texts(self) -> pd.DataFrame:
        """All rows as texts, each column under its label."""
        shown = {name: column for name, column in self.columns.items()
                 if column.kind not in ("weeks", "parts")}
        cells = {name: [_said(column.kind, cell) for cell in _cells(self.rows, name, column)]
                 for name, column in shown.items()}
        return pd.DataFrame(cells).set_axis([column.label for column in shown.values()],
                                            axis="columns")


def page_table(rows: pd.DataFrame, columns: Mapping[str, Column], ids: str = "") -> PageTable:
    """A table of these columns, less those without any value; states stay, for that they are
    unknown is shown."""
    return PageTable(rows, {name: column for name, column in columns.items()
                            if column.kind == "state" or (
                                rows[name].notna() & (rows[name].astype("str") != "")).any()}, ids)


def spend_column(alignment: Alignment, name: str = "spend", label: str = "Spend"
                 ) -> dict[str, Column]:
    """A column of money in the unit of the portfolio; none where products are only counted."""
    unit, currency = alignment.money.unit, alignment.portfolio.settings.currency
    return {} if unit == "count" else {name: Column(
        "FTE" if unit == "fte" else label, "number",
        text=lambda value: formats.money(value, unit, currency))}


def _cells(rows: pd.DataFrame, name: str, column: Column) -> list[object]:
    values = rows[name]
    match column.kind:
        case "state":
            states = [(column.words or {}).get(str(value), column.missing) for value in values]
            return [[] if state is None else [state.tone, _chip(state), small]
                    for state, small in zip(states, _below(rows, column), strict=True)]
        case "number":
            return [[MISSING, None] if formats.is_unknown(value)
                    else [column.text(value), float(value)] for value in values]
        case "bar":
            return [_bar(*pair) for pair in iter_rows(values, rows[column.expected])]
        case "weeks" | "parts":
            return [list(map(float, value)) if isinstance(value, list | tuple) else []
                    for value in values]
        case "range":
            return [list(value) for value in values]
        case "name":
            return [[_text(value), small] for value, small in
                    zip(values, _below(rows, column), strict=True)]
        case _:
            return [_text(value) for value in values]


def _said(kind: Kind, cell: Any) -> str:
    """A cell as one text."""
    match kind:
        case "state":
            return " · ".join(filter(None, cell[1:]))
        case "name":
            return " · ".join(filter(None, cell))
        case "number":
            return str(cell[0])
        case "bar" | "range":
            return str(cell[-1])
    return str(cell)


def _text(value: object) -> str:
    return MISSING if formats.is_unknown(value) or value == "" else str(value)


def _bar(done: float, expected: float) -> list[object]:
    """Shares done and expected (None: unknown), and both in words."""
    known = [None if formats.is_unknown(value) else float(value) for value in (done, expected)]
    words = [formats.UNKNOWN if known[0] is None else f"{formats.share(done)} done",
             "" if known[1] is None else f"{formats.share(expected)} expected"]
    return [*known, ", ".join(filter(None, words))]


def _chip(state: Word) -> str:
    return f"{state.symbol} {state.in_legend}".lstrip()


def _below(rows: pd.DataFrame, column: Column) -> list[str]:
    values = rows[column.below] if column.below else [""] * len(rows)
    return ["" if formats.is_unknown(value) else str(value) for value in values]
