"""Key results on a page: one sentence, bullets against pace, and the table behind them."""

from collections.abc import Callable

import pandas as pd
import streamlit as st

from orgdata.charts.bullets import bullets
from orgdata.measures.check_ins import WEEKS
from orgdata.sources import SourceError
from orgdata.ui.shell import source
from orgdata.ui.shell.cache import kept
from orgdata.ui.shell.escape import md
from orgdata.ui.shell.view import View
from orgdata.ui.widgets import figure, tables
from orgdata.views.key_results import pace_sentence, result_rows

MOST_BULLETS = 12
MOST_LINES = 100  # key results whose weeks are asked for


def show(view: View, found: Callable[[], pd.DataFrame], key: str, title: str) -> None:
    """The key results that `found` finds, what needs a look first: bullets for up to a dozen, a
    table of all."""
    key_results = kept(view, f"key results\n{key}", found)
    st.subheader(title)
    st.markdown(md(kept(view, f"pace\n{key}", lambda: pace_sentence(key_results))))
    if not len(key_results):
        return
    rows = kept(view, f"results\n{key}", lambda: result_rows(key_results))
    lines = _lines(view, rows["kr_id"].head(MOST_LINES), key)
    with_lines = rows.assign(weeks=None) if lines is None else kept(
        view, f"results with weeks\n{key}", lambda: rows.assign(weeks=rows["kr_id"].map(lines)))
    tables.show(with_lines, f"{key}_results", title, {
        "status": "Status", "title": "Key result", "way": "From → now → to",
        "weeks": st.column_config.LineChartColumn(
            "Weeks", width="small",
            help=f"The last value of each week that has one, of the last {WEEKS} weeks"),
        "progress": {**tables.PERCENT, "label": "Done"},
        "expected": {**tables.PERCENT, "label": "Expected"}, "fresh": "Evidence",
        "due": {**tables.DAY, "label": "Due"}, "because": "Because", "objective": "Objective",
        "product": "Product"}, None if lines is None else view)
    figure.show(view, f"bullets\n{key}", lambda dark: bullets(rows.head(MOST_BULLETS), dark),
                 key=f"{key}_bullets", alt=title)
    if len(rows) > MOST_BULLETS:
        st.caption(f"The picture shows the first {MOST_BULLETS} of {len(rows):,}.")


def _lines(view: View, kr_ids: pd.Series, key: str) -> dict[str, list[float]] | None:
    """Per key result its values week by week, where there are two or more; None where they could
    not be read just now."""
    try:
        found = kept(view, f"weeks\n{key}", lambda: source.weeks(view, kr_ids))
    except SourceError as error:
        st.caption(md(f"The weeks before could not be read: {error}"))
        return None
    return {kr_id: values for kr_id, values in found.items() if len(values) > 1}
