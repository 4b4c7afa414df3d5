"""What the dashboard remembers, on the pages: the store, its history, and who is speaking.

The store is opened once for all sessions. What is derived from it is cached under its revision;
entries made here are seen at once, those of other processes within half a minute. A source is
named by its key in the store. A store that goes away costs nothing but the memory.
"""

import os
import time
from collections.abc import Callable
from datetime import date
from typing import TypeVar

import streamlit as st

from orgdata.evaluation import Evaluation, Known, judge, measure_snapshot
from orgdata.measures import Alignment
from orgdata.store import Confirmation, EntryError, Snapshot, Store, StoreError
from orgdata.store.place import DEFAULT_URL
from orgdata.ui.shell.escape import md
from orgdata.views.headlines import FIELDS

T = TypeVar("T")
SECONDS = 30  # until an entry of another process is seen


def store() -> Store | StoreError:
    """The store, or why there is none. Whether it answers is asked once in so many seconds."""
    answer = _revision(_url(), int(time.time() // SECONDS))
    return answer if isinstance(answer, StoreError) else _opened(_url())


def revision() -> str:
    """What identifies the store and its present content, for caches; "" without one."""
    answer = _revision(_url(), int(time.time() // SECONDS))
    return "" if isinstance(answer, StoreError) else f"{_url()}\n{answer}"


def asked(question: Callable[[Store], T]) -> T | None:
    """What the store says; None where there is none, or where it went away just now."""
    opened = store()
    try:
        return None if isinstance(opened, StoreError) else question(opened)
    except StoreError:
        _revision.clear()  # whoever asks for the store next is told
        return None


def write(entry: Callable[[Store], T]) -> T | None:
    """Make an entry; says on the page what is missing or what failed, and then returns None."""
    opened = store()
    try:
        if isinstance(opened, StoreError):
            raise opened
        done = entry(opened)
    except (EntryError, StoreError) as error:
        st.session_state["store_said"] = str(error)
        return None
    st.session_state.pop("store_said", None)
    _revision.clear()
    return done


def said() -> None:
    """Show why the last entry was not made, if it was not."""
    if message := st.session_state.pop("store_said", None):
        st.error(f"Nothing was kept: {md(message)}.", icon=":material/error:")


def known(key: str, day: date) -> Known:
    """What counts of a source on a day; nothing without a store."""
    return asked(lambda _: _known(key, day, revision())) or Known()


def answers(key: str) -> list[Confirmation]:
    """The last answers on roles and links of a source."""
    return asked(lambda _: _answers(key, revision())) or []


def past_headlines(key: str, until: date) -> dict[str, list[float]]:
    """The headlines of the snapshots up to a day, by the key of the headline, oldest first."""
    snapshots = known(key, until).snapshots
    return {key: [float(one.headlines[name]) for one in snapshots
                  if one.headlines.get(name) is not None] for key, name in FIELDS.items()}


def as_it_was(number: int) -> Evaluation:
    """A snapshot, evaluated on its day with what is known of the days before. It is measured once,
    but what is said of its gaps may change. Raises StoreError."""
    opened = _opened(_url())
    one = opened.snapshot(number)
    return judge(_measured_as_it_was(_url(), one.id, one), Known.of(opened, one.source, one.day))


def my_name(key: str = "my_name") -> str:
    """The name typed once and remembered for the session; every entry carries it."""
    if not st.session_state.get(key):  # a field that was drawn before a name was typed elsewhere
        st.session_state[key] = st.session_state.get("name_typed", "")
    name = st.text_input("Your name", key=key, placeholder="As colleagues know you").strip()
    if name:
        st.session_state["name_typed"] = name
    return name


def _url() -> str:
    return os.environ.get("ORGDATA_STORE") or DEFAULT_URL


@st.cache_resource(show_spinner=False, max_entries=2)
def _revision(url: str, moment: int) -> str | StoreError:
    try:
        return _opened(url).revision()
    except StoreError as error:
        return error


@st.cache_resource(show_spinner=False, on_release=Store.close)
def _opened(url: str) -> Store:
    return Store.open(url)  # where that fails nothing is cached: it is tried again


@st.cache_resource(show_spinner=False, max_entries=32)
def _known(key: str, day: date, revision: str) -> Known:
    return Known.of(_opened(_url()), key, day)


@st.cache_resource(show_spinner=False, max_entries=32)
def _answers(key: str, revision: str) -> list[Confirmation]:
    return _opened(_url()).confirmations(key)


@st.cache_resource(show_spinner="Looking at the week before …", max_entries=8)
def _measured_as_it_was(url: str, number: int, _snapshot: Snapshot) -> Alignment:
    return measure_snapshot(_opened(url), _snapshot)
