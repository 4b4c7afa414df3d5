"""The alignment matrix on a page: choice of groups, the figure, the evidence of one cell."""

from collections.abc import Sequence
from typing import cast

import pandas as pd
import streamlit as st

from orgdata import formats
from orgdata.charts.matrix import COVERAGE, STATES, least_width, matrix_figure
from orgdata.sources.text.delimited import header_names
from orgdata.ui.shell import selection
from orgdata.ui.shell.cache import kept
from orgdata.ui.shell.escape import md
from orgdata.ui.shell.view import View
from orgdata.ui.widgets import figure
from orgdata.views import explain
from orgdata.views.matrix import (
    MOST_COLUMNS,
    PART,
    By,
    Matrix,
    groups,
    largest_group,
    matrix,
    part,
    parts,
)

_BY = {"Business area": "area", "Product manager": "manager"}


def show(view: View) -> None:
    """The matrix with its controls, a text summary, the evidence of a cell, and a table."""
    products = view.products()
    if not view.alignment.basis.links or not len(products):
        st.info("The matrix needs products, outcomes, and contributions or objectives with an "
                "outcome_id. Load them to see who serves what.", icon=":material/grid_off:")
        return
    by = _by(view)
    group = _group(view, products, by)
    name = f"matrix\n{by}\n{group}"
    whole = kept(view, name, lambda: matrix(view.alignment, products, by, group))
    st.markdown(md(kept(view, f"{name}\nsummary", lambda: _summary(whole))))
    if not len(whole.rows):
        return
    shown = whole
    if parts(whole) > 1:
        number = _part(whole)
        name = f"{name}\npart {number}"
        shown = kept(view, name, lambda: part(whole, number))
    with st.grid(1, min_column_width=least_width(shown), wrap=False):  # scrolls on a phone
        _remember(figure.show(view, name, lambda dark: matrix_figure(shown, dark), key="matrix",
                               alt="Who serves what", pick=True))
    _evidence(view)
    table = st.expander("The same as a table", key="matrix_as_table", on_change="rerun")
    if table.open:
        table.dataframe(kept(view, f"{name}\ntable", lambda: _table(whole)), key="matrix_table")


def _by(view: View) -> By:
    if not len(view.alignment.managers):
        return "area"
    return cast(By, _BY[st.segmented_control(
        "Group by", list(_BY), default="Business area", key="by", required=True,
        bind="query-params")])


def _group(view: View, products: pd.DataFrame, by: By) -> str | None:
    """Above sixty columns one group at a time; below, all unless one is chosen."""
    names = kept(view, f"groups\n{by}", lambda: groups(products, by))
    big = len(products) > MOST_COLUMNS
    if len(names) < 2:
        return None
    first = kept(view, f"first group\n{by}", lambda: names.index(
        largest_group(products, by))) if big else None
    return st.selectbox("Show", names, index=first, placeholder="All groups", key=f"group_{by}",
                        bind="query-params")


def _part(whole: Matrix) -> int:
    """Which part of the columns is shown."""
    number = st.pagination(parts(whole), key="part", bind="query-params")
    count = len(whole.columns)
    st.caption(f"Products {PART * (number - 1) + 1:,} to {min(PART * number, count):,} of "
               f"{count:,}, by name")
    return number


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


def _remember(data: Sequence[str] | None) -> None:
    """The pick goes into the URL: a selection resets whenever the figure changes."""
    if data and list(data) != st.session_state.get("matrix_pick"):
        st.session_state["matrix_pick"] = list(data)
        selection.set_choice("cell_product", data[0])
        selection.set_choice("cell_outcome", data[1])


def _evidence(view: View) -> None:
    """The cell chosen by click, by the two boxes, or by the URL."""
    left, right = st.columns(2)
    with left:
        product = selection.one_of(
            "cell_product", "Product", selection.products(view),
            "Click a square, or choose a product")
    with right:
        outcome = selection.one_of(
            "cell_outcome", "Outcome", selection.outcomes(view), "… and an outcome")
    if product and outcome:
        with st.container(border=True):
            for sentence in explain.cell(product, outcome, view.alignment):
                st.markdown(md(sentence))
            left, right = st.columns(2)
            with left:
                selection.link("products", "Open the product", icon=":material/category:",
                            product=product)
            with right:
                selection.link("outcomes", "Open the outcome", icon=":material/flag:",
                            outcome=outcome)


def _table(shown: Matrix) -> pd.DataFrame:
    """Products as rows, outcomes as columns, states as words."""
    columns = shown.columns.set_index("product_id")
    words = shown.cells.assign(word=shown.cells["state"].map(
        {state: word for state, (word, _, _) in STATES.items()}))
    wide = words.pivot(index="product_id", columns="outcome_id", values="word")
    wide = wide.reindex(index=columns.index, columns=shown.rows["outcome_id"]).astype("str")
    wide = wide.where(wide.notna(), "")
    names = [f"{name} ({COVERAGE.get(coverage, 'unknown')})" for name, coverage in
             zip(shown.rows["name"], shown.rows["coverage"], strict=True)]
    wide.columns = pd.Index(header_names(names)[0])
    wide.insert(0, "spend", columns["spend_said"])
    wide.insert(0, "product managers", columns["who"])
    wide.insert(0, "group", columns["group"])
    return wide.set_axis(pd.Index(columns["name"], name="product"))
