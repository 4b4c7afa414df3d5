"""What rules look at: the populations of METHOD section 6, declared beside each rule."""

import pandas as pd

from orgdata.keys import among
from orgdata.measures import Alignment
from orgdata.measures.mix import mix_against_targets

_OF_KEY_RESULTS = (
    "kr_id", "title", "objective_id", "objective_title", "actor", "at_stake", "row", "kind", "base",
    "baseline", "goal", "target", "lower", "upper", "weight", "start", "due", "measurable",
    "guardrail", "committed", "tier1", "value", "progress", "met", "tau", "pace", "expected", "bar",
    "status", "last_known", "freshness", "checked_on", "age", "cadence", "reported",
    "reported_confidence", "last_confidence", "step_1", "step_2", "fall_1", "fall_2")


def outcomes(alignment: Alignment) -> pd.DataFrame:
    """Active outcomes."""
    return alignment.outcomes


def products(alignment: Alignment) -> pd.DataFrame:
    """Managed products."""
    return alignment.products


def products_not_exempt(alignment: Alignment) -> pd.DataFrame:
    """Managed products less exempt ones."""
    return alignment.products[~alignment.products["exempt"]]


def primary_links(alignment: Alignment) -> pd.DataFrame:
    """Confirmed primary links, with `tier1` of the outcome, `goals` of the product and stakes."""
    links = alignment.links[alignment.links["confirmed"]
                            & (alignment.links["strength"] == "primary")]
    tier1 = alignment.outcomes.loc[alignment.outcomes["tier1"], "outcome_id"]
    of_product = alignment.products[["product_id", "goals", "actor", "at_stake"]]
    return links.assign(tier1=among(links["outcome_id"], tier1)).merge(of_product, on="product_id")


def objectives(alignment: Alignment) -> pd.DataFrame:
    """In-cycle objectives."""
    return alignment.objectives


def key_results(alignment: Alignment) -> pd.DataFrame:
    """Key results in scope, with `only_one`: the objective has no other."""
    alone = alignment.objectives.loc[alignment.objectives["kr_count"] == 1, "objective_id"]
    rows = alignment.key_results[list(_OF_KEY_RESULTS)]  # each column costs each rule time
    return rows.assign(only_one=among(rows["objective_id"], alone))


def people_assigned(alignment: Alignment) -> pd.DataFrame:
    """Persons with a current assignment."""
    return alignment.people[alignment.people["assigned"]]


def objectives_of_products(alignment: Alignment) -> pd.DataFrame:
    """In-cycle objectives, with `has_assignments` of their managed product."""
    staffed = alignment.products.loc[alignment.products["has_assignments"], "product_id"]
    rows = alignment.objectives
    return rows.assign(has_assignments=among(rows["product_id"], staffed))


def goals_and_their_results(alignment: Alignment) -> pd.DataFrame:
    """Managed products with their number of goals, and in-cycle objectives with that of their
    key results: `kind_of_object`, `count_of`, `label`."""
    products = alignment.products.assign(
        kind_of_object="product", count_of=alignment.products["goals"], objective_id=None,
        label=alignment.products["name"], counted="objectives in this cycle",
        few="the few objectives that " + alignment.products["name"] + " can finish")
    rows = alignment.objectives.assign(
        kind_of_object="objective", count_of=alignment.objectives["kr_count"], product_id=None,
        label="“" + alignment.objectives["title"] + "”", counted="key results",
        few="the few key results that tell whether “" + alignment.objectives["title"]
            + "” is reached")
    names = ["kind_of_object", "product_id", "objective_id", "count_of", "label", "counted", "few",
             "actor", "at_stake", "row"]
    return pd.concat([products[names], rows[names]], ignore_index=True)


def open_objectives(alignment: Alignment) -> pd.DataFrame:
    """Objectives with an open status whose product, if any, is active; of any date."""
    return alignment.all_objectives[alignment.all_objectives["live"]]


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
