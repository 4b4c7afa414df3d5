"""The choice of the source: uploads of this browser tab, or saved in the store, or the server's.

It is made in the menu of sources: the source the server was started with, a saved one by its name,
or the files of this tab. The choice is in the URL.
"""

from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from typing import cast

import streamlit as st

from orgdata import formats
from orgdata.demo import DEMO
from orgdata.model.settings import Settings, SettingsError, settings_of
from orgdata.model.settings_text import to_toml
from orgdata.model.toml import OWN_LONGEST
from orgdata.sources import SourceError
from orgdata.store import SavedSource, Store, StoreError, saved_source_key
from orgdata.store.names import name_key, plain_name
from orgdata.ui.shell import source, store
from orgdata.ui.shell.cache import Results
from orgdata.ui.shell.escape import md
from orgdata.ui.shell.loaded import IN_TAB, Loaded
from orgdata.ui.shell.rights import SERVERS, Shown
from orgdata.ui.shell.selection import MOST_SHOWN
from orgdata.ui.upload.files import read
from orgdata.upload.files import Upload
from orgdata.views.portfolio import source_name as short_name

SIDE, LOADED, UPLOAD = "do", "What is loaded", "Bring your own files"  # the Data page's two sides
TAB = "Files of this tab"  # the option for the files that live in this tab only
# Session state: the upload of this tab, the source to show next, and whether it has just changed
_TAB, _WANTED, _CHANGED = "tab_upload", "wanted_source", "source_changed"
_CHOICE = "source"  # the menu's widget key and query parameter


def asked() -> str:
    """The name of the source that is asked for, before the menu is drawn; "" of none."""
    wanted = st.session_state.get(_WANTED)
    if wanted is not None:
        return str(wanted)
    name = st.session_state.get(_CHOICE) or st.query_params.get(_CHOICE) or ""
    return "" if name == source.menu_name() else str(name)


def choose_source(default: str) -> Shown:
    """Draw the menu of sources if there are several; the chosen one."""
    if (wanted := st.session_state.pop(_WANTED, None)) is not None:
        if wanted and _CHOICE not in st.session_state:  # a new menu takes its value from the URL
            st.query_params[_CHOICE] = wanted
        st.session_state[_CHOICE], st.session_state[SIDE] = wanted or default, LOADED
        _reset_choices()
    names = saved_names()
    tab_choice = [TAB] if _TAB in st.session_state else []
    requested = st.query_params.get(_CHOICE)
    if requested and requested not in (default, *names, *tab_choice):
        st.warning(f"There is no source “{md(formats.clipped(requested, MOST_SHOWN))}” here"
                   + (": files of a browser tab are gone when it is loaded again."
                      if requested == TAB else "."))
    if not names and not tab_choice:
        return SERVERS
    chosen = st.selectbox("Source", [default, *names, *tab_choice], key=_CHOICE,
                          bind="query-params", on_change=_reset_choices)
    if chosen == default:
        return SERVERS
    if chosen == TAB:
        return Shown(chosen, of_tab, in_tab=True)
    return Shown(chosen, partial(load_saved, chosen))


def open_in_tab(upload: Upload) -> None:
    """Show uploaded files in this tab only.

    They count as read now, for they may be read in another way than the last time.
    """
    st.session_state[_TAB] = replace(upload, at=datetime.now(UTC))
    show_source(TAB)


def show_source(name: str) -> None:
    """Show another source from the next run on; "" is the one the server was started with.

    The Data page stays: Streamlit does not leave a page that has a widget bound to the URL.
    """
    st.session_state[_WANTED] = name
    st.rerun()


def is_of_tab() -> bool:
    """Whether what is shown lives in this tab only."""
    return st.session_state.get(_CHOICE) == TAB and _TAB in st.session_state


def saved_name() -> str | None:
    """The name of the saved source that is shown; None for any other source."""
    chosen = st.session_state.get(_CHOICE)
    return chosen if chosen in saved_names() else None


def is_uploaded() -> bool:
    """Whether what is shown was uploaded, and is not what the server was started with."""
    return is_of_tab() or saved_name() is not None


def of_tab() -> Loaded:
    """The portfolio of the files of this tab."""
    upload: Upload = st.session_state[_TAB]
    portfolio, raw = read(upload)
    return Loaded(portfolio, upload.at, f"{IN_TAB}{upload.files_key}", raw=raw)


def saved_source(name: str) -> Upload:
    """The upload saved in the store under a name. Raises SourceError."""
    open_store = store.current()
    try:
        if isinstance(open_store, StoreError):
            raise open_store
        entry = _saved_entry(name, open_store)
    except StoreError as error:
        raise SourceError(str(error)) from None
    settings = settings_of(entry.settings.encode(), longest=OWN_LONGEST)
    return Upload(entry.files, settings, entry.at, name, entry.id)


def saved_settings() -> dict[str, Settings]:
    """The settings of the saved sources by their names, the one saved last first, without those
    that cannot be used."""
    written = store.read(lambda open_store: _source_settings(store.revision(), open_store)) or {}
    return {name: written[name] for name in written if name in saved_names()}


def saved_names() -> list[str]:
    """The names of the saved sources; one that is called as the server's own source is cannot be
    chosen, and has no place in the menu."""
    return [name for name in _saved_numbers()
            if name_key(name) not in (name_key(TAB), name_key(source.menu_name()))]


def save_source(upload: Upload, name: str, saved_by: str) -> str | None:
    """Save an upload under a name; returns the name as it stands in the menu, None where that
    failed. What was saved meanwhile by somebody else stays.

    A source saved under that name already is replaced only if the upload was added to it.
    """
    if name_key(name) in {name_key(taken) for taken in (
            TAB, source.menu_name(), short_name(str(DEMO)))}:
        st.error("Not saved: choose a name for the menu.")
        return None
    added_to = upload.entry if plain_name(name) == plain_name(upload.title) else None
    saved = store.write(lambda open_store: open_store.save_source(SavedSource(
        name, upload.files, to_toml(upload.settings), saved_by, datetime.now(UTC)), added_to))
    return saved.name if saved else None


def delete_source(name: str, deleted_by: str) -> bool:
    """Delete a saved source from the store; returns whether that worked."""
    def delete(open_store: Store) -> bool:
        number = _saved_numbers().get(name, 0)
        open_store.delete_source(name, number, deleted_by, datetime.now(UTC))
        return True

    return bool(store.write(delete))


def _reset_choices() -> None:
    """Reset the filters and the day: those of one source mean nothing for another."""
    for name in ("area", "role", "pm"):
        if name in st.session_state:
            st.session_state[name] = None
    st.session_state[_CHANGED] = True


def source_changed() -> bool:
    """Whether another source is now shown, so that its day is to be taken; True only once."""
    return bool(st.session_state.pop(_CHANGED, False))


def load_saved(name: str) -> Loaded:
    """The portfolio of the files saved under a name. Raises SourceError, SettingsError."""
    upload = saved_source(name)
    portfolio, raw = read(upload)
    return Loaded(portfolio, upload.at, saved_source_key(name), raw=raw)


def _saved_numbers() -> dict[str, int]:
    return store.read(lambda open_store: _source_names(store.revision(), open_store)) or {}


@st.cache_resource(show_spinner=False, max_entries=2)
def _source_names(revision: str, _store: Store) -> dict[str, int]:
    return _store.source_names()


@st.cache_resource(show_spinner=False, max_entries=2)
def _source_settings(revision: str, _store: Store) -> dict[str, Settings]:
    settings = {}
    for name, written in _store.source_settings().items():
        try:
            settings[name] = settings_of(written.encode(), longest=OWN_LONGEST)
        except SettingsError:  # said where that source is opened
            continue
    return settings


def _saved_entry(name: str, open_store: Store) -> SavedSource:
    def fetch() -> SavedSource:
        with st.spinner("Fetching the files …"):
            return open_store.source(name)

    return cast(SavedSource, _saved_entries().get(
        (name, _saved_numbers().get(name, 0), store.identity()), fetch))


@st.cache_resource(show_spinner=False)
def _saved_entries() -> Results:
    return Results(4, 64 << 20)
