"""What comes of the files: opened in this tab, or saved as a portfolio or as an update of one."""

from dataclasses import replace

import streamlit as st

from orgdata.model.settings_text import to_toml
from orgdata.store.archive import to_zip
from orgdata.store.entries import MOST_NAME
from orgdata.ui.shell import store
from orgdata.ui.shell.escape import md
from orgdata.ui.upload import draft as drafts
from orgdata.ui.upload import tab_source
from orgdata.ui.upload.draft import Draft
from orgdata.ui.upload.reading import Reading, layouts_of
from orgdata.ui.widgets import downloads
from orgdata.upload.answers import with_guesses
from orgdata.upload.files import Upload

_WHO_SEES = "Everybody who uses this dashboard will see it; the files are stored with it."


def show(reading: Reading) -> None:
    """Show the ways to go on."""
    st.subheader("Save")
    left, right = st.columns(2, gap="large")
    with left:
        ask_base(reading.draft)
        _show_form(reading)
        _show_downloads(reading)
    with right:
        st.markdown("Or look at it first: it opens in this browser tab only, nothing is stored.")
        if st.button("Open it in this tab", icon=":material/open_in_browser:", key="bring_open",
                     help="It is gone when the tab is loaded again."):
            tab_source.open_in_tab(_finished(reading))


def ask_base(draft: Draft) -> None:
    """Ask whether the files are a portfolio of their own, or update a saved one."""
    names = tab_source.saved_names()
    if not names:
        return
    st.session_state["bring_base"] = draft.base if draft.base in names else ""
    st.selectbox("Save it as", ["", *names], key="bring_base", on_change=_note_base,
                 format_func=lambda name: f"This week's update of “{name}”" if name else
                 "A new portfolio")


def _note_base() -> None:
    drafts.change(base=st.session_state["bring_base"] or None, renames={}, keep_gone=False)


def _show_form(reading: Reading) -> None:
    base = reading.draft.base
    with st.form("bring_save", border=False):
        name = base or st.text_input("Name of the portfolio", key="bring_name", max_chars=MOST_NAME,
                                     placeholder="Goals and products, Q4")
        saved_by = store.my_name("bring_by")
        st.caption(_WHO_SEES)
        if st.form_submit_button(f"Save the update of “{md(base)}”" if base else "Save and open",
                                 icon=":material/save:"):
            _save(_finished(reading), name.strip(), saved_by)
    store.show_write_error()


def _save(upload: Upload, name: str, saved_by: str) -> None:
    if saved := tab_source.save_source(upload, name, saved_by):
        drafts.forget()
        tab_source.show_source(saved)


def _finished(reading: Reading) -> Upload:
    """The upload with all that next week's files need: our guesses that nobody changed are
    answers."""
    upload = reading.now.upload
    settings = with_guesses(upload.settings, reading.now.portfolio.intake)
    return replace(upload, settings=replace(settings, layouts=layouts_of(upload)))


def _show_downloads(reading: Reading) -> None:
    portfolio = reading.now.portfolio
    with st.expander("Download instead"):
        st.download_button("Your answers (settings.toml)",
                           downloads.noted("settings.toml", lambda: to_toml(
                               _finished(reading).settings).encode()),
                           "settings.toml", "application/toml", icon=":material/download:",
                           on_click="ignore",
                           help="Uploaded with the same files, or beside them for the command "
                                "line, they are read the same way.")
        st.download_button("The data as tables (CSV)",
                           downloads.noted("portfolio.zip", lambda: to_zip(
                               portfolio, for_spreadsheets=True)),
                           "portfolio.zip", "application/zip", icon=":material/download:",
                           on_click="ignore")
