"""The Outcomes page: all of them in one table with their money, and one of them in depth."""

import streamlit as st

from orgdata import formats
from orgdata.charts.money import money_against_weight
from orgdata.ui.shell import selection
from orgdata.ui.shell.cache import kept
from orgdata.ui.shell.escape import md
from orgdata.ui.shell.view import View
from orgdata.ui.widgets import confirm_form, figure, gap_list, key_results, money_flow, tables
from orgdata.views import explain, outcomes


def every(view: View) -> None:
    """Active outcomes with who serves them and their money; in a second tab, its flow."""
    served, flow = st.tabs(["Who serves them", "Flow of money"], key="tab", bind="query-params")
    if served.open:
        with served:
            _table(view)
    if flow.open:
        with flow:
            money_flow.show(view)


def _table(view: View) -> None:
    rows = kept(view, "outcomes", lambda: outcomes.outcome_rows(view.alignment))
    tables.opening(rows, "outcomes", "Active outcomes and who serves them", {
        "name": "Outcome", "coverage": "Coverage", "weight": {**tables.PERCENT, "label": "Weight"},
        "spend_share": {**tables.PERCENT, "label": "Money"}, "served_by": "Served by",
        "on_pace": "Key results on pace", "lacks": "Lacks", "tier": "Tier", "owner": "Owner"},
        param="outcome", ids="outcome_id", view=view)
    st.subheader("Money against stated weight")
    st.markdown(md(kept(view, "money sentence", lambda: outcomes.money_sentence(
        view.alignment))))
    if view.alignment.money.linked is not None:
        figure.show(view, "money", lambda dark: _money(view, dark), key="money",
                     alt="Money against weight")
        tables.behind("money", lambda: outcomes.money_table(view.alignment), {
            "name": "Outcome", "weight": {**tables.PERCENT, "label": "Weight"},
            "share": {**tables.PERCENT, "label": "Share of the money"},
            "money": {**tables.MONEY, "label": "Money"}})


def _money(view: View, dark: bool) -> object:
    rows, money = outcomes.money_rows(view.alignment), view.alignment.money
    return money_against_weight(rows, money.unit, view.portfolio.settings.currency, dark)


def one(view: View, outcome_id: str) -> None:
    """One outcome: coverage, its own metric, who serves it, pace of the goals behind it, gaps."""
    alignment = view.alignment
    row = kept(view, f"outcome\n{outcome_id}", lambda: alignment.outcomes[
        alignment.outcomes["outcome_id"] == outcome_id].iloc[0])
    selection.leave("outcome", "All outcomes")
    st.header(md(row["name"]))
    if not formats.is_unknown(row["description"]):
        st.markdown(md(row["description"]))
    facts = kept(view, f"outcome facts\n{outcome_id}", lambda: [
        outcomes.own_metric(row), *explain.outcome(row, alignment)])
    owner = "not named" if formats.is_unknown(row["owner_name"]) else row["owner_name"]
    tier = "Tier 1. " if row["tier1"] else ""
    for fact in [*filter(None, facts), f"{tier}Owner: {owner}."]:
        st.markdown(f"- {md(fact)}")
    _served(view, outcome_id)
    goals, found = alignment.key_results, view.gaps.rows
    key_results.show(view, lambda: goals[goals["sight"] == outcome_id], f"outcome_{outcome_id}",
                 "Key results that lead here")
    gaps = kept(view, f"gaps of outcome\n{outcome_id}", lambda: found[
        found["outcome_id"] == outcome_id])
    gap_list.of_object(view, gaps, "Open questions about this outcome")


def _served(view: View, outcome_id: str) -> None:
    st.subheader("Who serves it")
    confirm_form.links(view, outcome_id)
    rows = kept(view, f"serving\n{outcome_id}", lambda: outcomes.serving(
        view.alignment, outcome_id))
    shown = kept(view, f"serving, shown\n{outcome_id}", lambda: rows[
        rows["product_id"].isin(view.products()["product_id"])])
    if not len(rows):
        st.markdown("Nobody yet: no product declares it and no goal leads to it.")
        return
    if len(shown) < len(rows):
        st.caption(md(f"The filters show {len(shown):,} of {len(rows):,} products."))
    tables.show(shown, f"serving_{outcome_id}", "Products that serve this outcome", {
        "name": "Product", "pm": "Product manager", "state": "Link", "strength": "Strength",
        "spend": {**tables.MONEY, "label": "Money"},
        "share": {**tables.PERCENT, "label": "Of its money"}, "aligned": "Product"}, view)
    if shown["assumed"].any():
        st.caption("Where no share is stated, a product's money is split equally among its "
                   "primary links.")
    selection.links("products", "product", shown["product_id"], shown["name"])
