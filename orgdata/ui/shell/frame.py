"""The frame around every page: the way in, and what a page gets to show.

A fresh server that first receives a deep link runs that page alone (no dashboard.py, no sidebar).
So the first statement of every page is `enter`, which goes through dashboard.py once per session
and comes back with the page and its query string.
"""

import gc
from threading import Lock

import streamlit as st

from orgdata.model.settings import SettingsError
from orgdata.sources import SourceError
from orgdata.ui.shell import selection, sidebar, source
from orgdata.ui.shell.escape import md
from orgdata.ui.shell.view import View
from orgdata.ui.upload import tab_source

_ENTERED, _LINK, _VIEW = "frame_entered", "frame_deep_link", "frame_view"
_UNSETTLED = Lock()  # free until the process has settled


def enter(page: str) -> View:
    """The view for a page (named like its file). Stops the page when there is nothing to show."""
    _come_in(page)
    view = st.session_state.get(_VIEW)
    if isinstance(view, View):
        _notices(view)
        return view
    show_source_error(view)
    st.stop()


def _notices(view: View) -> None:
    """What keeps the page from being the whole and present truth."""
    if view.failure:
        st.warning(md(f"The source could not be read again: {view.failure} What is shown was read "
                      f"on {view.read_at.astimezone():%-d %b at %H:%M}."),
                   icon=":material/cloud_off:")
        _try_again()
    if tab_source.is_of_tab():
        st.info("This is shown from files that live in this browser tab only: they are gone when "
                "it is loaded again.", icon=":material/tab:")
        if st.session_state.get(selection.PAGE) != "data":
            selection.link("data", "Keep them", icon=":material/save:",
                           **{tab_source.SIDE: tab_source.BRING})
    if said := view.incomplete:
        st.warning(md(said), icon=":material/incomplete_circle:")


def _try_again() -> None:
    st.button("Try again", icon=":material/refresh:", on_click=source.forget, key="try_again")


def enter_data() -> View | Exception:
    """As `enter`, for the page that is there even when the source cannot be read."""
    _come_in("data")
    view: View | Exception = st.session_state[_VIEW]
    if isinstance(view, View):
        _notices(view)
    return view


def _come_in(page: str) -> None:
    if _ENTERED not in st.session_state:
        st.session_state[_LINK] = (page, st.query_params.to_dict())
        st.switch_page("dashboard.py")


def shell(page: str) -> None:
    """Draw the sidebar and prepare the view; called by dashboard.py before the page runs."""
    st.session_state[_ENTERED], st.session_state[selection.PAGE] = True, page
    if link := st.session_state.pop(_LINK, None):
        asked, query = link
        st.switch_page(f"pages/{asked}.py", query_params=query)
    with st.sidebar:
        try:
            chosen = tab_source.menu(source.menu_name())
            st.session_state[_VIEW] = sidebar.draw(chosen or source.current())
        except (SourceError, SettingsError) as error:
            st.session_state[_VIEW] = error


def settle() -> None:
    """Take what is loaded by now out of every later search for garbage: it is there to stay. Only
    the first call in a process does so: what it finds are modules and the portfolio."""
    if _UNSETTLED.acquire(blocking=False):  # and never released
        gc.freeze()


def show_source_error(error: Exception | None, on_data_page: bool = False) -> None:
    """What went wrong with the source, and what to do next."""
    st.error(f"The portfolio could not be read: {md(error)}", icon=":material/error:")
    st.markdown("Drop your files in on the Data page; or set `ORGDATA_SOURCE` to a folder of CSV "
                "files, a workbook or a database URL, mend the source, and use **Reload** there. "
                "`python -m orgdata template DIR` writes empty tables to start from.")
    if not on_data_page:
        _try_again()
        selection.link("data", "Open the Data page", icon=":material/database:")


def filtered(view: View) -> None:
    """What the filters narrow the lists to, where there are any."""
    if said := view.narrowed:
        st.info(md(said), icon=":material/filter_alt:")


def empty(said: str, table: str) -> None:
    """A page with nothing to show yet: what is missing and which table would fill it."""
    st.info(f"{said} Fill in {table} to see this page; the Data page says what was read and "
            "offers a template.", icon=":material/inbox:")
    selection.link("data", "Open the Data page", icon=":material/database:")


def dark() -> bool:
    """Whether the page is shown on a dark background: pictures need their text in its colour."""
    return getattr(st.context.theme, "type", None) == "dark"
