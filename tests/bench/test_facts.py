"""What the benchmark counts as right, wrong, invented and missing, on companies that are typed."""

import json
from collections import Counter
from pathlib import Path

import pytest

from bench.facts import facts_of, promises
from orgdata.load import load
from tests.csv_folders import write

LARKFIELD = Path(__file__).parents[1] / "cases" / "larkfield"
TRUTH = {
    "as_of": "2026-11-20",
    "products": [{"name": "Pay", "area": "Money", "role": "invest", "stage": "GA", "spend": 1000,
                  "fte": None, "managers": ["Ada"]},
                 {"name": "Help", "area": "Care", "role": None, "stage": None, "spend": None,
                  "fte": 2.5, "managers": []}],
    "outcomes": [{"name": "Grow", "tier": 1, "owner": "Ada"}],
    "objectives": [{"title": "Fast", "products": ["Pay", "Help"], "outcomes": None,
                    "start": "2026-10-01", "end": "2026-12-31"}],
    "key_results": [{"title": "Speed", "objective": "Fast", "product": ["Pay", "Help"],
                     "baseline": 9, "target": 3, "current": 6, "status": "between",
                     "owner": ["Ben", "Ada"], "updated": "2026-11-12"},
                    {"title": "Calls", "objective": "Fast", "product": None, "baseline": None,
                     "target": 5, "current": None, "status": None}],
    "links": [["Pay", "Grow", None]], "must_not_appear": ["TOTAL", "TBH"],
    "must_be_blank": [["product", "Help", "spend"]], "people_at_most": 2}
RIGHT = {
    "products": "product_id,name,business_area,strategic_role,lifecycle_stage,annual_spend,fte\n"
                "P1,Pay,Money,invest,GA,1000.0000001,\nP2,Help,Care,,,,2.5\n",
    "people": "person_id,name\nH1,Ada\nH2,Ben\n", "outcomes": "outcome_id,name,tier,owner_id\nO1,Grow,1,H1\n",
    "assignments": "product_id,person_id,role\nP1,H1,pm\n",
    "contributions": "product_id,outcome_id\nP1,O1\n",
    "objectives": "objective_id,title,product_id,start_date,end_date\nJ1,Fast,P1,2026-10-01,2026-12-31\n",
    "objective_products": "objective_id,product_id\nJ1,P2\n",
    "key_results": "kr_id,objective_id,title,baseline,target,owner_id\nK1,J1,Speed,9,3,H1\nK2,J1,Calls,,5,\n",
    "check_ins": "kr_id,date,value,status\nK1,2026-11-12,6,🟡\n"}


def found(tmp_path, **changed):
    portfolio = load(write(tmp_path, **{**RIGHT, **changed}))
    facts = facts_of(TRUTH, portfolio)
    return facts, promises(TRUTH, portfolio, facts)


def not_right(facts):
    return {(one.subject, one.what, one.verdict) for one in facts if one.verdict != "right"}


def test_what_is_read_as_it_is_is_right(tmp_path):
    facts, promised = found(tmp_path)
    assert not_right(facts) == set()
    assert Counter(one.kind for one in facts) == {
        "product": 2 * 6 + 2, "outcome": 3, "objective": 1 + 2 + 2, "key result": 2 * 9, "link": 1}
    assert (promised.appear, promised.filled, promised.people, promised.people_at_most) == ((), (), 2, 2)


@pytest.mark.parametrize(("table", "old", "new", "expected"), [
    ("products", "Money", "money", {("Pay", "area", "wrong")}),
    ("products", "1000.0000001", "1001", {("Pay", "spend", "wrong")}),
    ("products", "1000.0000001", "", {("Pay", "spend", "missing")}),
    ("products", ",2.5", "7,2.5", {("Help", "spend", "invented")}),
    ("products", "P2,Help", "P3,More,,,,,\nP2,Help", {("More", "name", "invented")}),
    ("products", "P1,Pay", "P1,pay", {
        ("Pay", "name", "missing"), ("pay", "name", "invented"), ("Pay", "area", "missing"),
        ("Pay", "role", "missing"), ("Pay", "stage", "missing"), ("Pay", "spend", "missing"),
        ("Pay", "fte", "missing"), ("Pay", "manager", "missing"), ("Pay", "outcome", "missing"),
        ("pay", "outcome", "invented"), ("Fast", "product", "missing"), ("Fast", "product", "invented"),
        ("Speed", "product", "wrong")}),
    ("assignments", "P1,H1", "P1,H2", {("Pay", "manager", "missing"), ("Pay", "manager", "invented")}),
    ("assignments", "pm\n", "pm\nP2,H2,pm\n", {("Help", "manager", "invented")}),
    ("outcomes", "1,H1", "2,", {("Grow", "tier", "wrong"), ("Grow", "owner", "missing")}),
    ("contributions", "P1,O1", "P2,O1", {("Pay", "outcome", "missing"), ("Help", "outcome", "invented")}),
    ("objectives", "2026-12-31", "2026-12-30", {("Fast", "end", "wrong")}),
    ("objective_products", "J1,P2\n", "", {("Fast", "product", "missing"), ("Speed", "product", "wrong")}),
    ("key_results", "3,H1", "3,H2", set()),  # either of two owners
    ("key_results", "3,H1", "3,", {("Speed", "owner", "missing")}),
    ("key_results", "5,\n", "5,H1\n", {("Calls", "owner", "invented")}),
    ("key_results", "Calls", "Speed", {
        ("Calls", what, "missing") for what in (
            "name", "objective", "product", "baseline", "target", "current", "status", "owner",
            "updated")} | {("Speed", "name", "invented")}),
    ("check_ins", "6,🟡", "6,🔴", {("Speed", "status", "wrong")}),
    ("check_ins", "2026-11-12", "2026-11-13", {("Speed", "updated", "wrong")}),
    ("check_ins", "K1", "K2", {
        *(("Speed", what, "missing") for what in ("current", "status", "updated")),
        *(("Calls", what, "invented") for what in ("current", "status", "updated"))})])
def test_one_fact_that_is_not(tmp_path, table, old, new, expected):
    assert old in RIGHT[table]
    facts, _ = found(tmp_path, **{table: RIGHT[table].replace(old, new, 1)})
    assert not_right(facts) == expected


def test_a_product_of_a_key_result_that_is_the_companys_is_invented(tmp_path):
    rows = "kr_id,objective_id,title,baseline,target,owner_id,product_id\nK1,J1,Speed,9,3,H1,\nK2,J1,Calls,,5,,P1\n"
    facts, _ = found(tmp_path, key_results=rows)
    assert not_right(facts) == {("Calls", "product", "invented")}


def test_what_must_not_appear_or_be_filled_is_named(tmp_path):
    _, promised = found(
        tmp_path, products=RIGHT["products"].replace(",2.5", "7,2.5"),
        people="person_id,name\nH1,Ada\nH2,Ben\nH3,TBH\n")
    assert (promised.appear, promised.filled, promised.people) == (("TBH",), ("Help, spend",), 3)


def test_nothing_read_is_nothing_right(tmp_path):
    facts = facts_of(TRUTH, load(write(tmp_path, products="product_id,name\n")))
    assert {one.verdict for one in facts} == {"missing"}


def test_a_company_that_is_typed_is_as_its_truth_says(real_data):
    truth = json.loads((real_data / "larkfield" / "TRUTH.json").read_text(encoding="utf-8"))
    facts = facts_of(truth, load(str(LARKFIELD)))
    assert not_right(facts) == {("Scheduler suggestions accepted", "unit", "missing")}  # not typed
    assert len(facts) > 800
