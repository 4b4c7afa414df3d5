"""PRG: are key results on pace, and are check-ins recent?"""

import math

import numpy as np
import pandas as pd

from orgdata.formats import count, number, share
from orgdata.gaps import populations
from orgdata.gaps.offending import graded, those
from orgdata.gaps.rule import rule
from orgdata.gaps.unjudged import doubt, unjudged
from orgdata.measures import Alignment
from orgdata.measures.key_results import OUTDATED
from orgdata.measures.progress import ON_PACE
from orgdata.tabular.select import TOLERANCE, iter_rows

LATE_IN_CYCLE = 0.75
LONG_SILENCE = 4  # cadences
CONFIDENT, DOUBTFUL = 7, 3


@rule("PRG01", "behind pace", looks_at=populations.key_results,
      question="What would bring this key result back on pace?",
      message="“{title}” of “{objective_title}” {behind}",
      next_step="Agree this week on scope or help for “{title}”, or change its {bound} openly.",
      systemic_step="Most key results are behind: check their start, due date and pace before "
                    "discussing single ones.",
      kept_in="key_results.target key_results.lower key_results.upper key_results.pace",
      evidence="status value base goal progress expected bar tau pace_assumed")
def behind_pace(rows: pd.DataFrame, alignment: Alignment) -> pd.DataFrame:
    """A key result needs attention or is off track.

    Severity: critical if committed, off track, for a tier-1 outcome and three quarters of the time
    are over; high if committed and off track; medium if off track, or committed and in need
    of attention; else low."""
    rows = those(rows, rows["status"].isin(("needs_attention", "off_track")))
    off, committed = rows["status"] == "off_track", rows["committed"]
    grave = off & committed & rows["tier1"] & (rows["tau"] >= LATE_IN_CYCLE - TOLERANCE)
    rows = rows.assign(pace_assumed=rows["pace"].fillna("linear").where(rows["expected"].notna()))
    rows = rows.assign(expected_by_now=rows["expected"] * rows["bar"], should_be=_bounds(rows))
    behind = [_behind(*cells) for cells in iter_rows(*(rows[name] for name in (
        "expected_by_now", "progress", "pace_assumed", "value", "should_be")))]
    return rows.assign(
        behind=pd.Series(behind, rows.index, dtype="str"),
        bound=np.where(rows["kind"] == "between", "bounds", "target"),
        severity=graded(rows.index, (grave, "critical"), (off & committed, "high"),
                        (off | committed, "medium"), otherwise="low"))


def _bounds(rows: pd.DataFrame) -> list[str]:
    """What each key result should be: at most 5, between 2 and 3."""
    words = {"at_least": "at least", "at_most": "at most", "increase": "at least",
             "decrease": "at most"}
    return [f"between {number(lower)} and {number(upper)}" if kind == "between" else
            f"{words.get(kind, 'at')} {number(goal)}" for kind, goal, lower, upper in
            iter_rows(rows["kind"], rows["goal"], rows["lower"], rows["upper"])]


def _behind(expected: float, progress: float, pace: str, value: float, bound: str) -> str:
    if math.isnan(expected):
        return f"is at {number(value)} and should be {bound}."
    if progress < 0:
        return (f"is moving away from its target, to {number(value)}; {share(expected)} was "
                f"expected by now ({pace.replace('_', '-')} pace).")
    return (f"is {share(progress)} done; {share(expected)} was expected by now "
            f"({pace.replace('_', '-')} pace).")


@rule("PRG02", "no recent check-in", looks_at=populations.key_results,
      question="What is the latest number?", needs="check_ins",
      message="“{title}” of “{objective_title}” {silence}, so its progress is unknown.",
      next_step="Check in “{title}” with the value of today.",
      systemic_step="Most key results have no recent check-in: check that check-ins still arrive, "
                    "or expect them less often.",
      kept_in="check_ins.date check_ins.value key_results.cadence_days",
      evidence="freshness checked_on age cadence last_known", unjudged="whether it was checked in")
def no_recent_evidence(rows: pd.DataFrame, alignment: Alignment) -> pd.DataFrame:
    """The last check-in of a key result is more than twice the expected interval ago, or there is
    none.

    Severity: high if it supports a tier-1 outcome and was never checked in, or not for more than
    four times the interval, else medium."""
    rows = those(rows, rows["freshness"].isin(OUTDATED))
    rows = unjudged(rows, doubt(rows, alignment, "check_in", "kr_id"))
    never = rows["freshness"] == "never"
    long_ago = rows["age"] > LONG_SILENCE * rows["cadence"]
    silence = ["has never had a check-in" if is_never else
               f"has had no check-in for {count(int(age), 'day')} (expected every "
               f"{number(cadence)} days)"
               for is_never, age, cadence in iter_rows(never, rows["age"], rows["cadence"])]
    return rows.assign(
        silence=pd.Series(silence, rows.index, dtype="str"),
        severity=graded(rows.index, (rows["tier1"] & (never | long_ago), "high"),
                        otherwise="medium"))


@rule("PRG03", "status and numbers disagree", looks_at=populations.key_results,
      question="Which is right, the status or the numbers?",
      needs="check_ins.status|check_ins.confidence|key_results.status|key_results.confidence",
      message="“{title}” of “{objective_title}” is reported {report}, but its numbers say "
              "{status_text}.",
      next_step="Discuss “{title}”, and correct its status or its value.",
      systemic_step="Reported status and numbers disagree almost everywhere: check on Data how "
                    "your words for status are read.",
      kept_in="check_ins.status check_ins.confidence check_ins.value",
      evidence="reported reported_confidence status progress expected")
def status_and_numbers_disagree(rows: pd.DataFrame, alignment: Alignment) -> pd.DataFrame:
    """Reported on track (or a confidence of 7 and more, where no known word is given) while the
    numbers say off track or missed; or reported off track (or a confidence of 3 and less) while
    they say on track or achieved.

    Severity: optimistic: high if committed, else medium; pessimistic: low."""
    silent = rows["reported"].isna()
    sure = rows["reported_confidence"]
    good = (rows["reported"] == "on_track") | (silent & (sure >= CONFIDENT))
    bad = (rows["reported"] == "off_track") | (silent & (sure <= DOUBTFUL))
    optimistic = good & rows["status"].isin(("off_track", "missed"))
    pessimistic = bad & rows["status"].isin(ON_PACE)
    rows = those(rows, optimistic | pessimistic).assign(optimistic=optimistic)
    reports = [f"with a confidence of {number(confidence)} out of 10" if pd.isna(word) else
               "as on track" if is_optimistic else "as off track"
               for word, confidence, is_optimistic in iter_rows(
                   rows["reported"], rows["reported_confidence"], rows["optimistic"])]
    return rows.assign(
        status_text=rows["status"].str.replace("_", " "),
        report=pd.Series(reports, rows.index, dtype="str"),
        severity=graded(rows.index, (rows["optimistic"] & rows["committed"], "high"),
                        (rows["optimistic"], "medium"), otherwise="low"))


@rule("PRG04", "not moving", looks_at=populations.key_results, question="What is holding this up?",
      needs="check_ins.value",
      message="“{title}” of “{objective_title}” is unchanged at {value} for three check-ins.",
      next_step="Find out what “{title}” is waiting for, and record it as a roadblock.",
      systemic_step="Most key results do not move: check that values are measured anew for each "
                    "check-in.",
      kept_in="roadblocks.kr_id check_ins.value key_results.pace",
      evidence="value step_1 step_2 base goal")
def not_moving(rows: pd.DataFrame, alignment: Alignment, threshold: float = 0.01) -> pd.DataFrame:
    """An increase or decrease that is not met: its last three check-in values differ by less than
    the threshold of raw progress, step by step.

    Severity: medium if committed, else low."""
    span = (rows["goal"] - rows["base"]).abs().where(lambda s: s > 0)
    still = ((rows["step_1"].abs() / span < threshold - TOLERANCE)
             & (rows["step_2"].abs() / span < threshold - TOLERANCE))  # unknown is not still
    open_ = rows["met"].eq(False).fillna(False).astype(bool)
    rows = those(rows, rows["kind"].isin(("increase", "decrease")) & open_ & still)
    return rows.assign(severity=graded(rows.index, (rows["committed"], "medium"),
                                       otherwise="low"))


@rule("PRG05", "confidence falling", looks_at=populations.key_results,
      question="What has changed since the last check-in?", needs="check_ins.confidence",
      message="Confidence in “{title}” of “{objective_title}” fell from {before} to {now}.",
      next_step="Ask what has changed for “{title}”, and note it in the next check-in.",
      systemic_step="Confidence is falling almost everywhere: read the notes for one common cause "
                    "first.",
      kept_in="check_ins.confidence check_ins.note", evidence="before now fall_1 fall_2")
def confidence_falling(rows: pd.DataFrame, alignment: Alignment,
                       threshold: float = 2) -> pd.DataFrame:
    """The last confidence is lower than the one before by the threshold or more, or it fell
    twice in a row.

    Severity: medium if committed, else low."""
    fell = (rows["fall_1"] >= threshold - TOLERANCE) | (
        (rows["fall_1"] > 0) & (rows["fall_2"] > 0))  # without an earlier one: unknown, silent
    earlier = rows["fall_1"] + rows["fall_2"].where(rows["fall_2"] > 0, 0)
    rows = those(rows, fell).assign(now=rows["last_confidence"],
                                    before=rows["last_confidence"] + earlier)
    return rows.assign(severity=graded(rows.index, (rows["committed"], "medium"),
                                       otherwise="low"))


@rule("PRG06", "guardrail broken", looks_at=populations.key_results,
      question="Does progress cost something we promised to protect?",
      needs="key_results.is_guardrail",
      message="The guardrail “{title}” of “{objective_title}” is broken: it is at {value} and "
              "should be {should}.",
      next_step="Slow down until “{title}” holds again, or change its {bound} openly.",
      systemic_step="Most guardrails are broken: check their limits first.",
      kept_in="key_results.target key_results.lower key_results.upper key_results.kr_type",
      evidence="kind value goal lower upper sibling_doing_well")
def guardrail_broken(rows: pd.DataFrame, alignment: Alignment) -> pd.DataFrame:
    """A measurable guardrail with a value is not met.

    Severity: high if a sibling key result is on track or achieved, else medium."""
    good = rows["status"].isin(ON_PACE)
    others = good.groupby(rows["objective_id"]).transform("sum") - good.astype(int)
    broken = rows["guardrail"] & rows["met"].eq(False).fillna(False).astype(bool)
    rows = those(rows, broken).assign(sibling_doing_well=others > 0)
    return rows.assign(
        should=_bounds(rows), bound=np.where(rows["kind"] == "between", "bounds", "target"),
        severity=graded(rows.index, (rows["sibling_doing_well"], "high"), otherwise="medium"))


@rule("PRG07", "overdue, not closed", looks_at=populations.open_objectives,
      question="How did this objective end, and what did we learn?", needs="ends",
      message="“{title}” ended on {end_date} and has not been closed.",
      next_step="Grade and close “{title}”, or extend its end date.",
      systemic_step="Most open objectives ended a while ago: grade and close those of the last "
                    "cycle together.",
      kept_in="objectives.grade objectives.status objectives.end_date",
      evidence="end_date status ambition")
def past_due_ungraded(rows: pd.DataFrame, alignment: Alignment,
                      threshold: float = 7) -> pd.DataFrame:
    """An open objective, of an active product if of any, ended more than the threshold in days
    ago and has no grade.

    Severity: high if committed, else medium."""
    rows = rows.assign(end_date=rows["end"])  # that of its cycle where it has none itself
    late = rows["end_date"] < alignment.as_of - pd.Timedelta(days=threshold)
    rows = those(rows, late & rows["grade"].isna())
    return rows.assign(severity=graded(rows.index, (rows["committed"], "high"),
                                       otherwise="medium"))
