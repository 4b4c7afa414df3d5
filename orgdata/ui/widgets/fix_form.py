"""The forms that settle or change something where it is shown, with choices from the data.

What is saved is a correction: it counts at once, and the source stays as it is. Each can be tried
first, as a scenario.
"""

from collections.abc import Mapping

import pandas as pd
import streamlit as st

from orgdata import formats
from orgdata.access.editing import may_change
from orgdata.edits import Edit, EditError
from orgdata.edits.actions import ACTIONS, Thing
from orgdata.edits.fixes import ELSEWHERE, FIXES
from orgdata.edits.forms import Answers, Fix, Objects
from orgdata.edits.others import checked
from orgdata.gaps.rule import IDS
from orgdata.store import Store
from orgdata.store.entries import MOST_TEXT
from orgdata.ui.shell import edited, store
from orgdata.ui.shell.cache import cached
from orgdata.ui.shell.escape import md
from orgdata.ui.shell.rewording import said
from orgdata.ui.shell.view import Measured, View
from orgdata.ui.widgets import corrections, fields, proposals, saving, scenarios, signing

_SENT = "form_sent"  # session state: the key of the form that was sent last


def can_settle(view: View, code: str) -> bool:
    """Whether a form settles the gaps of a rule, and something can be corrected here, or
    proposed."""
    return code in FIXES and can_correct(view)


def can_correct(view: View) -> bool:
    """Whether what is shown is the present of a source that can be corrected."""
    return (not view.read_only and view.loaded is not None and view.loaded.raw is not None
            and not view.loaded.in_tab and isinstance(store.current(), Store))


def show(view: View, gap: pd.Series) -> None:
    """Show the form that settles a gap, where a cell can, and corrections can be kept."""
    code = str(gap["code"])
    if code in ELSEWHERE:
        st.caption(ELSEWHERE[code])
    if not can_settle(view, code):
        return
    fix = FIXES[code]
    theirs = _is_theirs(view, objects_of(gap), fix)
    st.subheader("Fix it here" if theirs else "Propose how to fix it")
    _show_form(view, fix, objects_of(gap), str(gap["key"]), fix.label if theirs else "",
               str(gap["key"]))


def _is_theirs(view: View, objects: Objects, fix: Fix) -> bool:
    """Whether what a form comes to is the reader's to save, as far as that is known before."""
    return view.rights.all or (not fix.decided_above and may_change(
        view.rights, objects, view.portfolio))


def objects_of(gap: pd.Series) -> dict[str, str]:
    """What a gap is about: its ids by their columns."""
    return {column: str(gap[column]) for column in IDS if pd.notna(gap[column])}


def show_actions(view: View, thing: Thing, objects: Objects,
                 label: str = "Change it here") -> None:
    """Show what can be changed of a product, outcome, link or idea, and the form for it; or to
    propose it, where it is not theirs to change."""
    theirs = may_change(view.rights, objects, view.portfolio)
    if not can_correct(view) or not (theirs or view.rights.may_propose):
        return
    key = f"{thing}_{'_'.join(objects.values())}"
    popover = st.popover(label if theirs else "Propose a change", key=f"act_{key}",
                         icon=":material/edit:", on_change="rerun")
    if not popover.open:
        return
    with popover:
        _show_chosen(view, thing, objects, key, theirs)


def show_key_results(view: View, place: str, titles: Mapping[str, str]) -> None:
    """Show what can be changed of one of some key results, by their ids and titles; or to propose
    it."""
    offered = [kr_id for kr_id in titles if view.rights.may_propose or may_change(
        view.rights, {"kr_id": kr_id}, view.portfolio)]
    if not can_correct(view) or not offered:
        return
    popover = st.popover("Change a key result", key=f"act_results_{place}",
                         icon=":material/edit:", on_change="rerun")
    if not popover.open:
        return
    with popover:
        names = formats.distinct_labels(dict(titles))
        kr_id = st.selectbox("Key result", offered, key=f"act_result_{place}",
                             format_func=lambda one: names[one])
        objects = {"kr_id": kr_id}
        _show_chosen(view, "key_result", objects, f"key_result_{kr_id}",
                     may_change(view.rights, objects, view.portfolio))


def show_correction(view: View, fix: Fix, key: str) -> None:
    """Show the form of a correction to somebody who may make any."""
    _show_form(view, fix, {}, key, "Save")


def _show_chosen(view: View, thing: Thing, objects: Objects, key: str, theirs: bool) -> None:
    """Show what can be changed of a thing, the form of what is chosen, and what was corrected."""
    actions = ACTIONS[thing]
    if thing == "link" and not _is_stated(view.measured, **objects):
        actions = {"link": actions["link"]}
    chosen = next(iter(actions)) if len(ACTIONS[thing]) == 1 else st.selectbox(
        "What changes?", list(actions), key=f"action_{key}",
        format_func=lambda name: said(actions[name].label))
    _show_form(view, actions[chosen], objects, f"{chosen}_{key}",
               "Save" if _is_theirs(view, objects, actions[chosen]) else "")
    if objects and (theirs or view.rights.whole):
        corrections.show_some(view, [one for one in corrections.made(view)
                                     if objects.items() <= one.edit.row.items()], f"act_{key}")


@cached
def _is_stated(measured: Measured, product_id: str, outcome_id: str) -> bool:
    rows = measured.portfolio["contributions"]
    return bool(((rows["product_id"] == product_id) & (rows["outcome_id"] == outcome_id)).any())


def _show_form(view: View, fix: Fix, objects: Objects, key: str, button: str,
               gap_key: str | None = None) -> None:
    """Show the form of a fix, which is saved by a button; without one it is proposed."""
    text = edited.text_of(view.loaded)
    if text is None:
        return
    was_sent(key)  # it is drawn, so what was sent is read below
    saving.note_seen(key, text, view, objects)
    with st.form(f"fix_{key}", border=False):
        grid = st.grid(3, min_column_width=200)
        answers = fields.show(grid, view.measured, fix.asks, f"fix_{key}", objects)
        why = "" if button else grid.text_input("Why (optional)", key=f"fix_why_{key}",
                                                max_chars=MOST_TEXT)
        with grid.container():
            name = store.my_name(f"fix_by_{key}")
        with st.container(horizontal=True):
            saved = st.form_submit_button(
                button or "Propose", on_click=_note_sent, args=(key,),
                icon=":material/build:" if button else ":material/outgoing_mail:")
            tried = scenarios.button(view)
        st.caption(proposals.COUNTS if button else proposals.COUNTS_NOT)
        if (saved or tried) and (edits := _edits(
                view, fix, objects, signing.signed(view, fix.asks, objects, answers, name),
                text)):
            if tried:
                scenarios.try_first(view, fix.label, [edits], name)
            elif saving.save(view, [edits], name, key, gap_key) if button else (
                    proposals.propose(view, fix.label, edits, name, key, gap_key, why)):
                st.rerun()
            elif button:
                proposals.offer(view, fix.label, edits, name, key, gap_key)
    saving.show(view, key)
    proposals.show_offer(key)
    store.show_write_error()


def _note_sent(key: str) -> None:
    st.session_state[_SENT] = key
    proposals.forget_offer()


def was_sent(key: str) -> bool:
    """Whether the form of a gap was sent and not read yet: it is not drawn any more where somebody
    else settled the gap meanwhile. Asked once."""
    return st.session_state.get(_SENT) == key and bool(st.session_state.pop(_SENT))


def _edits(view: View, fix: Fix, objects: Mapping[str, str], answers: Answers,
           text: edited.Text) -> list[Edit]:
    """The edits that what was given comes to; none where it is refused, which is said."""
    if lacking := fields.lacking(fix.asks, answers):
        st.error(md(f"Not saved: fill in {lacking}."), icon=":material/error:")
        return []
    try:
        now = text.now(view.alignment.as_of.date())
        return checked(now, fix.edits(now, objects, answers))
    except EditError as error:
        st.error(md(f"Not saved: {error}."), icon=":material/error:")
        return []
