"""Work and expectations as they should not be: what is said of it, where, and what becomes of it."""

import pandas as pd
import pytest

from orgdata.gaps import find_gaps
from orgdata.measures import align
from tests.builders import DAY
from tests.csv_folders import findings, opened

PRODUCTS = "product_id,name\nP1,Checkout\n"
WORK = "work_id,product_id,done_on,kind,size,asked_by\n"
EXPECTED = "expectation_id,product_id,partner,what,by_when,state\n"

CASES = {  # tables, findings, rows that are left
    "work without a day": (
        {"work": WORK + "W1,P1,,run,1,sales\n"},
        [("error", "work", 2, "done_on", "missing_required")], 0),
    "work on a day that is none": (
        {"work": WORK + "W1,P1,soon,run,1,sales\n"},
        [("error", "work", 2, "done_on", "bad_date")], 0),
    "work for an unknown product": (
        {"work": WORK + "W1,P9,2026-11-01,run,1,sales\n"},
        [("error", "work", 2, "product_id", "unknown_reference")], 0),
    "work of an unknown kind": (
        {"work": WORK + "W1,P1,2026-11-01,fun,1,sales\n"},
        [("warning", "work", 2, "kind", "bad_value")], 1),
    "work of an unreadable size": (
        {"work": WORK + "W1,P1,2026-11-01,run,huge,sales\n"},
        [("warning", "work", 2, "size", "bad_number")], 1),
    "work of less than no size": (
        {"work": WORK + "W1,P1,2026-11-01,run,-3,sales\n"},
        [("warning", "work", 2, "size", "bad_value")], 1),
    "an expectation of an unknown product": (
        {"expectations": EXPECTED + "X1,P9,sales,A date,,\n"},
        [("error", "expectations", 2, "product_id", "unknown_reference")], 0),
    "an expectation of nobody": (
        {"expectations": EXPECTED + "X1,P1,,A date,,\n"},
        [("error", "expectations", 2, "partner", "missing_required")], 0),
    "an expectation in an unknown state": (
        {"expectations": EXPECTED + "X1,P1,sales,A date,,perhaps\n"},
        [("warning", "expectations", 2, "state", "bad_value")], 1),
    "an expectation by an unreadable day": (
        {"expectations": EXPECTED + "X1,P1,sales,A date,soon,\n"},
        [("warning", "expectations", 2, "by_when", "bad_date")], 1)}


@pytest.mark.parametrize("name", CASES)
def test_a_fault_is_said_with_its_place(tmp_path, name):
    tables, expected, left = CASES[name]
    portfolio = opened(tmp_path, products=PRODUCTS, **tables)
    assert [one for one in findings(portfolio.problems) if one[0] != "information"] == expected
    (table,) = tables
    assert len(portfolio[table]) == left


def test_what_an_unreadable_state_leaves_unjudged(tmp_path):
    gaps = find_gaps(align(opened(tmp_path, products=PRODUCTS, expectations=(
        EXPECTED + "X1,P1,sales,A date,,perhaps\n")), DAY))
    assert "XFN01" not in set(gaps.rows["code"])
    assert gaps.not_judged[["code", "expectation_id"]].to_numpy().tolist() == [["XFN01", "X1"]]


def test_columns_that_name_persons_are_dropped_and_that_is_said(tmp_path):
    portfolio = opened(tmp_path, products=PRODUCTS, work=(
        "work_id,product_id,done_on,Assignee,Reporter email,Story\n"
        "W1,P1,2026-11-01,Canary Person,canary@example.com,Pay\n"
        "W1,P1,2026-11-02,Canary Person,canary@example.com,Pay again\n"))
    assert list(portfolio.unknown_columns["work"]) == ["Story"]
    for frame in (portfolio["work"], portfolio.set_aside["work"], portfolio.problems):
        assert "anary" not in frame.to_csv()
    assert [one for one in findings(portfolio.problems) if one[3] in ("Assignee", "Reporter email")] == [
        ("information", "work", None, "Assignee", "unknown_column"),
        ("information", "work", None, "Reporter email", "unknown_column")]


def test_the_same_columns_of_another_table_are_kept(tmp_path):
    portfolio = opened(tmp_path, products="product_id,name,Assignee\nP1,Checkout,Ada\n")
    assert list(portfolio.unknown_columns["products"]) == ["Assignee"]


def test_a_person_where_the_function_that_asked_belongs_is_dropped(tmp_path):
    portfolio = opened(tmp_path, products=PRODUCTS, people="person_id,name\nH1,Canary Person\n", work=(
        WORK + "W1,P1,2026-11-01,run,1,canary person\nW2,P1,2026-11-01,run,1,c@example.com\n"
        "W3,P1,2026-11-01,run,1,sales\n"))
    assert [None if pd.isna(one) else one for one in portfolio["work"]["asked_by"]] == [None, None, "sales"]
    assert [one for one in findings(portfolio.problems) if one[3] == "asked_by"] == [
        ("warning", "work", 2, "asked_by", "bad_value"), ("warning", "work", 3, "asked_by", "bad_value")]
    assert "c@example.com" not in portfolio.problems.to_csv()
