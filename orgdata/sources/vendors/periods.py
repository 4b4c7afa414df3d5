"""Days and periods as work tools write them: months in other languages, and a quarter that is only
a label (`26-Q4`), a version or the last step of a path (`Shop\\2026\\Q4 2026`).
"""

import re
from collections.abc import Iterable
from datetime import date

import pandas as pd

from orgdata.sources.vendors.records import Records, map_distinct, split
from orgdata.tabular.cells import LONGEST
from orgdata.tabular.dates import period_day

_LIST = 500  # characters of a cell with several labels in which a period is looked for
_MONTHS = {  # the first letters of a month in English ← in other languages
    **dict.fromkeys("ene enero janv janvier gen gennaio januar januari janeiro jän".split(), "jan"),
    **dict.fromkeys("febr febrero févr février febbraio fev fevereiro februar februari".split(),
                    "feb"),
    **dict.fromkeys("mär mars marzo março märz maa maart mrt marz".split(), "mar"),
    **dict.fromkeys("abr abril avr avril aprile".split(), "apr"),
    **dict.fromkeys("mayo mai maggio mag maio mei".split(), "may"),
    **dict.fromkeys("junio juin giu giugno junho juni".split(), "jun"),
    **dict.fromkeys("julio juil juillet lug luglio julho juli".split(), "jul"),
    **dict.fromkeys("ago agosto août aout".split(), "aug"),
    **dict.fromkeys("sept septiembre septembre set settembre setembro".split(), "sep"),
    **dict.fromkeys("okt oktober octubre octobre ott ottobre out outubro".split(), "oct"),
    **dict.fromkeys("noviembre novembre novembro".split(), "nov"),
    **dict.fromkeys("dic diciembre déc décembre dicembre dez dezember dezembro".split(), "dec")}
_WORD = re.compile(r"[^\W\d_]+")
_SHORT = re.compile(r"(?P<year>\d{2})[-_./ ]?(?P<part>[QH][1-4])", re.IGNORECASE | re.ASCII)


def english_day(cell: str) -> str:
    """A day with the name of its month in English, without a comma before the time."""
    if len(cell) > LONGEST:
        return cell
    plain = _WORD.sub(lambda word: _MONTHS.get(word[0].casefold(), word[0]), cell)
    return plain.replace(",", " ").replace(" de ", " ").replace(". ", " ")


def period_of(label: str) -> tuple[date, date] | None:
    """The first and last day of the period that a label names; None if it names none."""
    if len(label) > LONGEST:
        return None
    if short := _SHORT.fullmatch(label):
        label = f"{short['part']} 20{short['year']}"
    first, last = period_day(label, "first", None), period_day(label, "last", None)
    return (first, last) if first and last else None


def latest_period(cell: str) -> str:
    """The latest period that a cell of labels or a path names, as 2026-10-01/2026-12-31."""
    labels = split(cell[:_LIST].replace("\\", ",").replace(";", ","))
    found = [period for label in labels if (period := period_of(label))]
    return "/".join(day.isoformat() for day in max(found)) if found else ""


def with_period(records: Records, goals: pd.DataFrame, columns: Iterable[str]) -> pd.DataFrame:
    """Goals with the first and last day of the latest period that their cells in these columns
    name, where they have no days of their own."""
    period = pd.Series("", index=goals.index, dtype="str")
    for name in columns:
        found = map_distinct(records[name][goals.index], latest_period)
        if (found != "").any():
            records.note(name, "day_order", "a quarter or another period in it gives a goal "
                         "without days of its own its first and last day")
        period = period.mask(found > period, found)
    no_days = (goals["start_date"] == "") & (period != "")
    first, last = period.str[:10], period.str[11:]
    return goals.assign(
        start_date=goals["start_date"].mask(no_days & ((goals["end_date"] == "") | (
            goals["end_date"] >= first)), first),
        end_date=goals["end_date"].mask((goals["end_date"] == "") & (period != ""), last))
