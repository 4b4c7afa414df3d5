"""The alignment matrix on a page: choice of groups, the figure, the evidence of a cell."""

from collections.abc import Sequence
from typing import NamedTuple, cast

import pandas as pd
import streamlit as st

from orgdata import formats
from orgdata.charts import Finished
from orgdata.charts.matrix import least_width, matrix_figure
from orgdata.sources.text.delimited import header_names
from orgdata.ui.shell import selection
from orgdata.ui.shell.cache import cached
from orgdata.ui.shell.escape import md
from orgdata.ui.shell.frame import dark
from orgdata.ui.shell.view import Filters, Measured, View, shown_products
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
from orgdata.views.vocabulary import COVERAGE, LINK

_GROUPINGS = {"Business area": "area", "Product manager": "manager"}


def show(view: View) -> None:
    """Show the matrix with its controls, a text summary, the evidence of a cell, and a table."""
    if not view.alignment.basis.links or not len(view.products()):
        st.info("The matrix needs products, outcomes, and contributions or objectives with an "
                "outcome_id. Load them to see who serves what.", icon=":material/grid_off:")
        return
    by = _choose_grouping(view)
    arguments = (view.measured, view.filters, by, _choose_group(view, by))
    st.markdown(md(_summary(*arguments)))
    whole = _whole_matrix(*arguments)
    if not len(whole.rows):
        return
    part_number = _choose_part(whole) if parts(whole) > 1 else None
    width = least_width(_part(*arguments, part_number))
    with st.grid(1, min_column_width=width, wrap=False):  # scrolls
        _store_clicked_cell(figure.show(_figure(*arguments, part_number, dark()), key="matrix",
                                        alt="Who serves what", clickable=True))
    _show_cell(view)
    expander = st.expander("The same as a table", key="matrix_as_table", on_change="rerun")
    if expander.open:
        expander.dataframe(_table(*arguments), key="matrix_table")


@cached
def _whole_matrix(measured: Measured, filters: Filters, by: By, group: str | None) -> Matrix:
    return matrix(measured.alignment, shown_products(measured, filters), by, group)


@cached
def _part(measured: Measured, filters: Filters, by: By, group: str | None,
          part_number: int | None) -> Matrix:
    """The matrix with one part of its columns, or with all of them without a number."""
    whole = _whole_matrix(measured, filters, by, group)
    return whole if part_number is None else part(whole, part_number)


@cached
def _figure(measured: Measured, filters: Filters, by: By, group: str | None,
            part_number: int | None, dark: bool) -> Finished:
    return Finished(matrix_figure(_part(measured, filters, by, group, part_number), dark))


def _choose_grouping(view: View) -> By:
    if not len(view.alignment.managers):
        return "area"
    return cast(By, _GROUPINGS[st.segmented_control(
        "Group by", list(_GROUPINGS), default="Business area", key="by", required=True,
        bind="query-params")])


def _choose_group(view: View, by: By) -> str | None:
    """Ask which group to show: by default all, or the largest where all are too many columns."""
    shown_groups = _groups(view.measured, view.filters, by)
    if len(shown_groups.names) < 2:
        return None
    default = shown_groups.largest if len(view.products()) > MOST_COLUMNS else None
    return st.selectbox("Show", shown_groups.names, index=default, placeholder="All groups",
                        key=f"group_{by}", bind="query-params")


class _Groups(NamedTuple):
    """The groups of the products shown, and the index of the largest."""

    names: list[str]
    largest: int


@cached
def _groups(measured: Measured, filters: Filters, by: By) -> _Groups:
    rows = shown_products(measured, filters)
    names = groups(rows, by)
    return _Groups(names, names.index(largest_group(rows, by)) if names else 0)


def _choose_part(whole: Matrix) -> int:
    """Ask which part of the columns to show."""
    part_number = st.pagination(parts(whole), key="part", bind="query-params")
    count = len(whole.columns)
    st.caption(f"Products {PART * (part_number - 1) + 1:,} to "
               f"{min(PART * part_number, count):,} of {count:,}, by name")
    return part_number


@cached
def _summary(measured: Measured, filters: Filters, by: By, group: str | None) -> str:
    """What the matrix shows, in words."""
    shown = _whole_matrix(measured, filters, by, group)
    states = shown.cells["state"].value_counts()
    links = "; ".join(f"{states[state]:,} {word.in_legend}" for state, word in LINK.items()
                      if state in states) or "no links"
    without_links = shown.columns.loc[shown.columns["empty"], "name"].tolist()
    unserved = shown.rows.loc[shown.rows["coverage"] == "uncovered", "name"].tolist()
    parts = [f"{formats.count(len(shown.rows), 'outcome')} × "
             f"{formats.count(len(shown.columns), 'product')}: {links}."]
    if unserved:
        parts.append(f"Served by nobody: {formats.listed(unserved)}.")
    if without_links:
        parts.append(f"Serving nothing: {formats.listed(without_links)}.")
    if shown.hidden_rows:
        parts.append(f"{formats.count(shown.hidden_rows, 'outcome')} without a link in this group "
                     "not shown.")
    if shown.rows_beyond:
        parts.append(f"These outcomes are the first by weight and name: "
                     f"{shown.rows_beyond:,} more are on Outcomes.")
    return " ".join(parts)


def _store_clicked_cell(cell: Sequence[str] | None) -> None:
    """Put the clicked cell into the URL: Streamlit resets a selection when the figure changes."""
    if cell and list(cell) != st.session_state.get("matrix_pick"):
        st.session_state["matrix_pick"] = list(cell)
        selection.set_choice("cell_product", cell[0])
        selection.set_choice("cell_outcome", cell[1])


def _show_cell(view: View) -> None:
    """Show the evidence of the cell chosen by click, by the two boxes, or by the URL."""
    left, right = st.columns(2)
    with left:
        product = selection.choose(
            "cell_product", "Product", selection.products(view.measured),
            "Click a square, or choose a product")
    with right:
        outcome = selection.choose(
            "cell_outcome", "Outcome", selection.outcomes(view.measured), "… and an outcome")
    if product and outcome:
        with st.container(border=True):
            for sentence in explain.cell(product, outcome, view.alignment).lines:
                st.markdown(md(sentence))
            left, right = st.columns(2)
            with left:
                selection.link("products", "Open the product", icon=":material/category:",
                            product=product)
            with right:
                selection.link("outcomes", "Open the outcome", icon=":material/flag:",
                            outcome=outcome)


@cached
def _table(measured: Measured, filters: Filters, by: By, group: str | None) -> pd.DataFrame:
    """The matrix as a table: products as rows, outcomes as columns, states as words."""
    shown = _whole_matrix(measured, filters, by, group)
    columns = shown.columns.set_index("product_id")
    cells = shown.cells.assign(word=shown.cells["state"].map(
        {state: word.in_legend for state, word in LINK.items()}))
    wide = cells.pivot(index="product_id", columns="outcome_id", values="word")
    wide = wide.reindex(index=columns.index, columns=shown.rows["outcome_id"]).astype("str")
    wide = wide.where(wide.notna(), "")
    names = [f"{name} ({COVERAGE.get(coverage, formats.UNKNOWN)})" for name, coverage in
             zip(shown.rows["name"], shown.rows["coverage"], strict=True)]
    wide.columns = pd.Index(header_names(names)[0])
    wide.insert(0, "spend", columns["spend_label"])
    wide.insert(0, "product managers", columns["who"])
    wide.insert(0, "group", columns["group"])
    return wide.set_axis(pd.Index(columns["name"], name="product"))
