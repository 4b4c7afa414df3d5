"""The result of an upload: its records, a preview, what would change, and the next steps."""

from dataclasses import dataclass, replace

import pandas as pd
import streamlit as st

from orgdata.model.portfolio import Portfolio
from orgdata.model.schema import TABLES
from orgdata.model.settings import to_toml
from orgdata.store.archive import to_zip
from orgdata.store.entries import MOST_NAME
from orgdata.ui.shell import store
from orgdata.ui.shell.cache import Versioned, cached
from orgdata.ui.shell.escape import md
from orgdata.ui.shell.view import View
from orgdata.ui.upload import records, tab_source
from orgdata.ui.upload.files import content_key, portfolio_of
from orgdata.ui.widgets import tables
from orgdata.upload import preview
from orgdata.upload.files import Upload
from orgdata.upload.same_entity import SameEntity, joined, same_entities

_PREVIEW_ROWS = 50  # rows of each table in the preview

_MOST_ASKED = 100  # pairs of ids that are asked about at once


@dataclass(frozen=True)
class _Read(Versioned):
    """The portfolio of an upload; of the same content it is the same."""

    portfolio: Portfolio
    version: str


def show(draft: Upload, portfolio: Portfolio, view: View | Exception) -> None:
    """Show the result of an upload before it is opened or saved."""
    draft, portfolio = _ask_same_entities(draft, portfolio)
    st.subheader("What it becomes")
    for export in portfolio.exports:
        st.markdown(md(preview.describe_export(portfolio, export)))
    records.show_records(portfolio)
    _show_preview(portfolio)
    if portfolio.set_aside:
        records.show_rows_set_aside(portfolio)
    _show_problems(portfolio)
    if isinstance(view, View):
        _show_changes(view, portfolio)
    _show_next_steps(draft, portfolio)


def _ask_same_entities(draft: Upload, portfolio: Portfolio) -> tuple[Upload, Portfolio]:
    """Ask which ids are one entity; returns the upload and the portfolio with those joined."""
    candidates, count = _same_entities(_Read(portfolio, content_key(draft)))
    if not candidates:
        return draft, portfolio
    st.subheader("Are these the same?")
    st.caption("Files that know each other by name only are joined where you say so.")
    confirmed = [candidate for candidate in candidates if st.checkbox(
        md(f"{candidate.theirs} is {candidate.ours} ({candidate.table}, same {candidate.by})"),
        key=f"same_{candidate.table}_{candidate.theirs}")]
    if count > len(candidates):
        st.caption(f"{count - len(candidates):,} more seem to be the same and are not asked "
                   "about: give each one id in the files.")
    if not confirmed:
        return draft, portfolio
    draft = replace(draft, settings=joined(draft.settings, confirmed))
    return draft, portfolio_of(draft)


@cached
def _same_entities(read: _Read) -> tuple[list[SameEntity], int]:
    """The first pairs of ids that seem to be one entity, and how many there are."""
    candidates = same_entities(read.portfolio)
    return candidates[:_MOST_ASKED], len(candidates)


def _show_preview(portfolio: Portfolio) -> None:
    loaded_tables = [name for name in TABLES if name in portfolio.counts]
    counts = [portfolio.counts[name] for name in loaded_tables]
    tables.show(pd.DataFrame({
        "table": loaded_tables, "read": [count.read for count in counts],
        "loaded": [count.loaded for count in counts],
        "aside": [count.set_aside for count in counts]}), "bring_counts",
        "Rows by table", {"table": "Table", "read": "Rows read", "loaded": "Loaded",
                          "aside": "Set aside"})
    tabs = st.tabs([name.replace("_", " ") for name in loaded_tables])
    for tab, name in zip(tabs, loaded_tables, strict=True):
        rows = portfolio[name].head(_PREVIEW_ROWS)
        with tab:
            st.dataframe(rows[[column for column in rows if rows[column].notna().any()]],
                         hide_index=True, key=f"bring_rows_{name}", alt=f"First rows of {name}")


def _show_problems(portfolio: Portfolio) -> None:
    problems = portfolio.problems
    if not len(problems):
        st.markdown("No problem was found.")
        return
    with st.expander(f"Problems: {preview.describe_problems(problems)}",
                     expanded=bool((problems["level"] == "error").any())):
        tables.show(problems, "bring_problems", "Problems found in the files", {
            "level": "Level", "table": "Table", "row": "Row", "column": "Column",
            "message": {**tables.WIDE, "label": "What and why"}})


def _show_changes(view: View, portfolio: Portfolio) -> None:
    changed = preview.row_changes(view.portfolio, portfolio)
    with st.expander("What would change against what is on the screen now"):
        if not changed[["new", "changed", "gone"]].to_numpy().any():
            st.markdown("Nothing: every row is there already, the same.")
        tables.show(changed, "bring_changes", "Rows that would change", {
            "table": "Table", "new": "New", "changed": "Changed", "gone": "Gone",
            "same": "The same"})


def _show_next_steps(draft: Upload, portfolio: Portfolio) -> None:
    st.subheader("Go on with it")
    if st.button("Open it in this tab", icon=":material/open_in_browser:", type="primary",
                 key="bring_open", help="It lives in this browser tab only, and is gone when the "
                                        "tab is loaded again."):
        tab_source.open_in_tab(draft)
    with st.form("bring_keep", border=True):
        st.markdown("Keep it in the store: from then on it is in the menu of sources, for "
                    "everybody who uses this dashboard.")
        name = st.text_input("Name", value=st.session_state.get("bring_base") or "",
                             placeholder="Goals and products, Q4", key="bring_name",
                             max_chars=MOST_NAME)
        saved_by = store.my_name("bring_by")
        if st.form_submit_button("Keep and open", icon=":material/save:"):
            _save(draft, name.strip(), saved_by)
    store.show_write_error()
    st.download_button("Download the settings", to_toml(draft.settings).encode(), "settings.toml",
                       "application/toml", icon=":material/download:", on_click="ignore",
                       help="Beside the same files, the command line reads them the same way.")
    st.download_button("Download as our tables", lambda: to_zip(portfolio, for_spreadsheets=True),
                       "portfolio.zip", "application/zip", icon=":material/download:",
                       on_click="ignore")


def _save(draft: Upload, name: str, saved_by: str) -> None:
    if saved := tab_source.save_source(draft, name, saved_by):
        tab_source.show_source(saved)
