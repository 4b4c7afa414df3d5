"""What rules look at: the populations of METHOD section 6, declared beside each rule."""

import pandas as pd

from orgdata.keys import among
from orgdata.measures import Alignment


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
    rows = alignment.key_results
    return rows.assign(only_one=among(rows["objective_id"], alone))


def people_assigned(alignment: Alignment) -> pd.DataFrame:
    """Persons with a current assignment."""
    return alignment.people[alignment.people["assigned"]]
