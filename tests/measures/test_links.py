"""The cells of the matrix: claimed, proven, and where they differ. METHOD section 3."""

import pytest

from tests.builders import aligned

BASE = {"outcomes": "O1 | O2 | O9 status=done", "products": "P1 | P2 status=retired"}
GOAL = {"objectives": "J1 product_id=P1 outcome_id=O1 | J9"}
PROOF = {**GOAL, "key_results": "K1 J1 target=1"}
WEAK_PROOF = {**GOAL, "key_results": "K1 J1 kr_type=increase | K9 J9 target=1"}
YES, NO = "confirmed_on=2026-11-20", "confirmed_on=2026-11-21"


def _cells(**tables):
    links = aligned(**BASE, **tables).links
    return sorted(zip(links["product_id"], links["outcome_id"], links["state"], strict=True))


@pytest.mark.parametrize(("tables", "state"), [
    ({"contributions": f"P1 O1 {YES}", **PROOF}, "proven"),
    ({"contributions": f"P1 O1 {YES}", **WEAK_PROOF}, "claimed"),
    ({"contributions": f"P1 O1 {YES}", **GOAL}, "claimed"),
    ({"contributions": f"P1 O1 {YES}"}, "claimed"),
    ({"contributions": f"P1 O1 {NO}", **PROOF}, "unconfirmed"),
    ({"contributions": f"P1 O1 | P1 O9 {YES}", **PROOF}, "unconfirmed"),  # blank where tracked
    ({"contributions": "P1 O1", **PROOF}, "proven"),  # not tracked: every link is confirmed
    ({"contributions": "P1 O9", **PROOF}, "undeclared"),
    (PROOF, "proven"), (WEAK_PROOF, "claimed"), (GOAL, "claimed"),  # contributions not tracked
    ({"contributions": "P1 O1", "key_results": "K1 J1 target=1 status=dropped", **GOAL}, "proven"),
])
def test_state_of_a_cell(tables, state):
    assert _cells(**tables) == [("P1", "O1", state)]


def test_what_is_none():
    """Links of retired products, to ended or unknown outcomes, and goals that have ended."""
    assert _cells(contributions="P2 O1 | P1 O9 | P1 OX | P1 O2",
                  objectives="J1 product_id=P1 outcome_id=O1 end_date=2026-11-19") == [
        ("P1", "O2", "claimed")]


def test_links_cannot_be_judged_without_products_or_outcomes():
    assert not len(aligned(products="P1", contributions="P1 O1").links)
    assert not aligned(products="P1", outcomes="O1").basis.links


@pytest.mark.parametrize(("strengths", "read"), [
    ("P1 O1 Primary | P1 O2 supporting", ["primary", "supporting"]),
    ("P1 O1 | P1 O2", ["primary", "primary"]),  # not tracked
    ("P1 O1 | P1 O2 weak", [None, "weak"]),  # tracked, but blank
    ("P1 O1 9 | P1 O2 6", ["primary", "primary"]),  # two thirds of the largest
    ("P1 O1 9 | P1 O2 5.9", ["primary", "supporting"]),
    ("P1 O1 9 | P1 O2 3", ["primary", "supporting"]),  # a third
    ("P1 O1 9 | P1 O2 2.9", ["primary", "weak"]),
    ("P1 O1 9 | P1 O2 0", ["primary"]),  # zero is no link
])
def test_strength(strengths, read):
    links = aligned(**BASE, contributions=strengths).links.sort_values("outcome_id")["strength"]
    assert links.astype(object).where(links.notna(), None).tolist() == read


def test_one_measured_goal_of_several_proves():
    assert _cells(contributions="P1 O1", key_results="K2 J2 target=1",
                  objectives="J1 product_id=P1 outcome_id=O1 | J2 product_id=P1 outcome_id=O1"
                  ) == [("P1", "O1", "proven")]
