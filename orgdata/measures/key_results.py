"""Key results: value, progress, expected progress, freshness and status (METHOD section 4).

Unknown is a value of its own: a missing progress or status always has a reason.
"""

from collections.abc import Collection

import numpy as np
import pandas as pd

from orgdata.measures.check_ins import with_check_ins
from orgdata.measures.column import Columns, dated, flag, maybe, number, text
from orgdata.measures.pace import pace_status
from orgdata.model.portfolio import Portfolio
from orgdata.model.settings import Settings
from orgdata.tabular.lookup import is_word, positions
from orgdata.tabular.select import (
    TOLERANCE,
    Condition,
    add_columns,
    case_when,
    first_true,
    is_closed,
    rows_where,
    words_at,
)

COLUMNS: Columns = {"key_results": {
    "kind": text("kr_type, else what baseline and target tell, else unspecified"),
    "base": number("the baseline, 0 by default where binary or a milestone"),
    "goal": number("the target, 1 by default where binary or a milestone"),
    "measurable": flag("whether its target or bounds can be compared with a value"),
    "guardrail": flag("is_guardrail, blank as no"),
    "in_scope": flag("whether its own status is open"),
    "start": dated("its start, else its objective's"),
    "due": dated("its due date, else its objective's end"),
    "tier1": flag("whether its objective leads to a tier-1 outcome"),
    "committed": flag("whether its objective is committed"),
    "aspirational": flag("whether its objective is aspirational"),
    "progress": number("raw progress; missing with a reason"),
    "progress_reason": text("why it is missing: no_target, no_baseline, no_data, zero_range"),
    "shown": number("progress clamped to 0–1"),
    "met": maybe("whether the value reaches the goal or stands inside its bounds"),
    "tau": number("τ: the share of its time that is over"),
    "expected": number("e: the progress expected by now, before the bar"),
    "bar": number("b: 0.7 where aspirational, else 1"),
    "lag": number("b · e − progress"),
    "cadence": number("days between check-ins: its own, else its cycle's, else the setting"),
    "age": number("days since the latest check-in that says anything"),
    "freshness": text("fresh, late, stale, not_due or never; missing where none is due"),
    "status": text("the computed status"),
    "status_reason": text("why it is unknown, or off track for its bounds"),
    "holding": flag("achieved, but before its due date still able to break: a guardrail or bound"),
    "last_known": text("the status were the data fresh"),
    "reason": text("the status' reason, else the progress'"),
    "reported_status": text("the status column of key_results as it stands there"),
}}
COUNTED = ("binary", "milestone")  # baseline 0 and target 1 by default
MOVING = ("increase", "decrease", "unspecified", *COUNTED)
MAINTAIN = ("at_least", "at_most", "between")
_KINDS = pd.Index([*MOVING, *MAINTAIN])
BOUNDS = ("target", "lower", "upper")  # columns of what a value is compared with
_DAY = np.timedelta64(1, "D")
NO_PROGRESS = ("no_target", "no_baseline", "no_data", "zero_range")  # reasons
TOO_EARLY = 0.10
ASPIRATIONAL_BAR = 0.7
GRACE_DAYS = 3
DUE = ("fresh", "late", "stale", "never")  # where a check-in is due at all
OUTDATED = ("stale", "never")
STALE_STEP = 2  # the step of the status ladder that requires fresh data


def of_objectives(key_results: pd.DataFrame, objectives: pd.DataFrame) -> pd.DataFrame:
    """All key results of these objectives, with their kind and columns of the objective."""
    at = positions(key_results["objective_id"], objectives["objective_id"])
    rows = rows_where(key_results, pd.Series(at >= 0))
    parent = {name: pd.Series(objectives[name].array.take(at[at >= 0])) for name in (
        "start", "end", "cadence", "tier1", "committed", "aspirational")}
    kind = _kind(rows)
    counted = is_word(kind, *COUNTED)
    goal = rows["target"].fillna(1.0).where(counted, rows["target"])
    measurable = (is_word(kind, "increase", "decrease", "unspecified", "at_least", "at_most")
                  & rows["target"].notna())
    measurable |= counted | (is_word(kind, "between") & (rows["lower"] <= rows["upper"]))
    return add_columns(rows, {
        "kind": kind, "base": rows["baseline"].fillna(0.0).where(counted, rows["baseline"]),
        "goal": goal, "measurable": measurable,
        "guardrail": rows["is_guardrail"].fillna(False).astype(bool),
        "in_scope": ~is_closed(rows["status"]), "own_product_id": rows["product_id"],
        "start": rows["start_date"].fillna(parent["start"]),
        "due": rows["due_date"].fillna(parent["end"]),
        "cadence": rows["cadence_days"].fillna(parent["cadence"]),
        **{name: parent[name] for name in ("tier1", "committed", "aspirational")}})


def has_lost_bound(portfolio: Portfolio, rows: pd.DataFrame) -> pd.Series:
    """Of which of these key results the target or a bound was written and is unknown."""
    return rows["row"].isin(portfolio.lost_in("key_results", *BOUNDS))


def _kind(rows: pd.DataFrame) -> pd.Series:
    return rows["kr_type"].fillna(case_when(
        rows.index, (rows["target"] > rows["baseline"], "increase"),
        (rows["target"] < rows["baseline"], "decrease"), otherwise="unspecified"))


def with_measures(rows: pd.DataFrame, check_ins: pd.DataFrame, as_of: pd.Timestamp,
                  settings: Settings, unclear: Collection[str] = ()) -> pd.DataFrame:
    """Add every measure of METHOD §4 to key results as `of_objectives` returns them. `unclear` are
    columns of confidences of which nobody knows the scale."""
    rows = with_check_ins(rows, check_ins, as_of, unclear)
    rows = _with_progress(rows)
    rows = _with_window(rows, as_of)
    rows = _with_freshness(rows, as_of, settings.cadence_days, tracked=bool(len(check_ins)))
    return _with_status(rows, as_of, settings.pace)


def _with_progress(rows: pd.DataFrame) -> pd.DataFrame:
    value, target, base, goal, lower, upper = (
        rows[name].to_numpy() for name in ("value", "target", "base", "goal", "lower", "upper"))
    kind, measurable = positions(rows["kind"], _KINDS), rows["measurable"].to_numpy()
    rising, falling, moving, maintain = (np.isin(kind, _KINDS.get_indexer(kinds)) for kinds in (
        ("increase", *COUNTED), ("decrease",), ("increase", "decrease", *COUNTED), MAINTAIN))
    least, most, between = (kind == _KINDS.get_loc(word) for word in MAINTAIN)
    known = ~np.isnan(value)
    reached = np.select(
        [rising, falling, least, most, between],
        [value >= goal, value <= goal, value >= target, value <= target,
         (value >= lower) & (value <= upper)], False)
    with np.errstate(divide="ignore", invalid="ignore"):
        way = np.where(goal == base, np.nan, (value - base) / (goal - base))
    inside = np.where(measurable & known, reached, np.nan)
    raw = np.where(maintain, inside, way)
    reason = case_when(
        rows.index, (~np.isnan(raw), None),
        (np.where(maintain, ~measurable, np.isnan(goal)), "no_target"),
        (~maintain & np.isnan(base), "no_baseline"), (~known, "no_data"), otherwise="zero_range")
    met = pd.arrays.BooleanArray(reached, ~(measurable & known & (moving | maintain)))
    return rows.assign(progress=raw, shown=raw.clip(0, 1), met=met, progress_reason=reason)


def _with_window(rows: pd.DataFrame, as_of: pd.Timestamp) -> pd.DataFrame:
    start, due = rows["start"].to_numpy(), rows["due"].to_numpy()
    length = (due - start) / _DAY
    elapsed = (as_of.to_datetime64() - start) / _DAY
    with np.errstate(divide="ignore", invalid="ignore"):
        tau = (elapsed / length).clip(0, 1)
    tau = np.where(length == 0, elapsed >= 0, tau)
    tau = np.where(length >= 0, tau, np.nan)
    pace = rows["pace"]
    paced = is_word(rows["kind"], *MOVING) & ~rows["guardrail"] & ~is_word(pace, "none")
    expected = np.where(paced, np.where(is_word(pace, "back_loaded"), tau ** 2, tau), np.nan)
    bar = np.where(rows["aspirational"], ASPIRATIONAL_BAR, 1.0)
    return rows.assign(tau=tau, expected=expected, bar=bar, lag=bar * expected - rows["progress"])


def _with_freshness(rows: pd.DataFrame, as_of: pd.Timestamp, cadence_days: float,
                    tracked: bool) -> pd.DataFrame:
    cadence = rows["cadence"].fillna(cadence_days)
    age = (as_of - rows["checked_on"]).dt.days
    since_start = (as_of - rows["start"]).dt.days
    done = is_word(rows["kind"], *COUNTED) & rows["met"].fillna(False).astype(bool)
    applies = ~(rows["start"] > as_of) & ~(rows["due"] < as_of) & ~done & tracked
    freshness = case_when(
        rows.index, (~applies, None), (age <= cadence + GRACE_DAYS, "fresh"),
        (age <= 2 * cadence, "late"), (age.notna(), "stale"), (since_start <= cadence, "not_due"),
        otherwise="never")
    return rows.assign(cadence=cadence, age=age, freshness=freshness)


def _with_status(rows: pd.DataFrame, as_of: pd.Timestamp, preset: str) -> pd.DataFrame:
    raw, tau, expected, aspirational, start, due = (rows[name].to_numpy() for name in (
        "progress", "tau", "expected", "aspirational", "start", "due"))
    day = as_of.to_datetime64()
    pace = pace_status(raw, expected, rows["bar"].to_numpy(), preset)
    maintain = is_word(rows["kind"], *MAINTAIN).to_numpy()
    why = rows["progress_reason"]
    past_due = due < day
    reached_bar = aspirational & (raw >= ASPIRATIONAL_BAR - TOLERANCE)
    ladder: list[tuple[Condition, str, str | None]] = [
        # condition, status, reason; the first that applies counts, else off track
        (start > day, "not_started", None),
        (rows["value"].isna(), "unknown", "no_data"),
        (is_word(rows["freshness"], *OUTDATED), "unknown", "stale"),
        (rows["met"].to_numpy(bool, na_value=False), "achieved", None),
        (maintain & ~rows["measurable"], "unknown", "no_target"),
        (maintain & past_due, "missed", None),
        (maintain, "off_track", "out_of_bounds"),
        *((is_word(why, reason), "unknown", reason) for reason in NO_PROGRESS),
        (np.isnan(tau), "unknown", "no_window"),
        (past_due & reached_bar, "achieved", None),
        (past_due, "missed", None),
        (tau < TOO_EARLY - TOLERANCE, "too_early", None),
        (np.isnan(expected), "unknown", "not_paced"),
        (pace == "on_track", "on_track", None),
        (pace == "needs_attention", "needs_attention", None),
    ]
    holds, words, reasons = zip(*ladder, strict=True)
    at = first_true(len(rows), holds)
    at_if_fresh = first_true(len(rows), [
        condition if step != STALE_STEP else False for step, condition in enumerate(holds)])
    status_reason = words_at(rows.index, at, [*reasons, None])
    status = words_at(rows.index, at, [*words, "off_track"])
    return rows.assign(
        status=status, status_reason=status_reason,
        holding=is_word(status, "achieved") & (maintain | rows["guardrail"]) & ~past_due,
        last_known=words_at(rows.index, at_if_fresh, [*words, "off_track"]),
        reason=status_reason.fillna(why), reported_status=rows["status"])
