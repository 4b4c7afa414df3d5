"""Key results that were made easier, field by field."""

import pandas as pd

from orgdata.changes.change import Change, differ, milder_fields, side_by_side, with_names
from orgdata.changes.results import all_results
from orgdata.measures import Alignment
from orgdata.measures.goalposts import GOALPOSTS, direction
from orgdata.measures.key_results import COUNTED, MAINTAIN
from orgdata.tabular.select import TOLERANCE

# From the strictest to the mildest
_PACES = {"linear": 0, "back_loaded": 1, "none": 2}
_KINDS = {**dict.fromkeys(("increase", "decrease", "unspecified"), 0), **dict.fromkeys(COUNTED, 1),
          **dict.fromkeys(MAINTAIN, 2)}


def key_results(before: Alignment, after: Alignment) -> list[Change]:
    """Key results that were made easier by themselves: what came with their objective is its own.

    Those on both sides, closed ones too; dates of the next cycle are no later ones.
    """
    rows = with_names(side_by_side(
        _renamed(before), _renamed(after), ["kr_id"],
        ["title", "kr_type", "start", "start_date", "due_date", "pace", "weight", "is_guardrail",
         "cadence_days", "own_cadence", "result_kind", *GOALPOSTS]), "title")
    rows = rows[rows["both"]]
    kind, kind_before = rows["kr_type_after"], rows["kr_type_before"]
    same_cycle = ~(rows["start_after"] > rows["due_before"])
    # of another kind now: by what the kind is now
    posts: dict[str, pd.Series] = {
        post: direction(post, rows[f"{post}_before"], rows[f"{post}_after"], kind, kind) == "eased"
        for post in GOALPOSTS}
    return milder_fields("key_results", rows["kr_id"], rows, {
        "kr_type": kind.map(_KINDS) > kind_before.map(_KINDS), **posts,
        "due": posts["due"] & same_cycle & differ(rows, "due_date"),
        "start": ((rows["start_after"] > rows["start_before"]) & same_cycle
                  & differ(rows, "start_date")),
        "pace": rows["pace_after"].map(_PACES) > rows["pace_before"].map(_PACES),
        "is_guardrail": rows["is_guardrail_before"].eq(True) & rows["is_guardrail_after"].eq(False),
        "cadence_days": (differ(rows, "own_cadence")
                         & (rows["cadence_days_after"] > rows["cadence_days_before"] + TOLERANCE)),
        "weight": rows["weight_after"] < rows["weight_before"] - TOLERANCE,
        "result_kind": ((rows["result_kind_before"] == "output")
                        & ~rows["result_kind_after"].eq("output").fillna(False))})


def _renamed(alignment: Alignment) -> pd.DataFrame:
    """All key results, with what counts where a cell is blank in its column."""
    rows = all_results(alignment)
    return rows.assign(
        kr_type=rows["kind"], is_guardrail=rows["guardrail"], pace=rows["pace"].fillna("linear"),
        weight=rows["weight"].fillna(1.0), own_cadence=rows["cadence_days"],
        cadence_days=rows["cadence_days"].fillna(alignment.portfolio.settings.cadence_days))
