"""Every piece of evidence of every rule has its words, and no words are left over."""

import pytest

from orgdata.gaps import RULES, find_gaps
from orgdata.views import explain
from orgdata.views.explain import evidence
from tests.builders import HALFWAY, aligned, judged


@pytest.mark.parametrize("code", sorted(RULES))
def test_the_evidence_of_each_rule_has_its_words(code):
    missing = [name for name in RULES[code].evidence if not evidence.is_named(name)]
    assert not missing, f"say in orgdata/views/explain/evidence.py what {missing} of {code} is called"


def test_no_words_and_no_share_are_left_over():
    used = {name for one in RULES.values() for name in one.evidence}
    assert set(evidence.WORDS) <= used
    assert used >= evidence.STATES
    assert set(evidence.SHARES) <= used


def test_a_share_depends_on_the_table_where_its_name_does():
    assert evidence.is_share("target", "mix_targets")
    assert not evidence.is_share("target", "key_results")
    assert (evidence.words("tau"), evidence.words("annual_spend")) == ("time passed", "annual spend")


@pytest.mark.parametrize("code", sorted(code for code, rule in RULES.items() if rule.threshold))
def test_each_threshold_has_its_unit(code):
    assert evidence.threshold(code, RULES[code].threshold)[0].isdigit()


@pytest.mark.parametrize(("code", "limit", "said"), [
    ("OUT05", 0.1, "10 points"), ("PRT03", 0.15, "15 %"), ("PRD07", 5, "5 %"),
    ("OWN03", 30, "30 days"), ("GOV01", 1, "1 day"), ("OUT06", 5, "5 outcomes"),
    ("PRG05", 2, "2 steps of confidence"), ("PRG04", 0.01, "1 point"), ("OWN04", 100, "100 %")])
def test_a_threshold_in_words(code, limit, said):
    assert evidence.threshold(code, limit) == said


def evidence_of(code, **tables):
    """The evidence of a rule's gaps by their key, in words."""
    measured = aligned(**tables)
    return [explain.gaps.evidence(row, measured) for _, row in
            find_gaps(measured).only(code).rows.sort_values("key").iterrows()]


def test_what_made_money_off_strategy_fire_is_said_in_points():
    said = evidence_of("OUT05", outcomes="O1 weight=75 | O2 weight=25", contributions="P1 O1 | P2 O2",
                       products="P1 annual_spend=60 | P2 annual_spend=40",
                       objectives="J1 product_id=P1 outcome_id=O1")
    assert [text.split(" · tier 1")[0] for text in said] == [
        "weight: 75 % · spend share: 60 % · difference: −15 points",
        "weight: 25 % · spend share: 40 % · difference: +15 points"]


def test_a_share_of_spend_has_its_decimal():
    tables = {"products": "P1 annual_spend=948 | P2 annual_spend=52 strategic_role=sunset"}
    (row,) = judged(**tables).only("PRD07").rows.to_dict("records")
    assert row["message"].endswith("yet takes 5.2 % of all spend.")
    assert "share of all spend: 5.2 %" in evidence_of("PRD07", **tables)[0]


def test_a_weight_that_nobody_stated_is_no_evidence():
    for weight, said in (("", "coverage: not covered · tier 1"), (" weight=5", "weight: 50 % · tier 1")):
        found, = evidence_of("OUT01", outcomes=f"O1{weight} | O2{weight}", products="P1",
                             contributions="P1 O2")
        assert said in found


def test_how_much_is_enough_is_said_only_where_it_is_less_than_all():
    said = evidence_of(
        "PRG01", objectives=f"J1 {HALFWAY} | J2 {HALFWAY} ambition=aspirational",
        key_results="K1 J1 baseline=0 target=100 current=5 | K2 J2 baseline=0 target=100 current=5")
    assert [text.partition("expected: ")[2].partition(" · time")[0] for text in said] == [
        "50 %", "50 % · enough of that: 70 %"]
