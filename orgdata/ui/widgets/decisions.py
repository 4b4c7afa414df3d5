"""Decisions and to-dos in the weekly review: last week's, done or not, and what is decided now."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta

import streamlit as st

from orgdata import formats
from orgdata.store import Decision, Store
from orgdata.store.entries import Kind
from orgdata.ui.shell import store
from orgdata.ui.shell.escape import md
from orgdata.ui.shell.view import View
from orgdata.views.vocabulary import DECISION

_KINDS: dict[Kind, str] = {"decision": "Decision", "todo": "To-do"}


def show(view: View, since: date, about: Mapping[str, str]) -> None:
    """What was done since a day, what is open, and the form for more. `about`: the gaps that a
    decision may concern, key → words."""
    st.subheader("Decisions and to-dos")
    day = view.alignment.as_of.date()
    kept = store.read(lambda opened: opened.decisions(view.key))
    if kept is None:
        return
    made = [one for one in kept if one.made_on <= day]
    done = [one for one in made if one.done_on and since < one.done_on <= day]
    waiting = [one for one in made if one.open_on(day)]
    if not done and not waiting:
        st.markdown("None is open, and none was done since the last review.")
    name = store.my_name()
    for one in done:
        _done(one, name)
    for one in waiting:
        _open(one, name, day)
    _form(view, name, day, about)
    store.show_write_error()


def _done(one: Decision, name: str) -> None:
    text, undo = st.columns([0.72, 0.28], vertical_alignment="center")
    text.markdown(f"{DECISION['done'].symbol} {md(one.text)}  \n:small["
                  f"{md(one.owner or 'nobody named')} · done {formats.day(one.done_on)}, "
                  f"says {md(one.done_by)}]")
    undo.button("Not done", key=f"reopen_{one.id}", type="tertiary", icon=":material/undo:",
                on_click=store.write,
                args=(lambda opened: opened.reopen(one.id or 0, name, datetime.now(UTC)),))


def _open(one: Decision, name: str, day: date) -> None:
    text, buttons = st.columns([0.72, 0.28], vertical_alignment="center")
    late = f"{DECISION['late'].symbol} " if one.late_on(day) else ""
    parts = [one.owner or "nobody yet", f"by {formats.day(one.due)}" if one.due else "no date",
             f"decided {formats.day(one.made_on)}"]
    text.markdown(f"{late}**{md(one.text)}**  \n:small[{md(' · '.join(parts))}"
                  f"{' · past its date' if late else ''}]")
    with buttons.container(horizontal=True, gap="small"):
        st.button("Done", key=f"done_{one.id}", icon=":material/check:", on_click=store.write,
                  args=(lambda opened: opened.finish(one.id or 0, day, name, datetime.now(UTC)),))
        move = st.popover("Move", key=f"move_{one.id}", on_change="rerun")
        if move.open:
            with move, st.form(f"move_form_{one.id}", border=False):
                owner = st.text_input("Who does it", one.owner or "", key=f"move_owner_{one.id}")
                due = st.date_input("By when", one.due, key=f"move_due_{one.id}",
                                    format="YYYY-MM-DD")
                if st.form_submit_button("Keep", icon=":material/check:") and _moved(
                        one, owner, due, name):
                    st.rerun()


def _moved(one: Decision, owner: str, due: date | None, name: str) -> bool:
    def move(opened: Store) -> bool:
        opened.move(one.id or 0, owner.strip() or None, due, name, datetime.now(UTC))
        return True

    return bool(store.write(move))


def _form(view: View, name: str, day: date, about: Mapping[str, str]) -> None:
    with st.form("decide", clear_on_submit=True, border=True):
        text = st.text_input("What was decided, or is to be done?", key="decide_text")
        grid = st.grid(4, min_column_width=160)
        owner = grid.text_input("Who does it", key="decide_owner")
        due = grid.date_input("By when", value=day + timedelta(days=7), key="decide_due",
                              format="YYYY-MM-DD")
        kind: Kind = grid.selectbox("It is a", list(_KINDS), key="decide_kind",
                                    format_func=lambda one: _KINDS[one])
        gap = grid.selectbox("About", list(about), index=None, key="decide_about",
                             placeholder="No exception", format_func=lambda key: about[key])
        if st.form_submit_button("Record", icon=":material/gavel:"):
            entry = store.write(lambda opened: opened.decide(Decision(
                view.key, text, day, name, datetime.now(UTC), kind, owner.strip() or None, due,
                gap)))
            if entry:
                st.rerun()
