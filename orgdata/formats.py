"""Format numbers, money, days and names for people; used everywhere."""

import math
import re
from collections.abc import Sequence

import pandas as pd

UNKNOWN = "unknown"
_CURRENCY_SIGNS = {"USD": "$", "EUR": "€", "GBP": "£", "JPY": "¥", "CAD": "CA$", "AUD": "A$",
                   "INR": "₹"}
_SCALES = ((1e9, "bn"), (1e6, "M"), (1e3, "k"))
_BLANKS = re.compile(r"\s+")
_LINE_BREAK = re.compile(r"[\r\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_UNPRINTABLE = re.compile(
    r"[\x00-\x08\x0e-\x1f\x7f-\x9f\xad\u061c\u200b\u200e\u200f\u202a-\u202e"
    r"\u2060-\u2069\ufeff\ufffe\uffff]")


def is_unknown(value: object) -> bool:
    """Whether a value is missing: None, NaN, NaT or NA."""
    return value is None or value is pd.NA or bool(value != value)  # NaN and NaT equal nothing


def percent(value: float | None) -> str:
    """A percentage (0–100), floored: 99.6 is 99 %, never 100 %. METHOD section 5."""
    if value is None or is_unknown(value) or math.isinf(value):
        return UNKNOWN
    return f"{math.floor(value + 1e-9):,d} %"


def share(value: float | None) -> str:
    """A share (0–1) as a floored percentage."""
    return UNKNOWN if value is None or is_unknown(value) else percent(100 * value)


def number(value: float | None) -> str:
    """A number with up to four significant digits, or every digit of a whole one: 1,200 · 7.25."""
    if value is None or is_unknown(value):
        return UNKNOWN
    if float(value).is_integer() or abs(value) >= 1000:
        return f"{value:,.0f}"
    return f"{value:.4g}"


def exact(value: float | None) -> str:
    """A number as in a formula: up to ten digits, no thousands separators: 0.125, 1200."""
    return UNKNOWN if value is None or is_unknown(value) else f"{value:.10g}"


def points(value: float) -> str:
    """Percentage points cut to one decimal, never rounded up: 12 points, 9.9 points."""
    cut = cut_points(value)
    return f"{cut:g} point{'' if cut == 1 else 's'}"


def cut_points(value: float) -> float:
    """The size of a number of percentage points as it is shown, cut to one decimal."""
    tenths = abs(value) * 10 + 1e-6
    return math.floor(tenths) / 10 if math.isfinite(tenths) else abs(value)


def compact(value: float | None) -> str:
    """A large number in few characters: 4.1M, 820k, 12."""
    if value is None or is_unknown(value):
        return UNKNOWN
    value = float(f"{value:.3g}") if abs(value) < 1e12 else value  # 999,999 is 1M
    for scale, suffix in _SCALES:
        if abs(value) >= scale:
            return f"{value / scale:,.0f}{suffix}" if abs(value) >= 1000 * scale else (
                f"{value / scale:.3g}{suffix}")
    return f"{value:.3g}"


def money(value: float | None, unit: str, currency: str | None = None) -> str:
    """Money at stake or spent, in the portfolio's unit: $4.1M, 12 FTE, 3 products."""
    amount = compact(value)
    if amount == UNKNOWN:
        return amount
    if unit == "fte":
        return f"{amount} FTE"
    if unit == "count":
        return f"{amount} product{'' if value == 1 else 's'}"
    before, after = currency_signs(currency)
    minus = "-" if amount.startswith("-") else ""
    return f"{minus}{before}{amount.removeprefix(minus)}{after}"


def currency_signs(currency: str | None) -> tuple[str, str]:
    """The texts before and after an amount of money: a sign before it, or the currency after it."""
    sign = _CURRENCY_SIGNS.get(currency or "", "")
    return sign, "" if sign or not currency else f" {currency}"


def day(value: object) -> str:
    """A date as people write it: 20 Nov 2026."""
    return UNKNOWN if is_unknown(value) else f"{pd.Timestamp(value):%-d %b %Y}"


def clipped(text: str, most: int) -> str:
    """Text cut to at most `most` characters, ending in “…”: between words if that leaves half of
    them, else within a word (Japanese has no spaces)."""
    flat = " ".join(text.split())
    if len(flat) <= most:
        return flat
    space = flat.rfind(" ", 0, most)
    return flat[:space if 2 * space >= most else most - 1].rstrip() + "…"


def count(quantity: int, singular: str, plural: str | None = None) -> str:
    """A count with its noun: 1 product, 1,234 products."""
    return f"{quantity:,} {singular if quantity == 1 else plural or singular + 's'}"


def listed(names: Sequence[str], most: int = 3) -> str:
    """Names as listed in a sentence, at most `most` of them: A, B and 4 more."""
    if len(names) == 1:
        return names[0]
    shown = list(names[:most])
    if len(names) > most:
        return f"{', '.join(shown)} and {len(names) - most:,} more"
    return " and ".join([", ".join(shown[:-1]), shown[-1]] if len(shown) > 1 else shown)


def with_article(title: str) -> str:
    """A title with its indefinite article: an Aha! export, a Linear export."""
    return f"{'an' if title[0] in 'AEIOU' else 'a'} {title}"


def cell_texts(values: pd.Series) -> list[str]:
    """Cells of any type as text for a sentence: days, numbers, yes and no, words."""
    if values.dtype == "str":
        return list(values.fillna(UNKNOWN).tolist())
    return [cell_text(value) for value in values]


def cell_text(value: object) -> str:
    """One cell of any type as text for a sentence."""
    if isinstance(value, str):
        return value
    if is_unknown(value):
        return UNKNOWN
    if isinstance(value, pd.Timestamp):
        return day(value)
    if str(value) in ("True", "False"):  # of Python or numpy
        return "yes" if value else "no"
    return number(value) if isinstance(value, int | float) else str(value)


def plain(text: object) -> str:
    """Text on one line, without control characters and direction marks."""
    written = str(text)
    if written.isprintable():
        return written  # as nearly all is: it holds neither breaks nor such characters
    return _UNPRINTABLE.sub("", _BLANKS.sub(_on_one_line, written))


def escaped(text: str) -> str:
    """Text on any number of lines, with `\\u` and a number for each control character and mark of
    direction: what a string in JSON or TOML reads as the same."""
    return _UNPRINTABLE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def _on_one_line(blanks: re.Match[str]) -> str:
    return " " if _LINE_BREAK.search(blanks[0]) else blanks[0]
