"""The Products page: the portfolio as a table, by pace and by mix, and one product in depth."""

import pandas as pd
import pyarrow as pa
import streamlit as st

from orgdata import formats
from orgdata.charts import Finished
from orgdata.charts.dots import dots
from orgdata.charts.money import mix
from orgdata.ui.page_table import component
from orgdata.ui.shell import frame, selection
from orgdata.ui.shell.cache import cached
from orgdata.ui.shell.escape import md
from orgdata.ui.shell.view import Filters, Judged, Measured, View, shown_products
from orgdata.ui.widgets import confirm_form, figure, fix_form, gap_list, product, tables
from orgdata.views import portfolio, products
from orgdata.views.page_table import Column, PageTable, page_table, percent, spend_column
from orgdata.views.vocabulary import ALIGNED, CHECK, CHECKED, LINK, SEVERITY

_MIX_DIMENSIONS = {"Strategic bet": "strategic_role", "Lifecycle stage": "lifecycle_stage",
                   "Business area": "business_area"}
_ALL_COLUMNS = {  # of the table in a fold: what the map shows beside
    "name": "Product", "aligned": tables.States("Alignment", ALIGNED), "pm": "Product manager",
    "checks": "Checks",
    **{name: tables.States(formats.sentence_case(check.label), CHECKED, symbols=True)
       for name, check in CHECK.items()},
    "outcomes": "Outcomes", "role": "Strategic bet", "stage": "Stage", "area": "Area",
    "spend": tables.MONEY}


def show(view: View) -> None:
    """Show the product chosen in the URL, else all products."""
    names = selection.products(view.measured)
    if not names:
        frame.show_missing_table("No product is loaded.", "products")
        return
    head = st.container()  # the answer stands above the choice
    product_id = selection.choose("product", "Product", names,
                                  "All products")
    if product_id:
        _show_product(view, product_id)
    else:
        head.title(md(_answer(view.measured.common)), anchor=False)
        frame.show_filters(view)
        _show_all(view)


@cached
def _answer(measured: Measured) -> str:
    return portfolio.sentence(measured.alignment)


def _show_all(view: View) -> None:
    """Show products with what they lack, the mix of spend, their pace, and possible overlaps."""
    if not len(view.products()):
        st.info("No products match the filters.", icon=":material/filter_alt:")
        return
    component.show(_product_table(view.judged.common, view.filters), "products",
                   "Products, what needs attention first", page="products", param="product")
    _show_checks(view)
    _show_mix(view)
    _show_pace(view)
    overlaps = _overlaps(view.judged)
    if len(overlaps):
        gap_list.show_section(view, overlaps, "Possible overlaps")


def _show_checks(view: View) -> None:
    """Show every product with each check and its outcomes, in a fold."""
    fold = st.expander("All checks and outcomes as a table", key="products_checks",
                       on_change="rerun")
    if fold.open:
        with fold:
            st.caption(products.checks_legend(view.alignment))
            tables.show(_product_rows_as_arrow(view.judged.common, view.filters), "products_table",
                        "Products with their five checks", {
                **_ALL_COLUMNS,
                "spend": {**tables.MONEY, "label": portfolio.money_label(view.alignment)}})


@cached
def _product_rows(judged: Judged, filters: Filters) -> pd.DataFrame:
    return products.with_gaps(_product_facts(judged.measured, filters),
                              judged.alignment, shown_products(judged.measured, filters),
                              judged.gaps.rows)


@cached
def _product_facts(measured: Measured, filters: Filters) -> pd.DataFrame:
    return products.product_facts(measured.alignment, shown_products(measured, filters))


@cached
def _product_table(judged: Judged, filters: Filters) -> PageTable:
    pm = {"pm": Column("Product manager")} if judged.alignment.basis.assignments else {}
    return page_table(_product_rows(judged, filters), {
        "name": Column("Product", "name", below="area"),
        "aligned": Column("Alignment", "state", ALIGNED), **pm,
        "bet": Column("Strategic bet · stage"),
        **spend_column(judged.alignment), "missing": Column("Missing", "wide"),
        "severity": Column("Most severe gap", "state", SEVERITY, missing=None, below="gaps")},
        ids="product_id")


@cached
def _product_rows_as_arrow(judged: Judged, filters: Filters) -> pa.Table:
    return tables.to_arrow(_product_rows(judged, filters), _ALL_COLUMNS)


@cached
def _overlaps(judged: Judged) -> pd.DataFrame:
    return judged.gaps.rows[judged.gaps.rows["code"] == "PRD08"]


def _show_mix(view: View) -> None:
    measured = view.measured.common
    counted = view.alignment.money.unit == "count"
    st.subheader({"count": "Where the products are", "fte": "Where the people are"}.get(
        view.alignment.money.unit, "Where the spend is"))
    labels = _dimensions(measured, view.filters)
    if not labels:
        st.markdown("Strategic bets, stages and areas of products are not stated yet.")
        return
    label = labels[0] if len(labels) == 1 else st.segmented_control(
        "Group by", labels, default=labels[0], key="mix_by", required=True, bind="query-params")
    dimension = _MIX_DIMENSIONS[label]
    st.markdown(md(_mix_sentence(measured, view.filters, dimension)))
    rows = _mix_rows(measured, view.filters, dimension)
    if len(rows) <= portfolio.MOST_BARS:
        figure.show(_mix_figure(measured, view.filters, dimension, frame.dark()), key="mix",
                    alt=("Products by " if counted else "Spend by ") + str(label).lower())
    spend = {} if counted else {"spend": {**tables.MONEY, "label": "Spend"}}
    tables.show_in_expander("mix", lambda: portfolio.mix_table(rows), {
        "bucket": str(label), "count": "Products", **spend,
        "share": {**tables.PERCENT, "label": "Share"},
        "target": {**tables.PERCENT, "label": "Target"}})


@cached
def _dimensions(measured: Measured, filters: Filters) -> list[str]:
    """The labels of the dimensions that have a value for some product shown."""
    rows = shown_products(measured, filters)
    return [name for name, column in _MIX_DIMENSIONS.items() if rows[column].notna().any()]


@cached
def _mix_rows(measured: Measured, filters: Filters, dimension: str) -> pd.DataFrame:
    return portfolio.mix_rows(measured.alignment, shown_products(measured, filters), dimension)


@cached
def _mix_sentence(measured: Measured, filters: Filters, dimension: str) -> str:
    return portfolio.mix_sentence(_mix_rows(measured, filters, dimension), measured.alignment)


@cached
def _mix_figure(measured: Measured, filters: Filters, dimension: str, dark: bool) -> Finished:
    return Finished(mix(_mix_rows(measured, filters, dimension), measured.alignment.money.unit,
                        measured.portfolio.settings.currency, dark))


def _show_pace(view: View) -> None:
    measured = view.measured.common
    rows = _pace_rows(measured, view.filters)
    if not len(rows):
        st.caption(md(_pace_sentence(measured, view.filters)))
        return
    st.subheader("Pace and evidence")
    st.markdown(md(_pace_sentence(measured, view.filters)))
    clicked = figure.show(_pace_figure(measured, view.filters, frame.dark()), key="pace",
                          alt="Products by area: how far they are ahead of or behind what is "
                              "expected by now", clickable=True)
    if clicked:
        product_id = str(clicked[0])
        names = rows.loc[rows["product_id"] == product_id, "name"]
        selection.link("products", f"Open {names.iloc[0] if len(names) else product_id}",
                       icon=":material/category:", product=product_id)
    spend = {} if view.alignment.money.unit == "count" else {
        "spend": {**tables.MONEY, "label": "Spend"}}
    tables.show_in_expander("pace", lambda: portfolio.pace_table(rows), {
        "name": "Product", "area": "Area", **spend,
        "proven": {**tables.PERCENT, "label": "Backed by OKRs"}, "ahead": "Pace",
        "judged": "Key results judged"})


@cached
def _pace_rows(measured: Measured, filters: Filters) -> pd.DataFrame:
    return portfolio.pace_rows(measured.alignment, shown_products(measured, filters))


@cached
def _pace_sentence(measured: Measured, filters: Filters) -> str:
    return portfolio.pace_sentence(_pace_rows(measured, filters),
                                   len(shown_products(measured, filters)))


@cached
def _pace_figure(measured: Measured, filters: Filters, dark: bool) -> Finished:
    return Finished(dots(portfolio.drawn(_pace_rows(measured, filters)),
                         measured.alignment.money.unit, measured.portfolio.settings.currency, dark))


def _show_product(view: View, product_id: str) -> None:
    """Show one product: role, checks, outcomes, goals, key results, dependencies and gaps."""
    selection.back_button("product", "All products")
    st.title(md(selection.products(view.measured)[product_id]), anchor=False)
    if not view.rights.sees_product(product_id):
        product.show_facts(view, product_id)
        with st.container(horizontal=True, vertical_alignment="center"):
            confirm_form.show_role_form(view, product_id)
            fix_form.show_actions(view, "product", {"product_id": product_id})
        _show_served(view, product_id)
        return
    product.show_purpose(view, product_id)
    product.show_facts(view, product_id)
    with st.container(horizontal=True, vertical_alignment="center"):
        fix_form.show_actions(view, "product", {"product_id": product_id})
        selection.link("my_product", "Open the product manager's view",
                       icon=":material/person_pin:", product=product_id)
    product.show_checks(view, product_id)
    _show_served(view, product_id)
    product.show_goals(view, product_id)
    product.show_dependencies(view, product_id)
    gap_list.show_product_section(view, product_id, "Gaps")


def _show_served(view: View, product_id: str) -> None:
    st.subheader("Outcomes it supports")
    rows = _served(view.measured, product_id)
    if not len(rows):
        product.show_without_outcome(view, product_id)
        return
    component.show(_served_table(view.measured, product_id), f"served_{product_id}",
                   "Outcomes this product supports", page="outcomes", param="outcome")


@cached
def _served(measured: Measured, product_id: str) -> pd.DataFrame:
    return products.outcomes_served(measured.alignment, product_id)


@cached
def _served_table(measured: Measured, product_id: str) -> PageTable:
    return page_table(_served(measured, product_id), {
        "name": Column("Outcome", "name"), "state": Column("Link", "state", LINK),
        "strength": Column("Strength"), "weight": Column("Weight", "number", text=percent),
        "share": Column("Share of its spend", "number", text=percent),
        **spend_column(measured.alignment), "rationale": Column("Why", "wide")},
        ids="outcome_id")
