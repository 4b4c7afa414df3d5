"""What handed-over files became: every record accounted for, a preview, what would change, and
what to do with it."""

from dataclasses import replace

import pandas as pd
import streamlit as st

from orgdata import formats
from orgdata.model.portfolio import Portfolio
from orgdata.model.problems import LEVELS
from orgdata.model.schema import TABLES
from orgdata.model.settings import to_toml
from orgdata.store.archive import to_zip
from orgdata.ui.shell import source, store
from orgdata.ui.shell.escape import md
from orgdata.ui.shell.view import View
from orgdata.ui.upload import records, tab_source
from orgdata.ui.upload.files import portfolio_of
from orgdata.ui.widgets import tables
from orgdata.upload import preview
from orgdata.upload.files import Upload
from orgdata.upload.same_entity import joined, same_entities

_FIRST = 50  # rows of each table in the preview


def show(draft: Upload, portfolio: Portfolio, view: View | Exception) -> None:
    """The result as it would be, before anything is opened or kept."""
    draft, portfolio = _same(draft, portfolio)
    st.subheader("What it becomes")
    for export in portfolio.exports:
        st.markdown(md(preview.describe_export(portfolio, export)))
    records.accounted(portfolio)
    _preview(portfolio)
    if portfolio.set_aside:
        records.rows_set_aside(portfolio)
    _problems(portfolio)
    if isinstance(view, View):
        _changes(view, portfolio)
    _go_on(draft, portfolio)


def _same(draft: Upload, portfolio: Portfolio) -> tuple[Upload, Portfolio]:
    """Ids that seem to be one thing, for the user to confirm; those confirmed are one from then
    on. None is joined unasked."""
    found = same_entities(portfolio)
    if not found:
        return draft, portfolio
    st.subheader("Are these the same?")
    st.caption("Files that know each other by name only are joined where you say so.")
    confirmed = [one for one in found if st.checkbox(
        md(f"{one.theirs} is {one.ours} ({one.table}, same {one.by})"),
        key=f"same_{one.table}_{one.theirs}")]
    if not confirmed:
        return draft, portfolio
    draft = replace(draft, settings=joined(draft.settings, confirmed))
    return draft, portfolio_of(draft)


def _preview(portfolio: Portfolio) -> None:
    held = [name for name in TABLES if name in portfolio.counts]
    counts = [portfolio.counts[name] for name in held]
    tables.show(pd.DataFrame({
        "table": held, "read": [count.read for count in counts],
        "loaded": [count.loaded for count in counts],
        "aside": [count.set_aside for count in counts]}), "bring_counts",
        "Rows by table", {"table": "Table", "read": "Rows read", "loaded": "Loaded",
                          "aside": "Set aside"})
    for tab, name in zip(st.tabs([name.replace("_", " ") for name in held]), held, strict=True):
        rows = portfolio[name].head(_FIRST)
        with tab:
            st.dataframe(rows[[column for column in rows if rows[column].notna().any()]],
                         hide_index=True, key=f"bring_rows_{name}", alt=f"First rows of {name}")


def _problems(portfolio: Portfolio) -> None:
    found = portfolio.problems
    if not len(found):
        st.markdown("No problem was found.")
        return
    counts = found["level"].value_counts()
    said = ", ".join(formats.count(counts[level], level if level != "information" else "note")
                     for level in LEVELS if level in counts)
    with st.expander(f"Problems: {said}", expanded=bool(counts.get("error", 0))):
        tables.show(found, "bring_problems", "Problems found in the files", {
            "level": "Level", "table": "Table", "row": "Row", "column": "Column",
            "message": {**tables.WIDE, "label": "What and why"}})


def _changes(view: View, portfolio: Portfolio) -> None:
    changed = preview.row_changes(view.portfolio, portfolio)
    with st.expander("What would change against what is on the screen now"):
        if not changed[["new", "changed", "gone"]].to_numpy().any():
            st.markdown("Nothing: every row is there already, the same.")
        tables.show(changed, "bring_changes", "Rows that would change", {
            "table": "Table", "new": "New", "changed": "Changed", "gone": "Gone",
            "same": "The same"})


def _go_on(draft: Upload, portfolio: Portfolio) -> None:
    st.subheader("Go on with it")
    if st.button("Open it in this tab", icon=":material/open_in_browser:", type="primary",
                 key="bring_open", help="It lives in this browser tab only, and is gone when the "
                                        "tab is loaded again."):
        tab_source.open_in_tab(draft)
    with st.form("bring_keep", border=True):
        st.markdown("Keep it in the store: from then on it is in the menu of sources, for "
                    "everybody who uses this dashboard.")
        name = st.text_input("Name", value=st.session_state.get("bring_base") or "",
                             placeholder="Goals and products, Q4", key="bring_name")
        by = store.my_name("bring_by")
        if st.form_submit_button("Keep and open", icon=":material/save:"):
            _kept(draft, name.strip(), by)
    store.show_write_error()
    st.download_button("Download the settings", to_toml(draft.settings).encode(), "settings.toml",
                       "application/toml", icon=":material/download:", on_click="ignore",
                       help="Beside the same files, the command line reads them the same way.")
    st.download_button("Download as our tables", lambda: to_zip(portfolio, for_spreadsheets=True),
                       "portfolio.zip", "application/zip", icon=":material/download:",
                       on_click="ignore")


def _kept(draft: Upload, name: str, by: str) -> None:
    if name in ("", tab_source.TAB, source.menu_name()):
        st.error("Nothing was kept: give it a name of its own, under which it stands in the menu.")
    elif tab_source.save_source(draft, name, by):
        tab_source.go_to(name)
