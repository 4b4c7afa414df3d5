"""Habits of people who keep lists: footnotes, separators, outlines, arrows, budgets of several years."""

import pytest

from orgdata.model.settings import Settings
from orgdata.sources import read_files
from orgdata.validate import validate
from tests.sources.intake.test_layouts import read
from tests.sources.vendors.exports import rows
from tests.sources.workbooks import sheets


def test_signs_that_a_footnote_explains_are_no_part_of_a_name():
    found = read(products="Product,PM,Cost\nCart*,Ada Fisk,$400k\nParcel¹,Ben Orr,$250k\nC*,Ben Orr,$1k\n"
                          "* incl. coupons,,\n¹ until March,,\n")
    assert rows(found, "products", "name annual_spend") == [("Cart", 400_000), ("Parcel", 250_000), ("C", 1_000)]


def test_separators_head_groups_and_a_number_alone_is_a_total():
    found = read(products="Product,PM,Stage,Budget\n--- Shop ---,,,\nCart,Ada Fisk,GA,400\nFax,Ben Orr,GA,100\n"
                          "--- Ops ---,,,\nParcel,Ben Orr,GA,250\n,,,750\n")
    assert rows(found, "products", "name business_area") == [("Cart", "Shop"), ("Fax", "Shop"), ("Parcel", "Ops")]


@pytest.mark.parametrize("line", ["{},{}", ",{} {}"])
def test_an_outline_tells_objectives_from_their_key_results(line):
    cells = [("1", "Delight our customers", ",,,,"), ("1.1", "Promoters of ours", ",,,40,31"),
             ("1.2", "Customers who leave", ",,,3,4"), ("2", "Grow the base", ",,,,"), ("2.1", "Signups per month", ",,,900,450")]
    found = read(okr="#,Goal,Note,Owner,Target,Current\n" + "".join(
        f"{line.format(number, title)}{rest}\n" for number, title, rest in cells))
    assert found["objectives"]["title"].tolist() == ["Delight our customers", "Grow the base"]
    assert rows(found, "key_results", "title target") == [
        ("Promoters of ours", 40), ("Customers who leave", 3), ("Signups per month", 900)]


def test_versions_are_no_outline():
    found = read(okr="Goal,Owner,Target,Current\n1.5 releases every month,Ada Fisk,2,1\n2.5 releases every week,Ada Fisk,3,2\n")
    assert found["objectives"]["title"].tolist() == ["1.5 releases every month", "2.5 releases every week"]


def test_groups_of_numbered_objectives_in_another_language():
    found = read(okrs="KR,Dono,Inicial,Meta,Atual\nObjetivo 1: Vender sem visita,,,,\nPropostas,Ada Fisk,40%,75%,61%\n"
                      "Tempo,Ada Fisk,6,2,5\nObjetivo 2: Conversar antes,,,,\nCasos,Ben Orr,0,120,45\n")
    assert found["objectives"]["title"].tolist() == ["Vender sem visita", "Conversar antes"]
    assert rows(found, "key_results", "title baseline target") == [("Propostas", 40, 75), ("Tempo", 6, 2), ("Casos", 0, 120)]


def test_an_arrow_behind_a_light_is_its_trend():
    found = read(okr="Objective,Key result,Target,RAG\nFast,Load,2,A ↑\nFast,Errors,1,R ↓\n")
    assert found["key_results"]["status"].tolist() == ["A", "R"]


def test_ids_of_all_rows_are_no_ids_of_objectives():
    found = read(okr="OKR ID,Level,Parent ID,Title,Target,Current\nO1,Objective,,Fast,,\nO1.1,Key Result,O1,Load,2,3\n"
                     "O1.2,Key Result,O1,Errors,1,4\n")
    assert found["objectives"]["title"].tolist() == ["Fast"]
    assert rows(found, "key_results", "kr_id objective_id") == [("O1.1", "O1"), ("O1.2", "O1")]


def test_priorities_of_products_are_no_company_goals():
    found = read(products="Product,Budget,Priority\nCart,400,P1\nFax,100,high\n")
    assert not len(found["outcomes"])


def test_not_applicable_in_one_of_two_columns_of_goals_is_no_question():
    found = read(goals="Company goal,Sponsor\nGrow,Ada Fisk\nKeep,Ben Orr\n",
                 products="Product,Stage,Strategic priority 1,Strategic priority 2\nCart,GA,Grow,N/A\nFax,GA,Keep,Grow\n")
    assert not found.intake.open_questions
    assert len(found["contributions"]) == 3


def test_of_budgets_of_several_years_the_last_counts_and_is_asked_unless_a_title_names_one():
    lines = "Product,PM,Budget 2025,Budget 2026\nCart,Ada Fisk,300,400\n"
    found = read(products=lines)
    assert found["products"]["annual_spend"].tolist() == [400]
    assert [(one.key, one.guess) for one in found.intake.open_questions] == [("year: spend", "Budget 2026")]
    answered = read(settings=Settings(answers={"year: spend": "Budget 2025"}), products=lines)
    assert answered["products"]["annual_spend"].tolist() == [300]
    titled = read(products_2025=lines)
    assert titled["products"]["annual_spend"].tolist() == [300]
    assert not titled.intake.open_questions


def test_last_years_file_of_the_same_products_is_left_out():
    def book(*lines):
        return sheets(List=[["Product", "PM", "Budget"], *lines])

    found = validate(read_files("mine", {
        "products 2025.xlsx": book(["Cart", "Ada Fisk", 300], ["Radio", "Ada Fisk", 90]),
        "products 2026.xlsx": book(["Cart", "Ben Orr", 400], ["Parcel", "Ben Orr", 250])}, Settings()))
    assert rows(found, "products", "name annual_spend") == [("Cart", 400), ("Parcel", 250)]
    assert rows(found, "assignments", "product_id person_id") == [("Cart", "Ben Orr"), ("Parcel", "Ben Orr")]


def test_the_rows_of_a_matrix_that_nothing_names_are_products_as_is_asked():
    found = read(alignment=",Grow basket,Faster delivery\nCart,✔,\nParcel,,✔✔\n")
    assert rows(found, "contributions", "product_id outcome_id") == [("Cart", "Grow basket"), ("Parcel", "Faster delivery")]
    assert [one.guess for one in found.intake.open_questions] == ["product"]
