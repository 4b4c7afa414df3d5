import pytest

from orgdata.sources import SourceError
from orgdata.sources.vendors.notion import titles
from tests.sources.vendors.exports import counted, loaded, rows, warned

BOM = "\ufeff"
HEADER = BOM + "Key Result,Objective,Start Value,Current Value,Target Value,Unit,Owner,Status,Due Date,Progress\n"
GROW = "Grow in Europe (EU), then stay (https://www.notion.so/Grow-in-Europe-0a1b)"
TRUST = "Earn trust (https://www.notion.so/Earn-trust-2c3d?pvs=21)"


def result(title: str, objective: str, values: str = "9,8,6", rest: str = 's,Ada Park,On track,"December 31, 2026",0.33') -> str:
    return f'"{title}","{objective}",{values},{rest}\n'


def test_key_results_and_the_objectives_they_name(tmp_path):
    portfolio = loaded(tmp_path, HEADER + result("Checkout time", GROW) + result("Churn", TRUST, "12%,10%,8%", "%,bo@Example.com,,2026-12-31,")
                       + result("NPS", GROW, ",,40", ",,,,"))
    assert portfolio.recognised_as == "notion"
    grow = "Grow in Europe (EU), then stay"
    assert rows(portfolio, "objectives", "objective_id title product_id owner_id row") == [
        (grow, grow, None, None, 2), ("Earn trust", "Earn trust", None, None, 3)]
    assert rows(portfolio, "key_results", "kr_id objective_id title baseline current target unit owner_id status due_date kr_type") == [
        (f"Checkout time · {grow}", grow, "Checkout time", 9, 8, 6, "s", "Ada Park", "On track", "2026-12-31", None),
        ("Churn · Earn trust", "Earn trust", "Churn", 12, 10, 8, "%", "bo@example.com", None, "2026-12-31", None),
        (f"NPS · {grow}", grow, "NPS", None, None, 40, None, None, None, None, None)]
    assert rows(portfolio, "people", "person_id email") == [("Ada Park", None), ("bo@example.com", "bo@Example.com")]
    assert counted(portfolio) == {"used": 3, "merged": 0, "set_aside": 0}
    assert warned(portfolio) == []


def test_a_key_result_of_several_objectives_measures_the_first(tmp_path):
    portfolio = loaded(tmp_path, HEADER + result("Churn", f"{TRUST}, {GROW}", rest='s,"Bo Lind, Ada Park",,,'))
    assert rows(portfolio, "key_results", "objective_id owner_id") == [("Earn trust", "Bo Lind")]
    assert rows(portfolio, "objectives", "title row") == [("Earn trust", 2), ("Grow in Europe (EU), then stay", 2)]
    assert warned(portfolio) == [("notion", 2, "Objective", "bad_value"), ("notion", 2, "Owner", "bad_value")]


def test_the_same_record_twice_is_one_and_a_second_of_that_name_is_set_aside(tmp_path):
    portfolio = loaded(tmp_path, HEADER + 2 * result("Churn", TRUST) + result("Churn", TRUST, "9,7,6") + result("Churn", GROW))
    assert counted(portfolio) == {"used": 2, "merged": 1, "set_aside": 1}
    assert portfolio.exports[0].set_aside()["skipped because"].tolist() == ["kr_id: an earlier row has the same kr_id"]


def test_a_key_result_without_an_objective_or_a_title_is_set_aside(tmp_path):
    portfolio = loaded(tmp_path, HEADER + result("Churn", "") + result("", TRUST) + result("NPS", TRUST))
    assert counted(portfolio) == {"used": 1, "merged": 0, "set_aside": 2}
    assert portfolio.exports[0].set_aside()["skipped because"].tolist() == [
        "objective_id: a value is required", "title: a value is required"]


def test_nothing_but_a_value_is_set_aside(tmp_path):
    portfolio = loaded(tmp_path, "Key Result,Current Value,Target Value\n,,1\n")
    assert counted(portfolio) == {"used": 0, "merged": 0, "set_aside": 1}


def test_objectives_by_the_other_name_of_the_column(tmp_path):
    portfolio = loaded(tmp_path, HEADER.replace("Objective", "Objectives").replace("Owner", "DRI") + result("Churn", TRUST))
    assert rows(portfolio, "key_results", "objective_id owner_id") == [("Earn trust", "Ada Park")]


@pytest.mark.parametrize(("cell", "found"), [
    ("", []), ("Grow, then keep", ["Grow, then keep"]), (TRUST, ["Earn trust"]),
    (f"{GROW}, {TRUST}", ["Grow in Europe (EU), then stay", "Earn trust"]),
    ("Grow (OKRs/Grow%200a1b.md), Keep it, all", ["Grow", "Keep it, all"]),
    ("Reach v2.0 (beta), more", ["Reach v2.0 (beta), more"]), ("(https://www.notion.so/0a1b)", [])])
def test_titles_of_a_relation(cell, found):
    assert titles(cell) == found


def test_a_database_of_objectives_is_not_told_to_be_notion(tmp_path):
    with pytest.raises(SourceError, match="no export we know"):
        loaded(tmp_path, BOM + "Name,Quarter,Health\nEarn trust,Q4,Good\n")
