"""Saving a form, and what is asked before: two wrote into the same cell, what is answered says
something else by now, or a number is far off."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from types import MappingProxyType

import streamlit as st

from orgdata import formats
from orgdata.edits import Edit
from orgdata.edits.doubtful import far_off
from orgdata.store import CorrectedMeanwhile, Correction, Store
from orgdata.store.corrections import latest, standing
from orgdata.ui.shell import edited, store, whose
from orgdata.ui.shell.escape import bullets, md
from orgdata.ui.shell.view import View
from orgdata.views.answered import changed, said_of
from orgdata.views.edited import Names, said, source_says

NOTHING: Mapping[str, str] = MappingProxyType({})
_CONFLICT, _DOUBT = "conflict", "doubt"  # session state: what was not saved yet, and is asked about


@dataclass(frozen=True)
class Conflict:
    """Corrections that were not saved, and the one of somebody else that stands in their way."""

    mine: tuple[Correction, ...]
    theirs: Correction
    place: str  # the form in which they were made


@dataclass(frozen=True)
class Doubt:
    """Corrections that were not saved, since numbers among them are far off, or what they answer
    says something else by now."""

    mine: tuple[Correction, ...]
    seen: tuple[int, int]
    place: str
    why: tuple[str, ...]


def note_seen(place: str, text: edited.Text, view: View,
              objects: Mapping[str, str] = NOTHING) -> None:
    """Note the last correction, and the last undo, there was when the form at a place was filled,
    and what the files said then of what may be answered in it about some objects."""
    st.session_state.setdefault(f"seen_{place}", (text.last, text.undone))
    if objects and f"said_{place}" not in st.session_state:
        st.session_state[f"said_{place}"] = objects, (
            said_of(view.loaded.portfolio, objects) if view.loaded else {})


def _says_otherwise(place: str, edits: Sequence[Edit]) -> list[str]:
    """What the files say otherwise by now of what is answered in the form at a place; what was
    corrected since the store knows."""
    objects, before = st.session_state.get(f"said_{place}", (NOTHING, {}))
    if not objects or (files := whose.files_now()) is None:
        return []
    return changed(edits, before, said_of(files, objects))


def seen(place: str) -> tuple[int, int]:
    """The last correction, and the last undo, that a form at a place was filled with."""
    made, undone = st.session_state.get(f"seen_{place}", (0, 0))
    return int(made), int(undone)


def turn(place: str) -> int:
    """How often the form at a place was saved: what was typed before is gone then."""
    return int(st.session_state.get(f"turn_{place}", 0))


def save(view: View, things: Sequence[Sequence[Edit]], by: str, place: str,
         gap_key: str | None = None, on: date | None = None) -> bool:
    """Keep what was done as corrections, all or none; whether that worked. The edits of one thing
    are one entry, with one undo. Where somebody corrected the same since, or a number is far off,
    it is asked at that place. An answer counts from a day on, that of the view unless another is
    given."""
    if not whose.may_save([edit for edits in things for edit in edits]):
        st.error("Not saved: what you entered is for somebody else to change.",
                 icon=":material/lock:")
        return False
    at = datetime.now(UTC)
    mine = tuple(Correction(view.key, edit, by, at, gap_key=gap_key, of=number,
                            on=on or view.alignment.as_of.date())
                 for number, edits in enumerate(things) for edit in edits)
    st.session_state.pop(_DOUBT, None)
    typed = [edits[0] for edits in things if edits]  # what goes with it was worked out
    if why := [*far_off(view.portfolio, typed), *_says_otherwise(
            place, [one.edit for one in mine])]:
        st.session_state[_DOUBT] = Doubt(mine, seen(place), place, tuple(why))
        return False
    return _keep(mine, seen(place), place)


def _keep(mine: tuple[Correction, ...], seen: tuple[int, int], place: str) -> bool:
    def keep(open_store: Store) -> bool:
        try:
            open_store.correct(mine, *seen, whose.row_of())
        except CorrectedMeanwhile as error:
            st.session_state.pop(_DOUBT, None)
            st.session_state[_CONFLICT] = Conflict(mine, error.theirs, place)
            return False
        settle(place)
        store.note_saved()
        return True

    return bool(whose.write([one.edit for one in mine], keep))


def settle(place: str) -> None:
    """Have the form at a place filled anew: with what others wrote, and nothing typed."""
    for name in (_CONFLICT, _DOUBT, f"seen_{place}", f"said_{place}"):
        st.session_state.pop(name, None)
    st.session_state[f"turn_{place}"] = turn(place) + 1


def show(view: View, place: str) -> None:
    """Show what was not saved at a place, and ask, as long as it is the reader's to save."""
    doubt, conflict = st.session_state.get(_DOUBT), st.session_state.get(_CONFLICT)
    if isinstance(conflict, Conflict) and _is_asked_here(conflict, view, place):
        _show_conflict(view, conflict)
    elif isinstance(doubt, Doubt) and _is_asked_here(doubt, view, place):
        with st.container(border=True):
            st.markdown(":material/help: **Not saved yet: is this what you mean?**")
            st.markdown(bullets(f"{why}." for why in doubt.why))
            with st.container(horizontal=True):
                st.button("Save it as typed", key="save_as_typed", on_click=_keep_as_typed,
                          args=(doubt,))
                st.button("Change it", key="change_it", on_click=_change, args=(place,))


def _is_asked_here(asked: Conflict | Doubt, view: View, place: str) -> bool:
    """Whether something waits at a place for an answer of the reader, who may still save it."""
    return (asked.place, asked.mine[0].source) == (place, view.key) and whose.may_save(
        [one.edit for one in asked.mine])


def _show_conflict(view: View, conflict: Conflict) -> None:
    theirs = conflict.theirs
    by, at = theirs.undone_by or theirs.by, theirs.undone_at or theirs.at
    with st.container(border=True):
        st.markdown(f":material/sync_problem: **{md(by)} was first: which one holds?**")
        names, same = Names(view.portfolio), [
            one for one in conflict.mine if one.edit.key == theirs.edit.key]
        undid = "undid: " if theirs.undone_by else ""
        st.markdown(md(f"{by}, {formats.day(at)} at {at.astimezone():%H:%M}: "
                       f"{undid}{said(theirs.edit, names)}"))
        first = (same or conflict.mine)[0]
        others = len(conflict.mine) - 1
        more = f" And {formats.count(others, 'change')} with it." if others else ""
        st.markdown(md(f"You: {said(first.edit, names)}{more}"))
        if text := edited.text_of(view.loaded):
            st.markdown(md(f"Your files: {source_says(text.raw, theirs.edit, names)}"))
        with st.container(horizontal=True):
            st.button("Keep mine", key="keep_mine", on_click=_keep_mine, args=(conflict,))
            st.button(f"Keep that of {md(by)}", key="keep_theirs", on_click=_forget,
                      args=(_CONFLICT,))
            if not theirs.undone_by and whose.may_save(_made_with(theirs)):
                st.button("Keep what the files say", key="keep_source", on_click=_keep_source,
                          args=(conflict,))


def _keep_as_typed(doubt: Doubt) -> None:
    _keep(doubt.mine, doubt.seen, doubt.place)


def _keep_mine(conflict: Conflict) -> None:
    """Save after all, over what others wrote until now."""
    def keep(open_store: Store) -> None:
        log = open_store.correction_log(conflict.theirs.source)
        known = standing(log)
        try:
            open_store.correct([replace(one, edit=_of_now(one.edit, known))
                                for one in conflict.mine], *latest(log), whose.row_of())
            settle(conflict.place)
        except CorrectedMeanwhile as error:  # somebody was first once more
            st.session_state[_CONFLICT] = replace(conflict, theirs=error.theirs)

    whose.write([one.edit for one in conflict.mine], keep)


def _of_now(edit: Edit, known: Sequence[Correction]) -> Edit:
    """The edit with what the corrections so far say as the text that it replaces."""
    if edit.before is None or edit.operation != "set":
        return edit
    said = {column: text for one in known if (one.edit.table, one.edit.key) == (
        edit.table, edit.key) for column, text in one.edit.values.items()}
    return replace(edit, before={column: said.get(column, text)
                                 for column, text in edit.before.items()})


def _change(place: str) -> None:
    """Go on with the form at a place: its reader was told what the files say by now."""
    _forget(_DOUBT)
    objects, _ = st.session_state.get(f"said_{place}", (NOTHING, {}))
    if objects and (files := whose.files_now()):
        st.session_state[f"said_{place}"] = objects, said_of(files, objects)


def _forget(name: str) -> None:
    st.session_state.pop(name, None)


def _keep_source(conflict: Conflict) -> None:
    """Undo what the other wrote, and leave one's own."""
    def undo(open_store: Store) -> None:
        open_store.undo(conflict.theirs.id or 0, conflict.mine[0].by, datetime.now(UTC),
                        row_of=whose.row_of())
        settle(conflict.place)

    whose.write(_made_with(conflict.theirs), undo)


def _made_with(theirs: Correction) -> list[Edit]:
    """The edits that were made as one thing with a correction, and are undone with it."""
    return [one.edit for one in store.corrections(theirs.source) if one.thing == theirs.thing]
