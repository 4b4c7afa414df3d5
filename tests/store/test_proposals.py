"""Proposals: kept beside the corrections, answered once, and nobody's once they are forgotten."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
import sqlalchemy as sa

from orgdata.edits import Edit
from orgdata.edits.answers import on_link, signed_by
from orgdata.store import CorrectedMeanwhile, Correction, EntryError, Proposal, StoreError
from orgdata.store.audit import signed_in_as
from orgdata.store.forgetting import SOMEBODY
from orgdata.store.proposals import MOST_OWN
from tests.store.builders import done, go_on, process

AT, DAY, LONG_AGO = datetime(2026, 11, 20, 9, tzinfo=UTC), date(2026, 11, 20), datetime(2000, 1, 1, tzinfo=UTC)
ADA, MAIL = "Ada Park", "ada@our.example"


def spend(text="9", product="P1", before="1"):
    return Edit("products", "set", {"product_id": product}, {"annual_spend": text}, {"annual_spend": before})


def proposal(*edits, **other):
    return Proposal("s", edits or (spend(),), "Change the spend: 9", ADA, MAIL, AT, "Ada Park says so",
                    "PRD01:P1", **other)


def test_it_waits_and_is_no_correction(store):
    before = store.revision()
    kept = store.propose(proposal())
    one, = store.proposals("s")
    assert one == kept
    assert one.answer is None
    assert one.author == "Ada Park (said to be)"
    assert (store.correction_log("s"), store.edits("s"), store.proposals("t")) == ([], (), [])
    assert store.revision() != before


def test_accepted_it_is_one_correction_of_who_accepts_it(store):
    link = on_link("P1", "O1", "confirmed", "H1", DAY)
    kept = store.propose(proposal(spend(), spend("2", "P2"), link))
    with signed_in_as("Kim"):
        store.accept(kept.id, "Kim", AT, DAY)
    made = store.corrections("s")
    assert [one.edit for one in made] == [
        spend(), spend("2", "P2"), signed_by(link, "Kim")]
    assert {(one.by, one.author, one.reason, one.proposed, one.gap_key, one.thing) for one in made} == {
        ("Kim", "Kim", "proposed by Ada Park", "proposed by Ada Park", "PRD01:P1", made[0].id)}
    assert [(one.answer, one.on) for one in made] == [(None, None), (None, None), ("confirmed", DAY)]
    one, = store.proposals("s")
    assert (one.answer, one.answered_by, one.answered_at, one.because) == ("accepted", "Kim", AT, None)


def test_taken_back_it_waits_no_more(store):
    kept, at = store.propose(proposal()), datetime(2026, 11, 21, 9, tzinfo=UTC)
    for address in ("", "eve@our.example"):
        with pytest.raises(EntryError, match="by who made it"):
            store.withdraw_proposal(kept.id, address, ADA, at)
    store.withdraw_proposal(kept.id, MAIL, ADA, at)
    one, = store.proposals("s")
    assert (one.answer, one.answered_by, one.answered_at) == ("withdrawn", ADA, at)
    with pytest.raises(EntryError, match="it is withdrawn already, says Ada Park"):
        store.accept(kept.id, "Kim", AT, DAY)
    store.accept(store.propose(proposal()).id, "Kim", AT, DAY)
    with pytest.raises(EntryError, match="it is accepted already"):
        store.withdraw_proposal(2, MAIL, ADA, at)


def test_declined_it_says_why_and_changes_nothing(store):
    kept = store.propose(proposal())
    for reason in ("", "  ", "x" * 2_001):
        with pytest.raises(EntryError, match="reason"):
            store.decline(kept.id, "Kim", AT, reason)
    store.decline(kept.id, "Kim", AT, "Not now")
    one, = store.proposals("s")
    assert (one.answer, one.answered_by, one.because) == ("declined", "Kim", "Not now")
    assert store.correction_log("s") == []


def test_it_is_answered_once(store):
    first, second = store.propose(proposal()), store.propose(proposal(spend("5", "P2")))
    store.accept(first.id, "Kim", AT, DAY)
    store.decline(second.id, "Kim", AT, "No")
    for one, said in ((first, "accepted"), (second, "declined")):
        with pytest.raises(EntryError, match=f"it is {said} already, says Kim"):
            store.accept(one.id, "Lee", AT, DAY)
        with pytest.raises(EntryError, match=f"it is {said} already, says Kim"):
            store.decline(one.id, "Lee", AT, "No")
    with pytest.raises(EntryError, match="there is no proposal 99"):
        store.accept(99, "Lee", AT, DAY)
    assert [one.by for one in store.correction_log("s")] == ["Kim"]


ACCEPT = """
import sys
from datetime import UTC, date, datetime
from orgdata.store import EntryError, Store
with Store.open(sys.argv[1]) as store:
    input()
    try:
        store.accept(1, sys.argv[2], datetime.now(UTC), date(2026, 11, 20))
        print("done")
    except EntryError as error:
        print(error)
"""


def test_of_two_at_once_one_is_refused(store, address):
    store.propose(proposal())
    both = [process(ACCEPT, address, name) for name in ("Kim", "Lee")]
    go_on(*both)
    said = sorted(done(one).strip() for one in both)
    winner, = store.correction_log("s")
    assert said == ["done", f"it is accepted already, says {winner.by}"]


def test_nobody_accepts_over_what_was_corrected_since(store):
    made, = store.correct([Correction("s", spend("3"), "Lee", AT)])
    kept = store.propose(proposal(spend(before="3"), seen=made.id))
    later, = store.correct([Correction("s", spend("4"), "Lee", AT)])
    with pytest.raises(CorrectedMeanwhile, match="Lee corrected the same meanwhile"):
        store.accept(kept.id, "Kim", AT, DAY)
    assert (store.proposals("s")[0].answer, len(store.correction_log("s"))) == (None, 2)
    store.undo(later.id, "Lee", AT)
    store.accept(kept.id, "Kim", AT, DAY)
    assert [one.edit for one in store.corrections("s")] == [spend("3"), spend(before="3")]


def test_what_makes_no_sense_is_refused(store):
    store.propose(proposal())
    with pytest.raises(EntryError, match="you proposed the same already"):
        store.propose(proposal())
    for one in (Proposal("s", (), "x", ADA, MAIL, AT), Proposal("s", (spend(),), "x", " ", MAIL, AT),
                proposal(Edit("products", "set", {"product_id": "P1"}, {"nothing": "1"}))):
        with pytest.raises(EntryError):
            store.propose(one)
    assert len(store.proposals("s")) == 1


def test_so_many_wait_at_most(store, monkeypatch):
    monkeypatch.setattr("orgdata.store.proposals.MOST", 2)
    first, _ = store.propose(proposal()), store.propose(proposal(spend("8")))
    with pytest.raises(EntryError, match="2 proposals wait already"):
        store.propose(proposal(spend("7")))
    store.decline(first.id, "Kim", AT, "No")
    store.propose(proposal(spend("7")))


def test_nobody_fills_the_list_alone(store, monkeypatch):
    """What one person proposes leaves room for what others do."""
    monkeypatch.setattr("orgdata.store.proposals.MOST_OF_ONE", 2)
    first, _ = store.propose(proposal()), store.propose(proposal(spend("8")))
    with pytest.raises(EntryError, match="2 of your proposals wait already"):
        store.propose(proposal(spend("7")))
    store.propose(Proposal("s", (spend("7"),), "x", "Kim", "kim@our.example", AT))
    store.withdraw_proposal(first.id, MAIL, ADA, AT)
    store.propose(proposal(spend("7")))


def test_it_is_noted(store):
    with signed_in_as(ADA):
        first, second = store.propose(proposal()), store.propose(proposal(spend("8")))
    with signed_in_as("Kim"):
        store.accept(first.id, "Kim", AT, DAY)
        store.decline(second.id, "Kim", AT, "No")
    assert [(one.by, one.what) for one in store.audit(LONG_AGO)][::-1] == [
        (ADA, "proposal made PRD01:P1"), (ADA, "proposal made PRD01:P1"),
        ("Kim", "correction products set P1"), ("Kim", "proposal 1 accepted"),
        ("Kim", "proposal 2 declined")]
    assert store.proposals("s")[0].author == ADA


def test_what_it_confirms_is_confirmed_by_who_accepts_it(store):
    signed = Edit("contributions", "set", {"product_id": "P1", "outcome_id": "O1"},
                  {"confirmed_by": ADA, "confirmed_on": "2026-11-20"}, answer=True)
    store.accept(store.propose(proposal(signed)).id, "Kim", AT, DAY)
    assert store.corrections("s")[0].edit.values == {"confirmed_by": "Kim", "confirmed_on": "2026-11-20"}


@pytest.mark.parametrize("said", ["ada PARK", "ADA@our.example"])
def test_forgotten_it_is_nobodys(store, said):
    signed = Edit("contributions", "set", {"product_id": "P1", "outcome_id": "O1"},
                  {"confirmed_by": said, "confirmed_on": "2026-11-20"}, answer=True)
    kept = store.propose(proposal(spend(), signed))
    store.propose(Proposal("s", (spend("7"),), "x", "Ada Parker", "other@our.example", AT))
    store.accept(kept.id, said, AT, DAY)
    found = store.forget(said)
    one, other = store.proposals("s")
    assert (one.by, one.address, one.answered_by) == (SOMEBODY, SOMEBODY, SOMEBODY)
    assert one.edits[0] == spend()
    assert one.edits[1].values["confirmed_by"] == SOMEBODY
    assert (other.by, other.address) == ("Ada Parker", "other@our.example")
    assert (found["orgdata_proposals"], found["orgdata_proposal_answers"], found.get("left")) == (1, 1, None)
    if said == "ada PARK":
        assert one.reason == f"{SOMEBODY} says so"
        assert store.corrections("s")[0].reason == f"proposed by {SOMEBODY}"


def test_who_stands_in_a_cell_of_a_proposal_is_counted_as_left(store):
    store.propose(proposal(Edit.adding("assignments", {"product_id": "P1", "person_id": "Kim", "role": "deputy"})))
    assert store.forget("Kim") == {"left": 1}


@pytest.mark.parametrize("edits", ['{"edits": []}', '{"edits": [1]}', '{}', '{"edits": [{"table": "x"}]}'])
def test_what_cannot_be_understood_is_left_out_and_counted(store, address, edits):
    kept = store.propose(proposal())
    other = store.propose(proposal(spend("5")))
    engine = sa.create_engine(address)
    with engine.begin() as connection:
        connection.execute(sa.text("update orgdata_proposals set edits = :edits where id = 1"), {"edits": edits})
    assert store.proposals("s") == [other]
    assert store.left_out("s") == ["1 proposal"]
    with pytest.raises(EntryError, match="no proposal 1"):
        store.accept(kept.id, "Kim", AT, DAY)
    assert store.forget("Nobody") == {}
    with engine.begin() as connection:
        connection.execute(sa.text(
            "insert into orgdata_proposal_answers (proposal_id, answer, \"by\", \"at\") "
            "values (2, 'postponed', 'Kim', '2026-11-20 09:00:00')"))
    assert store.proposals("s") == []  # it was answered, if in words that are not known here
    assert store.left_out("s") == ["1 proposal", "1 answer on a proposal"]
    with pytest.raises((EntryError, StoreError)):
        store.accept(other.id, "Kim", AT, DAY)
    assert store.correction_log("s") == []
    engine.dispose()


def test_shown_are_those_that_wait_and_the_last_of_ones_own(store):
    """However many somebody made and took back: nobody reads them all at each page."""
    mine, theirs = "ada@our.example", "kim@our.example"
    made = []
    for number in range(MOST_OWN + 3):
        one = store.propose(replace(proposal(spend(str(number))), address=mine))
        store.withdraw_proposal(one.id, mine, "Ada", AT)
        made.append(one.id)
    waits = store.propose(replace(proposal(spend("99")), address=theirs))
    assert [one.id for one in store.proposals_shown_to("s", mine)] == [*made[3:], waits.id]
    assert {one.answer for one in store.proposals_shown_to("s", mine)} == {"withdrawn", None}
    for other in (theirs, ""):
        assert [one.id for one in store.proposals_shown_to("s", other)] == [waits.id]
    assert store.proposals_shown_to("other", mine) == []
