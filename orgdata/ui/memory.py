"""What the dashboard remembers, on the pages: the store, its history, and who is speaking.

The store is opened once for all sessions. What is derived from it is cached under its revision;
entries made here are seen at once, those of other processes within half a minute.
"""

import os
import time
from collections.abc import Callable
from datetime import date
from typing import TypeVar

import streamlit as st

from orgdata.gaps import Gaps, find_gaps
from orgdata.history import History
from orgdata.measures import Alignment, align
from orgdata.store import Confirmation, EntryError, Snapshot, Store, StoreError, source_key
from orgdata.store.place import DEFAULT_URL
from orgdata.ui.escape import md

T = TypeVar("T")
_HEADLINES = {"aligned": "aligned_products", "coverage": "outcome_coverage_pct",
              "aligned_spend": "aligned_spend_pct", "linked_spend": "linked_spend_pct",
              "fit": "strategy_spend_fit_pct"}
SECONDS = 30  # until an entry of another process is seen


def store() -> Store | StoreError:
    """The store, or why there is none."""
    return _opened(os.environ.get("ORGDATA_STORE") or DEFAULT_URL)


def revision() -> str:
    """What identifies the present content of the store, for caches; "" without one."""
    return _revision(int(time.time() // SECONDS))


def write(entry: Callable[[Store], T]) -> T | None:
    """Make an entry; says on the page what is missing or what failed, and then returns None."""
    opened = store()
    try:
        if isinstance(opened, StoreError):
            raise opened
        done = entry(opened)
    except (EntryError, StoreError) as error:
        st.session_state["memory_said"] = str(error)
        return None
    st.session_state.pop("memory_said", None)
    _revision.clear()
    return done


def said() -> None:
    """Show why the last entry was not made, if it was not."""
    if message := st.session_state.pop("memory_said", None):
        st.error(f"Nothing was kept: {md(message)}.", icon=":material/error:")


def history(source: str, day: date) -> History | None:
    """What is remembered of a source up to a day; None without a store."""
    return _history(source_key(source), day, revision())


def answers(source: str) -> list[Confirmation]:
    """The last answers on roles and links of a source."""
    return _answers(source_key(source), revision())


def snapshots(source: str, until: date | None = None) -> list[Snapshot]:
    """The snapshots of a source up to a day, oldest first."""
    found = _snapshots(source_key(source), revision())
    return [one for one in found if until is None or one.day <= until]


def past_headlines(source: str, until: date) -> dict[str, list[float]]:
    """The headlines of the snapshots up to a day, by the key of the headline, oldest first."""
    kept = snapshots(source, until)
    return {key: [float(one.headlines[name]) for one in kept
                  if one.headlines.get(name) is not None] for key, name in _HEADLINES.items()}


def as_it_was(snapshot: Snapshot) -> tuple[Alignment, Gaps]:
    """The portfolio of a snapshot, measured on its day with what was known of the days before.
    Raises StoreError."""
    return _as_it_was(snapshot.id, snapshot.source, snapshot.day)


def my_name(key: str = "my_name") -> str:
    """The name typed once and remembered for the session; every entry carries it."""
    name = st.text_input("Your name", value=str(st.session_state.get("name_typed", "")), key=key,
                         placeholder="As colleagues know you").strip()
    if name:
        st.session_state["name_typed"] = name
    return name


@st.cache_resource(show_spinner=False, max_entries=2)
def _revision(moment: int) -> str:
    opened = store()
    return "" if isinstance(opened, StoreError) else opened.revision()


@st.cache_resource(show_spinner=False)
def _opened(url: str) -> Store | StoreError:
    try:
        return Store.open(url)
    except StoreError as error:
        return error


@st.cache_resource(show_spinner=False, max_entries=32)
def _history(source: str, day: date, revision: str) -> History | None:
    opened = store()
    return None if isinstance(opened, StoreError) else opened.history(source, day)


@st.cache_resource(show_spinner=False, max_entries=32)
def _answers(source: str, revision: str) -> list[Confirmation]:
    opened = store()
    return [] if isinstance(opened, StoreError) else opened.confirmations(source)


@st.cache_resource(show_spinner=False, max_entries=32)
def _snapshots(source: str, revision: str) -> list[Snapshot]:
    opened = store()
    return [] if isinstance(opened, StoreError) else opened.snapshots(source)


@st.cache_resource(show_spinner="Looking at the week before …", max_entries=8)
def _as_it_was(number: int, source: str, day: date) -> tuple[Alignment, Gaps]:
    opened = store()
    if isinstance(opened, StoreError):
        raise opened
    alignment = align(opened.portfolio(number), day)
    return alignment, find_gaps(alignment, opened.history(source, day))
