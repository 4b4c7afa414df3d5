"""The check-ins of a Viva Goals export: the last one in columns of its own, all of them in
`Checkins` and the columns without a header after it.

A cell holds one as `Checkin Date: 2026-11-13; User: Ada Park; Note: …; Metric Name: …; Status: On
Track; Current Value: 25%; Activity Date: 2026-11-13 20:57:08 UTC;`. Day and value alone are read
too, in one cell or in two that stand side by side; nothing else is guessed at.
"""

import re
from collections.abc import Mapping

import numpy as np
import pandas as pd

from orgdata.sources.vendors.goals import translated
from orgdata.sources.vendors.records import Records, iso_days

_COLUMNS = ["kr_id", "date", "value", "status", "note", "author_id"]
_DAY = (r"(?:\d{4}-\d{1,2}-\d{1,2}(?:[T ]\d{1,2}:\d{2}(?::\d{2})?(?: ?(?:UTC|Z))?)?"
        r"|\d{1,2}[/.-](?:[A-Za-z]{3,9}|\d{1,2})[/.-]\d{2,4})")
_VALUE = r"[-+]?[$€£]?\d[\d.,]*(?: ?(?:%|k|m|bn))?"
_LABELLED = re.compile(
    r"Checkin Date:(?P<date>[^;]*)(?:;\s*User:(?P<author_id>[^;]*))?(?:;\s*Note:(?P<note>.*?))?"
    r"(?:;\s*Metric Name:[^;]*)?(?:;\s*Status:(?P<status>[^;]*))?"
    r"(?:;\s*Current Value:(?P<value>[^;]*))?(?:;\s*Activity Date:(?P<at>[^;]*))?;?",
    re.IGNORECASE | re.DOTALL)
_SHORT = re.compile(
    rf"(?P<date>{_DAY})\s*[:,;|]\s*(?P<value>{_VALUE})(?:\s*[,;|]\s*(?P<status>[^,;|\d]*)"
    r"(?:[,;|]\s*(?P<note>.*))?)?", re.IGNORECASE | re.DOTALL)
_ALONE = re.compile(_DAY)
_NUMBER = re.compile(_VALUE, re.IGNORECASE)


def check_ins(records: Records, goals: pd.DataFrame, words: Mapping[str, str]) -> pd.DataFrame:
    """One check-in per key result and day, at the record it stands in. `words` are the status
    words that mean another thing to us."""
    results = goals["id"][goals["result"] & ~goals["id"].duplicated()]
    last = _last(records, goals.loc[results.index])
    listed = _listed(records, results)
    both = pd.concat([listed.assign(status=translated(listed["status"], words)), last])
    both["row"] = both.index
    both = both.replace("", np.nan).dropna(subset=["kr_id", "date"])  # a blank gives way
    found = both.groupby(["kr_id", "date"], sort=False)[[*_COLUMNS[2:], "row"]].first()
    found = found.reset_index().sort_values(["row", "date"], kind="stable").set_index("row")
    return found.rename_axis(None).fillna("").astype("str")


def _last(records: Records, results: pd.DataFrame) -> pd.DataFrame:
    """The last check-in of each key result that had one."""
    rows = results.index
    return pd.DataFrame({
        "kr_id": results["id"], "date": records.days("Last Check-in", "End Date")[rows],
        "value": results["current"], "status": results["status"],
        "note": records["Last Check-in Note"][rows], "author_id": ""}, index=rows)


def _listed(records: Records, results: pd.Series) -> pd.DataFrame:
    """The check-ins that are listed; of several on one day the latest."""
    held = _cells(records, results.index)
    found = _found(held)
    unread = held[np.array([one is None for one in found], dtype=bool)]
    for column, cells in unread.groupby("column"):
        records.remark(str(column), cells.set_index("row")["text"], "bad_value", "not a check-in "
                       "that can be read (a day and a value); it is kept with the record")
    blank = dict.fromkeys(["at", *_COLUMNS], "")
    rows = [{"row": row, **blank, **one} for row, one in zip(held["row"], found, strict=True)
            if one]
    listed = pd.DataFrame(rows, columns=["row", *blank]).astype(
        {"row": "int64"} | dict.fromkeys(blank, "str")).set_index("row")
    listed["kr_id"] = results[listed.index].to_numpy()
    return _latest(records, listed.assign(date=iso_days(listed["date"])[0]))


def _found(held: pd.DataFrame) -> list[dict[str, str] | None]:
    """The check-in of each cell: None where it holds none that can be read, nothing where it is
    the value of the day in the cell before it."""
    found = [_read(text) for text in held["text"]]
    beside = held["text"].shift(-1).where(held["row"].shift(-1) == held["row"], "")
    for place, (text, following) in enumerate(zip(held["text"], beside, strict=True)):
        if found[place] is None and _ALONE.fullmatch(text) and _NUMBER.fullmatch(following):
            found[place], found[place + 1] = {"date": text, "value": following}, {}
    return found


def _latest(records: Records, listed: pd.DataFrame) -> pd.DataFrame:
    """The last entered of the check-ins of one day; that the others give way is said."""
    order = listed.sort_values("at", kind="stable")
    later = order.duplicated(["kr_id", "date"], keep="last")
    records.remark("Checkins", order["date"][later].rename_axis(None), "merged",
                   "a later check-in of that day stands in its place", "information")
    return order[~later].drop(columns="at")


def _cells(records: Records, rows: pd.Index) -> pd.DataFrame:
    """The cells of key results that may hold a check-in, record by record in their order."""
    columns = [name for name in records.sheet.frame.columns if re.fullmatch(
        r"(array::)?check-?ins(_\d+)?|column_\d+", name.strip(), re.IGNORECASE)]
    held = [pd.DataFrame({"row": rows, "place": place, "column": name,
                          "text": records[name][rows].to_numpy()})
            for place, name in enumerate(columns)]
    if not held:
        return pd.DataFrame({"row": [], "column": [], "text": []}, dtype="str")
    together = pd.concat(held).query("text != ''")
    return together.sort_values(["row", "place"], ignore_index=True)


def _read(text: str) -> dict[str, str] | None:
    """The parts of a check-in; None where the cell holds none that can be read."""
    found = _LABELLED.fullmatch(text) or _SHORT.fullmatch(text)
    if not found or not found["date"].strip():
        return None
    return {name: (part or "").strip() for name, part in found.groupdict().items()}
