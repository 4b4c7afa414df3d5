"""Where the money goes, proven or only claimed, against stated weights (METHOD §5)."""

import numpy as np
import pandas as pd

from orgdata.measures.alignment import Basis, Money, MoneyReason, MoneyUnit
from orgdata.measures.column import Columns, flag, number
from orgdata.measures.weights import given_shares
from orgdata.tabular.lookup import indexed, is_in, is_word, look_up, matches
from orgdata.tabular.select import TOLERANCE

COLUMNS: Columns = {
    "products": {
        "spend": number("S: annual_spend, else fte, blank as 0; 1 where money is unknown"),
        "spend_unknown": flag("whether that blank was counted 0"),
        "bau": number("the part of S that keeps things running; all of it where nothing is served"),
        "to_outcomes": number("the rest of S"),
        "at_stake": number("S: what a gap of the product puts at stake; missing where unknown"),
        "unlinked": number("the part of to_outcomes that reaches no outcome"),
        "effective_outcomes": number("the effective number of outcomes it serves: 1 / Σ s²"),
    },
    "links": {
        "share": number("share of the product's to_outcomes that goes here"),
        "share_assumed": flag("whether that share is not stated but assumed"),
        "flow": number("the money that goes here"),
    },
    "outcomes": {
        "spend": number("the money that flows to it; missing where money or links are unknown"),
        "spend_proven": number("the proven part of it"),
        "spend_share": number("s: its share of all money for outcomes, T"),
        "at_stake": number("w · T: what a gap of the outcome puts at stake; missing where no "
                           "weight is stated"),
    },
}
_RANK = {"primary": 2, "supporting": 1}  # without shares, the strongest class gets all


def stated_unit(products: pd.DataFrame) -> MoneyUnit:
    """The unit of money: annual_spend if any managed product has it, else fte, else products."""
    for column in ("annual_spend", "fte"):
        if products[column].notna().any():
            return column
    return "count"


def money_unit(products: pd.DataFrame) -> MoneyUnit:
    """The same if it is known of half of the managed products; else products are counted."""
    unit = stated_unit(products)
    known = unit != "count" and 2 * products[unit].notna().sum() >= len(products)
    return unit if known else "count"


def with_spend(products: pd.DataFrame, links: pd.DataFrame) -> pd.DataFrame:
    """Add the spend of each product, and the part of it that is for outcomes.

    An exempt product without a confirmed link is supporting or ending work: all its spend is BAU.
    """
    unit = money_unit(products)
    nothing = pd.Series(np.nan, products.index)
    stated = nothing if unit == "count" else products[unit]
    spend = stated.fillna(1.0 if unit == "count" else 0.0)
    linked = is_in(products["product_id"], links.loc[links["confirmed"], "product_id"])
    bau = (spend * products["bau_pct"].fillna(0.0) / 100).where(
        ~products["exempt"] | linked, spend)
    return products.assign(spend=spend, spend_unknown=stated.isna(), bau=bau,
                           to_outcomes=spend - bau, at_stake=stated)


def with_flows(links: pd.DataFrame, products: pd.DataFrame, pursued: pd.DataFrame,
               sights: pd.DataFrame, basis: Basis) -> pd.DataFrame:
    """Add to links the share of the product's money that goes there, and the money."""
    if basis.contributions:
        share, assumed = _by_contribution(links)
    else:
        share, assumed = _by_effort(links, pursued, sights), pd.Series(False, links.index)
    to_outcomes = look_up(
        links["product_id"], indexed(products, "product_id", "to_outcomes"), np.nan)
    return links.assign(share=share, share_assumed=assumed, flow=share * to_outcomes)


def _by_contribution(links: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
    confirmed = links[links["confirmed"]]
    product = confirmed["product_id"]
    split = given_shares(confirmed["share_pct"], confirmed["product_id"])
    rank = confirmed["strength"].map(_RANK).fillna(0)
    best = rank == rank.groupby(product).transform("max")
    equal = best / best.groupby(product).transform("sum")
    return (split.fillna(equal).reindex(links.index).fillna(0.0),
            split.isna().reindex(links.index).fillna(False).astype(bool))


def _by_effort(links: pd.DataFrame, pursued: pd.DataFrame, sights: pd.DataFrame) -> pd.Series:
    pursued = pursued[pursued["in_cycle"]]
    by, seen = matches(pursued["objective_id"], sights["objective_id"])
    ends = (pd.Series(column.array.take(places)) for column, places in (
        (pursued["product_id"], by), (sights["outcome_id"], seen)))
    effort = pd.Series(pursued["effort"].to_numpy()[by] * sights["share"].to_numpy()[seen])
    pairs = links["product_id"] + "\0" + links["outcome_id"]
    return look_up(pairs, effort.groupby(next(ends) + "\0" + next(ends)).sum(), 0.0)


def totals(products: pd.DataFrame, links: pd.DataFrame, basis: Basis) -> Money:
    """The totals Σ S, Σ BAU, T and its parts; T is None if nothing is left for outcomes. All of
    them are None where the spend of fewer than half of the managed products is known."""
    unit, counted = stated_unit(products), money_unit(products) == "count"
    known = 0 if unit == "count" else int(products[unit].notna().sum())
    total = None if counted else float(products["to_outcomes"].sum()) or None
    flows = basis.links and total is not None and not basis.contributions_lost
    proven = links.loc[is_word(links["state"], "proven"), "flow"]
    return Money(
        unit="count" if counted else unit, stated_unit=unit, total=total,
        spend=None if counted else float(products["spend"].sum()),
        bau=None if counted else float(products["bau"].sum()),
        linked=float(links["flow"].sum()) if flows else None,
        proven=float(proven.sum()) if flows and basis.proof else None,
        unlinked=float(products["unlinked"].sum()) if flows else None,
        unknown_spend=0 if unit == "count" else len(products) - known, known=known,
        managed=len(products),
        reason=_why_unknown(unit, counted, total, basis))


def _why_unknown(unit: MoneyUnit, counted: bool, total: float | None,
                 basis: Basis) -> MoneyReason | None:
    """Why money, or where it flows, is unknown; None where both are known."""
    if unit == "count":
        return "not_loaded"
    if counted:
        return "few_known"
    if total is None:
        return "nothing_to_spend"
    if basis.contributions_lost:
        return "contributions_lost"
    return None if basis.links else "no_links"


def with_unlinked(products: pd.DataFrame, links: pd.DataFrame) -> pd.DataFrame:
    """Add to products the money for outcomes that reaches none, and how many the rest reaches."""
    flow = links.groupby("product_id")["flow"]
    to_linked = look_up(products["product_id"], flow.sum(), 0.0)
    share = links["share"] / links.groupby("product_id")["share"].transform("sum")
    spread = 1 / (share ** 2).groupby(links["product_id"]).sum().replace(0.0, np.nan)
    unlinked = products["to_outcomes"] - to_linked
    nothing = unlinked.abs() <= TOLERANCE * products["spend"].abs()
    return products.assign(unlinked=unlinked.mask(nothing, 0.0),
                           effective_outcomes=look_up(products["product_id"], spread, np.nan))


def with_spend_share(outcomes: pd.DataFrame, links: pd.DataFrame, money: Money,
                     basis: Basis) -> pd.DataFrame:
    """Add to outcomes the money that flows to them, and its share of all money for outcomes."""
    known = pd.Series(money.linked is not None, outcomes.index)
    flow = links.groupby("outcome_id")["flow"].sum()
    is_proven = is_word(links["state"], "proven")
    proven = links.loc[is_proven, "flow"].groupby(links["outcome_id"]).sum()
    spend = look_up(outcomes["outcome_id"], flow, 0.0).where(known)
    total = money.total or np.nan
    return outcomes.assign(
        spend=spend, spend_share=spend / total,
        at_stake=outcomes["weight"] * (total if basis.stated_weights else np.nan),
        spend_proven=look_up(outcomes["outcome_id"], proven, 0.0).where(
            known & basis.proof))


def fit_pct(outcomes: pd.DataFrame, money: Money, basis: Basis) -> float | None:
    """Strategy–spend fit: 100 · (1 − ½ Σ |w − s|) over outcomes and UNLINKED (w = 0)."""
    if not basis.stated_weights or money.unlinked is None or money.total is None:
        return None
    apart = (outcomes["weight"] - outcomes["spend_share"]).abs().sum()
    return float(100 * (1 - (apart + abs(money.unlinked / money.total)) / 2))


def part_pct(part: float | None, money: Money) -> float | None:
    """A part of T in percent; None if either is unknown."""
    return None if part is None or money.total is None else 100 * part / money.total
