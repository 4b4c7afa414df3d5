"""What is kept of a source is bounded by its entries and by its text, of one person and of all."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
import sqlalchemy as sa

from orgdata.edits import Edit
from orgdata.edits.scenario import Scenario, Step
from orgdata.store import (
    Correction,
    Decision,
    EntryError,
    GapChange,
    Proposal,
    corrections,
    proposals,
    reviews,
    scenarios,
)
from orgdata.store.corrections import latest
from orgdata.store.room import Room

AT = datetime(2026, 11, 20, 9, tzinfo=UTC)
NOTE = Edit("check_ins", "add", {"kr_id": "K1", "date": "2026-11-20"}, {"note": "\U0001f600" * 5_000})
SHORT = Edit("products", "set", {"product_id": "P1"}, {"fte": "1"})
ROOM = Room(1_000, 4 * 100_000)  # one long note fits, two do not: an emoji is twelve signs as stored


def note(day):
    return replace(NOTE, key={"kr_id": "K1", "date": f"2026-11-{day}"})


def propose(store, edit, number=0):
    return store.propose(Proposal("s", (edit,), "It", "Ada", "ada@x", AT, reason=str(number)))


ADDED = {
    "corrections": lambda store, day: store.correct([Correction("s", note(day), "Ada", AT)]),
    "scenarios": lambda store, day: store.add_scenario("s", Scenario("A", (Step("", {}, (note(day),)),)), "Ada", AT),
    "proposals": lambda store, day: propose(store, note(day)),
    "states of gaps": lambda store, day: store.change_gap(GapChange(
        "s", "K", "planned", "Ada", AT, reason="x" * 2_000)),
    "decisions": lambda store, day: store.decide(Decision("s", f"{day} {'x' * 1_900}", AT.date(), "Ada", AT))}


def test_changes_of_one_decision_are_bounded_too(store, monkeypatch):
    made = store.decide(Decision("s", "Go", AT.date(), "Ada", AT))
    monkeypatch.setattr(reviews, "ENTRIES", Room(8, 1 << 20))
    for _ in range(2):
        store.move(made.id, "Bo", None, "Ada", AT)
    with pytest.raises(EntryError, match="there would be 3 changes of decisions by Ada; at most 2 are kept"):
        store.move(made.id, "Cy", None, "Ada", AT)


@pytest.mark.parametrize("what", ADDED)
def test_texts_of_one_person_are_bounded_together(store, what, monkeypatch):
    for room in (corrections, proposals, reviews, scenarios):
        size = 4 * 3_000 if room is reviews else ROOM.size
        monkeypatch.setattr(room, "ENTRIES", Room(1_000, size))
        monkeypatch.setattr(room, "LOG", Room(1_000, size), raising=False)
    ADDED[what](store, 11)
    kept = store.revision()
    with pytest.raises(EntryError, match=r"by Ada would take .* are kept\. Write less"):
        ADDED[what](store, 12)
    assert store.revision() == kept, "nothing of it"
    store.correct([Correction("s", SHORT, "Bo", AT)])  # others go on


def test_what_is_undone_gives_no_room_without_end_nor_is_it_read_by_pages(store, monkeypatch):
    monkeypatch.setattr(corrections, "LOG", Room(12, 64 << 20))
    for number in range(3):
        one, = store.correct([Correction("s", replace(SHORT, values={"fte": str(number)}), "Ada", AT)])
        store.undo(one.id, "Ada", AT)
    with pytest.raises(EntryError, match="4 corrections, undone or not, by Ada; at most 3"):
        store.correct([Correction("s", SHORT, "Ada", AT)])
    other, = store.correct([Correction("s", SHORT, "Bo", AT)])
    log = store.standing_log("s")
    assert [made.id for made in log] == [one.id, other.id]
    assert latest(log) == latest(store.correction_log("s"))
    assert store.corrections("s") == [other]


def rows_read(store, query):
    """How many rows the database gives for a query to a store."""
    read = []
    def count(_connection, _statement, _many, _one, _options, result):
        fetch = result.mappings
        def mappings():
            rows = fetch().all()
            read.extend(rows)
            return iter(rows)
        result.mappings = mappings
    sa.event.listen(store._engine, "after_execute", count)
    try:
        query()
    finally:
        sa.event.remove(store._engine, "after_execute", count)
    return len(read)


def test_of_the_log_of_a_gap_only_the_last_state_is_read(store):
    for key in ("K", "L"):
        for number in range(5):
            store.change_gap(GapChange("s", key, "planned", "Ada", AT, reason=str(number)))
    assert rows_read(store, lambda: store.states("s")) == 2
    assert {key: one.reason for key, one in store.states("s").items()} == {"K": "4", "L": "4"}
    assert rows_read(store, lambda: store.change_gap(GapChange("s", "K", "open", "Bo", AT))) == 1
    assert store.history("s", date(2026, 11, 20)).states["key"].tolist() == ["K", "L"]


def test_of_scenarios_only_the_one_that_is_asked_for_is_read(store):
    kept = [store.add_scenario("s", Scenario(name, (Step("", {}, (SHORT,)),)), "Ada", AT) for name in "ABC"]
    assert rows_read(store, lambda: store.scenario("s", kept[1].token)) == 1
    assert store.scenario("s", kept[1].token) == kept[1]
    assert (store.scenario("t", kept[1].token), store.scenario("s", "x")) == (None, None)
