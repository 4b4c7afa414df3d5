"""Forms to confirm what a product is for, and the links to an outcome.

An answer is a correction: it counts from its day on, and the source stays untouched.
"""

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial

import pandas as pd
import streamlit as st

from orgdata import formats
from orgdata.access.editing import may_change, may_confirm
from orgdata.edits import Edit, EditError
from orgdata.edits.now import Now
from orgdata.edits.outcomes import confirm, decline
from orgdata.edits.products import propose_purpose, state_purpose
from orgdata.model import labels
from orgdata.store import Store
from orgdata.store.corrections import answers
from orgdata.tabular.csv_safe import csv_bytes
from orgdata.ui.shell import edited, selection, store
from orgdata.ui.shell.cache import cached
from orgdata.ui.shell.escape import md
from orgdata.ui.shell.view import Measured, View
from orgdata.ui.widgets import corrections, downloads, proposals, saving, scenarios
from orgdata.views import purpose
from orgdata.views.edited import answered_rows


def show_role_form(view: View, product_id: str) -> None:
    """Show the form in which a product manager states, confirms or rewrites the purpose; others
    propose another text."""
    theirs = may_change(view.rights, {"product_id": product_id}, view.portfolio)
    if not _can_answer(view) or not (theirs or view.rights.may_propose):
        return
    row = view.alignment.products.set_index("product_id").loc[product_id]
    stated = None if pd.isna(row["role_statement"]) else str(row["role_statement"])
    popover = st.popover("Propose a purpose" if not theirs else "Confirm or edit the purpose"
                         if stated else "State the purpose",
                         key=f"role_{product_id}", icon=":material/edit_note:", on_change="rerun")
    if not popover.open:
        return
    _fill(view, f"role_{product_id}", {})
    with popover, st.form(f"role_form_{product_id}", border=False):
        text = st.text_area("What this product is for", key=f"role_text_{product_id}",
                            value=stated or "",
                            placeholder=purpose.generated(view.alignment, product_id))
        name = store.my_name(f"role_by_{product_id}")
        why = proposals.ask_why(f"role_{product_id}", theirs)
        sent, tried = proposals.submit(view, theirs)
        if sent or tried:
            _save(view, f"role_{product_id}", name,
                  lambda now: state_purpose(now, product_id, text, name) if theirs else
                  propose_purpose(now, product_id, text), None if theirs else (
                      "Another purpose", why), "Another purpose" if tried else "")
    saving.show(view, f"role_{product_id}")
    store.show_write_error()


def show_links_form(view: View, outcome_id: str, product_id: str = "") -> None:
    """Show the form in which an outcome's owner confirms or declines the links to it, or that of
    one product; others propose it to them. Nothing where nothing is stated that could be."""
    theirs = may_confirm(view.rights, outcome_id)
    if not _can_answer(view) or not (theirs or view.rights.may_propose):
        return
    product_ids = _declared_product_ids(view.measured, outcome_id)
    if product_id:
        product_ids = [one for one in product_ids if one == product_id]
    if not product_ids:
        return
    # each link has a form of its own: what was chosen in one is not what is answered in another
    links, place = ("the link", f"{outcome_id}_{product_id}") if product_id else (
        "links", outcome_id)
    popover = st.popover(f"Confirm or decline {links}" if theirs else
                         "Propose to confirm or decline", key=f"links_{place}",
                         icon=":material/fact_check:", on_change="rerun")
    if not popover.open:
        return
    _fill(view, f"links_{place}", {"outcome_id": outcome_id})
    with popover, st.form(f"links_form_{place}", border=False):
        names = selection.products(view.measured)
        product_id = product_id or st.selectbox(
            "Product", product_ids, key=f"link_{place}",
            format_func=lambda option: names[option])
        answer = st.segmented_control("Its link to this outcome", ["confirmed", "declined"],
                                      default="confirmed", required=True,
                                      key=f"link_answer_{place}")
        name = store.my_name(f"link_by_{place}")
        why = proposals.ask_why(f"links_{place}", theirs)
        sent, tried = proposals.submit(view, theirs)
        if sent or tried:
            said = decline if answer == "declined" else confirm
            _save(view, f"links_{place}", name,
                  lambda now: said(now, product_id, outcome_id, name), None if theirs else (
                      f"The link is to be {answer}", why), f"A link is {answer}" if tried else "")
    saving.show(view, f"links_{place}")
    store.show_write_error()


def _can_answer(view: View) -> bool:
    return not view.read_only and view.loaded is not None and (
        view.loaded.raw is not None and isinstance(store.current(), Store))


def _fill(view: View, place: str, objects: Mapping[str, str]) -> None:
    """Note what the form about some objects at a place was filled from."""
    if text := edited.text_of(view.loaded):
        saving.note_seen(place, text, view, objects)


def _save(view: View, place: str, by: str, edits: Callable[[Now], list[Edit]],
          proposed: tuple[str, str] | None = None, scenario: str = "") -> None:
    """Save what a form comes to; or propose it, as what and why; or try it as a scenario."""
    text, day = edited.text_of(view.loaded), _answer_day(view)
    if text is None:
        return
    try:
        made = edits(text.now(day)) if by else []
    except EditError as error:
        st.error(md(f"Not saved: {error}."), icon=":material/error:")
        return
    if not made:
        st.error("Not saved: say who you are, since a name is kept with every entry.",
                 icon=":material/error:")
    elif scenario:
        scenarios.try_first(view, scenario, [made], by)
    elif saving.save(view, [made], by, place, on=day) if proposed is None else (
            proposals.propose(view, proposed[0], made, by, place, None, proposed[1])):
        st.rerun()


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
    made = answers(corrections.made(view))
    if view.read_only or not made:
        return
    st.subheader("Confirmed on these pages")
    count = formats.count(len(made), "confirmation",
                          "confirmations")
    st.markdown(f"{count}. Your files are unchanged; download these rows to update them.")
    for table, rows in answered_rows(view.portfolio, [one.edit for one in made]).items():
        name = f"{table}_confirmed.csv"
        st.download_button(md(f"Download the {labels.table(table)}"), key=f"carry_{table}",
                           data=downloads.noted(name, partial(csv_bytes, rows)),
                           file_name=name, mime="text/csv", icon=":material/download:")
