"""The values of some key results week by week, from a database that keeps their history.

The last value of each week is selected there, so that what is fetched grows neither with the length
of the history nor with the number of other key results. Used only if `recent_check_ins` left
check-ins in the database; of several on one day, the portfolio already has the one that counts.
"""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any

import pandas as pd
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from orgdata.model.fields import LARGEST
from orgdata.model.settings import Settings
from orgdata.sources.sql.recent_check_ins import Readable, readable
from orgdata.sources.sql.rows import as_text, fetch_all


def weekly_values(connection: Connection, table: sa.TableClause, settings: Settings,
                  kr_ids: Sequence[str], mondays: Sequence[date], until: date) -> pd.DataFrame:
    """kr_id, date and value of the last check-in with a value in each week that begins on one of
    these days; no rows if SQL may read the table otherwise than we do."""
    check_ins = readable(connection, table, settings)
    rows = () if check_ins is None or "value" not in check_ins.columns or not kr_ids else (
        fetch_all(connection.execute(_query(check_ins, kr_ids, mondays, until)), "check_ins"))
    # the database may ignore the case of ids
    values = [row for row in _typed(rows) if row[0] in set(kr_ids)]
    return pd.DataFrame(values, columns=["kr_id", "date", "value"]).astype(
        {"kr_id": "str", "date": "datetime64[s]", "value": "float64"})


def _query(table: Readable, kr_ids: Sequence[str], mondays: Sequence[date],
           until: date) -> sa.Select[Any]:
    """Select by the first days of the weeks, since databases differ in what a week is."""
    text = table.kinds["date"] == "text"
    first, *_ = begins = [day.isoformat() if text else day for day in mondays]
    kr_id, value = table.columns["kr_id"], table.columns["value"]
    kr_text = kr_id if table.kinds["kr_id"] == "text" else sa.cast(kr_id, sa.String)
    week = sa.case(*((table.day >= begin, sa.literal_column(str(number)))
                     for number, begin in reversed(list(enumerate(begins)))))
    ranked = sa.select(
        kr_id.label("kr_id"), table.day.label("day"), value.label("value"),
        sa.func.row_number().over(partition_by=[table.key, week],
                                  order_by=table.day.desc()).label("nth"),
    ).select_from(table.table).where(
        kr_text.in_(kr_ids), value.is_not(None), table.day >= first,
        table.day <= (until.isoformat() if text else until)).subquery("orgdata_weeks")
    return sa.select(ranked.c.kr_id, ranked.c.day, ranked.c.value).where(ranked.c.nth == 1)


def _typed(rows: Sequence[sa.Row[Any]]) -> Iterator[tuple[str, date, float]]:
    """Rows with ids as text, days as dates and numbers up to 1e15; others are left out."""
    for kr_id, day, value in zip(as_text(row.kr_id for row in rows), (row.day for row in rows),
                                 (row.value for row in rows), strict=True):
        if abs(value) <= LARGEST:
            yield (kr_id, day.date() if isinstance(day, datetime) else
                   date.fromisoformat(day) if isinstance(day, str) else day, float(value))
