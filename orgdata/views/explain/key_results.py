"""A key result explained: progress, pace, freshness and status. METHOD section 4."""

import pandas as pd

from orgdata import formats
from orgdata.measures import Alignment
from orgdata.measures.key_results import COUNTED, GRACE_DAYS, MAINTAIN
from orgdata.views.explain.words import REASON_WORDS, STATUS_WORDS


def key_result(row: pd.Series, alignment: Alignment) -> list[str]:
    """Progress, pace and status of a key result, with its own numbers. METHOD section 4."""
    return [line for line in (_progress(row), _pace(row, alignment), _freshness(row),
                              _status(row)) if line]


def _progress(row: pd.Series) -> str:
    value, base, goal = (formats.exact(row[name]) for name in ("value", "base", "goal"))
    if row["kind"] in MAINTAIN:
        bound = {"at_least": f"at least {goal}", "at_most": f"at most {goal}"}.get(
            row["kind"], f"between {formats.exact(row['lower'])} and {formats.exact(row['upper'])}")
        if pd.isna(row["met"]):
            to_be = f" (to be {bound})" if row["measurable"] else ""
            return f"Progress unknown: {REASON_WORDS[row['progress_reason']]}{to_be}."
        return f"To be {bound}; it is {value}: {'inside' if row['met'] else 'outside'} its bounds."
    if pd.isna(row["progress"]):
        return (f"Progress unknown: {REASON_WORDS[row['progress_reason']]} (value {value}, "
                f"baseline {base}, target {goal}).")
    return (f"Progress {formats.share(row['progress'])} = ({value} − {base}) / ({goal} − {base})"
            + (", baseline 0 and target 1 unless given otherwise." if row["kind"] in COUNTED
               else "."))


def _pace(row: pd.Series, alignment: Alignment) -> str:
    if pd.isna(row["expected"]) or pd.isna(row["progress"]):
        return ""
    day, days = (alignment.as_of - row["start"]).days, (row["due"] - row["start"]).days
    bar = f" × {row['bar']:g} (aspirational)" if row["bar"] != 1 else ""
    behind = 100 * row["lag"]
    told = (f"{formats.points(behind)} behind" if behind > 0
            else f"{formats.points(-behind)} ahead" if behind < 0 else "exactly on pace")
    pace = "linear" if pd.isna(row["pace"]) else row["pace"].replace("_", "-")
    return (f"Expected {formats.share(row['expected'])}{bar} on day {day} of {days} at a {pace} "
            f"pace; {told}.")


def _freshness(row: pd.Series) -> str:
    cadence = formats.exact(row["cadence"])
    if row["freshness"] == "never":
        return f"Never checked in; one every {cadence} days is expected."
    if pd.isna(row["age"]) or pd.isna(row["freshness"]):
        return ""
    limit = formats.exact(2 * row["cadence"])
    ago = f"{formats.count(int(row['age']), 'day')} ago" if row["age"] else "today"
    return (f"Last check-in {ago}: {row['freshness'].replace('_', ' ')} (fresh up to "
            f"{formats.exact(row['cadence'] + GRACE_DAYS)} days, stale after {limit}).")


def _status(row: pd.Series) -> str:
    said = f"Status: {STATUS_WORDS[row['status']]}"
    if pd.notna(row["status_reason"]):
        said += f", because {REASON_WORDS[row['status_reason']]}"
    if row["status"] != row["last_known"] and row["last_known"] != "unknown":
        said += f" (last known: {STATUS_WORDS[row['last_known']]})"
    return said + "."
