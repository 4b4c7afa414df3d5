"""The Outcomes page: all of them in one table with their money, and one of them in depth."""

import pandas as pd
import pyarrow as pa
import streamlit as st

from orgdata import formats
from orgdata.charts import Finished
from orgdata.charts.money import money_against_weight
from orgdata.ui.shell import frame, selection
from orgdata.ui.shell.cache import cached
from orgdata.ui.shell.escape import md
from orgdata.ui.shell.view import Evaluated, Filters, Measured, View, shown_products
from orgdata.ui.widgets import confirm_form, figure, gap_list, key_results, money_flow, tables
from orgdata.views import explain, outcomes
from orgdata.views.vocabulary import ALIGNED, COVERAGE, LINK

_COLUMNS = {
    "name": "Outcome", "coverage": tables.States("Coverage", COVERAGE),
    "weight": {**tables.PERCENT, "label": "Weight"},
    "spend_share": {**tables.PERCENT, "label": "Money"}, "served_by": "Served by",
    "on_pace": "Key results on pace", "lacks": "Lacks", "tier": "Tier", "owner": "Owner"}
_SERVING = {
    "name": "Product", "pm": "Product manager", "state": tables.States("Link", LINK),
    "strength": "Strength", "spend": {**tables.MONEY, "label": "Money"},
    "share": {**tables.PERCENT, "label": "Of its money"},
    "aligned": tables.States("Product", ALIGNED)}


def show(view: View) -> None:
    """The outcome that is chosen, else all of them."""
    names = selection.outcomes(view.measured)
    if not names:
        frame.empty("No active outcome is loaded.", "outcomes")
        return
    chosen = selection.one_of("outcome", "Outcome", names, "All; choose one to see who serves it")
    if chosen:
        _one(view, chosen)
    else:
        st.markdown(f"#### {md(_answer(view.measured))}")
        _every(view)


@cached
def _answer(measured: Measured) -> str:
    return outcomes.sentence(measured.alignment)


def _every(view: View) -> None:
    """Active outcomes with who serves them and their money; in a second tab, its flow."""
    served, flow = st.tabs(["Who serves them", "Flow of money"], key="tab", bind="query-params")
    if served.open:
        with served:
            _table(view)
    if flow.open:
        with flow:
            money_flow.show(view)


def _table(view: View) -> None:
    tables.opening(_rows(view.measured), "outcomes", "Active outcomes and who serves them",
                   _COLUMNS, param="outcome", ids="outcome_id", sent=_rows_sent(view.measured))
    st.subheader("Money against stated weight")
    st.markdown(md(_money_sentence(view.measured)))
    if view.alignment.money.linked is not None:
        figure.show(_money_figure(view.measured, frame.dark()), key="money",
                    alt="Money against weight")
        tables.behind("money", lambda: outcomes.money_table(view.alignment), {
            "name": "Outcome", "weight": {**tables.PERCENT, "label": "Weight"},
            "share": {**tables.PERCENT, "label": "Share of the money"},
            "money": {**tables.MONEY, "label": "Money"}})


@cached
def _rows(measured: Measured) -> pd.DataFrame:
    return outcomes.outcome_rows(measured.alignment)


@cached
def _rows_sent(measured: Measured) -> pa.Table:
    return tables.packed(_rows(measured), _COLUMNS, opening=True)


@cached
def _money_sentence(measured: Measured) -> str:
    return outcomes.money_sentence(measured.alignment)


@cached
def _money_figure(measured: Measured, dark: bool) -> Finished:
    alignment = measured.alignment
    return Finished(money_against_weight(outcomes.money_rows(alignment), alignment.money.unit,
                                         measured.portfolio.settings.currency, dark))


def _one(view: View, outcome_id: str) -> None:
    """One outcome: coverage, its own metric, who serves it, pace of the goals behind it, gaps."""
    row = _row(view.measured, outcome_id)
    selection.leave("outcome", "All outcomes")
    st.header(md(row["name"]))
    if not formats.is_unknown(row["description"]):
        st.markdown(md(row["description"]))
    for fact in _facts(view.measured, outcome_id):
        st.markdown(f"- {md(fact)}")
    _show_serving(view, outcome_id)
    key_results.show(view, "sight", outcome_id, "Key results that lead here")
    gap_list.of_object(view, _gaps(view.evaluated, outcome_id),
                       "Open questions about this outcome")


@cached
def _row(measured: Measured, outcome_id: str) -> pd.Series:
    rows = measured.alignment.outcomes
    return rows[rows["outcome_id"] == outcome_id].iloc[0]


@cached
def _facts(measured: Measured, outcome_id: str) -> list[str]:
    row = _row(measured, outcome_id)
    owner = "not named" if formats.is_unknown(row["owner_name"]) else row["owner_name"]
    tier = "Tier 1. " if row["tier1"] else ""
    said = [outcomes.own_metric(row), *explain.outcome(row, measured.alignment).lines]
    return [*filter(None, said), f"{tier}Owner: {owner}."]


@cached
def _gaps(evaluated: Evaluated, outcome_id: str) -> pd.DataFrame:
    return evaluated.gaps.rows[evaluated.gaps.rows["outcome_id"] == outcome_id]


def _show_serving(view: View, outcome_id: str) -> None:
    st.subheader("Who serves it")
    confirm_form.links(view, outcome_id)
    every = len(_serving(view.measured, outcome_id))
    if not every:
        st.markdown("Nobody yet: no product declares it and no goal leads to it.")
        return
    shown = _serving_shown(view.measured, view.filters, outcome_id)
    if len(shown) < every:
        st.caption(md(f"The filters show {len(shown):,} of {every:,} products."))
    tables.show(_serving_sent(view.measured, view.filters, outcome_id), f"serving_{outcome_id}",
                "Products that serve this outcome", _SERVING)
    if shown["assumed"].any():
        st.caption("Where no share is stated, a product's money is split equally among its "
                   "primary links.")
    selection.links("products", "product", shown["product_id"], shown["name"])


@cached
def _serving(measured: Measured, outcome_id: str) -> pd.DataFrame:
    return outcomes.serving(measured.alignment, outcome_id)


@cached
def _serving_shown(measured: Measured, filters: Filters, outcome_id: str) -> pd.DataFrame:
    rows = _serving(measured, outcome_id)
    return rows[rows["product_id"].isin(shown_products(measured, filters)["product_id"])]


@cached
def _serving_sent(measured: Measured, filters: Filters, outcome_id: str) -> pa.Table:
    return tables.packed(_serving_shown(measured, filters, outcome_id), _SERVING)
