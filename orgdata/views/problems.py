"""Problems of the data as people read them: what is alike is said once, with the rows it is in."""

from collections.abc import Callable, Sequence

import pandas as pd

from orgdata import formats
from orgdata.model import labels
from orgdata.model.schema import COLUMN_NAMES
from orgdata.views.page_table import Column, PageTable, page_table
from orgdata.views.vocabulary import PROBLEM

MOST_ROWS = 8  # of those with the same problem that are named
_COLUMNS = {"level": Column("Level", "state", words=PROBLEM), "table": Column("List"),
            "column": Column("Field"), "message": Column("Problem", "wide")}


def table(problems: pd.DataFrame) -> PageTable:
    """Problems as a table of a page, in the order they come in: level, list, field and message;
    lists and fields are called as people call them."""
    rows = once(problems)
    return page_table(rows.assign(
        table=_named(rows["table"], labels.table), column=_named(rows["column"], _field),
        message=[_said(message, column) for message, column in zip(
            rows["message"], rows["column"], strict=True)]), _COLUMNS)


def once(problems: pd.DataFrame) -> pd.DataFrame:
    """Problems of which those that differ in nothing but the row are one: level, table, column and
    message, which names the first rows and counts the others."""
    alike = problems.assign(at=[_without_row(message, row) for message, row in zip(
        problems["message"], problems["row"], strict=True)]).groupby(
            ["level", "table", "column", "at"], sort=False, dropna=False)
    rows = alike.agg(rows=("row", list), message=("message", "first")).reset_index()
    return rows.assign(message=[_with_rows(message, numbers) for message, numbers in zip(
        rows["message"], rows["rows"], strict=True)])[["level", "table", "column", "message"]]


def _without_row(message: str, row: object) -> str:
    return message if formats.is_unknown(row) else message.replace(f" row {row}", " row", 1)


def _with_rows(message: str, rows: Sequence[int]) -> str:
    if len(rows) == 1:
        return message
    numbers = formats.listed([f"{row}" for row in rows], most=MOST_ROWS)
    return message.replace(f" row {rows[0]}", f" rows {numbers}", 1)


def _named(names: pd.Series, called: Callable[[str], str]) -> pd.Series:
    return names.map({name: called(name) for name in names.dropna().unique()})


def _field(name: str) -> str:
    return labels.column(name) if name in COLUMN_NAMES else name


def _said(message: str, column: object) -> str:
    """A message with the field called as people call it."""
    if formats.is_unknown(column):
        return message
    return message.replace(f", {column}", f", {_field(str(column))}", 1)
