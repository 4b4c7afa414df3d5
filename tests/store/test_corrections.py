"""Corrections in the store: added by several at once, undone, and never lost."""

from dataclasses import replace
from datetime import timedelta

import pytest

from orgdata.edits import Edit
from orgdata.edits.places import by_ids
from orgdata.edits.scenario import Scenario, Step
from orgdata.store import (
    CorrectedMeanwhile,
    Correction,
    Decision,
    EntryError,
    GapChange,
    Proposal,
    Store,
    corrections,
)
from orgdata.store.corrections import latest
from tests.builders import loaded
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


@pytest.mark.parametrize(("changed", "answered"), ANSWERS)
def test_what_was_answered_is_not_undone_under_the_answer(store, changed, answered):
    """Nobody is held to what they never saw: the words that they agreed to stay while they do."""
    theirs, = store.correct([replace(spend("8"), edit=changed, by="Bo")])
    answer, = store.correct([replace(spend("9"), edit=answered)])
    with pytest.raises(EntryError, match="Ada answered it since; undo that first"):
        store.undo(theirs.id, "Bo", AT)
    store.undo(answer.id, "Ada", AT)
    store.undo(theirs.id, "Bo", AT)
    assert store.edits(SOURCE) == ()


@pytest.mark.parametrize(("changed", "answered"), ANSWERS)
def test_what_is_undone_while_it_is_answered_is_asked_about(store, changed, answered):
    theirs, = store.correct([replace(spend("8"), edit=changed, by="Bo")])
    seen = latest(store.correction_log(SOURCE))
    store.undo(theirs.id, "Bo", AT)
    answer = replace(spend("9"), edit=answered)
    with pytest.raises(CorrectedMeanwhile, match="Bo undid a correction of the same meanwhile") as error:
        store.correct([answer], *seen)
    assert error.value.theirs.edit == changed
    store.correct([replace(spend("7"), edit=replace(answered, key=dict.fromkeys(answered.key, "X2")))], *seen)
    store.correct([answer], *latest(store.correction_log(SOURCE)))


def test_rows_are_the_same_by_their_ids_however_the_source_writes_them(store):
    """An answer names ids; what else is done names what stands in the source."""
    changed, answered = ANSWERS[1]
    row_of = by_ids(loaded(products="P1 name=Checkout", outcomes="O1 name=Grow"))
    named = replace(changed, key={"product_id": "checkout", "outcome_id": "Grow"})
    theirs, = store.correct([replace(spend("8"), edit=named, by="Bo")])
    store.correct([replace(spend("8"), edit=replace(named, key=dict.fromkeys(named.key, "Gone")))])
    answer = replace(spend("9"), edit=answered)
    with pytest.raises(CorrectedMeanwhile):
        store.correct([answer], 0, 0, row_of)
    store.correct([answer], theirs.id, 0, row_of)
    with pytest.raises(EntryError, match="Ada answered it since"):
        store.undo(theirs.id, "Bo", AT, row_of=row_of)


CHECK_IN = Edit.adding("check_ins", {"kr_id": "K1", "date": "2026-11-20", "value": "50"})


def test_a_row_that_was_added_is_one_place_with_its_cells(store):
    """Two check in on one key result: the second finds the row that the first one added."""
    theirs, = store.correct([replace(spend("8"), edit=CHECK_IN, by="Bo")], 0)
    mine = replace(spend("9"), edit=Edit("check_ins", "set", CHECK_IN.key, {"value": "13"}, {"value": "50"}))
    with pytest.raises(CorrectedMeanwhile):
        store.correct([mine], 0)
    store.correct([mine], theirs.id)
    with pytest.raises(EntryError, match="Ada corrected the same later; undo that first"):
        store.undo(theirs.id, "Bo", AT)


def test_what_was_added_is_not_undone_under_what_was_written_for_it(store):
    goal, = store.correct([replace(spend("8"), edit=Edit.adding(
        "objectives", {"objective_id": "new-1", "title": "Go"}), by="Bo")])
    store.correct([replace(spend("9"), edit=Edit.adding(
        "key_results", {"kr_id": "new-1", "objective_id": "new-1", "title": "Fast"}))])
    with pytest.raises(EntryError, match="Ada wrote something under it later; undo that first"):
        store.undo(goal.id, "Bo", AT)


def test_one_person_leaves_the_others_room_to_correct(store, monkeypatch):
    monkeypatch.setattr("orgdata.store.corrections.MOST", 5)
    monkeypatch.setattr("orgdata.store.corrections.MOST_OF_ONE", 2)
    first, _ = store.correct([spend("1", product="P1"), spend("1", product="P2")])
    with pytest.raises(EntryError, match="2 corrections by Ada count; of one person at most 2 are kept"):
        store.correct([spend("1", product="P3")])
    store.correct([spend("1", by="Bo", product="P3")])
    store.undo(first.id, "Ada", AT)
    store.correct([spend("1", product="P1")])


def test_every_id_that_was_given_here_is_known_also_of_what_is_gone(store):
    def goal(number):
        return Edit.adding("objectives", {"objective_id": f"new-{number}", "title": "Go"})
    one, _ = store.correct([replace(spend("8"), edit=goal(1)), replace(spend("8"), edit=goal(2), source="other")])
    store.undo(one.id, "Bo", AT)
    store.propose(Proposal(SOURCE, (goal(3),), "A goal", "Ada", "ada@our.example", AT))
    store.add_scenario(SOURCE, Scenario("Try", (Step("", {}, (goal(4),)),)), "Ada", AT)
    store.change_gap(GapChange(SOURCE, "OBJ03:new-5", "acknowledged", "Ada", AT, reason="new"))
    store.decide(Decision(SOURCE, "Go", AT.date(), "Ada", AT, gap_key="OBJ03:new-6"))
    assert store.given_ids(SOURCE) == {f"new-{number}" for number in (1, 3, 4, 5, 6)}


def test_what_is_undone_while_the_log_is_read_is_read_the_next_time(store, address, monkeypatch):
    if address.startswith("sqlite"):
        pytest.skip("nobody writes while a SQLite store is read")
    made = store.correct([spend("9"), spend("8", product="P2")])
    read, undone = corrections.understood, []

    def read_while_another_undoes(connection, table, query):
        if table is corrections.correction_undos and not undone:
            undone.append(True)
            with Store.open(address) as other:
                other.undo(made[1].id, "Ada", AT)
        return read(connection, table, query)

    monkeypatch.setattr(corrections, "understood", read_while_another_undoes)
    assert made[0].id in [one.id for one in store.standing_log(SOURCE)]
    assert undone
    assert latest(store.standing_log(SOURCE))[1]  # the undo is there now
