"""What a sheet of the workbook is: columns with their kind and what they mean, and rows."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

import pandas as pd

from orgdata import formats
from orgdata.exports.edition import Edition
from orgdata.model.schema import TABLES

Kind = Literal["text", "long", "number", "whole", "percent", "money", "date"]
GOOD, SOME, WATCH, LOOK = "#D3E6F5", "#E6F3FB", "#FBEFD2", "#FBE0D2"
Fills = Mapping[str, str]  # the symbol a cell begins with → the colour behind it
COVERAGE: Fills = {"●": GOOD, "◐": WATCH, "○": LOOK}
STATES: Fills = {"■": GOOD, "◪": SOME, "◇": WATCH, "△": LOOK}
STATUSES: Fills = {"●": GOOD, "★": GOOD, "▽": WATCH, "▼": LOOK, "✕": LOOK}
SEVERITIES: Fills = {"◆": LOOK, "▲": LOOK, "■": WATCH}
CHECKS: Fills = {"✓": GOOD, "✗": LOOK}
SAID: Fills = {"✓": GOOD, "○": WATCH}


@dataclass(frozen=True)
class Col:
    """A column: where it is in the rows, its header, what it means, and how it is written."""

    key: str
    header: str
    about: str
    kind: Kind = "text"
    fills: Fills = field(default_factory=dict)


@dataclass(frozen=True)
class Sheet:
    """A table: its name, what it holds, its columns, and rows that have a column for each key."""

    name: str
    about: str
    columns: tuple[Col, ...]
    rows: pd.DataFrame


def given(table: str, column: str, header: str, kind: Kind = "text") -> Col:
    """A column as the source gives it; what it means is what the accepted tables say of it."""
    about = TABLES[table][column].about
    return Col(column, header, f"{about[:1].upper()}{about[1:]}. From {table}.{column}.", kind)


def unit(edition: Edition) -> str:
    """What money is counted in, for a header."""
    money = edition.alignment.money.unit
    if money == "annual_spend":
        return f"{edition.alignment.portfolio.settings.currency or 'no currency stated'} per year"
    return {"fte": "FTE", "count": "products counted equally"}[money]


def money_format(edition: Edition) -> str:
    """The number format of money: with the sign of the currency, or one decimal of people."""
    if edition.alignment.money.unit != "annual_spend":
        return "#,##0.0"
    said = formats.money(0, "annual_spend", edition.alignment.portfolio.settings.currency)
    before, _, after = said.replace('"', "").partition("0")
    return "".join([f'"{before}"' if before else "", "#,##0", f'"{after}"' if after else ""])


def yes_no(values: pd.Series) -> pd.Series:
    """Yes and no as words, blank where unknown."""
    return values.map(lambda one: "" if pd.isna(one) else "yes" if one else "no").astype("str")
