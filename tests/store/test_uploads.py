"""Uploaded files saved under a name: what comes back, what is refused, and who was first."""

import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa

from orgdata.store import (
    Decision,
    EntryError,
    GapChange,
    SavedSource,
    Store,
    StoreError,
    saved_source_key,
    uploads,
)
from orgdata.store.tables import saved_sources
from tests.store.builders import AT, answer, day, take

MINE = SavedSource("Mine", {"a.csv": b"x", "päron.xlsx": bytes(range(256))}, "[tables]\n", "Ada", AT)
LATER = replace(MINE, files={"b.csv": b"y"}, at=AT + timedelta(days=7))


def sizes(store):
    with store._engine.connect() as connection:
        return connection.execute(sa.select(sa.func.length(saved_sources.c.files)).order_by(
            saved_sources.c.id)).scalars().all()


def test_what_is_kept_comes_back_whole(store):
    before = store.revision()
    kept = store.save_source(MINE)
    assert replace(kept, id=None) == MINE
    assert store.source("Mine") == kept
    assert store.source_names() == {"Mine": kept.id}
    assert store.revision() != before


def test_the_last_entry_of_a_name_counts_and_earlier_files_are_gone(store):
    first = store.save_source(MINE)
    store.save_source(replace(MINE, name="apart"))
    later = store.save_source(LATER, replaces=first.id)
    assert store.source("Mine") == later
    assert list(store.source_names()) == ["apart", "Mine"]
    assert [size > 0 for size in sizes(store)] == [False, True, True]


def test_the_settings_of_each_source_are_there_without_its_files_the_latest_first(store):
    first = store.save_source(MINE)
    store.save_source(replace(MINE, name="gone", settings="as_of = 1\n"))
    store.save_source(replace(MINE, name="apart", settings="[same]\n"))
    store.delete_source("gone", store.source("gone").id, "Bo", AT)
    assert list(store.source_settings().items()) == [("apart", "[same]\n"), ("Mine", "[tables]\n")]
    store.save_source(LATER, replaces=first.id)
    assert list(store.source_settings()) == ["Mine", "apart"]


def test_what_is_deleted_is_gone(store):
    kept = store.save_source(MINE)
    store.delete_source("Mine", kept.id, "Bo", AT)
    assert store.source_names() == {}
    assert sizes(store) == [0, 0]
    with pytest.raises(StoreError, match="keeps nothing under the name 'Mine'"):
        store.source("Mine")


def test_whoever_saves_another_source_of_that_name_sees_nothing_of_the_one_before(store):
    kept, key = store.save_source(MINE), saved_source_key("Mine")
    take(store, day(13), source=key, products="P1", objectives="J1", key_results="K1 J1 target=1")
    other = take(store, day(13), source="other", products="P1").snapshot
    store.change_gap(GapChange(key, "OUT01:O1", "planned", "Ada", AT))
    store.decide(Decision(key, "Ask", day(13), "Ada", AT))
    store.correct([answer("P1", "confirmed", "Ada", day(13), "O1", source=key)])
    store.delete_source("Mine", kept.id, "Bo", AT)
    store.save_source(MINE)
    assert (store.snapshots(key), store.states(key), store.decisions(key)) == ([], {}, [])
    assert store.correction_log(key) == []
    assert store.snapshots("other") == [other]
    aside = f"deleted {kept.id + 1}:{key}"
    assert [one.text for one in store.decisions(aside)] == ["Ask"]
    assert list(store.states(aside)) == ["OUT01:O1"]
    with pytest.raises(StoreError, match="has no snapshot 1"):
        store.portfolio(1)


def both(*calls):
    """Run calls at once, in threads; gives their results, None for each that was refused."""
    start = threading.Barrier(len(calls))

    def run(call):
        start.wait()
        with suppress(EntryError):
            return call()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))


@pytest.fixture
def together(store, monkeypatch):
    """Savers that all look before any of them writes, as far as the store lets them."""
    looked, look = threading.Barrier(4), uploads._sizes

    def slowly(connection):
        found = look(connection)
        with suppress(threading.BrokenBarrierError):  # only one of them got so far
            looked.wait(0.3)
        return found

    monkeypatch.setattr(uploads, "_sizes", slowly)
    return store


def test_of_several_that_save_a_new_name_at_once_one_has_it_and_the_others_are_told(together):
    saved = both(*(lambda who=who: together.save_source(replace(
        MINE, by=who, files={f"{who}.csv": b"x"})) for who in ("Ada", "Bo", "Cy", "Di")))
    (kept,) = [one for one in saved if one]
    assert together.source("Mine") == kept
    assert list(together.source("Mine").files) == [f"{kept.by}.csv"]


def test_of_two_that_add_to_the_same_files_the_later_is_told_and_nothing_is_lost(together):
    base = together.save_source(MINE)
    saved = both(*(lambda who=who: together.save_source(replace(
        MINE, by=who, files={**MINE.files, f"{who}.csv": b"x"}), base.id) for who in ("Ada", "Bo")))
    (kept,) = [one for one in saved if one]
    assert set(together.source("Mine").files) == {*MINE.files, f"{kept.by}.csv"}
    with pytest.raises(EntryError, match="somebody else has changed “Mine” since you opened it"):
        together.save_source(LATER, base.id)
    with pytest.raises(EntryError, match="somebody else has changed"):
        together.delete_source("Mine", base.id, "Bo", AT)
    assert together.source("Mine") == kept


@pytest.mark.parametrize("name", ["Mine", " mine ", "MINE", "Mi\u200bne", "Mine\u2060", "\u202eMine",
                                  "\uff2d\uff49ne", "Mi\u00adne", "M\u3164ine", "Mine\ufe0f"])
def test_a_name_that_looks_like_another_is_taken(store, name):
    kept = store.save_source(MINE)
    with pytest.raises(EntryError, match="is there already"):
        store.save_source(replace(LATER, name=name))
    assert store.source("Mine") == kept


def test_a_name_is_kept_as_it_is_seen(store):
    assert store.save_source(replace(MINE, name=" Q4\u200b \u202ePlan\n")).name == "Q4 Plan"
    assert list(store.source_names()) == ["Q4 Plan"]


def test_a_name_that_cannot_be_seen_through_is_left_out(store):
    kept = store.save_source(MINE)
    for name in ("Mine\u200b", "x" * 201, " "):
        with store._engine.begin() as connection:
            connection.execute(sa.update(saved_sources).where(
                saved_sources.c.id == kept.id).values(name=name))
        assert store.source_names() == {}
        assert store.left_out("any") == ["1 saved source"]


@pytest.mark.parametrize(("wrong", "said"), [
    ({"name": " "}, "give it a name"), ({"name": "\u200b"}, "give it a name"),
    ({"name": "x" * 81}, "has at most 80 characters; this one has 81"), ({"by": ""}, "say who you are"),
    ({"files": {}}, "there is no file to keep"),
    ({"files": {"a.csv": bytes(11 << 20)}}, "cannot be kept: a.csv unpacks to 11 MB from")])
def test_what_a_source_lacks_is_said_before_it_is_kept(store, wrong, said):
    with pytest.raises(EntryError, match=said):
        store.save_source(replace(MINE, **wrong))
    assert store.source_names() == {}


def test_a_store_is_full_at_some_point(store, monkeypatch):
    kept = store.save_source(MINE)
    monkeypatch.setattr(uploads, "MOST_SOURCES", 1)
    with pytest.raises(EntryError, match="the store keeps 1 sources already"):
        store.save_source(replace(MINE, name="More"))
    kept = store.save_source(LATER, kept.id)  # in its place there is room
    monkeypatch.setattr(uploads, "MOST_SOURCES", 2)
    monkeypatch.setattr(uploads, "MOST_TOGETHER", sum(sizes(store)) + 10)
    with pytest.raises(EntryError, match="the most they may; delete one"):
        store.save_source(replace(MINE, name="More"))
    monkeypatch.setattr(uploads, "MOST_EACH", 5)
    with pytest.raises(EntryError, match="the files have 257 bytes; a source has at most 5 bytes"):
        store.save_source(MINE, kept.id)
    assert store.source("Mine") == kept
    store.delete_source("Mine", kept.id, "Ada", AT)
    monkeypatch.undo()
    assert store.save_source(MINE).id


def test_a_store_opened_elsewhere_sees_the_same(store, address):
    kept = store.save_source(MINE)
    with Store.open(address) as other:
        assert other.source("Mine") == kept
