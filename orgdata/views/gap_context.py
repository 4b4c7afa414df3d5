"""Why a gap matters, in two short lines for people who will not read the rule: what stands behind
it, and for a key result its values over the weeks."""

from collections.abc import Hashable
from typing import Any, NamedTuple

import pandas as pd

from orgdata import formats
from orgdata.measures import Alignment
from orgdata.measures.key_results import MAINTAIN
from orgdata.views import vocabulary
from orgdata.views.key_results import way
from orgdata.views.products import products_of_gaps


class Values(NamedTuple):
    """The values of a key result over time: days and numbers, the oldest first; the value to reach,
    missing where there is none; and the unit, "" where there is none."""

    days: list[pd.Timestamp]
    numbers: list[float]
    goal: float
    unit: str


def context(row: pd.Series, alignment: Alignment) -> list[str]:
    """At most two lines: where the key result, the outcome or the product stands, and the budget
    concerned."""
    lines = [_key_result(row, alignment), _outcome(row, alignment), _product(row, alignment)]
    money, currency = alignment.money, alignment.portfolio.settings.currency
    budget = "" if money.unit == "count" or formats.is_unknown(row["at_stake"]) or not row[
        "at_stake"] else (
        f"Budget concerned: {formats.money(row['at_stake'], money.unit, currency)}.")
    return [*list(filter(None, lines))[:1], *([budget] if budget else [])]


def values(row: pd.Series, alignment: Alignment) -> Values | None:
    """The values of the key result that a gap is about, up to the day; None where it is about none,
    or fewer than two are known."""
    found = _of(alignment.key_results, "kr_id", row)
    seen = alignment.portfolio["check_ins"]
    seen = seen[(seen["kr_id"] == row["kr_id"]) & seen["value"].notna()
                & (seen["date"] <= alignment.as_of)].sort_values(["date", "row"])
    seen = seen.drop_duplicates("date", keep="last")  # of two on one day the later counts
    if len(seen) < 2 or not len(found):
        return None
    goal, unit = found[["goal", "unit"]].iloc[0]
    return Values(seen["date"].tolist(), seen["value"].tolist(), float(goal),
                  "" if formats.is_unknown(unit) else str(unit))


def _of(rows: pd.DataFrame, column: str, row: pd.Series) -> pd.DataFrame:
    """The row with the id that a gap names; none where it names none."""
    return rows[rows[column] == row[column]] if pd.notna(row[column]) else rows[:0]


def _first(rows: pd.DataFrame) -> list[dict[Hashable, Any]]:
    """The first row as its cells by column, if there is one."""
    first: list[dict[Hashable, Any]] = rows.head(1).to_dict("records")
    return first


def _key_result(row: pd.Series, alignment: Alignment) -> str:
    for found in _first(_of(alignment.key_results, "kr_id", row).assign(way=way)):
        reach = "" if found["kind"] in MAINTAIN or pd.isna(found["goal"]) or pd.isna(
            found["base"]) else " (start, now, target)"
        due = "" if pd.isna(found["due"]) else f", due {formats.day(found['due'])}"
        last = ("no check-in yet" if pd.isna(found["checked_on"]) else
                f"last check-in {formats.day(found['checked_on'])}")
        return f"{found['way'][:1].upper()}{found['way'][1:]}{reach}{due}; {last}."
    return ""


def _outcome(row: pd.Series, alignment: Alignment) -> str:
    for found in _first(_of(alignment.outcomes, "outcome_id", row)):
        links = _of(alignment.links, "outcome_id", row).sort_values("flow", ascending=False)
        by = formats.listed(links["product_name"].tolist(), most=3) or (
            "no product" if found["coverage"] == "uncovered" else formats.UNKNOWN)
        weight = (f"Weight {formats.share(found['weight'])}. " if alignment.basis.stated_weights
                  else "")
        return f"{weight}Linked to it: {by}."
    return ""


def _product(row: pd.Series, alignment: Alignment) -> str:
    """The strategic bet of its product and what that is linked to, be it only stated; of several
    products of the first."""
    ids = products_of_gaps(alignment, row.to_frame().T)["product_id"]
    for product in _first(alignment.products[alignment.products["product_id"].isin(ids)]):
        links = alignment.links[alignment.links["product_id"] == product["product_id"]]
        names = formats.listed([f"“{name}”" for name in links["outcome_name"]], most=2)
        known = alignment.basis.links and not product["linked_unknown"]
        role = product["strategic_role"]
        bet = "" if formats.is_unknown(role) else f" (strategic bet: {vocabulary.role(role)})"
        return (f"{product['name']}{bet} is linked to {names or 'no outcome'}." if names or known
                else f"What {product['name']}{bet} is linked to is unknown.")
    return ""
