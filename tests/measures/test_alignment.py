"""What an alignment answers of doubt, and of the products of objectives and key results."""

from dataclasses import replace

import pandas as pd
import pytest

from orgdata.measures.doubt import NO_DOUBT
from tests.builders import aligned, typed

ROWS = [{"fact": "pm", "kind": "product_id", "id": "P1", "table": "assignments", "row": 7},
        {"fact": "link", "kind": "product_id", "id": "P2", "table": "contributions", "row": 3}]


def _in_doubt(**tables):
    return replace(aligned(products="P1 | P2 | P3", **tables), doubt=typed(NO_DOUBT, ROWS))


def test_doubt_is_of_one_fact_and_one_object():
    measured, ids = _in_doubt(), pd.Series(["P1", "P2"])
    assert measured.doubts.doubtful("pm", "product_id", ids).tolist() == [True, False]
    assert measured.doubts.doubtful("link", "product_id", ids).tolist() == [False, True]
    assert measured.doubts.because("pm", "product_id", "P1") == (("assignments", 7),)
    assert measured.doubts.because("pm", "product_id", "P2") == ()
    assert not measured.doubts.doubtful("link", "outcome_id", ids).any()  # an outcome may have the same id
    assert measured.doubts.because("link", "outcome_id", "P2") == ()


def test_of_a_lost_table_everything_is_in_doubt():
    measured = _in_doubt(assignments=[{"product_id": "P9"}])
    assert measured.basis.lost == {"assignments"}
    assert measured.doubts.doubtful("deputy", "product_id", pd.Series(["P1", "P3"])).all()
    assert not measured.doubts.doubtful("link", "product_id", pd.Series(["P1", "P3"])).any()
    assert measured.doubts.because("pm", "product_id", "P1") == (("assignments", None), ("assignments", 7))


@pytest.fixture(scope="module")
def shared():
    return aligned(
        products="P1 | P2", objectives="J1 product_id=P1 | J2 product_id=P2",
        key_results="K1 J1 | K2 J1 product_id=P2 | K3 J2", outcomes="O1 | O2",
        objective_outcomes="J1 O1 | J1 O2 | J2 O2")


def test_a_product_has_the_objectives_it_pursues_and_its_key_results_in_these(shared):
    assert shared.of_product("P1", "objectives")["objective_id"].tolist() == ["J1"]
    assert shared.of_product("P2", "objectives")["objective_id"].tolist() == ["J1", "J2"]
    assert shared.of_product("P1", "key_results")["kr_id"].tolist() == ["K1"]
    assert shared.of_product("P2", "key_results")["kr_id"].tolist() == ["K1", "K2", "K3"]


def test_an_outcome_has_the_objectives_that_see_it_and_their_key_results(shared):
    assert shared.of_outcome("O1", "objectives")["objective_id"].tolist() == ["J1"]
    assert shared.of_outcome("O2", "key_results")["kr_id"].tolist() == ["K1", "K2", "K3"]


def test_products_of_objectives_and_of_key_results(shared):
    found = shared.products_of(shared.key_results, "kr_id")
    assert sorted(found.itertuples(index=False, name=None)) == [
        ("K1", "P1"), ("K1", "P2"), ("K2", "P2"), ("K3", "P2")]
    found = shared.products_of(shared.objectives.head(1), "objective_id")
    assert list(found.columns) == ["id", "product_id"]
    assert found["product_id"].tolist() == ["P1", "P2"]
