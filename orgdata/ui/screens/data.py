"""The Data page: the source, counts, problems, rows skipped, what more data would turn on."""

from functools import partial
from pathlib import Path

import pandas as pd
import streamlit as st

from orgdata import formats
from orgdata.model import labels
from orgdata.model.problems import LEVELS, join_problems
from orgdata.model.schema import TABLES
from orgdata.store.archive import to_zip
from orgdata.tabular.csv_safe import csv_bytes
from orgdata.ui.page_table import component
from orgdata.ui.shell import frame, selection, store
from orgdata.ui.shell.cache import cached
from orgdata.ui.shell.escape import md
from orgdata.ui.shell.view import Judged, Measured, View
from orgdata.ui.upload import found, page, records, tab_source
from orgdata.ui.widgets import (
    audited,
    confirm_form,
    corrections,
    downloads,
    gap_list,
    row_page,
    tokens,
)
from orgdata.upload import preview
from orgdata.upload.template import template_zip
from orgdata.validate import future_check_ins
from orgdata.views import answers, not_judged, problems
from orgdata.views.page_table import Column, PageTable, page_table
from orgdata.views.portfolio import source_name

_COUNTS = {"table": Column("List", "name"), "about": Column("What it holds", "wide"),
           "read": Column("Rows read", "number"), "loaded": Column("Loaded", "number"),
           "aside": Column("Skipped", "number"), "state": Column("State")}
_LEFT_UNJUDGED = {"table": Column("List", "name"), "row": Column("Row", "number", text=str),
                  "left_open": Column("Not judged because of it", "wide")}


def show(view: View | Exception) -> None:
    """Show what is loaded, or why nothing is; or where to upload files."""
    head = st.container()  # the answer stands above the choice
    if _upload_chosen():
        head.title("Bring your own files", anchor=False)
        page.show()
        return
    head.title(md(_sentence(view.measured)) if isinstance(view, View) else
               "The data could not be read", anchor=False)
    _show_source(view)
    if isinstance(view, View):
        _show_left_out(view)
        _show_loaded(view)
    else:
        frame.show_source_error(view, on_data_page=True)


def _upload_chosen() -> bool:
    """Ask whether to show what is loaded or the upload; the choice is in the URL."""
    chosen = st.segmented_control(
        "Show", [tab_source.LOADED, tab_source.UPLOAD], key=tab_source.SIDE,
        default=tab_source.LOADED, bind="query-params", required=True, label_visibility="collapsed")
    return chosen == tab_source.UPLOAD


def _show_source(view: View | Exception) -> None:
    """Show which source was read and when, with the button that reads it again."""
    if isinstance(view, View):
        st.markdown(md(f"{source_name(view.portfolio.source)} ({view.portfolio.recognised_as}), "
                       f"read on {view.read_at.astimezone():%-d %b %Y at %H:%M:%S}."))
        file = view.portfolio.settings.file
        if file or not tab_source.is_uploaded():
            st.caption(md(f"Settings: {Path(file).name}" if file else
                          "No settings.toml beside the data: defaults are used."))
    if isinstance(view, View) and view.review:
        return
    if tab_source.is_uploaded():
        with st.container(horizontal=True, vertical_alignment="center"):
            selection.link("overview", "Go to Overview", icon=":material/dashboard:")
            _show_delete_form()
        return
    st.button("Reload", icon=":material/refresh:", on_click=frame.reload,
              help="Reload the data for everyone.")


def _show_delete_form() -> None:
    """Show the form that deletes a source from the store; it asks who deletes it."""
    name = tab_source.saved_name()
    if name is None:
        return
    with st.popover("Delete", icon=":material/delete:"), st.form("let_go", border=False):
        st.markdown(md(f"The files of “{name}” and its snapshots are deleted from the store, for "
                       "everybody. What was decided and noted on it is not shown any more, and not "
                       "under another source of that name either."))
        by = store.my_name("let_go_by")
        if st.form_submit_button("Delete") and tab_source.delete_source(name, by):
            tab_source.show_source("")
    store.show_write_error()


def _show_left_out(view: View) -> None:
    """Show what the store holds of the source that cannot be understood, if it does."""
    if left_out := store.left_out(view.key):
        st.warning(f"The store holds {formats.listed(left_out, most=9)} in a form that this "
                   "version does not understand. That is left out on all pages and stays in the "
                   "store: a newer version may have written it.", icon=":material/rule_settings:")


def _show_loaded(view: View) -> None:
    """Show counts by table, problems, rows skipped, unknown columns, and the template."""
    portfolio = view.portfolio
    found.show(portfolio)
    found.show_left_out(portfolio.intake)
    records.show_records(portfolio)
    _show_counts(view)
    _show_problems(view)
    st.subheader("Rows skipped")
    records.show_rows_set_aside(portfolio)
    _show_left_unjudged(view)
    confirm_form.show_source_edits(view)
    corrections.show_all(view)
    row_page.show(view)
    _show_download(view)
    audited.show()
    tokens.show()
    _show_unlocked_rules(view)


@cached
def _all_problems(measured: Measured) -> pd.DataFrame:
    """The problems found while loading, with the check-ins that lie after the day shown."""
    portfolio = measured.portfolio
    return join_problems([portfolio.problems,
                          future_check_ins(portfolio, measured.alignment.as_of)])


@cached
def _sentence(measured: Measured) -> str:
    counts = measured.portfolio.counts
    read = sum(count.read for count in counts.values())
    aside = sum(count.set_aside for count in counts.values())
    sentence = f"{formats.count(read, 'row')} read from {formats.count(len(counts), 'list')}, "
    sentence += f"{formats.count(aside, 'row')} skipped." if aside else "none skipped."
    by_level = preview.describe_problems(_all_problems(measured))
    return sentence + (f" {by_level[0].upper()}{by_level[1:]}." if by_level else
                       " No problems.")


@cached
def _count_rows(measured: Measured) -> PageTable:
    counts = measured.portfolio.counts
    return page_table(pd.DataFrame({
        "table": [formats.sentence_case(labels.table(name)) for name in TABLES],
        "about": [table.about for table in TABLES.values()],
        "read": [counts[name].read if name in counts else None for name in TABLES],
        "loaded": [counts[name].loaded if name in counts else None for name in TABLES],
        "aside": [counts[name].set_aside if name in counts else None for name in TABLES],
        "state": ["loaded" if name in counts else "not loaded" for name in TABLES],
    }).astype({"read": "Int64", "loaded": "Int64", "aside": "Int64"}), _COUNTS)


def _show_counts(view: View) -> None:
    component.show(_count_rows(view.measured), "counts", "Rows read, loaded and skipped by list")
    if (not_fetched := view.portfolio.not_fetched) and not_fetched.rows:
        check_ins = formats.count(not_fetched.rows, "check-in")
        st.caption(f"{check_ins} not loaded: too old to matter from "
                   f"{formats.day(not_fetched.exact_from)} on.")
    unread = {name: list(rows.columns) for name, rows in view.portfolio.unknown_columns.items()}
    for name, columns in unread.items():
        st.caption(md(f"Columns of {labels.table(name)} that are not used: "
                      f"{formats.listed(columns, most=12)}."))


def _show_problems(view: View) -> None:
    st.subheader("Problems")
    rows = _all_problems(view.measured)
    if not len(rows):
        st.markdown("None.")
        return
    chosen_levels = st.pills("Level", _levels(view.measured), selection_mode="multi", key="level",
                             bind="query-params")
    shown = rows[rows["level"].isin(chosen_levels)] if chosen_levels else rows
    component.show(problems.table(shown) if chosen_levels else _problem_table(view.measured),
                   "problems", "Problems found while loading")
    st.download_button("Download the problems",
                       downloads.noted("problems.csv", partial(csv_bytes, shown)),
                       "problems.csv", "text/csv", icon=":material/download:")


@cached
def _levels(measured: Measured) -> list[str]:
    problems = _all_problems(measured)
    return [level for level in LEVELS if (problems["level"] == level).any()]


@cached
def _problem_table(measured: Measured) -> PageTable:
    return problems.table(_all_problems(measured))


def _show_left_unjudged(view: View) -> None:
    """Show what lost rows leave unjudged, each row with what it may decide."""
    if len(view.gaps.not_judged):
        st.markdown("These rows leave open what they may hold; once they are fixed, it is "
                    "judged:")
        component.show(_left_unjudged(view.judged), "left_unjudged",
                       "What each lost row leaves unjudged")


@cached
def _left_unjudged(judged: Judged) -> PageTable:
    rows = not_judged.by_row(judged.gaps, judged.alignment)
    return page_table(rows.assign(table=rows["table"].map(
        lambda name: formats.sentence_case(labels.table(name)))), _LEFT_UNJUDGED)


def _show_download(view: View) -> None:
    st.subheader("Download")
    portfolio = view.alignment.portfolio
    st.download_button("Download as CSV", downloads.noted(
        "portfolio.zip", lambda: to_zip(portfolio, for_spreadsheets=True)),
                       f"portfolio{'-scenario' if view.scenario else ''}.zip",
                       "application/zip", icon=":material/download:",
                       on_click="ignore", help="Every row that is used, with what was confirmed "
                                               "on these pages. Uploaded again it gives the "
                                               "same report.")


def _show_unlocked_rules(view: View) -> None:
    st.subheader("What more data would enable")
    st.markdown(md(answers.evidence(view.gaps)))
    gap_list.show_unlocking_tables(view)
    st.download_button("Download empty tables to fill in", template_zip, "template.zip",
                       "application/zip", icon=":material/download:",
                       help="One CSV per table with an example row, and a settings.toml.")
