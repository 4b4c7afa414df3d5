"""Key results on a page: a sentence, and a table with a bar against pace for each."""

from typing import Literal

import pandas as pd
import streamlit as st

from orgdata import formats
from orgdata.measures.check_ins import WEEKS
from orgdata.model.labels import HIDDEN
from orgdata.sources import SourceError
from orgdata.tabular.select import iter_rows
from orgdata.ui.page_table import component
from orgdata.ui.shell import sign_in, source
from orgdata.ui.shell.cache import cached
from orgdata.ui.shell.escape import md
from orgdata.ui.shell.view import Measured, View
from orgdata.ui.widgets import fix_form
from orgdata.views.key_results import pace_sentence, result_rows
from orgdata.views.page_table import Column, PageTable, page_table
from orgdata.views.vocabulary import FRESHNESS, NOT_ASKED, STATUS

MOST_WITH_WEEKS = 100  # key results for which the values of past weeks are read
By = Literal["product", "outcome"]  # the one they belong to, or lead to


def show(view: View, by: By, object_id: str, title: str) -> None:
    """Show the key results of a product or outcome, those that need attention first."""
    st.subheader(title)
    st.markdown(md(_sentence(view.measured, by, object_id)))
    rows = _rows(view.measured, by, object_id)
    if len(rows):
        component.show(_table(view, by, object_id), f"{by}_{object_id}_results", title)
        fix_form.show_key_results(view, f"{by}_{object_id}", dict(iter_rows(
            rows["kr_id"], rows["title"])))
    if (hidden := len(_key_results_of(view.measured, by, object_id)) - len(rows)) > 0:
        st.caption(f"{formats.count(hidden, 'key result')} shown only to those who work on "
                   f"{'it' if hidden == 1 else 'them'}.")


def _table(view: View, by: By, object_id: str) -> PageTable:
    """The rows with their weekly values, or without where those cannot be read."""
    try:
        return _table_with_weeks(view.measured, by, object_id)
    except SourceError as error:
        st.caption(md(f"The weeks before could not be read: {sign_in.reason(error)}"))
        return _as_table(_rows(view.measured, by, object_id).assign(weeks=None), by)


@cached
def _key_results_of(measured: Measured, by: By, object_id: str) -> pd.DataFrame:
    of = measured.alignment.of_product if by == "product" else measured.alignment.of_outcome
    return of(object_id, "key_results")


@cached
def _sentence(measured: Measured, by: By, object_id: str) -> str:
    return pace_sentence(_key_results_of(measured, by, object_id), measured.alignment)


@cached
def _rows(measured: Measured, by: By, object_id: str) -> pd.DataFrame:
    return result_rows(_key_results_of(measured, by, object_id)[
        lambda rows: rows["title"] != HIDDEN])


@cached
def _table_with_weeks(measured: Measured, by: By, object_id: str) -> PageTable:
    """The rows with their weekly values where there are at least two. Raises SourceError."""
    rows = _rows(measured, by, object_id)
    weeks = source.weeks(measured, rows["kr_id"].head(MOST_WITH_WEEKS))
    lines = {kr_id: list(values) for kr_id, values in weeks.items() if len(values) > 1}
    return _as_table(rows.assign(weeks=rows["kr_id"].map(lines)), by)


def _as_table(rows: pd.DataFrame, by: By) -> PageTable:
    rows = rows.assign(due=["no due date" if formats.is_unknown(day) else f"due {formats.day(day)}"
                            for day in rows["due"]])
    return page_table(rows, {
        "status": Column("Status", "state", STATUS, below="because"),
        "title": Column("Key result", "name", below="objective" if by == "product" else "of"),
        "shown": Column("Progress", "bar", expected="expected_share"),
        "way": Column("Start → now → target"), "weeks": Column(f"Last {WEEKS} weeks", "weeks"),
        "fresh": Column("Check-ins", "state", FRESHNESS, NOT_ASKED, below="due")})
