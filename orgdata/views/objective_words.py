"""An objective in words: its progress, and what its key results say."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from orgdata import formats
from orgdata.measures import Alignment
from orgdata.measures.key_results import NO_PROGRESS
from orgdata.tabular.lookup import is_word
from orgdata.views.vocabulary import REASON, STATUS


def objective_sentence(row: Mapping[str, Any], alignment: Alignment) -> str:
    """One objective in words: its progress, how much of it is known, and its key results."""
    if not row["kr_count"]:
        portfolio = alignment.portfolio
        return "no key result yet" if portfolio.tracked("key_results") else (
            portfolio.why_missing("key_results"))
    results = alignment.key_results[
        alignment.key_results["objective_id"] == row["objective_id"]]
    if pd.isna(row["progress"]):
        return f"progress unknown: {_without_progress(results)}"
    known = "" if not row["progress_known"] < 1 else (
        f" (between {formats.share(row['progress_low'])} and "
        f"{formats.share(row['progress_high'])}: {_without_progress(results)})")
    return f"{formats.share(row['progress'])} done{known}, {_status(row, results)}"


def _without_progress(results: pd.DataFrame) -> str:
    """How many of some key results have no progress, and why."""
    reasons = results.loc[results["shown"].isna() & ~results["guardrail"], "progress_reason"]
    counts = {reason: int((reasons == reason).sum()) for reason in NO_PROGRESS}
    return formats.listed([
        f"for {_some(count, len(results))} {REASON[reason]}"
        for reason, count in counts.items() if count] or ["its key results are all guardrails"],
        most=len(counts))


def _some(count: int, of: int) -> str:
    """So many of an objective's key results."""
    if of == 1:
        return "its key result"
    return f"all {of} key results" if count == of else f"{count} of its {of} key results"


def _status(row: Mapping[str, Any], results: pd.DataFrame) -> str:
    """The worst status of an objective's key results, and how many are behind, or unknown: these
    say nothing of the others (METHOD section 4)."""
    if pd.isna(row["pace"]):
        return "status unknown"
    label, asked = STATUS[row["pace"]].label, results[results["in_scope"]]
    behind = f", {row['kr_behind']} of {row['kr_count']} behind" if row["kr_behind"] else ""
    unknown = int(is_word(asked["status"], "unknown").sum())
    if not unknown:
        return f"{label}{behind}"
    worst = int(is_word(asked["status"], row["pace"]).sum())  # none: a guardrail is broken
    more = behind if row["kr_behind"] > worst else ""
    return (f"{worst} of {row['kr_count']} {label}" if worst else label) + (
        f"{more}, {unknown} unknown")
