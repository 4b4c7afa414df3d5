"""The Products page: the portfolio as a table, a map and a mix, and one product in depth."""

from functools import partial
from typing import Any

import streamlit as st

from orgdata import formats
from orgdata.charts.bubbles import bubbles
from orgdata.charts.money import mix
from orgdata.ui.shell import selection
from orgdata.ui.shell.cache import kept
from orgdata.ui.shell.escape import md
from orgdata.ui.shell.view import View
from orgdata.ui.widgets import figure, gap_list, key_results, tables
from orgdata.views import portfolio
from orgdata.views import products as product_view

_MIX = {"Strategic role": "strategic_role", "Lifecycle stage": "lifecycle_stage",
        "Business area": "business_area"}


def every(view: View) -> None:
    """Managed products with their checks; the mix of spend; the map; possible overlaps."""
    rows = kept(view, "products", lambda: product_view.product_rows(
        view.alignment, view.products()))
    if not len(rows):
        st.info("No product passes the filters.", icon=":material/filter_alt:")
        return
    st.caption("✓ passes · ✗ fails · – does not apply. Fresh is evidence; the other four decide "
               "on alignment.")
    tables.opening(rows, "products", "Managed products with their five checks", {
        "name": "Product", "pm": "Product manager", "aligned": "Alignment", "checks": "Checks",
        "owned": "Owned", "linked": "Linked", "planned": "Planned", "measured": "Measured",
        "fresh": "Fresh", "outcomes": "Outcomes", "role": "Role", "stage": "Stage",
        "area": "Area", "spend": {**tables.MONEY, "label": portfolio.money_label(
            view.alignment)}}, param="product", ids="product_id", view=view)
    _mix(view)
    _map(view)
    _overlaps(view)


def _mix(view: View) -> None:
    st.subheader("Where the money is")
    products = view.products()
    held = kept(view, "mix held", lambda: [
        name for name, column in _MIX.items() if products[column].notna().any()])
    if not held:
        st.markdown("Roles, stages and areas are not stated: fill in strategic_role, "
                    "lifecycle_stage or business_area in products.")
        return
    chosen = st.segmented_control("By", held, default=held[0], key="mix_by", required=True,
                                  bind="query-params")
    dimension = _MIX[chosen]
    rows = kept(view, f"mix\n{dimension}", lambda: portfolio.mix_rows(
        view.alignment, products, dimension))
    st.markdown(md(kept(view, f"mix sentence\n{dimension}", lambda: portfolio.mix_sentence(
        rows, view.alignment))))
    money, currency = view.alignment.money, view.portfolio.settings.currency
    if len(rows) <= portfolio.MOST_BARS:
        figure.show(view, f"mix\n{dimension}", lambda dark: mix(rows, money.unit, currency, dark),
                     key="mix", alt="Spend by " + dimension)
    tables.behind("mix", lambda: portfolio.mix_table(rows), {
        "bucket": str(chosen), "count": "Products", "spend": {**tables.MONEY, "label": "Spend"},
        "share": {**tables.PERCENT, "label": "Share"},
        "target": {**tables.PERCENT, "label": "Target"}})


def _map(view: View) -> None:
    st.subheader("Proof and pace")
    rows = kept(view, "map", lambda: portfolio.bubble_rows(view.alignment, view.products()))
    st.markdown(md(kept(view, "map sentence", lambda: portfolio.map_sentence(
        rows, len(view.products())))))
    if not len(rows):
        return
    picked = figure.show(
        view, "map", lambda dark: bubbles(portfolio.drawn(rows), view.alignment.money.unit,
                                          view.portfolio.settings.currency, dark),
        key="map", alt="Products by share of proven money and pace", pick=True)
    if picked:
        chosen = str(picked[0])
        name = rows.loc[rows["product_id"] == chosen, "name"]
        selection.link("products", f"Open {name.iloc[0] if len(name) else chosen}",
                    icon=":material/category:", product=chosen)
    tables.behind("map", lambda: portfolio.map_table(rows), {
        "name": "Product", "role": "Role", "spend": {**tables.MONEY, "label": "Money"},
        "proven": {**tables.PERCENT, "label": "Proven"}, "ahead": "Pace",
        "judged": "Key results judged"})


def _overlaps(view: View) -> None:
    gaps = view.gaps.rows
    pairs = kept(view, "overlaps", lambda: gaps[gaps["code"] == "PRD08"])
    if len(pairs):
        gap_list.of_object(view, pairs, "Possible overlaps")


def one(view: View, product_id: str) -> None:
    """One product: its role, checks, outcomes, goals, key results, dependencies and gaps."""
    selection.leave("product", "All products")
    st.header(md(selection.products(view)[product_id]))
    role = kept(view, f"role\n{product_id}", lambda: product_view.role_sentence(
        view.alignment, product_id))
    st.markdown(f"##### {md(role)}")
    basis(view, product_id)
    facts(view, product_id)
    selection.link("my_product", "What this product is for, as its product manager sees it",
                icon=":material/person_pin:", product=product_id)
    checks(view, product_id)
    _outcomes(view, product_id)
    goals(view, product_id)
    dependencies(view, product_id)
    gap_list.of_product(view, product_id, "Open questions")


def basis(view: View, product_id: str) -> None:
    """What the sentence on the product's role rests on."""
    st.caption(md(kept(view, f"role basis\n{product_id}", lambda: product_view.role_basis(
        view.alignment, product_id))))


def facts(view: View, product_id: str) -> None:
    """Who, where and how much: the product in one line."""
    products = view.alignment.products
    st.markdown(md(kept(view, f"facts\n{product_id}", lambda: product_view.facts(
        products[products["product_id"] == product_id].iloc[0], view.alignment))))


def checks(view: View, product_id: str) -> None:
    """The five checks of one product with the reason of each."""
    st.subheader("Five checks")
    for mark, why in kept(view, f"checks\n{product_id}", lambda: product_view.check_rows(
            view.alignment, product_id)):
        st.markdown(f"**{md(mark)}** · {md(why)}")


def _outcomes(view: View, product_id: str) -> None:
    st.subheader("Outcomes it serves")
    rows = kept(view, f"served\n{product_id}", lambda: product_view.outcomes_served(
        view.alignment, product_id))
    if not len(rows):
        st.markdown("None yet: no link is declared and no goal leads to an outcome.")
        return
    tables.show(rows, f"served_{product_id}", "Outcomes this product serves", {
        "name": "Outcome", "state": "Link", "strength": "Strength",
        "weight": {**tables.PERCENT, "label": "Weight"},
        "share": {**tables.PERCENT, "label": "Of its money"},
        "spend": {**tables.MONEY, "label": "Money"},
        "rationale": {**tables.WIDE, "label": "Why"}}, view)
    selection.links("outcomes", "outcome", rows["outcome_id"], rows["name"])


def goals(view: View, product_id: str) -> None:
    """The objectives of one product in this cycle, and their key results against pace."""
    st.subheader("Goals of this cycle")
    own = kept(view, f"goals\n{product_id}", lambda: _goals(view, product_id))
    for goal in own:
        sight = "no line of sight to an outcome" if formats.is_unknown(goal["sight_name"]) else (
            f"leads to {goal['sight_name']}")
        st.markdown(f"- **{md(goal['title'])}**: {md(sight)}; "
                    f"{md(product_view.objective_sentence(goal))}.")
    if not own:
        st.markdown("No objective in this cycle.")
        return
    found = view.alignment.key_results
    key_results.show(view, lambda: found[found["product_id"] == product_id],
                     f"product_{product_id}", "Key results against pace")


def _goals(view: View, product_id: str) -> list[dict[str, Any]]:
    objectives = view.alignment.objectives
    own = objectives[objectives["product_id"] == product_id].sort_values("title")
    return [{str(name): value for name, value in row.items()} for row in own.to_dict("records")]


def dependencies(view: View, product_id: str) -> None:
    """Whom the product depends on, and who depends on it."""
    if not view.portfolio.tracked("dependencies"):
        return
    st.subheader("Dependencies")
    for column, title, none in (
            ("product_id", "It needs", "It needs nothing from another product."),
            ("needs_product_id", "Others need", "No other product needs anything from it.")):
        rows = kept(view, f"{title}\n{product_id}", partial(
            product_view.dependency_rows, view.alignment, product_id, column))
        if not len(rows):
            st.markdown(none)
            continue
        tables.show(rows, f"dependencies_{column}_{product_id}", title, {
            "product": "From" if column == "product_id" else "By",
            "what": {**tables.WIDE, "label": title}, "state": "State",
            "needed_by": {**tables.DAY, "label": "Needed by"}}, view)
