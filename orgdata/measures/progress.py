"""Measures of objectives from their key results: counts, progress, status (METHOD section 4)."""

import numpy as np
import pandas as pd

from orgdata.measures.column import Columns, number, text, whole
from orgdata.measures.key_results import COUNTED
from orgdata.tabular.lookup import count_at, count_by, positions
from orgdata.tabular.select import words_at

WORST_FIRST = ("off_track", "missed", "needs_attention", "on_track", "too_early", "not_started",
               "achieved")  # the known statuses; every list has this order
BEHIND = WORST_FIRST[:3]
ON_PACE = ("on_track", "achieved")
COLUMNS: Columns = {"objectives": {
    "kr_count": whole("its key results, closed ones included, as in the next three"),
    "measurable_count": whole("how many of them are measurable"),
    "output_count": whole("how many are tagged as output"),
    "counted_count": whole("how many are binary or a milestone"),
    "child_count": whole("objectives below it, of any date"),
    "progress": number("weighted progress of its key results that have one, guardrails apart"),
    "progress_low": number("the same, with what is unknown as 0"),
    "progress_high": number("the same, with what is unknown as 1"),
    "progress_known": number("share of the weight whose progress is known"),
    "kr_known": whole("key results in scope with a known status"),
    "kr_behind": whole("of these off track, missed or in need of attention"),
    "pace": text("the worst known status of its key results in scope"),
}}


def with_counts(objectives: pd.DataFrame, key_results: pd.DataFrame,
                all_objectives: pd.DataFrame) -> pd.DataFrame:
    """Add how many key results and child objectives each objective has."""
    ids = objectives["objective_id"]
    at = positions(key_results["objective_id"], ids)
    return objectives.assign(
        kr_count=count_at(ids, at), measurable_count=count_at(ids, at, key_results["measurable"]),
        output_count=count_at(ids, at, key_results["result_kind"] == "output"),
        counted_count=count_at(ids, at, key_results["kind"].isin(COUNTED)),
        child_count=count_by(ids, all_objectives["parent_objective_id"]))


def with_progress(objectives: pd.DataFrame, key_results: pd.DataFrame) -> pd.DataFrame:
    """Add the progress of each objective with its band, and its worst status."""
    ids = objectives["objective_id"]
    at = positions(key_results["objective_id"], ids)
    counted = key_results.loc[~key_results["guardrail"], ["weight", "shown"]]
    weight = counted["weight"].where(counted["weight"] >= 0).fillna(1.0)
    known = weight.where(counted["shown"].notna(), 0.0)
    sums = pd.DataFrame({"all": weight, "known": known,
                         "done": (known * counted["shown"]).fillna(0.0)}
                        ).groupby(at[~key_results["guardrail"]]).sum()
    sums = sums.reindex(range(len(ids)), fill_value=0.0).set_axis(ids.index)
    done, known, total = sums["done"], sums["known"], sums["all"].replace(0.0, np.nan)
    status, in_scope = key_results["status"], key_results["in_scope"]
    worst = _worst(key_results).where(in_scope).groupby(at).min()
    worst = worst.reindex(range(len(ids))).set_axis(ids.index)
    return objectives.assign(
        progress=done / known.replace(0.0, np.nan), progress_low=done / total,
        progress_high=(done + total - known) / total, progress_known=known / total,
        kr_known=count_at(ids, at, in_scope & (status != "unknown")),
        kr_behind=count_at(ids, at, in_scope & status.isin(BEHIND)),
        pace=words_at(ids.index, worst.fillna(len(WORST_FIRST)).to_numpy(int),
                      [*WORST_FIRST, None]))


def _worst(key_results: pd.DataFrame) -> pd.Series:
    """Rank of each status by severity, missing where unknown; a broken guardrail is at least a
    case for attention, even where its own status is unknown, as it is until it is met."""
    rank = positions(key_results["status"], pd.Index(WORST_FIRST)).astype(float)
    rank[rank < 0] = np.nan
    broken = key_results["guardrail"] & ~key_results["met"].fillna(True).astype(bool)
    attention = WORST_FIRST.index("needs_attention")
    return pd.Series(np.where(broken, np.fmin(rank, attention), rank), key_results.index)
