"""Closing a review, keeping a snapshot, and what is said of earlier ones: labels, withdrawals."""

from collections.abc import Sequence
from datetime import UTC, datetime

import streamlit as st

from orgdata import formats
from orgdata.evaluation import keep
from orgdata.evaluation import snapshot as save_snapshot
from orgdata.store import Snapshot, SnapshotMark, Store
from orgdata.store.entries import MOST_TEXT, Mark
from orgdata.store.names import MOST_TITLE
from orgdata.ui.shell import frame, past_review, selection, store
from orgdata.ui.shell.escape import md
from orgdata.ui.shell.view import View

MOST_LISTED = 26  # half a year of weeks
_ASKS = "second_snapshot"  # session state: the day of which a second snapshot is asked for
_MARKS: dict[Mark, str] = {
    "label": "Label it", "withdrawn": "Withdraw it", "restored": "Restore it"}


def show_closing(view: View) -> None:
    """Show the buttons that close the review of the day, or only keep a snapshot of it."""
    if view.read_only or not view.rights.all or not isinstance(store.current(), Store):
        return
    with st.container(horizontal=True, gap="small"):
        popover = st.popover(f"Close the review of {formats.day(_day(view))}", key="close_review",
                             icon=":material/task_alt:",
                             type="secondary" if _closed(view) else frame.main_button(),
                             on_change="rerun")
        if popover.open:
            with popover:
                _show_close_form(view)
        if st.button("Save a snapshot", icon=":material/photo_camera:", key="snapshot"):
            _keep(view, only_first=True)
    if st.session_state.get(_ASKS) == _day(view):
        _ask_for_second(view)
    store.show_write_error()


def _closed(view: View) -> list[Snapshot]:
    """The snapshots of the day with which its review was closed."""
    return [snapshot for snapshot in _of_day(view) if snapshot.closed_at]


def is_first(view: View) -> str:
    """That there is no earlier review, and what to do about it."""
    if _closed(view):
        return ("This is the first review, and it is closed: the next one opens with what changed "
                "since.")
    return ("There is no earlier review to compare with. Close this one at the end of the meeting; "
            "next week opens with what changed.")


def _day(view: View) -> object:
    return view.alignment.as_of.date()


def _of_day(view: View) -> list[Snapshot]:
    return [snapshot for snapshot in view.evaluated.evaluation.known.snapshots
            if snapshot.day == _day(view)]


def _show_close_form(view: View) -> None:
    day, at, closed = formats.day(_day(view)), datetime.now(UTC), _closed(view)
    st.markdown(md(
        f"The review of {day} was closed by {closed[-1].closed_by} on "
        f"{formats.day(closed[-1].closed_at)}. Closed again, the next one is compared with what is "
        "shown now." if closed else
        f"This closes the review of {day}: the next one is compared with what is shown now."))
    with st.form("close_review_form", border=False):
        label = st.text_input("Label (optional)", key="review_label", max_chars=MOST_TITLE,
                              placeholder="Quarter planning")
        name = store.my_name("review_by")
        if st.form_submit_button("Close the review", icon=":material/check:"):
            taken = store.write(lambda open_store: keep(
                open_store, view.key, view.evaluated.evaluation, at, name, label.strip() or None,
                review=True))
            if taken:
                store.note_saved(f"The review of {day} is closed.")
                st.rerun()


def _keep(view: View, only_first: bool) -> None:
    taken = store.write(lambda open_store: save_snapshot(
        open_store, view.key, view.evaluated.evaluation, datetime.now(UTC), only_first))
    st.session_state[_ASKS] = _day(view) if taken and taken.differs else None
    if taken and not taken.differs:
        message = "Saved." if taken.new else "Already saved; nothing has changed."
        st.toast(message, icon=":material/check:")


def _ask_for_second(view: View) -> None:
    kept = _of_day(view)
    at = f", saved at {kept[-1].taken_at.astimezone():%H:%M on %-d %b}" if kept else ""
    st.warning(f"There is a snapshot of {formats.day(_day(view))} already{at}, and the data have "
               "changed since. Is what you see really of that day?", icon=":material/help:")
    with st.container(horizontal=True, gap="small"):
        st.button("Save a second one", key="snapshot_again", on_click=_keep, args=(view, False))
        st.button("Leave it", key="snapshot_leave", type="tertiary",
                  on_click=st.session_state.pop, args=(_ASKS, None))


def show_earlier(view: View) -> None:
    """Show the reviews and snapshots up to the day, each with the way to open it as it was seen,
    and the form to label or withdraw one."""
    snapshots = view.evaluated.evaluation.known.snapshots[:-MOST_LISTED - 1:-1]
    if not snapshots:
        return
    expander = st.expander("Reviews and snapshots", key="all_reviews", on_change="rerun",
                           icon=":material/history:")
    if expander.open:
        with expander:
            for snapshot in snapshots:
                _show_line(snapshot)
            if not view.read_only and view.rights.all:
                _show_mark_form(snapshots)


def _show_line(snapshot: Snapshot) -> None:
    closed = f" · closed by {snapshot.closed_by}" if snapshot.closed_at else ""
    withdrawn = "" if snapshot.withdrawn is None else f" · withdrawn: {snapshot.withdrawn}"
    text, button = st.columns([0.8, 0.2], vertical_alignment="center")
    text.markdown(f"{md(snapshot.title)}:small[{md(closed + withdrawn)}]")
    with button:
        selection.link("weekly_review", "Open as it was", **{past_review.PARAM: str(snapshot.id)})


def _show_mark_form(snapshots: Sequence[Snapshot]) -> None:
    titles = {snapshot.id: snapshot.title for snapshot in snapshots}
    with st.form("mark_snapshot", border=True):
        grid = st.grid(3, min_column_width=180)
        number = grid.selectbox("Which one", list(titles), key="mark_of",
                                format_func=lambda option: titles[option])
        mark: Mark = grid.selectbox("What to do", list(_MARKS), key="mark_as",
                                    format_func=lambda option: _MARKS[option])
        text = grid.text_input("Label, or reason", key="mark_text", max_chars=MOST_TEXT)
        name = store.my_name("mark_by")
        if st.form_submit_button("Save", icon=":material/check:"):
            said = SnapshotMark(number, mark, name, datetime.now(UTC), text.strip() or None)
            if store.write(lambda open_store: open_store.mark(said)):
                st.rerun()
