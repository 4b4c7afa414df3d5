"""One product in parts that two pages show: its facts, checks, goals and dependencies."""

from typing import Any, Literal

import pandas as pd
import pyarrow as pa
import streamlit as st

from orgdata import formats
from orgdata.ui.shell.cache import cached
from orgdata.ui.shell.escape import md
from orgdata.ui.shell.view import Measured, View
from orgdata.ui.widgets import key_results, tables
from orgdata.views import products
from orgdata.views.vocabulary import DEPENDENCY

_NEEDS = {"what": tables.WIDE, "state": tables.States("State", DEPENDENCY),
          "needed_by": {**tables.DAY, "label": "Needed by"}}
Side = Literal["product_id", "needs_product_id"]  # the product needs, or is needed


def basis(view: View, product_id: str) -> None:
    """What the sentence on the product's role rests on."""
    st.caption(md(_basis(view.measured, product_id)))


@cached
def _basis(measured: Measured, product_id: str) -> str:
    return products.role_basis(measured.alignment, product_id)


def facts(view: View, product_id: str) -> None:
    """Who, where and how much: the product in one line."""
    st.markdown(md(_facts(view.measured, product_id)))


@cached
def _facts(measured: Measured, product_id: str) -> str:
    rows = measured.alignment.products
    return products.facts(rows[rows["product_id"] == product_id].iloc[0], measured.alignment)


def checks(view: View, product_id: str) -> None:
    """The five checks of one product with the reason of each."""
    st.subheader("Five checks")
    for mark, why in _checks(view.measured, product_id):
        st.markdown(f"**{md(mark)}** · {md(why)}")


@cached
def _checks(measured: Measured, product_id: str) -> list[tuple[str, str]]:
    return products.check_rows(measured.alignment, product_id)


def goals(view: View, product_id: str) -> None:
    """The objectives of one product in this cycle, and their key results against pace."""
    st.subheader("Goals of this cycle")
    own = _goals(view.measured, product_id)
    for goal in own:
        sight = "no line of sight to an outcome" if formats.is_unknown(goal["sight_name"]) else (
            f"leads to {goal['sight_name']}")
        st.markdown(f"- **{md(goal['title'])}**: {md(sight)}; "
                    f"{md(products.objective_sentence(goal))}.")
    if not own:
        st.markdown("No objective in this cycle.")
        return
    key_results.show(view, "product_id", product_id, "Key results against pace")


@cached
def _goals(measured: Measured, product_id: str) -> list[dict[str, Any]]:
    objectives = measured.alignment.objectives
    own = objectives[objectives["product_id"] == product_id].sort_values("title")
    return [{str(name): value for name, value in row.items()} for row in own.to_dict("records")]


def dependencies(view: View, product_id: str) -> None:
    """Whom the product depends on, and who depends on it."""
    if not view.portfolio.tracked("dependencies"):
        return
    st.subheader("Dependencies")
    _side(view, product_id, "product_id", "It needs", "It needs nothing from another product.")
    _side(view, product_id, "needs_product_id", "Others need",
          "No other product needs anything from it.")


def _side(view: View, product_id: str, side: Side, title: str, none: str) -> None:
    if not len(_dependencies(view.measured, product_id, side)):
        st.markdown(none)
        return
    tables.show(_dependencies_sent(view.measured, product_id, side),
                f"dependencies_{side}_{product_id}", title, {
                    "product": "From" if side == "product_id" else "By", **_NEEDS,
                    "what": {**tables.WIDE, "label": title}})


@cached
def _dependencies(measured: Measured, product_id: str, side: Side) -> pd.DataFrame:
    return products.dependency_rows(measured.alignment, product_id, side)


@cached
def _dependencies_sent(measured: Measured, product_id: str, side: Side) -> pa.Table:
    return tables.packed(_dependencies(measured, product_id, side), {"product": "", **_NEEDS})
