"""Fetch only the check-ins that count, with the same results as if all were fetched.

Check-ins are the table that grows. Fetched for each key result: its last check-in, the last three
with a value and with a confidence, the last with each other column (METHOD sections 4 and 6 use no
more), all after the requested day, and all rows with a fault, so that every fault is reported. Each
row keeps its number among all rows. The others are only counted.

Results are exact for the requested day and all later ones, since later check-ins are all fetched.

This requires that SQL reads the cells as we do. A table for which that is not certain (dates in
several forms, numbers with symbols in them, ids with spaces around them …) is read whole.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from orgdata.model.fields import LARGEST
from orgdata.model.portfolio import NotFetched
from orgdata.model.schema import TABLES
from orgdata.model.settings import Settings
from orgdata.sources.raw import CheckInsWanted, KeyResults, RawSource, RawTable
from orgdata.sources.sql.column_scales import confidences_of, may_rescale
from orgdata.sources.sql.rows import as_text, fetch_all, raw_table
from orgdata.sources.sql.types import column_types, plain_kinds
from orgdata.sources.text.delimited import header_names
from orgdata.tabular.columns import match_columns

_WANTED = {  # how many of the last check-ins that have it; kr_id: of any check-ins
    "kr_id": 1, "value": 3, "confidence": 3, "status": 1, "note": 1, "author_id": 1}
_MOST_DAYS = 20_000  # distinct ones that are checked one by one where days are text
_MOST_STRAYS = 500  # ids of key results that do not exist, each a parameter of the query
_KEYS_ARE_BYTES = ("duckdb", "mysql", "mariadb")  # see _as_bytes
_FAR = f"{LARGEST:.0e}"  # larger numbers, infinity and NaN are not compared in SQL

Column = sa.ColumnElement[Any]


def as_fetched(check_ins: pd.DataFrame, day: pd.Timestamp) -> pd.DataFrame:
    """The check-ins that a fetch for this day would return, of accepted ones that were fetched for
    it or an earlier day: so that both give the same table."""
    past = check_ins[check_ins["date"] <= day].sort_values("date", ascending=False)
    rows = [check_ins.index[check_ins["date"] > day]]
    for column, last in _WANTED.items():
        filled = past[past[column].notna()]
        rows.append(filled.index[filled.groupby("kr_id").cumcount() < last])
    return check_ins[check_ins.index.isin(np.concatenate(rows))].reset_index(drop=True)


@dataclass(frozen=True)
class Readable:
    """A table of check-ins whose cells SQL reads as we do."""

    table: sa.TableClause
    names: list[str]
    columns: Mapping[str, sa.ColumnClause[Any]]  # by our names
    kinds: Mapping[str, str]  # text, whole, number, day, moment
    key: Column  # kr_id, compared byte by byte
    day: Column
    order: list[sa.ColumnClause[Any]]  # of the rows when read whole; empty: as stored


def fetch_recent(connection: Connection, table: sa.TableClause, source: RawSource,
                 history: CheckInsWanted) -> RawTable | None:
    """Fetch the check-ins that count; None if the table has to be read whole to be exact."""
    readable_table = readable(connection, table, source.settings)
    if readable_table is None:
        return None
    if may_rescale(source):
        return None
    known = history.key_results(source)
    counted = _counted(connection, readable_table, known)
    if counted is None:
        return None
    total, strays = counted
    confidences = confidences_of(connection, table, readable_table.columns.get("confidence"))
    scale = source.settings.confidence_scale or confidences.scale or 10
    day = history.day.isoformat() if readable_table.kinds["date"] == "text" else history.day
    rows = fetch_all(connection.execute(_query(readable_table, day, strays, scale)), "check_ins")
    fetched = [row[:-1] for row in rows]
    few = raw_table("check_ins", f"table {table.fullname}", readable_table.names, fetched,
                    [int(row[-1]) + 1 for row in rows],  # row 1 is the header
                    NotFetched(total - len(rows), history.day), confidences)
    return None if _has_blanks(few, readable_table) else few


def readable(connection: Connection, table: sa.TableClause,
             settings: Settings) -> Readable | None:
    """Describe a table of check-ins; None if SQL may read its cells otherwise than we do."""
    names = [str(name) for name in connection.execute(
        sa.select(sa.text("*")).select_from(table).where(sa.false())).keys()]
    chosen, _ = match_columns(TABLES["check_ins"], names, settings.columns.get("check_ins", {}))
    mapped = settings.values.get("check_ins", {}).keys() - {"status", "note", "author_id"}
    if header_names(names)[1] or mapped or not {"kr_id", "date"} <= chosen.keys():
        return None
    columns: dict[str, sa.ColumnClause[Any]] = {
        ours: sa.column(theirs) for ours, theirs in chosen.items()}
    types = column_types(connection, table, chosen)
    kinds = plain_kinds(types) if types else None
    order = _order(connection, table)
    if kinds is None or order is None or (kinds["date"] == "text"
                                          and not _are_days(connection, table, columns["date"])):
        return None
    return Readable(table, names, columns, kinds, _as_bytes(connection, chosen["kr_id"], kinds),
                    sa.cast(columns["date"], sa.Date) if kinds["date"] == "moment"
                    else columns["date"], order)


def _order(connection: Connection, table: sa.TableClause) -> list[sa.ColumnClause[Any]] | None:
    """The order that numbers rows as when all are read; None if unknown. MariaDB reads by primary
    key, but numbers rows arbitrarily unless ordered; other databases number them as stored."""
    if connection.dialect.name not in ("mysql", "mariadb"):
        return []
    key = sa.inspect(connection).get_pk_constraint(table.name, table.schema)["constrained_columns"]
    return [sa.column(name) for name in key] or None


def _as_bytes(connection: Connection, kr_id: str, kinds: Mapping[str, str]) -> Column:
    """The id compared byte by byte: "k1" and "K1" differ, whatever the database's collation."""
    plain: Column = sa.column(kr_id)
    if kinds["kr_id"] != "text":
        return plain
    name = connection.dialect.name
    if name == "postgresql":
        return sa.cast(plain, sa.Text).collate("C")
    if name == "sqlite":
        return plain.collate("binary")
    if name == "duckdb":
        return sa.func.encode(plain)
    quoted = connection.dialect.identifier_preparer.quote(kr_id)
    return sa.literal_column(f"cast(convert({quoted} using utf8mb4) as binary)")


def _are_days(connection: Connection, table: sa.TableClause, column: Column) -> bool:
    """Whether days kept as text are all written like 2026-11-20, so that they sort as days do."""
    written = connection.execute(sa.select(column).select_from(table).distinct()
                                 .limit(_MOST_DAYS + 1)).scalars().all()
    return len(written) <= _MOST_DAYS and all(day is None or _is_day(day) for day in written)


def _is_day(written: object) -> bool:
    try:
        return date.fromisoformat(str(written)).isoformat() == written
    except ValueError:
        return False


def _counted(connection: Connection, table: Readable,
             known: KeyResults) -> tuple[int, list[Any]] | None:
    """The number of rows, and the ids that are no key result; None if SQL may compare an id or a
    number otherwise than we do, if too many ids are unknown, or if one is a name: a check-in that
    is joined by it may be of the same day as one that stays."""
    odd = sa.or_(*(sa.not_(table.columns[name].between(_number(f"-{_FAR}"), _number(_FAR)))
                   for name in ("value", "confidence") if name in table.columns), sa.false())
    if table.kinds["date"] != "text":
        odd |= table.day < sa.literal_column("'1000-01-01'")
    of_key = fetch_all(connection.execute(sa.select(
        sa.func.min(table.columns["kr_id"]), sa.func.count(),
        sa.func.sum(sa.case((odd, 1), else_=0))).select_from(table.table).group_by(table.key)),
        "check_ins")
    ids = {raw: text for raw, text in zip((row[0] for row in of_key),
                                          as_text(row[0] for row in of_key), strict=True) if text}
    if (not of_key or any(row[2] for row in of_key) or len(set(ids.values())) != len(ids)
            or any(text != text.strip() for text in ids.values())):
        return None
    as_bytes = table.kinds["kr_id"] == "text" and connection.dialect.name in _KEYS_ARE_BYTES
    strays = [text.encode() if as_bytes else raw
              for raw, text in ids.items() if known.ids and text not in known.ids]
    if len(strays) <= _MOST_STRAYS and known.knows(
            [text for text in ids.values() if text not in known.ids]):
        return None
    return (sum(row[1] for row in of_key), strays) if len(strays) <= _MOST_STRAYS else None


def _query(table: Readable, day: object, strays: list[Any], scale: int) -> sa.Select[Any]:
    """One statement for all columns and the row number of the check-ins to fetch."""
    number = sa.func.row_number().over(order_by=table.order or None).label("orgdata_row")
    all_rows = sa.select(*(sa.column(name) for name in table.names), number,
                         table.key.label("orgdata_key"), table.day.label("orgdata_day")
                         ).select_from(table.table).subquery("orgdata_all")
    row, key, on = all_rows.c.orgdata_row, all_rows.c.orgdata_key, all_rows.c.orgdata_day

    def newest_first(function: sa.FunctionElement[Any], **more: Any) -> sa.Over[Any]:
        return function.over(partition_by=key, order_by=[on.desc(), row.desc()], **more)

    beside = sa.select(
        *all_rows.c, newest_first(sa.func.lag(on)).label("orgdata_after"),
        newest_first(sa.func.lead(on)).label("orgdata_before")).subquery("orgdata_beside")
    cells = {ours: beside.c[column.name] for ours, column in table.columns.items()}
    holds = {ours: _holds(ours, cells[ours], table.kinds[ours], scale)
             for ours in _WANTED if ours in cells}
    on, after = beside.c.orgdata_day, beside.c.orgdata_after
    key, row = beside.c.orgdata_key, beside.c.orgdata_row
    counts = (on <= day) & (after.is_(None) | (after != on))  # the later row of a day wins
    ranked = sa.select(*beside.c, *(
        newest_first(sa.func.sum(sa.case((counts & there, 1), else_=0)), rows=(None, 0))
        .label(f"orgdata_nth_{ours}") for ours, there in holds.items())).subquery("orgdata_ranked")
    return _fetched(table, ranked, strays, scale)


def _fetched(table: Readable, ranked: sa.Subquery, strays: list[Any],
             scale: int) -> sa.Select[Any]:
    cells = {ours: ranked.c[column.name] for ours, column in table.columns.items()}
    on = ranked.c.orgdata_day
    wanted = [  # check-ins after the requested day have the number 0, and so are always included
        *(_holds(ours, cells[ours], table.kinds[ours], scale)
          & (ranked.c[f"orgdata_nth_{ours}"] <= last)
          for ours, last in _WANTED.items() if ours in cells),
        # faults: blank cells that are required, two rows of one day, no such key result
        on.is_(None), sa.not_(_is_there(cells["kr_id"], table.kinds["kr_id"])),
        ranked.c.orgdata_after == on, ranked.c.orgdata_before == on]
    if "confidence" in cells:
        wanted.append(sa.not_(cells["confidence"].between(_number("0"), _number(str(scale)))))
    if strays:
        wanted.append(ranked.c.orgdata_key.in_(strays))
    return (sa.select(*(ranked.c[name] for name in table.names), ranked.c.orgdata_row)
            .where(sa.or_(*wanted)).order_by(ranked.c.orgdata_row))


def _holds(ours: str, cell: Column, kind: str, scale: int) -> Column:
    """Whether a cell will hold a known value once it is read; `scale` is full confidence."""
    if ours == "confidence":
        return cell.between(_number("0"), _number(str(scale)))
    return _is_there(cell, kind)


def _is_there(cell: Column, kind: str) -> Column:
    filled: Column = cell.is_not(None)
    return filled & (cell != sa.literal_column("''")) if kind == "text" else filled


def _number(written: str) -> Column:
    """A number as literal SQL: a parameter would have a type of its own."""
    return sa.literal_column(written)


def _has_blanks(fetched: RawTable, table: Readable) -> bool:
    """Whether a cell that is text to SQL is blank to us: it may hold only unusual spaces."""
    texts: Iterable[str] = (table.columns[ours].name for ours in table.columns
                            if table.kinds[ours] == "text")
    return any(((fetched.frame[name] != "") & (fetched.frame[name].str.strip() == "")).any()
               for name in texts)
