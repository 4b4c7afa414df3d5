"""Every headline opens to rows that add up to it."""

from dataclasses import replace

import pandas as pd
import pytest

from orgdata.gaps import RULES, find_gaps
from orgdata.views.headline import Headline
from orgdata.views.headlines import headlines
from tests import demo_company
from tests.builders import HALFWAY, aligned

FULL = {"outcomes": "O1 weight=60 | O2 weight=40", "products": "P1 annual_spend=100 "
        "| P2 annual_spend=100 | P3 strategic_role=enable annual_spend=50 | P4",
        "contributions": "P1 O1 | P2 O2 share_pct=60", "key_results": "K1 J1 target=1",
        "objectives": "J1 product_id=P1 outcome_id=O1"}
WITHOUT = [{}, {"objectives": "", "key_results": ""}, {"contributions": ""},
           {"contributions": "", "objectives": "", "key_results": ""}, {"outcomes": "O1 | O2"},
           {"outcomes": ""}, {"products": ""}, {"products": "P1 bau_pct=100 annual_spend=5"}]


def _heads(alignment):
    return {one.key: one for one in headlines(alignment, find_gaps(alignment))}


def _adds_up(one):
    if one.total is None:
        assert not len(one.rows), one.key
        assert one.formula.startswith(
            "Unknown, because " if one.value == "unknown" else
            "Whether they are aligned is unknown, because "), one.formula  # with what they pass
        assert one.value == "unknown" or one.key == "aligned"
    else:
        assert one.rows[one.adds].sum() == pytest.approx(one.total), one.key


def test_on_the_demo():
    found = _heads(demo_company.alignment())
    assert list(found) == ["aligned", "coverage", "aligned_spend", "linked_spend", "fit", "gaps",
                           "evidence"]
    for one in found.values():
        assert one.total is not None
        _adds_up(one)


@pytest.mark.parametrize("change", WITHOUT, ids=str)
def test_on_a_small_company_with_something_missing(change):
    tables = {name: text for name, text in (FULL | change).items() if text}
    for key, one in _heads(aligned(**tables)).items():
        if key in ("aligned", "coverage") and one.total is None:
            assert not len(one.rows)
            assert "nknown, because " in one.formula
        else:
            _adds_up(one)


def test_without_proof_coverage_is_what_is_stated_and_no_percentage():
    measured = aligned(**FULL | {"objectives": "", "key_results": ""})
    measured = replace(
        measured, outcomes=measured.outcomes.assign(coverage=["stated", "uncovered"]),
        headlines=replace(measured.headlines, outcome_coverage_pct=None))
    found = _heads(measured)["coverage"]
    assert (found.label, found.value, found.total) == ("Outcomes stated", "1 of 2", None)
    assert found.note == "0 weak, 1 not covered · proof needs objectives and key results"
    assert found.formula.startswith(
        "Whether they are covered is unknown, because objectives are not loaded.")


def test_by_weight_is_said_only_where_weights_are_stated():
    assert "by weight" in _heads(aligned(**FULL))["coverage"].note
    assert "by weight" not in _heads(aligned(**FULL | {"outcomes": "O1 | O2"}))["coverage"].note


def test_the_numbers_of_a_small_company():
    """P1 is aligned of P1, P2, P4 (P3 enables). O1 covered (60), O2 thin (half of 40): 80 %.

    T = 200 (P3 is all BAU): 100 proven, 60 more claimed, 40 unlinked; fit as in test_money: 80.
    """
    found = _heads(aligned(**FULL))
    assert {key: one.total for key, one in found.items() if key not in ("gaps", "evidence")} == (
        pytest.approx({"aligned": 1, "coverage": 80, "aligned_spend": 50, "linked_spend": 80,
                       "fit": 20}))
    assert found["aligned"].value == "1 of 3"
    assert found["fit"].value == "80 %"
    assert found["evidence"].value.endswith(
        f" of {sum(not one.needs_store for one in RULES.values())}")


@pytest.mark.parametrize(("key", "total", "before", "told"), [
    ("aligned", 28.0, 26.0, "+2"), ("aligned", 28.0, 28.0, ""),
    ("coverage", 80.0, 72.5, "+7.5 points"), ("aligned_spend", 76.0, 77.2, "−1.2 points"),
    ("coverage", 80.0, 80.04, ""), ("fit", 32.0, 66.0, "+2 points"),
    ("gaps", 66.0, 60.0, ""), ("coverage", None, 80.0, "")])
def test_a_headline_says_its_change_since_the_last_snapshot(key, total, before, told):
    one = Headline(key, "", "", "", "", pd.DataFrame(), "", total)
    assert one.trend(before) == (f"{told} since the last snapshot" if told else "")


def test_the_parts_of_the_spend_add_up_to_all_of_it():
    measured = aligned(
        {"currency": "USD"}, outcomes="O1 | O2",
        products="P1 annual_spend=60 | P2 annual_spend=30 | P3 annual_spend=10",
        contributions="P1 O1 primary | P2 O2 primary",
        objectives=f"J1 product_id=P1 outcome_id=O1 {HALFWAY}",
        key_results="K1 J1 baseline=0 target=10")
    gaps = find_gaps(measured)
    notes = {headline.key: headline.note for headline in headlines(measured, gaps)}
    assert notes["aligned_spend"] == (
        "$60 of $100 · $30 without OKRs · $10 not linked")
    assert notes["linked_spend"] == "$90 of $100 · $10 not linked"
