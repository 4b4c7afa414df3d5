"""The last check-ins of each key result, found for millions of rows at once."""

import numpy as np
import numpy.typing as npt
import pandas as pd

from orgdata.keys import Positions, positions
from orgdata.schema import normalise_word

Mask = npt.NDArray[np.bool_]

REPORTED = {  # METHOD section 6, words for reported status
    **dict.fromkeys("on_track green okay ok good ahead healthy".split(), "on_track"),
    **dict.fromkeys("off_track red problem blocked in_trouble".split(), "off_track"),
    **dict.fromkeys("at_risk attention needs_attention behind yellow amber".split(), "between"),
}


class History:
    """Check-ins up to `as_of`, ordered by key result and date."""

    def __init__(self, check_ins: pd.DataFrame, kr_ids: pd.Series, as_of: pd.Timestamp) -> None:
        at = positions(check_ins["kr_id"], kr_ids)
        days = check_ins["date"].to_numpy().astype("datetime64[D]").astype(np.int64)
        counted = np.flatnonzero((at >= 0) & (check_ins["date"] <= as_of).to_numpy())
        place = at[counted] * 2**24 + days[counted]  # one sortable number: key result, then day
        order = counted if (np.diff(place) >= 0).all() else counted[np.argsort(place)]
        self.rows = check_ins.take(order).reset_index(drop=True)
        self._at, self._groups = at[order], np.arange(len(kr_ids))

    def last(self, holds: pd.Series | None = None, back: int = 0) -> Positions:
        """For each key result the position in `rows` of its last check-in for which `holds`
        is true, or of the one `back` before that; −1 where there is none."""
        found = np.arange(len(self._at)) if holds is None else np.flatnonzero(holds.to_numpy())
        first, end = (np.searchsorted(self._at[found], self._groups, side)
                      for side in ("left", "right"))
        wanted = end - 1 - back
        there = wanted >= first
        return np.where(there, np.append(found, -1)[np.where(there, wanted, -1)], -1)

    def take(self, column: str, at: Positions) -> pd.Series:
        """A column's values at positions, missing where −1."""
        return self.rows[column].reindex(at).reset_index(drop=True)


def with_values(rows: pd.DataFrame, history: History) -> pd.DataFrame:
    """Add `value` (of the latest check-in with one, else `current`), `value_date`, `value_row`
    (of that check-in), and `checked_on` (the latest check-in that says anything). METHOD §4."""
    valued = history.last(history.rows["value"].notna())
    told = history.last(_says_anything(history.rows))
    return rows.assign(
        value=history.take("value", valued).fillna(rows["current"]),
        value_date=history.take("date", valued), value_row=history.take("row", valued),
        checked_on=history.take("date", told))


def with_reported(rows: pd.DataFrame, history: History) -> pd.DataFrame:
    """Add `reported` (on_track, between, off_track), `reported_confidence`, `last_confidence`,
    and steps and falls of the last three check-ins. METHOD §6, PRG03–PRG05.

    `step_1` and `step_2` are the last two changes of the value, newest first; `fall_1` and
    `fall_2` the last two falls of the confidence (positive = it fell).
    """
    told = history.last(_says_anything(history.rows))
    said = _reported(history.take("status", told))
    valued, sure = history.rows["value"].notna(), history.rows["confidence"].notna()
    values = [history.take("value", history.last(valued, back)) for back in range(3)]
    confidences = [history.take("confidence", history.last(sure, back)) for back in range(3)]
    return rows.assign(
        reported=said.fillna(_reported(rows["status"])),
        reported_confidence=history.take("confidence", told).fillna(rows["confidence"]),
        last_confidence=confidences[0],
        step_1=values[0] - values[1], step_2=values[1] - values[2],
        fall_1=confidences[1] - confidences[0], fall_2=confidences[2] - confidences[1])


def _says_anything(check_ins: pd.DataFrame) -> pd.Series:
    return (check_ins["value"].notna() | check_ins["confidence"].notna()
            | check_ins["status"].notna())


def _reported(status: pd.Series) -> pd.Series:
    """Known words for a reported status; an unknown word is no word."""
    words = {word: REPORTED.get(normalise_word(word)) for word in status.dropna().unique()}
    return status.map(words).astype("str") if words else status
