"""Files that were handed over, kept under a name."""

from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa

from orgdata.store import EntryError, SavedSource, StoreError
from orgdata.store.tables import saved_sources
from tests.store.builders import AT

MINE = SavedSource("Mine", {"a.csv": b"x", "päron.xlsx": bytes(range(256))}, "[tables]\n", "Ada", AT)


def test_what_is_kept_comes_back_whole(store):
    before = store.revision()
    kept = store.save_source(MINE)
    assert replace(kept, id=None) == MINE
    assert store.source("Mine") == kept
    assert store.source_names() == {"Mine": kept.id}
    assert store.revision() != before


def test_the_last_entry_of_a_name_counts_and_earlier_files_are_gone(store):
    store.save_source(MINE)
    store.save_source(replace(MINE, name="apart"))
    later = store.save_source(replace(MINE, files={"b.csv": b"y"}, at=AT + timedelta(days=7)))
    assert store.source("Mine") == later
    assert list(store.source_names()) == ["apart", "Mine"]
    with store._engine.connect() as connection:
        sizes = connection.execute(sa.select(sa.func.length(saved_sources.c.files)).order_by(
            saved_sources.c.id)).scalars().all()
    assert [size > 0 for size in sizes] == [False, True, True]


def test_what_is_let_go_of_is_gone(store):
    store.save_source(MINE)
    store.save_source(replace(MINE, files={}))
    assert store.source_names() == {}
    with pytest.raises(StoreError, match="keeps nothing under the name 'Mine'"):
        store.source("Mine")


def test_it_needs_a_name_and_somebody_who_says_so():
    with pytest.raises(EntryError, match="give it a name"):
        replace(MINE, name=" ").check()
    with pytest.raises(EntryError, match="say who you are"):
        replace(MINE, by="").check()
