"""Key results as rows for people: status, progress against expected, freshness. No Streamlit."""

import pandas as pd

from orgdata import formats
from orgdata.measures import Alignment
from orgdata.measures.key_results import MAINTAIN
from orgdata.measures.progress import BEHIND, ON_PACE
from orgdata.views import answers, vocabulary
from orgdata.views.vocabulary import REASON, STATUS

JUDGED = (*ON_PACE, *BEHIND)


def result_rows(key_results: pd.DataFrame) -> pd.DataFrame:
    """Key results as a table shows them, what needs a look first.

    Columns: kr_id, title, objective, product, of (product and objective), status (state), because,
    way (baseline → now → target), progress, expected (in percent), fresh (state; missing where no
    check-in is due), due, shown and expected_share (the same as shares).
    """
    status = shown_status(key_results)
    rows = key_results.assign(status=status, order=vocabulary.rank(status, STATUS)).sort_values(
        ["order", "title", "kr_id"]).reset_index(drop=True)
    return pd.DataFrame({
        "kr_id": rows["kr_id"], "title": rows["title"], "objective": rows["objective_title"],
        "product": rows["product_name"],
        "of": (rows["product_name"] + " · " + rows["objective_title"]).fillna(
            rows["objective_title"]),
        "status": rows["status"], "because": _because(rows), "way": way(rows),
        "progress": formats.percentages(rows["shown"]),
        "expected": formats.percentages(rows["expected"] * rows["bar"]),
        "fresh": rows["freshness"], "due": rows["due"].dt.date, "shown": rows["shown"],
        "expected_share": rows["expected"] * rows["bar"]})


def shown_status(key_results: pd.DataFrame) -> pd.Series:
    """The status as people read it: what is kept but can still break is holding, not achieved."""
    return key_results["status"].mask(key_results["holding"], "holding")


def on_pace(key_results: pd.DataFrame, by: str) -> pd.DataFrame:
    """Per id of a column, how many of its key results are `on` pace, `unknown`, and `all`."""
    return pd.DataFrame({
        "id": key_results[by], "on": key_results["status"].isin(ON_PACE),
        "unknown": key_results["status"] == "unknown"}).groupby("id").agg(
            on=("on", "sum"), unknown=("unknown", "sum"), all=("on", "size"))


def pace_words(counts: pd.DataFrame) -> pd.Series:
    """The counts of `on_pace` in words: “3 of 7, 2 unknown”."""
    return pd.Series([f"{on:,} of {total:,}" + (f", {unknown:,} unknown" if unknown else "")
                      for on, unknown, total in counts.itertuples(index=False)],
                     counts.index, dtype="str")


def pace_sentence(key_results: pd.DataFrame, alignment: Alignment) -> str:
    """How many of these key results are on pace, and why the rest cannot be judged."""
    if not alignment.basis.proof:
        return answers.unknown_because(alignment.portfolio, "objectives", "key_results")
    if not len(key_results):
        return "No key result in this cycle."
    on = int(key_results["status"].isin(ON_PACE).sum())
    text = f"{on:,} of {formats.count(len(key_results), 'key result')} on pace"
    unknown = key_results[key_results["status"] == "unknown"]
    if not len(unknown):
        return text + "."
    why = unknown["status_reason"].value_counts()
    if len(why) == 1:
        return f"{text}; {len(unknown):,} unknown, because {REASON[why.index[0]]}."
    reasons = [f"{count:,} because {REASON[reason]}" for reason, count in why.items()]
    return f"{text}; {len(unknown):,} unknown: {formats.listed(reasons, most=9)}."


def _because(rows: pd.DataFrame) -> pd.Series:
    reason = rows["status_reason"].map(REASON).fillna("").astype("str")
    known = (rows["status"] == "unknown") & (rows["last_known"] != "unknown")
    last = " (last known: " + vocabulary.marked(rows["last_known"], STATUS) + ")"
    return reason.where(~known, reason + last)


def way(rows: pd.DataFrame) -> pd.Series:
    """Of key results baseline → now → target, or the bounds and where each is now."""
    texts = [_way_text(*cells) for cells in zip(*(rows[name] for name in (
        "kind", "base", "value", "goal", "lower", "upper", "unit")), strict=True)]
    return pd.Series(texts, rows.index, dtype="str")


def _way_text(kind: str, base: float, value: float, goal: float, lower: float, upper: float,
              unit: object) -> str:
    if kind in MAINTAIN:
        bounds = (lower, upper) if kind == "between" else (goal,)
        if any(map(formats.is_unknown, bounds)):
            return f"now {formats.steps([value], unit)}, no bound known"
        bound = {"at_least": f"at least {formats.steps([goal], unit)}",
                 "at_most": f"at most {formats.steps([goal], unit)}"}.get(
            kind, f"{formats.number(lower)} to {formats.steps([upper], unit)}")
        return f"now {formats.steps([value])}, to stay {bound}"
    known = [value] if formats.is_unknown(base) else [base, value]
    if formats.is_unknown(goal):
        return f"{formats.steps(known, unit)}, no target"
    return formats.steps([*known, goal], unit)
