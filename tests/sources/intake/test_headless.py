"""Files without a header: the first row is a record, and what the columns are is guessed and asked."""

import pytest

from orgdata.model.settings import Settings
from orgdata.sources import SourceError
from tests.sources.intake.test_layouts import read
from tests.sources.vendors.exports import rows

PRODUCTS = ("Checkout,Pay,Ada Fisk,1200000,9,GA,Invest\nSearch,Find,Ben Orr,800000,4,Beta,Maintain\n"
            "Mobile App,Find,Ada Fisk,300000,3,GA,Sunset\n")
GOALS = ("Pay faster,Invoices paid in a day,Checkout,Ada Fisk,10,50,20,🟢,2026-11-12\n"
         "Pay faster,Reminders sent on time,Checkout,Ada Fisk,1,5,2,🔴,2026-11-12\n"
         "Find more,Searches with a click,Search,Ben Orr,10,50,40,🟢,2026-11-13\n")


def asked(found):
    return [(one.key, one.guess) for one in found.intake.open_questions]


def test_a_list_of_products_is_told_by_what_it_holds():
    found = read(list=PRODUCTS)
    assert asked(found) == [(f"column: column_{at} of list", guess) for at, guess in enumerate(
        "product area product_manager spend fte stage strategic_role".split(), 1)]
    assert found.intake.open_questions[0].text == "Column 1 of list.csv: what is it?"
    assert rows(found, "products", "name business_area annual_spend fte lifecycle_stage strategic_role row") == [
        ("Checkout", "Pay", 1_200_000, 9, "GA", "invest", 1), ("Search", "Find", 800_000, 4, "Beta", "maintain", 2),
        ("Mobile App", "Find", 300_000, 3, "GA", "sunset", 3)]
    assert len(found["assignments"]) == 3
    assert "list.csv has no header: its first row is read like the others." in found.intake.remarks


def test_names_that_other_files_know_tell_most():
    found = read(okrs=GOALS, products="Product,PM\nSearch,Ben Orr\nCheckout,Ada Fisk\n")
    assert [guess for _, guess in asked(found)] == (
        "objective key_result product owner baseline target current status updated".split())
    assert rows(found, "key_results", "title owner_id baseline target current status") == [
        ("Invoices paid in a day", "Ada Fisk", 10, 50, 20, "🟢"), ("Reminders sent on time", "Ada Fisk", 1, 5, 2, "🔴"),
        ("Searches with a click", "Ben Orr", 10, 50, 40, "🟢")]
    assert rows(found, "objectives", "title product_id") == [("Pay faster", "Checkout"), ("Find more", "Search")]


def test_an_answer_counts_next_week_too():
    answers = Settings(answers={"column: column_4 of goals 27 nov": "revenue", "column: column_1 of goals 27 nov": "product"})
    found = read(answers, goals_4_Dec=PRODUCTS)
    assert rows(found, "products", "name annual_spend annual_revenue") == [
        ("Checkout", None, 1_200_000), ("Search", None, 800_000), ("Mobile App", None, 300_000)]
    assert [one.key for one in found.intake.questions if one.answered] == [
        "column: column_1 of goals 4 Dec", "column: column_4 of goals 4 Dec"]


def test_a_first_row_of_words_is_a_record_where_a_name_in_it_is_known():
    found = read(owners="Checkout,Ada Fisk\nSearch,Ben Orr\n", portfolio="Product,Stage\nCheckout,GA\nSearch,Beta\n")
    assert asked(found) == [("column: column_1 of owners", "product"), ("column: column_2 of owners", "product_manager")]
    assert rows(found, "assignments", "product_id person_id row") == [("Checkout", "Ada Fisk", 1), ("Search", "Ben Orr", 2)]


def test_a_list_of_people_and_one_of_company_goals():
    people = read(staff="Ada Fisk,Product manager,ada@x.io\nBen Orr,Head of product,ben@x.io\n")
    assert rows(people, "people", "name title email") == [
        ("Ada Fisk", "Product manager", "ada@x.io"), ("Ben Orr", "Head of product", "ben@x.io")]
    goals = read(goals="Grow net revenue to 112%,P0,2026-12-31\nCut the cost to serve,P1,2026-12-31\n")
    assert rows(goals, "outcomes", "name tier") == [("Grow net revenue to 112%", 1), ("Cut the cost to serve", 2)]


@pytest.mark.parametrize("text", [
    "https://x.io/1,2026-03-06\nhttps://x.io/2,2026-04-03\n", "1,english\n2,french\n", "1,Ada Fisk\n2,Ben Orr\n",
    "Berlin,3500\nLisbon,1200\n"])
def test_what_tells_of_nothing_is_not_guessed(text):
    with pytest.raises(SourceError, match="2 rows and no header"):
        read(log=text)


def test_what_is_said_of_unknown_columns_makes_them_a_list():
    found = read(Settings(answers={"column: Foo": "product", "column: Bar": "spend"}), what="Foo,Bar\nalpha,1\nbeta,2\n")
    assert rows(found, "products", "name annual_spend") == [("alpha", 1), ("beta", 2)]


@pytest.mark.parametrize("text", ["a,b\n1,2\n", "Team,Mood\nTeam,glad\nPay,sad\n", "Search engine,Rank\nx,y\n"])
def test_a_header_that_nobody_knows_stays_one(text):
    found = read(notes=text, products="Product,PM\nA,Ben Orr\nSearch,Ada Fisk\n")
    assert not asked(found)
    assert len(found["products"]) == 2
