"""The value of key results week by week, for a small line."""

from datetime import date, timedelta

import pandas as pd

WEEKS = 26


def mondays(day: date) -> list[date]:
    """The first days of the last ISO weeks up to that of the day, oldest first."""
    this = day - timedelta(days=day.weekday())
    return [this - timedelta(weeks=back) for back in reversed(range(WEEKS))]


def weekly(check_ins: pd.DataFrame, day: date) -> pd.Series:
    """For each key result with a value in these weeks the last one of each week that has one,
    oldest first, up to the day: kr_id → list."""
    first = pd.Timestamp(mondays(day)[0])
    rows = check_ins[check_ins["value"].notna() & (check_ins["date"] >= first)
                     & (check_ins["date"] <= pd.Timestamp(day))].sort_values("date")
    week = (rows["date"] - first).dt.days // 7
    return rows.groupby(["kr_id", week])["value"].last().groupby(level="kr_id").agg(list)
