"""Reviews are closed, labelled and withdrawn; by default a day is compared with the last one."""

from datetime import UTC, datetime, timedelta

import pytest

from orgdata.evaluation import evaluate, keep, snapshot
from orgdata.store import EntryError, SnapshotMark, StoreError
from tests.builders import loaded
from tests.store.builders import AT, SOURCE, day, take

LATER = AT + timedelta(days=1)


def marked(store, number, mark, text=None, at=AT):
    return store.mark(SnapshotMark(number, mark, "Ada", at, text))


def default(store, on):
    found = store.snapshot_before(SOURCE, on)
    return found and found.day


def test_the_last_closed_review_is_compared_with_unless_it_is_withdrawn(store):
    first, second, third = (take(store, day(number), products="P1").snapshot
                            for number in (6, 13, 18))
    assert default(store, day(20)) == day(18)  # no review is closed yet
    marked(store, first.id, "review")
    assert default(store, day(20)) == day(6)
    marked(store, second.id, "review")
    assert (default(store, day(20)), default(store, day(13)), default(store, day(6))) == (
        day(13), day(6), None)
    marked(store, second.id, "withdrawn", "The wrong file")
    assert default(store, day(20)) == day(6)
    marked(store, first.id, "withdrawn", "Another wrong file")
    assert default(store, day(20)) == day(18)
    marked(store, third.id, "withdrawn", "And another")
    assert default(store, day(20)) is None
    marked(store, second.id, "restored")
    assert default(store, day(20)) == day(13)
    assert store.snapshot_before(SOURCE, day(20), third.id).id == third.id  # it is asked for


def test_what_was_said_of_a_snapshot_comes_back_and_the_last_word_counts(store):
    kept = take(store, day(6), products="P1").snapshot
    other = take(store, day(6), source="other", products="P1").snapshot
    assert kept.title == f"6 Nov 2026 (snapshot {kept.id})"
    marked(store, kept.id, "label", "Kick-of")
    marked(store, kept.id, "label", "Kick-off")
    marked(store, kept.id, "review", at=LATER)
    found, = store.snapshots(SOURCE)
    assert found == store.snapshot(kept.id) == take(store, day(6), products="P1").snapshot
    assert (found.title, found.closed_at, found.closed_by, found.withdrawn) == (
        "Review of 6 Nov 2026 · Kick-off", LATER, "Ada", None)
    assert store.snapshots("other") == [other]
    revision = store.revision()
    marked(store, kept.id, "withdrawn", "x")
    assert store.revision() != revision
    assert store.snapshot(kept.id).withdrawn == "x"


@pytest.mark.parametrize(("mark", "by", "text", "said"), [
    ("review", "", None, "say who you are"), ("label", "Ada", " ", "give it a label"),
    ("label", "Ada", "x" * 999, "a label has at most"), ("withdrawn", "Ada", "", "needs a reason"),
    ("deleted", "Ada", "x", "of a review, labelled or withdrawn")])
def test_what_a_mark_lacks_is_said(store, mark, by, text, said):
    kept = take(store, day(6), products="P1").snapshot
    with pytest.raises(EntryError, match=said):
        store.mark(SnapshotMark(kept.id, mark, by, AT, text))
    assert store.snapshot(kept.id) == kept


def test_a_snapshot_that_is_not_there_is_not_marked(store):
    with pytest.raises(StoreError, match="has no snapshot 7"):
        marked(store, 7, "review")


def test_closing_a_review_keeps_a_snapshot_once(store):
    evaluation = evaluate(loaded(products="P1"), day(20), store, SOURCE)
    with pytest.raises(EntryError):
        keep(store, SOURCE, evaluation, AT, " ", review=True)
    assert store.snapshots(SOURCE) == []
    closed = keep(store, SOURCE, evaluation, AT, "Ada", "Board", review=True)
    again = keep(store, SOURCE, evaluation, LATER, "Bo", review=True)
    assert (closed.new, again.new) == (True, False)
    found, = store.snapshots(SOURCE)
    assert (found.title, found.closed_by, found.closed_at) == (
        "Review of 20 Nov 2026 · Board", "Bo", LATER.astimezone(UTC))
    assert isinstance(found.closed_at, datetime)


def test_only_the_first_of_a_day_where_a_second_is_to_be_asked_for(store):
    def only_first(products):
        evaluation = evaluate(loaded(products=products), day(20), store, SOURCE)
        return snapshot(store, SOURCE, evaluation, AT, only_first=True)

    first = only_first("P1")
    assert (first.new, first.differs) == (True, False)
    assert (only_first("P1").new, only_first("P1").differs) == (False, False)
    second = only_first("P1 | P2")
    assert (second.snapshot, second.new, second.differs) == (first.snapshot, False, True)
    assert len(store.snapshots(SOURCE)) == 1
