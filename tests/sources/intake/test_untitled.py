"""Columns whose header nobody knows, beside those that are known: a title that must be there, the area of products,
and names that other lists tell of."""

import pytest

from orgdata.model.settings import Settings
from tests.sources.intake.test_layouts import read
from tests.sources.vendors.exports import rows

GAMES = ("Game or engine,Studio,PM,Horizon,HC,Annual budget,Bets served\nSkyforge,Lisbon,Noor Haddad,H1,34,€5.4M,Retention\n"
         "Tiny Farms,,Yara Silva,H2,12,€1.9M,\nAnvil,Brno,Pavel Kos,H1,16 (4 contractors),€2.2M,Community\nChat,,TBH,H3,3,€300k,\n")


def asked(found):
    return [(one.key, one.text, one.guess) for one in found.intake.open_questions]


def test_the_title_of_products_is_asked_where_its_header_is_unknown():
    found = read(portfolio=GAMES)
    assert asked(found) == [
        ("column: Game or engine", "“Game or engine”: is it the product?", "product"),
        ("column: Studio", "“Studio”: is it the business area?", "area")]
    assert rows(found, "products", "name business_area strategic_role fte annual_spend") == [
        ("Skyforge", "Lisbon", "maintain", 34, 5_400_000), ("Tiny Farms", "Lisbon", "invest", 12, 1_900_000),
        ("Anvil", "Brno", "maintain", 16, 2_200_000), ("Chat", "Brno", "explore", 3, 300_000)]
    other = read(Settings(answers={"column: Studio": "other"}), portfolio=GAMES)
    assert rows(other, "products", "business_area") == [(None,)] * 4
    assert [(one.key, one.taken) for one in other.intake.questions if one.answered] == [("column: Studio", "other")]


def test_the_title_of_goals_is_asked_too():
    found = read(plan="What we want,Lead,Baseline,Target,Now\nPay in a minute,Ada Fisk,9,1,4\nFind at once,Ben Orr,5,2,3\n")
    assert asked(found) == [("column: What we want", "“What we want”: is it the objective?", "objective")]
    assert rows(found, "key_results", "title target current") == [("Pay in a minute", 1, 4), ("Find at once", 2, 3)]


@pytest.mark.parametrize("header", ["Product", "Designer", "Location"])
def test_what_is_known_is_not_asked(header):
    found = read(portfolio=f"Product,{header} 2,PM,Stage,Budget\nA1,Ann Bo,Ada Fisk,GA,10\nB2,Cy Do,Ben Orr,Beta,20\n")
    assert not asked(found)
    assert rows(found, "products", "name") == [("A1",), ("B2",)]


def test_names_of_another_list_are_references_whatever_stands_above_them():
    found = read(products="Product,PM\nCheckout,Ada Fisk\nSearch,Ben Orr\n",
                 goals="Company goal,Sponsor,Priority\nGrow revenue,Eva Kurz,P0\n",
                 OKRs_2026="Objective,Key Result,Touches,Ladder,Target\nPay,Signups,Checkout,Grow revenue,5\nFind,Clicks,Search,,3\n")
    assert rows(found, "objectives", "title product_id outcome_id") == [
        ("Pay", "Checkout", "Grow revenue"), ("Find", "Search", None)]
    assert rows(found, "key_results", "title product_id") == [("Signups", "Checkout"), ("Clicks", "Search")]


def test_a_product_beside_a_product_is_no_reference():
    found = read(products="Product,PM,Stage,Needs\nCheckout,Ada Fisk,GA,Search\nSearch,Ben Orr,GA,Checkout\n")
    assert rows(found, "products", "name") == [("Checkout",), ("Search",)]
    assert not len(found["contributions"])
