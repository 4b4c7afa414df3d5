"""Changes of gaps: new, worse, better or resolved; a pattern is one change (METHOD section 6)."""

from collections import Counter
from collections.abc import Collection

import pandas as pd

from orgdata.changes.change import Change, changes_of, side_by_side, with_names
from orgdata.gaps import RULES, SEVERITIES, Gaps
from orgdata.measures import Alignment
from orgdata.tabular.lookup import is_in
from orgdata.tabular.select import case_when

LABELS = {"new": "new", "resolved": "resolved", "worse": "worse", "better": "better",
          "now_judged": "judged for the first time", "not_judged": "not judged any more"}
AFTER_EASED = "after a goalpost was eased"  # a note: nobody fixed the gap
WITH_SUBJECT = {  # notes, the most specific subject first
    "kr_id": "with its key result", "objective_id": "with its objective",
    "product_id": "with its product", "outcome_id": "with its outcome"}


def gaps(before: Gaps, after: Gaps, alignment_before: Alignment, alignment_after: Alignment,
         eased: Collection[str] = ()) -> list[Change]:
    """Gaps that changed, with severity before and after, gravest first; then patterns.

    A gap of a rule that was not evaluated before is `now_judged`, not new; one of a rule that is
    not evaluated any more is `not_judged`, not resolved: nobody fixed it. note: that it came or
    went with the object it is about, or was resolved after the goalpost of its key result was
    eased (`eased`: ids of key results). The gaps of a rule that forms a pattern on either side are
    one change, except critical ones.
    """
    rows = with_names(side_by_side(before.rows, after.rows, ["key"],
                                   ["code", "severity", "message", *WITH_SUBJECT]), "message")
    rows = rows.assign(code=rows["code_after"].fillna(rows["code_before"]))
    rows = rows.assign(kind=_kind(rows, before, after),
                       note=_note(rows, alignment_before, alignment_after, eased))
    rows = rows[rows["kind"].notna()]
    of_pattern = rows["code"].isin(_pattern_codes(before) | _pattern_codes(after))
    critical = (rows["severity_before"] == "critical") | (rows["severity_after"] == "critical")
    single = rows[~of_pattern | critical]
    order = pd.concat([single["severity_before"].map(SEVERITIES.index, na_action="ignore"),
                       single["severity_after"].map(SEVERITIES.index, na_action="ignore")],
                      axis=1).min(axis=1).sort_values(kind="stable")
    return [*changes_of("gap", None, single.loc[order.index], "severity_before", "severity_after",
                        "note"),
            *_patterns(rows[of_pattern], before, after)]


def _kind(rows: pd.DataFrame, before: Gaps, after: Gaps) -> pd.Series:
    unjudged_before = rows["code"].isin(list(before.not_evaluated))
    unjudged_after = rows["code"].isin(list(after.not_evaluated))
    was, now = (rows[f"severity_{side}"].map(SEVERITIES.index, na_action="ignore").astype("float64")
                for side in ("before", "after"))
    return case_when(
        rows.index, (rows["new"] & unjudged_before, "now_judged"),
        (rows["gone"] & unjudged_after, "not_judged"), (rows["new"], "new"),
        (rows["gone"], "resolved"), (now < was, "worse"), (now > was, "better"))


def _note(rows: pd.DataFrame, alignment_before: Alignment, alignment_after: Alignment,
          eased: Collection[str]) -> pd.Series:
    """The most specific object with which a gap came or went, or "" if none."""
    steps: list[tuple[pd.Series, str]] = []
    for column, note in WITH_SUBJECT.items():
        went_with = rows["gone"] & ~is_in(rows[f"{column}_before"],
                                          _ids_that_count(alignment_after, column))
        came_with = rows["new"] & ~is_in(rows[f"{column}_after"],
                                         _ids_that_count(alignment_before, column))
        known = rows[f"{column}_before"].notna() | rows[f"{column}_after"].notna()
        steps.append(((went_with | came_with) & known, note))
    resolved = rows["gone"] & rows["kr_id_before"].isin(list(eased))
    return case_when(rows.index, *steps, (resolved, AFTER_EASED), otherwise="")


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
