"""Every row of the fault table of METHOD section 1: what is found, where, and what is done."""

from datetime import date

import pandas as pd
import pytest

from orgdata.validate import future_check_ins
from tests.csv_folders import findings, opened

PRODUCTS = "product_id,name\nP1,Checkout\nP2,Search\n"
OUTCOMES = "outcome_id,name\nO1,Growth\n"
PEOPLE = "person_id,name\nH1,Ada\n"
GOALS = "objective_id,title\nJ1,Grow\n"
RESULTS = "kr_id,objective_id,title\nK1,J1,More\n"

# name: tables, all findings, table whose rows are skipped, row numbers skipped
ASIDE = {
    "required cell blank": (
        {"products": "product_id,name\nP1,A\nP2, \n,C\n"},
        [("error", "products", 3, "name", "missing_required"),
         ("error", "products", 4, "product_id", "missing_required")], "products", [3, 4]),
    "several blanks in a row": (
        {"products": "product_id,name,fte\n,,4\n"},
        [("error", "products", 2, "product_id", "missing_required"),
         ("error", "products", 2, "name", "missing_required")], "products", [2]),
    "the same key twice": (
        {"products": "product_id,name\nP1,A\nP2,B\nP1,C\n"},
        [("error", "products", 4, "product_id", "duplicate_key")], "products", [4]),
    "the same assignment twice": (
        {"assignments": "product_id,person_id,role,start_date\nP1,H1,PM,\nP1,H1,owner,\n"
                        "P1,H1,PM,2026-01-01\nP1,H1,PM,\n"},
        [("error", "assignments", 5, "product_id", "duplicate_key")], "assignments", [5]),
    "the same contribution twice": (
        {"contributions": "product_id,outcome_id\nP1,O1\nP1,O2\nP1,O1\n"},
        [("error", "contributions", 4, "product_id", "duplicate_key")], "contributions", [4]),
    "the same mix target twice": (
        {"mix_targets": "dimension,bucket,target_pct\nbusiness_area,A,5\nBusiness-Area,A,6\n"},
        [("error", "mix_targets", 3, "dimension", "duplicate_key")], "mix_targets", [3]),
    "later check-in of the day wins": (
        {"check_ins": "kr_id,date,value\nK1,2026-11-01,1\nK1,2026-11-02,2\nK1,1 Nov 2026,3\n"},
        [("error", "check_ins", 2, "kr_id", "duplicate_key")], "check_ins", [2]),
    "assignment to nowhere": (
        {"products": PRODUCTS, "people": PEOPLE,
         "assignments": "product_id,person_id,role\nP9,H1,pm\nP1,H9,pm\nP1,H1,pm\n"},
        [("error", "assignments", 2, "product_id", "unknown_reference"),
         ("error", "assignments", 3, "person_id", "unknown_reference")], "assignments", [2, 3]),
    "contribution to nowhere": (
        {"products": PRODUCTS, "outcomes": OUTCOMES,
         "contributions": "product_id,outcome_id\nP1,O9\nP1,O1\n"},
        [("error", "contributions", 2, "outcome_id", "unknown_reference")], "contributions", [2]),
    "key result of nothing": (
        {"objectives": GOALS, "key_results": "kr_id,objective_id,title\nK1,J9,A\nK2,J1,B\n"},
        [("error", "key_results", 2, "objective_id", "unknown_reference")], "key_results", [2]),
    "check-in of a key result that was skipped": (
        {"objectives": GOALS, "key_results": RESULTS + "K2,J9,B\n",
         "check_ins": "kr_id,date\nK2,2026-11-01\nK1,2026-11-01\n"},
        [("error", "check_ins", 2, "kr_id", "unknown_reference"),
         ("error", "key_results", 3, "objective_id", "unknown_reference")], "check_ins", [2]),
    "dependency on nothing": (
        {"products": PRODUCTS,
         "dependencies": "dependency_id,product_id,needs_product_id\nD1,P1,P9\nD2,P1,P2\n"},
        [("error", "dependencies", 2, "needs_product_id", "unknown_reference")],
        "dependencies", [2]),
    "unreadable required date": (
        {"check_ins": "kr_id,date\nK1,soon\nK1,2026-02-30\nK1,2026-11-01\n"},
        [("error", "check_ins", 2, "date", "bad_date"),
         ("error", "check_ins", 3, "date", "bad_date")], "check_ins", [2, 3]),
    "unreadable required number": (
        {"mix_targets": "dimension,bucket,target_pct\nbusiness_area,A,half\n"},
        [("error", "mix_targets", 2, "target_pct", "bad_number")], "mix_targets", [2]),
    "dimension outside its words": (
        {"mix_targets": "dimension,bucket,target_pct\ncolour,A,5\n"},
        [("error", "mix_targets", 2, "dimension", "bad_value")], "mix_targets", [2]),
    "required column absent": (
        {"products": "product_id,title\nP1,A\nP2,B\n"},
        [("error", "products", None, "name", "missing_required"),
         ("information", "products", None, "title", "unknown_column")], "products", [2, 3]),
    "references come before duplicates": (
        {"products": PRODUCTS, "outcomes": OUTCOMES,
         "contributions": "product_id,outcome_id,strength\nP1,O9,weak\nP1,O1,weak\nP1,O9,weak\n"},
        [("error", "contributions", 2, "outcome_id", "unknown_reference"),
         ("error", "contributions", 4, "outcome_id", "unknown_reference")],
        "contributions", [2, 4]),
    "a row skipped for a blank is not looked at any further": (
        {"products": "product_id,name,parent_product_id\nP1,,P9\nP2,B,P2x\n"},
        [("error", "products", 2, "name", "missing_required"),
         ("warning", "products", 3, "parent_product_id", "unknown_reference")], "products", [2]),
    "a row skipped for a blank does not hold its key": (
        {"products": "product_id,name\nP1,\nP1,B\n"},
        [("error", "products", 2, "name", "missing_required")], "products", [2]),
}


@pytest.mark.parametrize("case", ASIDE)
def test_errors_set_the_row_aside(tmp_path, case):
    tables, expected, table, aside = ASIDE[case]
    portfolio = opened(tmp_path, **tables)
    assert findings(portfolio.problems) == expected
    assert portfolio.set_aside[table]["row"].tolist() == aside
    assert not portfolio[table]["row"].isin(aside).any()
    assert portfolio.set_aside[table]["reason"].str.len().gt(10).all()


def test_the_later_check_in_wins_as_a_whole(tmp_path):
    rows = opened(tmp_path, check_ins="kr_id,date,value,confidence\nK1,2026-11-01,5,7\n"
                                      "K1,2026-11-01,,3\n")["check_ins"]
    assert rows[["row", "confidence"]].values.tolist() == [[3, 3]]
    assert rows["value"].isna().all()


def test_set_aside_rows_are_kept_as_written(tmp_path):
    aside = opened(tmp_path, products='product_id,name,annual_spend,Extra\nP1,A,1,a\n'
                                      '001,," $4.1M ",b\n').set_aside["products"]
    assert aside.to_dict("records") == [{
        "row": 3, "reason": "name: a value is required", "product_id": "001", "name": "",
        "annual_spend": " $4.1M ", "Extra": "b"}]


INFORMATION = {
    "unknown column": ({"products": "product_id,name,period\nP1,A,Q3\n"},
                       ("information", "products", None, "period", "unknown_column")),
    "unknown table": ({"products": PRODUCTS, "budget": "a,b\n1,2\n"},
                      ("information", "budget", None, None, "unknown_table")),
    "blank throughout": ({"products": "product_id,name,fte\nP1,A,\nP2,B, \n"},
                         ("information", "products", None, "fte", "bad_value")),
}


@pytest.mark.parametrize("case", INFORMATION)
def test_information_drops_nothing(tmp_path, case):
    tables, expected = INFORMATION[case]
    portfolio = opened(tmp_path, **tables)
    assert findings(portfolio.problems) == [expected]
    assert portfolio.set_aside == {}


def test_unknown_columns_are_kept_as_written(tmp_path):
    portfolio = opened(tmp_path, products="product_id,name,Period\nP1,A, Q3 \n,B,Q4\n")
    assert portfolio.unknown_columns["products"]["Period"].to_dict() == {2: " Q3 ", 3: "Q4"}


def test_future_check_ins_are_kept(tmp_path):
    portfolio = opened(tmp_path, check_ins="kr_id,date\nK1,2026-11-20\nK1,2026-11-21\n")
    assert findings(future_check_ins(portfolio, pd.Timestamp(date(2026, 11, 20)))) == [
        ("information", "check_ins", 3, "date", "future_date")]
    assert len(portfolio["check_ins"]) == 2


def test_messages_name_file_row_column_value_and_what_was_expected(tmp_path):
    messages = opened(tmp_path, products="product_id,name,fte\nP1,A,many\nP2,,1\n"
                      ).problems["message"].tolist()
    assert messages == [
        "products.csv row 3, name: a value is required; the row was skipped",
        'products.csv row 2, fte, "many": expected a number up to 1e15; the cell counts as unknown']


def test_strengths_are_read_against_the_largest_accepted_one(tmp_path):
    rows = opened(tmp_path, outcomes=OUTCOMES + "O2,B\nO3,C\nO4,D\nO5,E\n", contributions=(
        "product_id,outcome_id,strength\nP1,O1,6\nP1,O2,4\nP1,O3,2\nP1,O4,1\nP1,O5,0\n"
        "P2,O9,600\nP2,O1,-3\nP2,O2,Primary\n"))["contributions"]
    assert rows["strength"].fillna("?").tolist() == [
        "primary", "primary", "supporting", "weak", "none", "?", "primary"]


def test_roles_keep_their_words(tmp_path):
    rows = opened(tmp_path, assignments="product_id,person_id,role\nP1,H1,Product Manager\n"
                  "P1,H2,Backup\nP1,H3,Chief Poet\nP1,H4,DRI\n")["assignments"]
    assert rows["role"].tolist() == ["accountable", "deputy", "contributor", "accountable"]
    assert rows["role_as_written"].tolist() == ["Product Manager", "Backup", "Chief Poet", "DRI"]


def test_mapped_names_and_words(tmp_path):
    portfolio = opened(
        tmp_path, products="product_id,name,state,status\nP1,A,Gone,active\n",
        settings='[columns.products]\nstatus = "State"\n[values.products.status]\n'
                 'gone = "retired"\n')
    assert portfolio["products"]["status"].tolist() == ["retired"]
    assert findings(portfolio.problems) == [
        ("information", "products", None, "status", "unknown_column")]
