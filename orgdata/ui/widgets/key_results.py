"""Key results on a page: one sentence, bullets against pace, and the table behind them."""

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
MOST_LINES = 100  # key results whose weeks are asked for
By = Literal["product_id", "sight"]  # the product they belong to, the outcome they lead to
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


def show(view: View, by: By, one: str, title: str) -> None:
    """The key results of one product or outcome, what needs a look first: bullets for up to a
    dozen, a table of all."""
    st.subheader(title)
    st.markdown(md(_sentence(view.measured, by, one)))
    rows, key = _rows(view.measured, by, one), f"{by}_{one}"
    if not len(rows):
        return
    tables.show(_table(view, by, one), f"{key}_results", title, _COLUMNS)
    figure.show(_bullets(view.measured, by, one, dark()), key=f"{key}_bullets", alt=title)
    if len(rows) > MOST_BULLETS:
        st.caption(f"The picture shows the first {MOST_BULLETS} of {len(rows):,}.")


def _table(view: View, by: By, one: str) -> pa.Table | pd.DataFrame:
    """The rows with their weeks; without, where those could not be read just now."""
    try:
        return _with_weeks(view.measured, by, one)
    except SourceError as error:
        st.caption(md(f"The weeks before could not be read: {error}"))
        return _rows(view.measured, by, one).assign(weeks=None)


@cached
def _found(measured: Measured, by: By, one: str) -> pd.DataFrame:
    rows = measured.alignment.key_results
    return rows[rows[by] == one]


@cached
def _sentence(measured: Measured, by: By, one: str) -> str:
    return pace_sentence(_found(measured, by, one))


@cached
def _rows(measured: Measured, by: By, one: str) -> pd.DataFrame:
    return result_rows(_found(measured, by, one))


@cached
def _with_weeks(measured: Measured, by: By, one: str) -> pa.Table:
    """The rows, those that have values of two weeks or more with them. Raises SourceError."""
    rows = _rows(measured, by, one)
    weeks = source.weeks(measured, rows["kr_id"].head(MOST_LINES))
    lines = {kr_id: values for kr_id, values in weeks.items() if len(values) > 1}
    return tables.packed(rows.assign(weeks=rows["kr_id"].map(lines)), _COLUMNS)


@cached
def _bullets(measured: Measured, by: By, one: str, dark: bool) -> Finished:
    return Finished(bullets(_rows(measured, by, one).head(MOST_BULLETS), dark))
