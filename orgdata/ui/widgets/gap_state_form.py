"""Saying what becomes of a gap: acknowledged, planned, accepted until a date, resolved."""

from datetime import UTC, datetime

import streamlit as st

from orgdata import formats
from orgdata.store import STATES, GapChange, Store
from orgdata.ui.shell import store
from orgdata.ui.shell.escape import md
from orgdata.ui.shell.view import View


def show(view: View, key: str) -> None:
    """The form for one gap, filled with what was last said, and what was said before."""
    opened = store.current()
    if not isinstance(opened, Store):
        st.caption(f"Nothing can be remembered: {md(opened)}")
        return
    source = view.key
    log = store.read(lambda opened: opened.gap_log(source, key)) or []
    last = log[-1] if log else None
    with st.form(f"state_{key}", border=False):
        grid = st.grid(3, min_column_width=200)
        state = grid.selectbox("State", STATES, key=f"state_of_{key}",
                               index=STATES.index(last.state) if last else 0)
        owner = grid.text_input("Owner", value=last.owner or "" if last else "",
                                key=f"owner_of_{key}")
        due = grid.date_input("Due", value=last.due if last else None, key=f"due_of_{key}",
                              format="YYYY-MM-DD")
        until = grid.date_input("Accepted until", value=last.until if last else None,
                                key=f"until_of_{key}", format="YYYY-MM-DD")
        reason = grid.text_input("Reason", value=last.reason or "" if last else "",
                                 key=f"reason_of_{key}")
        by = store.my_name(f"name_for_{key}")
        if st.form_submit_button("Keep", icon=":material/check:"):
            entry = store.write(lambda opened: opened.change_gap(GapChange(
                source, key, state, by, datetime.now(UTC), owner or None, due, until,
                reason or None)))
            if entry:
                st.rerun()
    store.show_write_error()
    for one in reversed(log):
        parts = [one.state, *(f"{word} {value}" for word, value in (
            ("owner", one.owner), ("due", one.due and formats.day(one.due)),
            ("until", one.until and formats.day(one.until)), ("because", one.reason)) if value)]
        st.caption(md(f"{formats.day(one.at)}, {one.by}: {', '.join(parts)}"))
