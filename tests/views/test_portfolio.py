"""The portfolio as a whole: the answer, the mix and the pace, worked out by hand."""

import pandas as pd
import pytest

from orgdata.views import portfolio
from tests.builders import HALFWAY, aligned

# P1 (60) proves O1, 10 points ahead; P2 (30) claims it and is 40 behind; P3 (10) enables
TABLES = {
    "outcomes": "O1", "people": "H1 name=Ada",
    "products": "P1 name=Zebra annual_spend=60 strategic_role=invest | "
                "P2 name=Ant annual_spend=30 strategic_role=maintain | "
                "P3 name=Bee annual_spend=10 strategic_role=enable",
    "assignments": "P1 H1 accountable",
    "contributions": "P1 O1 primary | P2 O1 primary",
    "objectives": f"J1 product_id=P1 outcome_id=O1 {HALFWAY} | J2 product_id=P2 {HALFWAY}",
    "key_results": "K1 J1 baseline=0 target=10 current=6 | K2 J2 baseline=0 target=10 current=1 | "
                   "K3 J1 baseline=0 target=10",
    "mix_targets": "strategic_role invest 40 | strategic_role maintain 35 | "
                   "lifecycle_stage growth 50",
}


@pytest.fixture(scope="module")
def measured():
    return aligned({"currency": "USD"}, **TABLES)


def test_the_answer(measured):
    assert portfolio.sentence(measured) == (
        "1 of 2 products is aligned, 1 is not (1 more not assessed). No PM is assigned to Ant and Bee.")
    unlinked = aligned(**{**TABLES, "contributions": "P1 O1 primary", "assignments": ""})
    assert portfolio.sentence(unlinked) == (
        "1 of 2 products is aligned, 1 is not (1 more not assessed). "
        "Without a link to an outcome: Ant.")


@pytest.mark.parametrize(("settings", "products", "label"), [
    ({"currency": "USD"}, "P1 annual_spend=5", "Spend USD"), ({}, "P1 annual_spend=5", "Spend"),
    ({}, "P1 fte=5", "FTE"), ({}, "P1", "Counted as")])
def test_what_stands_for_money(settings, products, label):
    assert portfolio.money_label(aligned(settings, products=products)) == label


def test_the_mix_adds_up(measured):
    rows = portfolio.mix_rows(measured, measured.products, "strategic_role")
    assert rows[["bucket", "spend", "count"]].values.tolist() == [
        ["invest", 60, 1], ["maintain", 30, 1], ["platform", 10, 1]]
    assert rows["share"].tolist() == pytest.approx([0.6, 0.3, 0.1])
    assert rows["target"].fillna(-1).tolist() == pytest.approx([0.4, 0.35, -1])
    assert portfolio.mix_sentence(rows, measured) == (
        "Most goes to invest: 60 %. Farthest from its target: invest, 60 % against 40 % (above).")
    table = portfolio.mix_table(rows)
    assert table["share"].tolist() == [60, 30, 10]
    assert table["target"].fillna(-1).tolist() == [40, 35, -1]


def test_a_mix_of_what_is_not_stated(measured):
    rows = portfolio.mix_rows(measured, measured.products, "business_area")
    assert rows["bucket"].tolist() == ["not stated"]
    assert portfolio.mix_sentence(rows, measured) == "Most goes to not stated: 100 %."
    free = aligned(products="P1 annual_spend=0")
    rows = portfolio.mix_rows(free, free.products, "business_area")
    assert rows["share"].isna().all()
    assert portfolio.mix_sentence(rows, free) == "Nothing is spent here."


def test_a_group_of_which_no_spend_is_known_is_unknown_and_not_nothing():
    measured = aligned(products="P1 annual_spend=60 business_area=Ops | P2 annual_spend=30 "
                       "business_area=Dev | P3 business_area=Web | P4 business_area=Dev")
    rows = portfolio.mix_rows(measured, measured.products, "business_area").set_index("bucket")
    assert rows["spend"].fillna(-1).to_dict() == {"Ops": 60, "Dev": 30, "Web": -1}
    assert rows["share_pct"].fillna(-1).to_dict() == {"Ops": 67, "Dev": 33, "Web": -1}
    assert portfolio.mix_sentence(rows.reset_index(), measured) == (
        "Most goes to Ops: 67 %. Unknown for Web.")


def test_without_money_products_are_counted_and_said_to_be():
    measured = aligned(products="P1 business_area=Ops | P2 business_area=Ops | P3 business_area=Dev")
    rows = portfolio.mix_rows(measured, measured.products, "business_area")
    assert rows[["bucket", "spend", "share_pct"]].values.tolist() == [
        ["Ops", 2, 67], ["Dev", 1, 33]]
    assert portfolio.mix_sentence(rows, measured) == "Largest: Ops, 67 % of the products."


def test_the_picture_places_what_can_be_judged(measured):
    rows = portfolio.pace_rows(measured, measured.products)
    assert rows[["product_id", "name", "area", "spend", "proven", "judged"]].values.tolist() == [
        ["P1", "Zebra", "No business area", 60, 1.0, 1],
        ["P2", "Ant", "No business area", 30, 0.0, 1]]
    assert rows["ahead"].tolist() == pytest.approx([10, -40])
    assert portfolio.pace_sentence(rows, 3) == (
        "2 of 3 products can be placed; the others have no key result that can be judged, or no "
        "spend for outcomes. Behind pace and less than half backed by OKRs: Ant.")
    assert portfolio.pace_sentence(rows.head(1), 1) == "Every product can be placed."
    assert portfolio.pace_sentence(rows.head(0), 3).startswith("How far products are ahead or behind cannot be shown yet")


def test_of_many_products_the_picture_draws_those_with_the_most_money(measured):
    row = portfolio.pace_rows(measured, measured.products).iloc[1]
    rows = pd.DataFrame([row.to_dict() | {"product_id": f"P{spend}", "spend": spend}
                         for spend in range(portfolio.MOST_DRAWN + 1)])
    assert "P0" not in portfolio.drawn(rows)["product_id"].tolist()
    assert len(portfolio.drawn(rows)) == portfolio.MOST_DRAWN
    assert "The 200 with the most spend are drawn; the table has all." in (
        portfolio.pace_sentence(rows, len(rows)))
    assert "drawn" not in portfolio.pace_sentence(rows.head(200), 200)


def test_small_areas_share_a_line_and_the_area_farthest_behind_comes_first():
    rows = pd.DataFrame({
        "product_id": [f"P{i}" for i in range(20)], "name": [f"p{i}" for i in range(20)],
        "area": [f"A{i % 14}" for i in range(20)], "spend": 1.0, "ahead": [-i for i in range(20)]})
    drawn = portfolio.drawn(rows)
    assert drawn["area"].nunique() == portfolio.MOST_AREAS
    assert (drawn["area"] == "3 other areas").sum() == 3
    assert drawn["area"].iloc[0] == "A5"
    assert set(drawn["product_id"]) == set(rows["product_id"])


def test_a_product_whose_key_results_are_unknown_is_not_in_the_picture():
    measured = aligned(**{**TABLES, "key_results": "K1 J1 baseline=0 target=10"})
    assert not len(portfolio.pace_rows(measured, measured.products))


@pytest.mark.parametrize(("source", "name"), [
    ("sqlite:////srv/data/plans.db", "plans.db"), ("duckdb:///data/plans.duckdb", "plans.duckdb"),
    ("postgresql://ada:***@host/plans", "postgresql://ada:***@host/plans"),
    ("/srv/data/plans/", "plans")])
def test_a_source_is_named_by_the_last_part_of_its_path(source, name):
    assert portfolio.source_name(source) == name
