"""The store on the pages: reading it, writing entries, and the name of who writes them.

The store is opened once for all sessions. What is derived from it is cached under its revision;
entries made here are seen at once, those of other processes within half a minute. A source is
named by its key in the store. Without a store, pages show all but what would be read from it.
"""

import logging
import os
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any, Literal, TypeVar, cast

import streamlit as st

from orgdata import formats
from orgdata.access import Refused
from orgdata.edits import Edit
from orgdata.edits.edit import version_of
from orgdata.evaluation import Evaluation, Known, judge, measure_snapshot
from orgdata.measures import Alignment
from orgdata.store import (
    Correction,
    EntryError,
    KeptScenario,
    Proposal,
    Snapshot,
    Store,
    StoreError,
)
from orgdata.store.audit import Audited, Did, signed_in_as
from orgdata.store.corrections import standing
from orgdata.store.entries import MOST_NAME
from orgdata.store.place import DEFAULT_URL
from orgdata.ui.shell import server, sign_in
from orgdata.ui.shell.cache import Results
from orgdata.ui.shell.escape import md
from orgdata.ui.shell.pace import Pace

_LOG = logging.getLogger(__name__)
T = TypeVar("T")
REFRESH_SECONDS = 30  # after which an entry of another process is seen
CHECKS: list[Callable[[], None]] = [sign_in.confirm]  # before each entry; they raise Refused
Made = Literal["entries", "files", "sign-ins"]
MOST_IN_AN_HOUR: dict[Made, int] = {"entries": 600, "files": 200, "sign-ins": 20}  # of one person
_SAVED = "store_saved"  # session state: what is to be said of what was just saved
_WRITE_ERROR = "store_write_error"  # session state: why the last entry was not written


def current() -> Store | StoreError:
    """The store, or why there is none. Whether it answers is checked every half a minute."""
    revision_or_error = _revision(_url(), int(time.time() // REFRESH_SECONDS))
    return revision_or_error if isinstance(revision_or_error, StoreError) else _open_store(_url())


def revision() -> str:
    """A text that identifies the store and its content, for caches; "" without a store."""
    revision_or_error = _revision(_url(), int(time.time() // REFRESH_SECONDS))
    return "" if isinstance(revision_or_error, StoreError) else f"{_url()}\n{revision_or_error}"


def ask_anew() -> None:
    """Have the store say what it holds: another process may have written to it just now."""
    _revision.clear()


def identity() -> str:
    """A text that identifies the store, whatever its content; "" without a store."""
    return revision().rpartition("\n")[2].partition("-")[0]


def read(query: Callable[[Store], T]) -> T | None:
    """The result of a query to the store; None where there is no store, or where it fails."""
    store = current()
    try:
        return None if isinstance(store, StoreError) else query(store)
    except StoreError:
        _open_again()  # the next call of `current` returns the error, or the store made anew
        return None


def write(entry: Callable[[Store], T]) -> T | None:
    """Write an entry. Where that fails returns None; `show_write_error` then says why."""
    store = current()
    try:
        for check in CHECKS:  # much may have changed since the page was shown
            check()
        if isinstance(store, StoreError):
            raise store
        with signed_in_as(sign_in.name()):
            result = entry(store)
    except (EntryError, StoreError, Refused) as error:
        st.session_state[_WRITE_ERROR] = (
            sign_in.reason(error) if isinstance(error, StoreError) else str(error))
        _revision.clear()  # somebody else may have been first: what they wrote is shown now
        if isinstance(error, StoreError):
            _open_again()
        return None
    st.session_state.pop(_WRITE_ERROR, None)
    _revision.clear()
    return result


def _check_pace() -> None:
    """Raises Refused where one person enters more than people do: all entries are kept, and read by
    everybody."""
    if wait := too_often("entries", sign_in.address()):
        raise Refused(f"you made {MOST_IN_AN_HOUR['entries']:,} entries in this hour, the most "
                      f"that one person can; go on in {formats.count(wait // 60 + 1, 'minute')}")


CHECKS.append(_check_pace)


def too_often(what: Made, who: str) -> int:
    """Count that somebody with an address makes something; the seconds to wait where they made too
    much, else 0. Nobody is counted who does not sign in."""
    return _pace(what).wait(who, time.monotonic()) if who else 0


def note(did: Did, what: str, by: str | None = None) -> None:
    """Note that who is signed in, or was when a button was drawn, did something. Where nobody has
    to sign in nothing is noted; what cannot be is in the log of the server."""
    name = sign_in.name() if by is None else by
    if not name:
        return
    store, keep = current(), timedelta(days=server.access().audit_days)
    try:
        if isinstance(store, StoreError):
            raise store
        store.note(Audited(datetime.now(UTC), name, did, what), keep)
    except StoreError as error:
        _LOG.warning("not noted that somebody %s %s: %s", did, what, error)


def audited() -> list[Audited]:
    """Who did what in the days that are kept, the latest first."""
    since = datetime.now(UTC) - timedelta(days=server.access().audit_days)
    return read(lambda open_store: open_store.audit(since)) or []


def show_write_error() -> None:
    """Show why the last entry was not written, if it was not."""
    if message := st.session_state.pop(_WRITE_ERROR, None):
        st.error(f"Not saved: {md(message.rstrip('.'))}.", icon=":material/error:")


def note_saved(said: str = "Saved: it counts from now on.") -> None:
    """Have the next run say that something was saved: `show_saved` does."""
    st.session_state[_SAVED] = said


def show_saved() -> None:
    """Say once that something was saved, if it was."""
    if said := st.session_state.pop(_SAVED, ""):
        st.toast(said, icon=":material/check:")


def known(key: str, day: date, at: datetime | None = None) -> Known:
    """What the store knows of a source on a day, or knew of it at an earlier moment; nothing
    without a store."""
    return read(lambda _: _known(key, day, at, revision())) or Known()


def corrections(key: str) -> list[Correction]:
    """The corrections of a source that count, oldest first, and the last made and undone."""
    return read(lambda open_store: _log(open_store.standing_log, key)) or []


def edits(key: str, day: date | None = None) -> tuple[Edit, ...]:
    """What the corrections of a source that count, or that count on a day, change."""
    return laid(key, day)[0]


def laid(key: str, day: date | None) -> tuple[tuple[Edit, ...], str]:
    """The same, with a text that identifies it."""
    return read(lambda opened: _laid(key, day, revision(), _log(opened.standing_log, key))) or (
        (), "")


def proposals(key: str) -> list[Proposal]:
    """The proposals of a source that wait, and the reader's last with what became of them."""
    return read(lambda opened: _log(opened.proposals_shown_to, key, sign_in.address())) or []


def scenario(key: str, token: str) -> KeptScenario | None:
    """The scenario of a token as it is now; None where there is none."""
    return read(lambda open_store: _log(open_store.scenario, key, token))


def scenarios(key: str) -> list[KeptScenario]:
    """The scenarios of a source as they are now, oldest change first."""
    return read(lambda open_store: _log(open_store.scenarios, key)) or []


def left_out(key: str) -> list[str]:
    """What the store holds of a source that this version cannot understand, in words."""
    return read(lambda _: _left_out(key, revision())) or []


def evaluate_snapshot(number: int) -> Evaluation:
    """A snapshot, evaluated on its day with what was known when it was seen. Raises StoreError."""
    store = _open_store(_url())
    snapshot = store.snapshot(number)
    return judge(measured_snapshot(snapshot), Known.of(
        store, snapshot.source, snapshot.day, snapshot.seen_at), snapshot.method)


def my_name(key: str = "my_name") -> str:
    """The user's name, which every entry carries: of who is signed in; else typed once for a
    session."""
    if signed_in := sign_in.name():
        return signed_in
    if not st.session_state.get(key):  # the field was drawn before a name was typed in another one
        st.session_state[key] = st.session_state.get("name_typed", "")
    name = st.text_input("Your name", key=key, placeholder="As colleagues know you",
                         max_chars=MOST_NAME).strip()
    if name:
        st.session_state["name_typed"] = name
    return name


def suggest_name(name: str) -> None:
    """Have forms filled in with a name, until another is typed in this session."""
    st.session_state.setdefault("name_typed", name)


def known_name() -> str:
    """The name of who is signed in, or that was typed in this session; "" before."""
    return sign_in.name() or str(st.session_state.get("name_typed", ""))


def _url() -> str:
    return os.environ.get("ORGDATA_STORE") or DEFAULT_URL


def _open_again() -> None:
    """Open the store once more the next time it is asked: it may have been made anew."""
    _revision.clear()
    _open_store.clear()


@st.cache_resource(show_spinner=False)
def _pace(what: Made) -> Pace:
    return Pace(MOST_IN_AN_HOUR[what], 3_600)


@st.cache_resource(show_spinner=False, max_entries=2)
def _revision(url: str, period: int) -> str | StoreError:
    try:
        return _open_store(url).revision()
    except StoreError as error:
        _open_store.clear()
        return error


@st.cache_resource(show_spinner=False, on_release=Store.close)
def _open_store(url: str) -> Store:
    return Store.open(url)  # where that fails nothing is cached: it is tried again


@st.cache_resource(show_spinner=False, max_entries=32)
def _known(key: str, day: date, at: datetime | None, revision: str) -> Known:
    return Known.of(_open_store(_url()), key, day, at)


def _log(query: Callable[..., T], *asked: str) -> T:
    """What a query finds of a source, asked once while the store stays as it is."""
    return cast(T, _logs().get((query.__name__, *asked, revision()), lambda: query(*asked)))


@st.cache_resource(show_spinner=False)
def _logs() -> Results:
    return Results(64, 16 << 20)


@st.cache_resource(show_spinner=False, max_entries=8)
def _laid(key: str, day: date | None, revision: str, _made: Any) -> tuple[tuple[Edit, ...], str]:
    return (edits := tuple(one.edit for one in standing(_made, day))), version_of(edits)


@st.cache_resource(show_spinner=False, max_entries=32)
def _left_out(key: str, revision: str) -> list[str]:
    return _open_store(_url()).left_out(key)


def measured_snapshot(snapshot: Snapshot) -> Alignment:
    """A snapshot, measured on its day once. Raises StoreError, SourceError or SettingsError."""
    def measure() -> Alignment:
        with st.spinner("Looking at the week before …"):
            return measure_snapshot(_open_store(_url()), snapshot)

    return cast(Alignment, _measured_snapshots().get(
        (_url(), snapshot.id, snapshot.fingerprint), measure))


@st.cache_resource(show_spinner=False)
def _measured_snapshots() -> Results:
    return Results(8, 48 << 20)
