"""What is said of a finding that was not judged, and of the rows that leave it open."""

from dataclasses import replace

import pytest

from orgdata.gaps import find_gaps
from orgdata.gaps.rule import IDS, as_not_judged
from orgdata.views import not_judged
from orgdata.views.explain import explain
from orgdata.views.gaps import count_sentence
from orgdata.views.headlines import headlines
from tests.builders import aligned


def unjudged(key, because, **ids):
    return (key, key.partition(":")[0], *(ids.get(name) for name in IDS), because)


@pytest.fixture(scope="module")
def support():
    """Support has a row in assignments that names nobody who is known."""
    measured = aligned(products="P1 name=Support | P2 name=Pay", people="H1",
                       assignments="P2 H1 accountable | P1 H2 accountable", outcomes="O1 name=Trust",
                       contributions="P9 O1")
    gaps = replace(find_gaps(measured), not_judged=as_not_judged([
        unjudged("OWN01:P1", (("assignments", 3),), product_id="P1"),
        unjudged("PRD01:P1", (("contributions", 2), ("assignments", 3)), product_id="P1"),
        unjudged("OUT01:O1", (("contributions", None),), outcome_id="O1")]))
    return gaps, measured


def test_a_finding_names_what_is_left_open_and_the_row_to_mend(support):
    rows = not_judged.findings(*support)
    assert rows["subject"].tolist() == ["Trust", "Support", "Support"]
    assert rows["because"].iloc[1] == "row 3 of assignments names H2, which is not in people"
    assert rows["because"].iloc[0] == "the only row of links was skipped"
    said = not_judged.sentences(*support)[1]
    assert said.startswith("Support: not judged ")
    assert said.endswith(".")


def test_what_was_lost_is_said_with_the_row_and_its_fault():
    """The rules themselves, over several kinds of faults."""
    measured = aligned(
        products="P1 name=Support | P2 name=Pay", people="H1", outcomes="O1 name=Trust",
        assignments="P2 H1 accountable | P1 'H1, H2' accountable", contributions="P2 O1 primary",
        objectives="J1 title=Goal product_id=P2 outcome_id=O1 end_date=soon")
    assert not_judged.sentences(find_gaps(measured), measured) == [
        "Support: not judged whether it has a PM; row 3 of assignments names H1, H2, and H2 is not "
        "in people.",
        "Pay: not judged whether it has an objective; row 2 of objectives: end date \"soon\", expected a "
        "date such as 2026-11-20."]


def test_a_row_says_what_it_leaves_open(support):
    rows = not_judged.by_row(*support)
    assert rows[["table", "row"]].astype(object).where(rows[["table", "row"]].notna(), None
                                                       ).values.tolist() == [
        ["assignments", 3], ["contributions", 2], ["contributions", None]]
    assert rows["left_open"].iloc[0].count("Support: ") == 2
    assert rows["left_open"].iloc[2].startswith("Trust: ")


def test_nothing_is_said_where_all_was_judged():
    measured = aligned(products="P1")
    gaps = find_gaps(measured)
    assert not_judged.sentences(gaps, measured) == []
    assert not len(not_judged.findings(gaps, measured))
    assert not len(not_judged.by_row(gaps, measured))


def test_what_was_not_judged_is_counted_beside_the_gaps():
    measured = aligned(products="P1 | P2", people="H1", assignments="P1 H2 pm | P2 H1 pm")
    gaps = find_gaps(measured)
    assert len(gaps.not_judged) == 1
    count, = (one for one in headlines(measured, gaps) if one.key == "gaps")
    assert count_sentence(gaps.rows, gaps, 1) == "0 gaps. 1 more could not be judged."
    assert count.formula.endswith("0 low. 1 more finding could not be judged, since rows that may "
                                  "hold what seems to be missing were skipped.")


def test_an_outcome_says_why_its_coverage_is_unknown():
    measured = aligned(products="P1", outcomes="O1 name=Trust | O2", contributions="P1 O2 | P9 O1")
    assert explain("O1", measured, find_gaps(measured)).lines[0] == (
        "Unknown whether “Trust” is covered: row 3 of links names P9, which is not in products.")
