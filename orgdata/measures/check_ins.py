"""The last check-ins of each key result, found for millions of rows at once."""

import numpy as np
import pandas as pd

from orgdata.keys import Positions, positions
from orgdata.schema import normalise_word

_READ = ["date", "value", "confidence", "status", "row"]
REPORTED = {  # METHOD section 6, words for reported status
    **dict.fromkeys("on_track green okay ok good ahead healthy".split(), "on_track"),
    **dict.fromkeys("off_track red problem blocked in_trouble".split(), "off_track"),
    **dict.fromkeys("at_risk attention needs_attention behind yellow amber".split(), "between"),
}


class History:
    """Check-ins up to `as_of`, ordered by key result and date."""

    def __init__(self, check_ins: pd.DataFrame, kr_ids: pd.Series, as_of: pd.Timestamp) -> None:
        at, dates = positions(check_ins["kr_id"], kr_ids), check_ins["date"].to_numpy()
        counted = np.flatnonzero((at >= 0) & (dates <= as_of.to_datetime64()))
        # one sortable number: key result, then day
        place = at[counted] * 2**24 + dates[counted].astype("datetime64[D]").astype(np.int64)
        order = counted if (np.diff(place) >= 0).all() else counted[np.argsort(place)]
        self.rows = check_ins[_READ] if len(order) == len(at) and order is counted else (
            check_ins[_READ].take(order).reset_index(drop=True))
        self._at, self._key_results = at[order], len(kr_ids)

    def last(self, holds: pd.Series, how_many: int = 1) -> list[Positions]:
        """For each key result the positions in `rows` of its last check-ins for which `holds` is
        true, newest first; −1 where there is none."""
        found = np.flatnonzero(holds.to_numpy())
        count = np.bincount(self._at[found], minlength=self._key_results)
        newest = np.cumsum(count) - 1
        return [np.append(found, -1)[np.where(count > back, newest - back, -1)]
                for back in range(how_many)]

    def take(self, column: str, at: Positions) -> pd.Series:
        """A column's values at positions, missing where −1."""
        return pd.Series(self.rows[column].array.take(at, allow_fill=True))


def with_check_ins(rows: pd.DataFrame, check_ins: pd.DataFrame,
                   as_of: pd.Timestamp) -> pd.DataFrame:
    """Add to key results what their check-ins say. METHOD §4, and §6 for PRG03–PRG05.

    `value` (of the latest check-in with one, else `current`), `value_date`, `value_row` (of that
    check-in), `checked_on` (the latest that says anything); of that one `reported` (on_track,
    between, off_track) and `reported_confidence`; `last_confidence`; `step_1` and `step_2`, the
    last two changes of the value, newest first; `fall_1` and `fall_2`, the last two falls of the
    confidence (positive = it fell).
    """
    history = History(check_ins, rows["kr_id"], as_of)
    says = history.rows[["value", "confidence", "status"]].notna()
    told, = history.last(says.any(axis=1))
    valued = history.last(says["value"], 3)
    values = [history.take("value", at) for at in valued]
    confidences = [history.take("confidence", at) for at in history.last(says["confidence"], 3)]
    said = _reported(history.take("status", told))
    return rows.assign(
        value=values[0].fillna(rows["current"]), value_date=history.take("date", valued[0]),
        value_row=history.take("row", valued[0]), checked_on=history.take("date", told),
        reported=said.fillna(_reported(rows["status"])),
        reported_confidence=history.take("confidence", told).fillna(rows["confidence"]),
        last_confidence=confidences[0],
        step_1=values[0] - values[1], step_2=values[1] - values[2],
        fall_1=confidences[1] - confidences[0], fall_2=confidences[2] - confidences[1])


def _reported(status: pd.Series) -> pd.Series:
    """Known words for a reported status; an unknown word is no word."""
    words = {word: REPORTED.get(normalise_word(word)) for word in status.dropna().unique()}
    return status.map(words).astype("str") if words else status
