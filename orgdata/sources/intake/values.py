"""What the values of a column tell about it, and numbers with more than a number in their cell."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from orgdata.model.words import REPORTED, normalise_word
from orgdata.sources.intake.amounts import plain_amounts
from orgdata.sources.intake.header_words import Money, words_of
from orgdata.sources.intake.letters import plain
from orgdata.sources.intake.names import TABLE
from orgdata.sources.intake.spoken import LIGHTS
from orgdata.tabular import cells
from orgdata.tabular.cells import Mask
from orgdata.tabular.dates import dates
from orgdata.tabular.numbers import numbers

ROWS = 1_000  # of a sheet, looked at to tell what its columns hold; of a wide one fewer:
CELLS, FEW_ROWS = 6_000, 50  # of all its columns together, and rows at least
LONGEST = 200  # characters of a cell that are looked at
MARKS = frozenset(map(normalise_word, TABLE["marks"].split()))
YESES = frozenset(map(normalise_word, "yes y ja oui sí si sim はい".split()))
NOS = frozenset(map(normalise_word, "no n nein non não nee いいえ".split()))
_LIGHTS = frozenset([*REPORTED, *LIGHTS, *map(normalise_word, TABLE["other_lights"].split())])
_SAID = frozenset(TABLE["said"].split())
_OUT_OF = re.compile(r"\s*\d{1,3}(?:[.,]\d{1,2})?\s?/\s?\d{1,3}\s*")
_EMAIL = re.compile(r"[^\s@]{1,64}@[^\s@]{1,190}")
_REMARK = r"^(?P<number>[^()]*[0-9][^()]*)(?P<remark>\([^()]*\))$"
SIGNS_OF_MONEY = "$€£¥"
SCALES = {"k": "a thousand", "m": "a million", "bn": "a billion"}
_DIGIT = re.compile(r"\d")
_LETTERS_FIRST = re.compile(r"\s*([A-Za-z]{3})\s?[+−-]?\d")  # USD 5, but also NPS +10
_BEFORE_NUMBER = f"<>≤≥=~±+-−{SIGNS_OF_MONEY} "
_PLAIN_NUMBER = rf"[-(+~<>≤≥ {SIGNS_OF_MONEY}]{{0,4}}[\d.,'\s]{{1,30}}\)?"


@dataclass(frozen=True)
class Values:
    """What the cells of a column hold: shares of the filled ones, 0 to 1; `filled` of all cells,
    `distinct` how many different ones there are among the filled."""

    filled: float = 0
    distinct: float = 0
    number: float = 0  # with or without a remark behind it: 14 (+2 open)
    date: float = 0  # days and periods
    email: float = 0
    light: float = 0
    mark: float = 0  # of a matrix: X, ✓, P/S, H/M/L, 1–3, per cent
    said: float = 0  # yes, no, done, 4.5/5: values that are no plain numbers
    words: float = 0  # how many there are in a cell, on average


def rows_looked_at(columns: int) -> int:
    """How many rows of a sheet with so many columns are looked at."""
    return min(ROWS, max(FEW_ROWS, CELLS // max(columns, 1)))


def look_at(column: pd.Series, rows: int = ROWS) -> Values:
    """What the values of a column tell, by its first rows; each distinct one is looked at once."""
    text = cells.text(column.head(rows))
    filled = pc.dictionary_encode(text.drop_null())  # without pandas: there may be 1,000 columns
    if not len(filled):
        return Values()
    written = [cell[:LONGEST] for cell in filled.dictionary.to_pylist()]
    words = list(map(normalise_word, written))
    marks = MARKS | NOS if {*words} & YESES else MARKS  # no is a mark beside yes
    is_number, is_day = _numbers_and_days(written)
    found: dict[str, npt.ArrayLike] = {
        "number": is_number, "date": is_day,
        "email": ["@" in cell and _EMAIL.fullmatch(cell) is not None for cell in written],
        "light": [word in _LIGHTS for word in words],
        "said": [word in _SAID or _OUT_OF.fullmatch(cell) is not None
                 for word, cell in zip(words, written, strict=True)],
        "mark": [word in marks or (len({*word}) == 1 and word[0] in marks) or _is_percentage(cell)
                 for word, cell in zip(words, written, strict=True)]}
    weight = np.bincount(filled.indices) / len(filled)
    shares = {name: float(weight[np.asarray(where, dtype=bool)].sum())
              for name, where in found.items()}
    return Values(len(filled) / len(text), len(written) / len(filled),
                  **{name: min(1.0, round(share, 9)) for name, share in shares.items()},
                  words=sum(len(cell.split()) for cell in written) / len(written))


def _numbers_and_days(written: Sequence[str]) -> tuple[Mask, Mask]:
    """Which cells are numbers, and which are days or periods: none where no digit is written."""
    if not any(map(_DIGIT.search, written)):
        return np.zeros(len(written), dtype=bool), np.zeros(len(written), dtype=bool)
    short, _ = _without_remark(cells.trimmed(pa.array(written, pa.large_string())))
    named = np.array([(found := _LETTERS_FIRST.match(cell)) is not None and not _counts(found[1])
                      for cell in written])
    return ~np.isnan(numbers(short).values) & ~named, ~np.isnat(dates(short, "last").values)


def _is_percentage(cell: str) -> bool:
    return cell.endswith("%") and cell[:-1].strip().isdecimal() and len(cell) < 6


# -- cells with more than a number ----------------------------------------------------------------

def number_with_remark(column: pd.Series) -> tuple[pd.Series, pd.Series]:
    """Numbers without the remark in parentheses behind them, and the remarks: of "14 (+2 open)"
    "14" and "(+2 open)", both as we read amounts. What is no number is left as it is, with a blank
    remark."""
    text, remark = _without_remark(cells.text(column))
    return _filled(text, column), _filled(remark, column)


def _without_remark(text: pa.Array) -> tuple[pa.Array, pa.Array]:
    text = plain_amounts(text)
    if not cells.holds(text, "("):
        return text, pa.nulls(len(text), text.type)
    usual = pc.if_else(cells.longer_than(text, LONGEST), None, text)
    parts = pc.extract_regex(usual, _REMARK)
    number = pc.utf8_trim_whitespace(pc.struct_field(parts, "number"))
    is_number = pc.is_valid(number)
    readable = ~np.isnan(numbers(number).values)
    is_number = pc.and_(is_number, readable)
    remark = pc.if_else(is_number, pc.struct_field(parts, "remark"), "")
    return pc.if_else(is_number, number, text), remark


def _filled(text: pa.Array, column: pd.Series) -> pd.Series:
    return pd.Series(cells.text_array(pc.fill_null(text, "")), column.index, copy=False)


def scaled(column: pd.Series, scale: str) -> pd.Series:
    """Numbers with the scale of their header, one of SCALES: 1450 below "($k)" is 1450k. What has a
    scale or a unit of its own stays as it is."""
    if not scale:
        return column
    return column.where(~column.str.fullmatch(_PLAIN_NUMBER), column + scale).astype("str")


def unit_word(cell: str) -> str:
    """The unit behind a number, "h" of "2.5 h"; "" where there is none, a currency or %."""
    text, _, _ = cell[:LONGEST].strip().partition("(")
    start = text.lstrip(_BEFORE_NUMBER)
    behind = start.lstrip("0123456789.,'’ ").strip(" ./")
    if len(behind) == len(start) or not start[:1].isdecimal():
        return ""
    units = [word for word in behind.split() if not _counts(word)]
    return units[0] if len(units) == 1 and units[0].isalpha() else ""


def _counts(word: str) -> bool:
    """Whether a word behind a number is a scale or a currency: k, Mio., €, USD."""
    money = Money.of(words_of(word), loose=True)
    return money.known and not money.rest and plain(word) not in ("t", "b")
