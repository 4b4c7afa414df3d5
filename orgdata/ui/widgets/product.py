"""The parts about one product that two pages show: facts, checks, goals and dependencies."""

from typing import Literal

import pandas as pd
import streamlit as st

from orgdata import formats
from orgdata.ui.page_table import component
from orgdata.ui.shell.cache import cached
from orgdata.ui.shell.escape import md
from orgdata.ui.shell.view import Measured, View
from orgdata.ui.widgets import key_results, tables
from orgdata.views import answers, products, purpose
from orgdata.views.objective_words import objective_sentence
from orgdata.views.page_table import Column, PageTable, page_table
from orgdata.views.vocabulary import CHECKED, DEPENDENCY, STATUS

_GOAL_COLUMNS = {"title": {**tables.WIDE, "label": "Objective"}, "sight_names": "Leads to",
                 "pace": tables.States("Status", STATUS)}
MOST_GOALS = 50  # objectives of one product in sentences; a table has all
Side = Literal["product_id", "needs_product_id"]  # the product needs, or is needed


def show_purpose(view: View, product_id: str, title: bool = False) -> None:
    """Show what the product is for as a heading, or as the page's title, and below it whose
    sentence that is."""
    sentence, basis = _purpose(view.measured, product_id)
    if title:
        st.title(md(sentence), anchor=False)
    else:
        st.markdown(f"##### {md(sentence)}")
    st.caption(md(basis))


@cached
def _purpose(measured: Measured, product_id: str) -> tuple[str, str]:
    return (purpose.purpose(measured.alignment, product_id),
            purpose.basis(measured.alignment, product_id))


def show_facts(view: View, product_id: str) -> None:
    """Show the product's managers, area, stage and money in one line."""
    st.markdown(md(_facts(view.measured, product_id)))


@cached
def _facts(measured: Measured, product_id: str) -> str:
    rows = measured.alignment.products
    return products.facts(rows[rows["product_id"] == product_id].iloc[0], measured.alignment)


def show_without_outcome(view: View, product_id: str) -> None:
    """Show that the product is linked to no outcome, or why that is unknown."""
    st.markdown(md(_without_outcome(view.measured, product_id)))


@cached
def _without_outcome(measured: Measured, product_id: str) -> str:
    return products.without_outcome(measured.alignment, product_id)


def show_checks(view: View, product_id: str) -> None:
    """Show the five checks of one product with the reason of each."""
    st.subheader("Five checks")
    component.show(_checks(view.measured, product_id), f"checks_{product_id}", "Five checks")


@cached
def _checks(measured: Measured, product_id: str) -> PageTable:
    return page_table(products.check_rows(measured.alignment, product_id), {
        "check": Column("Check", "name"), "result": Column("Result", "state", CHECKED),
        "why": Column("Why", "wide")})


def show_goals(view: View, product_id: str) -> None:
    """Show the objectives of one product in this cycle, and their key results against pace."""
    st.subheader("Objectives of this cycle")
    objectives = _goals(view.measured, product_id)
    for objective in objectives.head(MOST_GOALS).to_dict("records"):
        unlinked = formats.is_unknown(objective["sight_names"])
        line_of_sight = "not linked to an outcome" if unlinked else (
            f"leads to {objective['sight_names']}")
        told = f"{line_of_sight}; {objective_sentence(objective, view.alignment)}"
        st.markdown(f"- **{md(objective['title'])}**  \n  {md(formats.sentence_case(told))}.")
    if not len(objectives):
        st.markdown(md(_no_goal(view)))
        return
    if len(objectives) > MOST_GOALS:
        st.caption(f"The first {MOST_GOALS} of {len(objectives):,} objectives; a table has all.")
        tables.show_in_expander(f"goals_{product_id}", lambda: objectives, _GOAL_COLUMNS)
    key_results.show(view, "product", product_id, "Key results against pace")


def _no_goal(view: View) -> str:
    return ("No objective in this cycle." if view.alignment.basis.objectives else
            answers.unknown_because(view.portfolio, "objectives"))


@cached
def _goals(measured: Measured, product_id: str) -> pd.DataFrame:
    return measured.alignment.of_product(product_id, "objectives").sort_values("title")


def show_dependencies(view: View, product_id: str) -> None:
    """Show which products this one depends on, and which depend on it."""
    if not view.portfolio.tracked("dependencies"):
        return
    st.subheader("Dependencies")
    shown = [_show_side(view, product_id, "product_id", "Depends on"),
             _show_side(view, product_id, "needs_product_id", "Needed by")]
    if not all(shown):
        st.markdown("No dependencies." if not any(shown) else "Depends on no other product."
                    if shown[1] else "No other product depends on it.")


def _show_side(view: View, product_id: str, side: Side, title: str) -> bool:
    """Show one side of the dependencies, and whether there are any."""
    if not len(_dependencies(view.measured, product_id, side)):
        return False
    component.show(_dependency_table(view.measured, product_id, side),
                   f"dependencies_{side}_{product_id}", title, page="products", param="product")
    return True


@cached
def _dependencies(measured: Measured, product_id: str, side: Side) -> pd.DataFrame:
    return products.dependency_rows(measured.alignment, product_id, side)


@cached
def _dependency_table(measured: Measured, product_id: str, side: Side) -> PageTable:
    rows = _dependencies(measured, product_id, side)
    return page_table(rows.assign(needed_by=[None if formats.is_unknown(day) else formats.day(day)
                                             for day in rows["needed_by"]]), {
        "product": Column("From" if side == "product_id" else "By", "name"),
        "state": Column("State", "state", DEPENDENCY),
        "what": Column("Depends on" if side == "product_id" else "Needs", "wide"),
        "needed_by": Column("Needed by")}, ids="product_id")
