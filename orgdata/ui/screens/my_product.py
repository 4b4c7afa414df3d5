"""The product manager's page. No comparison with others: one product, its role, its questions."""

from collections.abc import Mapping, Sequence

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from orgdata import formats
from orgdata.ui.chain import component as chain
from orgdata.ui.page_table import component
from orgdata.ui.shell import frame, rights, selection
from orgdata.ui.shell.cache import cached
from orgdata.ui.shell.escape import md
from orgdata.ui.shell.rewording import said
from orgdata.ui.shell.view import Measured, View
from orgdata.ui.widgets import (
    check_in_form,
    confirm_form,
    downloads,
    fix_form,
    focus,
    gap_list,
    growth,
    key_results,
    product,
    proposals,
    tables,
)
from orgdata.views import line_of_sight, products, purpose
from orgdata.views.page_table import Column, PageTable, page_table, percent
from orgdata.views.vocabulary import COVERAGE, LINK, Word

_GROWTH = "My growth (private)"
MOST_LINKS = 100  # products of one person; more are chosen by name
_PATH_COLUMNS = {"objective": {**tables.WIDE, "label": "Objective"},
                 "outcome": {**tables.WIDE, "label": "Outcome"},
                 "state": tables.States("Link", LINK)}


def show(view: View) -> None:
    """Show one product, chosen by its name or by that of its manager; in a second tab, what the
    reader keeps for themselves."""
    asked = st.query_params.get("product", ""), st.query_params.get("key_result", "")
    if all(asked) and len(view.alignment.products):
        _show_check_in(view, *asked)
        return
    product_tab, growth_tab = st.tabs([said("Product"), _GROWTH], key="tab", bind="query-params")
    if product_tab.open:
        with product_tab:
            _show_any_product(view)
    if growth_tab.open:
        with growth_tab:
            growth.show(view)


def _show_any_product(view: View) -> None:
    if not len(view.alignment.products):
        frame.show_missing_table("No product is loaded.", "products")
        return
    top, choice = st.container(), st.container()  # what is chosen stands above how it is
    product_id = _choose(view, top, choice)
    if product_id:
        with top:
            _show_verdict(view, product_id)
    proposals.show(view, "my_product")
    if product_id:
        _show_product(view, product_id)


def _show_check_in(view: View, product_id: str, kr_id: str) -> None:
    """Show the check-in of one key result, as a letter asks for it, and nothing else."""
    selection.back_button("key_result", "The whole page")
    if product_id in (names := _products(view.measured)):
        st.title(md(f"Check in: {names[product_id]}"), anchor=False)
        if check_in_form.show_one(view, product_id, kr_id):
            return
    st.warning("There is no check-in of this key result to give here, or it is not for you.",
               icon=":material/search_off:")


def _choose(view: View, head: DeltaGenerator, choice: DeltaGenerator) -> str | None:
    """The product chosen, or the only one of the person chosen; both choices are in the URL."""
    names, managers = _products(view.measured), _managers(view.measured)
    left, right = choice.columns(2)
    with left:
        product_id = selection.choose("product", "Product", names, "Choose your product")
    with right:
        person_id = selection.choose("person", "Who you are", managers, "Or choose your name") if (
            managers) else None
    if not product_id and not person_id and (theirs := _theirs(view.measured)):
        if len(theirs) > 1:
            _show_products(head, f"You work on {formats.count(len(theirs), 'product')}", theirs)
            return None
        return theirs[0][0]
    if product_id or not person_id:
        if not product_id:
            head.title("What is your product for?", anchor=False)
            head.markdown(f"Choose your product{' or yourself' if managers else ''}, then bookmark "
                          "this page.")
        return product_id
    rows = view.alignment.managers
    managed_ids = set(rows.loc[rows["person_id"] == person_id, "product_id"])
    managed = [(product_id, name) for product_id, name in names.items()
               if product_id in managed_ids]
    if len(managed) == 1:
        return str(managed[0][0])
    _show_products(head, f"{managers[person_id]} is PM of "
                   f"{formats.count(len(managed), 'product')}", managed)
    return None


def _show_products(head: DeltaGenerator, title: str, named: Sequence[tuple[str, str]]) -> None:
    """Show several products of one person, each as a link."""
    head.title(md(title), anchor=False)
    for product_id, name in named[:MOST_LINKS]:
        selection.link("my_product", name, icon=":material/category:", product=product_id)
    if len(named) > MOST_LINKS:
        st.markdown(f"{len(named) - MOST_LINKS:,} more: choose a product above.")


@cached
def _products(measured: Measured) -> Mapping[str, str]:
    """The names of the products that the reader may choose from, by their id."""
    return {product_id: name for product_id, name in selection.products(measured).items()
            if measured.rights.sees_product(product_id)}


def _theirs(measured: Measured) -> list[tuple[str, str]]:
    """The reader's own products, each with its name: also of a head, who is shown what all are."""
    own = rights.current().theirs.products
    return [(product_id, name) for product_id, name in selection.products(measured).items()
            if product_id in own]


@cached
def _managers(measured: Measured) -> Mapping[str, str]:
    """Whom the reader may choose, where every product is shown."""
    return selection.people(measured.alignment.managers) if measured.rights.whole else {}


def _show_verdict(view: View, product_id: str) -> None:
    """Show what fits a phone's first screen: purpose, verdict, next step, and why it matters."""
    product.show_purpose(view, product_id, title=True)
    word, says = _verdict(view.measured, product_id)
    st.markdown(f"{tables.badge(word)} {md(says)}")
    gap_list.show_next_step(view, product_id)
    for sentence in _why(view.measured, product_id):
        st.markdown(md(sentence))
    with st.container(horizontal=True, gap="small"):
        confirm_form.show_role_form(view, product_id)
        fix_form.show_actions(view, "product", {"product_id": product_id})
        downloads.show(view, ("brief",), product_id=product_id)


def _show_product(view: View, product_id: str) -> None:
    """Show the chain, why the outcomes matter, checks, key results, dependencies and gaps."""
    product.show_facts(view, product_id)
    _show_chain(view, product_id)
    _show_outcomes(view, product_id)
    product.show_checks(view, product_id)
    check_in_form.show(view, product_id)
    key_results.show(view, "product", product_id, "Key results against pace")
    product.show_dependencies(view, product_id)
    focus.show_product(view, product_id)
    gap_list.show_product_section(view, product_id, "My gaps", questions=True)


@cached
def _verdict(measured: Measured, product_id: str) -> tuple[Word, str]:
    return products.verdict(measured.alignment, product_id)


@cached
def _why(measured: Measured, product_id: str) -> tuple[str, ...]:
    """What the product moves, and why it works on that."""
    return tuple(filter(None, (purpose.moves(measured.alignment, product_id),
                               purpose.rationale(measured.alignment, product_id))))


def _show_chain(view: View, product_id: str) -> None:
    st.subheader("How your work reaches a company outcome")
    chain.show(_drawn_chain(view.measured, product_id), f"chain_{product_id}")
    paths = _chain(view.measured, product_id)
    if len(paths) > line_of_sight.MOST_PATHS:
        tables.show_in_expander(f"chain_{product_id}", lambda: paths, _PATH_COLUMNS)


@cached
def _chain(measured: Measured, product_id: str) -> pd.DataFrame:
    return line_of_sight.chain(measured.alignment, product_id)


@cached
def _drawn_chain(measured: Measured, product_id: str) -> line_of_sight.Plain:
    return line_of_sight.drawn_chain(measured.alignment, product_id)


def _show_outcomes(view: View, product_id: str) -> None:
    st.subheader("Why it matters")
    rows = _coverage_without(view.measured, product_id)
    if not len(rows):
        product.show_without_outcome(view, product_id)
        return
    if lost := line_of_sight.without_it(rows):
        st.markdown(md(lost))
    component.show(_outcome_table(view.measured, product_id), f"why_{product_id}",
                   "The outcomes it works on", page="outcomes", param="outcome")


@cached
def _coverage_without(measured: Measured, product_id: str) -> pd.DataFrame:
    return line_of_sight.coverage_without(measured.alignment, product_id)


@cached
def _outcome_table(measured: Measured, product_id: str) -> PageTable:
    rows = _coverage_without(measured, product_id).merge(
        products.outcomes_served(measured.alignment, product_id)[
            ["outcome_id", "state", "rationale"]], on="outcome_id")
    stated = measured.alignment.basis.stated_weights
    rows = rows.assign(weight=formats.parts(rows["weight"]) if stated else None)
    return page_table(rows, {
        "name": Column("Outcome", "name"), "weight": Column("Weight", "number", text=percent),
        "state": Column("Your link", "state", LINK), "rationale": Column("Why", "wide"),
        "coverage": Column("Coverage", "state", COVERAGE),
        **({"without": Column("Without it", "state", COVERAGE)} if rows["falls"].any() else {}),
        "others": Column("Other products")}, ids="outcome_id")
