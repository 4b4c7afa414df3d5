"""Measures of objectives from their key results: counts, progress, status (METHOD section 4)."""

import numpy as np
import numpy.typing as npt
import pandas as pd

from orgdata.measures.column import Columns, number, text, whole
from orgdata.measures.key_results import COUNTED
from orgdata.tabular.lookup import Positions, count_at, count_by, is_word, positions
from orgdata.tabular.select import add_columns, words_at

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
        output_count=count_at(ids, at, is_word(key_results["result_kind"], "output")),
        counted_count=count_at(ids, at, is_word(key_results["kind"], *COUNTED)),
        child_count=count_by(ids, all_objectives["parent_objective_id"]))


def with_progress(objectives: pd.DataFrame, key_results: pd.DataFrame) -> pd.DataFrame:
    """Add the progress of each objective with its band, and its worst status."""
    ids = objectives["objective_id"]
    at = positions(key_results["objective_id"], ids)
    total, known, done = _sums(key_results, at, len(ids))
    status, in_scope = key_results["status"], key_results["in_scope"]
    worst = np.full(len(ids), len(WORST_FIRST))
    np.minimum.at(worst, at[in_scope], _worst(key_results)[in_scope])
    with np.errstate(divide="ignore", invalid="ignore"):
        return add_columns(objectives, {
            "progress": done / known, "progress_low": done / total,
            "progress_high": (done + total - known) / total, "progress_known": known / total,
            "kr_known": count_at(ids, at, in_scope & ~is_word(status, "unknown")),
            "kr_behind": count_at(ids, at, in_scope & is_word(status, *BEHIND)),
            "pace": words_at(ids.index, worst, [*WORST_FIRST, None])})


def _sums(key_results: pd.DataFrame, at: Positions, count: int) -> npt.NDArray[np.float64]:
    """Of each objective the weight of its key results, guardrails apart; of those whose progress
    is known; and of these times progress."""
    moving = ~key_results["guardrail"].to_numpy()
    weight, shown = (key_results[name].to_numpy()[moving] for name in ("weight", "shown"))
    weight = np.where(weight >= 0, weight, 1.0)
    known = np.where(np.isnan(shown), 0.0, weight)
    done = np.where(np.isnan(shown), 0.0, known * shown)
    sums = pd.DataFrame(np.column_stack([weight, known, done])).groupby(at[moving]).sum()
    by_objective = np.zeros((3, count))
    by_objective[:, sums.index] = sums.to_numpy().T
    return by_objective


def _worst(key_results: pd.DataFrame) -> Positions:
    """Rank of each status by severity, last where unknown; a broken guardrail is at least a
    case for attention, even where its own status is unknown, as it is until it is met."""
    rank = positions(key_results["status"], pd.Index(WORST_FIRST))
    rank[rank < 0] = len(WORST_FIRST)
    broken = key_results["guardrail"] & ~key_results["met"].fillna(True).astype(bool)
    return np.where(broken, np.minimum(rank, WORST_FIRST.index("needs_attention")), rank)
