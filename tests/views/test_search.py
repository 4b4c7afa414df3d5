"""Anything is found by words of its name or id, and leads to where it is shown."""

import pytest

from orgdata.views.search import find
from tests.builders import aligned

TABLES = {
    "outcomes": "O1 name='Pay faster' | O2 name='Straße nach Süden'",
    "products": "P1 name='Checkout pay' | P2 name='Pay later' | P3 name='Old pay' status=retired | "
                "P4 name='C++ [beta] (50%)'",
    "people": "H1 name='Ada Payne' | H2 name='Bo Ray'",
    "assignments": "P1 H1 accountable | P2 H1 accountable | P2 H2 deputy",
    "objectives": "J1 title='Pay on time' product_id=P1 | J2 title='Pay abroad' outcome_id=O1 | "
                  "J3 title='Pay nobody'",
    "key_results": "K1 J1 title='Late to pay' | K2 J2 title='Paid'",
}


@pytest.fixture(scope="module")
def measured():
    return aligned(**TABLES)


def names(measured, asked, most=8):
    return find(measured, asked, most)["name"].tolist()


def test_where_each_thing_is_shown(measured):
    rows = find(measured, "pay")
    assert rows[["kind", "name", "page", "param", "id"]].fillna("").values.tolist() == [
        ["outcome", "Pay faster", "outcomes", "outcome", "O1"],
        ["product", "Pay later", "products", "product", "P2"],
        ["objective", "Pay on time", "products", "product", "P1"],
        ["objective", "Pay abroad", "outcomes", "outcome", "O1"],
        ["objective", "Pay nobody", "outcomes", "outcome", ""],
        ["product", "Checkout pay", "products", "product", "P1"],
        ["product manager", "Ada Payne", "my_product", "person", "H1"],
        ["key result", "Late to pay", "products", "product", "P1"]]


@pytest.mark.parametrize(("asked", "found"), [
    ("pay LATER", ["Pay later"]), ("later pay", ["Pay later"]), ("  pay   later ", ["Pay later"]),
    ("p2", ["Pay later"]), ("P2 pay", ["Pay later"]), ("k2 paid", ["Paid"]),
    ("STRASSE", ["Straße nach Süden"]), ("süden", ["Straße nach Süden"]),
    ("c++", ["C++ [beta] (50%)"]), ("[beta] (50%)", ["C++ [beta] (50%)"]), (".*", []),
    ("retired", []), ("Old pay", []), ("bo ray", []), ("zebra", []), ("", []), ("   ", [])])
def test_all_words_stand_in_the_name_or_id(measured, asked, found):
    assert names(measured, asked) == found


def test_what_begins_with_the_words_comes_first(measured):
    assert names(measured, "pay  on") == ["Pay on time"]
    assert names(measured, "pay o")[0] == "Pay on time"


def test_a_goal_of_a_product_that_is_not_shown_leads_to_its_outcome():
    measured = aligned({"managed_level": "product"}, outcomes="O1",
                       products="P1 level=product | P2 level=feature",
                       objectives="J1 title=Goal product_id=P2 outcome_id=O1")
    assert find(measured, "goal")[["page", "param", "id"]].values.tolist() == [
        ["outcomes", "outcome", "O1"]]


def test_at_most_eight():
    many = aligned(products=" | ".join(f"P{i} name='Thing {i}'" for i in range(20)))
    assert names(many, "thing") == [f"Thing {i}" for i in range(8)]
    assert names(many, "thing", 2) == ["Thing 0", "Thing 1"]
