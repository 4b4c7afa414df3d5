"""Pairs that measuring makes are counted before they are made."""

from orgdata.measures.pairs import count_pairs
from orgdata.measures.pursuit import pursuits
from orgdata.measures.sight import lines_of_sight
from tests.builders import loaded


def made(portfolio):
    sights = lines_of_sight(portfolio, portfolio["outcomes"].assign(tier1=False))[["objective_id", "outcome_id"]]
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


def test_nothing_has_none():
    assert count_pairs(loaded(products="1")) == 0
