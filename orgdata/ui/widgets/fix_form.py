"""The form that settles a gap where it is shown: its fields, filled with choices from the data.

What is saved is a correction: it counts at once, and the source stays as it is.
"""

from collections.abc import Sequence
from datetime import UTC, date, datetime

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from orgdata import formats
from orgdata.edits import EditError
from orgdata.edits.fixes import FIXES, Ask, Fix
from orgdata.gaps.rule import IDS
from orgdata.store import Correction, Store
from orgdata.store.corrections import standing
from orgdata.ui.shell import source, store
from orgdata.ui.shell.cache import cached
from orgdata.ui.shell.escape import md
from orgdata.ui.shell.view import Measured, View
from orgdata.views.edited import corrections_sentence, made_words

MOST_SHOWN = 50  # corrections on the Data page
_TABLE = {"person": ("people", "person_id"), "product": ("products", "product_id"),
          "outcome": ("outcomes", "outcome_id")}


def show(view: View, gap: pd.Series) -> None:
    """Show the form that settles a gap, where a cell can, and corrections can be kept."""
    fix = FIXES.get(str(gap["code"]))
    text = None if view.review else source.text_of(view.key)
    if fix is None or text is None or not isinstance(store.current(), Store):
        return
    key = str(gap["key"])
    seen = st.session_state.setdefault(f"fix_seen_{key}", text.last)  # when the form was filled
    st.subheader("Fix it here")
    st.caption("It counts at once, as corrected here; your files stay as they are.")
    with st.form(f"fix_{key}", border=False):
        grid = st.grid(3, min_column_width=200)
        answers = {ask.name: _field(grid, view.measured, ask, key) for ask in fix.asks}
        name = store.my_name(f"fix_by_{key}")
        if st.form_submit_button(fix.label, icon=":material/build:"):
            _save(view, gap, fix, answers, name, text, seen)
    store.show_write_error()


def show_made(view: View, key: str) -> None:
    """Show the corrections that were made about a gap and count, each with a button to undo it."""
    _show(view, [one for one in _made(view) if one.gap_key == key], key)


def show_all(view: View) -> None:
    """Show every correction of the source that counts, what became of it, and the way to undo
    it."""
    made = _made(view)
    if not made:
        return
    st.subheader("Corrections")
    st.markdown(md(corrections_sentence(view.portfolio)))
    _show(view, made[-MOST_SHOWN:], "all")
    if (beyond := len(made) - MOST_SHOWN) > 0:
        st.caption(f"And {beyond:,} earlier ones.")


def _made(view: View) -> list[Correction]:
    """The corrections that count, of a past review those made until it was seen."""
    return [one for one in standing(store.corrections(view.key))
            if not view.review or one.at <= view.review.seen_at]


def _show(view: View, made: Sequence[Correction], key: str) -> None:
    for one in reversed(made):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f":material/edit: {md(made_words(one, view.portfolio))}")
            if not view.review:
                st.button("Undo", key=f"undo_{one.id}", icon=":material/undo:",
                          on_click=_undo, args=(one, f"undo_by_{key}"))
    if made and not view.review:
        store.my_name(f"undo_by_{key}")
    store.show_write_error()


def _undo(one: Correction, named: str) -> None:
    by = str(st.session_state.get(named) or "").strip()
    store.write(lambda open_store: open_store.undo(one.id or 0, by, datetime.now(UTC)))


def _field(grid: DeltaGenerator, measured: Measured, ask: Ask,
           key: str) -> str:
    """One field, and what was given in it as the text of a cell."""
    label, of = ask.label if ask.needed else f"{ask.label} (optional)", f"fix_{ask.name}_{key}"
    if ask.kind in _TABLE:
        names = _names(measured, *_TABLE[ask.kind])
        return grid.selectbox(label, list(names), index=None, key=of,
                              format_func=names.__getitem__) or ""
    if ask.kind == "choice":
        return grid.selectbox(label, ask.choices, index=None, key=of) or ""
    if ask.kind == "day":
        day = grid.date_input(label, value=None, key=of, format="YYYY-MM-DD")
        return day.isoformat() if isinstance(day, date) else ""
    return grid.text_input(label, key=of).strip()


@cached
def _names(measured: Measured, table: str, key: str) -> dict[str, str]:
    """The people, products or outcomes to choose from, each with its name; same names apart."""
    rows = measured.portfolio[table]
    names = formats.distinct_labels(dict(zip(rows[key], rows["name"], strict=True)))
    return dict(sorted(names.items(), key=lambda pair: pair[1].casefold()))


def _save(view: View, gap: pd.Series, fix: Fix, answers: dict[str, str], name: str,
          text: source.Text, seen: int) -> None:
    lacks = [ask.label for ask in fix.asks if ask.needed and not answers[ask.name]]
    if lacks or not any(answers.values()):
        st.error(md(f"Not saved: fill in {formats.listed(lacks or [a.label for a in fix.asks])}."),
                 icon=":material/error:")
        return
    objects = {column: str(gap[column]) for column in IDS if pd.notna(gap[column])}
    try:
        edits = fix.edits(text.now(view.alignment.as_of.date()), objects, answers)
    except EditError as error:
        st.error(md(f"Not saved: {error}."), icon=":material/error:")
        return
    at = datetime.now(UTC)
    st.session_state.pop(f"fix_seen_{gap['key']}", None)  # what others wrote is shown now
    if store.write(lambda open_store: open_store.correct(
            [Correction(view.key, edit, name, at, gap_key=str(gap["key"])) for edit in edits],
            seen)) is not None:
        st.rerun()
