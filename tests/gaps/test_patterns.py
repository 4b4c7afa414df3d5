"""A rule that fires on ten objects and half of those it looked at is one line."""

from datetime import date

import pytest

from orgdata.gaps import RULES
from orgdata.model.history import History
from tests.builders import judged


def _outcomes(firing: int, of: int) -> str:
    return "|".join([f"F{i} target=1" for i in range(firing)]
                    + [f"S{i} target=1 metric=NRR due_date=2026-12-31 owner_id=H1"
                       for i in range(of - firing)])


def _found(code, **tables):
    return [(one.count, one.looked_at) for one in judged(**tables).patterns if one.code == code]


@pytest.mark.parametrize(("firing", "of", "pattern"), [
    (10, 20, [(10, 20)]), (10, 10, [(10, 10)]), (9, 9, []), (10, 21, []), (12, 20, [(12, 20)])])
def test_ten_objects_and_half_of_them(firing, of, pattern):
    assert _found("OUT04", outcomes=_outcomes(firing, of)) == pattern


def test_of_counts_what_the_rule_says_it_looks_at():
    products = "|".join([*(f"P{i}" for i in range(10)), *(f"E{i} strategic_role=enable"
                                                          for i in range(5)),
                         *(f"R{i} status=retired" for i in range(5))])
    found = judged(products=products, outcomes="O1", contributions="E0 O1", assignments="E0 H1 pm")
    assert {one.code: (one.count, one.looked_at) for one in found.patterns} == {
        "PRD01": (10, 10),  # less exempt ones
        "OWN01": (14, 15)}  # all managed ones
    assert {one.code: one.objects for one in found.patterns}["OWN01"] == "products"


def test_what_stands_single():
    """Critical gaps always do; the rest of a pattern does not."""
    products = "P0 strategic_role=invest |" + "|".join(f"P{i}" for i in range(1, 11)) + "| Q"
    found = judged(products=products, assignments="Q H1 pm")
    assert [one.code for one in found.patterns] == ["OWN01"]
    assert found.patterns[0].severity == "critical"
    assert found.single()["key"].tolist() == ["OWN01:P0"]
    assert len(found.rows) == 11


@pytest.mark.parametrize("code", sorted(
    code for code, one in RULES.items() if one.systemic_step is None))
def test_some_rules_form_none(code):
    alike = "|".join(f"P{i} segments=a jobs=b annual_revenue=1 annual_spend=1" for i in range(12))
    targets = "|".join(f"lifecycle_stage s{i} 50" for i in range(12))
    past = History.of(
        states=[{"key": f"OUT01:O{i}", "state": "accepted", "until": date(2026, 1, 1)}
                for i in range(12)],
        decisions=[{"decision_id": i, "text": "Do it", "due": date(2026, 1, 1),
                    "made_on": date(2026, 1, 1)} for i in range(200)])
    asked = "|".join(f"W{i} P1 2026-11-01 kind=request asked_by=sales" for i in range(50))
    found = judged(history=past, mix_targets=targets, work=asked,
                   products=alike + "| Q lifecycle_stage=x annual_revenue=99",
                   outcomes="|".join(f"O{i}" for i in range(12)), contributions="Q O1")
    assert code in set(found.rows["code"])
    assert code not in [one.code for one in found.patterns]


PEOPLE = "H1 name='Ada Park' | H2 name=Bo"


@pytest.mark.parametrize(("outcomes", "where"), [
    ("|".join(f"O{i} target=1" for i in range(10)), ""),
    ("|".join(f"O{i} target=1 owner_id=H{1 + (i > 4)}" for i in range(10)),
     "most for Ada Park to fix"),  # half of them; the first of two in alphabetical order
    ("|".join(f"O{i} target=1 source_ref={'deck' if i > 2 else 'wiki'}" for i in range(10)),
     "most (7 of 10) from deck"),
    ("|".join(f"O{i} target=1 source=deck" for i in range(10)), ""),  # says nothing
])
def test_where_by_owner_or_source(outcomes, where):
    assert judged(outcomes=outcomes, people=PEOPLE).patterns[0].where == where


@pytest.mark.parametrize(("areas", "where"), [
    ("A" * 10, "all 10 in A"), ("A" * 5 + "BBCDE", "most (5 of 10) in A"),
    ("AAAABBBCCD", "spread over 4 business areas: A 4, B 3, C 2 and 1 more"),
    ("AAAA------", "spread over 1 business area: A 4"), ("-" * 10, "")])
def test_where_by_business_area(areas, where):
    products = "|".join(f"P{i}" + (f" business_area={area}" if area != "-" else "")
                        for i, area in enumerate(areas))
    found = judged(products=products + "| Q", assignments="Q H1 pm")
    assert [one.where for one in found.patterns] == [where]


def test_an_area_is_found_through_objective_and_key_result():
    found = judged(products="P1 business_area=A", objectives="J1 product_id=P1",
                   key_results="|".join(f"K{i} J1" for i in range(10)))
    assert [(one.code, one.where) for one in found.patterns] == [("KR01", "all 10 in A")]


def test_the_systemic_step_says_what_most_of_it_lacks():
    results = "|".join([f"K{i} J1 target=1" for i in range(9)] + ["K9 J1", "K10 J1"])
    found = judged(objectives="J1", key_results=results)
    assert found.patterns[0].systemic_step.startswith("Most key results have no due date: ")


@pytest.mark.parametrize(("links", "first"), [
    ("P0 O1", ""), ("P0 O1 | P9 O9", " Check the skipped rows of links on Data first.")])
def test_rows_that_were_set_aside_are_looked_at_first_only_where_some_were(links, first):
    products = "|".join(f"P{i} level=product" for i in range(12))
    found = judged(outcomes="O1", products=products, contributions=links)
    step, = (one.systemic_step for one in found.patterns if one.code == "PRD01")
    assert step.endswith("which outcome theirs is for." + first)


def test_people_are_never_counted():
    """A pattern of findings about people names no person and no number of theirs."""
    assignments = "|".join(f"P{p} H{h} pm" for p in range(3) for h in range(10))
    found = judged(products="P0 | P1 | P2", assignments=assignments)
    assert [(one.code, one.where) for one in found.patterns if one.code == "OWN05"] == [
        ("OWN05", "")]
