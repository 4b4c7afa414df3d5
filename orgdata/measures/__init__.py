"""Measure a portfolio on a day: `align` computes every measure of METHOD sections 2–5 once.

`align` is the table of contents; each step adds columns to one frame.
"""

from datetime import date

import numpy as np
import pandas as pd

from orgdata.measures.alignment import Alignment, Basis, Doubts, Headlines, Money
from orgdata.measures.checks import Checked, made, unclear_results, with_checks, with_managers
from orgdata.measures.column import Columns, flag, number
from orgdata.measures.doubt import doubts
from orgdata.measures.expectations import expectations
from orgdata.measures.ideas import ideas
from orgdata.measures.key_results import of_objectives, with_measures
from orgdata.measures.links import links as link_cells
from orgdata.measures.money import (
    fit_pct,
    part_pct,
    totals,
    with_flows,
    with_spend,
    with_spend_share,
    with_unlinked,
)
from orgdata.measures.names import with_names
from orgdata.measures.objectives import active_products, all_objectives
from orgdata.measures.outcomes import active_outcomes, coverage_pct, with_coverage
from orgdata.measures.people import current_assignments, people_known, product_managers
from orgdata.measures.progress import with_counts, with_progress
from orgdata.measures.pursuit import pursuits, with_effort, with_products
from orgdata.measures.sight import lines_of_sight
from orgdata.measures.weights import is_stated
from orgdata.measures.work import work
from orgdata.model.portfolio import Portfolio
from orgdata.model.schema import TABLES
from orgdata.tabular.lookup import indexed, is_word, look_up
from orgdata.tabular.select import TOLERANCE, rows_where

__all__ = ["Alignment", "Basis", "Headlines", "Money", "align", "headlines"]

COLUMNS: Columns = {
    "products": {"exempt": flag("enable or sunset: need not be linked or planned"),
                 "top_quartile": flag("among the quarter with the highest annual_spend")},
    "all_objectives": {
        "at_stake": number("the spend of its products, each times its share of effort")},
    "key_results": {"at_stake": number("that of its objective")},
}
EXEMPT_ROLES = ("enable", "sunset")


def align(portfolio: Portfolio, as_of: date) -> Alignment:
    """Measure a portfolio on a day. Raises ValueError if its check-ins were not read for it."""
    return with_names(_measured(portfolio, as_of))


def headlines(portfolio: Portfolio, as_of: date) -> Headlines:
    """The headlines of `align` alone, which nobody's name is needed for. Raises ValueError as it
    does."""
    return _measured(portfolio, as_of).headlines


def _measured(portfolio: Portfolio, as_of: date) -> Alignment:
    if not portfolio.covers(as_of):
        raise ValueError(f"{portfolio.not_fetched}: not what counts on {as_of}")
    day = pd.Timestamp(as_of)
    outcomes = active_outcomes(portfolio)
    products = managed_products(portfolio)
    current = current_assignments(portfolio, day)
    managers = product_managers(portfolio, current)
    products = with_managers(products, managers, current)
    sights, pursued = lines_of_sight(portfolio, outcomes), pursuits(portfolio)
    every_objective = all_objectives(portfolio, pursued, sights, day)
    objectives = rows_where(every_objective, every_objective["in_cycle"])
    all_results = of_objectives(portfolio["key_results"], objectives)
    all_results = with_measures(all_results, portfolio["check_ins"], day, portfolio.settings,
                                portfolio.unclear)
    pursued = with_effort(pursued, objectives, all_results, products)
    in_scope = with_products(rows_where(all_results, all_results["in_scope"]), pursued)
    objectives = with_counts(objectives, all_results, portfolio["objectives"])
    objectives = with_progress(objectives, all_results)
    basis = _basis(portfolio, products, outcomes)
    doubt = Doubts(doubts(portfolio, every_objective, pursued, sights, all_results, day,
                          goals_are_links=not basis.contributions), basis)
    links = link_cells(portfolio, products, outcomes, pursued, sights, day, basis)
    products = with_spend(products, links)
    links = with_flows(links, products, pursued, sights, basis)
    products = with_unlinked(products, links)
    products = with_checks(products, links, pursued, in_scope, outcomes, Checked(
        doubt, unclear_results(portfolio, all_results, pursued)))
    outcomes = with_coverage(outcomes, links, products, doubt)
    money = totals(products, links, basis)
    outcomes = with_spend_share(outcomes, links, money, basis)
    shares, sources = work(portfolio, products, outcomes, sights, day)
    stakes = _stakes(pursued, products)
    return Alignment(
        portfolio=portfolio, as_of=day, basis=basis, outcomes=outcomes, products=products,
        links=links, assignments=current, managers=managers, pursued=pursued, sights=sights,
        objectives=_with_stakes(objectives, stakes),
        all_objectives=_with_stakes(every_objective, stakes),
        key_results=_with_stakes(in_scope, stakes),
        people=people_known(portfolio, current, managers, products), doubt=doubt.rows,
        work=shares, work_sources=sources, expectations=expectations(portfolio),
        ideas=ideas(portfolio, outcomes), money=money,
        headlines=_headlines(products, outcomes, money, basis))


def managed_products(portfolio: Portfolio) -> pd.DataFrame:
    """Active products of the managed level. METHOD §2.

    Without the setting, or without any level in the data, every active product is managed.
    """
    rows = active_products(portfolio)
    level = portfolio.settings.managed_level
    if level and portfolio.tracked("products", "level"):
        rows = rows_where(rows, rows["level"].str.lower() == level.lower())
    return rows.assign(exempt=is_word(rows["strategic_role"], *EXEMPT_ROLES),
                       top_quartile=_top_quartile(rows["annual_spend"]))


def _top_quartile(spend: pd.Series) -> pd.Series:
    """Whether spend is above the median and at least the 75th percentile, of four or more products
    and at least half of all. METHOD §6."""
    if spend.notna().sum() < 4 or 2 * spend.notna().sum() < len(spend):
        return pd.Series(False, spend.index)
    return (spend > spend.median() + TOLERANCE) & (spend >= spend.quantile(0.75) - TOLERANCE)


def _basis(portfolio: Portfolio, products: pd.DataFrame, outcomes: pd.DataFrame) -> Basis:
    contributions, objectives = portfolio.tracked("contributions"), portfolio.tracked("objectives")
    lost = frozenset(table for table in TABLES if portfolio.lost(table))
    return Basis(
        links=bool((contributions or objectives) and len(outcomes) and len(products)),
        contributions=contributions, objectives=objectives,
        assignments=portfolio.tracked("assignments"), check_ins=portfolio.tracked("check_ins"),
        proof=objectives and portfolio.tracked("key_results"),
        stated_weights=is_stated(outcomes["weight_given"]),
        contributions_lost="contributions" in lost, lost=lost)


def _stakes(pursued: pd.DataFrame, products: pd.DataFrame) -> pd.Series:
    """What a gap of each objective puts at stake: the spend of its managed products, each times its
    share of effort; missing where none of that is known. METHOD §6."""
    spend = look_up(pursued["product_id"], indexed(products, "product_id", "at_stake"), np.nan)
    return (spend * pursued["effort"]).groupby(pursued["objective_id"]).sum(min_count=1)


def _with_stakes(rows: pd.DataFrame, stakes: pd.Series) -> pd.DataFrame:
    return rows.assign(at_stake=look_up(rows["objective_id"], stakes, np.nan))


def _headlines(products: pd.DataFrame, outcomes: pd.DataFrame, money: Money,
               basis: Basis) -> Headlines:
    return Headlines(
        managed_products=len(products),
        aligned_products=int(products["aligned"].sum()) if basis.proof else None,
        assessed_products=int(products["aligned"].notna().sum()),
        outcome_coverage_pct=coverage_pct(outcomes, basis),
        aligned_spend_pct=part_pct(money.proven, money),
        linked_spend_pct=part_pct(money.linked, money),
        strategy_spend_fit_pct=fit_pct(outcomes, money, basis),
        passing_products=int(products["passing"].sum()),
        checkable_products=int(products["checkable"].sum()), checks_made=made(products),
        coverage_at_least=bool((outcomes["coverage"] == "unknown").any()))
