"""Days whose column does not tell whether the day or the month comes first.

METHOD section 1 decides that by column; the sheets of one source are one author's, a day with dots
begins with the day, and the words of the headers tell the language where no day does.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from orgdata.sources.intake.decimals import has_comma_language
from orgdata.sources.raw import RawTable
from orgdata.sources.sheets import Sheet
from orgdata.sources.vendors.records import map_distinct
from orgdata.tabular.cells import text
from orgdata.tabular.dates import day_order

_LOOKED_AT = 20_000  # rows of a sheet
_DAY = re.compile(r"(\d{1,2})([./-])(\d{1,2})\2((?:20)?\d{2})(?=$|[ T])", re.ASCII)
_MAY_BE = r"^\d{1,2}([./-])\d{1,2}[./-](?:20)?\d{2}(?:$|[ T])"


def with_plain_days(sheets: Sequence[Sheet]) -> list[Sheet]:
    """The sheets with 2026-11-09 for 9.11.2026 and 11/9/2026 where the column proves the order, or
    dots, another column of the source, or the language of the headers tells it: sheets of both
    orders may become one table."""
    columns = [_days_in(sheet.table) for sheet in sheets]
    orders = {order for found in columns for order in found.values()} - {""}
    common = orders.pop() if len(orders) == 1 else ""
    return [replace(sheet, table=_plain(sheet.table, found, common)) if found else sheet
            for sheet, found in zip(sheets, columns, strict=True)]


def _days_in(table: RawTable) -> dict[str, str]:
    """The columns of days in numbers: what comes first, "" where that is not proven."""
    found = {}
    for name in table.frame:
        filled = text(table.frame[name].head(_LOOKED_AT)).drop_null()
        if len(filled) and _DAY.match(filled[0].as_py()):  # as few are: there may be 1,000 columns
            cells = table.frame[name].head(_LOOKED_AT).str.strip()
            days = cells[cells.str.match(_MAY_BE)].unique()
            if 2 * len(days) >= cells[cells != ""].nunique():
                found[str(name)] = day_order(days.astype(object)) or ""
    return found


def _plain(table: RawTable, found: dict[str, str], common: str) -> RawTable:
    language = "day" if has_comma_language(table) else ""
    frame = table.frame
    for name, order in found.items():
        first = order or common or language
        frame = frame.assign(**{name: map_distinct(frame[name], partial(_iso, order=first))})
    return replace(table, frame=frame)


def _iso(cell: str, order: str) -> str:
    match = _DAY.match(cell.strip())
    first = order or ("day" if match and (match[2] == "." or match[1] == match[3]) else "")
    if not match or not first:
        return cell
    day, month = (match[1], match[3]) if first == "day" else (match[3], match[1])
    year = match[4] if len(match[4]) == 4 else f"20{match[4]}"
    if int(month) > 12 or not int(month):
        return cell
    return f"{year}-{int(month):02}-{int(day):02}{cell.strip()[match.end():]}"
