"""The flow of money on the Outcomes page: a picture whose paths can be picked, and its table."""

import pandas as pd
import streamlit as st

from orgdata import formats
from orgdata.charts.money_flow import height, nodes, sankey
from orgdata.ui.shell import selection
from orgdata.ui.shell.cache import kept
from orgdata.ui.shell.escape import md
from orgdata.ui.shell.frame import dark
from orgdata.ui.shell.view import View
from orgdata.ui.widgets import tables
from orgdata.views import money_flow

_KEY = "flow_chart"


def show(view: View) -> None:
    """PM → product → outcome by money; one node's paths highlighted; the same as a table."""
    products = view.products()
    rows = kept(view, "flow", lambda: money_flow.paths(view.alignment, products))
    st.markdown(md(kept(view, "flow in words", lambda: money_flow.sentence(
        rows, int((products["to_outcomes"] > 0).sum())))))
    if not len(rows):
        return
    order = kept(view, "flow order", lambda: nodes(rows))
    names = kept(view, "flow names", lambda: _names(rows))
    _remember(order)
    node = selection.one_of("flow", "Highlight", names,
                            "Click a name in the picture, or choose one")
    picked = kept(view, f"flow through\n{node}", lambda: money_flow.through(rows, node))
    if node:
        st.markdown(f"**{md(names[node])}**: {md(_told(view, rows[picked]['money'].sum()))}")
    with st.grid(1, min_column_width=640, wrap=False):  # scrolls on a phone
        option = kept(view, f"flow picture\n{node}\n{dark()}", lambda: sankey(
            rows, picked, dark()))
        st.echarts_chart(option, height=height(rows), key=_KEY,
                         on_select="rerun", alt="Money from product managers through products to "
                         "outcomes")
    tables.behind("flow", lambda: rows[picked] if node else rows, {
        "person": "Product manager", "product": "Product", "outcome": "Outcome",
        "state": "Link", "money": {**tables.MONEY, "label": "Money"}})


def _names(rows: pd.DataFrame) -> dict[str, str]:
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
