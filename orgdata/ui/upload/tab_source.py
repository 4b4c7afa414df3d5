"""Files that were handed over on the Data page: in this browser tab only, or kept in the store.

What is shown is chosen in the menu of sources: the one the server was started with, a kept one by
its name, or the files of this tab. The choice is in the URL.
"""

from dataclasses import replace
from datetime import UTC, datetime

import streamlit as st

from orgdata.model.settings import settings_of, to_toml
from orgdata.sources import SourceError
from orgdata.store import SavedSource, Store, StoreError
from orgdata.ui.shell import store
from orgdata.ui.shell.escape import md
from orgdata.ui.shell.source import Loaded
from orgdata.ui.upload.files import portfolio_of
from orgdata.upload.files import Upload

SIDE, LOADED, BRING = "do", "What is loaded", "Bring your own files"  # the Data page's two sides
TAB = "Files of this tab"  # the choice of the files that live in this tab only
_TAB, _WANTED, _NEW, _CHOICE = "handed_tab", "handed_wanted", "handed_new", "source"


def menu(default: str) -> Loaded | None:
    """Draw the menu of sources, where there is more than one; the chosen one, None for the one
    the server was started with. Raises SourceError, SettingsError."""
    if (wanted := st.session_state.pop(_WANTED, None)) is not None:
        if wanted and _CHOICE not in st.session_state:  # the menu, drawn first now, would not say
            st.query_params[_CHOICE] = wanted
        st.session_state[_CHOICE], st.session_state[SIDE] = wanted or default, LOADED
        _other_source()
    names = kept_names()
    here = [TAB] if _TAB in st.session_state else []
    asked = st.query_params.get(_CHOICE)
    if asked and asked not in (default, *names, *here):
        st.warning(f"There is no source “{md(asked)}” here"
                   + (": files of a browser tab are gone when it is loaded again." if asked == TAB
                      else "."))
    if not names and not here:
        return None
    chosen = st.selectbox("Source", [default, *names, *here], key=_CHOICE, bind="query-params",
                          on_change=_other_source)
    if chosen == default:
        return None
    return of_tab() if chosen == TAB else _kept(chosen)


def open_in_tab(handed: Upload) -> None:
    """Show these files, in this tab only; as read now, for they may be read in another way than
    they were the last time."""
    st.session_state[_TAB] = replace(handed, at=datetime.now(UTC))
    go_to(TAB)


def go_to(name: str) -> None:
    """Show another source from the next run on; "" is the one the server was started with. The
    Data page stays: Streamlit leaves no page that has a widget bound to the URL by itself."""
    st.session_state[_WANTED] = name
    st.rerun()


def is_of_tab() -> bool:
    """Whether what is shown lives in this tab only."""
    return st.session_state.get(_CHOICE) == TAB and _TAB in st.session_state


def chosen_name() -> str | None:
    """The name of the kept source that is shown; None for any other."""
    chosen = st.session_state.get(_CHOICE)
    return chosen if chosen in kept_names() else None


def is_handed() -> bool:
    """Whether what is shown was handed over, and is not what the server was started with."""
    return is_of_tab() or chosen_name() is not None


def of_tab() -> Loaded:
    """The portfolio of the files of this tab."""
    handed: Upload = st.session_state[_TAB]
    return Loaded(portfolio_of(handed), handed.at, f"tab:{handed.files_key}")


def kept_source(name: str) -> Upload:
    """What the store keeps under a name. Raises SourceError."""
    opened = store.current()
    try:
        if isinstance(opened, StoreError):
            raise opened
        found = _kept_entry(name, _names().get(name, 0), opened)
    except StoreError as error:
        raise SourceError(str(error)) from None
    return Upload(found.files, settings_of(found.settings.encode()), found.at, name)


def kept_names() -> list[str]:
    """The names under which files are kept."""
    return list(_names())


def save_source(handed: Upload, name: str, by: str) -> bool:
    """Keep files under a name; whether that worked (what failed is said on the page). What is
    kept under it already stays, unless the files are news of it."""
    if name != handed.title and name in kept_names():
        st.error(md(f"Nothing was kept: “{name}” is there already. Say at the top that these files "
                    "are news of it, or give them a name of their own."))
        return False
    return store.write(lambda opened: opened.save_source(SavedSource(
        name, handed.files, to_toml(handed.settings), by, datetime.now(UTC)))) is not None


def delete_source(name: str, by: str) -> bool:
    """Take a kept source out of the store; whether that worked."""
    return store.write(lambda opened: opened.save_source(SavedSource(
        name, {}, "", by, datetime.now(UTC)))) is not None


def _other_source() -> None:
    """What is chosen of one source says nothing of another; nor is the one's day the other's."""
    for name in ("area", "role", "pm"):
        if name in st.session_state:
            st.session_state[name] = None
    st.session_state[_NEW] = True


def is_new() -> bool:
    """Whether another source is shown for the first time: its own day is to be taken."""
    return bool(st.session_state.pop(_NEW, False))


def _kept(name: str) -> Loaded:
    handed = kept_source(name)
    return Loaded(portfolio_of(handed), handed.at, f"kept:{name}")


def _names() -> dict[str, int]:
    return store.read(lambda opened: _source_names(store.revision(), opened)) or {}


@st.cache_resource(show_spinner=False, max_entries=2)
def _source_names(revision: str, _store: Store) -> dict[str, int]:
    return _store.source_names()


@st.cache_resource(show_spinner="Fetching the files …", max_entries=4)
def _kept_entry(name: str, number: int, _store: Store) -> SavedSource:
    return _store.source(name)
