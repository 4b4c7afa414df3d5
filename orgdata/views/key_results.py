"""Key results as rows for people: status, progress against expected, freshness. No Streamlit."""

import numpy as np
import pandas as pd

from orgdata import formats
from orgdata.measures.key_results import MAINTAIN
from orgdata.views import vocabulary
from orgdata.views.explain import REASON_WORDS
from orgdata.views.vocabulary import ON_PACE

JUDGED = (*ON_PACE, "needs_attention", "off_track", "missed")


def result_rows(key_results: pd.DataFrame) -> pd.DataFrame:
    """Key results as a table shows them, what needs a look first.

    Columns: kr_id, title, objective, product, status (word and symbol), because, way (baseline →
    now → target), progress, expected (floored percent), fresh, due.
    """
    order = key_results["status"].map(list(vocabulary.STATUSES).index)
    rows = key_results.assign(order=order).sort_values(
        ["order", "title", "kr_id"]).reset_index(drop=True)
    return pd.DataFrame({
        "kr_id": rows["kr_id"], "title": rows["title"], "objective": rows["objective_title"],
        "product": rows["product_name"],
        "status": vocabulary.marked(rows["status"], vocabulary.STATUSES),
        "because": _because(rows), "way": _way(rows),
        "progress": floored(rows["shown"]), "expected": floored(rows["expected"] * rows["bar"]),
        "fresh": vocabulary.marked(rows["freshness"], vocabulary.FRESHNESS, "– not asked for"),
        "due": rows["due"].dt.date, "shown": rows["shown"],
        "expected_share": rows["expected"] * rows["bar"]})


def floored(shares: pd.Series) -> pd.Series:
    """Shares of 1 as floored percentages, missing where unknown. METHOD section 5."""
    return pd.Series(np.floor(100 * shares + 1e-9), shares.index).astype("Int64")


def on_pace(key_results: pd.DataFrame, by: str) -> pd.Series:
    """Per id of a column, how many key results are on pace: “3 of 7, 2 unknown”."""
    counts = pd.DataFrame({
        "id": key_results[by], "on": key_results["status"].isin(ON_PACE),
        "unknown": key_results["status"] == "unknown"}).groupby("id").agg(
            on=("on", "sum"), unknown=("unknown", "sum"), all=("on", "size"))
    return pd.Series([_counted(*row) for row in counts.itertuples(index=False)],
                     counts.index, dtype="str")


def pace_sentence(key_results: pd.DataFrame) -> str:
    """How many of these key results are on pace, and why the rest cannot be judged."""
    if not len(key_results):
        return "No key result in this cycle."
    on = int(key_results["status"].isin(ON_PACE).sum())
    said = f"{on:,} of {formats.count(len(key_results), 'key result')} on pace"
    unknown = key_results[key_results["status"] == "unknown"]
    if not len(unknown):
        return said + "."
    why = unknown["status_reason"].value_counts()
    if len(why) == 1:
        return f"{said}; {len(unknown):,} unknown, because {REASON_WORDS[why.index[0]]}."
    reasons = [f"{count:,} because {REASON_WORDS[reason]}" for reason, count in why.items()]
    return f"{said}; {len(unknown):,} unknown: {formats.listed(reasons, most=9)}."


def _counted(on: int, unknown: int, every: int) -> str:
    return f"{on:,} of {every:,}" + (f", {unknown:,} unknown" if unknown else "")


def _because(rows: pd.DataFrame) -> pd.Series:
    reason = rows["status_reason"].map(REASON_WORDS).fillna("").astype("str")
    known = (rows["status"] == "unknown") & (rows["last_known"] != "unknown")
    last = " (last known: " + vocabulary.marked(rows["last_known"], vocabulary.STATUSES) + ")"
    return reason.where(~known, reason + last)


def _way(rows: pd.DataFrame) -> pd.Series:
    """Baseline → now → target, or the bounds and where it is now."""
    texts = [_one_way(*cells) for cells in zip(*(rows[name] for name in (
        "kind", "base", "value", "goal", "lower", "upper", "unit")), strict=True)]
    return pd.Series(texts, rows.index, dtype="str")


def _one_way(kind: str, base: float, value: float, goal: float, lower: float, upper: float,
             unit: object) -> str:
    now = formats.number(value)
    of = "" if formats.is_unknown(unit) else f" {unit}"
    if kind in MAINTAIN:
        bound = {"at_least": f"at least {formats.number(goal)}",
                 "at_most": f"at most {formats.number(goal)}"}.get(
            kind, f"{formats.number(lower)} to {formats.number(upper)}")
        return f"now {now}, to stay {bound}{of}"
    start = "" if formats.is_unknown(base) else f"{formats.number(base)} → "
    end = "no target" if formats.is_unknown(goal) else formats.number(goal)
    return f"{start}{now} → {end}{of}"
