"""The flow of money on the Outcomes page: from areas to outcomes, and what is behind what is picked
there."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from orgdata import formats
from orgdata.charts.money_flow import AREAS, PEOPLE, height, nodes, sankey
from orgdata.ui.shell import selection
from orgdata.ui.shell.cache import cached
from orgdata.ui.shell.escape import md
from orgdata.ui.shell.frame import dark
from orgdata.ui.shell.view import Filters, Measured, View, shown_products
from orgdata.ui.widgets import tables
from orgdata.views import money_flow

_CHART_KEY = "flow_chart"


def show(view: View) -> None:
    """Show the money from areas to outcomes; of what is picked there, from product managers through
    products."""
    measured, filters = view.measured, view.filters
    st.markdown(md(_sentence(measured, filters)))
    if not len(_flows(measured, filters)):
        return
    rows = _drawn(measured, filters, None)
    _store_clicked_node(nodes(rows, AREAS))
    names = _names(measured, filters)
    node = selection.choose("flow", "Highlight", names,
                            "Click a name in the picture, or choose one")
    with st.grid(1, min_column_width=340, wrap=False):
        st.echarts_chart(
            _picture(measured, filters, node, dark()), key=_CHART_KEY, on_select="rerun",
            height=height(rows, AREAS, len(money_flow.without(view.alignment))),
            alt="Spend from business areas to outcomes")
    if node:
        _show_behind(view, node, names[node])
    counted = view.alignment.money.unit == "count"
    tables.show_in_expander("flow", lambda: _flows(measured, filters), {
        "area": "Business area", "product": "Product", "outcome": "Outcome",
        "money": {**tables.MONEY, "label": "Products" if counted else "Spend"}})


def _show_behind(view: View, node: str, name: str) -> None:
    """Show the product managers and products behind a node, by money."""
    measured, filters = view.measured, view.filters
    flows, rows = _flows(measured, filters), _behind(measured, filters, node)
    picked = money_flow.part_of(view.alignment, flows, node)
    st.markdown(f"**{md(name)}**: {md(_formatted(view, (flows['money'] * picked).sum()))}")
    total = flows.loc[picked > 0, "product_id"].nunique()
    if says := money_flow.behind_sentence(rows, total):
        st.caption(md(says))
    with st.grid(1, min_column_width=640, wrap=False):  # scrolls on a phone
        st.echarts_chart(_picture_behind(measured, filters, node, dark()), key="flow_behind",
                         height=height(rows, PEOPLE), alt="From product managers through products "
                         "to outcomes")


@cached
def _flows(measured: Measured, filters: Filters) -> pd.DataFrame:
    rows = money_flow.flows(measured.alignment, shown_products(measured, filters))
    names = measured.alignment.products.set_index("product_id")["name"]
    return rows.assign(product=rows["product_id"].map(names))


@cached
def _sentence(measured: Measured, filters: Filters) -> str:
    return money_flow.sentence(measured.alignment, shown_products(measured, filters))


@cached
def _drawn(measured: Measured, filters: Filters, node: str | None) -> pd.DataFrame:
    rows = _flows(measured, filters)
    return money_flow.drawn(rows, money_flow.part_of(measured.alignment, rows, node))


@cached
def _behind(measured: Measured, filters: Filters, node: str) -> pd.DataFrame:
    return money_flow.behind(measured.alignment, shown_products(measured, filters), node)


@cached
def _picture(measured: Measured, filters: Filters, node: str | None, dark: bool) -> dict[str, Any]:
    alignment = measured.alignment
    return sankey(_drawn(measured, filters, node), AREAS, money_flow.without(alignment),
                  alignment.money.unit, alignment.portfolio.settings.currency, dark)


@cached
def _picture_behind(measured: Measured, filters: Filters, node: str, dark: bool) -> dict[str, Any]:
    rows = _behind(measured, filters, node).assign(picked=0.0)
    return sankey(rows, PEOPLE, unit=measured.alignment.money.unit,
                  currency=measured.portfolio.settings.currency, dark=dark)


@cached
def _names(measured: Measured, filters: Filters) -> Mapping[str, str]:
    return money_flow.nodes(measured.alignment, _flows(measured, filters))


def _formatted(view: View, money: float) -> str:
    return formats.money(money, view.alignment.money.unit, view.portfolio.settings.currency)


def _store_clicked_node(nodes: list[str]) -> None:
    """Put the node clicked in the chart into the URL."""
    event = st.session_state.get(_CHART_KEY)
    selected = getattr(getattr(event, "selection", None), "selected", None)
    indices = [index for group in selected or [] if group.get("data_type") in (None, "node")
               for index in group["data_indices"]]
    node = nodes[indices[0]] if indices and indices[0] < len(nodes) else None
    if node and node != st.session_state.get("flow_pick"):
        st.session_state["flow_pick"] = node
        selection.set_choice("flow", node)
