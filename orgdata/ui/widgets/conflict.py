"""Two at once: what somebody else wrote into the same cell meanwhile, beside one's own, and a
question."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

import streamlit as st

from orgdata import formats
from orgdata.edits import Edit
from orgdata.store import CorrectedMeanwhile, Correction, Store
from orgdata.ui.shell import edited, store
from orgdata.ui.shell.escape import md
from orgdata.ui.shell.view import View
from orgdata.views.edited import Names, said, source_says

_CONFLICT = "conflict"  # session state: what was not saved, since somebody else was first


@dataclass(frozen=True)
class Conflict:
    """Corrections that were not saved, and the one of somebody else that stands in their way."""

    mine: tuple[Correction, ...]
    theirs: Correction
    place: str  # the form in which they were made


def save(view: View, edits: Sequence[Edit], by: str, seen: int, place: str,
         gap_key: str | None = None, on: date | None = None) -> bool:
    """Keep edits as corrections, all or none; whether that worked. Where somebody corrected the
    same since, it is asked at that place which holds. An answer counts from a day on, that of the
    view unless another is given."""
    at = datetime.now(UTC)
    mine = tuple(Correction(view.key, edit, by, at, gap_key=gap_key,
                            on=on or view.alignment.as_of.date()) for edit in edits)

    def keep(open_store: Store) -> bool:
        try:
            open_store.correct(mine, seen)
        except CorrectedMeanwhile as error:
            st.session_state[_CONFLICT] = Conflict(mine, error.theirs, place)
            return False
        st.session_state.pop(_CONFLICT, None)
        store.note_saved()
        return True

    return bool(store.write(keep))


def show(view: View, place: str) -> None:
    """Show what was not saved beside what somebody else wrote meanwhile, and ask."""
    conflict = st.session_state.get(_CONFLICT)
    if not isinstance(conflict, Conflict) or (conflict.place, conflict.theirs.source) != (
            place, view.key):
        return
    theirs = conflict.theirs
    with st.container(border=True):
        st.markdown(f":material/sync_problem: **{md(theirs.by)} was first: which one holds?**")
        at = f"{theirs.at.astimezone():%H:%M}"
        names, same = Names(view.portfolio), [
            one for one in conflict.mine if one.edit.key == theirs.edit.key]
        st.markdown(md(f"{theirs.by}, {formats.day(theirs.at)} at {at}: "
                       f"{said(theirs.edit, names)}"))
        first = (same or conflict.mine)[0]
        others = len(conflict.mine) - 1
        more = f" And {formats.count(others, 'change')} with it." if others else ""
        st.markdown(md(f"You: {said(first.edit, names)}{more}"))
        if text := edited.text_of(view.loaded):
            st.markdown(md(f"Your files: {source_says(text.raw, theirs.edit, names)}"))
        with st.container(horizontal=True):
            st.button("Keep mine", key="keep_mine", on_click=_keep_mine, args=(conflict,))
            st.button(f"Keep that of {md(theirs.by)}", key="keep_theirs", on_click=_keep_theirs)
            st.button("Keep what the files say", key="keep_source", on_click=_keep_source,
                      args=(conflict,))


def _keep_mine(conflict: Conflict) -> None:
    """Save after all, over what others wrote until now."""
    def keep(open_store: Store) -> None:
        known = open_store.corrections(conflict.theirs.source)
        open_store.correct([replace(one, edit=_of_now(one.edit, known)) for one in conflict.mine],
                           max((one.id or 0 for one in known), default=0))
        st.session_state.pop(_CONFLICT, None)

    store.write(keep)


def _of_now(edit: Edit, known: Sequence[Correction]) -> Edit:
    """The edit with what the corrections so far say as the text that it replaces."""
    if edit.before is None or edit.operation != "set":
        return edit
    said = {column: text for one in known if (one.edit.table, one.edit.key) == (
        edit.table, edit.key) for column, text in one.edit.values.items()}
    return replace(edit, before={column: said.get(column, text)
                                 for column, text in edit.before.items()})


def _keep_theirs() -> None:
    st.session_state.pop(_CONFLICT, None)


def _keep_source(conflict: Conflict) -> None:
    """Undo what the other wrote, and leave one's own."""
    def undo(open_store: Store) -> None:
        open_store.undo(conflict.theirs.id or 0, conflict.mine[0].by, datetime.now(UTC))
        st.session_state.pop(_CONFLICT, None)

    store.write(undo)
