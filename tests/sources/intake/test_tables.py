"""Several tables in one sheet, records in columns, tabs that are states of one list, and other layouts."""

import pytest

from orgdata.model.settings import Settings
from orgdata.sources import read_files
from orgdata.validate import validate
from tests.sources.intake.test_layouts import read
from tests.sources.vendors.exports import rows
from tests.sources.workbooks import sheets

GOALS = [["Company goal", "Sponsor", "Priority"], ["Grow", "Ada Fisk", "P0"], ["Keep", "Ben Orr", "P1"]]
PRODUCTS = [["Product", "PM", "Area"], ["Cart", "Cleo Day", "Shop"], ["Parcel", "Cleo Day", "Ops"], ["Fax", "", "Ops"]]


def book(**tabs):
    content = {"Plan.xlsx": sheets(**{name.replace("_", " "): rows for name, rows in tabs.items()})}
    return validate(read_files("mine", content, Settings()))


def both(found):
    assert rows(found, "products", "name business_area") == [("Cart", "Shop"), ("Parcel", "Ops"), ("Fax", "Ops")]
    assert rows(found, "outcomes", "name tier owner_id") == [("Grow", 1, "Ada Fisk"), ("Keep", 2, "Ben Orr")]
    assert not len(found["contributions"])


@pytest.mark.parametrize("title", [[], [["Our products"]]])
def test_tables_below_one_another(title):
    both(book(Plan=[["Goals 2026"], *GOALS, [], [], *title, *PRODUCTS]))


@pytest.mark.parametrize("above", [[], [["Products", "", "", "", "", "Goals"]]])
def test_tables_side_by_side(above):
    goals = [*GOALS, ["", "", ""]]
    both(book(Plan=[*above, *([*left, "", "", *right] for left, right in zip(PRODUCTS, goals, strict=True))]))


def test_a_column_of_remarks_behind_a_blank_one_is_no_table():
    found = book(Plan=[[*line, "", note] for line, note in zip(PRODUCTS, ("Notes", "a", "b", "c"), strict=True)])
    assert found["products"]["name"].tolist() == ["Cart", "Parcel", "Fax"]


def test_a_blank_row_between_records_begins_no_table():
    found = book(Plan=[*PRODUCTS[:2], [], *PRODUCTS[2:]])
    assert found["products"]["name"].tolist() == ["Cart", "Parcel", "Fax"]


def test_records_in_columns():
    found = read(facts="Product,Cart,Parcel\nArea,Shop,Ops\nProduct manager,Ada Fisk,Ben Orr\nBudget ($k),400,250\n"
                       "FTE,4,3\n")
    assert rows(found, "products", "name business_area annual_spend fte") == [
        ("Cart", "Shop", 400_000, 4), ("Parcel", "Ops", 250_000, 3)]
    assert rows(found, "assignments", "product_id person_id") == [("Cart", "Ada Fisk"), ("Parcel", "Ben Orr")]


def week(current):
    return [["Objective", "Key result", "Target", "Current"], ["Delight", "NPS", 40, current], ["Delight", "Churn", 3, 4]]


def test_of_a_tab_per_week_the_newest_counts_and_the_others_are_named():
    found = book(Wk_45=week(24), Wk_46=week(31), Wk_44=week(20))
    assert rows(found, "key_results", "title current") == [("NPS", 31), ("Churn", 4)]
    assert not len(found["products"])
    assert not found.intake.open_questions
    assert {one.place.rpartition(" ")[2] for one in found.intake.left_out} == {"44", "45"}


def test_tabs_of_quarters_with_other_goals_are_no_states_of_one_list():
    other = [["Objective", "Key result", "Target", "Current"], ["Grow", "Signups", 40, 3]]
    found = book(Q3_2026=other, Q4_2026=week(31))
    assert found["key_results"]["title"].tolist() == ["Signups", "NPS", "Churn"]


def test_numbered_key_results_stand_side_by_side():
    found = read(grid="Objective,Owner,KR1,KR1 target,KR2,KR2 target\nPay,Ada Fisk,Wallets,3,Churn,2%\n"
                      "Load,Ben Orr,Seconds,2,,\n")
    assert rows(found, "key_results", "title objective_id target") == [
        ("Wallets", "Pay", 3), ("Seconds", "Load", 2), ("Churn", "Pay", 2)]
    assert rows(found, "objectives", "title owner_id") == [("Pay", "Ada Fisk"), ("Load", "Ben Orr")]


def test_company_goals_may_name_the_products_that_serve_them():
    found = read(strategy="Strategic priority,Owner,Contributing products\nGrow,Ada Fisk,\"Cart, Fax\"\n"
                          "Keep,Ben Orr,Parcel; Cart\n",
                 products="Product,PM\nCart,Ada Fisk\nFax,Ada Fisk\nParcel,Ben Orr\n")
    assert sorted(rows(found, "contributions", "product_id outcome_id")) == [
        ("Cart", "Grow"), ("Cart", "Keep"), ("Fax", "Grow"), ("Parcel", "Keep")]


def test_a_team_is_no_person():
    found = read(services="Service,Owner,Domain\nCart,Team Rocket,Shop\nParcel,Cleo Day,Ops\nFax,the Platform squad,Ops\n")
    assert rows(found, "assignments", "product_id person_id") == [("Parcel", "Cleo Day")]
    assert "“Team Rocket” in Owner is a team, no person." in found.intake.remarks


def test_a_budget_with_its_scale_in_a_remark_and_the_year_as_a_total():
    found = book(Budget=[["FY26 budget"], ["All figures in USD thousands"], ["Product", "Q1", "Q2", "FY26 total"],
                         ["Cart", 100, 120, 500], ["Fax", 10, 10, 40]])
    assert rows(found, "products", "name annual_spend") == [("Cart", 500_000), ("Fax", 40_000)]
    assert found.settings.currency == "USD"


def test_a_title_that_counts_something_else_is_no_scale():
    found = book(Products=[["Reaching 3 million users"], ["Product", "Budget", "PM"], ["Cart", 500, "Ada Fisk"]])
    assert found["products"]["annual_spend"].tolist() == [500]


def test_the_columns_of_a_warehouse():
    found = read(DIM_PRODUCT="PRODUCT_CD,PRODUCT_NM,BU_NM,PROD_MGR_NM,LIFECYCLE_STG,FY_BDGT_AMT_USD,HC_CNT\n"
                             "P001,Cart,Shop,Ada Fisk,GA,400000,4\n")
    assert rows(found, "products", "product_id name business_area lifecycle_stage annual_spend fte") == [
        ("P001", "Cart", "Shop", "GA", 400_000, 4)]
    assert rows(found, "assignments", "product_id person_id") == [("P001", "Ada Fisk")]


def test_products_indented_below_their_areas():
    found = book(Tree=[["Area / product", "FTE", "Lead"], ["Shop", 6, ""], ["   Cart", 4, "Ada Fisk"],
                       ["   Fax", 2, "Ben Orr"], ["Ops", 3, ""], ["   Parcel", 3, "Cleo Day"], ["All", 9, ""]])
    assert rows(found, "products", "name business_area fte") == [("Cart", "Shop", 4), ("Fax", "Shop", 2), ("Parcel", "Ops", 3)]


@pytest.mark.parametrize(("tabs", "products"), [
    (("OKRs Pay Q4 2026", "OKRs Load Q4 2026"), ["Pay", "Load"]), (("OKRs Q3 2026", "OKRs Q4 2026"), []),
    (("Sheet1", "Sheet2"), []), (("Team Pay", "Team Load"), ["Pay", "Load"])])
def test_the_name_of_a_tab_is_a_product_without_its_period_and_what_it_lists(tabs, products):
    def goals(title):
        return [["Objective", "Key result", "Target"], [title, "Signups", 40], [title, "Churn", 2]]

    content = {"Plan.xlsx": sheets(**{tabs[0]: goals("Grow"), tabs[1]: goals("Keep")})}
    found = validate(read_files("mine", content, Settings()))
    assert found["products"]["name"].tolist() == products
    assert len(found["key_results"]) == 4
