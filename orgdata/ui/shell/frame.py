"""The frame around every page: how a page is entered, and the view it gets.

A fresh server that first receives a deep link runs that page alone (no dashboard.py, no sidebar).
So the first statement of every page is `enter`, which goes through dashboard.py once per session
and comes back with the page and its query string.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from typing import Literal

import streamlit as st

from orgdata.access import Refused
from orgdata.model.settings import SettingsError
from orgdata.sources import SourceError
from orgdata.ui.shell import (
    letter_link,
    metrics,
    past_review,
    rewording,
    rights,
    scenario,
    selection,
    sidebar,
    sign_in,
    source,
    store,
)
from orgdata.ui.shell.escape import md
from orgdata.ui.shell.pace import AtOnce
from orgdata.ui.shell.view import View
from orgdata.ui.upload import tab_source
from orgdata.views.edited import corrections_sentence

_ENTERED, _LINK, _VIEW = "frame_entered", "frame_deep_link", "frame_view"
_NOTED = "sign_in_noted"  # session state: whose sign-in was noted
# Browsers fetch material icons of tabs from Google: a file of our own tells nobody who looks.
ICON = Path(__file__).with_name("icon.svg")
MOST_AT_ONCE = 3  # pages of one person
_AT_ONCE = AtOnce(MOST_AT_ONCE)
_SIDEBAR = 220  # pixels: the map beside it takes what a laptop has
_NOT_FROZEN = Lock()  # acquired once per process


def enter(page: str) -> View:
    """The view for a page (named like its file). Stops the page where the source cannot be read, or
    where it is not for who asks."""
    _enter_through_router(page)
    _stop_where_not_theirs(page)
    view = st.session_state.get(_VIEW)
    if isinstance(view, View):
        _show_notices(view)
        return view
    show_source_error(view)
    st.stop()


def _show_notices(view: View) -> None:
    """Show why the page may be out of date, temporary or incomplete, and what was saved."""
    store.show_saved()
    letter_link.show(view)
    if view.review:
        past_review.show_banner(view.review)
    if view.scenario:
        scenario.show_banner(view.scenario)
    if view.failure:
        why = sign_in.reason(view.failure)
        st.warning(md(f"The source could not be read again: {why} What is shown was read on "
                      f"{view.read_at.astimezone():%-d %b at %H:%M}."),
                   icon=":material/cloud_off:")
        _show_retry_button()
    if view.changed_at:
        st.info(f"The files were changed on {view.changed_at.astimezone():%-d %b at %H:%M}, after "
                "they were read.", icon=":material/update:")
        st.button("Reload", icon=":material/refresh:", on_click=reload, key="reload_changed")
    if tab_source.is_of_tab():
        st.info("This is shown from files that live in this browser tab only: they are gone when "
                "it is loaded again.", icon=":material/tab:")
        if st.session_state.get(selection.PAGE) != "data":
            selection.link("data", "Save them", icon=":material/save:",
                           **{tab_source.SIDE: tab_source.UPLOAD})
    if corrected := corrections_sentence(view.evaluated.corrected.alignment.portfolio):
        st.caption(f":material/edit: {md(corrected)}")
    if warning := view.incomplete_warning:
        st.warning(md(warning), icon=":material/incomplete_circle:")


def _show_retry_button() -> None:
    st.button("Try again", icon=":material/refresh:", on_click=reload, key="try_again")


def reload() -> None:
    """Have the source read again, or say that it has just been: what a button does."""
    if not source.reload():
        st.toast("The source was asked a moment ago: what came of it is what is shown. Ask again "
                 "in a few seconds.", icon=":material/schedule:")


def enter_data() -> View | Exception:
    """The view for the Data page, or why the source cannot be read: it is shown in either case."""
    _enter_through_router("data")
    _stop_where_not_theirs("data")
    view: View | Exception = st.session_state[_VIEW]
    if isinstance(view, View):
        _show_notices(view)
    return view


def configure() -> None:
    """Set title, icon and widths: what a browser takes from the first script that runs."""
    st.set_page_config(page_title="Portfolio alignment", page_icon=ICON, layout="wide",
                       initial_sidebar_state=_SIDEBAR)


def _enter_through_router(page: str) -> None:
    if _ENTERED not in st.session_state:
        configure()
        st.session_state[_LINK] = (page, st.query_params.to_dict())
        st.switch_page("dashboard.py")


def _stop_where_not_theirs(page: str) -> None:
    """Show that there is no such page to who may not open it."""
    if rights.current().may_open(page):
        return
    st.title("There is no such page, or it is not for you.", anchor=False)
    selection.link("overview", "Open the Overview", icon=":material/dashboard:")
    st.stop()


def may_open(page: str) -> bool:
    """Whether a page is the reader's to open, and so in the menu, as far as that is known."""
    theirs = rights.worked_out()
    return theirs is None or theirs.may_open(page)


@contextmanager
def in_turn() -> Iterator[None]:
    """Draw a page once fewer than `MOST_AT_ONCE` of the reader's own are being drawn: whoever opens
    very many waits for themselves, and nobody else for them. Who has yet to sign in is one."""
    with _AT_ONCE.of(sign_in.address() or (sign_in.STRANGERS if sign_in.is_asked() else "")):
        yield


def prepare(page: str) -> bool:
    """Draw the sidebar and build the view; called by dashboard.py before the page runs. Whether the
    menu is another one than what was drawn before: in other words, or with fewer pages."""
    metrics.PAGE_RUNS.inc()
    sign_in.gate()
    try:
        rights.admit(tab_source.asked())
    except Refused as refused:
        sign_in.turn_away(refused)
    st.session_state[_ENTERED], st.session_state[selection.PAGE] = True, page
    if link := st.session_state.pop(_LINK, None):
        linked_page, query = link
        st.switch_page(f"pages/{linked_page}.py", query_params=query)
    before = rewording.current()
    with st.sidebar:
        shown = tab_source.choose_source(source.menu_name())
    try:
        theirs = rights.work_out(shown)
    except Refused as refused:
        sign_in.turn_away(refused)
    with st.sidebar:
        try:
            st.session_state[_VIEW] = sidebar.draw(shown.load(), theirs)
        except (SourceError, SettingsError) as error:
            st.session_state[_VIEW] = error
            rewording.use(None)
        sign_in.show(source.people)
    _note_sign_in()
    return not theirs.all or rewording.current() is not before


def _note_sign_in() -> None:
    """Note once in a session who signed in; of very many sessions the first ones: the others would
    hide what else was noted."""
    name = sign_in.name()
    if st.session_state.get(_NOTED) != name:
        st.session_state[_NOTED] = name
        if store.too_often("sign-ins", sign_in.address()):
            return
        store.note("signed in", ", ".join(sorted(rights.current().roles)))


def freeze_loaded() -> None:
    """Exempt the modules and the portfolio loaded by now from garbage collection: they stay.

    Only the first call in a process does so.
    """
    if _NOT_FROZEN.acquire(blocking=False):  # and never released
        gc.freeze()


def show_source_error(error: Exception | None, on_data_page: bool = False) -> None:
    """Show what went wrong with the source, and what to do next."""
    st.error(f"The portfolio could not be read: {md(sign_in.reason(error))}",
             icon=":material/error:")
    if not may_open("data"):
        _show_retry_button()
        return
    st.markdown("Upload your files on the Data page; or set `ORGDATA_SOURCE` to a folder of CSV "
                "files, a workbook or a database URL, fix the source, and choose **Reload** "
                "there. `python -m orgdata template DIR` writes empty tables to start from.")
    if not on_data_page:
        _show_retry_button()
        selection.link("data", "Open the Data page", icon=":material/database:")


def show_filters(view: View) -> None:
    """Show what the filters narrow the lists to, where there are any."""
    if sentence := view.filter_sentence:
        st.info(md(sentence), icon=":material/filter_alt:")


def show_missing_table(message: str, table: str) -> None:
    """Show what a page with nothing to show is missing, and which table would fill it."""
    st.title(message, anchor=False)
    st.info(f"Fill in {table} to see this page; the Data page says what was read and offers a "
            "template.", icon=":material/inbox:")
    selection.link("data", "Open the Data page", icon=":material/database:")


def main_button() -> Literal["primary", "secondary"]:
    """The type of the button a form is there for. Streamlit writes white on the accent colour,
    which cannot be read on the light one of a dark page."""
    return "secondary" if dark() else "primary"


def dark() -> bool:
    """Whether the page has a dark background: figures choose the colour of their text by it."""
    return getattr(st.context.theme, "type", None) == "dark"
