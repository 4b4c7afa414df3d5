"""Outcomes: weight, tier, coverage and what they lack. METHOD sections 2 and 3."""

import pytest

from tests.builders import aligned, column


def _column(name, **tables):
    return column(aligned(**tables).outcomes, "outcome_id", name)


@pytest.mark.parametrize(("outcomes", "tier1"), [
    ("O1 tier=1", True), ("O1 tier=2 weight=90 | O2 weight=10", False),
    ("O1 weight=20 | O2 weight=80", True), ("O1 weight=19.9 | O2 weight=80.1", False),
    ("O1 | O2", False),  # assumed weights make no tier
    ("O1 | O2 weight=80", True),  # a blank shares what is left: 20, and weights are stated
    ("O1 weight=-20 tier=x | O2 weight=80", True),  # negative is read as blank
])
def test_tier_1(outcomes, tier1):
    assert bool(_column("tier1", outcomes=outcomes)["O1"]) is tier1


def test_weights_of_active_outcomes_only():
    found = _column("weight", outcomes="O1 weight=0.5 | O2 weight=0.25 | O3 weight=90 status=done")
    assert found == pytest.approx({"O1": 2 / 3, "O2": 1 / 3})
    assert _column("weight_assumed", outcomes="O1 weight=3 | O2") == {"O1": False, "O2": True}
    assert _column("weight_assumed", outcomes="O1 weight=0 | O2") == {"O1": True, "O2": True}


FULL = {"outcomes": "O1", "products": "P1", "people": "H1", "assignments": "P1 H1 pm",
        "contributions": "P1 O1 primary confirmed_on=2026-11-20 | P2 O9 weak",
        "objectives": "J1 product_id=P1 outcome_id=O1", "key_results": "K1 J1 target=1"}


@pytest.mark.parametrize(("change", "coverage", "lacks"), [
    ({}, "covered", None),
    ({"contributions": "P1 O1 supporting confirmed_on=2026-11-20"}, "thin", "a primary link"),
    ({"contributions": "P1 O1 confirmed_on=2026-11-20 | P2 O1 weak confirmed_on=2026-11-20",
      "products": "P1 | P2"}, "thin", "a primary link"),  # blank where tracked
    ({"contributions": "P1 O1 primary confirmed_on=2026-11-21"}, "thin", "its confirmation"),
    ({"objectives": "J1 product_id=P1"}, "thin", "an objective"),
    ({"key_results": "K1 J1 kr_type=increase"}, "thin", "a measure"),
    ({"assignments": "P1 H1 designer"}, "thin", "a product manager"),
    ({"contributions": "P1 O1 primary confirmed_on=2026-11-20", "assignments": ""}, "covered", None),
    ({"key_results": ""}, "stated", None),  # proof is not available: a claim is no proof
    ({"contributions": ""}, "covered", None),  # a goal stands for a confirmed primary link
    ({"contributions": "", "key_results": ""}, "stated", None),
    ({"contributions": "P1 O9 primary | P1 O2", "outcomes": "O1 | O2"}, "thin", "a primary link"),
    ({"contributions": "P1 O2", "outcomes": "O1 | O2", "objectives": "J1"}, "uncovered", None),
    ({"contributions": "", "objectives": "", "key_results": ""}, None, None),
    ({"contributions": [{"product_id": "P1"}], "objectives": "J1"}, "unknown", None),  # lost
    ({"contributions": [{"product_id": "P1"}], "objectives": "", "key_results": ""}, None, None),
    ({"contributions": "P1 O2", "outcomes": "O1 | O2", "objectives": [{"objective_id": "J1"}],
      "key_results": ""}, "unknown", None),
    ({"products": "P1 status=retired", "contributions": "P1 O1 primary"}, None, None),
])
def test_coverage(change, coverage, lacks):
    tables = {name: text for name, text in (FULL | change).items() if text}
    assert _column("coverage", **tables)["O1"] == coverage
    assert _column("lacks", **tables)["O1"] == lacks


def test_a_strength_of_zero_is_no_link():
    tables = {"outcomes": "O1 | O2", "products": "P1", "contributions": "P1 O1 0 | P1 O2 10"}
    assert _column("coverage", **tables) == {"O1": "uncovered", "O2": "stated"}


def test_the_closest_product_is_named_when_it_is_alone():
    tables = FULL | {"products": "P1 | P2 | P3", "key_results": "K1 J9 target=1",
                     "objectives": "J1 product_id=P1 outcome_id=O1 | J9",
                     "contributions": "P1 O1 primary | P2 O1 supporting | P3 O1 supporting"}
    assert _column("closest", **tables) == {"O1": "P1"}
    several = tables | {"contributions": "P1 O1 weak | P2 O1 supporting | P3 O1 primary "
                                         "| P2 O9 weak", "objectives": "J1 product_id=P1 | J9"}
    assert _column("closest", **several) == {"O1": "P3"}
    tied = tables | {"contributions": "P2 O1 weak | P3 O1 supporting"}
    assert _column("closest", **tied) == {"O1": None}
    assert _column("closest_count", **tied) == {"O1": 3}  # P1 has a goal, but declares nothing


def test_coverage_in_percent_counts_thin_as_half():
    found = aligned(outcomes="O1 weight=50 | O2 weight=30 | O3 weight=20", products="P1",
                    contributions="P1 O1 primary | P1 O2 weak",
                    objectives="J1 product_id=P1 outcome_id=O1", key_results="K1 J1 target=1")
    assert found.headlines.outcome_coverage_pct == pytest.approx(50 + 15)
    assert not found.headlines.coverage_at_least
    assert aligned(outcomes="O1", products="P1", contributions="P1 O1"
                   ).headlines.outcome_coverage_pct is None  # nothing can be proven


def test_what_is_unknown_counts_as_nothing_and_is_said():
    found = aligned(outcomes="O1 | O2", products="P1", contributions=[{"product_id": "P1"}],
                    objectives="J1 product_id=P1 outcome_id=O1", key_results="K1 J1 target=1")
    assert found.outcomes["coverage"].tolist() == ["covered", "unknown"]
    assert found.headlines.outcome_coverage_pct == pytest.approx(50)
    assert found.headlines.coverage_at_least


def test_no_outcome_has_no_coverage():
    assert aligned(outcomes="O1", products="P1").headlines.outcome_coverage_pct is None
