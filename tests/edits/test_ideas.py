"""Ideas beside the verbs: what a form for one comes to."""

import pytest

from orgdata.edits import Edit, EditError
from orgdata.edits.actions import ACTIONS
from orgdata.edits.now import Now
from tests.builders import DAY, raw_source

NOW = Now(raw_source(outcomes="O1", ideas="B1 O1 effect_low=2 effort_likely=4 | B2 O1 stage=shipped"), DAY)
BLANK = dict.fromkeys((ask.name for ask in ACTIONS["new_idea"]["add"].asks), "")


def test_only_what_was_given_is_set():
    edits = ACTIONS["idea"]["expected"].edits(NOW, {"idea_id": "B1"}, {**BLANK, "effort_likely": "6"} | {"name": ""})
    assert edits == [Edit("ideas", "set", {"idea_id": "B1"}, {"effort_likely": "6"}, {"effort_likely": "4"})]


def test_a_range_is_compared_with_what_stands_there():
    with pytest.raises(EditError, match=r"least effect \(2\) is above likely effect \(1\)"):
        ACTIONS["idea"]["expected"].edits(NOW, {"idea_id": "B1"}, {"effect_likely": "1"})


@pytest.mark.parametrize(("thing", "of", "given"), [
    ("new_idea", {"outcome_id": "O1"}, {}), ("idea_for_any", {}, {"outcome_id": "O1"})])
def test_an_idea_is_added_for_the_outcome_shown_or_chosen(thing, of, given):
    edit, = ACTIONS[thing]["add"].edits(NOW, of, {**BLANK, "name": "Cash", **given})
    assert edit.row == {"idea_id": "new-1", "name": "Cash", "outcome_id": "O1", "proposed_on": "2026-11-20"}


def test_an_idea_is_dropped_once():
    edit, = ACTIONS["idea"]["drop"].edits(NOW, {"idea_id": "B1"}, {})
    assert edit.values == {"stage": "dropped"}
    with pytest.raises(EditError, match="is shipped already"):
        ACTIONS["idea"]["drop"].edits(NOW, {"idea_id": "B2"}, {})
