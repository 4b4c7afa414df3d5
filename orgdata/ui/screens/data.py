"""The Data page: reload, counts, problems, set-aside rows, and what more data would turn on."""

from collections.abc import Mapping
from functools import partial

import pandas as pd
import streamlit as st

from orgdata import formats
from orgdata.model.portfolio import Count
from orgdata.model.problems import LEVELS, together
from orgdata.model.schema import TABLES
from orgdata.store.archive import to_zip
from orgdata.tabular.csv_safe import csv_bytes
from orgdata.ui.shell import selection, store
from orgdata.ui.shell import source as sources
from orgdata.ui.shell.cache import kept
from orgdata.ui.shell.escape import md
from orgdata.ui.shell.view import View
from orgdata.ui.upload import records, tab_source
from orgdata.ui.widgets import confirm_form, gap_list, tables
from orgdata.upload import preview
from orgdata.upload.template import template_zip
from orgdata.validate import future_check_ins

ICONS = {"error": "✕ error", "warning": "▽ warning", "information": "○ information"}


def wants_to_bring() -> bool:
    """The two sides of the page: what is loaded, or files to bring; the choice is in the URL."""
    chosen = st.segmented_control(
        "Show", [tab_source.LOADED, tab_source.BRING], key=tab_source.SIDE,
        default=tab_source.LOADED, bind="query-params", required=True, label_visibility="collapsed")
    return chosen == tab_source.BRING


def source(view: View | Exception) -> None:
    """Which source is read and when it was, with the button that reads it again."""
    if isinstance(view, View):
        st.markdown(md(f"{view.portfolio.source} ({view.portfolio.recognised_as}), read on "
                       f"{view.read_at.astimezone():%-d %b %Y at %H:%M:%S}."))
        file = view.portfolio.settings.file
        if file or not tab_source.is_handed():
            st.caption(md(f"Settings: {file}" if file else
                          "No settings.toml beside the data: defaults are used."))
    if tab_source.is_handed():
        selection.link("overview", "Read the Overview", icon=":material/dashboard:")
        _let_go()
        return
    st.button("Reload", icon=":material/refresh:", on_click=sources.forget,
              help="Reads the source again, for everybody.")


def _let_go() -> None:
    """A kept source can be taken out of the store by whoever says who they are."""
    name = tab_source.chosen_name()
    if name is None:
        return
    with st.popover("Let go of it", icon=":material/delete:"), st.form("let_go", border=False):
        st.markdown(md(f"The files of “{name}” are taken out of the store, for everybody. What was "
                       "noted on it stays."))
        by = store.my_name("let_go_by")
        if st.form_submit_button("Let go") and tab_source.delete_source(name, by):
            tab_source.go_to("")
    store.said()


def show(view: View) -> None:
    """Counts by table, problems, rows set aside, unknown columns, and the template."""
    portfolio = view.portfolio
    problems = kept(view, "problems", lambda: together([
        portfolio.problems, future_check_ins(portfolio, view.alignment.as_of)]))
    st.markdown(f"#### {md(kept(view, 'loaded', lambda: _sentence(view, problems)))}")
    for export in portfolio.exports:
        st.markdown(md(preview.recognised(portfolio, export)))
    records.accounted(portfolio)
    _counts(view)
    _problems(view, problems)
    st.subheader("Rows set aside")
    records.rows_set_aside(portfolio)
    confirm_form.carry_back(view)
    _take_along(view)
    _more(view)


def _sentence(view: View, problems: pd.DataFrame) -> str:
    counts = view.portfolio.counts
    read = sum(count.read for count in counts.values())
    aside = sum(count.set_aside for count in counts.values())
    said = f"{formats.count(read, 'row')} read from {formats.count(len(counts), 'table')}, "
    said += f"{formats.count(aside, 'row')} set aside." if aside else "none set aside."
    levels = problems["level"].value_counts()
    noticed = ", ".join(formats.count(levels[level], level if level != "information" else "note")
                        for level in LEVELS if level in levels)
    return said + (f" {noticed[0].upper()}{noticed[1:]}." if noticed else " Nothing to remark.")


def _count_rows(counts: Mapping[str, Count]) -> pd.DataFrame:
    return pd.DataFrame({
        "table": list(TABLES), "about": [table.about for table in TABLES.values()],
        "read": [counts[name].read if name in counts else None for name in TABLES],
        "loaded": [counts[name].loaded if name in counts else None for name in TABLES],
        "aside": [counts[name].set_aside if name in counts else None for name in TABLES],
        "state": ["not in the source" if name not in counts else "●" for name in TABLES],
    }).astype({"read": "Int64", "loaded": "Int64", "aside": "Int64"})


def _counts(view: View) -> None:
    rows = kept(view, "counts", lambda: _count_rows(view.portfolio.counts))
    tables.show(rows, "counts", "Rows read, loaded and set aside by table", {
        "table": "Table", "read": "Rows read", "loaded": "Loaded", "aside": "Set aside",
        "state": "State", "about": {**tables.WIDE, "label": "What it holds"}}, view)
    if (not_fetched := view.portfolio.not_fetched) and not_fetched.rows:
        stay = formats.count(not_fetched.rows, "check-in")
        st.caption(f"{stay} stayed in the database: nothing looks at them from "
                   f"{formats.day(not_fetched.exact_from)} on.")
    unknown = {name: list(rows.columns) for name, rows in view.portfolio.unknown_columns.items()}
    for name, columns in unknown.items():
        st.caption(md(f"Kept but not read in {name}: {formats.listed(columns, most=12)}."))


def _problems(view: View, problems: pd.DataFrame) -> None:
    st.subheader("Problems")
    if not len(problems):
        st.markdown("None.")
        return
    held = kept(view, "levels", lambda: [
        level for level in LEVELS if (problems["level"] == level).any()])
    chosen = st.pills("Level", held, selection_mode="multi", key="level", bind="query-params")
    marked = kept(view, "marked problems", lambda: problems.assign(
        marked=problems["level"].map(ICONS)))
    tables.show(marked[marked["level"].isin(chosen)] if chosen else marked, "problems",
                "Problems found while loading", {
                    "marked": "Level", "table": "Table", "row": "Row", "column": "Column",
                    "value": "Value", "message": {**tables.WIDE, "label": "What and why"}},
                None if chosen else view)
    shown = problems[problems["level"].isin(chosen)] if chosen else problems
    st.download_button("Download the problems", partial(csv_bytes, shown),
                       "problems.csv", "text/csv", icon=":material/download:")


def _take_along(view: View) -> None:
    st.subheader("Take it along")
    portfolio = view.alignment.portfolio
    st.download_button("Download as our tables", lambda: to_zip(portfolio, for_people=True),
                       "portfolio.zip", "application/zip", icon=":material/download:",
                       on_click="ignore", help="Every accepted row as CSV, with what was confirmed "
                       "on these pages. Dropped in again it gives the same report.")


def _more(view: View) -> None:
    st.subheader("What more data would turn on")
    st.markdown(md(f"{view.gaps.evaluated} of {view.gaps.of} rules are evaluated."))
    gap_list.turned_on(view)
    st.download_button("Download empty tables to fill in", template_zip, "template.zip",
                       "application/zip", icon=":material/download:",
                       help="One CSV per table with an example row, and a settings.toml.")
