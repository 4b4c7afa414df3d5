"""PRG: are key results on pace, and is the evidence recent?"""

from typing import Any

import numpy as np
import pandas as pd

from orgdata.formats import share
from orgdata.gaps import looked_at
from orgdata.gaps.rule import graded, rule
from orgdata.measures import Alignment
from orgdata.measures.alignment import TOLERANCE

_ABOUT: dict[str, Any] = {
    "looks_at": looked_at.key_results, "objects": "key results in scope", "ids": "kr_id",
    "who": "{actor}", "table": "key_results"}
LATE_IN_CYCLE = 0.75
LONG_SILENCE = 4  # cadences


@rule("PRG01", "behind pace", **_ABOUT,
      question="What would bring this key result back on pace?",
      severity="critical if committed, off track, serving a tier-1 outcome and three quarters of "
               "the time are over; high if committed and off track; medium if off track, or "
               "committed and in need of attention; else low",
      needs="objectives key_results",
      message="“{title}” of “{objective_title}” {behind}",
      next_step="Agree on what changes for “{title}” this week: scope, help, or a new target said "
                "openly (key_results.target).",
      systemic_step="Most key results are behind: check the pace profile (key_results.pace) and "
                    "the dates before discussing single ones.",
      evidence="status value base goal progress expected bar tau pace_assumed")
def behind_pace(rows: pd.DataFrame, alignment: Alignment) -> pd.DataFrame:
    """A key result needs attention or is off track."""
    rows = rows[rows["status"].isin(("needs_attention", "off_track"))]
    off, committed = rows["status"] == "off_track", rows["committed"]
    grave = off & committed & rows["tier1"] & (rows["tau"] >= LATE_IN_CYCLE - TOLERANCE)
    rows = rows.assign(pace_assumed=rows["pace"].fillna("linear").where(rows["expected"].notna()))
    behind = [_behind(*cells) for cells in zip(
        rows["expected"] * rows["bar"], rows["progress"], rows["pace_assumed"], rows["value"],
        strict=True)]
    return rows.assign(
        behind=pd.Series(behind, rows.index, dtype="str"),
        severity=graded(rows.index, (grave, "critical"), (off & committed, "high"),
                        (off | committed, "medium"), otherwise="low"))


def _behind(expected: float, progress: float, pace: str, value: float) -> str:
    if np.isnan(expected):
        return f"is out of its bounds at {value:g}."
    return (f"has made {share(progress)} of its way where a {pace.replace('_', '-')} pace "
            f"expects {share(expected)} by now.")


@rule("PRG02", "no recent evidence", **_ABOUT,
      question="What is the latest number?",
      severity="high if it serves a tier-1 outcome and was never checked in or not for more than "
               "four cadences, else medium",
      needs="objectives key_results check_ins",
      message="“{title}” of “{objective_title}” {silence}, so its status is unknown.",
      next_step="Check in “{title}”: one row in check_ins with date and value.",
      systemic_step="Most key results have no recent check-in: look at the feed of check_ins, or "
                    "set cadence_days to how often they are really measured.",
      evidence="freshness checked_on age cadence last_known")
def no_recent_evidence(rows: pd.DataFrame, alignment: Alignment) -> pd.DataFrame:
    """A key result is stale (its last check-in is more than two cadences old) or was never
    checked in."""
    rows = rows[rows["freshness"].isin(("stale", "never"))]
    never = rows["freshness"] == "never"
    long_ago = rows["age"] > LONG_SILENCE * rows["cadence"]
    silence = ["has never been checked in" if is_never else
               f"was last checked in {age:.0f} days ago (every {cadence:g} expected)"
               for is_never, age, cadence in zip(never, rows["age"], rows["cadence"], strict=True)]
    return rows.assign(
        silence=pd.Series(silence, rows.index, dtype="str"),
        severity=graded(rows.index, (rows["tier1"] & (never | long_ago), "high"),
                        otherwise="medium"))
