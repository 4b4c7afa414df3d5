"""Changes of objectives and key results, and goalposts that moved (METHOD §2, §4, KR04)."""

from collections.abc import Mapping

import pandas as pd

from orgdata.changes.change import Change, changes_of, differ, side_by_side, with_names
from orgdata.changes.results import all_results, replaced_by, successors
from orgdata.measures import Alignment
from orgdata.measures.goalposts import GOALPOSTS, direction
from orgdata.tabular.lookup import indexed, is_in, look_up_any
from orgdata.tabular.select import case_when, is_closed, iter_rows, join_by

WITH_OBJECTIVE = "with its objective"  # a note: why a key result came or went


def objectives(before: Alignment, after: Alignment) -> list[Change]:
    """Objectives that were added, removed or changed.

    kind: `added`, `removed`; `closed` or `reopened` by their status; `started` or `ended` by their
    dates or their product; `outcome`: in cycle on both sides, for another outcome now.
    before, after: in cycle, out of cycle, closed (of `outcome`: its name). note: the status word
    of a closed one.
    """
    rows = with_names(side_by_side(_with_state(before), _with_state(after), ["objective_id"],
                                   ["title", "state", "status", "sights", "sight_names"]), "title")
    was, now = rows["state_before"], rows["state_after"]
    rows = rows.assign(
        kind=case_when(rows.index, (rows["new"], "added"), (rows["gone"], "removed"),
                       (now.eq("closed").fillna(False), "closed"),
                       (was.eq("closed").fillna(False), "reopened"),
                       (now.eq("in cycle").fillna(False), "started"), otherwise="ended"),
        note=rows["status_after"].where(now == "closed"))
    changed = rows["new"] | rows["gone"] | differ(rows, "state")
    for_another_outcome = differ(rows, "sights") & (was == "in cycle") & (now == "in cycle")
    return [*changes_of("objective", None, rows[changed], "state_before", "state_after", "note"),
            *changes_of("objective", "outcome", rows[for_another_outcome], "sight_names_before",
                        "sight_names_after")]


def key_results(before: Alignment, after: Alignment) -> list[Change]:
    """Key results in scope that were added, removed or have another status.

    note: that it came or went with its objective, what took its place or what it replaces, the
    status word that closed it, or why its status is unknown.
    """
    rows = with_names(side_by_side(before.key_results, after.key_results, ["kr_id"],
                                   ["title", "objective_id", "status", "status_reason"]), "title")
    replaced = successors(before, after)
    into = {kr_id: replaced_by(new) for kr_id, new in replaced.items()}
    out_of = {new[0]: f"in place of “{old}”" for kr_id, old in iter_rows(
        rows["kr_id"], rows["name"]) for new in replaced.get(kr_id, ())}
    rows = rows.assign(
        came=_noted(rows, out_of, _absent_because(rows["objective_id_after"], before, rows)),
        went=_noted(rows, into, _absent_because(rows["objective_id_before"], after, rows)))
    return [*changes_of("key_result", "added", rows[rows["new"]], None, "status_after", "came"),
            *changes_of("key_result", "removed", rows[rows["gone"]], "status_before", None, "went"),
            *changes_of("key_result", "status", rows[differ(rows, "status")], "status_before",
                        "status_after", "status_reason_after")]


def goalposts(before: Alignment, after: Alignment) -> list[Change]:
    """Targets, baselines, bounds and due dates (its own, else the objective's) that moved.

    For every key result on both sides, also closed ones: a target that was lowered to close it has
    moved. kind: the goalpost; note: eased, tightened, set, dropped or moved (goalposts.py).
    """
    rows = with_names(side_by_side(all_results(before), all_results(after), ["kr_id"],
                                   ["title", "kind", *GOALPOSTS]), "title")
    rows = rows[rows["both"]]
    changes: list[Change] = []
    for post in GOALPOSTS:
        note = direction(post, rows[f"{post}_before"], rows[f"{post}_after"], rows["kind_before"],
                         rows["kind_after"])
        moved = rows.assign(note=note)[note.notna()]
        changes += changes_of("goalpost", post, moved, f"{post}_before", f"{post}_after", "note")
    return changes


def _with_state(alignment: Alignment) -> pd.DataFrame:
    rows, sights = alignment.all_objectives, alignment.sights
    return rows.assign(
        state=case_when(rows.index, (rows["in_cycle"], "in cycle"),
                        (is_closed(rows["status"]), "closed"), otherwise="out of cycle"),
        sights=look_up_any(rows["objective_id"],
                           join_by(sights["objective_id"], sights["outcome_id"])))


def _noted(rows: pd.DataFrame, notes: Mapping[str, str], otherwise: pd.Series) -> pd.Series:
    return rows["kr_id"].map(dict(notes)).astype("str").fillna(otherwise)


def _absent_because(objective: pd.Series, other: Alignment, rows: pd.DataFrame) -> pd.Series:
    """Why a key result is missing on the other side: without its objective, or closed there."""
    results = other.portfolio["key_results"]
    closed = results[is_closed(results["status"])]
    word = look_up_any(rows["kr_id"], indexed(closed, "kr_id", "status"))
    without = ~is_in(objective, other.objectives["objective_id"])
    return ("status " + word).mask(without, WITH_OBJECTIVE)
