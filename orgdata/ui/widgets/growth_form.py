"""The form for one area of somebody's growth: two words, one action with its day, and where it can
be practised, which their own products offer."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import partial

import streamlit as st

from orgdata.private import AREAS, HEADINGS, NEED, NOW, Area
from orgdata.private.areas import MOST_TEXT
from orgdata.ui.shell import private, rights, sign_in
from orgdata.ui.shell.escape import md
from orgdata.ui.shell.rewording import in_our_words
from orgdata.ui.shell.view import View
from orgdata.views import growth

_TURN = "growth_turn"  # session state: how often something was kept; the forms are empty then


def show_new(view: View, areas: Sequence[Area]) -> None:
    """Show the form for one more area."""
    popover = st.popover("Choose an area", icon=":material/add:", key=f"growth_new_{_turn()}",
                         on_change="rerun")
    if not popover.open:
        return
    with popover:
        taken = {one.area for one in areas}
        chosen = st.selectbox(
            "Area", [key for key in AREAS if key not in taken], index=None,
            key=f"growth_area_{_turn()}", placeholder="Where do you want to grow?",
            format_func=lambda key: f"{HEADINGS[AREAS[key].heading]}: {AREAS[key].name}")
        if chosen:
            _show(view, Area(chosen, "", "", date.today()))


def show_change(view: View, area: Area) -> None:
    """Show the form that changes an area."""
    popover = st.popover("Change", icon=":material/edit:", on_change="rerun",
                         key=f"growth_change_{area.area}_{_turn()}")
    if popover.open:
        with popover:
            _show(view, area)


def _show(view: View, area: Area) -> None:
    st.caption(md(area.kind.question))
    places = growth.offers(view.alignment, view.gaps.rows, rights.current().theirs.products,
                           area.area)
    places = list(dict.fromkeys([*filter(None, [area.practise]), *places]))
    key = f"growth_{area.area}_{_turn()}"
    with st.form(f"{key}_form", border=False):
        need = st.segmented_control("My product needs it", list(NEED), key=f"{key}_need",
                                    default=area.need or None)
        now = st.segmented_control("I am", list(NOW), key=f"{key}_now", default=area.now or None,
                                   format_func=lambda word: f"{word} it")
        action = st.text_input("One action", area.action, key=f"{key}_action",
                               max_chars=MOST_TEXT, placeholder="What will you do?")
        by = st.date_input("By", area.by, key=f"{key}_by", format="YYYY-MM-DD")
        with in_our_words():  # of the data, and of what somebody wrote
            practise = st.selectbox(
                "Where you can practise it", places, accept_new_options=True,
                index=0 if area.practise else None, key=f"{key}_practise",
                placeholder="Choose from your products, or write it")
        sent = st.form_submit_button("Keep it", icon=":material/check:")
    if sent and _keep(replace(area, need=need or "", now=now or "", action=action,
                              by=by if isinstance(by, date) else None, practise=practise or "")):
        st.session_state[_TURN] = _turn() + 1
        st.rerun()
    private.show_write_error()


def _keep(area: Area) -> bool:
    return private.write(lambda database, address: database.change(
        address, sign_in.name(), partial(put, area), date.today()))


def put(area: Area, areas: Sequence[Area]) -> list[Area]:
    """Areas with one that is new or was changed. Who may see it, and since when it is chosen, stays
    as it was kept: somebody may have stopped sharing it in another tab."""
    kept = {one.area: one for one in areas}
    before = kept.get(area.area)
    kept[area.area] = replace(area, shared_with="") if before is None else replace(
        area, chosen_on=before.chosen_on, shared_with=before.shared_with)
    return list(kept.values())


def shared(key: str, manager: str, areas: Sequence[Area]) -> list[Area]:
    """Areas of which one is shared with the manager of an address, or with nobody ("")."""
    return [replace(one, shared_with=manager) if one.area == key else one for one in areas]


def _turn() -> int:
    return int(st.session_state.get(_TURN, 0))
