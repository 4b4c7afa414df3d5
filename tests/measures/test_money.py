"""Money: spend, flows, aligned spend and fit, worked out by hand. METHOD section 5."""

import pytest

from tests.builders import aligned, column

O = "O1 weight=60 | O2 weight=40 | O9 status=done"  # noqa: E741


def _flows(**tables):
    links = aligned(**{"outcomes": O, **tables}).links
    return {f"{row.product_id}:{row.outcome_id}": row.flow for row in links.itertuples()}


@pytest.mark.parametrize(("products", "unit", "spend"), [
    ("P1 annual_spend=5 fte=2 | P2 fte=3", "annual_spend", [5, 0]),
    ("P1 fte=2 | P2", "fte", [2, 0]), ("P1 | P2", "count", [1, 1]),
    ("P1 annual_spend=0 | P2 fte=3", "annual_spend", [0, 0])])
def test_unit_and_blanks(products, unit, spend):
    found = aligned(products=products)
    assert found.money.unit == unit
    assert found.products["spend"].tolist() == spend
    assert found.money.unknown_spend == (0 if unit == "count" else 1)


@pytest.mark.parametrize(("contributions", "flows", "unlinked"), [
    # some shares given: as they are, the blanks share what is left, the rest is unlinked
    ("P1 O1 share_pct=70 | P1 O2 share_pct=20", {"P1:O1": 70, "P1:O2": 20}, 10),
    ("P1 O1 share_pct=70 | P1 O2", {"P1:O1": 70, "P1:O2": 30}, 0),
    ("P1 O1 share_pct=150 | P1 O2 share_pct=50", {"P1:O1": 75, "P1:O2": 25}, 0),
    ("P1 O1 share_pct=100 | P1 O2", {"P1:O1": 100, "P1:O2": 0}, 0),
    ("P1 O1 share_pct=0.5%", {"P1:O1": 0.5}, 99.5),  # half a percent
    ("P1 O1 share_pct=0.5", {"P1:O1": 50}, 50),  # no value above 1: a fraction
    # none given: the strongest class shares it equally
    ("P1 O1 primary | P1 O2 supporting", {"P1:O1": 100, "P1:O2": 0}, 0),
    ("P1 O1 primary | P1 O2 primary", {"P1:O1": 50, "P1:O2": 50}, 0),
    ("P1 O1 supporting | P1 O2 weak", {"P1:O1": 100, "P1:O2": 0}, 0),
    ("P1 O1 weak | P1 O2", {"P1:O1": 50, "P1:O2": 50}, 0),  # unknown stands with weak
    # only confirmed links count
    ("P1 O1 primary confirmed_on=2027-01-01 | P1 O2 weak confirmed_on=2026-01-01",
     {"P1:O1": 0, "P1:O2": 100}, 0),
    ("P1 O1 share_pct=70 confirmed_on=2027-01-01 | P1 O2 confirmed_on=2026-01-01",
     {"P1:O1": 0, "P1:O2": 100}, 0),
    ("P1 O9", {}, 100),
])
def test_flows(contributions, flows, unlinked):
    tables = {"products": "P1 annual_spend=100", "contributions": contributions}
    assert _flows(**tables) == pytest.approx(flows)
    assert aligned(outcomes=O, **tables).money.unlinked == pytest.approx(unlinked)


def test_bau_and_exempt_products():
    """Exempt without a confirmed link: all of it keeps things running; with one it does not."""
    found = aligned(outcomes=O, contributions="P1 O1 | P3 O1", products=(
        "P1 annual_spend=100 bau_pct=25 | P2 annual_spend=50 strategic_role=enable"
        "| P3 annual_spend=40 strategic_role=sunset bau_pct=150"))  # clamped to 100
    assert column(found.products, "product_id", "bau") == {"P1": 25, "P2": 50, "P3": 40}
    assert (found.money.spend, found.money.bau, found.money.total) == (190, 115, 75)


def test_by_effort_where_contributions_are_not_loaded():
    """60 and half of what is left to O1 and O2; effort without line of sight is unlinked."""
    tables = {"products": "P1 annual_spend=100", "objectives": (
        "J1 product_id=P1 outcome_id=O1 effort_pct=60 | J2 product_id=P1 outcome_id=O2"
        "| J3 product_id=P1")}
    assert _flows(**tables) == pytest.approx({"P1:O1": 60, "P1:O2": 20})
    assert aligned(outcomes=O, **tables).money.unlinked == pytest.approx(20)


def test_headlines_and_fit():
    """T = 200; 100 proven to O1, 60 claimed to O2, 40 unlinked.

    s = 0.5, 0.3, unlinked 0.2; w = 0.6, 0.4, 0: half of 0.1 + 0.1 + 0.2 is 0.2.
    """
    found = aligned(outcomes=O, products="P1 annual_spend=100 | P2 annual_spend=100",
                    contributions="P1 O1 | P2 O2 share_pct=60",
                    objectives="J1 product_id=P1 outcome_id=O1", key_results="K1 J1 target=1")
    heads = found.headlines
    assert heads.aligned_spend_pct == pytest.approx(50)
    assert heads.linked_spend_pct == pytest.approx(80)
    assert heads.strategy_spend_fit_pct == pytest.approx(80)
    assert column(found.outcomes, "outcome_id", "spend_share") == pytest.approx(
        {"O1": 0.5, "O2": 0.3})
    assert column(found.outcomes, "outcome_id", "at_stake") == pytest.approx({"O1": 120, "O2": 80})


@pytest.mark.parametrize(("change", "unknown"), [
    ({"objectives": ""}, {"aligned_spend_pct"}),  # proof is not available
    ({"key_results": ""}, {"aligned_spend_pct"}),
    ({"outcomes": "O1 | O2"}, {"strategy_spend_fit_pct"}),  # no stated weights
    ({"products": "P1 annual_spend=0"},
     {"aligned_spend_pct", "linked_spend_pct", "strategy_spend_fit_pct"}),
    ({"contributions": "", "objectives": "", "key_results": ""},
     {"aligned_spend_pct", "linked_spend_pct", "strategy_spend_fit_pct"}),
])
def test_what_is_unknown_stays_unknown(change, unknown):
    full = {"outcomes": O, "products": "P1 annual_spend=5", "contributions": "P1 O1",
            "objectives": "J1 product_id=P1 outcome_id=O1", "key_results": "K1 J1 target=1"}
    tables = {name: text for name, text in (full | change).items() if text}
    heads = aligned(**tables).headlines
    money = ("aligned_spend_pct", "linked_spend_pct", "strategy_spend_fit_pct")
    assert {name for name in money if getattr(heads, name) is None} == unknown


@pytest.mark.parametrize(("contributions", "effective"), [
    ("P1 O1 share_pct=50 | P1 O2 share_pct=50", 2.0), ("P1 O1", 1.0),
    ("P1 O1 share_pct=75 | P1 O2 share_pct=25", 1.6), ("P1 O9", None)])
def test_effective_number_of_outcomes(contributions, effective):
    products = aligned(outcomes=O, products="P1", contributions=contributions).products
    assert column(products, "product_id", "effective_outcomes") == {"P1": (
        None if effective is None else pytest.approx(effective))}
