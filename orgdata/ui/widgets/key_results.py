"""Key results on a page: a sentence, a table, and bullets against pace."""

from typing import Literal

import pandas as pd
import pyarrow as pa
import streamlit as st

from orgdata.charts import Finished
from orgdata.charts.bullets import bullets
from orgdata.measures.check_ins import WEEKS
from orgdata.sources import SourceError
from orgdata.ui.shell import source
from orgdata.ui.shell.cache import cached
from orgdata.ui.shell.escape import md
from orgdata.ui.shell.frame import dark
from orgdata.ui.shell.view import Measured, View
from orgdata.ui.widgets import figure, tables
from orgdata.views.key_results import pace_sentence, result_rows
from orgdata.views.vocabulary import FRESHNESS, NOT_ASKED, STATUS

MOST_BULLETS = 12
MOST_WITH_WEEKS = 100  # key results for which the values of past weeks are read
By = Literal["product", "outcome"]  # the one they belong to, or lead to
_COLUMNS = {
    "status": tables.States("Status", STATUS), "title": "Key result", "way": "From → now → to",
    "weeks": st.column_config.LineChartColumn(
        "Weeks", width="small",
        help=f"The last value of each week that has one, of the last {WEEKS} weeks"),
    "progress": {**tables.PERCENT, "label": "Done"},
    "expected": {**tables.PERCENT, "label": "Expected"},
    "fresh": tables.States("Evidence", FRESHNESS, NOT_ASKED),
    "due": {**tables.DAY, "label": "Due"}, "because": "Because", "objective": "Objective",
    "product": "Product"}


def show(view: View, by: By, object_id: str, title: str) -> None:
    """Show the key results of a product or outcome, those that need attention first.

    A table of all, bullets for up to a dozen.
    """
    st.subheader(title)
    st.markdown(md(_sentence(view.measured, by, object_id)))
    rows, key = _rows(view.measured, by, object_id), f"{by}_{object_id}"
    if not len(rows):
        return
    tables.show(_rows_with_weeks(view, by, object_id), f"{key}_results", title, _COLUMNS)
    figure.show(_bullets(view.measured, by, object_id, dark()), key=f"{key}_bullets", alt=title)
    if len(rows) > MOST_BULLETS:
        st.caption(f"The picture shows the first {MOST_BULLETS} of {len(rows):,}.")


def _rows_with_weeks(view: View, by: By, object_id: str) -> pa.Table | pd.DataFrame:
    """The rows with their weekly values, or without where those cannot be read."""
    try:
        return _rows_with_weeks_as_arrow(view.measured, by, object_id)
    except SourceError as error:
        st.caption(md(f"The weeks before could not be read: {error}"))
        return _rows(view.measured, by, object_id).assign(weeks=None)


@cached
def _key_results_of(measured: Measured, by: By, object_id: str) -> pd.DataFrame:
    of = measured.alignment.of_product if by == "product" else measured.alignment.of_outcome
    return of(object_id, "key_results")


@cached
def _sentence(measured: Measured, by: By, object_id: str) -> str:
    return pace_sentence(_key_results_of(measured, by, object_id), measured.alignment)


@cached
def _rows(measured: Measured, by: By, object_id: str) -> pd.DataFrame:
    return result_rows(_key_results_of(measured, by, object_id))


@cached
def _rows_with_weeks_as_arrow(measured: Measured, by: By, object_id: str) -> pa.Table:
    """The rows with their weekly values where there are at least two. Raises SourceError."""
    rows = _rows(measured, by, object_id)
    weeks = source.weeks(measured, rows["kr_id"].head(MOST_WITH_WEEKS))
    lines = {kr_id: values for kr_id, values in weeks.items() if len(values) > 1}
    return tables.to_arrow(rows.assign(weeks=rows["kr_id"].map(lines)), _COLUMNS)


@cached
def _bullets(measured: Measured, by: By, object_id: str, dark: bool) -> Finished:
    return Finished(bullets(_rows(measured, by, object_id).head(MOST_BULLETS), dark))
