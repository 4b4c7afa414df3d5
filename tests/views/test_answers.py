"""The answer in plain words, for portfolios of every shape."""

import pytest

from orgdata.gaps import find_gaps
from orgdata.views import answers
from tests.builders import HALFWAY, aligned, judged

BOTH = {"outcomes": "O1 name='To Japan' weight=60 | O2 name=Trust weight=40", "products": "P1 | P2"}

ONE_GOAL = {**BOTH, "objectives": f"J1 product_id=P1 outcome_id=O1 {HALFWAY}",
            "key_results": "K1 J1 target=5"}
GOAL_FOR_BOTH = {
    **BOTH, "objectives": f"{ONE_GOAL['objectives']} | J2 product_id=P1 outcome_id=O2 {HALFWAY}",
    "key_results": "K1 J1 target=5 | K2 J2 target=5"}


@pytest.mark.parametrize(("tables", "said"), [
    ({"outcomes": "O1"}, "No product is loaded yet."),
    ({"products": "P1"}, "Whether the product is aligned cannot be said yet: nothing loaded links "
                         "it to outcomes."),
    ({"products": "P1 | P2"}, "Whether the 2 products are aligned cannot be said yet: nothing "
                              "loaded links them to outcomes."),
    ({**BOTH, "contributions": "P1 O1"}, "1 of 2 products is aligned."),
    ({**BOTH, "products": "P1", "contributions": "P1 O1"}, "1 of 1 product is aligned."),
    ({**BOTH, "products": "P1 | P2 | P3 strategic_role=enable", "contributions": "P1 O1 | P2 O1"},
     "2 of 2 products are aligned (1 not assessed)."),
    ({**BOTH, "contributions": "P1 O1 confirmed_on=2027-01-01"}, "0 of 2 products are aligned."),
])
def test_aligned(tables, said):
    assert answers.aligned(aligned(**tables)) == said


@pytest.mark.parametrize(("tables", "said"), [
    (BOTH, ""),
    ({"outcomes": "O1 weight=9 | O2 weight=30 | O3 weight=20 | O4", "products": "P1",
      "contributions": "P1 O4", "objectives": f"J1 product_id=P1 outcome_id=O4 {HALFWAY}"},
     "Nobody serves “O2”, “O3” and 1 more."),
    ({**GOAL_FOR_BOTH, "contributions": "P1 O1 primary | P1 O2 primary"},
     "Every active outcome is served by at least one product."),
    ({**GOAL_FOR_BOTH, "contributions": "P1 O1 weak | P1 O2 weak"},
     "Every active outcome is served by at least one product, all of them only thinly."),
    ({**GOAL_FOR_BOTH, "contributions": "P1 O1 primary | P1 O2 weak"},
     "Every active outcome is served by at least one product, 1 of them only thinly."),
    ({**ONE_GOAL, "contributions": "P1 O1 primary | P2 O2 primary"},
     "“Trust” is stated by one product, backed by no OKR."),
    ({**ONE_GOAL, "outcomes": "O1 | O2 name=Trust | O3", "contributions": "P1 O2 | P2 O2"},
     "Nobody serves “O3”. “Trust” is stated by 2 products, backed by no OKR."),
    ({**BOTH, "contributions": "P1 O1 | P2 O2"},
     "All 2 outcomes are stated by 2 products, with no OKRs loaded to back them."),
    ({**BOTH, "contributions": "P1 O1"},
     "Nobody serves “Trust”. “To Japan” is stated by one product, with no OKRs loaded to back it."),
])
def test_unserved(tables, said):
    assert answers.unserved(aligned(**tables)) == said


@pytest.mark.parametrize(("products", "said"), [
    ("P1 annual_spend=5", ""), ("P1 | P2", "1 product is tied to no outcome."),
    ("P1 | P2 | P3", "2 products are tied to no outcome."),
    ("P1 fte=1 | P2 fte=3", "3 FTE are tied to no outcome."),
    ("P1 annual_spend=1 | P2 annual_spend=4100000", "$4.1M is tied to no outcome.")])
def test_unlinked(products, said):
    found = aligned({"currency": "USD"}, outcomes="O1", products=products, contributions="P1 O1")
    assert answers.unlinked(found) == said


def test_coverage_in_three_counts():
    found = aligned(outcomes="O1 | O2 | O3", products="P1", contributions="P1 O1 primary | P1 O2 weak")
    assert answers.coverage(found) == "1 covered, 1 thin, 1 unserved"
    assert answers.coverage(aligned(**BOTH)) == "unknown"


def test_evidence_says_what_to_fill_in():
    found = judged(**BOTH)
    table, more = next(iter(found.turned_on_by.items()))
    assert answers.evidence(found) == (
        f"{found.evaluated} of {found.evaluable} rules evaluated; fill in {table} to turn on {more} more.")


@pytest.mark.parametrize(("check_ins", "said"), [
    ("K1 2026-11-20 5", "all on fresh evidence"), ("K1 2026-11-01 5", "1 of them on stale evidence"),
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
        "1 of 2 products is aligned. Nobody serves “Trust”. “To Japan” is stated by one product, "
        "with no OKRs loaded to back it. €1 is tied to no outcome.")
    assert find_gaps(found).count("critical") == 1
