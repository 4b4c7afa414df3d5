"""A sheet of the workbook as a value: its columns, with their kind and meaning, and its rows."""

from dataclasses import dataclass, field
from typing import Literal

import pandas as pd

from orgdata import formats
from orgdata.exports.edition import Edition
from orgdata.model import labels
from orgdata.model.schema import TABLES
from orgdata.views.vocabulary import Word, Words

MOST_CELLS = 250_000  # of all sheets: what is written within seconds, and opens anywhere
Kind = Literal["text", "long", "number", "whole", "percent", "money", "date"]


@dataclass(frozen=True)
class Col:
    """A column of a sheet: its key in the rows, its header, its meaning, and how it is written.

    With `words` its rows hold states: each is written as symbol and word with the colour of its
    tone behind it, and `missing` where there is none.
    """

    key: str
    header: str
    about: str
    kind: Kind = "text"
    words: Words = field(default_factory=dict)
    missing: Word | None = None


@dataclass(frozen=True)
class Sheet:
    """A sheet: its name, what it holds, its columns, rows that have a column for each key, and how
    many rows were `left` out because the workbook would be too large."""

    name: str
    about: str
    columns: tuple[Col, ...]
    rows: pd.DataFrame
    left: int = 0

    @property
    def left_out(self) -> str:
        """A sentence on the rows left out; "" where none is."""
        return "" if not self.left else (
            f"{formats.count(self.left, 'more row')} of this list did not fit into the workbook; "
            "with fewer products, chosen by a filter, more fit.")


def given(table: str, column: str, header: str, kind: Kind = "text") -> Col:
    """A column as the source gives it, with the meaning that the schema states."""
    about = TABLES[table][column].about
    return Col(column, header, f"{about[:1].upper()}{about[1:]}. From {labels.table(table)}.", kind)


def meanings(words: Words) -> str:
    """A text with every word of a column and its meaning."""
    return "; ".join(f"{word}: {word.meaning}" for word in words.values()) + "."


def unit(edition: Edition) -> str:
    """The unit of money, for the header of a column."""
    money = edition.alignment.money.unit
    if money == "annual_spend":
        return f"{edition.alignment.portfolio.settings.currency or 'no currency stated'} per year"
    return {"fte": "FTE", "count": "products counted equally"}[money]


def money_format(edition: Edition) -> str:
    """The number format of money: with the sign of the currency, or one decimal of people."""
    if edition.alignment.money.unit != "annual_spend":
        return "#,##0.0"
    before, after = (sign.replace('"', "") for sign in formats.currency_signs(
        edition.alignment.portfolio.settings.currency))
    return "".join([f'"{before}"' if before else "", "#,##0", f'"{after}"' if after else ""])


def yes_no(values: pd.Series) -> pd.Series:
    """Yes and no as words, blank where unknown."""
    words = values.map(lambda value: "" if pd.isna(value) else "yes" if value else "no")
    return words.astype("str")
