"""Confirming in place: a product's role sentence, and the links to an outcome.

What is said here is kept in the store and laid over the source, which stays untouched.
"""

from datetime import date
from typing import cast

import pandas as pd
import streamlit as st

from orgdata import formats
from orgdata.store import Confirmation, Store
from orgdata.store.confirmations import pending_source_edits
from orgdata.store.entries import Answer
from orgdata.tabular.csv_safe import csv_bytes
from orgdata.ui.shell import selection, store
from orgdata.ui.shell.cache import cached
from orgdata.ui.shell.escape import md
from orgdata.ui.shell.view import Measured, View
from orgdata.views import products


def role(view: View, product_id: str) -> None:
    """The product manager confirms or rewrites the role sentence."""
    if not isinstance(store.current(), Store):
        return
    how = st.popover("Confirm or rewrite this sentence", key=f"role_{product_id}",
                     icon=":material/edit_note:", on_change="rerun")
    if not how.open:
        return
    row = view.alignment.products.set_index("product_id").loc[product_id]
    stated = None if pd.isna(row["role_statement"]) else str(row["role_statement"])
    with how, st.form(f"role_form_{product_id}", border=False):
        text = st.text_area("What this product is for", key=f"role_text_{product_id}",
                            value=stated or products.role_sentence(view.alignment, product_id))
        by = store.my_name(f"role_by_{product_id}")
        if st.form_submit_button("Keep", icon=":material/check:"):
            answer: Answer = "confirmed" if text.strip() == stated else "rewritten"
            if store.write(lambda opened: opened.confirm(Confirmation(
                    view.key, "role", product_id, answer, by, _day(view),
                    text=text.strip()))):
                st.rerun()
    store.show_write_error()


def links(view: View, outcome_id: str) -> None:
    """The outcome's owner confirms or declines the declared links to it."""
    if not isinstance(store.current(), Store):
        return
    declared = _declared(view.measured, outcome_id)
    if not declared:
        return
    how = st.popover("Confirm or decline links", key=f"links_{outcome_id}",
                     icon=":material/fact_check:", on_change="rerun")
    if not how.open:
        return
    with how, st.form(f"links_form_{outcome_id}", border=False):
        names = selection.products(view.measured)
        product = st.selectbox("Product", declared, key=f"link_{outcome_id}",
                               format_func=lambda one: names[one])
        answer = st.segmented_control("Its link to this outcome", ["confirmed", "declined"],
                                      default="confirmed", required=True,
                                      key=f"link_answer_{outcome_id}")
        by = store.my_name(f"link_by_{outcome_id}")
        if st.form_submit_button("Keep", icon=":material/check:") and store.write(
                lambda opened: opened.confirm(Confirmation(
                    view.key, "link", product, cast(Answer, answer), by, _day(view),
                    outcome_id=outcome_id))) is not None:
            st.rerun()
    store.show_write_error()


@cached
def _declared(measured: Measured, outcome_id: str) -> list[str]:
    """The managed products that the source links to an outcome."""
    rows = measured.portfolio["contributions"]
    rows = rows[(rows["outcome_id"] == outcome_id)
                & rows["product_id"].isin(measured.alignment.products["product_id"])]
    return [str(one) for one in rows["product_id"]]


def _day(view: View) -> date:
    """The day an answer is given: today, unless the settings say which day it is; else it would
    only count once that day is past. Who looks back still answers today."""
    shown = view.alignment.as_of.date()
    return shown if shown == view.portfolio.settings.as_of else date.today()


def carry_back(view: View) -> None:
    """What was confirmed here, as rows to carry back into the source."""
    said = store.confirmations(view.key)
    if not said:
        return
    st.subheader("Confirmed on these pages")
    told = formats.count(len(said), "answer on a role or a link", "answers on roles and links")
    st.markdown(f"Laid over the source, which stays untouched: {told}. These rows carry them back.")
    for name, rows in pending_source_edits(view.portfolio, said).items():
        st.download_button(md(f"Download the rows of {name}"), key=f"carry_{name}",
                           data=csv_bytes(rows),
                           file_name=f"{name}_confirmed.csv", mime="text/csv",
                           icon=":material/download:")
