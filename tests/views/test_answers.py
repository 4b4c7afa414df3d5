"""The answer in plain words, for portfolios of every shape."""

from dataclasses import replace

import pytest

from orgdata.gaps import find_gaps
from orgdata.gaps.rule import IDS, as_not_judged
from orgdata.views import answers, outcomes
from orgdata.views.headlines import coverage_pct, headlines
from orgdata.views.review import unknowns
from tests.builders import HALFWAY, aligned, judged, loaded

BOTH = {"outcomes": "O1 name='To Japan' weight=60 | O2 name=Trust weight=40", "products": "P1 | P2"}

ONE_GOAL = {**BOTH, "objectives": f"J1 product_id=P1 outcome_id=O1 {HALFWAY}",
            "key_results": "K1 J1 target=5"}
GOAL_FOR_BOTH = {
    **BOTH, "objectives": f"{ONE_GOAL['objectives']} | J2 product_id=P1 outcome_id=O2 {HALFWAY}",
    "key_results": "K1 J1 target=5 | K2 J2 target=5"}


@pytest.mark.parametrize(("tables", "said"), [
    ({"outcomes": "O1"}, "No product is loaded yet."),
    ({"products": "P1"}, "We cannot tell yet whether the product is aligned: nothing loaded links "
                         "it to outcomes."),
    ({"products": "P1 | P2"}, "We cannot tell yet whether the 2 products are aligned: nothing "
                              "loaded links them to outcomes."),
    ({**ONE_GOAL, "contributions": "P1 O1"}, "1 of 2 products is aligned, 1 is not."),
    ({**ONE_GOAL, "products": "P1", "contributions": "P1 O1"}, "1 of 1 product is aligned."),
    ({**ONE_GOAL, "products": "P1 | P3 strategic_role=enable", "contributions": "P1 O1"},
     "1 of 1 product is aligned (1 more not assessed)."),
    ({**ONE_GOAL, "contributions": "P1 O1 confirmed_on=2027-01-01"},
     "0 of 2 products are aligned."),
    ({**BOTH, "contributions": "P1 O1 confirmed_on=2027-01-01 | P2 O2 confirmed_on=2027-01-01"},
     "0 of 2 products pass the one check that can be made (supports an outcome), so none is aligned."),
    ({**BOTH, "contributions": "P1 O9 confirmed_on=2026-01-01 | P2 O2 confirmed_on=2027-01-01"},
     "0 of 2 products pass the one check that can be made (supports an outcome); whether they are aligned "
     "needs objectives and key results."),
    ({**BOTH, "contributions": "P1 O1"},
     "1 of 2 products passes the one check that can be made (supports an outcome); whether they are aligned "
     "needs objectives and key results."),
])
def test_aligned(tables, said):
    assert answers.aligned(aligned(**tables)) == said


@pytest.mark.parametrize(("tables", "said"), [
    (BOTH, ""),
    ({"outcomes": "O1 weight=9 | O2 weight=30 | O3 weight=20 | O4", "products": "P1",
      "contributions": "P1 O4", "objectives": f"J1 product_id=P1 outcome_id=O4 {HALFWAY}"},
     "No product works on “O2”, “O3” and 1 more."),
    ({**GOAL_FOR_BOTH, "contributions": "P1 O1 primary | P1 O2 primary"},
     "Every active outcome has at least one product."),
    ({**GOAL_FOR_BOTH, "contributions": "P1 O1 weak | P1 O2 weak"},
     "Every active outcome has at least one product, all of them only weakly."),
    ({**GOAL_FOR_BOTH, "contributions": "P1 O1 primary | P1 O2 weak"},
     "Every active outcome has at least one product, 1 of them only weakly."),
    ({**ONE_GOAL, "contributions": "P1 O1 primary | P2 O2 primary"},
     "“Trust” is stated by one product, backed by no OKR of its own."),
    ({**ONE_GOAL, "outcomes": "O1 | O2 name=Trust | O3", "contributions": "P1 O2 | P2 O2"},
     "No product works on “O3”. “Trust” is stated by 2 products, backed by no OKR of theirs."),
    ({**BOTH, "contributions": "P1 O1 | P2 O2"},
     "All 2 outcomes are stated by 2 products, with no OKRs loaded to back them."),
    ({**BOTH, "contributions": "P1 O1 | P2 O2", "objectives": "J1 product_id=P1"},
     "All 2 outcomes are stated by 2 products, with no key results loaded to tell whether OKRs back them."),
    ({**BOTH, "contributions": "P1 O1"},
     "No product works on “Trust”. “To Japan” is stated by one product, with no OKRs loaded to back it."),
])
def test_unserved(tables, said):
    assert " ".join(answers.unserved(aligned(**tables))) == said


@pytest.mark.parametrize(("name", "in_title"), [("Trust", 2), ("x" * 180, 1)])
def test_what_makes_a_title_too_long_stands_below_it(name, in_title):
    found = aligned({"currency": "USD"}, outcomes=f"O1 | O2 name={name}", contributions="P1 O1",
                    products="P1 annual_spend=1 | P2 annual_spend=4100000")
    sentences = [answers.aligned(found), *answers.unserved(found), answers.unlinked(found)]
    assert answers.titled(found) == (" ".join(sentences[:in_title]), " ".join(sentences[in_title:]))


@pytest.mark.parametrize(("products", "said"), [
    ("P1 annual_spend=5", ""), ("P1 | P2", ""),  # money is unknown
    ("P1 annual_spend=5 | P2 | P3", ""),  # known of one of three
    ("P1 fte=1 | P2 fte=3", "3 FTE are not linked to any outcome."),
    ("P1 annual_spend=1 | P2 annual_spend=4100000", "$4.1M is not linked to any outcome.")])
def test_unlinked(products, said):
    found = aligned({"currency": "USD"}, outcomes="O1", products=products, contributions="P1 O1")
    assert answers.unlinked(found) == said


def test_coverage_in_three_counts():
    found = aligned(outcomes="O1 | O2 | O3", products="P1", contributions="P1 O1 primary | P1 O2 weak",
                    objectives=f"J1 product_id=P1 outcome_id=O1 {HALFWAY}", key_results="K1 J1 target=9")
    assert answers.coverage(found) == "1 covered, 1 weak, 1 not covered"
    assert answers.coverage(aligned(**BOTH)) == "unknown"


CLAIMS = {"outcomes": "O1 name=Trust | O2 name=Growth", "products": "P1 | P2",
          "contributions": "P1 O1 | P2 O2"}


def states(measured, *coverage, **headlines):
    """The same portfolio with other states of coverage, and other headlines."""
    return replace(measured, outcomes=measured.outcomes.assign(coverage=list(coverage)),
                   headlines=replace(measured.headlines, **headlines))


def test_what_is_only_stated_is_no_cover():
    measured = states(aligned(**CLAIMS), "stated", "thin", aligned_products=None,
                      passing_products=1, checkable_products=2, checks_made=("owned", "linked"))
    assert answers.coverage(measured) == "1 stated, not proven, 1 weak, 0 not covered"
    assert answers.aligned(measured) == (
        "1 of 2 products passes the 2 checks that can be made (has a PM, supports an outcome); whether they are "
        "aligned needs objectives and key results.")
    assert outcomes.sentence(measured) == (
        "1 of 2 outcomes is stated; proof needs objectives and key results. Weak: "
        "“Growth”.")
    heads = {head.key: head for head in headlines(measured, judged(**CLAIMS))}
    assert (heads["aligned"].label, heads["aligned"].value) == ("Products passing", "1 of 2")
    assert heads["aligned"].formula.endswith(
        "Whether they are aligned is unknown, because objectives are not loaded.")


def test_an_outcome_whose_rows_are_in_doubt_is_not_said_to_be_unserved():
    measured = states(aligned(**{**GOAL_FOR_BOTH, "contributions": "P1 O1"}), "covered", "unknown",
                      coverage_at_least=True)
    assert answers.coverage(measured) == "1 covered, 0 weak, 0 not covered, 1 unknown"
    assert answers.unserved(measured) == [
        "Whether any product works on “Trust” is unknown: rows that may say so were skipped."]
    assert outcomes.sentence(measured).endswith(
        "Unknown: “Trust”; rows that may support it were skipped.")
    assert coverage_pct(measured).startswith("at least ")


def test_evidence_says_what_to_fill_in():
    found = judged(**BOTH)
    table, more = next(iter(found.turned_on_by.items()))
    assert answers.evidence(found) == (
        f"{found.evaluated} of {found.evaluable} rules evaluated; add {table.replace('_', ' ')} to "
        f"enable {more} more.")


def test_what_was_not_judged_is_counted_where_nothing_severe_is_found():
    found = judged(**BOTH)
    count = f"{found.evaluated} of {found.evaluable} rules"
    assert answers.nothing_severe(found) == (
        f"Nothing critical or high is open in what could be judged ({count}).")
    doubtful = as_not_judged([("OUT01:O1", "OUT01", *[None] * len(IDS), (("contributions", 3),))])
    assert answers.judged(replace(found, not_judged=doubtful)) == (
        f"in what could be judged ({count}; 1 finding not judged)")


@pytest.mark.parametrize(("tables", "said"), [
    ({"products": "P1"}, "unknown"), ({}, "unknown"),
    ({**BOTH, "contributions": "P1 O1"}, "unknown"),
    ({**GOAL_FOR_BOTH, "contributions": "P1 O1"}, "1 of 2")])
def test_none_of_none_is_unknown(tables, said):
    assert answers.aligned_count(aligned(**tables).headlines) == said


@pytest.mark.parametrize(("tables", "said"), [
    ({}, "Unknown, because objectives are not loaded."),
    ({"objectives": "J1"}, "Unknown, because key results are not loaded."),
    ({"objectives": "'' | ''"}, "Unknown, because all 2 rows of objectives were skipped."),
    ({"objectives": "J1", "key_results": "K1 J9"},
     "Unknown, because the only row of key results was skipped.")])
def test_what_is_lost_is_not_said_to_be_not_loaded(tables, said):
    assert answers.unknown_because(loaded(**tables), "objectives", "key_results") == said


@pytest.mark.parametrize(("check_ins", "said"), [
    ("K1 2026-11-20 5", "all with up-to-date check-ins"), ("K1 2026-11-01 5", "1 of 1 with outdated check-ins"),
    ("", "")])
def test_freshness(check_ins, said):
    tables = {"outcomes": "O1", "products": "P1", "contributions": "P1 O1",
              "objectives": f"J1 product_id=P1 outcome_id=O1 {HALFWAY}", "key_results": "K1 J1 target=9"}
    found = aligned(**tables, **({"check_ins": check_ins} if check_ins else {}))
    assert answers.freshness(found) == said


def test_the_overview_puts_them_together():
    found = aligned({"currency": "EUR"}, **BOTH | {"products": "P1 annual_spend=9 | P2 annual_spend=1",
                                                   "contributions": "P1 O1"})
    assert answers.overview(found) == (
        "1 of 2 products passes the one check that can be made (supports an outcome); whether they are aligned "
        "needs objectives and key results. No product works on “Trust”. “To Japan” is stated by one product, "
        "with no OKRs loaded to back it. €1 is not linked to any outcome.")
    assert find_gaps(found).count("critical") == 1


def test_a_lost_table_is_to_be_fixed_not_added():
    tables = {"products": "P1 annual_spend=1", "outcomes": "O1", "people": "H1"}
    lost = find_gaps(aligned(**tables, assignments="P1 H9 pm"))
    missing = find_gaps(aligned(**tables))
    assert answers.to_have("assignments", lost) == "fix the rows of assignments"
    assert answers.to_have("assignments", missing) == "add assignments"
    assert answers.to_have(next(iter(lost.turned_on_by)), lost) in answers.evidence(lost)


def test_values_that_a_loaded_table_lacks_are_named():
    tables = {"outcomes": "O1 weight=1 owner_id=H1", "assignments": "P1 H1 pm", "people": "H1",
              "contributions": "P1 O1 primary", "objectives": "J1", "key_results": "K1 J1"}
    lacking = find_gaps(aligned(**tables, products="P1"))
    assert answers.to_have("products", lacking) == (
        "state the annual spend, purpose, strategic bet, segments, jobs and annual revenue of "
        "products")
    filled = find_gaps(aligned(**tables, products="P1 role_statement=a annual_spend=1 segments=a "
                               "jobs=b annual_revenue=1 strategic_role=invest"))
    assert lacking.evaluated + lacking.turned_on_by["products"] == filled.evaluated
    assert answers.to_have("check_ins", lacking) == "add check-ins"
    assert answers.to_have("assignments", lacking) == (
        "state the allocation and deputy of assignments")


def test_one_more_is_and_several_more_are():
    assert answers.more_severe(1) == "1 more is critical or high"
    assert answers.more_severe(1200) == "1,200 more are critical or high"


def test_why_products_are_not_assessed_stands_beside_their_number():
    tables = {**GOAL_FOR_BOTH, "contributions": "P1 O1 | P2 O1", "people": "H1"}
    lost = aligned(**tables, assignments="P1 H9 pm | P2 H8 pm")
    why = "not assessed, because all 2 rows of assignments were skipped"
    assert answers.aligned(lost).endswith(f" {why}).")
    assert why in headlines(lost, find_gaps(lost))[0].note
    assert unknowns(lost, find_gaps(lost))[0].endswith(f"{why}.")
    sunset = {**tables, "products": f"{tables['products']} | P9 strategic_role=sunset"}
    assert " not assessed, 1 of them because all 2 rows" in answers.aligned(
        aligned(**sunset, assignments="P1 H9 pm | P2 H8 pm"))
    assert "because" not in answers.aligned(aligned(**sunset, assignments="P1 H1 pm"))


def test_many_outcomes_are_counted_and_few_are_named():
    outcomes = " | ".join(f"O{n} name=Goal{n}" for n in range(1, 7))
    few = aligned(products="P1", outcomes=outcomes, contributions="P1 O1 | P1 O2 | P1 O3")
    many = aligned(products="P1", outcomes=outcomes, contributions="P1 O1")
    assert "No product works on “Goal4”, “Goal5” and 1 more." in answers.unserved(few)
    assert "No product works on 5 outcomes." in answers.unserved(many)


@pytest.mark.parametrize(("goal", "why"), [
    ("", "1 objective for it names no product"), ("product_id=P3", None),
    ("start_date=2020-01-01 end_date=2020-12-31", None)])
def test_an_outcome_whose_objectives_name_no_product_is_told_so(goal, why):
    """One of a retired product names it, and one of another cycle settles nothing."""
    found = judged(outcomes="O1 | O2", products="P1 | P3 status=retired", contributions="P1 O2 primary",
                   objectives=f"J1 outcome_id=O1 {goal or HALFWAY}").only("OUT01").rows
    why = why or "none names it and none has an objective for it"
    assert found["message"].tolist() == [f"No product works on “O1”: {why}."]
