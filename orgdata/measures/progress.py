"""What key results say about their objective: counts, progress and status (METHOD section 4)."""

import numpy as np
import pandas as pd

from orgdata.keys import look_up
from orgdata.measures.key_results import COUNTED

SEVERITY_OF_STATUS = ("off_track", "missed", "needs_attention", "on_track", "too_early",
                      "not_started", "achieved")


def with_counts(objectives: pd.DataFrame, key_results: pd.DataFrame,
                all_objectives: pd.DataFrame) -> pd.DataFrame:
    """Add, closed key results included: `kr_count`, `measurable_count`, `output_count` (tagged as
    output), `counted_count` (binary or milestone); and `child_count` (objectives of any date)."""
    ids = objectives["objective_id"]
    by_objective = key_results.assign(
        output=key_results["result_kind"] == "output",
        counted=key_results["kind"].isin(COUNTED)).groupby("objective_id")
    sums = by_objective[["measurable", "output", "counted"]].sum()
    children = all_objectives["parent_objective_id"].value_counts()
    return objectives.assign(
        kr_count=look_up(ids, by_objective.size(), 0),
        measurable_count=look_up(ids, sums["measurable"], 0),
        output_count=look_up(ids, sums["output"], 0),
        counted_count=look_up(ids, sums["counted"], 0),
        child_count=look_up(ids, children, 0))


def with_progress(objectives: pd.DataFrame, key_results: pd.DataFrame) -> pd.DataFrame:
    """Add `progress` with its band `progress_low`–`progress_high`, `progress_known` (share of
    weight), `status`-counts `kr_known`, `kr_behind`, and `pace` (the worst known status)."""
    counted = key_results[~key_results["guardrail"]]
    weight = counted["weight"].where(counted["weight"] >= 0).fillna(1.0)
    known = weight.where(counted["shown"].notna(), 0.0)
    sums = pd.DataFrame({"objective_id": counted["objective_id"], "all": weight, "known": known,
                         "done": (known * counted["shown"]).fillna(0.0)}
                        ).groupby("objective_id").sum().replace(0.0, np.nan)
    sums = sums.assign(done=sums["done"].fillna(0.0), known=sums["known"].fillna(0.0))
    ids = objectives["objective_id"]
    done, known, total = (look_up(ids, sums[name], np.nan) for name in ("done", "known", "all"))
    in_scope = key_results[key_results["in_scope"]]
    order = {status: float(at) for at, status in enumerate(SEVERITY_OF_STATUS)}
    worst = in_scope["status"].map(order).astype(float)  # missing where unknown
    broken = in_scope["guardrail"] & ~in_scope["met"].fillna(True).astype(bool)
    # even where its own status is unknown, as that of a moving guardrail is until it is met
    worst = worst.mask(broken, np.fmin(worst, order["needs_attention"]))
    worst = look_up(ids, worst.groupby(in_scope["objective_id"]).min(), np.nan)
    behind = in_scope["status"].isin(("off_track", "missed", "needs_attention"))
    known_status = in_scope["status"] != "unknown"
    return objectives.assign(
        progress=done / known.replace(0.0, np.nan),
        progress_low=done / total,
        progress_high=(done + total - known) / total,
        progress_known=known / total,
        kr_known=look_up(ids, known_status.groupby(in_scope["objective_id"]).sum(), 0),
        kr_behind=look_up(ids, behind.groupby(in_scope["objective_id"]).sum(), 0),
        pace=worst.map(dict(enumerate(SEVERITY_OF_STATUS))).astype("str"))
