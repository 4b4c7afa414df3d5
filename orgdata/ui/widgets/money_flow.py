"""The flow of money on the Outcomes page: a chart with nodes to click, and its table."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from orgdata import formats
from orgdata.charts.money_flow import height, nodes, sankey
from orgdata.ui.shell import selection
from orgdata.ui.shell.cache import cached
from orgdata.ui.shell.escape import md
from orgdata.ui.shell.frame import dark
from orgdata.ui.shell.view import Filters, Measured, View, shown_products
from orgdata.ui.widgets import tables
from orgdata.views import money_flow

_CHART_KEY = "flow_chart"


def show(view: View) -> None:
    """Show the money from product managers through products to outcomes; one node highlighted."""
    measured, filters = view.measured, view.filters
    st.markdown(md(_sentence(measured, filters)))
    rows = _paths(measured, filters)
    if not len(rows):
        return
    _store_clicked_node(_nodes(measured, filters))
    names = _names(measured, filters)
    node = selection.choose("flow", "Highlight", names,
                            "Click a name in the picture, or choose one")
    on_paths = _on_paths_through(measured, filters, node)
    if node:
        st.markdown(f"**{md(names[node])}**: {md(_formatted(view, rows[on_paths]['money'].sum()))}")
    with st.grid(1, min_column_width=640, wrap=False):  # scrolls on a phone
        st.echarts_chart(_picture(measured, filters, node, dark()), height=height(rows),
                         key=_CHART_KEY, on_select="rerun",
                         alt="Spend from product managers through products to outcomes")
    tables.show_in_expander("flow", lambda: rows[on_paths] if node else rows, {
        "person": "Product manager", "product": "Product", "outcome": "Outcome",
        "state": "Link", "money": {**tables.MONEY, "label": "Products" if (
            view.alignment.money.unit == "count") else "Money"}})


@cached
def _paths(measured: Measured, filters: Filters) -> pd.DataFrame:
    return money_flow.paths(measured.alignment, shown_products(measured, filters))


@cached
def _sentence(measured: Measured, filters: Filters) -> str:
    with_money = int((shown_products(measured, filters)["to_outcomes"] > 0).sum())
    return money_flow.sentence(_paths(measured, filters), with_money,
                               measured.alignment.money.unit == "count")


@cached
def _nodes(measured: Measured, filters: Filters) -> list[str]:
    return nodes(_paths(measured, filters))


@cached
def _on_paths_through(measured: Measured, filters: Filters, node: str | None) -> pd.Series:
    return money_flow.through(_paths(measured, filters), node)


@cached
def _picture(measured: Measured, filters: Filters, node: str | None, dark: bool) -> dict[str, Any]:
    return sankey(_paths(measured, filters), _on_paths_through(measured, filters, node), dark)


@cached
def _names(measured: Measured, filters: Filters) -> Mapping[str, str]:
    rows = _paths(measured, filters)
    return {f"{kind}:{node_id}": name for kind in ("person", "product", "outcome")
            for node_id, name in zip(rows[f"{kind}_id"].fillna(""), rows[kind], strict=True)}


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
