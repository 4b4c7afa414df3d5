"""What the Outcomes page says, word for word, on portfolios worked out by hand."""

from dataclasses import replace

import pandas as pd
import pytest

from orgdata.views import outcomes
from tests.builders import HALFWAY, aligned

# P1 proves O1 with 100 k; P2 claims O1 at 60 of its 50 k; P3 has 30 k and no link
TABLES = {
    "outcomes": "O1 name=Retention weight=75 owner_id=H1 | O2 name=Growth weight=25 | "
                "O3 name=Old status=retired",
    "people": "H1 name=Ada",
    "products": "P1 name=Zebra annual_spend=100k | P2 name=Ant annual_spend=50k | "
                "P3 name=Bee annual_spend=30k",
    "assignments": "P1 H1 accountable",
    "contributions": "P1 O1 primary | P2 O1 supporting share_pct=60",
    "objectives": f"J1 product_id=P1 outcome_id=O1 {HALFWAY}",
    "key_results": "K1 J1 baseline=0 target=10 current=6 | K2 J1 baseline=0 target=10 current=1 | "
                   "K3 J1 baseline=0 target=10",
}


@pytest.fixture(scope="module")
def measured():
    return aligned({"currency": "USD"}, **TABLES)


def test_outcomes_heaviest_first(measured):
    rows = outcomes.outcome_rows(measured)
    assert rows.astype("object").where(rows.notna(), None).to_dict("records") == [
        {"outcome_id": "O1", "name": "Retention", "tier": 1, "weight": 75,
         "coverage": "covered", "served_by": "Zebra and Ant", "lacks": "", "spend_share": 72,
         "on_pace": "1 of 3, 1 unknown", "owner": "Ada", "whose": "tier 1 · owner Ada"},
        {"outcome_id": "O2", "name": "Growth", "tier": 1, "weight": 25,
         "coverage": "uncovered", "served_by": "no product", "lacks": "", "spend_share": 0,
         "on_pace": "no key result", "owner": "not named", "whose": "tier 1"}]


def test_weights_not_stated_are_missing_and_the_least_covered_comes_first():
    measured = aligned(**{**TABLES, "outcomes": "O1 name=A | O2 name=B"})
    rows = outcomes.outcome_rows(measured)
    assert rows["weight"].isna().all()
    assert rows["outcome_id"].tolist() == ["O2", "O1"]


def test_serving(measured):
    rows = outcomes.products_serving(measured, "O1")
    assert rows.astype("object").where(rows.notna(), None).to_dict("records") == [
        {"product_id": "P1", "name": "Zebra", "pm": "Ada", "state": "proven",
         "strength": "primary", "spend": 100_000, "share": 100, "aligned": "passes",
         "assumed": True, "rationale": None},
        {"product_id": "P2", "name": "Ant", "pm": "No PM assigned", "state": "claimed",
         "strength": "supporting", "spend": 30_000, "share": 60, "aligned": "fails",
         "assumed": False, "rationale": None}]
    assert not len(outcomes.products_serving(measured, "O2"))


def test_people_that_are_not_loaded_are_not_said_to_be_missing():
    measured = aligned(**{**TABLES, "assignments": ""})
    assert outcomes.products_serving(measured, "O1")["pm"].tolist() == ["not loaded"] * 2


def test_money_against_weight_ends_with_what_is_tied_to_nothing(measured):
    rows = outcomes.money_rows(measured)
    assert rows["name"].tolist() == ["Retention", "Growth", "Not linked to an outcome"]
    assert rows["money"].tolist() == [130_000, 0, 50_000]
    assert rows["share"].tolist() == pytest.approx([130 / 180, 0, 50 / 180])
    assert rows["weight"].tolist() == pytest.approx([0.75, 0.25, 0])
    assert rows["money"].sum() == measured.money.total


def test_many_outcomes_share_one_bar_and_nothing_is_lost():
    count = 20
    measured = aligned(
        outcomes=" | ".join(f"O{i:02} weight=5" for i in range(count)),
        products=" | ".join(f"P{i:02} annual_spend={100 + i}" for i in range(count)),
        contributions=" | ".join(f"P{i:02} O{i:02} primary" for i in range(count)))
    rows = outcomes.money_rows(measured)
    assert len(rows) == outcomes.MOST_BARS + 1
    assert rows["name"].tolist()[:2] == ["O19", "O18"]
    assert rows["name"].tolist()[-2:] == ["6 others", "Not linked to an outcome"]
    assert rows["money"].sum() == measured.money.total
    assert rows["share"].sum() == pytest.approx(1)
    assert rows["weight"].sum() == pytest.approx(1)


def test_the_money_sentence(measured):
    assert outcomes.money_sentence(measured) == (
        "$130k of $180k (72 %) reach an outcome. "
        "72 % of all spend for outcomes is where the weights put it.")  # 100 − ½ (2.8 + 25 + 27.8) = 72.2
    one = aligned({"currency": "USD"}, **{
        **TABLES, "outcomes": "O1",
        "products": "P1 annual_spend=100k | P2 annual_spend=50k | P3"})
    assert outcomes.money_sentence(one) == (
        "$130k of $150k (87 %) reach an outcome. Weights are not stated, so only the spend is "
        "shown. Say how much each outcome weighs to compare that with the strategy. "
        "1 product without a known spend counts as 0.")
    two = aligned({"currency": "USD"}, **{
        **TABLES, "products": "P1 annual_spend=100k | P2 annual_spend=1 | P3 | P4"})
    assert outcomes.money_sentence(two).endswith(
        "2 products without a known spend count as 0.")


def test_money_that_is_not_loaded_is_said(measured):
    counted = aligned(**{**TABLES, "products": "P1 | P2 | P3"})
    assert outcomes.money_sentence(counted) == (
        "We cannot tell yet where the spend goes: neither spend nor people (FTE) of any "
        "product is loaded.")
    few = aligned(**{**TABLES, "products": "P1 fte=5 | P2 | P3"})
    assert outcomes.money_sentence(few) == (
        "We cannot tell yet where the spend goes: the number of people (FTE) of only 1 of 3 "
        "products is known.")
    nothing = aligned(outcomes="O1", products="P1 annual_spend=5")
    assert outcomes.money_sentence(nothing).startswith("We cannot tell yet where the spend goes")
    assert not len(outcomes.money_rows(nothing))


def test_own_metric():
    said = {
        "metric=NRR unit=% baseline=108 current=110 target=115 due_date=2026-12-31":
            "NRR: 108 → 110 → 115 % (start, now, target), 29 % of the way, due 31 Dec 2026.",
        "baseline=10 current=8 target=4":
            "Its metric: 10 → 8 → 4 (start, now, target), 33 % of the way.",
        "target=4 baseline=4 current=4": "Its metric: 4 → 4 → 4 (start, now, target).",
        "metric=NRR": "NRR: unknown → unknown → unknown (start, now, target).",
        "baseline=10 current=8": ""}
    rows = aligned(outcomes=" | ".join(f"O{i} {cells}" for i, cells in enumerate(said))).outcomes
    assert [outcomes.metric_sentence(row) for _, row in rows.iterrows()] == list(said.values())


def test_the_answer(measured):
    assert outcomes.sentence(measured) == (
        "1 of 2 outcomes is covered. No product works on “Growth”.")
    thin = aligned(**{**TABLES, "key_results": ""})
    assert outcomes.sentence(thin) == (
        "1 of 2 outcomes is stated; proof needs key results. No product works on “Growth”.")
    lacking = aligned(**{**TABLES, "assignments": "P2 H1 accountable"})
    assert outcomes.sentence(lacking) == (
        "0 of 2 outcomes are covered. Weak: “Retention”. No product works on “Growth”.")
    nothing = aligned(outcomes="O1", products="P1")
    assert outcomes.sentence(nothing) == (
        "We cannot tell yet which products work on the 1 outcome: "
        "nothing loaded links products to outcomes.")


def test_long_names_are_cut_and_never_empty():
    names = ["very " * 40, "x" * 200, "製品" * 100]
    measured = aligned(outcomes=[{"outcome_id": f"O{i}", "name": name}
                                 for i, name in enumerate(names)],
                       products="P1", objectives="J1")
    for i, name in enumerate(names):
        said = outcomes.sentence(replace(measured, outcomes=measured.outcomes.iloc[[i]]))
        shown = said[said.index("“") + 1:said.index("”")]
        assert 30 <= len(shown) <= outcomes.SHORT
        assert shown.endswith("…")
        assert name.startswith(shown[:-1])


def test_served_by_lists_the_strongest_first():
    measured = aligned(
        outcomes="O1", products="P1 name=Ant | P2 name=Bee | P3 name=Cat | P4 name=Dog",
        contributions="P1 O1 weak confirmed_on=2026-01-01 | P2 O1 primary confirmed_on=2026-01-01"
                      " | P3 O1 primary | P4 O1 supporting confirmed_on=2026-01-01")
    assert outcomes.served_by(measured).to_dict() == {"O1": "Bee, Dog, Ant and 1 more"}
    assert pd.isna(measured.links["confirmed"]).sum() == 0


@pytest.mark.parametrize(("names", "said"), [
    ("O1 name=Grow | O2 name=Keep", ""),
    ("O1 name=Grow | O2 name=Grow", ""),  # of one spelling: told apart by their ids
    ("O1 name=City‘s_fleet | O2 name=City’s_fleet | O3 name=Keep",
     "“City‘s_fleet” and “City’s_fleet” differ in nothing but punctuation, spaces or capitals."),
    ("O1 name=Keep | O2 name=GROW | O3 name=Grow. | O4 name=grow",
     "“GROW” and “Grow.” differ in nothing but punctuation, spaces or capitals, and so does "
     "1 other name."),
    ("O1 name=! | O2 name=?", ""),
    ("O1 name=By_5_% | O2 name=By_-5_%", ""), ("O1 name=To_1.5 | O2 name=To_15", ""),
    ("O1 name=C++ | O2 name=C#", ""), ("O1 name=Churn_<_5 | O2 name=Churn_>_5", ""),
])
def test_outcomes_that_were_typed_twice_are_pointed_out(names, said):
    assert outcomes.alike_sentence(aligned(**{**TABLES, "outcomes": names})).split(
        " If they")[0] == said
