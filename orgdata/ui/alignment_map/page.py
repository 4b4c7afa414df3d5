"""The alignment map with the evidence of what is picked in it, and the same as a plain table."""

import pandas as pd
import streamlit as st

from orgdata import formats
from orgdata.sources.text.delimited import header_names
from orgdata.ui.alignment_map import component
from orgdata.ui.alignment_map.evidence import show_picked
from orgdata.ui.shell import rights
from orgdata.ui.shell.cache import cached
from orgdata.ui.shell.escape import md
from orgdata.ui.shell.rewording import rows_said
from orgdata.ui.shell.view import Filters, Measured, View, shown_products
from orgdata.views import answers, managers
from orgdata.views.matrix import in_order, matrix
from orgdata.views.vocabulary import COVERAGE, LINK

_LONGEST = 40  # characters of a name in the sentence above the map


def show(view: View) -> None:
    """Show the map, with what is picked in it beside it, and the same as a table."""
    if not view.alignment.basis.links or not len(view.products()):
        st.info("The map needs products, outcomes, and what products work on or objectives that "
                "name an outcome. Load them to see which product works on what.",
                icon=":material/grid_off:")
        return
    st.markdown(_summary(view.measured.common, view.filters,
                         view.rights.sees_who_lacks))
    _show_map(view)
    expander = st.expander("Show as a table", key="map_as_table", on_change="rerun")
    if expander.open:
        expander.dataframe(rows_said(_table(view.measured.common, view.filters), heads=True),
                           key="map_table")


@st.fragment
def _show_map(view: View) -> None:
    rights.hold(view.rights)
    with st.container(horizontal=True):
        with st.container(width="stretch"):
            component.show(view.evaluated, view.filters, view.present)
        show_picked(view)


@cached
def _summary(measured: Measured, filters: Filters, who_lacks: bool) -> str:
    """What the map shows, in words; what is missing stands out; of product managers to those who
    are told who lacks one."""
    products = shown_products(measured, filters)
    columns, rows = in_order(measured.alignment, products)
    nobody, without = (
        [f"“{formats.clipped(name, _LONGEST)}”" for name in names] for names in (
            rows.loc[rows["coverage"] == "uncovered", "name"],
            columns.loc[columns["empty"], "name"]))
    sentences = [f"{formats.count(len(products), 'product')}, "
                 f"{formats.count(len(measured.alignment.outcomes), 'outcome')} (company goals, "
                 "pillars or bets)."]
    told = [f"No product works on {formats.listed(nobody)}." if nobody else "",
            f"{formats.listed(without)} {_verb(without)} no outcome." if without else ""]
    nobody_manages = sorted(products.loc[managers.has_nobody(products), "name"])
    if nobody_manages and who_lacks:
        told.append(f"No PM is assigned to {answers.few(nobody_manages, 'products')}.")
    return " ".join([*sentences, *(f"**{md(one)}**" for one in told if one)])


def _verb(names: list[str]) -> str:
    return "supports" if len(names) == 1 else "support"


@cached
def _table(measured: Measured, filters: Filters) -> pd.DataFrame:
    """The map as a table: products as rows, outcomes as columns, states as words."""
    shown = matrix(measured.alignment, shown_products(measured, filters))
    columns = shown.columns.set_index("product_id")
    cells = shown.cells.assign(word=shown.cells["state"].map(
        {state: word.in_legend for state, word in LINK.items()}))
    wide = cells.pivot(index="product_id", columns="outcome_id", values="word")
    wide = wide.reindex(index=columns.index, columns=shown.rows["outcome_id"]).astype("str")
    wide = wide.where(wide.notna(), "")
    names = [f"{name} ({COVERAGE.get(coverage, formats.UNKNOWN)})" for name, coverage in
             zip(shown.rows["name"], shown.rows["coverage"], strict=True)]
    wide.columns = pd.Index(header_names(names)[0])
    wide.insert(0, "Spend", columns["spend_label"])
    wide.insert(0, "Product manager", columns["who"])
    wide.insert(0, "Group", columns["group"])
    return wide.set_axis(pd.Index(columns["name"], name="Product"))
