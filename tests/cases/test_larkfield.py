"""A company's four files typed into our tables, with the names that stand in them instead of ids."""

import json
from datetime import date
from pathlib import Path

import pytest

from orgdata.gaps import find_gaps
from orgdata.load import load
from orgdata.measures import align
from tests.csv_folders import findings

DAY = date(2026, 11, 20)


@pytest.fixture(scope="module")
def truth(real_data):
    return json.loads((real_data / "larkfield" / "TRUTH.json").read_text())


@pytest.fixture(scope="module")
def portfolio():
    return load(str(Path(__file__).parent / "larkfield"))


def _names(portfolio, table, key, name):
    return dict(zip(portfolio[table][key], portfolio[table][name], strict=True))


def test_nothing_is_lost(portfolio):
    assert findings(portfolio.problems, "error", "warning") == []
    assert {name: count.loaded for name, count in portfolio.counts.items()} == {
        "people": 21, "outcomes": 5, "products": 25, "assignments": 23, "contributions": 32,
        "objectives": 14, "key_results": 60, "check_ins": 57}


def test_who_answers_for_which_product(portfolio, truth):
    products = _names(portfolio, "products", "product_id", "name")
    people = _names(portfolio, "people", "person_id", "name")
    found = {name: set() for name in products.values()}
    for row in portfolio["assignments"].itertuples():
        found[products[row.product_id]].add(people[row.person_id])
    assert found == {one["name"]: set(one["managers"]) for one in truth["products"]}


def test_the_money_is_that_of_the_total_row(portfolio, truth):
    money = align(portfolio, DAY).money
    assert money.spend == sum(one["spend"] or 0 for one in truth["products"]) == 14_720_000
    assert money.unknown_spend == 1


def test_goals_belong_to_the_products_in_their_cell_and_of_their_key_results(portfolio, truth):
    products = _names(portfolio, "products", "product_id", "name")
    titles = _names(portfolio, "objectives", "objective_id", "title")
    found = {}
    for row in align(portfolio, DAY).pursued.itertuples():
        found.setdefault(titles[row.objective_id], set()).add(products[row.product_id])
    assert found == {one["title"]: set(one["products"]) for one in truth["objectives"]}


def test_values_are_those_of_the_last_update(portfolio, truth):
    rows = align(portfolio, DAY).key_results
    found = dict(zip(rows["title"], rows["value"].astype(object).where(rows["value"].notna(), None),
                     strict=True))
    assert found == {one["title"]: one.get("current") for one in truth["key_results"]}


def test_nobody_is_missing_but_where_nobody_is(portfolio):
    products = _names(portfolio, "products", "product_id", "name")
    gaps = find_gaps(align(portfolio, DAY)).rows
    fired = {code: {products[one] for one in gaps.loc[gaps["code"] == code, "product_id"]}
             for code in ("OWN01", "OWN02", "PRD02")}
    assert fired == {
        "OWN01": {"IoT Gateway", "Purchase Orders"}, "PRD02": set(),
        "OWN02": {"Smart Scheduler", "Asset Registry", "Customer Portal", "AI Copilot"}}
