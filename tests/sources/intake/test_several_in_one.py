"""Cells that hold several things, and columns of which only one counts."""

import pytest

from orgdata.model.settings import Settings
from tests.sources.intake.test_layouts import read
from tests.sources.vendors.exports import rows

VALUES = "title baseline target current"


@pytest.mark.parametrize(("header", "cell", "values"), [
    ("Baseline → Target", "31% → 45%", (31, 45, None)), ("Start / Target", "31 / 45", (31, 45, None)),
    ("Progress (actual / target)", "34 of 50", (None, 50, 34)), ("Actual vs. Target", "34/50", (None, 50, 34))])
def test_two_amounts_in_one_cell(header, cell, values):
    found = read(okrs=f"Objective,Key result,{header}\nFaster,Conversion,{cell}\nFaster,Drop-off,{cell}\n")
    assert rows(found, "key_results", VALUES)[0] == ("Conversion", *values)


def test_two_amounts_that_nothing_parts_stay_unread():
    found = read(okrs="Objective,Key result,Actual / Target\nFaster,Conversion,34\nFaster,Drop-off,n/a\n")
    assert rows(found, "key_results", VALUES) == [("Conversion", None, None, None), ("Drop-off", None, None, None)]


def test_the_manager_in_parentheses_behind_a_product():
    found = read(list="Product (PM),Budget\nCheckout (Ada Fisk),1.2M\nReturns (TBD),300k\nSearch,5k\n")
    assert rows(found, "products", "name annual_spend") == [("Checkout", 1.2e6), ("Returns", 3e5), ("Search", 5e3)]
    assert rows(found, "assignments", "product_id person_id") == [("Checkout", "Ada Fisk")]


def test_key_results_in_the_lines_of_a_cell_with_their_values():
    found = read(okrs='Team,Objective,Key Results,Target,Current,Owner\nTill,Pay fast,"Tap share\nErrors","60%\n2%",'
                      '"35%\n3%",Ada Fisk\nStock,Sell all,Stock-outs,8,21,Ben Orr\n')
    assert sorted(rows(found, "key_results", f"{VALUES} owner_id")) == [
        ("Errors", None, 2, 3, None), ("Stock-outs", None, 8, 21, "Ben Orr"), ("Tap share", None, 60, 35, None)]
    assert rows(found, "objectives", "title owner_id") == [("Pay fast", "Ada Fisk"), ("Sell all", None)]


def test_one_value_beside_several_key_results_is_none_of_theirs():
    found = read(okrs='Objective,Key Results,Target\nPay fast,"1. Tap share\n2. Errors",60\n')
    assert rows(found, "key_results", VALUES) == [("Tap share", None, None, None), ("Errors", None, None, None)]


def test_a_title_in_two_lines_is_one():
    found = read(okrs='Objective,Key Result,Target\nPay fast,"Share of customers\nwho tap",60\n')
    assert rows(found, "key_results", "title target") == [("Share of customers who tap", 60)]


def test_relations_of_notion_in_lists_of_ones_own():
    found = read(portfolio="Name,PM,Goals\nTill,Ada Fisk,\"Grow (https://www.notion.so/g-1), Keep (https://www.notion.so/k-2)\"\n",
                 okrs="Objective,Key Result,Quarter,Target Value,Current Value,Product\n"
                      "Faster (https://www.notion.so/f-3),Taps,Q4 2026,60,35,Till (https://www.notion.so/t-4)\n")
    assert rows(found, "contributions", "product_id outcome_id") == [("Till", "Grow"), ("Till", "Keep")]
    assert rows(found, "objectives", "title product_id start_date") == [("Faster", "Till", "2026-10-01")]


def test_values_out_of_the_same_number():
    found = read(okrs="Objective,Key result,Start,Target,Now\nCare,Rating,3.9/5,4.5/5,4.1/5\nCare,Shops,1/4,3/5,2/5\n")
    assert rows(found, "key_results", VALUES) == [("Rating", 3.9, 4.5, 4.1), ("Shops", None, 5, 2)]


@pytest.mark.parametrize(("title", "values"), [
    ("Churn 5% → 3%", (5, 3)), ("Van 12 naar 4 storingen", (12, 4)), ("Fouten 12 -> 4", (12, 4)), ("Grow to 50", (None, None))])
def test_from_where_to_where_in_a_title(title, values):
    found = read(okrs=f"Objective,Key result,Current\nFaster,{title},6\n")
    assert rows(found, "key_results", "baseline target") == [values]


def test_money_for_running_and_changing_is_asked_and_added_up():
    text = "Product,PM,Opex 2026,Capex 2026\nTill,Ada Fisk,400000,200000\nStock,Ben Orr,100000,\n"
    found = read(list=text)
    assert rows(found, "products", "annual_spend") == [(6e5,), (None,)]
    [question] = found.intake.open_questions
    told = read(Settings(answers={question.key: "Opex 2026"}), list=text)
    assert rows(told, "products", "annual_spend") == [(4e5,), (1e5,)]


def test_rows_of_one_product_with_different_amounts_leave_it_open():
    found = read(costs="Product,Cost type,Budget\nTill,Run,400000\nTill,Change,800000\nStock,Run,$5k\nStock,Run,5000\n")
    assert rows(found, "products", "name annual_spend") == [("Till", None), ("Stock", 5e3)]
    assert "merged" in set(found.problems["code"])


def test_a_value_of_last_year_is_where_this_year_began():
    found = read(card="Objective,KPI,2025 actual,2026 target,2026 YTD\nGrow,Revenue,100,120,94\n")
    assert rows(found, "key_results", VALUES) == [("Revenue", 100, 120, 94)]


def test_the_last_status_of_several_weeks_counts():
    found = read(okrs="Objective,Key result,Target,W45 status,W46 status\nFaster,Taps,60,green,amber\n")
    assert rows(found, "key_results", "status") == [("amber",)]


def test_a_row_for_each_month_is_a_check_in():
    found = read(kpis="Product,Month,KPI,Target,Actual\nTill,2026-09,Taps,45,35\nTill,2026-10,Taps,45,38\nTill,2026-08,Taps,45,33\n")
    assert rows(found, "key_results", "title target current") == [("Taps", 45, 38)]
    assert sorted(rows(found, "check_ins", "date value")) == [
        ("2026-08-31", 33), ("2026-09-30", 35), ("2026-10-01", 38), ("2026-10-31", 38)]
