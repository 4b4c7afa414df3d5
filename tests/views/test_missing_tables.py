"""With a table missing or lost, no sentence says that something is not there."""

import pytest

from orgdata.views import explain, line_of_sight, products, purpose, review
from tests.builders import HALFWAY, aligned

TABLES = {
    "outcomes": "O1 name=Grow", "products": "P1 name=Till | P2 name=Box", "people": "H1 name=Ada",
    "assignments": "P1 H1 accountable", "contributions": "P1 O1 primary",
    "objectives": f"J1 title=More product_id=P1 outcome_id=O1 {HALFWAY}",
    "key_results": "K1 J1 baseline=0 target=10"}
LOST = {"contributions": "P9 O1", "objectives": [{"objective_id": "J1", "title": ""}],
        "key_results": "K1 J9", "assignments": "P9 H1 accountable"}
ABSENT = [*((table, None) for table in TABLES if table not in ("products", "people")),
          *LOST.items()]


def without(table, lost):
    return aligned(**{name: rows for name, rows in {**TABLES, table: lost}.items() if rows})


def steps(alignment):
    return line_of_sight.missing_steps(alignment, alignment.products.set_index(
        "product_id", drop=False).loc["P2"])


def test_with_all_tables_it_is_said_that_nothing_is_linked():
    alignment = aligned(**TABLES)
    assert products.without_outcome(alignment, "P2").startswith("None yet: ")
    assert steps(alignment) == ("No objective yet", "No outcome yet")
    assert purpose.generated(alignment, "P2").endswith("it is linked to no outcome.")
    said = explain.cell("P2", "O1", alignment).lines
    assert said == ["Box → Grow: no link is stated, and no objective leads there.",
                    "No PM is assigned today."]


@pytest.mark.parametrize(("table", "lost"), [
    pair for pair in ABSENT if pair[0] in ("contributions", "objectives", "outcomes")])
def test_a_product_without_a_link_is_not_said_to_have_none(table, lost):
    alignment = without(table, lost)
    assert "None yet" not in products.without_outcome(alignment, "P2")
    assert steps(alignment).outcome != "No outcome yet"
    assert purpose.generated(alignment, "P2") == (
        "The purpose of Box is not stated yet, and no outcome is known that it supports.")


@pytest.mark.parametrize(("table", "lost", "says"), [
    ("contributions", None, "Box → Grow: no objective leads there; links are not loaded."),
    ("contributions", LOST["contributions"],
     "Box → Grow: unknown whether they are linked; the only row of links was skipped."),
    ("objectives", None, "Box → Grow: no link is stated; objectives are not loaded."),
    ("objectives", LOST["objectives"],
     "Box → Grow: unknown whether they are linked; the only row of objectives was skipped.")])
def test_a_cell_without_a_link_says_what_was_not_looked_at(table, lost, says):
    assert explain.cell("P2", "O1", without(table, lost)).lines[0] == says


@pytest.mark.parametrize(("table", "lost", "says"), [
    ("assignments", None, "Assignments are not loaded."),
    ("objectives", None, "Whether an OKR backs the link is unknown: objectives are not loaded."),
    ("objectives", LOST["objectives"],
     "Whether an OKR backs the link is unknown: the only row of objectives was skipped."),
    ("key_results", None, "Objective “More”: key results are not loaded."),
    ("key_results", LOST["key_results"],
     "Objective “More”: the only row of key results was skipped.")])
def test_a_linked_cell_says_what_is_not_there(table, lost, says):
    said = explain.cell("P1", "O1", without(table, lost)).lines
    assert says in said
    assert not any(line.startswith(("No PM", "No objective")) for line in said)


def test_a_pm_of_a_skipped_row_is_not_said_to_be_nobody():
    said = explain.cell("P2", "O1", without("assignments", LOST["assignments"])).lines
    assert said[-1].startswith("Unknown")


@pytest.mark.parametrize(("table", "lost", "why"), [
    ("objectives", None, "objectives are not loaded"),
    ("key_results", None, "key results are not loaded"),
    ("key_results", LOST["key_results"], "the only row of key results was skipped")])
def test_what_is_on_track_is_unknown_for_the_reason_that_holds(table, lost, why):
    assert review.on_track(without(table, lost)) == f"What is on track is unknown: {why}."


def test_key_results_that_do_not_count_are_not_said_to_be_missing():
    assert review.on_track(aligned(**{**TABLES, "key_results": "K1 J1 status=cancelled"})) == (
        "What is on track is unknown: no key result counts in this cycle.")
