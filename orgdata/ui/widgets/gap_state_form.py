"""The form for the state of a gap: acknowledged, planned, accepted until a date, resolved."""

from datetime import UTC, datetime

import streamlit as st

from orgdata import formats
from orgdata.gaps import reminders
from orgdata.store import STATES, GapChange, Store
from orgdata.store.entries import MOST_NAME, MOST_TEXT
from orgdata.ui.shell import store
from orgdata.ui.shell.escape import md
from orgdata.ui.shell.view import View
from orgdata.ui.widgets import decisions


def show(view: View, key: str) -> None:
    """Show the form for what becomes of a gap; of a reminder, that of what it is about."""
    open_store = store.current()
    if not isinstance(open_store, Store):
        st.caption(f"Nothing can be remembered: {md(open_store)}")
        return
    if (decision_id := reminders.decision_of(key)) is not None:
        decisions.show_one(view, decision_id)
        return
    if (about := reminders.about(key)) != key:
        rows = view.gaps.rows
        st.markdown(f"About: {md(', '.join(rows.loc[rows['key'] == about, 'message']))}")
    _show_form(view, about)


def _show_form(view: View, key: str) -> None:
    """Show the form, filled with the gap's last state, and all earlier changes."""
    source = view.key
    changes = store.read(lambda open_store: open_store.gap_log(source, key)) or []
    last = changes[-1] if changes else None
    with st.form(f"state_{key}", border=False):
        grid = st.grid(3, min_column_width=200)
        state = grid.selectbox("State", STATES, key=f"state_of_{key}",
                               index=STATES.index(last.state) if last else 0)
        owner = grid.text_input("Owner", value=(last.owner or "")[:MOST_NAME] if last else "",
                                key=f"owner_of_{key}", max_chars=MOST_NAME)
        due = grid.date_input("Due", value=last.due if last else None, key=f"due_of_{key}",
                              format="YYYY-MM-DD")
        until = grid.date_input("Accepted until", value=last.until if last else None,
                                key=f"until_of_{key}", format="YYYY-MM-DD")
        reason = grid.text_input("Reason", value=(last.reason or "")[:MOST_TEXT] if last else "",
                                 key=f"reason_of_{key}", max_chars=MOST_TEXT)
        name = store.my_name(f"name_for_{key}")
        if st.form_submit_button("Keep", icon=":material/check:"):
            entry = store.write(lambda open_store: open_store.change_gap(GapChange(
                source, key, state, name, datetime.now(UTC), owner or None, due, until,
                reason or None)))
            if entry:
                st.rerun()
    store.show_write_error()
    for change in reversed(changes):
        parts = [change.state, *(f"{label} {value}" for label, value in (
            ("owner", change.owner), ("due", change.due and formats.day(change.due)),
            ("until", change.until and formats.day(change.until)),
            ("because", change.reason)) if value)]
        st.caption(md(f"{formats.day(change.at)}, {change.by}: {', '.join(parts)}"))
