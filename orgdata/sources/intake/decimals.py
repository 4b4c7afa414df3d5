"""Thousands written with a dot, 1.200, where people write a comma before decimals.

METHOD section 1 decides that by table; the sheets of one source are one author's, and the words of
their headers tell the language where no number does.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from orgdata.sources.intake.header_words import phrases, words_of
from orgdata.sources.raw import RawTable
from orgdata.sources.sheets import Sheet
from orgdata.tabular import cells
from orgdata.tabular.numbers import decimal_votes

_THOUSANDS = r"^([^\d\w.,]{0,4}\d{1,3})((?:\.\d{3})+)([^\d.,].{0,20})?$"
_FEW = 2  # words of a language that tell it
_LOOKED_AT = 20_000  # rows of a sheet


def with_plain_thousands(sheets: Sequence[Sheet]) -> list[Sheet]:
    """The sheets with 1.200 as 1200 where a comma is the decimal sign: some number of the sheet
    proves it, or one of another sheet while none that a dot is, or its headers are words of such a
    language; and no number of the sheet speaks for a dot."""
    votes = [_votes(sheet.table) for sheet in sheets]
    comma = any(one for one, _ in votes) and not any(dot for _, dot in votes)
    return [replace(sheet, table=_plain(sheet.table)) if not dot and (
        own or comma or has_comma_language(sheet.table)) else sheet
            for sheet, (own, dot) in zip(sheets, votes, strict=True)]


def _written(table: RawTable) -> list[str]:
    """The columns that people wrote as text."""
    return [name for name in table.frame if name not in table.exact_columns]


def _votes(table: RawTable) -> tuple[bool, bool]:
    found = [decimal_votes(cells.text(table.frame[name].head(_LOOKED_AT)))
             for name in _written(table)]
    return any(comma for comma, _ in found), any(dot for _, dot in found)


def has_comma_language(table: RawTable) -> bool:
    """Whether headers are words of a language that writes a comma before decimals."""
    told = {words for name in table.frame for header in [words_of(str(name)[:100])]
            for words in phrases("comma") if words <= header}
    return len(told) >= _FEW


def _plain(table: RawTable) -> RawTable:
    def column(written: pd.Series) -> pd.Series:
        text = written.str.strip()
        found = text.str.fullmatch(_THOUSANDS)
        if not found.any():
            return written
        plain = text[found].str.replace(_THOUSANDS, _without_dots, regex=True)
        return written.where(~found, plain.reindex(written.index)).astype("str")

    return replace(table, frame=table.frame.assign(
        **{name: column(table.frame[name]) for name in _written(table)}))


def _without_dots(found: re.Match[str]) -> str:
    return f"{found[1]}{found[2].replace('.', '')}{found[3] or ''}"
