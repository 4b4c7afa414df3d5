"""Settling many gaps of one rule at once: a grid of one column, each row known by its gap."""

from collections.abc import Mapping

import pandas as pd
import streamlit as st

from orgdata.edits import Edit, EditError
from orgdata.edits.fixes import FIXES, asks_of_grid
from orgdata.edits.forms import Ask, Fix
from orgdata.edits.others import checked
from orgdata.ui.shell import edited, frame, store
from orgdata.ui.shell.escape import md
from orgdata.ui.shell.rewording import said
from orgdata.ui.shell.view import View
from orgdata.ui.widgets import fields, fix_form, saving, scenarios, signing

MOST = 200  # rows of the grid
OPEN = "many"  # of the address: the grid is open
_GIVEN = "given"  # the column that is filled in


def show(view: View, gaps: pd.DataFrame) -> None:
    """Show a grid for gaps of one rule, where one column settles them and they can be corrected."""
    codes = gaps["code"].unique()
    if len(codes) != 1 or len(gaps) < 2 or not view.rights.all or not fix_form.can_settle(
            view, codes[0]):
        return
    fix, asks = FIXES[codes[0]], list(asks_of_grid(codes[0]))
    if not asks:
        return
    fold = st.expander(f"{fix.label} for many at once", icon=":material/table_edit:",
                       key=f"many_{codes[0]}", on_change="rerun", expanded=OPEN in st.query_params)
    if fold.open:
        with fold:
            _show_grid(view, gaps.head(MOST), fix, asks)
    saving.show(view, f"many_{codes[0]}")
    store.show_write_error()


def _show_grid(view: View, gaps: pd.DataFrame, fix: Fix, asks: list[Ask]) -> None:
    code = gaps["code"].iloc[0]
    needed = [ask for ask in asks if ask.needed]
    ask = needed[0] if needed else asks[0]
    if len(asks) > 1 and not needed:
        by_name = {one.name: one for one in asks}
        ask = by_name[st.segmented_control(
            "What is filled in", list(by_name), default=ask.name, required=True,
            key=f"many_ask_{code}", format_func=lambda name: said(by_name[name].label)) or ask.name]
    names = fields.choices(view.measured, ask)
    text = edited.text_of(view.loaded)
    if text is None:
        return
    saving.note_seen(f"many_{code}", text, view)
    with st.form(f"many_form_{code}", border=False):
        grid = st.data_editor(
            pd.DataFrame({"finding": gaps["message"].to_list(),
                          _GIVEN: pd.Series([None] * len(gaps), dtype="str")},
                         index=gaps["key"].to_list()),
            key=f"many_grid_{code}_{ask.name}", hide_index=True, disabled=["finding"],
            num_rows="fixed", column_config={
                "finding": st.column_config.TextColumn("Finding", width="large"),
                _GIVEN: st.column_config.TextColumn(said(ask.label)) if names is None else
                st.column_config.SelectboxColumn(said(ask.label), options=list(names.values()))})
        name = store.my_name(f"many_by_{code}")
        with st.container(horizontal=True):
            saved = st.form_submit_button("Save all", icon=":material/check:",
                                          type=frame.main_button())
            tried = scenarios.button(view)
        if saved or tried:
            filled = grid[_GIVEN].dropna().astype(str).str.strip()
            things = _things(view, gaps, fix, ask, _as_ids(filled[filled != ""], names), name)
            if things and tried:
                scenarios.try_first(view, fix.label, things, name)
            elif things and saving.save(view, things, name, f"many_{code}"):
                st.rerun()


def _as_ids(filled: pd.Series, names: Mapping[str, str] | None) -> dict[str, str]:
    """By the key of a gap what was given for it; an id where a name was chosen."""
    ids = {name: one for one, name in (names or {}).items()}
    return {str(key): ids.get(value, value) for key, value in filled.items()}


def _things(view: View, gaps: pd.DataFrame, fix: Fix, ask: Ask,
            given: Mapping[str, str], by: str) -> list[list[Edit]]:
    """What was given for each gap as edits, all or nothing; what is refused is said by its
    finding."""
    text = edited.text_of(view.loaded)
    if not given or text is None:
        st.error("Not saved: nothing is filled in.", icon=":material/error:")
        return []
    now, things, refused = text.now(view.alignment.as_of.date()), list[list[Edit]](), []
    for _, gap in gaps[gaps["key"].isin(given.keys())].iterrows():
        objects = fix_form.objects_of(gap)
        answers = signing.signed(view, fix.asks, objects, {one.name: "" for one in fix.asks} | {
            ask.name: given[gap["key"]]}, by)
        try:
            things.append(fix.edits(now, objects, answers))
        except EditError as error:
            refused.append(f"{gap['message'].rstrip('.')}: {error}")
    try:
        checked(now, [edit for edits in things for edit in edits])
    except EditError as error:
        refused.append(str(error))
    if refused:
        st.error(md(f"Not saved: {'; '.join(refused[:5])}."), icon=":material/error:")
        return []
    return things
