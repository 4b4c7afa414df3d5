"""METHOD section 1, "Reading cells": one cell of text as a value, or what is wrong with it."""

import re
import unicodedata
from datetime import date, timedelta
from typing import NamedTuple

from tests.reference.layout import ACCOUNTABLE, ALSO, DEPUTY, WORDS

YES, NO = {"yes", "y", "true", "t", "1", "x"}, {"no", "n", "false", "f", "0"}
MONTHS = ("january february march april may june july august september october november "
          "december").split()
FIRST_DAY = {"start_date", "active_from"}  # of a period; in the others its last day
LAST_DAY = {"end_date", "due_date", "active_to", "needed_by", "by_when", "exempt_until"}
BLANK = {"n/a", "na", "tbd", "-", "–", "—"}
BLANK_DAY = BLANK | {"ongoing", "present"}
SUFFIXES = {**dict.fromkeys(("k", "tsd", "thousand", "thousands"), 1e3),
            **dict.fromkeys(("m", "mn", "mio", "million", "millions"), 1e6),
            **dict.fromkeys(("b", "bn", "mrd", "billion", "billions"), 1e9)}


class Unreadable(Exception):
    """The cell cannot be read; the argument is the problem's code."""


def normalised(word: str) -> str:
    """Trimmed, lower-cased, spaces and hyphens as underscores, without pictographs (category So)
    unless there is nothing else."""
    word = word.replace("\ufe0f", "")
    plain = "".join(letter for letter in word if unicodedata.category(letter) != "So")
    return re.sub(r"[\s_-]+", "_", (plain if plain.strip() else word).strip().lower())


def is_pictograph(word: str) -> bool:
    """Whether a word is of pictographs alone."""
    return all(unicodedata.category(letter) == "So" for letter in word if not letter.isspace())


class Number(NamedTuple):
    """A number, whether it was written with %, and whether its decimal sign stands before three
    digits without anything that proves it to be one."""

    value: float
    percent: bool
    three: bool


def number(text: str, decimal: str = "each", column: str = "") -> Number:
    """A number as people write it; `decimal` is comma, dot or each (cell by itself)."""
    left = text.strip().replace("\u2212", "-")
    if part := re.fullmatch(r"(\d+) */ *(\d+)", left):
        if column not in ("current", "value", "target"):
            raise Unreadable("bad_number")
        return Number(float(part[2 if column == "target" else 1]), False, False)
    percent = left.endswith("%")
    negative, left = _before(left.removesuffix("%").rstrip())
    found = re.match(r"(\d[\d.,' ]*|[.,]\d+)([eE][+-]?\d+)?", left)
    if not found:
        raise Unreadable("bad_number")
    factor = _after(left[found.end():], found[0] != found[0].rstrip())
    if found[2] and factor != 1:
        raise Unreadable("bad_number")
    digits = re.sub(r"(?<=\d)[ '](?=\d{3}(\D|$))", "", found[1].strip())
    value = float(f"{_digits(digits, decimal)}{found[2] or ''}") * factor
    if value > 1e15:
        raise Unreadable("bad_number")
    sign = "," if decimal == "comma" else "."
    other = "." if sign == "," else ","
    three = (digits.count(sign) == 1 and other not in digits and not speaks(digits)
             and not found[2])
    return Number(0.0 if value < 1e-15 else -value if negative else value, percent, three)


def _before(left: str) -> tuple[bool, str]:
    """A sign, a bound and a currency in any order, each at most once: whether it is negative, and
    what follows."""
    seen = []
    forms = {"sign": r"[+-]", "bound": "<=|>=|[<>≤≥~±]", "money": "[$€£]|[A-Z]{3}"}
    while kind := next((kind for kind, form in forms.items() if re.match(form, left)), None):
        found = re.match(forms[kind], left)
        seen.append((kind, found[0]))
        left = left[found.end():].lstrip()
    if len({kind for kind, _ in seen}) < len(seen):
        raise Unreadable("bad_number")
    return ("sign", "-") in seen, left


def _after(left: str, spaced: bool) -> float:
    """A suffix (a dot may follow), a currency and one unit word behind the digits: the factor."""
    factor = 1.0
    found = re.match(r" *([A-Za-z]+)", left)
    if found and found[1].lower() in SUFFIXES:
        factor = SUFFIXES[found[1].lower()]
        left = left[found.end():].removeprefix(".")
        spaced = False
    spaced, left = spaced or left.startswith(" "), left.strip()
    if found := re.match(r"[$€£]|[A-Z]{3}(?![A-Za-z])", left):
        left = left[found.end():]
        spaced, left = left.startswith(" "), left.strip()
    slash, left = left.startswith("/"), left.removeprefix("/").strip()
    if re.search(r"[\d\s]", left) or (left and not left[0].isalpha()) or (slash and not left):
        raise Unreadable("bad_number")
    if not (slash or spaced or (len(left) <= 3 and (left.isalpha() or not left))):
        raise Unreadable("bad_number")
    return factor


def speaks(digits: str) -> str | None:
    """The sign that digits prove to be the decimal one."""
    signs = [letter for letter in digits if letter in ",."]
    if len(set(signs)) == 2:
        return signs[-1]
    if len(signs) > 1:
        grouped = re.fullmatch(r"\d{1,3}([.,]\d{3})+", digits)
        return (".", ",")[signs[0] == "."] if grouped else None
    if not signs:
        return None
    before, after = digits.split(signs[0])
    return signs[0] if len(after) != 3 or before in ("", "0") or len(before) > 3 else None


def _digits(digits: str, decimal: str) -> str:
    """Digits with a dot as decimal sign and nothing between thousands."""
    sign = speaks(digits)
    if sign is None:  # a lone comma stands between thousands, a lone dot does not
        sign = "," if decimal == "comma" else "."
    other = "." if sign == "," else ","
    whole, _, part = digits.partition(sign)
    if not re.fullmatch(rf"\d*|\d{{1,3}}(\{other}\d{{3}})+", whole) or not re.fullmatch(
            r"\d*", part):
        raise Unreadable("bad_number")
    return f"{whole.replace(other, '') or '0'}.{part or '0'}"


def decimal_of(texts: list[str]) -> str:
    """Which sign the numbers of a table prove to be the decimal one: comma, dot, or both."""
    said = set()
    for text in texts:
        try:
            number(text)
        except Unreadable:
            continue
        if found := re.search(r"(\d[\d.,' ]*|[.,]\d+)", text):
            digits = re.sub(r"(?<=\d)[ '](?=\d{3}(\D|$))", "", found[1].strip())
            said.add(None if re.fullmatch(r"\d+ */ *\d+", text.strip()) else speaks(digits))
    return "both" if {",", "."} <= said else "comma" if "," in said else "dot"


def first_of_numeric_dates(texts: list[str]) -> str | None:
    """Whether a column writes the day or the month first; None where undecided or both."""
    proven = set()
    for text in texts:
        if found := re.fullmatch(r"(\d{1,2})/(\d{1,2})/(\d{4})", text.strip()):
            one, two = int(found[1]), int(found[2])
            proven |= {"day"} if one > 12 >= two else {"month"} if two > 12 >= one else set()
    return proven.pop() if len(proven) == 1 else None


def day(text: str, first: str | None, column: str = "", year_start: int | None = None) -> date:
    """ISO, with or without a time; day/month/year where the column proves its order; a serial; a
    period in a column that has a first or a last day."""
    text = re.sub(r"^(mon|tues?|wed(nes)?|thu(rs)?|fri|sat(ur)?|sun)(day)?,? +", "", text.strip(),
                  flags=re.IGNORECASE)
    try:
        if found := re.match(r"(\d{4})[-/](\d\d)[-/](\d\d)([T ]\d\d:\d\d.*)?$", text):
            return date(int(found[1]), int(found[2]), int(found[3]))
        if re.fullmatch(r"\d{5}", text):
            return date(1899, 12, 30) + timedelta(days=int(text))
        if found := re.fullmatch(r"(\d{1,2})[/ ]([A-Za-z]+)[/ ](\d\d|\d{4})( .*)?", text):
            year = int(found[3]) + (2000 if len(found[3]) == 2 else 0)
            return date(year, _month(found[2]), int(found[1]))
        if found := re.fullmatch(r"([A-Za-z]+) (\d{1,2}), (\d{4})", text):
            return date(int(found[3]), _month(found[1]), int(found[2]))
        if (found := re.fullmatch(r"(\d{1,2})/(\d{1,2})/(\d{4})", text)) and first:
            one, two = int(found[1]), int(found[2])
            return date(int(found[3]), *((two, one) if first == "day" else (one, two)))
        if column in FIRST_DAY | LAST_DAY:
            year, month, months = _period(text.upper(), year_start)
            if column in LAST_DAY:  # the day before the month after the period
                return _first_of(year, month + months) - timedelta(days=1)
            return _first_of(year, month)
    except ValueError:
        pass
    raise Unreadable("bad_date")


def _month(name: str) -> int:
    """The number of a month named in full, by three letters, or Sept."""
    for number, full in enumerate(MONTHS, 1):
        if name.lower() in (full, full[:3]) or (name.lower() == "sept" and number == 9):
            return number
    raise ValueError(name)


def _first_of(year: int, month: int) -> date:
    """The first day of a month; the thirteenth is January of the next year."""
    while month > 12:
        year, month = year + 1, month - 12
    return date(year, month, 1)


def _period(text: str, year_start: int | None) -> tuple[int, int, int]:
    """Year, first month and number of months of a period."""
    fiscal = re.search(r"FY ?(\d{4}|\d\d)", text)
    part = re.search(r"([QH])(\d)", text)
    length = {"Q": 3, "H": 6}[part[1]] if part else 12
    nth = int(part[2]) if part else 1
    if part and not 1 <= nth <= 12 // length:
        raise ValueError(text)
    if fiscal:
        rest = text.replace(fiscal[0], "").replace(part[0] if part else "", "").strip(" -")
        if rest or not year_start:
            raise ValueError(text)
        year = int(fiscal[1]) % 100 + 2000 - (year_start > 1)  # named by its last day
        return year, year_start + length * (nth - 1), length
    if found := re.fullmatch(r"Q\d/(\d\d)", text):
        return 2000 + int(found[1]), 1 + length * (nth - 1), length
    if found := re.fullmatch(r"[QH]\d (\d{4})|(\d{4})[- ][QH]\d", text):
        return int(found[1] or found[2]), 1 + length * (nth - 1), length
    if found := re.fullmatch(r"([A-Z]+) (\d{4})", text):
        return int(found[2]), _month(found[1]), 1
    if found := re.fullmatch(r"(\d{4})-(\d\d)", text):
        if not 1 <= int(found[2]) <= 12:
            raise ValueError(text)
        return int(found[1]), int(found[2]), 1
    if re.fullmatch(r"(19|20|21)\d\d", text):
        return int(text), 1, 12
    raise ValueError(text)


def yes_or_no(text: str) -> bool:
    """The words for yes and no."""
    if text.strip().lower() in YES:
        return True
    if text.strip().lower() in NO:
        return False
    raise Unreadable("bad_value")


def role(text: str) -> str:
    """Accountable, deputy, or a contributor whatever the word."""
    word = normalised(text)
    return "accountable" if word in ACCOUNTABLE else "deputy" if word in DEPUTY else "contributor"


def strength(text: str, decimal: str) -> str | float:
    """One of the three words, or a number from 0 up."""
    if normalised(text) in WORDS["strength"]:
        return normalised(text)
    try:
        read = number(text, decimal).value
    except Unreadable:
        read = -1.0
    if read < 0:
        raise Unreadable("bad_value")
    return read


def cell(kind: str, text: str, first: str | None) -> object:
    """A cell of words or text that is not blank, by the kind of its column."""
    if kind == "text":
        return text.strip()
    if kind == "bool":
        return yes_or_no(text)
    if kind == "role":
        return role(text)
    word = ALSO.get(kind, {}).get(normalised(text), normalised(text))
    if word not in WORDS[kind]:
        raise Unreadable("bad_value")
    return word
