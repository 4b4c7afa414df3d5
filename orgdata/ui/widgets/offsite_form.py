"""What an off-site decided, entered question by question: each answer becomes a decision."""

from datetime import UTC, date, datetime, timedelta

import streamlit as st

from orgdata import formats
from orgdata.exports import offsite
from orgdata.store import Decision, Store
from orgdata.store.entries import MOST_NAME, MOST_TEXT, Duplicate
from orgdata.ui.shell import store
from orgdata.ui.shell.cache import cached
from orgdata.ui.shell.escape import md
from orgdata.ui.shell.rewording import said
from orgdata.ui.shell.view import Measured, View

_TURN = "offsite_turn"  # session state: how often answers were recorded; fields are blank then
_LONGEST = 150  # characters of a question in its decision
_WITHIN = timedelta(days=30)


def show(view: View) -> None:
    """Show in a fold the questions of the off-site pack, each with room for what was decided."""
    if view.read_only or not view.rights.may_decide or not isinstance(store.current(), Store):
        return
    fold = st.expander("Record what an off-site decided", icon=":material/groups:", key="offsite",
                       on_change="rerun")
    if not fold.open:
        return
    with fold:
        st.caption("The questions of the off-site pack. What you leave blank was not decided.")
        _show_form(view)
        store.show_write_error()


def _show_form(view: View) -> None:
    day, turn = view.alignment.as_of.date(), int(st.session_state.get(_TURN, 0))
    with st.form("offsite_form", border=False):
        given = {question: _fields(number, turn, question, day)
                 for number, question in enumerate(_asked(view.measured))}
        name = store.my_name("offsite_by")
        sent = st.form_submit_button("Record what was decided", icon=":material/gavel:")
    if not sent:
        return
    keys = set(view.gaps.rows["key"])
    made = [Decision(view.key, f"{formats.clipped(question, _LONGEST)} {answer}", day, name,
                     datetime.now(UTC), owner=owner or None, due=due,
                     gap_key=_gap_of(view.measured, question, keys))
            for question, (answer, owner, due) in given.items() if answer]
    if not made:
        st.error("Not saved: nothing is filled in.", icon=":material/error:")
    elif (count := store.write(lambda open_store: _decide(open_store, made))) is not None:
        st.session_state[_TURN] = turn + 1
        store.note_saved(f"{formats.count(count, 'decision was', 'decisions were')} recorded.")
        st.rerun()


def _fields(number: int, turn: int, question: str, day: date) -> tuple[str, str, date | None]:
    """What was decided on a question, who does it, and by when."""
    key = f"offsite_{turn}_{number}"
    grid = st.columns([0.6, 0.22, 0.18])
    answer = grid[0].text_input(md(said(question)), key=f"{key}_answer", placeholder="Decided",
                                max_chars=MOST_TEXT - _LONGEST - 1).strip()
    owner = grid[1].text_input("Who does it", key=f"{key}_owner", max_chars=MOST_NAME).strip()
    due = grid[2].date_input("By when", value=day + _WITHIN, key=f"{key}_due",
                             format="YYYY-MM-DD")
    return answer, owner, due


@cached
def _asked(measured: Measured) -> list[str]:
    return list(offsite.asked(measured.alignment))


def _gap_of(measured: Measured, question: str, keys: set[str]) -> str | None:
    """The gap that a question about an outcome is about, where there is one."""
    outcome_id = offsite.asked(measured.alignment)[question]
    return key if (key := f"OUT01:{outcome_id}") in keys else None


def _decide(open_store: Store, made: list[Decision]) -> int:
    """Record decisions; how many were not recorded a moment ago already."""
    for one in made:
        one.check()
    return sum(_was_recorded(open_store, one) for one in made)


def _was_recorded(open_store: Store, decision: Decision) -> bool:
    try:
        open_store.decide(decision, False)
    except Duplicate:
        return False
    return True
