"""The form for the state of a gap: acknowledged, planned, accepted until a date, resolved.

It keeps the entry that it was filled from: what somebody else wrote since then is shown and asked
about, and a field that nobody touched stays as it is.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Literal

import streamlit as st

from orgdata import formats
from orgdata.access.editing import may_say
from orgdata.gaps import reminders
from orgdata.store import STATES, GapChange, Store
from orgdata.store.entries import MOST_NAME, MOST_TEXT, Stale, merged
from orgdata.ui.shell import sign_in, store, whose
from orgdata.ui.shell.escape import md
from orgdata.ui.shell.view import View
from orgdata.ui.widgets import decisions, fix_form

NO_SUCH_GAP = "There is no such gap on this day, or it is not for you."
_FIELDS = ("state", "owner", "due", "until", "reason")


def show(view: View, key: str, saved: Callable[[], object] = lambda: None) -> None:
    """Show the form for what becomes of a gap; of a reminder, that of what it is about. `saved` is
    called once something is."""
    open_store = store.current()
    if not isinstance(open_store, Store):
        st.caption(f"Notes cannot be saved: {md(sign_in.reason(open_store))}")
        return
    if (decision_id := reminders.decision_of(key)) is not None:
        decisions.show_one(view, decision_id)
        return
    rows, about = view.gaps.rows, reminders.about(key)
    if not view.rights.all and about not in set(rows["key"]):  # a browser may name any
        st.warning(NO_SUCH_GAP, icon=":material/search_off:")
        return
    if about != key:
        st.markdown(f"About: {md(', '.join(rows.loc[rows['key'] == about, 'message']))}")
    changes = _log(view, about)
    if view.read_only or not _may_say(view, about):
        show_log(view, about)
        return
    if f"state_of_{about}" not in st.session_state:  # the form is filled now
        st.session_state[f"filled_{about}"] = changes[-1] if changes else None
    if f"conflict_{about}" in st.session_state:
        _ask(view, about)
    else:
        _show_form(view, about, saved)
    store.show_write_error()
    show_log(view, about)


def _may_say(view: View, key: str) -> bool:
    """Whether who looks at a gap may say what becomes of it."""
    return may_say(view.rights, _about(view, key), view.portfolio)


def _about(view: View, key: str) -> dict[str, str]:
    """What a gap is about: its ids by their columns; none where there is no such gap."""
    rows = view.gaps.rows
    return next((fix_form.objects_of(row) for _, row in rows[rows["key"] == key].iterrows()), {})


def _log(view: View, key: str) -> list[GapChange]:
    """What was said of a gap, until a past review was seen if one is shown."""
    changes = store.read(lambda open_store: open_store.gap_log(view.key, key)) or []
    return [change for change in changes if not view.review or change.at <= view.review.seen_at]


def show_log(view: View, key: str) -> None:
    """Show what was said of a gap, the latest first."""
    for change in reversed(_log(view, key)):
        st.caption(md(f"{formats.day(change.at)}, {change.author}: {_in_words(change)}"))


def _show_form(view: View, key: str, saved: Callable[[], object]) -> None:
    """Show the form, filled with the gap's state as it was when the form was first shown."""
    base: GapChange | None = st.session_state[f"filled_{key}"]
    with st.form(f"state_{key}", border=False):
        grid = st.grid(3, min_column_width=200)
        state = grid.selectbox("State", STATES, key=f"state_of_{key}",
                               index=STATES.index(base.state) if base else 0)
        owner = grid.text_input("Owner", value=(base.owner or "")[:MOST_NAME] if base else "",
                                key=f"owner_of_{key}", max_chars=MOST_NAME)
        due = grid.date_input("Due", value=base.due if base else None, key=f"due_of_{key}",
                              format="YYYY-MM-DD")
        until = grid.date_input("Accepted until", value=base.until if base else None,
                                key=f"until_of_{key}", format="YYYY-MM-DD")
        reason = grid.text_input("Reason", value=(base.reason or "")[:MOST_TEXT] if base else "",
                                 key=f"reason_of_{key}", max_chars=MOST_TEXT)
        with grid.container():
            name = store.my_name(f"name_for_{key}")
        if st.form_submit_button("Save", icon=":material/check:") and _write(view, key, GapChange(
                view.key, key, state, name, datetime.now(UTC), owner or None, due, until,
                reason or None, seen=(base.id or 0) if base else 0)):
            if f"conflict_{key}" not in st.session_state:
                saved()
            st.rerun()


def _write(view: View, key: str, mine: GapChange) -> bool:
    """Write an entry, and fill the form anew; where somebody else was first, keep both to ask."""
    def change(open_store: Store) -> GapChange | Stale:
        try:
            return open_store.change_gap(mine)
        except Stale as stale:
            return stale

    outcome = whose.write_about(_about(view, key), change)
    if isinstance(outcome, Stale):
        base = st.session_state[f"filled_{key}"]
        st.session_state[f"conflict_{key}"] = base, mine, outcome.latest
    elif outcome:
        _forget(key)
    return outcome is not None


def _forget(key: str) -> None:
    """Drop what was typed, so that the form is filled anew."""
    for name in (*(f"{field}_of_{key}" for field in _FIELDS), f"conflict_{key}"):
        st.session_state.pop(name, None)


def _ask(view: View, key: str) -> None:
    """Show what somebody else wrote since the form was filled, and ask what is to count."""
    base, mine, theirs = st.session_state[f"conflict_{key}"]
    st.warning(md(f"{theirs.by} changed this {_ago(theirs.at)}: {_in_words(theirs)}. "
                  f"Yours: {_in_words(mine)}."), icon=":material/group:")
    options = {prefer: merged(base, mine, theirs, prefer) for prefer in _PREFER}
    if replace(options["theirs"], by=theirs.by, at=theirs.at, id=theirs.id,
               seen=theirs.seen) == theirs:  # both changed the same fields
        del options["theirs"]
    elif options["theirs"] == options["mine"]:
        del options["mine"]
    with st.container(horizontal=True, gap="small"):
        for prefer, entry in options.items():
            if st.button(_PREFER[prefer], key=f"keep_{prefer}_{key}") and _write(
                    view, key, replace(entry, at=datetime.now(UTC))):
                st.rerun()
        st.button("Keep theirs", key=f"drop_{key}", on_click=_forget, args=(key,))


_PREFER: dict[Literal["mine", "theirs"], str] = {"mine": "Keep mine", "theirs": "Keep both"}


def _ago(at: datetime) -> str:
    minutes = int((datetime.now(UTC) - at).total_seconds() // 60)
    return ("just now" if minutes < 1 else f"{formats.count(minutes, 'minute')} ago"
            if minutes < 60 else f"on {formats.day(at)}")


def _in_words(change: GapChange) -> str:
    parts = (("owner", change.owner), ("due", change.due and formats.day(change.due)),
             ("until", change.until and formats.day(change.until)), ("because", change.reason))
    return ", ".join([change.state, *(f"{label} {value}" for label, value in parts if value)])
