"""Pairs that measuring makes are counted before they are made."""

from dataclasses import replace

import pandas as pd

from orgdata.measures import align
from orgdata.measures.lost_goals import goals_in_doubt
from orgdata.measures.pairs import count_pairs
from orgdata.measures.pursuit import pursuits
from orgdata.measures.sight import lines_of_sight
from tests.builders import DAY, loaded, spoken
from tests.growth import cpu


def sights_of(portfolio):
    return lines_of_sight(portfolio, portfolio["outcomes"].assign(tier1=False))


def made(portfolio):
    sights = sights_of(portfolio)[["objective_id", "outcome_id"]]
    products = pursuits(portfolio)[["objective_id", "product_id"]]
    results = portfolio["key_results"]
    shared = results.loc[results["product_id"].isna(), ["objective_id"]]
    return len(sights) + len(products.merge(sights)) + len(products.merge(shared))


def test_as_many_as_are_made():
    portfolio = loaded(
        products="1 | 2 | 3", outcomes="A | B | C",
        objectives="X product_id=1 | Y parent_objective_id=X | Z parent_objective_id=Y outcome_id=C"
                   "| W parent_objective_id=Z | V",
        objective_products="X 2 | X 3 | Y 1 | W 2", objective_outcomes="X A | X B | X C mode=supports",
        key_results="K1 X | K2 X product_id=1 | K3 Y | K4 V | K5 Y product_id=3")
    assert count_pairs(portfolio) == made(portfolio) == 6 + 11 + 5


def test_one_goal_of_many_is_never_unfolded():
    many = range(3_000)
    portfolio = loaded(
        products=" | ".join(f"P{at}" for at in many), outcomes=" | ".join(f"O{at}" for at in many),
        objectives="X | " + " | ".join(f"Y{at} parent_objective_id=X" for at in many),
        objective_products=" | ".join(f"X P{at}" for at in many),
        objective_outcomes=" | ".join(f"X O{at}" for at in many))
    assert count_pairs(portfolio) == 3_001 * 3_000 + 3_000 * 3_000


def test_as_many_as_are_made_of_lost_cells():
    portfolio = loaded(
        products="1 | 2", outcomes="A | B",
        objectives="X outcome_id=? product_id=1 | Y parent_objective_id=X outcome_id=?"
                   "| Z parent_objective_id=Y product_id=? outcome_id=A | W parent_objective_id=Z"
                   "| V parent_objective_id=Y",
        objective_products="X 2 | W ? | W ?? | V 2", objective_outcomes="X ? | Z ?")
    objectives = portfolio["objectives"].assign(
        undated=False, live=True, start=pd.NaT, end=pd.NaT)
    rows = [found for _, found in goals_in_doubt(
        portfolio, objectives, pursuits(portfolio), sights_of(portfolio), pd.Timestamp(DAY))][:3]
    # X has two lost ways, Y and V three, Z and W one
    assert [len(found) for found in rows] == [1 + 2, 2 * 2 + 3 * 1, 2 + 3 + 3 + 1 + 1]
    assert count_pairs(portfolio) == made(portfolio) + sum(map(len, rows))


def test_what_both_ends_of_a_set_aside_contribution_may_name():
    said = [{"kind": "product_id", "id": one, "row": row} for row, one in ((2, "1"), (2, "2"), (3, "1"))]
    said += [{"kind": "outcome_id", "id": one, "row": 2} for one in "ABC"]
    portfolio = replace(loaded(products="1 | 2", outcomes="A | B | C"), spoken=spoken(*said))
    assert count_pairs(portfolio) == 2 * 3


def test_a_chain_below_a_lost_cell_takes_no_longer_than_goals_side_by_side():
    def work(below):
        chain = [{"objective_id": f"J{at}", "title": "T", "product_id": "1", "outcome_id": "" if at else "?",
                  "parent_objective_id": below(at) if at else ""} for at in range(2_000)]
        portfolio = loaded(products="1", outcomes="A", objectives=chain)
        assert count_pairs(portfolio) == 2_000 * 2
        return cpu(lambda: align(portfolio, DAY))
    assert work(lambda at: f"J{at - 1}") < 4 * work(lambda _: "J0")


def test_nothing_has_none():
    assert count_pairs(loaded(products="1")) == 0
