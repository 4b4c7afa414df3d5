"""Larkfield's four files as people have them, read with our guesses alone, against what a careful
person reads in them."""

import json
from math import isclose

import pytest

from orgdata.model.settings import Settings
from orgdata.sources import read_files
from orgdata.validate import validate

WORDS = {"🟢": "on", "🟡": "between", "🔴": "off", "G": "on", "A": "between", "R": "off"}


@pytest.fixture(scope="module")
def truth(real_data):
    return json.loads((real_data / "larkfield" / "TRUTH.json").read_text())


@pytest.fixture(scope="module")
def read(real_data):
    files = {path.name: path.read_bytes() for path in (real_data / "larkfield").iterdir()
             if path.suffix in (".csv", ".xlsx")}
    return validate(read_files("larkfield", files, Settings()))


def same(found, true):
    """Whether a cell is what the truth says; None is unknown."""
    if true is None:
        return found != found or found is None
    return isclose(found, true) if isinstance(true, int | float) else found == true


def named(read, table, key):
    return dict(zip(read[table][key], read[table].iloc[:, 1], strict=True))


def test_products_with_their_managers_and_money(read, truth):
    people = named(read, "people", "person_id")
    rows = read["products"].set_index("name")
    assert list(rows.index) == [product["name"] for product in truth["products"]]
    for product in truth["products"]:
        row = rows.loc[product["name"]]
        for column, fact in (("business_area", "area"), ("strategic_role", "role"),
                             ("lifecycle_stage", "stage"), ("annual_spend", "spend"), ("fte", "fte")):
            assert same(row[column], product[fact]), (product["name"], fact)
        managers = read["assignments"].query("product_id == @row.product_id")["person_id"]
        assert [people[id_] for id_ in managers] == product["managers"]
    assert read.settings.currency == "USD"


def test_company_goals_and_who_serves_them(read, truth):
    people, outcomes, products = (named(read, table, key) for table, key in (
        ("people", "person_id"), ("outcomes", "outcome_id"), ("products", "product_id")))
    found = [
        (name, tier, people[owner]) for name, tier, owner in zip(
            read["outcomes"]["name"], read["outcomes"]["tier"], read["outcomes"]["owner_id"],
            strict=True)]
    assert found == [(one["name"], one["tier"], one["owner"]) for one in truth["outcomes"]]
    links = [(products[product], outcomes[outcome]) for product, outcome in zip(
        read["contributions"]["product_id"], read["contributions"]["outcome_id"], strict=True)]
    assert links == [(product, outcome) for product, outcome, _ in truth["links"]]


def test_objectives_of_several_products(read, truth):
    products = named(read, "products", "product_id")
    more = read["objective_products"]
    for objective in truth["objectives"]:
        row = read["objectives"].set_index("title").loc[objective["title"]]
        ids = [row["product_id"], *more.query("objective_id == @row.objective_id")["product_id"]]
        assert sorted(products[id_] for id_ in ids if id_ == id_) == sorted(objective["products"])
        assert f"{row['start_date']:%Y-%m-%d}" == objective["start"]
        assert f"{row['end_date']:%Y-%m-%d}" == objective["end"]


def test_key_results_with_values_owners_and_check_ins(read, truth):
    people, products = named(read, "people", "person_id"), named(read, "products", "product_id")
    objectives = dict(zip(read["objectives"]["objective_id"], read["objectives"]["title"], strict=True))
    days = read["check_ins"].set_index("kr_id")["date"]
    rows = read["key_results"].set_index("title")
    assert list(rows.index) == [one["title"] for one in truth["key_results"]]
    for one in truth["key_results"]:
        row = rows.loc[one["title"]]
        assert objectives[row["objective_id"]] == one["objective"]
        for column in ("baseline", "target", "current"):
            assert same(row[column], one[column]), (one["title"], column)
        assert WORDS.get(row["status"]) == one["status"]
        product, owner = one.get("product"), one.get("owner")
        assert products.get(row["product_id"]) == (None if isinstance(product, list) else product)
        assert people.get(row["owner_id"]) == (owner[0] if isinstance(owner, list) else owner)
        assert "unit" not in one or row["unit"] == one["unit"]
        day = days.get(row["kr_id"])
        assert (day is None and "updated" not in one) or f"{day:%Y-%m-%d}" == one["updated"]


def test_nothing_is_there_that_is_not_theirs(read, truth):
    called = {str(cell) for rows in read.tables.values() for column in ("name", "title")
              if column in rows for cell in rows[column]}
    assert not called & set(truth["must_not_appear"])
    assert truth["people_needed"] <= len(read["people"]) <= truth["people_at_most"]
    withheld = [column for column in read.intake.columns if column.withheld]
    assert [(column.name, column.meaning) for column in withheld] == [("GM % (confidential)", "")]
    assert read.settings.answers == {}
    assert len(read.intake.open_questions) <= len(truth["questions"])


def test_every_record_is_accounted_for(read):
    for export in read.exports:
        assert len(export.records) == sum(export.count(one) for one in (
            "used", "merged", "left_out", "set_aside"))
    left_out = {(one.what, one.reason) for one in read.intake.left_out}
    assert ("the column “GM % (confidential)”", "hidden in the file") in left_out
    assert ("379 rows", "named nowhere else") in left_out
    assert ("row 30", "a total of other rows") in left_out
