"""Explanations say the formula with the row's own numbers, worked out by hand here."""

from dataclasses import replace
from datetime import date

import pytest

from orgdata.gaps import find_gaps
from orgdata.load import load
from orgdata.measures import align
from orgdata.model.history import History
from orgdata.views.explain import explain, product
from tests import demo_company
from tests.builders import DAY, HALFWAY, aligned, loaded, spoken

TABLES = {
    "outcomes": "outcome_id,name,weight\nO1,Retention,60\nO2,Abroad,40\n",
    "products": "product_id,name,annual_spend,strategic_role\n"
                "P1,Checkout,300,invest\nP2,Billing,100,maintain\nP3,Fax,50,sunset\n",
    "people": "person_id,name\nH1,Ada\n",
    "assignments": "product_id,person_id,role\nP1,H1,pm\n",
    "contributions": "product_id,outcome_id,strength\nP1,O1,primary\n",
    "objectives": "objective_id,title,product_id,outcome_id,start_date,end_date\n"
                  "J1,Pay in one step,P1,O1,2026-09-25,2026-12-24\n",
    # day 56 of 90: 62.2 % expected
    "key_results": "kr_id,objective_id,title,kr_type,baseline,target,pace\n"
                   "K1,J1,Churn,decrease,100,60,\nK2,J1,No data,increase,0,10,\n"
                   "K3,J1,Uptime,at_least,,99,\nK4,J1,Unpaced,increase,0,10,none\n",
    "check_ins": "kr_id,date,value\nK1,2026-11-18,80\nK3,2026-11-18,98.5\nK4,2026-10-20,1\n",
}


@pytest.fixture(scope="module")
def measured(tmp_path_factory):
    folder = tmp_path_factory.mktemp("explained")
    for name, text in TABLES.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    alignment = align(load(str(folder)), date(2026, 11, 20))
    return alignment, find_gaps(alignment)


@pytest.mark.parametrize(("key", "lines"), [
    ("K1", ["Progress 50 % = (80 − 100) / (60 − 100).",
            "Expected 62 % on day 56 of 90 at a linear pace; 12.2 points behind.",
            "Last check-in 2 days ago: up to date (up to date for 10 days, outdated after 14).",
            "Status: needs attention."]),
    ("K2", ["Progress unknown: there is no value yet (value unknown, baseline 0, target 10).",
            "Never checked in; one every 7 days is expected.",
            "Status: unknown, because there is no value yet."]),
    ("K3", ["To be at least 99; it is 98.5: outside its bounds.",
            "Last check-in 2 days ago: up to date (up to date for 10 days, outdated after 14).",
            "Status: off track, because the value is outside its bounds."]),
    ("K4", ["Progress 10 % = (1 − 0) / (10 − 0).",
            "Last check-in 31 days ago: outdated (up to date for 10 days, outdated after 14).",
            "Status: unknown, because the last check-in is too old."]),
    ("P1", ["Checkout is aligned: 4 of 5 checks pass.",
            "Has a PM: yes – the PM is Ada.",
            "Supports an outcome: yes – confirmed link to “Retention”.",
            "Has an OKR for it: yes – 1 objective in this cycle, leading to “Retention”.",
            "Measurable: yes – its objective has a measurable key result.",
            "Up to date: no – 2 of 4 measurable key results outdated or never checked in."]),
    ("P2", ["Billing is not aligned: 0 of 3 checks pass.",
            "Has a PM: no – no PM is assigned today.",
            "Supports an outcome: no – no confirmed link to an active outcome.",
            "Has an OKR for it: no – no objective in this cycle.",
            "Measurable: not applicable – no objective in this cycle.",
            "Up to date: not applicable – no measurable key result is due for a check-in."]),
    ("P3", ["Fax is not assessed: 0 of 1 checks pass.",
            "Has a PM: no – no PM is assigned today.",
            "Supports an outcome: not applicable – it is a sunset product, so it need not support an outcome.",
            "Has an OKR for it: not applicable – it is a sunset product, so it need not have an OKR.",
            "Measurable: not applicable – no objective in this cycle.",
            "Up to date: not applicable – no measurable key result is due for a check-in."]),
    # T = 300 + 100 (sunset without a link is BAU); 300 / 400 goes to O1
    ("O1", ["“Retention” is covered; links: 1 backed by OKRs.", "Weight 60 %.",
            "It gets 75 % of the spend: 300 of 400."]),
    ("O2", ["“Abroad” is not covered; no product is linked to it.", "Weight 40 %.",
            "It gets 0 % of the spend: 0 of 400."]),
])
def test_with_its_own_numbers(measured, key, lines):
    assert explain(key, *measured).lines == lines


def test_a_gap_names_rule_values_rows_and_next_step(measured):
    lines = explain("PRG01:K1", *measured).lines
    assert lines[0].startswith("What would bring this key result back on pace? “Churn”")
    assert lines[-2] == "Why this was flagged: A key result needs attention or is off track."
    assert any("value: 80" in line for line in lines)
    assert explain("PRG01:K1", *measured).with_place[-1].endswith("this gap is about key_results, row 2")
    assert any("12.2 points behind" in line for line in lines)
    assert lines[-1].startswith("Next step (Product manager: Ada):")


def test_an_unknown_key_is_said(measured):
    with pytest.raises(KeyError):
        explain("PRG01:K9", *measured)


def test_everything_in_the_demo_is_explained():
    alignment = demo_company.alignment()
    gaps = find_gaps(alignment)
    keys = [*gaps.rows["key"], *alignment.key_results["kr_id"], *alignment.products["product_id"],
            *alignment.outcomes["outcome_id"]]
    for key in keys:
        text = " ".join(explain(key, alignment, gaps).lines)
        assert not {"nan", "None", "NaT"} & set(text.replace(",", " ").split()), text


def test_gaps_that_a_store_brings_are_explained_too():
    """They are about other gaps and decisions, so their place is that of the gap."""
    tables = {"products": "P1 strategic_role=invest | Q", "people": "H1",
              "assignments": "Q H1 pm"}
    history = History.of(
        open_since={"OWN01:P1": date(2026, 11, 1)},
        decisions=[{"decision_id": 7, "text": "Ask", "due": date(2026, 11, 2),
                    "made_on": date(2026, 11, 1)}])
    alignment = aligned(**tables)
    gaps = find_gaps(alignment, history)
    said = {key: " ".join(explain(key, alignment, gaps).lines) for key in gaps.rows["key"]}
    assert "About: OWN01:P1 · since: 1 Nov 2026 · days: 19 · owner: unknown" in said["GOV01:OWN01:P1"]
    assert explain("GOV01:OWN01:P1", alignment, gaps).kept_in == (
        "assignments (role accountable, start_date, end_date); this gap is about products, row 2")


def test_what_people_wrote_stands_as_they_wrote_it():
    """Words of our own lose their underscores; a name is nobody's to rewrite, nor what it says."""
    measured = aligned(
        people="H1|H2 name=off_track", products="P1", assignments="P1 H1 pm", outcomes="O1",
        objectives="J1 product_id=P1 outcome_id=O1 owner_id=H2 " + HALFWAY,
        key_results="K1 J1 kr_type=increase baseline=0 target=100", check_ins="K1 2026-11-19 1")
    gaps = find_gaps(measured)
    words = {row.code: " ".join(explain(row.key, measured, gaps).lines)
             for row in gaps.rows.itertuples()}
    assert "Status: off track" in words["PRG01"]
    assert "owner name: off_track" in words["OWN07"]


def test_what_lost_rows_may_hold_is_unknown_and_names_the_rows():
    portfolio = loaded(products="P1 name=Support | P2", people="H1", outcomes="O1",
                       assignments="P1 H2 accountable | P2 H1 accountable",
                       contributions="P1 O1 | P2 O1")
    measured = align(replace(portfolio, spoken=spoken(
        {"table": "assignments", "row": 2, "id": "P1", "role": "accountable"})), DAY)
    found = product(measured.products.iloc[0], measured)
    assert (found.checks[0].name, found.checks[0].result) == ("owned", "unknown")
    assert found.checks[0].words.endswith(
        "row 2 of assignments names H2, which is not in people")
    assert "H2" in found.checks[0].words
    assert found.verdict == "1 of 2 checks pass, 1 unknown."
