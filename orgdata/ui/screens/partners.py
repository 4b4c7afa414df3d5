"""The Partners page: what products and other functions expect of each other, offered, answered, and
by when. No ratings of anybody, and no times to an answer."""

import pandas as pd
import streamlit as st

from orgdata.model.labels import HIDDEN
from orgdata.ui.page_table import component
from orgdata.ui.shell import frame, selection
from orgdata.ui.shell.cache import cached
from orgdata.ui.shell.escape import md
from orgdata.ui.shell.view import Evaluated, Filters, Judged, View, shown_products
from orgdata.ui.widgets import downloads, expectation_form, gap_list, tables
from orgdata.views import partners
from orgdata.views.page_table import Column, PageTable, page_table
from orgdata.views.vocabulary import EXPECTATION

_ALL = {"to_partner": "What products need from other functions",
        "from_partner": "What other functions need from products"}
_RULES = ("XFN01", "XFN02")


def show(view: View) -> None:
    """Show all functions, or the one in the address; or one expectation with its forms."""
    found = _rows(view.evaluated)
    if found.empty:
        _show_what_it_takes(view)
        return
    if chosen := st.query_params.get("expectation"):
        _show_one(view, found, chosen)
        return
    head = st.container()  # the answer stands above the choice
    names = partners.functions(found)
    function = selection.choose("partner", "Function", names, "All functions")
    shown = _shown(view.evaluated, view.filters, function or "")
    head.title(md(partners.sentence(shown, names.get(function or "", ""),
                                    partners.why_none(view.alignment, HIDDEN))), anchor=False)
    if len(shown):
        st.markdown(md(f"{partners.by_state(shown)}. No answer is no agreement. "
                       f"{partners.skipped(view.alignment)}".strip()))
    frame.show_filters(view)
    with st.container(horizontal=True, gap="small"):
        expectation_form.show_new(view, names.get(function or "", ""))
        downloads.show(view, ("partners",), partner=function or "")
    for direction, title in partners.SIDES.items():
        about = title.format(names[function]) if function else _ALL[direction]
        table = _table(view.evaluated, view.filters, function or "", direction)
        if len(table.rows):
            st.subheader(md(about))
            component.show(table, f"expected_{direction}", about, page="partners",
                           param="expectation")
    gap_list.show_section(view, _gaps(view.judged, tuple(shown["expectation_id"])), "Gaps")


def _show_what_it_takes(view: View) -> None:
    """Say what would show what is expected, and where to write it down."""
    st.title(md(partners.why_none(view.alignment, HIDDEN)), anchor=False)
    st.markdown(
        "- A sheet with three columns shows it: the product, the function (sales, support, "
        "finance …), and what is expected.\n"
        "- Two more make it an agreement: by when, and whether it is offered, accepted, countered "
        "or declined.")
    expectation_form.show_new(view, "")
    selection.link("data", "Open the Data page", icon=":material/database:")


@cached
def _rows(evaluated: Evaluated) -> pd.DataFrame:
    return partners.rows(evaluated.alignment, evaluated.evaluation.history, HIDDEN)


@cached
def _shown(evaluated: Evaluated, filters: Filters, function: str) -> pd.DataFrame:
    """The expectations of a function, or of all, that pass the filters."""
    rows = _rows(evaluated)
    if filters:
        rows = rows[rows["product_id"].isin(
            shown_products(evaluated.measured, filters)["product_id"])]
    return partners.of_function(rows, function) if function else rows


@cached
def _gaps(judged: Judged, expectation_ids: tuple[str, ...]) -> pd.DataFrame:
    rows = judged.gaps.rows
    return rows[rows["code"].isin(_RULES) & rows["expectation_id"].isin(expectation_ids)]


@cached
def _table(evaluated: Evaluated, filters: Filters, function: str, direction: str) -> PageTable:
    """One side of what is expected: what, with whom, for which product, how it stands, by when."""
    rows = _shown(evaluated, filters, function)
    return page_table(rows[rows["direction"] == direction], {
        "what": Column("What", "name", below="note"),
        **({} if function else {"partner": Column("With")}), "product": Column("Product"),
        "state": Column("State", "state", EXPECTATION, below="answered"),
        "by": Column("By when"), "was": Column("Agreed was", "wide")}, ids="expectation_id")


def _show_one(view: View, found: pd.DataFrame, chosen: str) -> None:
    """Show one expectation: what it says, what was agreed, and what can be done with it."""
    selection.back_button("expectation", "All expectations")
    rows = found[found["expectation_id"] == chosen]
    if rows.empty:
        st.title("There is no such expectation, or it is not for you.", anchor=False)
        return
    row = rows.iloc[0]
    st.title(md(row["what"]), anchor=False)
    st.markdown(f"{tables.badge(EXPECTATION[row['state']])} {md(row['answered'])}")
    st.markdown(md(f"{partners.told(row)}."))
    if row["was"]:
        st.warning(md(f"It was agreed as {row['was']}, and has been changed since: that agreement "
                      "is void until somebody answers again."), icon=":material/history:")
    if pd.notna(row["note"]):
        st.markdown(f"**Note:** {md(row['note'])}")
    expectation_form.show(view, row)
    selection.link("products", f"Open {row['product']}", icon=":material/arrow_forward:",
                   product=str(row["product_id"]))
    gap_list.show_section(view, _gaps(view.judged, (chosen,)), "Gaps")
