"""The alignment matrix on a page: choice of groups, the figure, the evidence of one cell."""

from typing import cast

import pandas as pd
import streamlit as st

from orgdata import explain, formats
from orgdata.charts.matrix import COVERAGE, STATES, matrix_figure
from orgdata.matrix import MOST_COLUMNS, By, Matrix, groups, matrix
from orgdata.ui.escape import md
from orgdata.ui.frame import View

_BY = {"Business area": "area", "Product manager": "manager"}


def show(view: View) -> None:
    """The matrix with its controls, a text summary, the evidence of a cell, and a table."""
    products = view.products()
    if not view.alignment.basis.links or not len(products):
        st.info("The matrix needs products, outcomes, and contributions or objectives with an "
                "outcome_id. Load them to see who serves what.", icon=":material/grid_off:")
        return
    by = cast(By, _BY[st.segmented_control(
        "Group by", list(_BY), default="Business area", key="by", required=True,
        bind="query-params")])
    shown = matrix(view.alignment, products, by, _group(products, by))
    st.markdown(md(_summary(shown)))
    picked = st.plotly_chart(_figure(view.version, str(view.filters), by, _key(shown), shown),
                             key="matrix", on_select="rerun", selection_mode="points",
                             config={"displayModeBar": False})
    _remember(picked)
    _evidence(view, shown)
    with st.expander("The same as a table"):
        st.dataframe(_table(shown), key="matrix_table")


def _group(products: pd.DataFrame, by: By) -> str | None:
    """Above sixty columns one group at a time; below, all unless one is chosen."""
    names = groups(products, by)
    big = len(products) > MOST_COLUMNS
    if len(names) < 2:
        return None
    return st.selectbox("Show", names, index=0 if big else None, placeholder="All groups",
                        key=f"group_{by}", format_func=str)


def _key(shown: Matrix) -> str:
    return "\n".join(shown.columns["product_id"])


@st.cache_resource(max_entries=64, show_spinner=False)
def _figure(version: str, filters: str, by: str, columns: str, _shown: Matrix) -> object:
    return matrix_figure(_shown)


def _summary(shown: Matrix) -> str:
    """What the picture says, in words."""
    states = shown.cells["state"].value_counts()
    said = ", ".join(f"{states[state]:,} {word}" for state, (word, _, _) in STATES.items()
                     if state in states) or "no links"
    empty = shown.columns.loc[shown.columns["empty"], "name"].tolist()
    unserved = shown.rows.loc[shown.rows["coverage"] == "uncovered", "name"].tolist()
    parts = [f"{formats.count(len(shown.rows), 'outcome')} × "
             f"{formats.count(len(shown.columns), 'product')}: {said}."]
    if unserved:
        parts.append(f"Served by nobody: {formats.listed(unserved)}.")
    if empty:
        parts.append(f"Serving nothing: {formats.listed(empty)}.")
    if shown.hidden_rows:
        parts.append(f"{formats.count(shown.hidden_rows, 'outcome')} without a link in this group "
                     "not shown.")
    return " ".join(parts)


def _remember(picked: object) -> None:
    """The pick goes into the URL: a selection resets whenever the figure changes."""
    points = getattr(getattr(picked, "selection", None), "points", None) or []
    data = points[0].get("customdata") if points else None
    if data and list(data) != st.session_state.get("matrix_pick"):
        st.session_state["matrix_pick"] = list(data)
        st.session_state["cell_product"], st.session_state["cell_outcome"] = data[0], data[1]


def _evidence(view: View, shown: Matrix) -> None:
    """The cell chosen by click, by the two boxes, or by the URL."""
    names = dict(zip(shown.columns["product_id"], shown.columns["name"], strict=True))
    outcomes = dict(zip(view.alignment.outcomes["outcome_id"], view.alignment.outcomes["name"],
                        strict=True))
    left, right = st.columns(2)
    product = left.selectbox("Product", list(names), index=None, key="cell_product",
                             format_func=lambda one: names.get(one, one), bind="query-params",
                             placeholder="Click a square, or choose a product")
    outcome = right.selectbox("Outcome", list(outcomes), index=None, key="cell_outcome",
                              format_func=lambda one: outcomes.get(one, one), bind="query-params",
                              placeholder="… and an outcome")
    if product and outcome:
        with st.container(border=True):
            for sentence in explain.cell(product, outcome, view.alignment):
                st.markdown(md(sentence))
            left, right = st.columns(2)
            left.page_link("pages/products.py", label="Open the product",
                           query_params={"product": product}, icon=":material/category:")
            right.page_link("pages/outcomes.py", label="Open the outcome",
                            query_params={"outcome": outcome}, icon=":material/flag:")


def _table(shown: Matrix) -> pd.DataFrame:
    """Products as rows, outcomes as columns, states as words."""
    columns = shown.columns.set_index("product_id")
    words = shown.cells.assign(word=shown.cells["state"].map(
        {state: word for state, (word, _, _) in STATES.items()}))
    wide = words.pivot(index="product_id", columns="outcome_id", values="word")
    wide = wide.reindex(index=columns.index, columns=shown.rows["outcome_id"]).fillna("")
    names = [f"{name} ({COVERAGE.get(coverage, 'unknown')})" for name, coverage in
             zip(shown.rows["name"], shown.rows["coverage"], strict=True)]
    wide.columns = pd.Index(names)
    wide.insert(0, "product managers", columns["pm_names"])
    wide.insert(0, "group", columns["group"])
    return wide.set_axis(pd.Index(columns["name"], name="product"))
