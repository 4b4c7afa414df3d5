"""How many pairs it takes to measure a portfolio, counted before any of them is made."""

import numpy as np

from orgdata.measures.lost_goals import lost_products, lost_ways
from orgdata.measures.pursuit import pursuits
from orgdata.measures.sight import outcomes_named
from orgdata.model.portfolio import Portfolio
from orgdata.tabular.lookup import count_by, nearest_ancestor, positions, sum_upwards


def count_pairs(portfolio: Portfolio) -> int:
    """The pairs of outcomes that an objective sees with it and with each of its products, of its
    key results with these, and of lost rows with what they speak of: few rows that name one
    objective may be very many pairs."""
    objectives, results = portfolio["objectives"], portfolio["key_results"]
    ids = objectives["objective_id"]
    parents = positions(objectives["parent_objective_id"], ids)
    names = count_by(ids, outcomes_named(portfolio)["objective_id"]).to_numpy()
    sees = np.append(names, 0)[nearest_ancestor(names > 0, parents)]
    products = count_by(ids, pursuits(portfolio)["objective_id"]).to_numpy()
    shared = count_by(ids, results.loc[results["product_id"].isna(), "objective_id"]).to_numpy()
    ways, nameless = (count_by(ids, lost(portfolio)["objective_id"]).to_numpy()
                      for lost in (lost_ways, lost_products))
    ways = sum_upwards(ways, np.where(names > 0, -1, parents))
    return int((sees + products * (sees + shared) + ways * (1 + products) + nameless * sees).sum()
               ) + _of_links(portfolio)


def _of_links(portfolio: Portfolio) -> int:
    """The pairs of what set-aside contributions may name at both ends."""
    spoken = portfolio.spoken
    if not len(spoken):
        return 0
    rows = spoken[spoken["table"] == "contributions"]
    ends = [rows.loc[rows["kind"] == kind, "row"].value_counts()
            for kind in ("product_id", "outcome_id")]
    return int((ends[0] * ends[1]).sum())
