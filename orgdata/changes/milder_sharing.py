"""Cycles that were made easier, and objectives that left products or outcomes while behind."""

import pandas as pd

from orgdata.changes.change import Change, differ, milder_fields, side_by_side, with_names
from orgdata.measures import Alignment
from orgdata.measures.progress import BEHIND
from orgdata.tabular.lookup import indexed, is_in, look_up_any
from orgdata.tabular.select import TOLERANCE, iter_rows


def cycles(before: Alignment, after: Alignment) -> list[Change]:
    """Cycles with later dates or rarer check-ins; dates of the next cycle are no later ones."""
    rows = with_names(side_by_side(
        _cycles(before), _cycles(after), ["cycle_id"],
        ["name", "start_date", "end_date", "own_cadence", "cadence_days"]))
    same = ~(rows["start_date_after"] > rows["end_date_before"])
    return milder_fields("cycles", rows["cycle_id"], rows, {
        "start_date": (rows["start_date_after"] > rows["start_date_before"]) & same,
        "end_date": (rows["end_date_after"] > rows["end_date_before"]) & same,
        "cadence_days": differ(rows, "own_cadence") & (
            rows["cadence_days_after"] > rows["cadence_days_before"] + TOLERANCE)})


def products_of(before: Alignment, after: Alignment) -> list[Change]:
    """Objectives that a product does not pursue any more though they were behind there, and less
    effort for those that lead to no outcome."""
    was, now = (_in_cycle(side.pursued, before, after, "product_id") for side in (before, after))
    if not len(was):
        return []
    rows = side_by_side(was, now, ["objective_id", "product_id"], ["effort_given"])
    product = look_up_any(rows["product_id"], indexed(before.products, "product_id", "name"))
    behind = _behind(before, rows)
    gone = rows["gone"] & behind.notna()
    unled = ~is_in(rows["objective_id"], before.sights["objective_id"])
    rows = rows.assign(
        name=_titles(before, rows) + " → " + product,
        effort_pct_before=rows["effort_given_before"], effort_pct_after=rows["effort_given_after"])
    return [*_removed("objective_products", before, rows[gone], behind,
                      "not an objective of " + product + " any more"),
            *milder_fields("objective_products", rows["objective_id"], rows, {
                "effort_pct": unled & (rows["effort_given_after"]
                                       < rows["effort_given_before"] - TOLERANCE)})]


def outcomes_of(before: Alignment, after: Alignment) -> list[Change]:
    """Objectives that do not lead to an outcome any more though they were behind, that only support
    it now, or give it another share."""
    was, now = (_in_cycle(side.sights, before, after, "outcome_id") for side in (before, after))
    if not len(was):
        return []
    seen = side_by_side(was, now, ["objective_id", "outcome_id"], [])
    behind = _behind(before, seen)
    gone = seen["gone"] & behind.notna()
    outcome = look_up_any(seen["outcome_id"], indexed(before.outcomes, "outcome_id", "name"))
    removed = _removed("objective_outcomes", before, seen[gone], behind,
                       "not for “" + outcome + "” any more")
    stated = _led(before)
    if not len(stated):
        return removed
    rows = side_by_side(stated, _led(after), ["objective_id", "outcome_id"], ["mode", "share_pct"])
    rows = rows.assign(name=_titles(before, rows) + " → " + look_up_any(
        rows["outcome_id"], indexed(before.outcomes, "outcome_id", "name")))
    rows = rows[rows["both"] & rows["name"].notna()]
    supports = (rows["mode_before"] == "contributes") & (rows["mode_after"] == "supports")
    pairs = set(iter_rows(seen.loc[gone, "objective_id"], seen.loc[gone, "outcome_id"]))
    named = pd.Series([pair in pairs for pair in iter_rows(
        rows["objective_id"], rows["outcome_id"])], rows.index, dtype="bool")
    return [
        *removed,
        *milder_fields("objective_outcomes", rows["objective_id"], rows,
                       {"mode": supports & ~named}),
        *milder_fields("objective_outcomes", rows["outcome_id"], rows,
                       {"share_pct": differ(rows, "share_pct")})]


def _removed(table: str, before: Alignment, rows: pd.DataFrame, behind: pd.Series,
             became: pd.Series) -> list[Change]:
    return [Change("milder", "removed", (table, objective_id), title, status, into)
            for objective_id, title, status, into in iter_rows(
                rows["objective_id"], _titles(before, rows), behind.loc[rows.index],
                became.loc[rows.index])]


def _in_cycle(rows: pd.DataFrame, before: Alignment, after: Alignment, other: str) -> pd.DataFrame:
    """The pairs of an objective that is in cycle and what counts on both sides."""
    counting = (before.products, after.products) if other == "product_id" else (
        before.outcomes, after.outcomes)
    for side, counted in zip((before, after), counting, strict=True):
        rows = rows[is_in(rows["objective_id"], side.objectives["objective_id"])
                    & is_in(rows[other], counted[other])]
    return rows


def _behind(alignment: Alignment, rows: pd.DataFrame) -> pd.Series:
    """The status of the first key result of each row's objective that is behind, of its product
    where the row has one; missing where none is."""
    results = alignment.key_results[alignment.key_results["status"].isin(BEHIND)]
    wanted = rows.assign(at=rows.index)
    found = wanted.merge(results[["objective_id", "own_product_id", "status"]], on="objective_id")
    if "product_id" in rows:
        found = found[found["own_product_id"].isna()
                      | (found["own_product_id"] == found["product_id"])]
    return found.drop_duplicates("at").set_index("at")["status"].reindex(rows.index)


def _titles(alignment: Alignment, rows: pd.DataFrame) -> pd.Series:
    return look_up_any(rows["objective_id"],
                       indexed(alignment.portfolio["objectives"], "objective_id", "title"))


def _cycles(alignment: Alignment) -> pd.DataFrame:
    rows = alignment.portfolio["cycles"]
    return rows.assign(own_cadence=rows["cadence_days"], cadence_days=rows["cadence_days"].fillna(
        alignment.portfolio.settings.cadence_days))


def _led(alignment: Alignment) -> pd.DataFrame:
    """The stated pairs of objectives in cycle and outcomes; a blank mode is a contribution."""
    rows = alignment.portfolio["objective_outcomes"]
    rows = rows[is_in(rows["objective_id"], alignment.objectives["objective_id"])]
    return rows.assign(mode=rows["mode"].fillna("contributes"))
