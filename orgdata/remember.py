"""Judging with a memory, for the command line: what a store knows goes in, a snapshot stays."""

from datetime import datetime

from orgdata.gaps import Gaps, find_gaps
from orgdata.measures import Alignment, align
from orgdata.store import Store, Taken, source_key


def judged(url: str, source: str, alignment: Alignment, at: datetime) -> tuple[Gaps, Taken | None]:
    """The gaps with all that a store remembers of a source, and the snapshot that now stays there.

    A report on a day before the latest snapshot looks back: it leaves none, for it would pass off
    today's data as those of that day. Raises StoreError.
    """
    with Store.open(url) as store:
        key, day = source_key(source), alignment.as_of.date()
        gaps = find_gaps(alignment, store.history(key, day))
        looks_back = any(one.day > day for one in store.snapshots(key))
        return gaps, None if looks_back else store.take(key, alignment, gaps, at)


def taken(url: str, source: str, alignment: Alignment, at: datetime) -> tuple[Taken, str]:
    """A snapshot of a source as it is, on whatever day is asked for; and the store's name."""
    with Store.open(url) as store:
        key = source_key(source)
        gaps = find_gaps(alignment, store.history(key, alignment.as_of.date()))
        return store.take(key, alignment, gaps, at), store.name


def recalled(store: Store, number: int) -> tuple[Alignment, Gaps]:
    """A snapshot, measured on its day with what was known of the days before. Raises StoreError."""
    one = store.snapshot(number)
    alignment = align(store.portfolio(number), one.day)
    return alignment, find_gaps(alignment, store.history(one.source, one.day))


def looked_back(store: Store, source: str, alignment: Alignment) -> tuple[Alignment, Gaps]:
    """A source, judged with what is known of the days before; nothing is kept."""
    history = store.history(source_key(source), alignment.as_of.date())
    return alignment, find_gaps(alignment, history)
