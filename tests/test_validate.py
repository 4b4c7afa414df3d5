"""Every row of the fault table of METHOD section 1: what is found, where, and what is done."""

from datetime import date

import pandas as pd
import pytest

from orgdata.validate import future_check_ins
from tests.folders import findings, opened

PRODUCTS = "product_id,name\nP1,Checkout\nP2,Search\n"
OUTCOMES = "outcome_id,name\nO1,Growth\n"
PEOPLE = "person_id,name\nH1,Ada\n"
GOALS = "objective_id,title\nJ1,Grow\n"
RESULTS = "kr_id,objective_id,title\nK1,J1,More\n"

# name: tables, all findings, table whose rows are set aside, row numbers set aside
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
    "check-in of a key result that was set aside": (
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
    "a row set aside for a blank is not looked at any further": (
        {"products": "product_id,name,parent_product_id\nP1,,P9\nP2,B,P2x\n"},
        [("error", "products", 2, "name", "missing_required"),
         ("warning", "products", 3, "parent_product_id", "unknown_reference")], "products", [2]),
    "a row set aside for a blank does not hold its key": (
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


# name: tables, findings, (table, column, what the column then holds; None = unknown)
UNKNOWN = {
    "unreadable number": (
        {"products": "product_id,name,fte\nP1,A,many\nP2,B,2\nP3,C,(5)\n"},
        [("warning", "products", 2, "fte", "bad_number"),
         ("warning", "products", 4, "fte", "bad_number")], ("products", "fte", [None, 2, None])),
    "unreadable date": (
        {"people": "person_id,name,active_from\nH1,A,2026-13-01\n"},
        [("warning", "people", 2, "active_from", "bad_date")], ("people", "active_from", [None])),
    "word outside a vocabulary": (
        {"products": "product_id,name,status\nP1,A,sleeping\nP2,B,Retired\n"},
        [("warning", "products", 2, "status", "bad_value")],
        ("products", "status", [None, "retired"])),
    "neither yes nor no": (
        {"assignments": "product_id,person_id,role,is_interim\nP1,H1,pm,maybe\nP1,H2,pm,X\n"},
        [("warning", "assignments", 2, "is_interim", "bad_value")],
        ("assignments", "is_interim", [None, True])),
    "confidence outside 0 to 10": (
        {"check_ins": "kr_id,date,confidence\nK1,2026-11-01,11\nK1,2026-11-02,-1\n"
                      "K1,2026-11-03,10\n"},
        [("warning", "check_ins", 2, "confidence", "bad_value"),
         ("warning", "check_ins", 3, "confidence", "bad_value")],
        ("check_ins", "confidence", [None, None, 10])),
    "cadence of no days": (
        {"key_results": "kr_id,objective_id,title,cadence_days\nK1,J1,A,0\nK2,J1,B,0.5\n"},
        [("warning", "key_results", 2, "cadence_days", "bad_value")],
        ("key_results", "cadence_days", [None, 0.5])),
    "bau_pct is clamped": (
        {"products": "product_id,name,bau_pct\nP1,A,120\nP2,B,-5\nP3,C,100\n"},
        [("warning", "products", 2, "bau_pct", "bad_value"),
         ("warning", "products", 3, "bau_pct", "bad_value")],
        ("products", "bau_pct", [100, 0, 100])),
    "negative weight": (
        {"key_results": "kr_id,objective_id,title,weight\nK1,J1,A,-2\n"},
        [("warning", "key_results", 2, "weight", "bad_value")], ("key_results", "weight", [-2])),
    "objective's outcome does not exist": (
        {"outcomes": OUTCOMES, "objectives": "objective_id,title,outcome_id\nJ1,A,O1\nJ2,B,O9\n"},
        [("warning", "objectives", 3, "outcome_id", "unknown_reference")],
        ("objectives", "outcome_id", ["O1", None])),
    "objective's product does not exist": (
        {"products": PRODUCTS, "objectives": "objective_id,title,product_id\nJ1,A,P9\nJ2,B,P2\n"},
        [("warning", "objectives", 2, "product_id", "unknown_reference")],
        ("objectives", "product_id", [None, "P2"])),
    "objective's parent does not exist": (
        {"objectives": "objective_id,title,parent_objective_id\nJ1,A,J9\nJ2,B,J1\n"},
        [("warning", "objectives", 2, "parent_objective_id", "unknown_reference")],
        ("objectives", "parent_objective_id", [None, "J1"])),
    "owners do not exist": (
        {"people": PEOPLE, "outcomes": "outcome_id,name,owner_id\nO1,A,H9\n",
         "objectives": "objective_id,title,owner_id\nJ1,A,H9\n",
         "key_results": "kr_id,objective_id,title,owner_id\nK1,J1,A,H9\n"},
        [("warning", "key_results", 2, "owner_id", "unknown_reference"),
         ("warning", "objectives", 2, "owner_id", "unknown_reference"),
         ("warning", "outcomes", 2, "owner_id", "unknown_reference")],
        ("key_results", "owner_id", [None])),
    "manager does not exist": (
        {"people": "person_id,name,manager_id\nH1,A,H2\nH2,B,H9\n"},
        [("warning", "people", 3, "manager_id", "unknown_reference")],
        ("people", "manager_id", ["H2", None])),
    "parent product was set aside": (
        {"products": "product_id,name,parent_product_id\nP1,,\nP2,B,P1\n"},
        [("error", "products", 2, "name", "missing_required"),
         ("warning", "products", 3, "parent_product_id", "unknown_reference")],
        ("products", "parent_product_id", [None])),
    "roadblock's references do not exist": (
        {"products": PRODUCTS, "people": PEOPLE, "key_results": RESULTS,
         "roadblocks": "roadblock_id,what,opened_on,kr_id,product_id,unblocker_id\n"
                       "R1,A,2026-11-01,K9,P9,H9\n"},
        [("warning", "roadblocks", 2, "kr_id", "unknown_reference"),
         ("warning", "roadblocks", 2, "product_id", "unknown_reference"),
         ("warning", "roadblocks", 2, "unblocker_id", "unknown_reference")],
        ("roadblocks", "kr_id", [None])),
    "references into a table that is not there": (
        {"objectives": "objective_id,title,product_id,outcome_id,owner_id\nJ1,A,P1,O1,H1\n"}, [],
        ("objectives", "product_id", ["P1"])),
    "those who only signed are not checked": (
        {"people": PEOPLE, "products": "product_id,name,role_confirmed_by\nP1,A,Zoe\n",
         "contributions": "product_id,outcome_id,confirmed_by\nP1,O1,Zoe\n",
         "check_ins": "kr_id,date,author_id\nK1,2026-11-01,Zoe\n"}, [],
        ("check_ins", "author_id", ["Zoe"])),
    "circle of objectives": (
        {"objectives": "objective_id,title,parent_objective_id\nJ1,A,J2\nJ2,B,J1\nJ3,C,J1\n"
                       "J4,D,J4\n"},
        [("warning", "objectives", row, "parent_objective_id", "circular_reference")
         for row in (2, 3, 5)], ("objectives", "parent_objective_id", [None, None, "J1", None])),
    "circle of products": (
        {"products": "product_id,name,parent_product_id\nP1,A,P3\nP2,B,P1\nP3,C,P2\nP4,D,P3\n"},
        [("warning", "products", row, "parent_product_id", "circular_reference")
         for row in (2, 3, 4)], ("products", "parent_product_id", [None, None, None, "P3"])),
    "shares over 100": (
        {"contributions": "product_id,outcome_id,share_pct\nP1,O1,60\nP1,O2,50\nP2,O1,100\n"},
        [("warning", "contributions", 3, "share_pct", "shares_over_100")],
        ("contributions", "share_pct", [60, 50, 100])),
    "duplicate header": (
        {"products": "product_id,name,Name\nP1,A,B\n"},
        [("warning", "products", 1, "Name", "duplicate_header")], ("products", "name", ["A"])),
    "extra cells": (
        {"products": "product_id,name\nP1,A\nP2,B,more\n"},
        [("warning", "products", 3, None, "extra_cells")], ("products", "name", ["A", "B"])),
    "a row shorter than the header": (
        {"products": "product_id,name,fte\nP1,A\nP2,B,3\n"},
        [("warning", "products", 2, None, "bad_value")], ("products", "fte", [None, 3])),
}


@pytest.mark.parametrize("case", UNKNOWN)
def test_warnings_keep_the_row(tmp_path, case):
    tables, expected, (table, column, values) = UNKNOWN[case]
    portfolio = opened(tmp_path, **tables)
    assert findings(portfolio.problems, "error", "warning") == expected
    held = portfolio[table][column].astype(object)
    assert [None if pd.isna(value) else value for value in held] == values


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
        "products.csv row 3, name: a value is required; the row was set aside",
        'products.csv row 2, fte, "many": expected a number; the cell counts as unknown']


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
