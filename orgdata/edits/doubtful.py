"""Numbers that are far off what stood there before, which are asked about before they are kept."""

import math
from collections.abc import Iterator, Sequence

import pandas as pd

from orgdata import formats
from orgdata.edits.edit import Edit
from orgdata.model import labels
from orgdata.model.portfolio import Portfolio
from orgdata.model.schema import TABLES
from orgdata.tabular.numbers import number

FACTOR = 10  # a number so many times as large as the one before, or as small, is far off
MOST_DONE, LEAST_DONE = 4.0, -3.0  # of the way from baseline to target


def far_off(portfolio: Portfolio, edits: Sequence[Edit]) -> list[str]:
    """A sentence on each number of some edits that is far off."""
    return [said for edit in edits if edit.operation != "end" for said in _of_edit(portfolio, edit)]


def _of_edit(portfolio: Portfolio, edit: Edit) -> Iterator[str]:
    for column, text in edit.values.items():
        if TABLES[edit.table][column].kind != "number" or math.isnan(value := number(text)):
            continue
        before = number((edit.before or {}).get(column, ""))
        name = formats.sentence_case(labels.column(column))
        if column.endswith("_pct") and value > 100:
            yield f"{name}: {text.rstrip('% ')} % is more than the whole"
        elif (edit.table, column) == ("check_ins", "value"):
            yield from _of_check_in(portfolio, edit.key["kr_id"], value, text)
        elif before and not math.isnan(before) and (
                value / before < 0 or (value and not 1 / FACTOR < value / before < FACTOR)):
            yield f"{name}: {text} is far from what stood there, {(edit.before or {})[column]}"


def _of_check_in(portfolio: Portfolio, kr_id: str, value: float, text: str) -> Iterator[str]:
    """Of a value that is far outside the way from baseline (where it is not known, zero) to
    target."""
    rows = portfolio["key_results"]
    for _, row in rows[rows["kr_id"] == kr_id].iterrows():
        start = 0.0 if pd.isna(row["baseline"]) else row["baseline"]
        way = row["target"] - start
        if pd.isna(way) or not way:
            continue
        done = (value - start) / way
        if not LEAST_DONE <= done <= MOST_DONE:
            yield (f"{row['title']}: {text} would be {formats.percent(done * 100)} of the way from "
                   f"{start:g} to {row['target']:g}")
