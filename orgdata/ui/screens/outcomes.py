"""The Outcomes page: all outcomes in one table with their money, and one outcome in depth."""

import pandas as pd
import streamlit as st

from orgdata import formats
from orgdata.charts import Finished
from orgdata.charts.money import money_against_weight
from orgdata.measures import Alignment
from orgdata.ui.page_table import component
from orgdata.ui.shell import frame, selection
from orgdata.ui.shell.cache import cached
from orgdata.ui.shell.escape import bullets, md
from orgdata.ui.shell.rewording import said
from orgdata.ui.shell.view import Corrected, Filters, Judged, Measured, View, shown_products
from orgdata.ui.widgets import (
    confirm_form,
    figure,
    fix_form,
    gap_list,
    key_results,
    money_flow,
    proposals,
    tables,
)
from orgdata.views import answers, explain, outcomes
from orgdata.views.page_table import Column, PageTable, page_table, percent, spend_column
from orgdata.views.vocabulary import ALIGNED, COVERAGE, LINK

_GOES_TO = {"annual_spend": "Where the spend goes", "fte": "Where people (FTE) work",
            "count": "Where products work"}  # heads where no weight is stated to compare with


def show(view: View) -> None:
    """Show the outcome chosen in the URL, else all outcomes."""
    names = selection.outcomes(view.measured)
    if not names:
        frame.show_missing_table("No active outcome is loaded.", "outcomes")
        return
    head = st.container()  # the answer stands above the choice
    outcome_id = selection.choose("outcome", "Outcome", names,
                                  "All outcomes")
    if outcome_id:
        _show_outcome(view, outcome_id)
    else:
        head.title(md(_answer(view.measured.common)), anchor=False)
        proposals.show(view, "outcomes")
        _show_all(view)


@cached
def _answer(measured: Measured) -> str:
    return outcomes.sentence(measured.alignment)


def _show_all(view: View) -> None:
    """Show active outcomes with who serves them and their money; in a second tab, its flow."""
    flow = "Flow of products" if view.alignment.money.unit == "count" else "Flow of spend"
    table_tab, flow_tab = st.tabs([said("Products"), said(flow)], key="tab", bind="query-params")
    if table_tab.open:
        with table_tab:
            _show_table(view)
    if flow_tab.open:
        with flow_tab:
            money_flow.show(view)


def _show_table(view: View) -> None:
    component.show(_outcome_table(view.measured.common), "outcomes",
                   "Outcomes and the products that work on them", page="outcomes", param="outcome")
    if alike := _alike(view.measured.common):
        st.caption(md(alike))
    st.subheader("Spend vs. stated weight" if view.alignment.basis.stated_weights else
                 _GOES_TO[view.alignment.money.unit])
    st.markdown(md(_money_sentence(view.measured.common)))
    if view.alignment.money.linked is not None:
        figure.show(_money_figure(view.measured.common, frame.dark()), key="money",
                    alt="Spend vs. weight")
        tables.show_in_expander("money", lambda: outcomes.money_table(view.alignment), {
            "name": "Outcome", "weight": {**tables.PERCENT, "label": "Weight"},
            "share": {**tables.PERCENT, "label": "Share of the spend"},
            "money": {**tables.MONEY, "label": "Money"}})


@cached
def _alike(measured: Measured) -> str:
    return outcomes.alike_sentence(measured.alignment)


@cached
def _outcome_rows(measured: Measured) -> pd.DataFrame:
    return outcomes.outcome_rows(measured.alignment)


@cached
def _outcome_table(measured: Measured) -> PageTable:
    money = measured.alignment.money.unit
    spend = {} if money == "count" else {"spend_share": Column(
        "FTE" if money == "fte" else "Spend", "number", text=percent)}
    rows = _outcome_rows(measured)
    known = measured.alignment.basis.proof
    return page_table(rows.assign(
        lacks=outcomes.lacks(rows), on_pace=rows["on_pace"] if known else None), {
        "name": Column("Outcome", "name", below="whose"),
        "coverage": Column("Coverage", "state", COVERAGE),
        "weight": Column("Weight", "number", text=percent), **spend,
        "served_by": Column("Products", "wide"), "lacks": Column("Missing"),
        "on_pace": Column("Key results on pace")}, ids="outcome_id")


@cached
def _money_sentence(measured: Measured) -> str:
    return outcomes.money_sentence(measured.alignment)


@cached
def _money_figure(measured: Measured, dark: bool) -> Finished:
    alignment = measured.alignment
    return Finished(money_against_weight(outcomes.money_rows(alignment), alignment.money.unit,
                                         measured.portfolio.settings.currency, dark))


def _show_outcome(view: View, outcome_id: str) -> None:
    """Show one outcome: coverage, its metric, who serves it, the goals behind it, gaps."""
    row = _outcome_row(view.measured, outcome_id)
    selection.back_button("outcome", "All outcomes")
    st.title(md(row["name"]), anchor=False)
    if not formats.is_unknown(row["description"]):
        st.markdown(md(row["description"]))
    st.markdown(bullets(_facts(view.evaluated.corrected, outcome_id)))
    fix_form.show_actions(view, "outcome", {"outcome_id": outcome_id})
    _show_serving(view, outcome_id)
    key_results.show(view, "outcome", outcome_id, "Key results for this outcome")
    gap_list.show_section(view, _outcome_gaps(view.judged, outcome_id),
                          "Gaps of the outcome itself")


@cached
def _outcome_row(measured: Measured, outcome_id: str) -> pd.Series:
    return _row_of(measured.alignment, outcome_id)


def _row_of(alignment: Alignment, outcome_id: str) -> pd.Series:
    rows = alignment.outcomes
    return rows[rows["outcome_id"] == outcome_id].iloc[0]


@cached
def _facts(corrected: Corrected, outcome_id: str) -> list[str]:
    row = _row_of(corrected.alignment, outcome_id)
    owner = "not named" if formats.is_unknown(row["owner_name"]) else row["owner_name"]
    tier = "Tier 1. " if row["tier1"] else ""
    sentences = [outcomes.metric_sentence(row), *explain.outcome(row, corrected.alignment).lines]
    return [*filter(None, sentences), f"{tier}Owner: {owner}."]


@cached
def _outcome_gaps(judged: Judged, outcome_id: str) -> pd.DataFrame:
    return judged.gaps.rows[judged.gaps.rows["outcome_id"] == outcome_id]


def _show_serving(view: View, outcome_id: str) -> None:
    st.subheader("Products that work on it")
    confirm_form.show_links_form(view, outcome_id)
    total = len(_serving(view.measured, outcome_id))
    if not total:
        st.markdown(md(_nobody_serves(view.measured, outcome_id)))
        return
    shown = _serving_shown(view.measured, view.filters, outcome_id)
    if len(shown) < total:
        st.caption(md(f"The filters show {len(shown):,} of {total:,} products."))
    component.show(_serving_table(view.measured, view.filters, outcome_id),
                   f"serving_{outcome_id}", "Products that work on this outcome",
                   page="products", param="product")
    if shown["assumed"].any() and view.alignment.money.unit != "count":
        st.caption("Where no share is stated, a product's spend is split equally among its "
                   "primary links.")


@cached
def _nobody_serves(measured: Measured, outcome_id: str) -> str:
    """That no product works on an outcome, as far as it is loaded what may say so."""
    alignment = measured.alignment
    coverage = _outcome_row(measured, outcome_id)["coverage"]
    if coverage == "unknown":
        return "Unknown: rows that may name one were skipped."
    return f"No product yet: {answers.nothing_links(alignment, 'there')}."


@cached
def _serving(measured: Measured, outcome_id: str) -> pd.DataFrame:
    return outcomes.products_serving(measured.alignment, outcome_id)


@cached
def _serving_shown(measured: Measured, filters: Filters, outcome_id: str) -> pd.DataFrame:
    rows = _serving(measured, outcome_id)
    return rows[rows["product_id"].isin(shown_products(measured, filters)["product_id"])]


@cached
def _serving_table(measured: Measured, filters: Filters, outcome_id: str) -> PageTable:
    rows = _serving_shown(measured, filters, outcome_id)
    pm = {"pm": Column("Product manager")} if measured.alignment.basis.assignments else {}
    return page_table(rows, {
        "name": Column("Product", "name"), "state": Column("Link", "state", LINK),
        "strength": Column("Strength"), **spend_column(measured.alignment),
        "share": Column("Share of its spend", "number", text=percent),
        **pm, "aligned": Column("Alignment", "state", ALIGNED),
        "rationale": Column("Why", "wide")}, ids="product_id")
