"""What is picked on the map, explained beside it: a cell, a product or an outcome."""

from dataclasses import asdict, dataclass

import pandas as pd
import streamlit as st

from orgdata.gaps import reminders
from orgdata.ui.shell import selection
from orgdata.ui.shell.cache import cached
from orgdata.ui.shell.escape import md
from orgdata.ui.shell.view import Corrected, Judged, Measured, View
from orgdata.ui.widgets import confirm_form, fix_form
from orgdata.views import explain, products
from orgdata.views.vocabulary import SEVERITY

_WIDTH = 300  # pixels beside the map; below it on a phone
_MOST_GAPS = 4


@dataclass(frozen=True)
class Picked:
    """What is picked: a product, an outcome, or the cell of both."""

    product_id: str
    outcome_id: str


def show_picked(view: View) -> None:
    """Show the evidence of what the address says is picked, with the ways to go on."""
    requested = st.query_params.get("cell", "")
    picked = _picked(view.measured, requested[:selection.MOST_SHOWN])
    if picked is None or not (picked.product_id == "" or view.rights.sees_product(
            picked.product_id)):
        return
    with st.container(border=True, width=_WIDTH):
        st.button("Close", icon=":material/close:", type="tertiary", key="close_cell",
                  on_click=selection.set_choice, args=("cell", None))
        for sentence in _explained(view.evaluated.corrected, picked):
            st.markdown(md(sentence))
        _show_gaps(view, picked)
        objects = {column: id_ for column, id_ in asdict(picked).items() if id_}
        fix_form.show_actions(view, "link" if len(objects) > 1 else "product" if (
            picked.product_id) else "outcome", objects)
        if picked.outcome_id:
            confirm_form.show_links_form(view, picked.outcome_id, picked.product_id)
            selection.link("outcomes", "Open the outcome", icon=":material/flag:",
                           outcome=picked.outcome_id)
        if picked.product_id:
            selection.link("products", "Open the product", icon=":material/category:",
                           product=picked.product_id)


@cached
def _picked(measured: Measured, requested: str) -> Picked | None:
    """The product and outcome of an address like `P1:O2`, `P1:` or `:O2`; None where there is no
    such cell. Ids may hold colons themselves."""
    product_ids, outcome_ids = selection.products(measured), selection.outcomes(measured)
    for at, character in enumerate(requested):
        product, outcome = requested[:at], requested[at + 1:]
        if character == ":" and (product or outcome) and (
                not product or product in product_ids) and (
                not outcome or outcome in outcome_ids):
            return Picked(product, outcome)
    return None


@cached
def _explained(corrected: Corrected, picked: Picked) -> tuple[str, ...]:
    alignment = corrected.alignment
    if picked.product_id and picked.outcome_id:
        return tuple(explain.cell(picked.product_id, picked.outcome_id, alignment).lines)
    if picked.product_id:
        rows = alignment.products[alignment.products["product_id"] == picked.product_id]
        return tuple(explain.product(rows.iloc[0], alignment).lines)
    rows = alignment.outcomes[alignment.outcomes["outcome_id"] == picked.outcome_id]
    return tuple(explain.outcome(rows.iloc[0], alignment).lines)


def _show_gaps(view: View, picked: Picked) -> None:
    rows = _gaps(view.judged, picked)
    for key, severity, message in zip(rows["key"], rows["severity"], rows["message"], strict=True):
        st.markdown(f":small[{md(SEVERITY[severity])} · {md(message)}]")
        selection.link("gaps", "Open the gap", icon=":material/arrow_forward:", gap=key)


@cached
def _gaps(judged: Judged, picked: Picked) -> pd.DataFrame:
    """The gravest gaps of what is picked: of a cell, those of its outcome and its product alone."""
    rows = judged.gaps.rows
    if picked.product_id and picked.outcome_id:
        rows = rows[(rows["product_id"] == picked.product_id)
                    & (rows["outcome_id"].isna() | (rows["outcome_id"] == picked.outcome_id))]
    elif picked.product_id:
        rows = products.gaps_of(judged.alignment, rows, pd.Series([picked.product_id]))
    else:
        rows = rows[rows["outcome_id"] == picked.outcome_id]
    return rows[~reminders.are_reminders(rows["key"])].head(_MOST_GAPS)
