"""Changes of gaps: new, worse, better or resolved; a pattern is one change (METHOD section 6)."""

from collections import Counter

import pandas as pd

from orgdata.changes.change import Change, changes_of, side_by_side, with_names
from orgdata.gaps import RULES, SEVERITIES, Gaps
from orgdata.measures import Alignment
from orgdata.tabular.lookup import is_in
from orgdata.tabular.select import case_when

LABELS = {"new": "new", "resolved": "resolved", "worse": "worse", "better": "better",
          "now_judged": "judged for the first time", "not_judged": "not judged any more"}
WITH_SUBJECT = {  # notes, the most specific subject first
    "kr_id": "with its key result", "objective_id": "with its objective",
    "product_id": "with its product", "outcome_id": "with its outcome"}
_REMINDERS = "GOV"  # the family of rules about the gaps of other rules


def changed_gaps(before: Gaps, after: Gaps, alignment_before: Alignment,
                 alignment_after: Alignment) -> pd.DataFrame:
    """Every gap that changed, with its columns on both sides, `kind` and `note`.

    A gap that was not judged before, by itself or with its whole rule, is `now_judged`, not new;
    one that is not judged any more is `not_judged`, not resolved: nobody fixed it. note: that it
    came or went with the object it is about. Reminders of gaps are no gaps.
    """
    rows = with_names(side_by_side(before.rows, after.rows, ["key"],
                                   ["code", "severity", "message", *WITH_SUBJECT]), "message")
    rows = rows.assign(code=rows["code_after"].fillna(rows["code_before"]))
    rows = rows[~rows["code"].str.startswith(_REMINDERS)]
    rows = rows.assign(kind=_kind(rows, before, after))
    rows = rows[rows["kind"].notna()]
    return rows.assign(note=_note(rows, alignment_before, alignment_after))


def gaps(rows: pd.DataFrame, before: Gaps, after: Gaps) -> list[Change]:
    """Gaps that changed, with severity before and after, gravest first; then patterns.

    The gaps of a rule that forms a pattern on either side are one change, except critical ones.
    """
    of_pattern = rows["code"].isin(_pattern_codes(before) | _pattern_codes(after))
    critical = (rows["severity_before"] == "critical") | (rows["severity_after"] == "critical")
    single = rows[~of_pattern | critical]
    order = pd.concat([single["severity_before"].map(SEVERITIES.index, na_action="ignore"),
                       single["severity_after"].map(SEVERITIES.index, na_action="ignore")],
                      axis=1).min(axis=1).sort_values(kind="stable")
    return [*changes_of("gap", None, single.loc[order.index], "severity_before", "severity_after",
                        "note"),
            *_patterns(rows[of_pattern], before, after)]


def reminders(before: Gaps, after: Gaps) -> list[Change]:
    """What waits for somebody now and did not before: a gap without an owner, a decision past its
    date, an exception that has expired. kind: `waiting`."""
    rows = after.rows[after.rows["code"].str.startswith(_REMINDERS)
                      & ~after.rows["code"].isin(list(before.not_evaluated))
                      & ~is_in(after.rows["key"], before.rows["key"])]
    return changes_of("gap", "waiting", rows.assign(name=rows["message"]), None, "severity")


def _kind(rows: pd.DataFrame, before: Gaps, after: Gaps) -> pd.Series:
    unjudged_before, unjudged_after = (
        rows["code"].isin(list(side.not_evaluated)) | is_in(rows["key"], side.not_judged["key"])
        for side in (before, after))
    was, now = (rows[f"severity_{side}"].map(SEVERITIES.index, na_action="ignore").astype("float64")
                for side in ("before", "after"))
    return case_when(
        rows.index, (rows["new"] & unjudged_before, "now_judged"),
        (rows["gone"] & unjudged_after, "not_judged"), (rows["new"], "new"),
        (rows["gone"], "resolved"), (now < was, "worse"), (now > was, "better"))


def _note(rows: pd.DataFrame, alignment_before: Alignment,
          alignment_after: Alignment) -> pd.Series:
    """The most specific object with which a gap came or went, or "" if none."""
    steps: list[tuple[pd.Series, str]] = []
    for column, note in WITH_SUBJECT.items():
        went_with = rows["gone"] & ~is_in(rows[f"{column}_before"],
                                          _ids_that_count(alignment_after, column))
        came_with = rows["new"] & ~is_in(rows[f"{column}_after"],
                                         _ids_that_count(alignment_before, column))
        known = rows[f"{column}_before"].notna() | rows[f"{column}_after"].notna()
        steps.append(((went_with | came_with) & known, note))
    return case_when(rows.index, *steps, otherwise="")


def _ids_that_count(alignment: Alignment, column: str) -> pd.Series:
    """The ids of objects that count: active, managed, open, in scope."""
    objectives = alignment.all_objectives
    tables = {"outcome_id": alignment.outcomes, "product_id": alignment.products,
              "objective_id": objectives[objectives["live"]], "kr_id": alignment.key_results}
    return tables[column][column]


def _pattern_codes(gaps: Gaps) -> set[str]:
    return {pattern.code for pattern in gaps.patterns}


def _patterns(rows: pd.DataFrame, before: Gaps, after: Gaps) -> list[Change]:
    """One change per pattern whose gaps changed, with their number before and after.

    kind: more, fewer, or other (equally many, but not the same); note: "12 new, 3 resolved".
    """
    changes = []
    for code, changed in rows.groupby("code"):
        counts = Counter(changed["kind"])
        was, now = (None if code in side.not_evaluated else int((side.rows["code"] == code).sum())
                    for side in (before, after))
        kind = "now_judged" if was is None else "not_judged" if now is None else (
            "more" if now > was else "fewer" if now < was else "other")
        note = ", ".join(f"{counts[of_gaps]:,} {label}" for of_gaps, label in LABELS.items()
                         if counts[of_gaps])
        changes.append(Change("pattern", kind, (str(code),), RULES[str(code)].name, was, now, note))
    return changes
