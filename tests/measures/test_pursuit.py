"""The products of an objective, and their share of effort. METHOD section 2."""

import pytest

from tests.builders import aligned

PRODUCTS = "P1 annual_spend=200 | P2 annual_spend=100"


def _by_pair(column, **tables):
    rows = aligned(products=PRODUCTS, **tables).pursued
    rows = rows[rows[column].notna()]
    return dict(zip(rows["objective_id"] + rows["product_id"], rows[column], strict=True))


def test_all_products_that_an_objective_a_row_or_a_key_result_names():
    rows = aligned(
        products=PRODUCTS + "| P3 status=retired",
        objectives="J1 product_id=P1 | J2 | J3 product_id=P1 status=done | J4",
        objective_products="J1 P2 | J1 P1", key_results="K1 J2 product_id=P1 | K2 J1 product_id=P3"
    ).pursued.sort_values(["objective_id", "product_id"])
    assert [tuple(row) for row in rows[["objective_id", "product_id", "in_cycle", "managed"]]
            .itertuples(index=False)] == [
        ("J1", "P1", True, True), ("J1", "P2", True, True), ("J1", "P3", True, False),
        ("J2", "P1", True, True), ("J3", "P1", False, True)]


def test_effort_among_the_goals_of_the_product_in_this_cycle():
    tables = {"products": PRODUCTS, "objectives": (
        "J1 product_id=P1 effort_pct=60 | J2 product_id=P1 | J3 product_id=P1 status=done "
        "effort_pct=90 | J4 product_id=P2 | J5")}
    rows = aligned(**tables)
    assert rows.pursued["effort"].dropna().tolist() == pytest.approx([0.6, 0.4, 1.0])
    stakes = rows.all_objectives.set_index("objective_id")["at_stake"]
    assert stakes.dropna().to_dict() == pytest.approx({"J1": 120, "J2": 80, "J4": 100})


def test_the_effort_of_a_product_is_its_own_else_that_of_the_objective():
    assert _by_pair("effort", objectives="J1 product_id=P1 effort_pct=30 | J2 product_id=P1 "
                    "effort_pct=20 | J3 product_id=P2 effort_pct=10",
                    objective_products="J1 P2 effort_pct=90 | J2 P1 effort_pct=70 | J3 P1"
                    ) == pytest.approx({"J1P1": 30 / 110, "J2P1": 70 / 110, "J3P1": 10 / 110,
                                        "J1P2": 0.9, "J3P2": 0.1})


def test_at_stake_is_the_sum_over_the_products():
    rows = aligned(products=PRODUCTS, objectives="J1 product_id=P1 | J2 product_id=P1 | J3",
                   objective_products="J1 P2", key_results="K1 J1 | K2 J3")
    assert rows.objectives["at_stake"].tolist()[:2] == [200, 100]
    assert rows.key_results["at_stake"].tolist()[0] == 200
    assert rows.key_results["at_stake"].isna().tolist() == [False, True]


def test_key_results_count_for_the_product_they_name_else_for_all():
    tables = {"objectives": "J1 product_id=P1 | J2 product_id=P1 status=done",
              "key_results": "K1 J1 target=1 | K2 J1 product_id=P2 target=1 | K3 J1 product_id=P2"
                             "| K4 J2 target=1"}
    assert _by_pair("kr_count", **tables) == {"J1P1": 1, "J1P2": 3, "J2P1": 0}
    assert _by_pair("measurable_count", **tables) == {"J1P1": 1, "J1P2": 2, "J2P1": 0}


def test_a_key_result_has_the_product_of_its_objective_if_that_has_one():
    rows = aligned(products=PRODUCTS, objectives="J1 product_id=P1 | J2 product_id=P1",
                   key_results="K1 J1 | K2 J2 product_id=P2 | K3 J2").key_results
    assert rows["product_id"].fillna("–").tolist() == ["P1", "P2", "–"]
