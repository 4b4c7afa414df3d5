"""Columns that are values of something: a matrix of links, and periods as columns (FORMATS
section 3)."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from orgdata.model.words import normalise_word
from orgdata.sources.intake.headers import Header, Period, period_of
from orgdata.sources.intake.part import looked_up
from orgdata.sources.intake.periods import day_in
from orgdata.sources.intake.shape import TOTALS
from orgdata.sources.intake.values import Values
from orgdata.tabular import cells
from orgdata.tabular.lookup import Positions

_MOST_LINKS = 250_000
_NOTHING = pa.array([], pa.large_string())
NO_LINK = ("", "0", "-", "–", "—", "0%", "no", "n", "nein", "non", "não", "nee", "none")
_LEVELS = {"h": "primary", "high": "primary", "p": "primary", "primary": "primary",
           **dict.fromkeys("m med medium s (x) supporting secondary".split(), "supporting"),
           "l": "weak", "low": "weak"}


def mark_columns(headers: Mapping[str, Header], values: Mapping[str, Values]) -> list[str]:
    """The columns of a matrix: at least two whose headers mean nothing by themselves, and whose
    cells are marks; blank ones between them too."""
    marked = [name for name, header in headers.items() if not header.meanings and not header.period
              and values[name].filled and values[name].mark > 0.9
              and normalise_word(name) not in TOTALS]
    sparse = any(values[name].filled < 1 or values[name].number < 1 for name in marked)
    if len(marked) < 2 or not sparse:
        return []
    names = list(headers)
    between = names[names.index(marked[0]):names.index(marked[-1]) + 1]
    return [name for name in between if name in marked or (
        not headers[name].meanings and not values[name].filled)]


def links(frame: pd.DataFrame, marks: Sequence[str]) -> tuple[pd.DataFrame, int]:
    """A matrix as pairs: for each mark the index of its row, `header` (its column), the mark
    and the strength that it says ("" for a plain one); and how many more marks are not read."""
    row, column, written = _filled(frame, marks)
    is_link = np.flatnonzero(pc.invert(pc.is_in(pc.utf8_lower(written),
                                                pa.array(NO_LINK, written.type))))
    order = is_link[np.argsort(row[is_link], kind="stable")][:_MOST_LINKS]
    mark = cells.as_text(written.take(pa.array(order)))
    lower = mark.str.casefold()
    number = lower.str.fullmatch(r"\d{1,3}([.,]\d{1,3})? ?%?")
    strength = looked_up(lower, _LEVELS, "").where(~number, lower.str.rstrip("% "))
    found = pd.DataFrame({"header": np.array(marks, dtype=object)[column[order]], "mark": mark,
                          "strength": strength}).astype("str")
    return found.set_axis(frame.index[row[order]]), len(is_link) - len(order)


def by_time(frame: pd.DataFrame, days: Sequence[tuple[str, str]],
            ids: pd.Series) -> pd.DataFrame:
    """A row for each value in columns of values by time: kr_id, date and value. `days`: the columns
    with the day of each; `ids`: the key result of each row."""
    row, column, written = _filled(frame, [name for name, _ in days])
    return pd.DataFrame({
        "kr_id": ids.array.take(row), "date": np.array([day for _, day in days])[column],
        "value": cells.as_text(written)}, dtype="str").set_axis(frame.index[row])


def _filled(frame: pd.DataFrame,
            columns: Sequence[str]) -> tuple[Positions, Positions, pa.Array]:
    """The cells of some columns that are not blank, column by column: the places of their rows and
    columns, and their trimmed text. There may be a thousand columns, so all at once."""
    texts = pa.concat_arrays([cells.text(frame[name]) for name in columns] or [_NOTHING])
    at = np.flatnonzero(~cells.missing(texts))
    return at % max(1, len(frame)), at // max(1, len(frame)), texts.drop_null()


def period_columns(headers: Mapping[str, Header], values: Mapping[str, Values],
                   period: Period | None, fiscal_year_start: int | None) -> list[tuple[str, str]]:
    """The columns of values by time, at least three in order, with the last day of each; "" where
    the year is told nowhere."""
    year = int(period.end[:4]) if period else None
    days = []
    for name, header in headers.items():
        if header.period and {*header.meanings} <= {"current"}:
            day = period_of(header.period, fiscal_year_start, year)
            days.append((name, day.end if day is not None else day_in(header.period)))
    numeric = any(values[name].number > 0.3 for name, _ in days)
    enough = len(days) > (1 if target_columns(headers) else 2)
    return days if enough and numeric else []


def target_columns(headers: Mapping[str, Header]) -> list[str]:
    """The columns of targets by time, at least two."""
    columns = [name for name, header in headers.items()
               if header.period and header.meanings[:1] == ("target",)]
    return columns if len(columns) > 1 else []


def last_filled(frame: pd.DataFrame, columns: Sequence[str]) -> pd.Series:
    """The last cell of each row that is not blank in columns of values by time."""
    last = pc.coalesce(*(cells.text(frame[column]) for column in reversed(columns)))
    return cells.as_text(pc.fill_null(last, "")).set_axis(frame.index)
