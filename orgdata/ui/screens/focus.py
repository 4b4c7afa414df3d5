"""The Focus page: where the work goes, as four shares that always stand together, and who asked for
what is outside. Nothing on it is of a person."""

import pandas as pd
import streamlit as st

from orgdata import formats
from orgdata.measures.work import WINDOWS
from orgdata.ui.page_table import component
from orgdata.ui.shell import frame, selection
from orgdata.ui.shell.cache import cached
from orgdata.ui.shell.escape import md
from orgdata.ui.shell.rewording import said
from orgdata.ui.shell.view import Filters, Judged, Measured, View, shown_products
from orgdata.ui.widgets import focus as widget
from orgdata.ui.widgets import gap_list, metric
from orgdata.views import focus
from orgdata.views.headline import Headline
from orgdata.views.page_table import PageTable

_WEEKS = {f"{window // 7} weeks": window for window in sorted(WINDOWS, reverse=True)}
_RULES = ("FOC01", "FOC02")


def show(view: View) -> None:
    """Show where the work goes: all of it, over time, by product, and by who asked."""
    if not view.portfolio.tracked("work"):
        _show_what_it_takes(view)
        return
    head = st.container()  # the answer stands above the choice
    window = _choose_window()
    head.title(md(_sentence(view.measured, window)).replace(" %", "\u00a0%"), anchor=False)
    if not (found := _headlines(view.measured, window)):
        st.markdown("The other period may have some, or load what was done since.")
        return
    with st.grid(len(found), min_column_width=170):
        for headline in found:
            metric.show(headline)
    st.caption(md(focus.basis(view.alignment, window)))
    _show_sources(view, window)
    gap_list.show_section(view, _gaps(view.judged, view.filters), "Gaps")
    frame.show_filters(view)
    _show_products(view, window)
    _show_trend(view)


def _choose_window() -> int:
    chosen = st.segmented_control("Period", list(_WEEKS), default=next(iter(_WEEKS)), key="weeks",
                                  bind="query-params", label_visibility="collapsed")
    return _WEEKS.get(str(chosen), max(WINDOWS))


def _show_what_it_takes(view: View) -> None:
    """Say what would show where the work goes, and where to bring it."""
    st.title(md(_sentence(view.measured, max(WINDOWS))), anchor=False)
    st.markdown(md(focus.why_nothing(view.portfolio)))
    st.markdown(
        "- Upload the export of issues you have: Jira, Linear, Asana, GitHub Projects, Azure "
        "DevOps.\n"
        "- Or a sheet with three columns: the product, the day it was done, and its kind (`goal`, "
        "`run`, `defect`, `risk` or `request`).\n"
        "- A fourth, who asked for it (sales, support …), shows where the rest comes from.")
    st.caption("Columns that name persons are dropped when it is read.")
    selection.link("data", "Open the Data page", icon=":material/database:")


@cached
def _sentence(measured: Measured, window: int) -> str:
    return focus.sentence(measured.alignment, window)


@cached
def _headlines(measured: Measured, window: int) -> list[Headline]:
    return focus.headlines(measured.alignment, window)


@cached
def _gaps(judged: Judged, filters: Filters) -> pd.DataFrame:
    rows = judged.gaps.rows
    of_shown = gap_list.gaps_of_shown_products(judged, filters)
    return rows[rows["code"].isin(_RULES) & (
        rows["product_id"].isna() | rows["key"].isin(of_shown["key"]))]


def _show_sources(view: View, window: int) -> None:
    st.subheader("Who asked for what was outside")
    widget.show_sources(view, window, None)


def _show_products(view: View, window: int) -> None:
    st.subheader(said("By product"))
    table = _product_table(view.measured, view.filters, window)
    if not len(table.rows):
        st.markdown("None of these products has work in this period.")
        return
    component.show(table, "focus_products", "Where the work of each product goes", page="products",
                   param="product")
    without = len(view.products()) - len(table.rows)
    if without:
        st.caption(f"Of {formats.count(without, 'product')} no work is loaded for this period: "
                   "nothing is said of them.")


@cached
def _product_table(measured: Measured, filters: Filters, window: int) -> PageTable:
    return widget.shares_table(focus.product_rows(
        measured.alignment, window, shown_products(measured, filters)["product_id"]), "Product",
        "product_id")


def _show_trend(view: View) -> None:
    st.subheader("Over time")
    component.show(_trend_table(view.measured), "focus_trend",
                   "Where the work went, four weeks at a time")
    st.caption("Each item counts as what it is today: work for an objective that was closed since "
               "is read as it stands now.")


@cached
def _trend_table(measured: Measured) -> PageTable:
    return widget.shares_table(focus.trend_rows(measured.alignment), "Four weeks")
