"""The check-ins in a Viva Goals export: the last one in columns of its own, all of them in
`Checkins` and the columns without a header after it.

A cell holds one as `Checkin Date: 2026-11-13; User: Ada Park; Note: …; Metric Name: …; Status: On
Track; Current Value: 25%; Activity Date: 2026-11-13 20:57:08 UTC;`. Day and value alone are read
too, in one cell or in two adjacent ones; nothing else is guessed.
"""

import re
from collections.abc import Mapping

import numpy as np
import pandas as pd

from orgdata.sources.vendors.goals import translate_status
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
    rf"(?P<date>{_DAY})\s*[:,;|]\s*(?P<value>{_VALUE})(?:\s*[,;|]\s*+(?P<status>[^,;|\d]*)"
    r"(?:[,;|]\s*(?P<note>.*))?)?", re.IGNORECASE | re.DOTALL)
_ALONE = re.compile(_DAY)
_NUMBER = re.compile(_VALUE, re.IGNORECASE)


def check_ins(records: Records, goals: pd.DataFrame, words: Mapping[str, str]) -> pd.DataFrame:
    """One check-in per key result and day, at the row of its record. `words` are the status words
    that mean another thing to us → ours."""
    results = goals["id"][goals["result"] & ~goals["id"].duplicated()]
    last = _last(records, goals.loc[results.index])
    listed = _listed(records, results)
    rows = pd.concat([listed.assign(status=translate_status(listed["status"], words)), last])
    rows["row"] = rows.index
    rows = rows.replace("", np.nan).dropna(subset=["kr_id", "date"])  # first() skips them
    merged = rows.groupby(["kr_id", "date"], sort=False)[[*_COLUMNS[2:], "row"]].first()
    merged = merged.reset_index().sort_values(["row", "date"], kind="stable").set_index("row")
    return merged.rename_axis(None).fillna("").astype("str")


def _last(records: Records, results: pd.DataFrame) -> pd.DataFrame:
    """The last check-in of each key result, from its own columns."""
    rows = results.index
    return pd.DataFrame({
        "kr_id": results["id"], "date": records.days("Last Check-in", "End Date")[rows],
        "value": results["current"], "status": results["status"],
        "note": records["Last Check-in Note"][rows], "author_id": ""}, index=rows)


def _listed(records: Records, results: pd.Series) -> pd.DataFrame:
    """The check-ins of the `Checkins` columns; of several on one day the latest."""
    texts = _cells(records, results.index)
    parsed = _check_ins_in(texts)
    unread = texts[np.array([check_in is None for check_in in parsed], dtype=bool)]
    for column, cells in unread.groupby("column"):
        records.remark(str(column), cells.set_index("row")["text"], "bad_value", "not a check-in "
                       "that can be read (a day and a value); it is kept with the record")
    blank = dict.fromkeys(["at", *_COLUMNS], "")
    rows = [{"row": row, **blank, **check_in}
            for row, check_in in zip(texts["row"], parsed, strict=True) if check_in]
    listed = pd.DataFrame(rows, columns=["row", *blank]).astype(
        {"row": "int64"} | dict.fromkeys(blank, "str")).set_index("row")
    listed["kr_id"] = results[listed.index].to_numpy()
    return _latest(records, listed.assign(date=iso_days(listed["date"])[0]))


def _check_ins_in(texts: pd.DataFrame) -> list[dict[str, str] | None]:
    """The check-in in each cell: None if none can be read, {} if the cell is the value of the day
    in the cell before it."""
    parsed = [_parse(text) for text in texts["text"]]
    next_texts = texts["text"].shift(-1).where(texts["row"].shift(-1) == texts["row"], "")
    for at, (text, following) in enumerate(zip(texts["text"], next_texts, strict=True)):
        if parsed[at] is None and _ALONE.fullmatch(text) and _NUMBER.fullmatch(following):
            parsed[at], parsed[at + 1] = {"date": text, "value": following}, {}
    return parsed


def _latest(records: Records, listed: pd.DataFrame) -> pd.DataFrame:
    """The check-in entered last for each day; those it replaces are reported."""
    order = listed.sort_values("at", kind="stable")
    later = order.duplicated(["kr_id", "date"], keep="last")
    records.remark("Checkins", order["date"][later].rename_axis(None), "merged",
                   "a later check-in of that day stands in its place", "information")
    return order[~later].drop(columns="at")


def _cells(records: Records, rows: pd.Index) -> pd.DataFrame:
    """The cells of key results that may hold check-ins, by record and in order."""
    columns = [name for name in records.sheet.frame.columns if re.fullmatch(
        r"(array::)?check-?ins(_\d+)?|column_\d+", name.strip(), re.IGNORECASE)]
    parts = [pd.DataFrame({"row": rows, "place": place, "column": name,
                           "text": records[name][rows].to_numpy()})
             for place, name in enumerate(columns)]
    if not parts:
        return pd.DataFrame({"row": [], "column": [], "text": []}, dtype="str")
    together = pd.concat(parts).query("text != ''")
    return together.sort_values(["row", "place"], ignore_index=True)


def _parse(text: str) -> dict[str, str] | None:
    """The parts of the check-in in a cell; None if none can be read."""
    match = _LABELLED.fullmatch(text) or _SHORT.fullmatch(text)
    if not match or not match["date"].strip():
        return None
    return {name: (value or "").strip() for name, value in match.groupdict().items()}
