"""The parts about where the work goes that two pages show."""

import pandas as pd
import streamlit as st

from orgdata import formats
from orgdata.measures.work import PURPOSES, WINDOWS
from orgdata.ui.page_table import component
from orgdata.ui.shell import selection
from orgdata.ui.shell.cache import cached
from orgdata.ui.shell.escape import md
from orgdata.ui.shell.view import Measured, View
from orgdata.views import focus
from orgdata.views.page_table import Column, PageTable, page_table, percent
from orgdata.views.vocabulary import PURPOSE


def show_product(view: View, product_id: str) -> None:
    """Show where the work of one product went and who asked for what was outside: what its product
    manager can show to say no. Nothing where no work is loaded."""
    if not view.portfolio.tracked("work"):
        return
    st.subheader("Where the work goes")
    longest = max(WINDOWS)
    st.markdown(md(focus.sentence(view.alignment, longest, product_id)))
    table = _windows(view.measured, product_id)
    if not len(table.rows):
        return
    component.show(table, f"focus_{product_id}", "Where the work goes")
    st.caption(md(focus.basis(view.alignment, longest, product_id)))
    show_sources(view, longest, product_id)
    selection.link("focus", "Where the work of all products goes",
                   icon=":material/center_focus_strong:")


@cached
def _windows(measured: Measured, product_id: str) -> PageTable:
    return shares_table(focus.window_rows(measured.alignment, product_id), "Period")


def show_sources(view: View, window: int, product_id: str | None) -> None:
    """Show who asked for the work of a product, or of all, that was outside."""
    if told := focus.source_sentence(view.alignment, window, product_id):
        st.markdown(md(told))
        component.show(_source_table(view.measured, window, product_id), f"sources_{product_id}",
                       "Who asked for what was outside")
    else:
        st.markdown("Nothing was outside.")


@cached
def _source_table(measured: Measured, window: int, product_id: str | None) -> PageTable:
    rows = focus.source_rows(measured.alignment, window, product_id)
    return page_table(rows, {
        "asked_by": Column("Asked by", "name"),
        "percent": Column("Share of all work", "number", text=percent),
        "items": Column("Items", "number")})


def shares_table(rows: pd.DataFrame, of: str, ids: str = "") -> PageTable:
    """A table of four shares that stand together."""
    return page_table(rows, {
        "name": Column(of, "name"), "shares": Column("Shares", "parts"),
        **{name: Column(formats.sentence_case(PURPOSE[name].label), "number", text=percent, part=at)
           for at, name in enumerate(PURPOSES)},
        "items": Column("Items", "number")}, ids)
