"""The flow of money on the Outcomes page: a picture whose paths can be picked, and its table."""

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

_KEY = "flow_chart"


def show(view: View) -> None:
    """PM → product → outcome by money; one node's paths highlighted; the same as a table."""
    measured, filters = view.measured, view.filters
    st.markdown(md(_sentence(measured, filters)))
    rows = _paths(measured, filters)
    if not len(rows):
        return
    _remember(_nodes(measured, filters))
    names = _names(measured, filters)
    node = selection.choose("flow", "Highlight", names,
                            "Click a name in the picture, or choose one")
    picked = _through(measured, filters, node)
    if node:
        st.markdown(f"**{md(names[node])}**: {md(_told(view, rows[picked]['money'].sum()))}")
    with st.grid(1, min_column_width=640, wrap=False):  # scrolls on a phone
        st.echarts_chart(_picture(measured, filters, node, dark()), height=height(rows), key=_KEY,
                         on_select="rerun", alt="Money from product managers through products to "
                         "outcomes")
    tables.behind("flow", lambda: rows[picked] if node else rows, {
        "person": "Product manager", "product": "Product", "outcome": "Outcome",
        "state": "Link", "money": {**tables.MONEY, "label": "Money"}})


@cached
def _paths(measured: Measured, filters: Filters) -> pd.DataFrame:
    return money_flow.paths(measured.alignment, shown_products(measured, filters))


@cached
def _sentence(measured: Measured, filters: Filters) -> str:
    every = int((shown_products(measured, filters)["to_outcomes"] > 0).sum())
    return money_flow.sentence(_paths(measured, filters), every)


@cached
def _nodes(measured: Measured, filters: Filters) -> list[str]:
    return nodes(_paths(measured, filters))


@cached
def _through(measured: Measured, filters: Filters, node: str | None) -> pd.Series:
    return money_flow.through(_paths(measured, filters), node)


@cached
def _picture(measured: Measured, filters: Filters, node: str | None, dark: bool) -> dict[str, Any]:
    return sankey(_paths(measured, filters), _through(measured, filters, node), dark)


@cached
def _names(measured: Measured, filters: Filters) -> Mapping[str, str]:
    rows = _paths(measured, filters)
    return {f"{kind}:{one}": name for kind in ("person", "product", "outcome")
            for one, name in zip(rows[f"{kind}_id"].fillna(""), rows[kind], strict=True)}


def _told(view: View, money: float) -> str:
    return formats.money(money, view.alignment.money.unit, view.portfolio.settings.currency)


def _remember(order: list[str]) -> None:
    """A node clicked in the picture becomes the choice, and so part of the address."""
    selected = getattr(getattr(st.session_state.get(_KEY), "selection", None), "selected", None)
    at = [one for group in selected or [] if group.get("data_type") in (None, "node")
          for one in group["data_indices"]]
    if at and at[0] < len(order) and order[at[0]] != st.session_state.get("flow_pick"):
        st.session_state["flow_pick"] = order[at[0]]
        selection.set_choice("flow", order[at[0]])
