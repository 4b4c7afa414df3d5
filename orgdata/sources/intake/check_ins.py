"""Values of key results by day: a row, or a column, for each (FORMATS section 3)."""

import re
from datetime import date, timedelta
from typing import Literal

import pandas as pd

from orgdata.sources.intake.build import Build, frame_of
from orgdata.sources.intake.part import Part
from orgdata.sources.intake.periods import day_in, period_of
from orgdata.sources.intake.results import ResultValues
from orgdata.sources.intake.values import number_with_remark, scaled
from orgdata.sources.intake.wide import by_time
from orgdata.sources.vendors.records import map_distinct
from orgdata.tabular import cells
from orgdata.tabular.dates import dates

_DAY = re.compile(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}|^\d{5}(?:\.\d+)?$")


def add_check_ins(build: Build, part: Part, ids: pd.Series, values: ResultValues,
                  status: pd.Series) -> None:
    """The check-ins of key results: of the day of the last update, and those that columns tell."""
    first, days = _days(part, "start"), days_of(part)
    checked = (days != "") & ((values.current != "") | (status != ""))
    frame = frame_of(ids.index, kr_id=ids, date=days, value=values.current, status=status,
                     confidence=part.cells("confidence"), note=part.cells("note"))
    build.add(part, "check_ins", frame[checked])
    of_periods = checked & (first != days)
    if of_periods.any():
        may_go_on = of_periods & latest(ids, days) & ids.duplicated(keep=False)
        build.add(part, "check_ins", frame.assign(date=first)[may_go_on])
    if columns := _columns_of(part):
        seen = by_time(part.frame, columns, ids)
        number = scaled(number_with_remark(seen["value"])[0], values.scale)
        build.add(part, "check_ins", seen.assign(value=number))


def days_of(part: Part) -> pd.Series:
    """The day of each record's last update; of a month or week its last one."""
    return _days(part, "end")


def _days(part: Part, which: Literal["start", "end"]) -> pd.Series:
    """The days of updates, of a month or week its first or last one. That of the last record counts
    from the first day on, since the month may not be over."""
    hint = int(part.period.end[:4]) if part.period else None

    def day(cell: str) -> str:
        if not cell or _DAY.search(cell):
            return cell
        found = period_of(cell, None, hint)
        return getattr(found, which) if found else cell

    return map_distinct(part.cells("updated"), day)


def latest(ids: pd.Series, days: pd.Series) -> pd.Series:
    """Which records tell of the last day of their key result: all, where it has one record only."""
    repeated = ids.duplicated(keep=False) & (ids != "")
    if not (repeated & (days != "")).any():
        return pd.Series(True, ids.index)
    when = pd.Series(dates(cells.text(days), "last").values, ids.index)
    last = when.groupby(ids).transform("max")
    return ~(repeated & last.notna()) | (when == last)


def _columns_of(part: Part) -> list[tuple[str, str]]:
    """The columns of values by time with the days for which they count: the last one of each
    period. That of the last one that is filled counts from the first day on, since the period may
    not be over."""
    days = [(column, day) for column, day in part.months if day]
    filled = [at for at, (column, _) in enumerate(days) if (part.cells_of(column) != "").any()]
    if len(filled) < 2 or filled[-1] == 0 or day_in(part.headers[days[filled[-1]][0]].period):
        return days  # of a single day nothing is to come
    at = filled[-1]
    begins = date.fromisoformat(days[at - 1][1]) + timedelta(days=1)
    return [*days, (days[at][0], begins.isoformat())]
