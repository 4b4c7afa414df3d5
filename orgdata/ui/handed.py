"""Files that were handed over on the Data page: in this browser tab only, or kept in the store.

What is shown is chosen in the menu of sources: the one the server was started with, a kept one by
its name, or the files of this tab. The choice is in the URL.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cached_property

import pandas as pd
import streamlit as st

from orgdata import formats
from orgdata.portfolio import Portfolio
from orgdata.schema import normalise_name
from orgdata.settings import Settings, SettingsError
from orgdata.settings_text import from_toml, to_toml
from orgdata.sources import SourceError, kind_of, read_sheets, sheets_in
from orgdata.sources.sheets import Sheet
from orgdata.store import KeptSource, Store, StoreError
from orgdata.ui import memory
from orgdata.ui.escape import md
from orgdata.ui.source import Loaded
from orgdata.validate import validate

SIDE, LOADED, BRING = "do", "What is loaded", "Bring your own files"  # the Data page's two sides
TAB = "Files of this tab"  # the choice of the files that live in this tab only
_TAB, _WANTED, _CHOICE = "handed_tab", "handed_wanted", "source"


@dataclass(frozen=True)
class Handed:
    """Files as they were handed over, and how they are read."""

    files: Mapping[str, bytes]
    settings: Settings
    at: datetime
    title: str = ""  # the name under which they are kept

    @property
    def name(self) -> str:
        """What they are called as a source."""
        return self.title or formats.listed(list(self.files))

    @cached_property
    def files_key(self) -> str:
        """What identifies the files, by name and content."""
        digest = hashlib.sha256()
        for name, content in self.files.items():
            digest.update(f"{name}\n{len(content)}\n".encode())
            digest.update(content)
        return digest.hexdigest()


def menu(default: str) -> Loaded | None:
    """Draw the menu of sources, where there is more than one; the chosen one, None for the one
    the server was started with. Raises SourceError, SettingsError."""
    if (wanted := st.session_state.pop(_WANTED, None)) is not None:
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


def open_in_tab(handed: Handed) -> None:
    """Show these files, in this tab only."""
    st.session_state[_TAB] = handed
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
    handed: Handed = st.session_state[_TAB]
    return Loaded(portfolio_of(handed), handed.at, f"tab:{handed.files_key}")


def portfolio_of(handed: Handed) -> Portfolio:
    """Handed files as a portfolio. Raises SourceError where none holds anything we know."""
    found = _portfolio(handed.files_key, f"{handed.name}\n{to_toml(handed.settings)}", handed)
    if isinstance(found, Exception):
        raise found
    return found


def sheets_of(handed: Handed) -> list[Sheet]:
    """The sheets of files, read once. Raises SourceError where there is none."""
    found = _sheets(handed.files_key, handed)
    if isinstance(found, SourceError):
        raise found
    return found[0]


def kept_source(name: str) -> Handed:
    """What the store keeps under a name. Raises SourceError."""
    found = _kept_entry(name, memory.revision())
    if isinstance(found, StoreError):
        raise SourceError(str(found))
    return Handed(found.files, from_toml(found.settings), found.at, name)


def together(base: Handed, news: Handed, replacing: bool) -> Handed:
    """News of what is kept: its files and those handed over now, in this order. `replacing`: a
    file of the same columns takes the place of the one that was kept."""
    heads = {_columns(news, name) for name in news.files} if replacing else set()
    old = {name: content for name, content in base.files.items()
           if name not in news.files and (not replacing or _columns(base, name) not in heads)}
    return replace(news, files={**old, **news.files}, settings=base.settings, title=base.title)


def _columns(handed: Handed, file: str) -> tuple[tuple[str, ...], ...]:
    """The columns of the sheets of one file."""
    try:
        sheets = sheets_of(replace(handed, files={file: handed.files[file]}))
    except SourceError:
        return ((file,),)
    return tuple(tuple(map(normalise_name, sheet.table.frame.columns)) for sheet in sheets)


def kept_names() -> list[str]:
    """The names under which files are kept."""
    return _source_names(memory.revision())


def keep(handed: Handed, name: str, by: str) -> bool:
    """Keep files under a name; whether that worked (what failed is said on the page)."""
    return memory.write(lambda store: store.keep_source(KeptSource(
        name, handed.files, to_toml(handed.settings), by, datetime.now(UTC)))) is not None


def let_go(name: str, by: str) -> bool:
    """Take a kept source out of the store; whether that worked."""
    return memory.write(lambda store: store.keep_source(KeptSource(
        name, {}, "", by, datetime.now(UTC)))) is not None


def _other_source() -> None:
    """What is chosen of one source says nothing of another; nor is the one's day the other's."""
    for name in ("as_of", "area", "role", "pm"):
        st.session_state.pop(name, None)


def _kept(name: str) -> Loaded:
    handed = kept_source(name)
    return Loaded(portfolio_of(handed), handed.at, f"kept:{name}")


@st.cache_resource(show_spinner=False, max_entries=2)
def _source_names(revision: str) -> list[str]:
    opened = memory.store()
    return [] if isinstance(opened, StoreError) else opened.source_names()


@st.cache_resource(show_spinner="Fetching the files …", max_entries=4)
def _kept_entry(name: str, revision: str) -> KeptSource | StoreError:
    opened = memory.store()
    try:
        return opened.source(name) if isinstance(opened, Store) else opened
    except StoreError as error:
        return error


@st.cache_resource(show_spinner="Reading the files …", max_entries=4)
def _sheets(files: str, _handed: Handed) -> tuple[list[Sheet], list[pd.DataFrame]] | SourceError:
    try:
        return sheets_in(_handed.files)
    except SourceError as error:
        return error


@st.cache_resource(show_spinner="Checking every row …", max_entries=8)
def _portfolio(files: str, read_as: str,
               _handed: Handed) -> Portfolio | SourceError | SettingsError:
    found = _sheets(files, _handed)
    if isinstance(found, SourceError):
        return found
    try:
        return validate(read_sheets(_handed.name, kind_of(_handed.files), *found,
                                    _handed.settings))
    except (SourceError, SettingsError) as error:
        return error
