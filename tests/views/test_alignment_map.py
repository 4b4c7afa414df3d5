"""The alignment map as a value: its columns, rows, cells, groups, and what is unknown."""

import json

import pytest

from orgdata.gaps import find_gaps
from orgdata.views.alignment_map import alignment_map, with_trouble
from orgdata.views.vocabulary import LINK, NOBODY
from tests.builders import HALFWAY, aligned

TABLES = {
    "outcomes": "O1 name=Low weight=20 | O2 name=High weight=50 | O3 name=Alone weight=30",
    "people": "H1 name=Zoe | H2 name=Ada",
    "products": "P1 name=Tea business_area=Shop annual_spend=10k | P2 name=Ale business_area=Shop | "
                "P3 name=Gin annual_spend=90k | P4 name=Bar business_area=Hall annual_spend=30k | "
                "P5 name=Key business_area=Hall strategic_role=enable",
    "assignments": "P1 H1 accountable | P2 H2 accountable | P4 H2 accountable | P4 H1 accountable",
    "contributions": "P1 O1 primary confirmed_on=2026-10-01 | P3 O2 supporting "
                     "confirmed_on=2026-10-01 | P2 O2 primary",
    "objectives": f"J1 product_id=P1 outcome_id=O1 {HALFWAY}",
    "key_results": "K1 J1 baseline=0 target=10",
}


def shown(settings=None, only=None, **tables):
    measured = aligned(settings or {"currency": "USD"}, **(tables or TABLES))
    rows = measured.products if only is None else measured.products[
        measured.products["product_id"].isin(only)]
    return with_trouble(alignment_map(measured, rows), measured, find_gaps(measured).rows, rows)


@pytest.fixture(scope="module")
def whole():
    return shown()


def of(value, product, column):
    return value["products"][column][value["products"]["name"].index(product)]


def test_outcomes_are_columns_the_heaviest_first(whole):
    columns = whole["outcomes"]
    assert columns["name"] == ["High", "Alone", "Low"]
    assert columns["weight"] == [0.5, 0.3, 0.2]
    assert columns["tone"] == ["watch", "bad", "good"]
    assert columns["share"][1].startswith("weight 30 % · spend 0 %")


def test_cells_are_links_with_state_and_size(whole):
    state = {name: at for at, name in enumerate(whole["states"])}
    assert list(state) == list(LINK)
    assert of(whole, "Tea", "links") == [[2, state["proven"], 2]]
    assert of(whole, "Gin", "links") == [[0, state["claimed"], 1]]
    assert of(whole, "Ale", "links") == [[0, state["unconfirmed"], 2]]
    assert of(whole, "Bar", "links") == []


def test_rows_say_who_how_much_and_what_is_missing(whole):
    manager = whole["groups"]["manager"]["name"]
    assert [manager[of(whole, name, "manager")] for name in ("Tea", "Bar", "Gin")] == [
        "Zoe", "Ada and Zoe", NOBODY]
    assert whole["nobody"] == NOBODY
    assert [of(whole, name, "money") for name in ("Tea", "Ale")] == ["$10k", ""]
    assert of(whole, "Ale", "spend") is None
    assert [of(whole, name, "empty") for name in ("Bar", "Key", "Tea")] == [True, False, False]
    assert of(whole, "Key", "bet") == "Platform"
    assert of(whole, "Tea", "checks") == "pppp"
    assert of(whole, "Bar", "checks")[:2] == "ff"


def test_groups_say_what_all_their_products_are_and_nobody_is_ranked(whole):
    areas = whole["groups"]["area"]
    assert areas["name"] == ["Hall", "Shop", "No business area"]
    assert areas["says"] == ["2 products", "2 products", "1 product"]
    assert areas["money"] == ["$30k", "$10k", "$90k"]
    assert areas["aligned"][1] == "1 of 2"
    assert whole["groups"]["manager"]["name"] == [NOBODY, "Ada", "Ada and Zoe", "Zoe"]


def test_trouble_is_the_gravest_gap(whole):
    assert of(whole, "Tea", "trouble") < of(whole, "Bar", "trouble") <= 4


def test_filters_narrow_the_rows_and_not_the_columns(whole):
    narrow = shown(only=["P1"])
    assert narrow["products"]["name"] == ["Tea"]
    assert narrow["outcomes"] == whole["outcomes"]


def test_what_is_not_loaded_is_not_held_against_anyone():
    bare = shown(outcomes="O1", products="P1")
    assert bare["nobody"] == ""
    assert bare["products"]["empty"] == [False]
    assert bare["products"]["money"] == [""]
    assert bare["outcomes"]["share"] == [""]
    assert bare["outcomes"]["weight"] == bare["outcomes"]["money"] == [None]
    assert set(bare["products"]["checks"][0]) <= {"n", "u"}


def test_same_names_are_told_apart():
    value = shown(outcomes="O1 name=Grow | O2 name=Grow", products="P1 name=Pay | P2 name=Pay")
    assert value["outcomes"]["name"] == ["Grow (O1)", "Grow (O2)"]
    assert value["products"]["name"] == ["Pay (P1)", "Pay (P2)"]


def test_it_is_plain_and_of_a_thousand_products_small(whole):
    assert json.loads(json.dumps(whole)) == whole
    count, outcomes = 1_000, 8
    large = shown(
        outcomes=" | ".join(f"O{at} name=Company_outcome_number_{at}" for at in range(outcomes)),
        products=" | ".join(f"P{at:04} name=Product_of_usual_length_{at} business_area=Area_{at % 20}"
                            f" annual_spend={at + 1}k" for at in range(count)),
        contributions=" | ".join(f"P{at:04} O{(at + more) % outcomes} primary"
                                 for at in range(count) for more in (0, 3)))
    assert len(json.dumps(large).encode()) < 250_000
