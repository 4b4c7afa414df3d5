"""What comes of the files: opened in this tab, or saved as a portfolio or as an update of one."""

from dataclasses import replace

import pandas as pd
import streamlit as st

from orgdata import formats
from orgdata.model.settings import to_toml
from orgdata.store.archive import to_zip
from orgdata.store.entries import MOST_NAME
from orgdata.ui.shell import store
from orgdata.ui.shell.cache import cached
from orgdata.ui.shell.escape import md
from orgdata.ui.upload import draft as drafts
from orgdata.ui.upload import tab_source
from orgdata.ui.upload.draft import Draft
from orgdata.ui.upload.reading import Read, Reading, layouts_of
from orgdata.ui.widgets import tables
from orgdata.upload import compare
from orgdata.upload.answers import with_guesses
from orgdata.upload.files import Upload
from orgdata.upload.renames import Renamed

_MOST_NAMES = 12  # that are written out
_GONE = {False: "Drop them", True: "Keep them"}
_RENAMED = {True: "The same product", False: "Another product"}
_WHO_SEES = "Everybody who uses this dashboard will see it; the files are stored with it."


def show(reading: Reading) -> None:
    """Show what would change, and the ways to go on."""
    st.subheader("Save")
    left, right = st.columns(2, gap="large")
    with left:
        ask_base(reading.draft)
        _show_form(reading)
        _show_downloads(reading)
    with right:
        if reading.before:
            _show_update(reading, reading.before)
        else:
            st.markdown("Or look at it first: it opens in this browser tab only, and nothing is "
                        "stored.")
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
    drafts.change(base=st.session_state["bring_base"] or None)


def _show_form(reading: Reading) -> None:
    base = reading.draft.base
    with st.form("bring_save", border=False):
        name = base or st.text_input("Name", key="bring_name", max_chars=MOST_NAME,
                                     placeholder="Goals and products, Q4")
        saved_by = store.my_name("bring_by")
        st.caption(_WHO_SEES)
        if st.form_submit_button(f"Save the update of “{md(base)}”" if base else "Save and open",
                                 icon=":material/save:", type="primary"):
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
                           lambda: to_toml(_finished(reading).settings).encode(), "settings.toml",
                           "application/toml", icon=":material/download:", on_click="ignore",
                           help="Dropped in with the same files, or lying beside them for the "
                                "command line, they are read the same way.")
        st.download_button("The data as tables (CSV)",
                           lambda: to_zip(portfolio, for_spreadsheets=True), "portfolio.zip",
                           "application/zip", icon=":material/download:", on_click="ignore")


# -- an update -------------------------------------------------------------------------------------

def _show_update(reading: Reading, before: Read) -> None:
    """Show what would change of the saved portfolio: renames, counts, and what is gone."""
    st.markdown(f"**What would change in “{md(reading.draft.base or '')}”**")
    for number, renamed in enumerate(reading.draft.renames):
        _ask_renamed(renamed, number, reading.draft)
    changes = _changes(before, reading.now)
    if not any(one.new or one.changed or one.gone for one in changes):
        st.markdown("Nothing: all of it is there already, the same.")
    tables.show(pd.DataFrame({
        "what": [compare.NAMES[one.table][1].capitalize() for one in changes],
        "new": [len(one.new) for one in changes], "changed": [len(one.changed) for one in changes],
        "same": [one.same for one in changes], "gone": [len(one.gone) for one in changes]}),
        "bring_changes", "What would change", {
            "what": "", "new": "New", "changed": "Changed", "same": "The same",
            "gone": "No longer there"})
    _show_names(changes)
    _ask_gone(reading, before)
    if reading.told and (kept := len(reading.now.portfolio["check_ins"])
                         - len(reading.told.portfolio["check_ins"])):
        st.caption(f"{formats.count(kept, 'earlier check-in')} kept as history.")


@cached
def _changes(before: Read, now: Read) -> list[compare.Changes]:
    return compare.compare(before.portfolio, now.portfolio)


def _show_names(changes: list[compare.Changes]) -> None:
    """Show the names of what is new and changed, folded."""
    lines = [f"- {word} {md(compare.NAMES[one.table][1])}: "
             f"{md(formats.listed(list(names), most=_MOST_NAMES))}"
             for one in changes for word, names in (("New", one.new), ("Changed", one.changed))
             if names]
    if lines:
        with st.expander("By name"):
            st.markdown("\n".join(lines))


def _ask_gone(reading: Reading, before: Read) -> None:
    """Show by name what the files no longer tell of, and ask whether it stays."""
    gone = [one for one in _changes(before, reading.told or reading.now) if one.gone
            and one.table != "people"]
    if not gone:
        return
    st.markdown("\n".join(["**No longer in your files**", "", *(
        f"- {compare.NAMES[one.table][1].capitalize()}: "
        f"{md(formats.listed(list(one.gone), most=_MOST_NAMES))}" for one in gone)]))
    st.session_state["bring_gone"] = reading.draft.keep_gone
    st.segmented_control("What is no longer in your files", list(_GONE), key="bring_gone",
                         format_func=_GONE.__getitem__, required=True, on_change=_note_gone,
                         label_visibility="collapsed")


def _note_gone() -> None:
    drafts.change(keep_gone=st.session_state["bring_gone"])


def _ask_renamed(renamed: Renamed, number: int, draft: Draft) -> None:
    """Ask whether a product is one that had another name."""
    key = f"renamed_{number}"
    st.session_state[key] = draft.renames[renamed]
    st.segmented_control(
        f"{md(renamed.name)} is now called **{md(renamed.new_name)}**: the same product? "
        ":small[Same product manager, spend and goals.]", list(_RENAMED), key=key,
        format_func=_RENAMED.__getitem__, required=True, on_change=_note_renamed,
        args=(renamed, key))


def _note_renamed(renamed: Renamed, widget: str) -> None:
    if draft := drafts.current():
        drafts.change(renames={**draft.renames, renamed: st.session_state[widget]})
