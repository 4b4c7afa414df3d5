"""Faults of single cells (METHOD section 1): the row stays, and what the cell then holds."""

import pandas as pd
import pytest

from tests.csv_folders import findings, opened

PRODUCTS = "product_id,name\nP1,Checkout\nP2,Search\n"
OUTCOMES = "outcome_id,name\nO1,Growth\n"
PEOPLE = "person_id,name\nH1,Ada\n"
RESULTS = "kr_id,objective_id,title\nK1,J1,More\n"

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
    "parent product was skipped": (
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
