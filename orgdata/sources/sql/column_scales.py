"""What a database tells about the scales of its columns, without fetching their rows (METHOD
section 1, *Confidence* and *Inside one key result*)."""

import re
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from orgdata.sources.raw import RawSource
from orgdata.tabular.scales import NO_CONFIDENCES, Spread

_MEASURED = frozenset(["baseline", "target", "lower", "upper", "current"])
# Beside fractions a value with % is divided, and 1.200 may be 1200: see validate/one_scale.py
_TELLS_NO_SCALE = re.compile(r"%|[.,][0-9]{3}(?![0-9])")


def may_rescale(source: RawSource) -> bool:
    """Whether a key result may have values whose scale only all its check-ins can tell."""
    raw = source.tables.get("key_results")
    if raw is None:
        return False
    return any(raw.frame[theirs].str.contains(_TELLS_NO_SCALE).any()
               for ours, theirs in source.columns_of("key_results").items()
               if ours in _MEASURED and theirs not in raw.exact_columns)


def confidences_of(connection: Connection, table: sa.TableClause,
                   cell: sa.ColumnElement[Any] | None) -> Spread:
    """What all confidences in a column of numbers tell about their scale."""
    if cell is None:
        return NO_CONFIDENCES
    # SQLite may lack floor; others raise an error where a number is too large to be cast
    whole = sa.cast(cell, sa.BigInteger) if connection.dialect.name == "sqlite" else sa.func.floor(
        cell)
    bounds = [cell > sa.literal_column(bound) for bound in ("1", "5", "10", "100")]
    between = (cell > sa.literal_column("0")) & (cell < sa.literal_column("1"))
    counts = connection.execute(sa.select(sa.func.count(cell), *(
        sa.func.coalesce(sa.func.sum(sa.case((holds, 1), else_=0)), 0)
        for holds in (between, cell != whole, *bounds))).select_from(table)).one()
    return Spread(*map(int, counts))
