"""The product manager's page. No comparison with others: one product, its role, its questions."""

from collections.abc import Mapping

import pandas as pd
import pyarrow as pa
import streamlit as st

from orgdata import formats
from orgdata.ui.shell import frame, selection
from orgdata.ui.shell.cache import cached
from orgdata.ui.shell.escape import md
from orgdata.ui.shell.view import Measured, View
from orgdata.ui.widgets import confirm_form, downloads, gap_list, product, tables
from orgdata.views import line_of_sight, purpose
from orgdata.views.vocabulary import COVERAGE, LINK

MOST_LINKS = 100  # products of one person; more are chosen by name
MOST_REASONS = 50  # outcomes of one product in sentences; the table below has all
_PATH_COLUMNS = {"objective": {**tables.WIDE, "label": "Objective"},
                 "outcome": {**tables.WIDE, "label": "Outcome"},
                 "state": tables.States("Link", LINK)}
_WHY_COLUMNS = {
    "name": "Outcome", "coverage": tables.States("Coverage now", COVERAGE),
    "without": tables.States("Without this product", COVERAGE),
    "others": {**tables.WIDE, "label": "Other products"}}


def show(view: View) -> None:
    """Show one product, chosen by its name or by that of its manager."""
    if not len(view.alignment.products):
        frame.show_missing_table("No product is loaded.", "products")
    elif product_id := _choose(view):
        _show_product(view, product_id)


def _choose(view: View) -> str | None:
    """The product chosen, or the only one of the person chosen; both choices are in the URL."""
    names, managers = selection.products(view.measured), _managers(view.measured)
    head = st.container()
    left, right = st.columns(2)
    with left:
        product_id = selection.choose("product", "Product", names, "Choose your product")
    with right:
        person_id = selection.choose("person", "Your name", managers, "Choose a name")
    if product_id or not person_id:
        if not product_id:
            head.title("What is your product for?", anchor=False)
            st.markdown("Choose your product or your name, then bookmark this page.")
        return product_id
    rows = view.alignment.managers
    managed_ids = set(rows.loc[rows["person_id"] == person_id, "product_id"])
    managed = [product_id for product_id in names if product_id in managed_ids]
    if len(managed) == 1:
        return str(managed[0])
    head.title(md(f"{managers[person_id]} is PM of {formats.count(len(managed), 'product')}"),
               anchor=False)
    for product_id in managed[:MOST_LINKS]:
        selection.link("my_product", names[product_id], icon=":material/category:",
                       product=product_id)
    if len(managed) > MOST_LINKS:
        st.markdown(f"{len(managed) - MOST_LINKS:,} more: choose a product above.")
    return None


@cached
def _managers(measured: Measured) -> Mapping[str, str]:
    return selection.people(measured.alignment.managers)


def _show_product(view: View, product_id: str) -> None:
    """Show role, chain, why the outcomes matter, goals, dependencies and open questions."""
    product.show_purpose(view, product_id, title=True)
    if moves := _moves(view.measured, product_id):
        st.markdown(md(moves))
    with st.container(horizontal=True, gap="small"):
        confirm_form.show_role_form(view, product_id)
        downloads.show(view, ("brief",), product_id=product_id)
    product.show_facts(view, product_id)
    _show_chain(view, product_id)
    _show_why(view, product_id)
    product.show_checks(view, product_id)
    product.show_goals(view, product_id)
    product.show_dependencies(view, product_id)
    gap_list.show_product_section(view, product_id, "My gaps", questions=True)


@cached
def _moves(measured: Measured, product_id: str) -> str:
    return purpose.moves(measured.alignment, product_id)


def _show_chain(view: View, product_id: str) -> None:
    st.subheader("How your work reaches a company outcome")
    st.graphviz_chart(_chain_dot(view.measured, product_id, frame.dark()), width="content")
    with st.expander("Show as text"):
        for line in _chain_lines(view.measured, product_id):
            st.markdown(f"- {md(line)}")
        paths = _chain(view.measured, product_id)
        if len(paths) > line_of_sight.MOST_PATHS:
            st.caption(f"The first {line_of_sight.MOST_PATHS} of {len(paths):,} paths; "
                       "the table has all.")
            tables.show(_chain_as_arrow(view.measured, product_id), f"chain_{product_id}",
                        "Every path to an outcome", _PATH_COLUMNS)


@cached
def _chain(measured: Measured, product_id: str) -> pd.DataFrame:
    return line_of_sight.chain(measured.alignment, product_id)


@cached
def _chain_as_arrow(measured: Measured, product_id: str) -> pa.Table:
    return tables.to_arrow(_chain(measured, product_id), _PATH_COLUMNS)


@cached
def _chain_dot(measured: Measured, product_id: str, dark: bool) -> str:
    return line_of_sight.dot(measured.alignment, product_id, dark=dark)


@cached
def _chain_lines(measured: Measured, product_id: str) -> list[str]:
    return line_of_sight.path_lines(measured.alignment, product_id)


def _show_why(view: View, product_id: str) -> None:
    st.subheader("Why it matters")
    rows = _coverage_without(view.measured, product_id)
    if not len(rows):
        st.markdown("Not linked to an outcome yet.")
        return
    for line in _why_lines(view.measured, product_id):
        st.markdown(f"- {md(line)}")
    if len(rows) > MOST_REASONS:
        st.caption(f"The first {MOST_REASONS} of {len(rows):,} outcomes; the table has all.")
    tables.show(_coverage_without_as_arrow(view.measured, product_id), f"why_{product_id}",
                "The outcomes with and without this product", _WHY_COLUMNS)
    selection.links("outcomes", "outcome", rows["outcome_id"], rows["name"])


@cached
def _coverage_without(measured: Measured, product_id: str) -> pd.DataFrame:
    return line_of_sight.coverage_without(measured.alignment, product_id)


@cached
def _coverage_without_as_arrow(measured: Measured, product_id: str) -> pa.Table:
    return tables.to_arrow(_coverage_without(measured, product_id), _WHY_COLUMNS)


@cached
def _why_lines(measured: Measured, product_id: str) -> list[str]:
    return line_of_sight.why_lines(_coverage_without(measured, product_id).head(MOST_REASONS),
                                   measured.alignment.basis.stated_weights)
