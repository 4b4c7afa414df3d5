"""The forms about what products and other functions expect of each other: answer, change, add.

Who answers is who is signed in; without a sign-in the name is said to be theirs. What is not for
who enters it to change is proposed.
"""

from collections.abc import Callable, Mapping

import pandas as pd
import streamlit as st

from orgdata.access.editing import may_change, may_reword
from orgdata.edits import Edit, EditError
from orgdata.edits.expectations import answer, change, offer
from orgdata.edits.fixes import ANSWER
from orgdata.edits.forms import Ask
from orgdata.edits.now import Now
from orgdata.ui.shell import edited, sign_in, store
from orgdata.ui.shell.escape import md
from orgdata.ui.shell.rewording import said
from orgdata.ui.shell.view import View
from orgdata.ui.widgets import corrections, fields, fix_form, proposals, saving, signing

_CHANGE = (Ask("what", "What is expected", "text"), Ask("by_when", "By when", "day"))
_OFFER = (Ask("product_id", "Product", "product", needed=True),
          Ask("partner", "Function", "text", needed=True),
          Ask("what", "What is expected", "text", needed=True),
          Ask("by_when", "By when", "day"))
_DIRECTIONS = {"to_partner": "The product needs it from the function",
               "from_partner": "The function needs it from the product"}


def show(view: View, row: pd.Series) -> None:
    """Show what can be done with an expectation: to answer it, and to change it."""
    if not fix_form.can_correct(view):
        return
    one = str(row["expectation_id"])
    theirs = may_change(view.rights, {"expectation_id": one}, view.portfolio)
    if not (theirs or sign_in.name()):
        return
    st.subheader("Answer it" if theirs else "Propose an answer")
    _show_form(view, "Answer an expectation", ANSWER, f"answer_{one}", theirs,
               lambda now, given, by: answer(now, one, given["state"], signing.answered_by(
                   view, one, by), given["note"]), {"expectation_id": one})
    with st.expander("Change what is expected, or by when", icon=":material/edit:"):
        st.caption("Whatever was answered is void then: it is an offer again.")
        _show_form(view, "Change an expectation", _CHANGE, f"change_{one}",
                   may_reword(view.rights, {"expectation_id": one}, view.portfolio),
                   lambda now, given, by: change(now, one, **given))
    corrections.show_some(view, [made for made in corrections.made(view) if made.edit.key.get(
        "expectation_id") == one], f"expectation_{one}")


def show_new(view: View, partner: str) -> None:
    """Show the form for what is expected and not written down yet, to those who have products."""
    rights = view.rights
    if not fix_form.can_correct(view) or not (rights.all or rights.theirs.products):
        return
    popover = st.popover("Write down an expectation", icon=":material/add:", key="expect",
                         on_change="rerun")
    if not popover.open:
        return
    with popover:
        way = st.radio("Who needs it?", list(_DIRECTIONS), key="expect_way",
                       format_func=lambda one: said(_DIRECTIONS[one]))
        asks = tuple(ask for ask in _OFFER if not (partner and ask.name == "partner"))
        _show_form(view, "Write down an expectation", asks, "expect_new", True,
                   lambda now, given, by: offer(now, **{"partner": partner, **given},
                                                direction=str(way)))


def _show_form(view: View, label: str, asks: tuple[Ask, ...], key: str, theirs: bool,
               edits: Callable[[Now, dict[str, str], str], list[Edit]],
               about: Mapping[str, str] = saving.NOTHING) -> None:
    """Show a form that is saved, or proposed where it is for somebody else to change."""
    text = edited.text_of(view.loaded)
    if text is None:
        return
    saving.note_seen(key, text, view, about)
    turn = saving.turn(key)
    with st.form(f"form_{key}", border=False):
        given = fields.show(st.grid(3, min_column_width=200), view.measured, asks, f"{key}_{turn}")
        by = store.my_name(f"by_{key}")
        sent = st.form_submit_button("Save" if theirs else "Propose", icon=":material/check:")
    if sent and (made := _made(view, text, asks, given, lambda now: edits(now, given, by))):
        done = saving.save(view, [made], by, key) if theirs else proposals.propose(
            view, label, made, by, key, None)
        if done:
            st.rerun()
    saving.show(view, key)
    store.show_write_error()


def _made(view: View, text: edited.Text, asks: tuple[Ask, ...], given: dict[str, str],
          edits: Callable[[Now], list[Edit]]) -> list[Edit]:
    """The edits that what was given comes to; none where it is refused, which is said."""
    if lacking := fields.lacking(asks, given):
        st.error(md(f"Not saved: fill in {lacking}."), icon=":material/error:")
        return []
    try:
        return edits(text.now(view.alignment.as_of.date()))
    except EditError as error:
        st.error(md(f"Not saved: {error}."), icon=":material/error:")
        return []
