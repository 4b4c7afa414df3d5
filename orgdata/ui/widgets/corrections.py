"""What was corrected here: each entry with who made it, and the way to undo it."""

from collections.abc import Sequence
from datetime import UTC, datetime

import streamlit as st

from orgdata import formats
from orgdata.store import Correction
from orgdata.store.corrections import standing
from orgdata.ui.shell import store
from orgdata.ui.shell.escape import md
from orgdata.ui.shell.view import View
from orgdata.views.edited import Names, corrections_sentence, entry_words

MOST_SHOWN = 50  # entries on the Data page


def show_made(view: View, key: str) -> None:
    """Show the corrections that were made about a gap and count, each with a button to undo it."""
    show_some(view, [one for one in made(view) if one.gap_key == key], key)


def show_all(view: View) -> None:
    """Show every entry that counts, what became of it, and the way to undo it."""
    all_made = made(view)
    if not all_made:
        return
    things = list(dict.fromkeys(one.thing for one in all_made))
    shown = set(things[-MOST_SHOWN:])
    st.subheader("Corrections")
    st.markdown(md(f"{formats.count(len(things), 'entry', 'entries')}, each with its own undo. "
                   f"{corrections_sentence(view.portfolio)}"))
    show_some(view, [one for one in all_made if one.thing in shown], "all")
    if (beyond := len(things) - MOST_SHOWN) > 0:
        st.caption(f"And {beyond:,} earlier ones.")


def made(view: View) -> list[Correction]:
    """The corrections that count, of a past review those made until it was seen."""
    return [one for one in standing(store.corrections(view.key))
            if not view.review or one.at <= view.review.seen_at]


def show_some(view: View, some: Sequence[Correction], key: str) -> None:
    """Show the entries of some corrections, the last one first, each with a button to undo it: what
    was done as one thing is one entry."""
    names, things = Names(view.portfolio), dict.fromkeys(one.thing for one in some)
    entries: dict[int, list[Correction]] = {thing: [] for thing in things}
    for one in made(view) if some else ():
        if one.thing in entries:
            entries[one.thing].append(one)
    for thing, entry in reversed(entries.items()):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f":material/edit: {md(entry_words(entry or some, names))}")
            if not view.read_only:
                st.button("Undo", key=f"undo_{key}_{thing}", icon=":material/undo:",
                          on_click=_undo, args=(thing, key))
    if some and not view.read_only:
        _ask_who(key)
    store.show_write_error()


def _undo(thing: int, key: str) -> None:
    """Undo an entry; where it is not known yet who does, it is asked first."""
    by = store.known_name() or str(st.session_state.get(f"undo_by_{key}") or "").strip()
    if not by:
        st.session_state[f"undo_asks_{key}"] = thing
        return
    st.session_state.pop(f"undo_asks_{key}", None)
    store.write(lambda open_store: open_store.undo(thing, by, datetime.now(UTC)))


def _ask_who(key: str) -> None:
    """Ask who undoes, where that was not said: one field for a name is enough on a page."""
    if (thing := st.session_state.get(f"undo_asks_{key}")) is None:
        return
    with st.container(horizontal=True, vertical_alignment="bottom"):
        store.my_name(f"undo_by_{key}")
        st.button("Undo it", key=f"undo_it_{key}", on_click=_undo, args=(thing, key))
