"""What was quietly made easier: edits that can only make a rule or a headline milder.

A change is listed with the table and id of what was edited, and what its value was before and is
now. The same edit the other way round is an ordinary change.
"""

from collections.abc import Mapping, Sequence

from orgdata.changes.change import Change, differ, milder_fields, side_by_side, with_names
from orgdata.changes.milder_key_results import key_results
from orgdata.changes.milder_settings import settings
from orgdata.changes.milder_sharing import cycles, outcomes_of, products_of
from orgdata.changes.results import removed_while_behind
from orgdata.measures import EXEMPT_ROLES, Alignment
from orgdata.tabular.lookup import is_in
from orgdata.tabular.select import TOLERANCE

# Fields of products that headlines depend on, and what an easier one is called as a cause
CAUSES = {"strategic_role": "changed strategic bets", "level": "changed levels",
          "bau_pct": "more running cost", "annual_spend": "less spend", "fte": "less spend"}
_SET_ASIDE = ("planned", "deferred")  # a status that leaves a product out without ending it


def milder(before: Alignment, after: Alignment) -> list[Change]:
    """Every field that was made easier: kind is the field, ids the table and the row's id (of a
    setting: its name, or the code of its rule)."""
    return [*_outcomes(before, after), *_products(before, after), *_objectives(before, after),
            *cycles(before, after), *products_of(before, after), *outcomes_of(before, after),
            *key_results(before, after), *removed_while_behind(before, after),
            *settings(before.portfolio.settings, after.portfolio.settings)]


def cells_of(easier: Sequence[Change]) -> Mapping[str, list[str]]:
    """The cells of products that headlines depend on: field → ids of products."""
    cells: dict[str, list[str]] = {}
    for change in easier:
        if change.ids[0] == "products" and change.kind in CAUSES:
            cells.setdefault(change.kind, []).append(change.ids[1])
    return cells


def _outcomes(before: Alignment, after: Alignment) -> list[Change]:
    """Active outcomes that are not tier 1 any more, or weigh less because somebody said so."""
    rows = with_names(side_by_side(before.outcomes, after.outcomes, ["outcome_id"],
                                   ["name", "tier", "tier1", "weight", "weight_given"]))
    less = rows["weight_after"] < rows["weight_before"] - TOLERANCE
    return milder_fields("outcomes", rows["outcome_id"], rows, {
        "tier": (differ(rows, "tier") & rows["tier1_before"].eq(True)
                 & rows["tier1_after"].eq(False)),
        "weight": differ(rows, "weight_given") & less})


def _products(before: Alignment, after: Alignment) -> list[Change]:
    """Products that were managed: of another level or only planned, in a role that asks for less,
    with more running cost, or with less spend that counts against a share.

    Less spend is easier where none of it is proven, and where it is unknown now.
    """
    rows = with_names(side_by_side(
        before.portfolio["products"], after.portfolio["products"], ["product_id"],
        ["name", "level", "status", "strategic_role", "bau_pct", "annual_spend", "fte"]))
    ids = rows["product_id"]
    managed = rows["both"] & is_in(ids, before.products["product_id"])
    gone = managed & ~is_in(ids, after.products["product_id"])
    was, now = rows["strategic_role_before"], rows["strategic_role_after"]
    exempted = now.isin(EXEMPT_ROLES) & ~was.isin(EXEMPT_ROLES)
    easier = {
        "level": gone & differ(rows, "level"),
        "status": gone & differ(rows, "status") & rows["status_after"].isin(_SET_ASIDE),
        "strategic_role": managed & differ(rows, "strategic_role") & (exempted | (was == "invest")),
        "bau_pct": managed & (rows["bau_pct_after"].fillna(0.0)
                              > rows["bau_pct_before"].fillna(0.0) + TOLERANCE)}
    unit = before.money.unit
    if unit == after.money.unit != "count":
        links = before.links
        proven = is_in(ids, links.loc[links["state"] == "proven", "product_id"])
        spent, spends = rows[f"{unit}_before"], rows[f"{unit}_after"]
        easier[unit] = managed & spent.notna() & (spends.isna() | ((spends < spent) & ~proven))
    rows = rows.assign(**{name: rows[name].fillna("active")
                          for name in ("status_before", "status_after")})
    return milder_fields("products", ids, rows, easier)


def _objectives(before: Alignment, after: Alignment) -> list[Change]:
    """Objectives that are not committed any more, are exempt, or start or end later in their
    cycle."""
    rows = with_names(side_by_side(
        before.portfolio["objectives"], after.portfolio["objectives"], ["objective_id"],
        ["title", "ambition", "exempt_reason", "exempt_until", "start_date", "end_date"]), "title")
    later = {name: rows[f"{name}_after"] > rows[f"{name}_before"]
             for name in ("exempt_until", "start_date", "end_date")}
    next_cycle = rows["start_date_after"] > rows["end_date_before"]
    reason = rows["exempt_reason_before"].isna() & rows["exempt_reason_after"].notna()
    return milder_fields("objectives", rows["objective_id"], rows, {
        "ambition": (rows["both"] & (rows["ambition_before"] == "committed")
                     & ~rows["ambition_after"].eq("committed").fillna(False)),
        "exempt_reason": rows["both"] & reason, "exempt_until": later["exempt_until"] & ~reason,
        "start_date": later["start_date"] & ~next_cycle,
        "end_date": later["end_date"] & ~next_cycle})
