"""The last check-ins of each key result, fast for millions of rows, and its values week by
week."""

from collections.abc import Collection
from datetime import date, timedelta

import numpy as np
import numpy.typing as npt
import pandas as pd

from orgdata.measures.column import Columns, dated, number, text
from orgdata.model.words import REPORTED, normalise_word
from orgdata.tabular.lookup import Positions, positions
from orgdata.tabular.select import add_columns

_READ = ["date", "value", "confidence", "status", "row"]
COLUMNS: Columns = {"key_results": {
    "value": number("that of the latest check-in with one, else current"),
    "value_date": dated("the day of that check-in"),
    "value_row": number("its row"),
    "checked_on": dated("the day of the latest check-in that says anything"),
    "reported": text("what its status means, else the key result's: on_track, between, off_track"),
    "reported_confidence": number("its confidence, else the key result's"),
    "last_confidence": number("the latest confidence in any check-in"),
    "step_1": number("the last change of the value from one check-in to the next"),
    "step_2": number("the change before that"),
    "fall_1": number("by how much the confidence fell last; negative where it rose"),
    "fall_2": number("the fall before that"),
}}
WEEKS = 26  # shown in the sparkline of a key result


class LatestCheckIns:
    """Check-ins up to `as_of`, ordered by key result and date."""

    def __init__(self, check_ins: pd.DataFrame, kr_ids: pd.Series, as_of: pd.Timestamp) -> None:
        rows, at = check_ins[_READ], positions(check_ins["kr_id"], kr_ids)
        counts = (at >= 0) & (check_ins["date"].to_numpy() <= as_of.to_datetime64())
        if not counts.all():
            rows, at = rows[counts], at[counts]
        # one sortable number: by key result, then by second
        sort_key = at * 2**40 + rows["date"].to_numpy().astype("datetime64[s]").view(np.int64)
        if not (sort_key[1:] >= sort_key[:-1]).all():
            order = np.argsort(sort_key, kind="stable")
            rows, at = rows.take(order), at[order]
        self.rows, self._at = rows.reset_index(drop=True), at
        self._key_results = len(kr_ids)

    def last(self, holds: npt.NDArray[np.bool_], most: int = 1) -> list[Positions]:
        """For each key result the positions in `rows` of its last check-ins for which `holds` is
        true, newest first; −1 where there is none."""
        all_hold = bool(holds.all())
        count = np.bincount(self._at if all_hold else self._at[holds],
                            minlength=self._key_results)
        newest = np.cumsum(count) - 1
        places = [np.where(count > back, newest - back, -1) for back in range(most)]
        if all_hold:  # as in most histories: counts are positions then
            return places
        rows_that_hold = np.append(np.flatnonzero(holds), -1)
        return [rows_that_hold[place] for place in places]

    def take(self, column: str, at: Positions) -> pd.Series:
        """The values of a column at these positions, missing where −1."""
        return pd.Series(self.rows[column].array.take(at, allow_fill=True))


def with_check_ins(rows: pd.DataFrame, check_ins: pd.DataFrame, as_of: pd.Timestamp,
                   unclear: Collection[str] = ()) -> pd.DataFrame:
    """Add to key results the measures of their check-ins. METHOD §4, and §6 for PRG03–PRG05.

    A column of confidences whose scale is unclear reports none.
    """
    history = LatestCheckIns(check_ins, rows["kr_id"], as_of)
    value, confidence, status = (history.rows[name].notna().to_numpy()
                                 for name in ("value", "confidence", "status"))
    latest, = history.last(value | confidence | status)
    valued = history.last(value, 3)
    values = [history.take("value", at) for at in valued]
    confidences = [history.take("confidence", at) for at in history.last(confidence, 3)]
    reported = _reported(history.take("status", latest))
    told, told_before = (
        confidence.where(confidence.isna()) if f"{table}.confidence" in unclear else confidence
        for table, confidence in (("check_ins", history.take("confidence", latest)),
                                  ("key_results", rows["confidence"])))
    return add_columns(rows, {
        "value": values[0].fillna(rows["current"]), "value_date": history.take("date", valued[0]),
        "value_row": history.take("row", valued[0]), "checked_on": history.take("date", latest),
        "reported": reported.fillna(_reported(rows["status"])),
        "reported_confidence": told.fillna(told_before), "last_confidence": confidences[0],
        "step_1": values[0] - values[1], "step_2": values[1] - values[2],
        "fall_1": confidences[1] - confidences[0], "fall_2": confidences[2] - confidences[1]})


def _reported(status: pd.Series) -> pd.Series:
    """The meaning of reported status words; an unknown word counts as missing."""
    words = {word: REPORTED.get(normalise_word(word)) for word in status.dropna().unique()}
    return status.map(words).astype("str") if words else status


def mondays(day: date) -> list[date]:
    """The Mondays of the last ISO weeks up to the week of the day, oldest first."""
    monday = day - timedelta(days=day.weekday())
    return [monday - timedelta(weeks=back) for back in reversed(range(WEEKS))]


def weekly(check_ins: pd.DataFrame, day: date) -> pd.Series:
    """The last value of each week up to the day, oldest first, for key results that have any:
    kr_id → list. Weeks without a value are omitted."""
    first = pd.Timestamp(mondays(day)[0])
    rows = check_ins[check_ins["value"].notna() & (check_ins["date"] >= first)
                     & (check_ins["date"] <= pd.Timestamp(day))].sort_values("date")
    week = (rows["date"] - first).dt.days // 7
    return rows.groupby(["kr_id", week])["value"].last().groupby(level="kr_id").agg(list)
