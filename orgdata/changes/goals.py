"""What changed in objectives and key results, and which goalposts moved (METHOD §2, §4, KR04)."""

import pandas as pd

from orgdata.changes.change import Change, changes_of, differ, matched, named
from orgdata.measures import Alignment
from orgdata.measures.goalposts import GOALPOSTS, direction
from orgdata.measures.key_results import of_objectives
from orgdata.measures.objectives import is_closed
from orgdata.tabular.lookup import indexed, is_in, look_up_any
from orgdata.tabular.select import case_when


def objectives(before: Alignment, after: Alignment) -> list[Change]:
    """Objectives added or removed; `closed` or `reopened` by their status; `started` or `ended` by
    their dates or their product; `outcome`: in cycle on both sides and leads elsewhere now.

    before and after: in cycle, out of cycle, closed (of `outcome`: the outcome's name). The note
    of what is closed is its status word.
    """
    rows = named(matched(_with_state(before), _with_state(after), ["objective_id"],
                         ["title", "state", "status", "sight", "sight_name"]), "title")
    was, now = rows["state_before"], rows["state_after"]
    rows = rows.assign(
        what=case_when(rows.index, (rows["new"], "added"), (rows["gone"], "removed"),
                       (now.eq("closed").fillna(False), "closed"),
                       (was.eq("closed").fillna(False), "reopened"),
                       (now.eq("in cycle").fillna(False), "started"), otherwise="ended"),
        note=rows["status_after"].where(now == "closed"))
    changed = rows["new"] | rows["gone"] | differ(rows, "state")
    elsewhere = differ(rows, "sight") & (was == "in cycle") & (now == "in cycle")
    return [*changes_of("objective", None, rows[changed], "state_before", "state_after", "note"),
            *changes_of("objective", "outcome", rows[elsewhere], "sight_name_before",
                        "sight_name_after")]


def key_results(before: Alignment, after: Alignment) -> list[Change]:
    """Key results in scope: added, removed, or of another status, with the reason of an unknown.

    The note says when one came or went with its objective, or under which word it was closed.
    """
    rows = named(matched(before.key_results, after.key_results, ["kr_id"],
                         ["title", "objective_id", "status", "status_reason"]), "title")
    rows = rows.assign(came=_came_with(rows["objective_id_after"], before, rows),
                       went=_came_with(rows["objective_id_before"], after, rows))
    return [*changes_of("key_result", "added", rows[rows["new"]], None, "status_after", "came"),
            *changes_of("key_result", "removed", rows[rows["gone"]], "status_before", None, "went"),
            *changes_of("key_result", "status", rows[differ(rows, "status")], "status_before",
                        "status_after", "status_reason_after")]


def goalposts(before: Alignment, after: Alignment) -> list[Change]:
    """Targets, baselines, bounds and due dates (the own, else the objective's) that moved.

    Of every key result both have, closed ones too: a target lowered to close it is a moved
    goalpost. what: which one; note: eased, tightened, set, dropped or moved (goalposts.py).
    """
    rows = named(matched(_all_results(before), _all_results(after), ["kr_id"],
                         ["title", "kind", *GOALPOSTS]), "title")
    rows = rows[rows["both"]]
    found: list[Change] = []
    for post in GOALPOSTS:
        way = direction(post, rows[f"{post}_before"], rows[f"{post}_after"], rows["kind_before"],
                        rows["kind_after"])
        moved = rows.assign(way=way)[way.notna()]
        found += changes_of("goalpost", post, moved, f"{post}_before", f"{post}_after", "way")
    return found


def _with_state(alignment: Alignment) -> pd.DataFrame:
    rows = alignment.all_objectives
    names = indexed(alignment.portfolio["outcomes"], "outcome_id", "name")
    return rows.assign(
        state=case_when(rows.index, (rows["in_cycle"], "in cycle"),
                        (is_closed(rows["status"]), "closed"), otherwise="out of cycle"),
        sight_name=look_up_any(rows["sight"], names))


def _came_with(objective: pd.Series, other: Alignment, rows: pd.DataFrame) -> pd.Series:
    """Why a key result is not on the other side: its objective is not, or it is closed there."""
    results = other.portfolio["key_results"]
    closed = results[is_closed(results["status"])]
    word = look_up_any(rows["kr_id"], indexed(closed, "kr_id", "status"))
    without = ~is_in(objective, other.objectives["objective_id"])
    return ("status " + word).mask(without, "with its objective")


def _all_results(alignment: Alignment) -> pd.DataFrame:
    return of_objectives(alignment.portfolio["key_results"], alignment.all_objectives)
