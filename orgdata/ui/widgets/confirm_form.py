"""Forms to confirm what a product is for, and the links to an outcome.

Confirmations are stored and applied to the portfolio; the source stays untouched.
"""

from datetime import date
from functools import partial
from typing import cast

import pandas as pd
import streamlit as st

from orgdata import formats
from orgdata.model import labels
from orgdata.store import Confirmation, Store
from orgdata.store.confirmations import pending_source_edits
from orgdata.store.entries import Answer
from orgdata.tabular.csv_safe import csv_bytes
from orgdata.ui.shell import selection, store
from orgdata.ui.shell.cache import cached
from orgdata.ui.shell.escape import md
from orgdata.ui.shell.view import Measured, View
from orgdata.views import purpose


def show_role_form(view: View, product_id: str) -> None:
    """Show the form in which a product manager states, confirms or rewrites the purpose."""
    if view.read_only or not isinstance(store.current(), Store):
        return
    row = view.alignment.products.set_index("product_id").loc[product_id]
    stated = None if pd.isna(row["role_statement"]) else str(row["role_statement"])
    popover = st.popover("Confirm or edit the purpose" if stated else "State the purpose",
                         key=f"role_{product_id}", icon=":material/edit_note:", on_change="rerun")
    if not popover.open:
        return
    with popover, st.form(f"role_form_{product_id}", border=False):
        text = st.text_area("What this product is for", key=f"role_text_{product_id}",
                            value=stated or "",
                            placeholder=purpose.generated(view.alignment, product_id))
        name = store.my_name(f"role_by_{product_id}")
        if st.form_submit_button("Save", icon=":material/check:"):
            answer: Answer = "confirmed" if text.strip() == stated else "rewritten"
            if store.write(lambda open_store: open_store.confirm(Confirmation(
                    view.key, "role", product_id, answer, name, _answer_day(view),
                    text=text.strip()))):
                st.rerun()
    store.show_write_error()


def show_links_form(view: View, outcome_id: str) -> None:
    """Show the form in which an outcome's owner confirms or declines the links to it."""
    if view.read_only or not isinstance(store.current(), Store):
        return
    product_ids = _declared_product_ids(view.measured, outcome_id)
    if not product_ids:
        return
    popover = st.popover("Confirm or decline links", key=f"links_{outcome_id}",
                         icon=":material/fact_check:", on_change="rerun")
    if not popover.open:
        return
    with popover, st.form(f"links_form_{outcome_id}", border=False):
        names = selection.products(view.measured)
        product_id = st.selectbox("Product", product_ids, key=f"link_{outcome_id}",
                                  format_func=lambda option: names[option])
        answer = st.segmented_control("Its link to this outcome", ["confirmed", "declined"],
                                      default="confirmed", required=True,
                                      key=f"link_answer_{outcome_id}")
        name = store.my_name(f"link_by_{outcome_id}")
        if st.form_submit_button("Save", icon=":material/check:") and store.write(
                lambda open_store: open_store.confirm(Confirmation(
                    view.key, "link", product_id, cast(Answer, answer), name, _answer_day(view),
                    outcome_id=outcome_id))) is not None:
            st.rerun()
    store.show_write_error()


@cached
def _declared_product_ids(measured: Measured, outcome_id: str) -> list[str]:
    """The managed products that the source links to an outcome."""
    rows = measured.portfolio["contributions"]
    rows = rows[(rows["outcome_id"] == outcome_id)
                & rows["product_id"].isin(measured.alignment.products["product_id"])]
    return [str(product_id) for product_id in rows["product_id"]]


def _answer_day(view: View) -> date:
    """The day that an answer is dated: today, or the day of the settings if that is shown.

    Dated today, it would not count on the day of the settings. Answers on pages of any other day
    are dated today.
    """
    shown_day = view.alignment.as_of.date()
    return shown_day if shown_day == view.portfolio.settings.as_of else date.today()


def show_source_edits(view: View) -> None:
    """Show what was confirmed on the pages, as rows to copy into the source."""
    confirmations = store.confirmations(view.key)
    if view.read_only or not confirmations:
        return
    st.subheader("Confirmed on these pages")
    count = formats.count(len(confirmations), "confirmation",
                          "confirmations")
    st.markdown(f"{count}. Your files are unchanged; download these rows to update them.")
    for table, rows in pending_source_edits(view.portfolio, confirmations).items():
        st.download_button(md(f"Download the {labels.table(table)}"), key=f"carry_{table}",
                           data=partial(csv_bytes, rows),
                           file_name=f"{table}_confirmed.csv", mime="text/csv",
                           icon=":material/download:")
