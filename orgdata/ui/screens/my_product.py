"""The product manager's page. No comparison with others: one product, its role, its questions."""

import streamlit as st

from orgdata import formats
from orgdata.ui.screens import products as product_page
from orgdata.ui.shell import selection
from orgdata.ui.shell.cache import kept
from orgdata.ui.shell.escape import md
from orgdata.ui.shell.frame import dark
from orgdata.ui.shell.view import View
from orgdata.ui.widgets import confirm_form, downloads, gap_list, tables
from orgdata.views import line_of_sight, products


def choose_product(view: View) -> str | None:
    """The product asked for, or that of the person asked for; both are kept in the URL."""
    names = selection.products(view)
    of_people = kept(view, "manager names", lambda: selection.people(view.alignment.managers))
    left, right = st.columns(2)
    with left:
        product = selection.one_of("product", "Product", names, "Choose your product")
    with right:
        person = selection.one_of("person", "Or choose yourself", of_people, "Choose a name")
    if product or not person:
        if not product:
            st.markdown("Choose your product or yourself; the address of this page remembers it.")
        return product
    managers = view.alignment.managers
    own = managers.loc[managers["person_id"] == person, "product_id"]
    mine = [one for one in names if one in set(own)]
    if len(mine) == 1:
        return str(mine[0])
    st.markdown(md(f"{of_people[person]} is accountable for "
                   f"{formats.count(len(mine), 'product')}:"))
    for one in mine:
        selection.link("my_product", names[one], icon=":material/category:", product=one)
    return None


def show(view: View, product_id: str) -> None:
    """Role, chain, why the outcomes matter, goals, dependencies and open questions."""
    purpose = kept(view, f"purpose\n{product_id}", lambda: products.purpose(
        view.alignment, product_id))
    st.markdown(f"#### {md(purpose)}")
    product_page.basis(view, product_id)
    with st.container(horizontal=True, gap="small"):
        confirm_form.role(view, product_id)
        downloads.show(view, ("brief",), product_id=product_id)
    product_page.facts(view, product_id)
    _chain(view, product_id)
    _why(view, product_id)
    product_page.checks(view, product_id)
    product_page.goals(view, product_id)
    product_page.dependencies(view, product_id)
    gap_list.of_product(view, product_id, "My open questions")


def _chain(view: View, product_id: str) -> None:
    st.subheader("The chain to a company outcome")
    st.graphviz_chart(kept(view, f"chain\n{product_id}\n{dark()}", lambda: line_of_sight.dot(
        view.alignment, product_id, dark=dark())), width="content")
    with st.expander("The same as text"):
        for line in kept(view, f"chain as text\n{product_id}", lambda: line_of_sight.path_lines(
                view.alignment, product_id)):
            st.markdown(f"- {md(line)}")


def _why(view: View, product_id: str) -> None:
    rows = kept(view, f"without\n{product_id}", lambda: line_of_sight.coverage_without(
        view.alignment, product_id))
    st.subheader("Why it matters")
    if not len(rows):
        st.markdown("No link leads to an outcome yet.")
        return
    for line in kept(view, f"why\n{product_id}", lambda: line_of_sight.why_lines(
            rows, view.alignment.basis.stated_weights)):
        st.markdown(f"- {md(line)}")
    tables.show(rows, f"why_{product_id}", "The outcomes with and without this product", {
        "name": "Outcome", "coverage": "Coverage now", "without": "Without this product",
        "others": {**tables.WIDE, "label": "Who else serves it"}}, view)
    selection.links("outcomes", "outcome", rows["outcome_id"], rows["name"])
