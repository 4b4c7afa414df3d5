"""Corrections in the store: added by several at once, undone, and never lost."""

from dataclasses import replace
from datetime import timedelta

import pytest

from orgdata.edits import Edit
from orgdata.store import CorrectedMeanwhile, Correction, EntryError, Store
from tests.store.builders import AT, SOURCE, done, go_on, process

ADD = Edit.adding("assignments", {"product_id": "P1", "person_id": "H1", "role": "accountable"})
MANY = 15
WRITES = f"""
import sys
from orgdata.edits import Edit
from orgdata.store import Correction, Store
from tests.store.builders import AT, SOURCE
who = sys.argv[2]
with Store.open(sys.argv[1]) as store:
    print("ready", flush=True)
    sys.stdin.readline()
    for number in range({MANY}):
        for cell in (f"P{{number}}", f"{{who}}{{number}}"):
            edit = Edit("products", "set", {{"product_id": cell}}, {{"fte": "1"}})
            store.correct([Correction(SOURCE, edit, who, AT)], 0)
"""


def spend(text, before=None, by="Ada", product="P1"):
    return Correction(SOURCE, Edit("products", "set", {"product_id": product},
                                   {"annual_spend": text}, before), by, AT, "why", "OUT05:O1")


def test_corrections_come_back_as_they_were_made(store):
    made = [spend("7", {"annual_spend": "5"}), Correction(SOURCE, ADD, "Bo", AT)]
    added = store.correct(made)
    assert [one.id for one in added] == [1, 2]
    assert store.corrections(SOURCE) == store.correction_log(SOURCE) == added
    assert [(one.edit, one.by, one.at, one.reason, one.gap_key) for one in added] == [
        (one.edit, one.by, one.at, one.reason, one.gap_key) for one in made]
    assert store.edits(SOURCE) == tuple(one.edit for one in made)
    assert store.corrections("another") == []


def test_an_undone_one_stays_in_the_list_and_counts_no_longer(store):
    first, second = store.correct([spend("7"), spend("8", product="P2")])
    before = store.revision()
    store.undo(first.id, "Bo", AT + timedelta(days=1), "wrong")
    assert store.corrections(SOURCE) == [second]
    assert [one.undone_by for one in store.correction_log(SOURCE)] == ["Bo", None]
    assert store.revision() != before
    for number, message in ((first.id, "it is undone already, says Bo"), (9, "no correction 9")):
        with pytest.raises(EntryError, match=message):
            store.undo(number, "Ada", AT)


def test_one_that_another_builds_on_is_undone_after_it(store):
    (first,), (second,) = store.correct([spend("7")]), store.correct([spend("8", by="Bo")])
    with pytest.raises(EntryError, match="Bo corrected the same later; undo that first"):
        store.undo(first.id, "Ada", AT)
    store.undo(second.id, "Ada", AT)
    store.undo(first.id, "Ada", AT)
    assert store.edits(SOURCE) == ()


def test_the_same_cell_corrected_since_a_form_was_filled_is_asked_about(store):
    theirs, = store.correct([spend("7", by="Bo")], 0)
    with pytest.raises(CorrectedMeanwhile, match="Bo corrected the same meanwhile") as met:
        store.correct([spend("9", product="P2"), spend("8")], 0)
    assert met.value.theirs == theirs
    assert store.corrections(SOURCE) == [theirs], "all or none"
    assert store.correct([spend("9", product="P2"), spend("8")], theirs.id)


def test_the_same_correction_a_second_time_is_one(store):
    store.correct([spend("7")], 0)
    assert store.correct([spend("7", by="Bo")], 0) == []
    assert len(store.corrections(SOURCE)) == 1


@pytest.mark.parametrize(("made", "message"), [
    (Correction(SOURCE, Edit("teams", "set", {"id": "1"}, {"name": "x"}), "Ada", AT), "no table"),
    (Correction(SOURCE, ADD, "", AT), "say who you are"),
    (Correction(SOURCE, ADD, "Ada", AT, reason="x" * 2_001), "a reason has at most 2,000")])
def test_what_is_no_correction_is_refused(store, made, message):
    with pytest.raises(EntryError, match=message):
        store.correct([made])
    assert store.correction_log(SOURCE) == []


def test_two_processes_that_correct_at_once_lose_nothing_and_double_nothing(store, address):
    together = [process(WRITES, address, who) for who in ("Ada", "Bo")]
    for one in together:
        assert one.stdout.readline() == "ready\n"
    go_on(*together)
    for one in together:
        done(one)
    cells = [one.edit.key["product_id"] for one in store.corrections(SOURCE)]
    assert sorted(cells) == sorted(f"{who}{n}" for who in ("P", "Ada", "Bo") for n in range(MANY))


def test_one_of_a_newer_version_is_left_out_and_said(store, address):
    store.correct([spend("7"), spend("8", product="P2")])
    from tests.sources.databases import run
    run(address, "update orgdata_corrections set \"table\" = 'teams' where id = 1")
    with Store.open(address) as again:
        assert [one.edit.key for one in again.corrections(SOURCE)] == [{"product_id": "P2"}]
        assert again.left_out(SOURCE) == ["1 correction"]


ANSWERS = [
    (Edit("expectations", "set", {"expectation_id": "X1"}, {"what": "More"}),
     Edit("expectations", "set", {"expectation_id": "X1"}, {"state": "accepted", "answered_on": "2026-11-20"})),
    (Edit("contributions", "set", {"product_id": "P1", "outcome_id": "O1"}, {"strength": "primary"}),
     Edit("contributions", "set", {"product_id": "P1", "outcome_id": "O1"}, {"confirmed_on": "2026-11-20"},
          answer=True))]


@pytest.mark.parametrize(("changed", "answered"), ANSWERS)
def test_an_answer_is_of_what_it_was_given_to(store, changed, answered):
    """Whoever changes what is asked while somebody answers has no answer to what that says now."""
    seen = store.correct([spend("7")])[0].id
    store.correct([replace(spend("8"), edit=changed, by="Bo")])
    answer = replace(spend("9"), edit=answered)
    with pytest.raises(CorrectedMeanwhile) as error:
        store.correct([answer], seen)
    assert error.value.theirs.edit == changed
    for _ in range(2):  # it was shown, and a second click is none
        store.correct([answer], error.value.theirs.id)
    assert [one.edit for one in store.corrections(SOURCE)][1:] == [changed, answered]


def test_other_answers_are_in_no_ones_way(store):
    changed, answered = ANSWERS[0]
    other = replace(changed, key={"expectation_id": "X2"})
    store.correct([replace(spend("8"), edit=other, by="Bo")])
    store.correct([replace(spend("9"), edit=answered)], 0)
    assert len(store.corrections(SOURCE)) == 2
