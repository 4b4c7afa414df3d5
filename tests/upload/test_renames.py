"""Products that newer files call by another name."""

import pytest

from orgdata.model.settings import Settings
from orgdata.upload.renames import Renamed, renames, with_renames
from tests.builders import loaded

PEOPLE = {"people": "H1 | H2", "outcomes": "O1 | O2"}


def portfolio(products, assignments, contributions=""):
    return loaded(**PEOPLE, products=products, assignments=assignments,
                  **({"contributions": contributions} if contributions else {}))


BEFORE = portfolio("App name='Mobile App' annual_spend=100 | Web annual_spend=100",
                   "App H1 accountable | Web H2 accountable", "App O1 primary | Web O2 primary")


def test_the_same_manager_spend_and_goals_under_another_name_is_a_rename():
    after = portfolio("App2 name='Mobile App 2' annual_spend=100 | Web annual_spend=100",
                      "App2 H1 accountable | Web H2 accountable", "App2 O1 primary | Web O2 primary")
    assert renames(BEFORE, after) == [Renamed("App", "Mobile App", "App2", "Mobile App 2")]
    assert renames(BEFORE, BEFORE) == []


@pytest.mark.parametrize(("products", "assignments", "contributions"), [
    ("App2 annual_spend=101", "App2 H1 accountable", "App2 O1 primary"),
    ("App2 annual_spend=100", "App2 H2 accountable", "App2 O1 primary"),
    ("App2 annual_spend=100", "App2 H1 accountable", "App2 O2 primary"),
    ("App2 annual_spend=100", "App2 H1 accountable | App2 H2 accountable", "App2 O1 primary"),
    ("App2", "App2 H1 accountable", "App2 O1 primary"),
    ("App2 annual_spend=100 | App3 annual_spend=100", "App2 H1 accountable | App3 H1 accountable",
     "App2 O1 primary | App3 O1 primary"),
    ("App annual_spend=100 | App2 annual_spend=100", "App2 H1 accountable", "App2 O1 primary")])
def test_one_that_differs_or_is_not_the_only_one_is_another_product(
        products, assignments, contributions):
    assert renames(BEFORE, portfolio(products, assignments, contributions)) == []


@pytest.mark.parametrize(("product", "assignments"), [
    ("annual_spend=5", "X H9 accountable"), ("", "A H1 accountable | B H1 accountable")])
def test_products_of_which_too_little_is_known_are_not_alike(product, assignments):
    assert renames(portfolio(f"A {product}", assignments.replace("B ", "A ")),
                   portfolio(f"B {product}", assignments.replace("A ", "B "))) == []


def test_what_is_confirmed_is_read_under_the_id_it_had():
    settings = Settings(same={"people": {"Ada": "H1"}, "products": {"Pay": "P1"}})
    assert with_renames(settings, [Renamed("App", "Mobile App", "App2", "Mobile App 2")]).same == {
        "people": {"Ada": "H1"}, "products": {"Pay": "P1", "App2": "App"}}
    assert with_renames(settings, []) == settings
