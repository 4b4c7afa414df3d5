"""How many pairs it takes to measure a portfolio, counted before any of them is made."""

import numpy as np

from orgdata.measures.pursuit import pursuits
from orgdata.measures.sight import outcomes_named
from orgdata.model.portfolio import Portfolio
from orgdata.tabular.lookup import count_by, nearest_ancestor, positions


def count_pairs(portfolio: Portfolio) -> int:
    """The pairs of outcomes that an objective sees with it and with each of its products, and of
    its key results with these: few rows that name one objective may be very many pairs."""
    objectives, results = portfolio["objectives"], portfolio["key_results"]
    ids = objectives["objective_id"]
    names = count_by(ids, outcomes_named(portfolio)["objective_id"]).to_numpy()
    at = nearest_ancestor(names > 0, positions(objectives["parent_objective_id"], ids))
    sees = np.append(names, 0)[at]
    products = count_by(ids, pursuits(portfolio)["objective_id"]).to_numpy()
    shared = count_by(ids, results.loc[results["product_id"].isna(), "objective_id"]).to_numpy()
    return int((sees + products * (sees + shared)).sum())
