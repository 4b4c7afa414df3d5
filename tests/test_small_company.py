"""The report on a small company, every number worked out by hand.

DAY is day 50 of 100 of the cycle. Only O1 is tier 1.
"""

import pytest

from orgdata.api.answers import report
from orgdata.gaps import find_gaps
from tests.builders import HALFWAY, aligned

TABLES = {
    "outcomes": "O1 weight=50 tier=1 | O2 weight=30 tier=2 | O3 weight=20 tier=2",
    # BAU: 20 of P1, all of P4 (enables, not linked). T = 80 + 60 + 40 = 180
    "products": "P1 annual_spend=100 bau_pct=20 strategic_role=invest"
                "| P2 annual_spend=60 strategic_role=maintain"
                "| P3 annual_spend=40 strategic_role=maintain"
                "| P4 annual_spend=30 strategic_role=enable",
    "people": "H1 | H2", "assignments": "P1 H1 pm | P2 H2 pm | P3 H2 pm | P4 H1 pm",
    "contributions": "P1 O1 primary | P2 O1 supporting | P2 O2 primary",
    "objectives": f"J1 product_id=P1 outcome_id=O1 ambition=committed {HALFWAY}"
                  f"| J2 product_id=P2 outcome_id=O1 {HALFWAY}",
    "key_results": "K1 J1 kr_type=increase baseline=0 target=100"
                   "| K2 J1 kr_type=at_most target=5 is_guardrail=yes"
                   "| K3 J2 kr_type=decrease baseline=10 target=0",
    "check_ins": "K1 2026-11-01 10 | K1 2026-11-15 20 | K2 2026-11-18 4 | K3 2026-11-05 5",
}


@pytest.fixture(scope="module")
def told():
    alignment = aligned({"currency": "EUR"}, **TABLES)
    return report(alignment, find_gaps(alignment))


def test_headlines(told):
    """Aligned: P1, and P2, whose goal leads to O1, where its link is confirmed. P3 serves nothing.
    Coverage: O1 covered by P1 (50), O2 thin (half of 30), O3 uncovered.
    Flows: P1→O1 80 proven; P2→O2 60 claimed (primary gets all). Unlinked: P3, 40.
    Fit: s = 80/180, 60/180, 0, unlinked 40/180; w = .5, .3, .2, 0.
    """
    heads = told["headlines"]
    counts = [heads[f"{name}_products"] for name in ("managed", "aligned", "assessed")]
    assert counts == [4, 2, 3]
    assert heads["outcome_coverage_pct"] == pytest.approx(50 + 15)
    assert heads["aligned_spend_pct"] == pytest.approx(100 * 80 / 180)
    assert heads["linked_spend_pct"] == pytest.approx(100 * 140 / 180)
    apart = (0.5 - 80 / 180) + (60 / 180 - 0.3) + 0.2 + 40 / 180
    assert heads["strategy_spend_fit_pct"] == pytest.approx(100 * (1 - apart / 2))
    assert told["money"] == {"unit": "annual_spend", "currency": "EUR"}


def test_outcomes(told):
    assert [(one["outcome_id"], one["coverage"]) for one in told["outcomes"]] == [
        ("O1", "covered"), ("O2", "thin"), ("O3", "uncovered")]
    assert [one["spend_share"] for one in told["outcomes"]] == pytest.approx(
        [80 / 180, 60 / 180, 0])


def test_products(told):
    """P2 is stale on its one key result: 15 days with a cadence of 7."""
    assert {one["product_id"]: (*one["checks"].values(), one["aligned"])
            for one in told["products"]} == {
        "P1": (True, True, True, True, True, True),
        "P2": (True, True, True, True, False, True),
        "P3": (True, False, False, None, None, False),
        "P4": (True, None, None, None, None, None)}


def test_links(told):
    assert sorted((one["product_id"], one["outcome_id"], one["state"], one["strength"], one["spend"])
                  for one in told["links"]) == [
        ("P1", "O1", "proven", "primary", 80), ("P2", "O1", "proven", "supporting", 0),
        ("P2", "O2", "claimed", "primary", 60)]


def test_key_results(told):
    """K1: 20 % where 50 % is expected, 30 points behind. K2 within its bound. K3 stale at 50 %."""
    assert {one.pop("kr_id"): one for one in told["key_results"]} == {
        "K1": {"value": 20, "progress": 0.2, "expected": 0.5, "status": "off_track",
               "reason": None, "freshness": "fresh"},
        "K2": {"value": 4, "progress": 1, "expected": None, "status": "achieved", "reason": None,
               "freshness": "fresh"},
        "K3": {"value": 5, "progress": 0.5, "expected": 0.5, "status": "unknown",
               "reason": "stale", "freshness": "stale"}}


def test_gaps(told):
    """Stakes: outcome w · 180, product its spend, key result its product's (one goal each).
    OUT05: O3 is 20 points short, which is high for tier 2 too. PRT03: 40 / 180 is 22 %: medium.
    OUT03: O1 is tier 1 and rests on P1, which is aligned: medium. P2 backs O1 and not O2: PRD03.
    K1 is committed and for tier 1, but at half of the time not critical. K3: 15 days are not more
    than four cadences: medium. OWN05 is silent (two products each).
    """
    assert [(one["key"], one["severity"], one["at_stake"]) for one in told["gaps"]] == [
        ("PRG01:K1", "high", 100), ("OUT01:O3", "high", 36), ("OUT05:O3", "high", 36),
        ("OUT03:O1", "medium", 90), ("PRD03:P2:O2", "medium", 60), ("PRG02:K3", "medium", 60),
        ("OUT02:O2", "medium", 54), ("PRD01:P3", "medium", 40),
        ("PRT03:portfolio", "medium", None), ("OUT03:O2", "low", 54)]


def test_what_is_not_evaluated_and_no_problem(told):
    reasons = {one["code"]: one["reason"] for one in told["not_evaluated"]}
    assert reasons["OWN04"] == "nothing is loaded for allocation of assignments"
    assert reasons["RBK01"] == "roadblocks are not loaded"
    assert not set(reasons) & {"OUT01", "OUT05", "PRD03", "PRG01", "PRG02", "PRT03", "OWN01"}
    assert told["problems"] == []
    assert told["patterns"] == []
