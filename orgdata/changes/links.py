"""Changes of the links between products and outcomes (METHOD section 3)."""

import pandas as pd

from orgdata.changes.change import Change, changes_of, differ, side_by_side
from orgdata.measures import Alignment
from orgdata.tabular.lookup import is_in
from orgdata.tabular.select import case_when

_CONFIRMED = ("proven", "claimed")
NO_GOAL, NO_NEW_GOAL = "no OKR behind it", "no new objective"  # notes of links newly stated
SEPARATOR = ", "  # between notes


def links(before: Alignment, after: Alignment) -> list[Change]:
    """Links whose state changed, one change each; the state is `none` if there is no link.

    kind: `declared` or `withdrawn` if the declaration was added or removed, whatever the state;
    else `proven`, `lost_proof`; else `confirmed`, `unconfirmed`; else `goal`, `goal_ended`: a goal
    for an outcome that the product does not claim. note: that it came or went with its product or
    outcome; of what is declared or confirmed now and was not, whether a goal is behind it, and a
    new one. Further changes of links declared on both sides: `strength` and `share` (percent of
    the product's money, as stated).
    """
    rows = side_by_side(before.links, after.links, ["product_id", "outcome_id"],
                        ["product_name", "outcome_name", "state", "declared", "strength",
                         "share_pct", "goal"])
    rows = rows.assign(
        name=rows["product_name_after"].fillna(rows["product_name_before"]) + " → "
        + rows["outcome_name_after"].fillna(rows["outcome_name_before"]),
        state_before=rows["state_before"].fillna("none"),
        state_after=rows["state_after"].fillna("none"))
    rows = rows.assign(kind=_kind(rows), note=_notes(
        _came_or_went_with(rows, before, after), _without_a_goal(rows)))
    declared = rows["declared_before"].eq(True) & rows["declared_after"].eq(True)
    return [*changes_of("link", None, rows[rows["state_before"] != rows["state_after"]],
                        "state_before", "state_after", "note"),
            *changes_of("link", "strength", rows[declared & differ(rows, "strength")],
                        "strength_before", "strength_after"),
            *changes_of("link", "share", rows[declared & differ(rows, "share_pct")],
                        "share_pct_before", "share_pct_after")]


def _kind(rows: pd.DataFrame) -> pd.Series:
    was, now = rows["state_before"], rows["state_after"]
    claimed, claims = rows["declared_before"].eq(True), rows["declared_after"].eq(True)
    return case_when(
        rows.index, (claims & ~claimed, "declared"), (claimed & ~claims, "withdrawn"),
        (now == "proven", "proven"), (was == "proven", "lost_proof"),
        (now.isin(_CONFIRMED), "confirmed"), (was.isin(_CONFIRMED), "unconfirmed"),
        (now == "undeclared", "goal"), otherwise="goal_ended")


def _without_a_goal(rows: pd.DataFrame) -> pd.Series:
    """Of links newly declared or confirmed: that no goal is behind them, or none that is new."""
    claims = rows["declared_after"].eq(True) & ~rows["declared_before"].eq(True)
    confirmed = rows["state_after"].isin(_CONFIRMED) & ~rows["state_before"].isin(_CONFIRMED)
    goal, had = rows["goal_after"].eq(True), rows["goal_before"].eq(True)
    newly = claims | confirmed
    return case_when(rows.index, (newly & ~goal, NO_GOAL), (newly & had, NO_NEW_GOAL),
                     otherwise="")


def _notes(notes: pd.Series, more: pd.Series) -> pd.Series:
    both = (notes != "") & (more != "")
    return notes.where(more == "", more.where(notes == "", notes)).where(
        ~both, notes + SEPARATOR + more)


def _came_or_went_with(rows: pd.DataFrame, before: Alignment, after: Alignment) -> pd.Series:
    """Whether a link came or went with its product or its outcome, in words."""
    def stays(column: str, of_before: pd.DataFrame, of_after: pd.DataFrame) -> pd.Series:
        return is_in(rows[column], of_before[column]) & is_in(rows[column], of_after[column])

    return case_when(
        rows.index,
        (~stays("product_id", before.products, after.products), "with the product"),
        (~stays("outcome_id", before.outcomes, after.outcomes), "with the outcome"), otherwise="")
