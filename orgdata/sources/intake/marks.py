"""What of a period stands in a text: months, quarters, weeks and years, and where."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from orgdata.model.fields import normalise_name
from orgdata.sources.intake.header_words import LONGEST, TABLE
from orgdata.sources.intake.letters import plain

_MONTHS = {name.strip(): int(month) for month, names in TABLE["months"].items()
           for name in plain(names).split(",")}
_NAMES = "|".join(sorted(_MONTHS, key=len, reverse=True))
_SHORT = r"(?:[ '’/-]{0,2}(?P<YEAR>[23]\d))?(?!\d)"  # the year of Q4/26
_BEGINS = r"(?:(?<![a-z0-9])|(?<=20\d\d)|(?<=fy\d\d))"  # also 2026Q4, FY26Q4
_QUARTER = "quarter|quartal|trimestre|trimester|kwartaal|四半期"
_HALF = "half|halbjahr|semestre|semester|halfjaar"
_ORDINALS = {word: number for number, words in enumerate((
    "first erstes premier primer primeiro primo eerste",
    "second zweites deuxieme segundo secondo tweede",
    "third drittes troisieme tercer terceiro terzo derde",
    "fourth viertes quatrieme cuarto quarto vierde"), 1) for word in words.split()}
_MARK = re.compile(
    r"(?<!\d)(?P<iso>(?:19|20)\d{2}-\d{2}-\d{2}|(?:19|20)\d{6}|\d{1,2}\.\d{1,2}\.20\d{2})(?!\d)"
    r"|(?<![a-z])(?:fy|gj)[ '’_-]?(?P<fiscal>20\d{2}|\d{2})(?:[/–-](?P<ends>\d{2}|20\d{2}))?(?!\d)"
    r"|(?<!\d)(?P<from>20\d{2})[/–-](?P<two>\d{2})(?![\d])"
    r"|(?<!\d)(?P<year>(?:19|20)\d{2})(?!\d)(?:年度?)?"
    rf"|{_BEGINS}(?P<q_sign>[qt])(?P<quarter>[1-4])(?!(?!fy)[a-z])"
    rf"{_SHORT.replace('YEAR', 'q_year')}"
    rf"|{_BEGINS}(?P<h_sign>[hs]|hj ?)(?P<half>[12])(?![a-z]){_SHORT.replace('YEAR', 'h_year')}"
    rf"|(?<![a-z0-9])(?P<back>[1-4])(?P<back_sign>[qht])(?![a-z]){_SHORT.replace('YEAR', 'b_year')}"
    rf"|(?<![a-z0-9])第?(?P<nth>[1-4])(?:\.|st|nd|rd|th|er|e|o|º|°|ª)? ?"
    rf"(?P<nth_sign>{_QUARTER}|{_HALF})(?![a-z])"
    rf"|(?<![a-z])(?P<ordinal>{'|'.join(_ORDINALS)}) (?P<o_sign>{_QUARTER}|{_HALF})(?![a-z])"
    rf"|(?<![a-z])(?P<word_sign>{_QUARTER}|{_HALF}) (?P<word>[1-4])(?!\d)"
    r"|(?<![a-z])(?P<w_sign>w|kw|cw|wk|week|woche|semaine|semana|settimana|s(?=\d\d))[ -]?"
    r"(?P<week>[0-5]?\d)(?!\d)"
    rf"|(?:(?<![\d.])(?P<day>\d{{1,2}})(?:st|nd|rd|th|\.)? ?(?:de )?)?(?<![a-z])(?P<month>{_NAMES})"
    rf"(?![a-z])\.?(?:(?: ?['’]|-)?(?P<m_year>[23]\d)(?!\d)| (?P<day_after>[0-3]?\d)(?!\d))?"
    r"|(?<!\d)(?P<number>1[0-2]|[1-9])(?:月|(?=[-–~〜～]\d{1,2}月))")
_NEAR = re.compile(r"[\s,.'’/_-]{0,3}|\sde\s")
_RANGE = re.compile(r"[\s()]{0,2}(?:[-–—~〜/]|to|bis|through|until|al?)[\s()]{0,2}")
_DAY = re.compile(r"(?<!\d)\d{1,2}[./-]\d{1,2}(?:[./-](?:20)?\d{2})?(?!\d)\.?")  # 27.11., 11/27/26


@dataclass(frozen=True)
class Mark:
    """Something of a period in a text, and where it stands."""

    kind: str  # day month quarter half week fiscal year
    number: int
    year: int | None
    begin: int
    end: int
    day: int | None = None


def without_period(text: str) -> tuple[str, str]:
    """What of a header is a period, and the rest of it."""
    text = text[:LONGEST]
    marks = marks_of(plain(text))
    if not marks:
        return "", text
    rest, at = "", 0
    for mark in marks:
        rest += text[at:mark.begin] + " "
        at = mark.end
    return written_of(text, marks), rest + text[at:]


def without_dates(header: str) -> str:
    """A header as it is compared from week to week: "Status 27 Nov" and "Status (4.12.)" are both
    status; blank where it is nothing but a date."""
    period, rest = without_period(header)
    undated = _DAY.sub(" ", rest)
    if not period and undated == rest:
        return normalise_name(header)
    bare = " ".join(undated.split()).replace("( )", "").replace("[ ]", "")
    return normalise_name(bare.strip(" -–—·:,;/_"))


def marks_of(text: str) -> list[Mark]:
    """All that speaks of a period in a plain text; T4, S2, S45 only where there is a year."""
    found = [(match, mark) for match in _MARK.finditer(text) if (mark := _mark(match))]
    has_year = len(text) <= 3 or any(
        mark.year or mark.kind in ("fiscal", "year") for _, mark in found)
    return [mark for match, mark in found
            if has_year or (match["q_sign"] or match["h_sign"] or match["w_sign"]
                            or match["back_sign"] or "").strip()
            not in ("t", "s")]


def _mark(match: re.Match[str]) -> Mark | None:
    begin, end = match.span()

    def mark(kind: str, number: str | int, year: str | None = None,
             day: str | None = None) -> Mark:
        return Mark(kind, int(number), _year(year) if year else None, begin, end,
                     int(day) if day else None)

    if match["iso"]:
        return mark("day", _iso(match["iso"]) or 0)
    if match["fiscal"]:
        return mark("fiscal", _year(match["ends"] or match["fiscal"]))
    if match["from"]:
        first, second = int(match["from"]), int(match["two"])
        if second == (first + 1) % 100:
            return mark("fiscal", first + 1)
        return mark("month", second, match["from"]) if 1 <= second <= 12 else None
    if match["year"]:
        return mark("year", match["year"])
    if match["quarter"]:
        return mark("quarter", match["quarter"], match["q_year"])
    if match["half"]:
        return mark("half", match["half"], match["h_year"])
    if match["week"]:
        return mark("week", match["week"])
    if match["month"]:
        return mark("month", _MONTHS[match["month"]], match["m_year"],
                    match["day"] or match["day_after"])
    if match["number"]:
        return mark("month", match["number"])
    sign = match["back_sign"] or match["nth_sign"] or match["word_sign"] or match["o_sign"]
    kind = "half" if sign[0] == "h" or sign.startswith("sem") else "quarter"
    number = match["back"] or match["nth"] or match["word"] or _ORDINALS[match["ordinal"]]
    return None if kind == "half" and int(number) > 2 else mark(kind, number, match["b_year"])


def _year(written: str) -> int:
    return int(written) if len(written) == 4 else 2000 + int(written)


def _iso(written: str) -> int | None:
    """A day as the number of days since the year 1; None where the calendar has no such day."""
    parts = written.split(".")[::-1] if "." in written else written.split("-")
    if len(parts) == 1:
        parts = [written[:4], written[4:6], written[6:]]
    try:
        return date(*map(int, parts)).toordinal()
    except ValueError:
        return None


def with_years(text: str, marks: Sequence[Mark]) -> list[Mark]:
    """The marks, a month and the year beside it as one."""
    joined: list[Mark] = []
    for mark in marks:
        last = joined[-1] if joined else None
        if last and _NEAR.fullmatch(text[last.end:mark.begin]):
            if last.kind == "month" and not last.year and mark.kind == "year":
                joined[-1] = replace(last, year=mark.number, end=mark.end)
                continue
            if last.kind == "year" and mark.kind == "month" and not (mark.year or mark.day):
                joined[-1] = replace(mark, year=last.number, begin=last.begin)
                continue
        joined.append(mark)
    return joined


def written_of(text: str, marks: Sequence[Mark]) -> str:
    """Marks as they are written: as one where nothing but signs stands between them."""
    written = text[marks[0].begin:marks[0].end]
    for before, mark in pairwise(marks):
        between = text[before.end:mark.begin]
        near = _NEAR.fullmatch(between) or _RANGE.fullmatch(plain(between))
        written += (between if near else " ") + text[mark.begin:mark.end]
    return written.strip()


def is_range(text: str, one: Mark, other: Mark, with_years: bool = False) -> bool:
    """Whether only a sign or word of a range stands between two marks; with a year, too."""
    between = plain(text[one.end:other.begin])
    if with_years:
        between = re.sub(r"^\s?(?:fy ?)?\d{2,4}", "", between)
    return bool(_RANGE.fullmatch(between))
