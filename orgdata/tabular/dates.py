"""Text cells → days as people write them, and periods as the day they mean (METHOD section 1,
*Dates*). Each distinct text is read once."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from orgdata.model.fields import Period
from orgdata.tabular.cells import BLANK_WORDS, LONGEST, Mask, distinct, missing

_OPEN_WORDS = frozenset(["ongoing", "present"])  # for a day still to come: blank
_WEEKDAY = (r"(?:(?:mon(?:day)?|tue(?:s(?:day)?)?|wed(?:nesday)?|thu(?:r(?:s(?:day)?)?)?"
            r"|fri(?:day)?|sat(?:urday)?|sun(?:day)?)\.?,?\s++)?")
_ZONE_NAME = r"(?:z|utc|[a-z]{1,4}t)"  # CET, PST, CEST …
_ZONE = (rf"(?:\s*+{_ZONE_NAME})?(?:\s*+[+-]\d{{1,2}}(?::?\d{{2}})?)?"
         rf"(?:\s++{_ZONE_NAME}|\s*+\([a-z ]{{1,40}}\))?")
_TIME = rf"(?:[T\s]\s*+\d{{1,2}}:\d{{2}}(?::\d{{2}}(?:[.,]\d+)?)?(?:\s*+[AP]M)?{_ZONE})?"


def _form(pattern: str) -> re.Pattern[str]:
    """A day in one form, with what may stand before and after it."""
    return re.compile(f"{_WEEKDAY}{pattern}{_TIME}", re.IGNORECASE | re.ASCII)


_ISO = _form(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
_COMPACT = re.compile(r"((?:19|20)\d{2})(\d{2})(\d{2})", re.ASCII)
_SERIAL = re.compile(r"\d{5}(?:\.\d+)?", re.ASCII)
_NUMERIC = _form(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})")
_DAY_NAMED = _form(r"(\d{1,2})[-/. ]+([a-z]{3,9})\.?[-/., ]+(\d{4}|\d{2})")
_NAMED_DAY = _form(r"([a-z]{3,9})\.? +(\d{1,2})(?:st|nd|rd|th)?,? +(\d{4})")
_MONTHS = ("january february march april may june july august september october november "
           "december").split()
_EXCEL_DAY_ZERO = date(1899, 12, 30)
_YEAR, _PART = r"(?P<year>(?:19|20|21)\d{2})", r"(?P<part>q[1-4]|h[12])"
_PERIODS = [re.compile(pattern, re.IGNORECASE | re.ASCII) for pattern in (
    rf"{_PART}[-/' ]*+(?:{_YEAR}|(?P<short>\d{{2}}))", rf"{_YEAR}(?:[-/ ]*+{_PART})?",
    rf"(?P<name>[a-z]{{3,9}})\.?[-/, ]++{_YEAR}", rf"{_YEAR}[-/](?P<month>\d{{1,2}})")]
_FISCAL = [re.compile(pattern, re.IGNORECASE | re.ASCII) for pattern in (
    rf"FY[-' ]*+(?:{_YEAR}|(?P<short>\d{{2}}))(?:[-/ ]*+{_PART})?",
    rf"{_PART}[-/ ]*+FY[-' ]*+(?:{_YEAR}|(?P<short>\d{{2}}))")]


@dataclass(frozen=True)
class Days:
    """A column of days: NaT where blank or unreadable, and which cells are which."""

    values: npt.NDArray[np.datetime64]  # by the second, as tables hold them
    unreadable: Mask
    blank: Mask


def dates(values: pa.Array, period: Period | None = None,
          fiscal_year_start: int | None = None) -> Days:
    """Dates as people write them. A period such as Q4 2026 is its first or last day, as `period`
    says, and unreadable without; one of a fiscal year needs the month in which that begins.

    Day first or month first is decided for the whole column by a value above 12; undecided, or
    both proven, nothing of that form is read.
    """
    codes, words = distinct(values, lambda word: word, dtype=object)
    order = day_order(words)
    days = np.array([*(_day(word, order) or (period and period_day(word, period, fiscal_year_start))
                       for word in words), None], dtype="datetime64[D]")
    read = days.astype("datetime64[s]")[codes]
    blank = missing(values) | np.array(
        [*(word.lower() in BLANK_WORDS | _OPEN_WORDS for word in words), False])[codes]
    return Days(read, np.isnat(read) & ~blank, blank)


def is_day(written: str) -> bool:
    """Whether one text is a day, or a word for none; a period is none."""
    order = day_order(np.array([written], dtype=object))
    return _day(written, order) is not None or written.lower() in BLANK_WORDS | _OPEN_WORDS


def day_order(words: "npt.NDArray[np.object_]") -> str | None:
    """'day' or 'month' where the column's numeric dates prove which comes first, else None."""
    short = (word for word in words if len(word) <= LONGEST)
    proven = {("day" if int(match[1]) > 12 else "month")
              for match in map(_NUMERIC.fullmatch, short)
              if match and (int(match[1]) > 12) != (int(match[3]) > 12)}
    return proven.pop() if len(proven) == 1 else None


def day_written(word: str) -> date | None:
    """The day that a text means by itself; None where its column would have to decide."""
    return _day(word, None)


def _day(word: str, order: str | None) -> date | None:
    if len(word) > LONGEST:
        return None
    try:
        if match := _ISO.fullmatch(word) or _COMPACT.fullmatch(word):
            return date(int(match[1]), int(match[2]), int(match[3]))
        if _SERIAL.fullmatch(word):
            return _EXCEL_DAY_ZERO + timedelta(days=int(float(word)))
        if match := _NUMERIC.fullmatch(word):
            day, month = (match[1], match[3]) if order == "day" else (match[3], match[1])
            return order and date(_year(match[4]), int(month), int(day))  # type: ignore[return-value]
        if match := _DAY_NAMED.fullmatch(word):
            return date(_year(match[3]), _month(match[2]), int(match[1]))
        if match := _NAMED_DAY.fullmatch(word):
            return date(_year(match[3]), _month(match[1]), int(match[2]))
    except ValueError:
        return None
    return None


def _year(written: str) -> int:
    return int(written) if len(written) == 4 else 2000 + int(written) - 100 * (int(written) > 68)


def _month(written: str) -> int:
    """The number of a month by its English name, its first three letters or Sept; 0 where it is
    none, which makes date() raise ValueError."""
    word = written.lower()
    matches = [month for month, name in enumerate(_MONTHS, 1) if word in (name, name[:3])]
    return matches[0] if matches else 9 if word == "sept" else 0


# -- periods ---------------------------------------------------------------------------------------

def period_day(word: str, period: Period, fiscal_year_start: int | None) -> date | None:
    """The first or last day of a quarter, half, month or year; None where the text is none."""
    if len(word) > LONGEST:
        return None
    for form in _PERIODS:
        if match := form.fullmatch(word):
            return _of_year(match.groupdict(), 1, 0, period)
    for form in _FISCAL:
        if fiscal_year_start and (match := form.fullmatch(word)):
            before = int(fiscal_year_start > 1)  # it is named by the year in which it ends
            return _of_year(match.groupdict(), fiscal_year_start, before, period)
    return None


def _of_year(parts: dict[str, str | None], first_month: int, years_before: int,
             period: Period) -> date | None:
    """The day that part of a year means which begins in that month, so many years before the one
    it is named by."""
    year = int(parts.get("year") or 2000 + int(parts["short"] or 0)) - years_before
    part = (parts.get("part") or "").lower()
    name, number = parts.get("name"), parts.get("month")
    if name or number:
        month, length = _month(name) if name else int(number or 0), 1
        if not 1 <= month <= 12:
            return None
    else:
        length = {"q": 3, "h": 6, "": 12}[part[:1]]
        month = first_month + (length * (int(part[1:]) - 1) if part else 0)
    if period == "first":
        return _first_of(year, month)
    return _first_of(year, month + length) - timedelta(days=1)


def _first_of(year: int, month: int) -> date:
    """The first day of a month counted from January of a year, beyond its end too."""
    return date(year + (month - 1) // 12, (month - 1) % 12 + 1, 1)
