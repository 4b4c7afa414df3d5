"""Names beside ids, products of one name told apart, and who acts."""

import pytest

from tests.builders import aligned, column


def test_names_fall_back_on_ids():
    found = aligned(outcomes="O1 name='To Japan'", products="P1 name=Checkout",
                    contributions="P1 O1", objectives="J1 title=Pay product_id=P1 owner_id=H9",
                    key_results="K1 J1")
    assert found.links.loc[0, ["product_name", "outcome_name"]].tolist() == ["Checkout", "To Japan"]
    assert found.key_results.loc[0, "objective_title"] == "Pay"
    assert found.objectives.loc[0, "owner_name"] == "H9"


@pytest.mark.parametrize(("products", "names"), [
    ("A name=Ops | B name=Sales", ["Ops", "Sales"]),
    ("A name=Ops business_area=Police | B name=Ops business_area=Fire | C name=Sales business_area=X",
     ["Ops (Police)", "Ops (Fire)", "Sales"]),
    ("A name=Ops business_area=Police | B name=Ops business_area=Police | C name=Ops",
     ["Ops (A)", "Ops (B)", "Ops (C)"]),
    ("A name=Ops business_area=Police | B name=Ops status=retired", ["Ops (Police)"]),
])
def test_products_of_one_name_are_told_apart(products, names):
    assert aligned(products=products).products["name"].tolist() == names


def test_outcomes_of_one_name_are_told_apart_wherever_they_are_named():
    found = aligned(outcomes="O1 name=Trust | O2 name=Trust | O3 name=Growth", products="P1",
                    contributions="P1 O2", objectives="J1 product_id=P1 outcome_id=O1")
    assert found.outcomes["name"].tolist() == ["Trust (O1)", "Trust (O2)", "Growth"]
    assert found.sights["outcome_name"].tolist() == ["Trust (O1)"]
    assert sorted(found.links["outcome_name"]) == ["Trust (O1)", "Trust (O2)"]


PEOPLE = "H1 name=Bo | H2 name=Ada | H3 name=Cy active_to=2026-11-19"


@pytest.mark.parametrize(("assignments", "names", "actor"), [
    ("P1 H1 pm", "Bo", "Product manager: Bo"),
    ("P1 H1 pm | P1 H2 pm", "Ada and Bo", "Product managers: Ada and Bo"),
    ("P1 H3 pm", "Cy", "Head of product"),
    ("P1 H3 pm | P1 H1 pm", "Bo and Cy", "Product manager: Bo"),
    ("P1 H1 designer", None, "Head of product"),
])
def test_who_acts_on_a_product(assignments, names, actor):
    found = aligned(products="P1", people=PEOPLE, assignments=assignments).products
    assert column(found, "product_id", "pm_names") == {"P1": names}
    assert column(found, "product_id", "actor") == {"P1": actor}


@pytest.mark.parametrize(("owner", "actor"), [
    ("owner_id=H2", "Outcome owner: Ada"), ("owner_id=H3", "Head of product"), ("", "Head of product")])
def test_who_acts_on_an_outcome(owner, actor):
    found = aligned(outcomes=f"O1 {owner}", people=PEOPLE).outcomes
    assert column(found, "outcome_id", "actor") == {"O1": actor}


def test_key_result_objective_product_in_this_order():
    found = aligned(products="P1", people=PEOPLE, assignments="P1 H1 pm", objectives=(
        "J1 product_id=P1 owner_id=H2 | J2 product_id=P1 | J3"),
        key_results="K1 J1 owner_id=H1 | K2 J1 | K3 J2 | K4 J3 | K5 J1 owner_id=H3").key_results
    assert column(found, "kr_id", "actor") == {
        "K1": "Key result owner: Bo", "K2": "Objective owner: Ada", "K3": "Product manager: Bo",
        "K4": "Head of product", "K5": "Objective owner: Ada"}
