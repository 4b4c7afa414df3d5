"""What other programs ask for: who bears a token, and what is shown to them, from the same caches
as the pages. Nothing here belongs to a session."""

import time
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from typing import cast

from orgdata.access import Rights
from orgdata.access.rights import NOTHING
from orgdata.api.reading import Reading, Tried
from orgdata.edits import Asked, Edit, made
from orgdata.edits import apply as lay_over
from orgdata.evaluation import Evaluation, Known, judge, measure
from orgdata.load import portfolio_of
from orgdata.model.history import StoreError
from orgdata.sources import SourceError
from orgdata.store import Store, Token, compared_by_default, source_key
from orgdata.ui.shell import server, source, store
from orgdata.ui.shell.cache import Results, apart
from orgdata.ui.shell.loaded import Loaded
from orgdata.ui.shell.seen import seen
from orgdata.ui.upload import tab_source

_RECENT = Results(4, 1, lambda _: 0)  # of few: the last ones hold what they show until others come
_BEARERS = Results(64, 1, lambda _: 0)
_REACH = timedelta(days=3_652)  # around the default day, as the calendar of the pages has it


class NoSuch(Exception):
    """A source or scenario is not there, or not for who asks; the text is one line."""


class BadDay(ValueError):
    """A day cannot be read, or lies too far away; the text is one line."""


@dataclass(frozen=True)
class Wanted:
    """What the address of a request names, as that of a page does; "" for what it does not."""

    as_of: str = ""
    source: str = ""
    scenario: str = ""


@dataclass(frozen=True)
class Asking:
    """What is shown to who asks, and a text that identifies it, for caches."""

    reading: Reading
    version: str


def has_tokens() -> bool:
    """Whether a token of the server's source was ever made. Raises StoreError."""
    return _store().has_tokens(_key())


def bearer(text: str) -> Token | None:
    """The token with a text, where it counts; None for any other text. What another replica wrote
    of it is seen within a second: to look it up takes longer than to answer. Raises StoreError."""
    key, written = _key(), sha256(text.encode("utf-8", "surrogatepass")).digest()
    return cast(Token | None, _BEARERS.get(
        (key, store.revision(), written, int(time.monotonic())),
        lambda: _store().bearer(key, text, datetime.now(UTC))))


def asking(theirs: Rights, wanted: Wanted) -> Asking:
    """What is shown by these rights of what is wanted, as it was at most a second ago: to find that
    nothing has changed takes longer than to answer from a cache. Raises NoSuch, BadDay, SourceError
    and SettingsError."""
    key = (_key(), theirs.key, theirs.roles, wanted, int(time.monotonic()))
    return cast(Asking, _RECENT.get(key, lambda: _asking(theirs, wanted)))


def _asking(theirs: Rights, wanted: Wanted) -> Asking:
    loaded = _loaded(wanted.source)
    asked = _day(wanted.as_of, loaded.default_day)
    if not wanted.source:
        loaded = source.covering(loaded, asked)
    elif wanted.source != source.menu_name():
        theirs = _elsewhere(theirs)
    day = loaded.nearest(asked)
    edits = _scenario(loaded, theirs, wanted.scenario)
    with _place(loaded, day):
        shown = seen(source.evaluated(loaded, day, edits), theirs,
                     None if edits is None else source.evaluated(loaded, day, ()))
    reading = Reading(
        shown.evaluation, theirs, _what_if(loaded, day), _earlier(loaded.key, day),
        isinstance(store.current(), Store), lambda: store.scenarios(loaded.key),
        lambda key: store.read(lambda open_store: open_store.gap_log(loaded.key, key)) or [])
    return Asking(reading, f"{shown.version}\n{store.revision()}\n{sorted(theirs.roles)}")


def _place(loaded: Loaded, day: date) -> AbstractContextManager[None]:
    """Where it is cached what is shown: the day that pages open with among what they show, any
    other one apart, since a program may ask for one day after the other."""
    usual = loaded.key == _key() and day == loaded.nearest(loaded.default_day)
    return nullcontext() if usual else apart()


def _elsewhere(theirs: Rights) -> Rights:
    """The rights of a bearer in a source that is not the server's. What has the same ids there is
    not theirs, so a product manager is a viewer there, as on the pages. Raises NoSuch where nobody
    is let in without a role."""
    if "pm" not in theirs.roles:
        return replace(theirs, theirs=NOTHING)
    if server.access().default is None:
        raise NoSuch("there is no such source")
    return Rights(frozenset({"viewer"}))


def _loaded(name: str) -> Loaded:
    if not name or name == source.menu_name():
        return source.current()
    if name not in tab_source.saved_names():
        raise NoSuch("there is no such source")
    return tab_source.load_saved(name)


def _day(text: str, default: date) -> date:
    try:
        day = date.fromisoformat(text) if text else default
    except ValueError:
        raise BadDay("as_of is a day, as 2026-11-20") from None
    if abs(day - default) > _REACH:
        raise BadDay(f"as_of is at most ten years from {default}")
    return day


def _scenario(loaded: Loaded, theirs: Rights, token: str) -> tuple[Edit, ...] | None:
    """The edits of the scenario that is asked for; None where none is."""
    if not token:
        return None
    found = store.scenario(loaded.key, token)
    if found is None or loaded.raw is None or not theirs.may_open("what_if"):
        raise NoSuch("there is no such scenario")
    return found.scenario.edits


def _what_if(loaded: Loaded, day: date) -> Callable[[Sequence[Edit | Asked]], Tried]:
    """How edits are laid over the source with its corrections. What comes of it is not cached: of
    what programs try there is no end, and the pages' own days would have to go."""
    def tried(asked: Sequence[Edit | Asked]) -> Tried:
        if loaded.raw is None:
            raise SourceError("nothing can be laid over this source")
        edits = store.edits(loaded.key, day)
        wanted = tuple(made(lay_over(loaded.raw, edits).raw, asked, day))
        with _place(loaded, day):
            before = source.evaluated(loaded, day, ()).evaluation
        after = judge(measure(portfolio_of(loaded.raw, edits, wanted), day), Known())
        return Tried(replace(before, known=Known()), after, wanted)
    return tried


def _earlier(key: str, day: date) -> Callable[[int | date | None], Evaluation | None]:
    """How the snapshot of a number, or up to a day, is found, else that of the last review."""
    def earlier(since: int | date | None) -> Evaluation | None:
        open_store = _store()
        snapshots = open_store.snapshots(key)
        if isinstance(since, int) and since not in {one.id for one in snapshots}:
            raise StoreError("this source has no snapshot of that number")  # others may have
        before = compared_by_default(snapshots, day) if since is None else (
            open_store.snapshot_before(key, day, since))
        return store.evaluate_snapshot(before.id) if before else None
    return earlier


def _key() -> str:
    return source_key(server.source_name())


def _store() -> Store:
    found = store.current()
    if isinstance(found, StoreError):
        raise found
    return found
