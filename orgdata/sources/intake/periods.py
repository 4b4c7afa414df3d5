"""The period that is written somewhere in a title, in the name of a tab or file, in a header."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from orgdata.model import fields
from orgdata.sources.intake.header_words import LONGEST
from orgdata.sources.intake.letters import plain
from orgdata.sources.intake.marks import Mark, is_range, marks_of, with_years, written_of
from orgdata.tabular.dates import period_day

_FISCAL = re.compile(r"(?<![a-z])(?:fy|gj|fiscal|geschaftsjahr|exercice|ejercicio|esercizio"
                     r"|boekjaar|financial year)")
_BEGINS = re.compile(r"(?<![a-z])(?:start|begin|run|from|ab|de|desde|commence|debut|vanaf|dal)")


@dataclass(frozen=True)
class Period:
    """The first and last day of a period as 2026-10-01, how it is written, and whether its year
    is assumed to be that of the calendar, or the one that is hinted at."""

    start: str
    end: str
    written: str
    assumed: bool


def period_of(text: str, fiscal_year_start: int | None = None,
              year_hint: int | None = None) -> Period | None:
    """The period that is written anywhere in a text; None where there is none, or several.

    Months in words win over a quarter, that over a year. A fiscal year is named by its last day;
    where its first month is not known it is taken for a calendar year, and that is said.
    """
    marks = with_years(plain(text[:LONGEST]), marks_of(plain(text[:LONGEST])))
    years = [mark for mark in marks if mark.kind in ("fiscal", "year")]
    parts = [mark for mark in marks if mark.kind in ("quarter", "half")]
    if ranged := _days_or_months(text, marks, parts, years, fiscal_year_start, year_hint):
        return ranged
    if parts:
        return _part(text, parts, years, fiscal_year_start, year_hint)
    return (_month_or_week(text, marks, years, year_hint)
            or _years(text, years, fiscal_year_start))


def day_of(which: fields.Period, written: str) -> str:
    """The first or last day of a period that only people of a language write so, T4 2026; else
    what is written, where that is read later or is no period."""
    if not written or period_day(written[:LONGEST], which, 1):
        return written
    found = period_of(written)
    if not found or found.assumed:
        return written
    return found.start if which == "first" else found.end


def day_in(text: str) -> str:
    """The one day that is written in a text, as 2026-11-13; "" where there is none, or several."""
    days = [mark for mark in marks_of(plain(text[:LONGEST])) if mark.kind == "day"]
    return date.fromordinal(days[0].number).isoformat() if len(days) == 1 and (
        days[0].number) else ""


def fiscal_start(text: str) -> int | None:
    """The month in which the fiscal year begins, where a text says so: 2 of "FY27 runs Feb 2026 –
    Jan 2027", of "fiscal year from February"; None else."""
    bare = plain(text[:LONGEST])
    if not _FISCAL.search(bare):
        return None
    marks = with_years(bare, marks_of(bare))
    months = [mark for mark in marks if mark.kind == "month"]
    for one, other in pairwise(months):
        if is_range(text, one, other) and one.number == other.number % 12 + 1:
            return one.number
    begins = _BEGINS.search(bare)
    return months[0].number if len(months) == 1 and begins else None


def _days_or_months(text: str, marks: Sequence[Mark], parts: Sequence[Mark],
                    years: Sequence[Mark], fiscal_year_start: int | None,
                    hint: int | None) -> Period | None:
    """A range of days or of months."""
    for one, other in pairwise(marks):
        if one.kind != other.kind or not is_range(text, one, other):
            continue
        if one.kind == "day" and 0 < one.number <= other.number:
            return _from(date.fromordinal(one.number), date.fromordinal(other.number),
                         written_of(text, (one, other)), False)
        if one.kind == "month":
            year = (other.year or (one.year and one.year + (one.number > other.number))
                    or _calendar_year(one, parts, years, fiscal_year_start) or hint)
            if year:
                first_year = one.year or year - (one.number > other.number)
                end = _first(year, other.number, other.day) if other.day else _last(
                    year, other.number)
                return _from(_first(first_year, one.number, one.day), end,
                             written_of(text, (one, other)), not (
                                 one.year or other.year or (years[:1] and years[0].kind == "year")))
    return None


def _calendar_year(month: Mark, parts: Sequence[Mark], years: Sequence[Mark],
                   fiscal_year_start: int | None) -> int | None:
    """The year of the months in "Q1 FY27 (Oct–Dec)", 2026: the quarter tells when the fiscal year
    begins."""
    if not years:
        return None
    begins = fiscal_year_start
    if parts and parts[0].kind == "quarter":
        begins = (month.number - 3 * (parts[0].number - 1) - 1) % 12 + 1
    before = years[0].kind == "fiscal" and begins and 1 < begins <= month.number
    return years[0].number - bool(before)


def _part(text: str, parts: Sequence[Mark], years: Sequence[Mark],
          fiscal_year_start: int | None, hint: int | None) -> Period | None:
    """A quarter or half, or a range of these."""
    ends = parts[0], parts[-1]
    if len({(mark.kind, mark.number, mark.year) for mark in parts}) > 1 and (
            len(parts) > 2 or not is_range(text, ends[0], ends[1], with_years=True)):
        return None
    year = years[0] if years else None
    number = year.number if year else hint
    if not number and not all(mark.year for mark in ends):
        return None
    fiscal = "FY" if year and year.kind == "fiscal" else ""
    words = [f"{mark.kind[0]}{mark.number} {fiscal}{mark.year or number}" for mark in ends]
    shown = {*ends, year} if year else {*ends}
    written = written_of(text, sorted(shown, key=lambda mark: mark.begin))
    assumed = bool(fiscal and not fiscal_year_start) or (not year and not ends[-1].year)
    return _between(words[0], words[1], fiscal_year_start, written, assumed)


def _month_or_week(text: str, marks: Sequence[Mark], years: Sequence[Mark],
                   hint: int | None) -> Period | None:
    """A single month with its year, or one that is the whole text; a week."""
    months = [mark for mark in marks if mark.kind == "month" and not mark.day]
    for mark in months:
        if mark.year or (hint and not years and _is_named(text, mark)):
            year = mark.year or hint or 0
            return _from(_first(year, mark.number), _last(year, mark.number),
                         written_of(text, [mark]), mark.year is None)
    named = years[0].number if years else hint
    week = next((mark for mark in marks if mark.kind == "week"), None)
    if not week or not named:
        return None
    try:
        monday = date.fromisocalendar(named, week.number, 1)
    except ValueError:  # there is no such week in that year
        return None
    return _from(monday, monday + timedelta(days=6), written_of(text, [week]), not years)


def _years(text: str, years: Sequence[Mark], fiscal_year_start: int | None) -> Period | None:
    """A year, or a range of years."""
    if len({(mark.kind, mark.number) for mark in years}) == 2 and len(years) == 2:
        if not is_range(text, years[0], years[1]):
            return None
    elif len({(mark.kind, mark.number) for mark in years}) != 1:
        return None
    fiscal = "FY" if years[0].kind == "fiscal" else ""
    shown = years if len({mark.number for mark in years}) > 1 else years[:1]
    return _between(f"{fiscal}{years[0].number}", f"{fiscal}{years[-1].number}", fiscal_year_start,
                    written_of(text, shown), bool(fiscal and not fiscal_year_start))


def _between(first: str, last: str, fiscal_year_start: int | None, written: str,
             assumed: bool) -> Period | None:
    """From the first day of one period, as tables write it, to the last day of another."""
    which: tuple[fields.Period, fields.Period] = ("first", "last")
    start, end = (period_day(word, day, fiscal_year_start or 1)
                  for word, day in zip((first, last), which, strict=True))
    return _from(start, end, written, assumed)


def _from(start: date | None, end: date | None, written: str, assumed: bool) -> Period | None:
    if not start or not end or start > end:
        return None
    return Period(start.isoformat(), end.isoformat(), written, assumed)


def _is_named(text: str, mark: Mark) -> bool:
    """Whether a month without a year is the whole text, or written out in full."""
    return len(text.strip()) <= mark.end - mark.begin + 1 or mark.end - mark.begin >= 5


def _first(year: int, month: int, day: int | None = None) -> date | None:
    try:
        return date(year, month, day or 1)
    except ValueError:
        return None


def _last(year: int, month: int) -> date:
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
