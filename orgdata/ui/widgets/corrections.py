"""What was corrected here: each correction with who made it, and the way to undo it."""

from collections.abc import Sequence
from datetime import UTC, datetime

import streamlit as st

from orgdata.store import Correction
from orgdata.store.corrections import standing
from orgdata.ui.shell import store
from orgdata.ui.shell.escape import md
from orgdata.ui.shell.view import View
from orgdata.views.edited import Names, corrections_sentence, made_words

MOST_SHOWN = 50  # corrections on the Data page


def show_made(view: View, key: str) -> None:
    """Show the corrections that were made about a gap and count, each with a button to undo it."""
    show_some(view, [one for one in made(view) if one.gap_key == key], key)


def show_all(view: View) -> None:
    """Show every correction of the source that counts, what became of it, and the way to undo
    it."""
    all_made = made(view)
    if not all_made:
        return
    st.subheader("Corrections")
    st.markdown(md(corrections_sentence(view.portfolio)))
    show_some(view, all_made[-MOST_SHOWN:], "all")
    if (beyond := len(all_made) - MOST_SHOWN) > 0:
        st.caption(f"And {beyond:,} earlier ones.")


def made(view: View) -> list[Correction]:
    """The corrections that count, of a past review those made until it was seen."""
    return [one for one in standing(store.corrections(view.key))
            if not view.review or one.at <= view.review.seen_at]


def show_some(view: View, some: Sequence[Correction], key: str) -> None:
    """Show some corrections, the last one first, each with a button to undo it."""
    names = Names(view.portfolio)
    for one in reversed(some):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f":material/edit: {md(made_words(one, names))}")
            if not view.read_only:
                st.button("Undo", key=f"undo_{key}_{one.id}", icon=":material/undo:",
                          on_click=_undo, args=(one, f"undo_by_{key}"))
    if some and not view.read_only:
        store.my_name(f"undo_by_{key}")
    store.show_write_error()


def _undo(one: Correction, named: str) -> None:
    by = str(st.session_state.get(named) or "").strip()
    store.write(lambda open_store: open_store.undo(one.id or 0, by, datetime.now(UTC)))
