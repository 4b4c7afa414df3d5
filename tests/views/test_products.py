"""What the Products pages say of one product, word for word."""

import pytest

from orgdata.measures.checks import REASONS
from orgdata.views import products
from orgdata.views.objective_words import objective_sentence
from tests.builders import HALFWAY, aligned, judged

TABLES = {
    "outcomes": "O1 name=Retention weight=75 baseline=108 current=113.1 target=115 unit=% | "
                "O2 name=Growth weight=25 | O3 name=Past status=done",
    "people": "H1 name=Ada | H2 name=Bo",
    "products": "P1 name=Checkout annual_spend=100k strategic_role=invest business_area=Pay | "
                "P2 name=Auth strategic_role=enable | P3 name=Search annual_spend=50k",
    "assignments": "P1 H1 accountable | P3 H1 accountable | P3 H2 accountable",
    "contributions": [
        {"product_id": "P1", "outcome_id": "O1", "strength": "primary", "rationale": "It pays",
         "confirmed_on": "2026-10-01"},
        {"product_id": "P1", "outcome_id": "O2", "strength": "weak", "confirmed_on": "2026-10-01"},
        {"product_id": "P1", "outcome_id": "O3", "strength": "primary", "confirmed_on": ""},
        {"product_id": "P3", "outcome_id": "O2", "strength": "", "confirmed_on": ""}],
    "objectives": f"J1 title=Grow product_id=P1 outcome_id=O1 {HALFWAY}",
    "key_results": "K1 J1 baseline=0 target=10 current=3 | K2 J1 baseline=0 target=10",
}
PASSES, FAILS, SILENT = "passes", "fails", "not_applicable"


@pytest.fixture(scope="module")
def measured():
    return aligned({"currency": "EUR"}, **TABLES)


def only(alignment, product_id):
    return alignment.products.set_index("product_id").loc[product_id]


def test_products_that_fail_a_check_come_first_then_those_with_the_most_severe_gap(measured):
    gaps = judged({"currency": "EUR"}, **TABLES).rows
    rows = products.product_rows(measured, measured.products, gaps)
    assert rows["product_id"].tolist() == ["P2", "P3", "P1"]  # as to have no PM is more severe
    assert rows["spend"].fillna(-1).tolist() == [-1, 50_000, 100_000]
    said = ["product_id", "pm", "aligned", "checks", "missing", "bet", "area", "outcomes"]
    assert rows[said].astype("object").where(rows[said].notna(), None).values.tolist() == [
        ["P2", "No PM assigned", SILENT, "0 of 1", "A PM", "Platform", "not stated", "none"],
        ["P3", "Ada and Bo", FAILS, "0 of 3", "One PM who decides, a confirmed link to an outcome, "
         "an OKR for it", None, "not stated", "Growth"],
        ["P1", "Ada", PASSES, "4 of 4", None, "Invest", "Pay", "Retention and Growth"]]
    assert rows["severity"].notna().tolist() == rows["gaps"].ne("").tolist()
    none = products.product_rows(measured, measured.products, gaps.head(0))
    assert none["severity"].isna().all()
    assert set(none["gaps"]) == {""}


def test_the_same_order_as_on_the_map(measured):
    gaps = judged({"currency": "EUR"}, **TABLES).rows
    severe, counts = products.gaps_by_product(measured, gaps, measured.products)
    ids = measured.products["product_id"]
    for product_id, rank, count in zip(ids, severe, counts, strict=True):
        own = products.gaps_of(measured, gaps, ids[ids == product_id])
        assert count == len(own)
        assert (rank > 0) == (count > 0)


def test_each_reason_why_a_check_fails_has_its_words():
    reasons = {(check, reason) for check, (_, fails, _, _) in REASONS.items() for reason in fails}
    assert set(products._LACKS) == reasons


def test_no_check_applies_where_nothing_is_loaded():
    measured = aligned(products="P1")
    rows = products.product_rows(measured, measured.products, judged(products="P1").rows)
    assert rows["checks"].tolist() == ["none applies"]
    assert rows["pm"].tolist() == ["not loaded"]


def test_outcomes_served(measured):
    rows = products.outcomes_served(measured, "P1")
    assert rows.astype("object").where(rows.notna(), None).to_dict("records") == [
        {"outcome_id": "O1", "name": "Retention", "state": "proven", "strength": "primary",
         "weight": 75, "share": 100, "spend": 100_000, "rationale": "It pays"},
        {"outcome_id": "O2", "name": "Growth", "state": "claimed", "strength": "weak",
         "weight": 25, "share": 0, "spend": 0, "rationale": None}]
    waiting = products.outcomes_served(measured, "P3")
    assert waiting[["state", "strength"]].values.tolist() == [
        ["unconfirmed", "not stated"]]


def test_checks_are_said_with_their_numbers(measured):
    rows = products.check_rows(measured, "P1")
    assert rows["check"].tolist() == ["Has a PM", "Supports an outcome", "Has an OKR for it",
                                      "Measurable", "Up to date"]
    assert rows["result"].tolist() == [*[PASSES] * 4, SILENT]
    assert rows["why"].tolist()[0] == "The PM is Ada."


def test_that_something_is_not_loaded_is_said_beside_what_the_symbols_mean():
    said = " A check of what is not loaded does not apply. "
    for check_ins, not_loaded in (("", True), ("K1 2026-11-18 3", False)):
        legend = products.checks_legend(aligned(**TABLES, check_ins=check_ins))
        assert (said in legend) == not_loaded
        assert legend.startswith("✓ yes · ✗ no · – not applicable")


def test_objectives_in_words():
    said = {
        (): "no key result yet",
        ("target=10",): "progress unknown: for its key result there is no value yet",
        ("", ""): "progress unknown: for all 2 key results there is no target",
        ("target=10 current=9.99",): "99 % done, on track",
        ("target=10 current=10",): "100 % done, achieved",
        ("target=10 current=1",): "10 % done, off track, 1 of 1 behind",
        ("target=10 current=3", "target=10"):
            "30 % done (between 15 % and 65 %: for 1 of its 2 key results there is no value "
            "yet), 1 of 2 needs attention, 1 unknown",
        ("target=10 current=10", *["current=4"] * 3, ""):
            "100 % done (between 20 % and 100 %: for 4 of its 5 key results there is no target), "
            "1 of 5 achieved, 4 unknown",
        ("target=10 current=1", "target=10 current=3", "target=10"):
            "20 % done (between 13 % and 47 %: for 1 of its 3 key results there is no value "
            "yet), 1 of 3 off track, 2 of 3 behind, 1 unknown"}
    measured = aligned(
        products="P1", objectives=" | ".join(f"J{i} {HALFWAY}" for i in range(len(said))),
        key_results=" | ".join(f"K{i}{j} J{i} baseline=0 {cells}" for i, results in enumerate(said)
                               for j, cells in enumerate(results)))
    rows = measured.objectives.to_dict("records")
    assert [objective_sentence(row, measured) for row in rows] == list(said.values())


def test_dependencies_say_which_date_has_passed():
    measured = aligned(
        products="P1 | P2 name=Auth | P3",
        dependencies="D1 P1 P2 what=Login needed_by=2026-11-19 | D2 P1 P3 needed_by=2026-11-20 | "
                     "D3 P1 P2 agreed=yes needed_by=2026-11-19 | D4 P1 P2 agreed=yes | "
                     "D5 P1 P2 done_on=2026-11-20 | D6 P1 P2 done_on=2026-11-21")
    rows = products.dependency_rows(measured, "P1", "product_id")
    assert rows[["product", "state"]].values.tolist() == [
        ["Auth", "not_agreed_late"], ["Auth", "agreed_late"],
        ["Auth", "not_agreed"], ["P3", "not_agreed"], ["Auth", "agreed"],
        ["Auth", "delivered"]]
    assert rows["what"].tolist()[:2] == ["Login", "not said"]
    others = products.dependency_rows(measured, "P3", "needs_product_id")
    assert others[["product_id", "product"]].values.tolist() == [["P1", "P1"]]


def test_gaps_of_a_product_are_its_own_and_those_of_its_goals(measured):
    found = judged(**TABLES, roadblocks="R1 2026-01-01 product_id=P3").rows
    ids = products.gaps_of(measured, found, measured.products["product_id"].tail(1))
    keys = set(ids["key"])
    assert {"OWN02:P3", "PRD01:P3"} <= keys
    assert not {key for key in keys if key.endswith((":P1", ":P2", ":K1", ":J1"))}
    of_first = products.gaps_of(measured, found, measured.products["product_id"].head(1))
    assert "PRG01:K1" in set(of_first["key"])


def test_facts(measured):
    assert products.facts(only(measured, "P1"), measured) == (
        "PM Ada · bet: invest · area: Pay · spend €100k")
    assert products.facts(only(measured, "P2"), measured) == (
        "No PM assigned · bet: platform · spend unknown")
    bare = aligned(products="P1")
    assert products.facts(only(bare, "P1"), bare) == "Assignments are not loaded"
