"""Judging with a memory, for the command line: what a store knows goes in, a snapshot stays."""

from datetime import date, datetime

from orgdata import formats
from orgdata.changes import compare
from orgdata.demo import DEMO
from orgdata.exports.edition import Edition
from orgdata.gaps import Gaps, find_gaps
from orgdata.measures import Alignment, align
from orgdata.model.portfolio import Portfolio
from orgdata.store import Snapshot, Store, StoreError, Taken, source_key
from orgdata.store.confirmations import apply_confirmations


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


def edition(url: str | None, source: str, portfolio: Portfolio, day: date,
            since: int | date | None = None) -> Edition:
    """What is exported of a source on a day, as the pages would show it: with what was confirmed,
    decided and said of gaps, and what changed since a snapshot; without a store only what the
    source holds. Raises StoreError."""
    name = short_name(portfolio.source)
    if url is None:
        alignment = align(portfolio, day)
        return Edition(alignment, find_gaps(alignment), name)
    with Store.open(url) as store:
        key = source_key(source)
        alignment = align(apply_confirmations(portfolio, store.confirmations(key)), day)
        history = store.history(key, day)
        gaps = find_gaps(alignment, history)
        before = earlier(store, key, day, since)
        changes = compare(*recalled(store, before.id), alignment, gaps) if before else None
        return Edition(alignment, gaps, name, changes, history, store.decisions(key))


def earlier(store: Store, key: str, day: date, since: int | date | None) -> Snapshot | None:
    """The snapshot to compare a day with: of a number, the last one up to a date, or the last one
    before the day, if there is any. Raises StoreError where one that is asked for is missing."""
    if since is None:
        found = [one for one in store.snapshots(key, day) if one.day < day]
        return found[-1] if found else None
    if isinstance(since, date):
        found = store.snapshots(key, since)
        if not found:
            raise StoreError(f"the store {store.name} has no snapshot of this source on "
                             f"{formats.day(since)} or before")
        one = found[-1]
    else:
        one = store.snapshot(since)
    if one.day > day:
        raise StoreError(f"snapshot {one.id} is of {formats.day(one.day)}, which is after "
                         f"{formats.day(day)}")
    return one


def short_name(name: str) -> str:
    """A source as readers know it: the last part of a folder's path, or the URL."""
    if name == str(DEMO):
        return "Brightquay (demo company)"
    return name if "://" in name else name.rstrip("/").rsplit("/", 1)[-1]
