"""The values of some key results week by week, from a database that keeps their history.

The last value of each week is found there, so that what is fetched grows neither with the length
of the history nor with the number of other key results. Only where `sql_history` left check-ins in
the database; several of one day were fetched with the portfolio, which knows which of them counts.
"""

import math
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any

import pandas as pd
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from orgdata.model.settings import Settings
from orgdata.sources.sql.recent_check_ins import Readable, readable
from orgdata.sources.sql.rows import as_text


def weeks(connection: Connection, table: sa.TableClause, settings: Settings,
          kr_ids: Sequence[str], mondays: Sequence[date], until: date) -> pd.DataFrame:
    """kr_id, date and value of the last check-in with a value in each of the weeks that begin on
    these days; none where the table is not one that SQL reads as we do."""
    found = readable(connection, table, settings)
    rows = () if found is None or "value" not in found.columns or not kr_ids else (
        connection.execute(_query(found, kr_ids, mondays, until)).all())
    kept = [row for row in _typed(rows) if row[0] in set(kr_ids)]  # ids are compared by their case
    return pd.DataFrame(kept, columns=["kr_id", "date", "value"]).astype(
        {"kr_id": "str", "date": "datetime64[s]", "value": "float64"})


def _query(table: Readable, kr_ids: Sequence[str], mondays: Sequence[date],
           until: date) -> sa.Select[Any]:
    """No database is asked what a week is: its first days are told."""
    text = table.kinds["date"] == "text"
    first, *_ = begins = [day.isoformat() if text else day for day in mondays]
    kr_id, value = table.columns["kr_id"], table.columns["value"]
    asked = kr_id if table.kinds["kr_id"] == "text" else sa.cast(kr_id, sa.String)
    week = sa.case(*((table.day >= begin, sa.literal_column(str(number)))
                     for number, begin in reversed(list(enumerate(begins)))))
    ranked = sa.select(
        kr_id.label("kr_id"), table.day.label("day"), value.label("value"),
        sa.func.row_number().over(partition_by=[table.key, week],
                                  order_by=table.day.desc()).label("nth"),
    ).select_from(table.table).where(
        asked.in_(kr_ids), value.is_not(None), table.day >= first,
        table.day <= (until.isoformat() if text else until)).subquery("orgdata_weeks")
    return sa.select(ranked.c.kr_id, ranked.c.day, ranked.c.value).where(ranked.c.nth == 1)


def _typed(rows: Sequence[sa.Row[Any]]) -> Iterator[tuple[str, date, float]]:
    """Ids as text, days as days; numbers that are none are left out."""
    for kr_id, day, value in zip(as_text(row.kr_id for row in rows), (row.day for row in rows),
                                 (row.value for row in rows), strict=True):
        if math.isfinite(value):
            yield (kr_id, day.date() if isinstance(day, datetime) else
                   date.fromisoformat(day) if isinstance(day, str) else day, float(value))
