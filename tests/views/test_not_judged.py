"""What is said of a finding that was not judged, and of the rows that leave it open."""

from dataclasses import replace

import pytest

from orgdata.gaps import find_gaps
from orgdata.gaps.rule import IDS, as_not_judged
from orgdata.views import not_judged
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
    assert rows["because"].iloc[1].startswith("row 3 of assignments: ")
    assert "H2" in rows["because"].iloc[1]
    assert rows["because"].iloc[0] == "the only row of links was set aside"
    said = not_judged.sentences(*support)[1]
    assert said.startswith("Support: not judged ")
    assert said.endswith(".")


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
