"""Key results: value, progress, expected progress, freshness and status (METHOD section 4).

Unknown is a value: a null progress or status always carries its reason.
"""

import numpy as np
import pandas as pd

from orgdata.keys import positions
from orgdata.measures.alignment import TOLERANCE
from orgdata.measures.check_ins import with_check_ins
from orgdata.measures.objectives import is_closed
from orgdata.measures.pace import judged
from orgdata.measures.words import chosen
from orgdata.settings import Settings

COUNTED = ("binary", "milestone")  # baseline 0 and target 1 by default
MOVING = ("increase", "decrease", "unspecified", *COUNTED)
MAINTAIN = ("at_least", "at_most", "between")
NO_PROGRESS = ("no_target", "no_baseline", "no_data", "zero_range")  # reasons
TOO_EARLY = 0.10
ASPIRATIONAL_BAR = 0.7
GRACE_DAYS = 3
STALE_STEP = 2  # the step of the status ladder that asks for fresh data


def of_objectives(key_results: pd.DataFrame, objectives: pd.DataFrame) -> pd.DataFrame:
    """All key results of in-cycle objectives, typed further and joined to their objective.

    Adds `kind`, `base` and `goal` (baseline and target with the defaults of binary and
    milestone), `measurable`, `guardrail`, `in_scope`, `start`, `due`, and of the objective:
    product_id, sight, tier1, committed, aspirational, effort.
    """
    at = positions(key_results["objective_id"], objectives["objective_id"])
    rows = key_results[at >= 0].reset_index(drop=True)
    parent = objectives.iloc[at[at >= 0]].reset_index(drop=True)
    kind = _kind(rows)
    counted = kind.isin(COUNTED)
    goal = rows["target"].fillna(1.0).where(counted, rows["target"])
    measurable = (kind.isin(("increase", "decrease", "unspecified", "at_least", "at_most"))
                  & rows["target"].notna())
    measurable |= counted | ((kind == "between") & (rows["lower"] <= rows["upper"]))
    return rows.assign(
        kind=kind, base=rows["baseline"].fillna(0.0).where(counted, rows["baseline"]), goal=goal,
        measurable=measurable, guardrail=rows["is_guardrail"].fillna(False).astype(bool),
        in_scope=~is_closed(rows["status"]),
        start=rows["start_date"].fillna(parent["start_date"]),
        due=rows["due_date"].fillna(parent["end_date"]),
        **{name: parent[name] for name in ("product_id", "sight", "tier1", "committed",
                                           "aspirational", "effort")})


def _kind(rows: pd.DataFrame) -> pd.Series:
    return rows["kr_type"].fillna(chosen(
        rows.index, (rows["target"] > rows["baseline"], "increase"),
        (rows["target"] < rows["baseline"], "decrease"), otherwise="unspecified"))


def measured(rows: pd.DataFrame, check_ins: pd.DataFrame, as_of: pd.Timestamp,
             settings: Settings) -> pd.DataFrame:
    """Every measure of METHOD §4 for key results as `of_objectives` returns them.

    Adds what check_ins.py finds (`value`, `checked_on`, `reported` …), `progress` (raw), `shown`
    (clamped to 0–1), `progress_reason`, `met`, `tau`, `expected`, `bar`, `age`, `cadence` (days),
    `freshness`, `lag` (bar · expected − progress), `status`, `status_reason`, `last_known`
    (the status were the data fresh) and `reason` (the status', else the progress').
    """
    rows = with_check_ins(rows, check_ins, as_of)
    rows = _with_progress(rows)
    rows = _with_window(rows, as_of)
    rows = _with_freshness(rows, as_of, settings.cadence_days, tracked=bool(len(check_ins)))
    return _with_status(rows, as_of, settings.pace)


def _with_progress(rows: pd.DataFrame) -> pd.DataFrame:
    kind, value = rows["kind"], rows["value"]
    maintain = kind.isin(MAINTAIN)
    inside = np.select([kind == "at_least", kind == "at_most", kind == "between"], [
        value >= rows["target"], value <= rows["target"],
        (value >= rows["lower"]) & (value <= rows["upper"])], False)
    reached = np.select([kind.isin(("increase", *COUNTED)), kind == "decrease"],
                        [value >= rows["goal"], value <= rows["goal"]], inside)
    span = rows["goal"] - rows["base"]
    with np.errstate(divide="ignore", invalid="ignore"):
        raw = ((value - rows["base"]) / span).where(span != 0)
    raw = raw.where(~maintain, np.where(rows["measurable"] & value.notna(), inside, np.nan))
    reason = chosen(
        rows.index, (raw.notna(), None),
        (np.where(maintain, ~rows["measurable"], rows["goal"].isna()), "no_target"),
        (~maintain & rows["base"].isna(), "no_baseline"), (value.isna(), "no_data"),
        otherwise="zero_range")
    met = pd.Series(reached, rows.index, dtype="boolean").where(
        rows["measurable"] & value.notna() & (kind != "unspecified"))
    return rows.assign(progress=raw, shown=raw.clip(0, 1), met=met, progress_reason=reason)


def _with_window(rows: pd.DataFrame, as_of: pd.Timestamp) -> pd.DataFrame:
    length = (rows["due"] - rows["start"]).dt.days
    elapsed = (as_of - rows["start"]).dt.days
    with np.errstate(divide="ignore", invalid="ignore"):
        tau = (elapsed / length).clip(0, 1)
    tau = tau.where(length != 0, (elapsed >= 0).astype(float)).where(length >= 0)
    paced = rows["kind"].isin(MOVING) & ~rows["guardrail"] & (rows["pace"] != "none")
    expected = tau.where(rows["pace"] != "back_loaded", tau ** 2).where(paced)
    bar = pd.Series(np.where(rows["aspirational"], ASPIRATIONAL_BAR, 1.0), rows.index)
    return rows.assign(tau=tau, expected=expected, bar=bar, lag=bar * expected - rows["progress"])


def _with_freshness(rows: pd.DataFrame, as_of: pd.Timestamp, cadence_days: float,
                    tracked: bool) -> pd.DataFrame:
    cadence = rows["cadence_days"].fillna(cadence_days)
    age = (as_of - rows["checked_on"]).dt.days
    since_start = (as_of - rows["start"]).dt.days
    done = rows["kind"].isin(COUNTED) & rows["met"].fillna(False).astype(bool)
    applies = ~(rows["start"] > as_of) & ~(rows["due"] < as_of) & ~done & tracked
    freshness = chosen(
        rows.index, (~applies, None), (age <= cadence + GRACE_DAYS, "fresh"),
        (age <= 2 * cadence, "late"), (age.notna(), "stale"), (since_start <= cadence, "not_due"),
        otherwise="never")
    return rows.assign(cadence=cadence, age=age, freshness=freshness)


def _with_status(rows: pd.DataFrame, as_of: pd.Timestamp, preset: str) -> pd.DataFrame:
    raw = rows["progress"]
    pace = judged(raw, rows["expected"], rows["bar"], preset)
    maintain = rows["kind"].isin(MAINTAIN)
    past_due = rows["due"] < as_of
    kept_promise = rows["aspirational"] & (raw >= ASPIRATIONAL_BAR - TOLERANCE)
    ladder = [  # condition, status, reason; the first that applies counts, else off track
        (rows["start"] > as_of, "not_started", None),
        (rows["value"].isna(), "unknown", "no_data"),
        (rows["freshness"].isin(("stale", "never")), "unknown", "stale"),
        (rows["met"].fillna(False).astype(bool), "achieved", None),
        (maintain & ~rows["measurable"], "unknown", "no_target"),
        (maintain & past_due, "missed", None),
        (maintain, "off_track", "out_of_bounds"),
        *((rows["progress_reason"] == why, "unknown", why) for why in NO_PROGRESS),
        (rows["tau"].isna(), "unknown", "no_window"),
        (past_due & kept_promise, "achieved", None),
        (past_due, "missed", None),
        (rows["tau"] < TOO_EARLY - TOLERANCE, "too_early", None),
        (rows["expected"].isna(), "unknown", "not_paced"),
        (pace == "on_track", "on_track", None),
        (pace == "needs_attention", "needs_attention", None),
    ]
    status = chosen(rows.index, *((holds, word) for holds, word, _ in ladder),
                    otherwise="off_track")
    reason = chosen(rows.index, *((holds, why) for holds, _, why in ladder))
    last_known = chosen(rows.index, *((holds, word) for step, (holds, word, _) in enumerate(ladder)
                                      if step != STALE_STEP), otherwise="off_track")
    return rows.assign(status=status, status_reason=reason, last_known=last_known,
                       reason=reason.fillna(rows["progress_reason"]),
                       reported_status=rows["status"])
