"""What rules look at: the populations of METHOD section 6, declared beside each rule."""

import numpy as np
import pandas as pd

from orgdata.measures import Alignment
from orgdata.measures.mix import mix_against_targets
from orgdata.tabular.lookup import indexed, is_in, look_up, look_up_any

# What rules read of the wide tables: each column more costs each rule time.
_OF_PRODUCTS = [
    "product_id", "name", "actor", "at_stake", "row", "strategic_role", "annual_spend", "spend",
    "role_statement", "role_confirmed_on", "segments", "jobs", "top_quartile", "pm_count",
    "pm_names", "pm_here", "has_deputy", "goals", "has_confirmed", "has_primary", "primary_tier1",
    "has_goal_link", "has_declared", "effective_outcomes"]
_OF_OBJECTIVES = [
    "objective_id", "title", "product_id", "product_name", "actor", "at_stake", "row", "outcome_id",
    "parent_objective_id", "sight", "ambition", "committed", "effort_pct", "exempt_reason",
    "exempt_until", "kr_count", "output_count", "counted_count", "child_count"]
_OF_KEY_RESULTS = [
    "kr_id", "title", "objective_id", "objective_title", "actor", "at_stake", "row", "kind", "base",
    "baseline", "goal", "target", "lower", "upper", "weight", "start", "due", "measurable",
    "guardrail", "committed", "tier1", "value", "progress", "met", "tau", "pace", "expected", "bar",
    "status", "last_known", "freshness", "checked_on", "age", "cadence", "reported",
    "reported_confidence", "last_confidence", "step_1", "step_2", "fall_1", "fall_2"]


def outcomes(alignment: Alignment) -> pd.DataFrame:
    """Active outcomes."""
    return alignment.outcomes


def products(alignment: Alignment) -> pd.DataFrame:
    """Managed products."""
    return alignment.products[_OF_PRODUCTS]


def products_not_exempt(alignment: Alignment) -> pd.DataFrame:
    """Managed products less exempt ones."""
    return alignment.products.loc[~alignment.products["exempt"], _OF_PRODUCTS]


def primary_links(alignment: Alignment) -> pd.DataFrame:
    """Confirmed primary links, with `tier1` of the outcome, `goals` of the product and stakes."""
    links = alignment.links[alignment.links["confirmed"]
                            & (alignment.links["strength"] == "primary")]
    tier1 = alignment.outcomes.loc[alignment.outcomes["tier1"], "outcome_id"]
    product, products = links["product_id"], alignment.products
    return links.assign(
        tier1=is_in(links["outcome_id"], tier1),
        goals=look_up(product, indexed(products, "product_id", "goals"), 0),
        actor=look_up_any(product, indexed(products, "product_id", "actor")),
        at_stake=look_up(product, indexed(products, "product_id", "at_stake"), np.nan))


def objectives(alignment: Alignment) -> pd.DataFrame:
    """In-cycle objectives."""
    return alignment.objectives[_OF_OBJECTIVES]


def key_results(alignment: Alignment) -> pd.DataFrame:
    """Key results in scope, with `only_one`: the objective has no other."""
    alone = alignment.objectives.loc[alignment.objectives["kr_count"] == 1, "objective_id"]
    rows = alignment.key_results[_OF_KEY_RESULTS]
    return rows.assign(only_one=is_in(rows["objective_id"], alone))


def people_assigned(alignment: Alignment) -> pd.DataFrame:
    """Persons with a current assignment."""
    return alignment.people[alignment.people["assigned"]]


def objectives_of_products(alignment: Alignment) -> pd.DataFrame:
    """In-cycle objectives, with `has_assignments` of their managed product."""
    staffed = alignment.products.loc[alignment.products["has_assignments"], "product_id"]
    rows = alignment.objectives[[*_OF_OBJECTIVES, "owner_id", "owner_name"]]
    return rows.assign(has_assignments=is_in(rows["product_id"], staffed))


def goals_and_their_results(alignment: Alignment) -> pd.DataFrame:
    """Managed products with their number of goals, and in-cycle objectives with that of their
    key results: `kind_of_object`, `count_of`, `label` (name or title)."""
    about = ["actor", "at_stake", "row"]
    products = alignment.products[["product_id", "name", "goals", *about]].rename(
        columns={"name": "label", "goals": "count_of"})
    objectives = alignment.objectives[["objective_id", "title", "kr_count", *about]].rename(
        columns={"title": "label", "kr_count": "count_of"})
    rows = pd.concat([products, objectives], ignore_index=True)
    kind = np.where(rows.index < len(products), "product", "objective")
    return rows.assign(kind_of_object=pd.Series(kind, dtype="str"))


def open_objectives(alignment: Alignment) -> pd.DataFrame:
    """Objectives with an open status whose product, if any, is active; of any date."""
    columns = ["objective_id", "title", "actor", "at_stake", "row", "status", "ambition",
               "committed", "end_date", "grade"]
    return alignment.all_objectives.loc[alignment.all_objectives["live"], columns]


def open_dependencies(alignment: Alignment) -> pd.DataFrame:
    """Dependencies not yet delivered."""
    rows = alignment.portfolio["dependencies"]
    return rows[~(rows["done_on"] <= alignment.as_of)]


def open_roadblocks(alignment: Alignment) -> pd.DataFrame:
    """Roadblocks not yet cleared."""
    rows = alignment.portfolio["roadblocks"]
    return rows[~(rows["closed_on"] <= alignment.as_of)]


def mix_targets(alignment: Alignment) -> pd.DataFrame:
    """Targets of the mix in tracked dimensions, with the actual share of spend beside each.

    A column is tracked when any product has a value, managed or not (METHOD §2).
    """
    targets = alignment.portfolio["mix_targets"]
    tracked = [column for column in targets["dimension"].unique()
               if alignment.portfolio.tracked("products", column)]
    return mix_against_targets(targets[targets["dimension"].isin(tracked)], alignment.products)


def the_portfolio(alignment: Alignment) -> pd.DataFrame:
    """One row that stands for the whole portfolio."""
    return pd.DataFrame({"row": [None], "actor": ["Head of product"]})
