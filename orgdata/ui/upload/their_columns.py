"""A grid over the columns of people's own sheets: what each is taken for, to be changed."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from orgdata.model.intake import MEANINGS, Column
from orgdata.ui.shell.rewording import said
from orgdata.ui.upload import draft as drafts
from orgdata.ui.upload.draft import Draft

NOT_READ = "do not read"
_NONE = "none"  # the answer that says so
_ROW, _HEADER, _MOST_HEIGHT = 35, 40, 460  # pixels
_BY_LABEL = {label: meaning for meaning, label in MEANINGS.items()}


def show(columns: Sequence[Column], draft: Draft, expanded: bool = False) -> None:
    """Show the columns, folded unless nothing else can be shown; a change is an answer."""
    if not columns:
        return
    with st.expander(f"All {len(columns):,} columns of your files", expanded=expanded):
        st.caption("What we take each column for. A double-click on a cell, or Enter, opens the "
                   "list.")
        order = [name for name in ("name", "meaning", "note", "examples", "sheet")
                 if name != "note" or any(one.withheld for one in columns)]
        meanings = {said(label): meaning for label, meaning in _BY_LABEL.items()}
        rows = grid(columns)
        edited = st.data_editor(
            rows.assign(meaning=rows["meaning"].map(said)), hide_index=True,
            key=f"columns_{draft.upload.files_key[:12]}",
            disabled=["name", "examples", "sheet", "note"], alt="The columns of your files",
            column_order=order, height=min(_MOST_HEIGHT, _HEADER + _ROW * len(columns)),
            column_config={
                "name": st.column_config.TextColumn("Your column", width=140, pinned=True),
                "meaning": st.column_config.SelectboxColumn(
                    "We take it for", width=165, required=True, options=[NOT_READ, *meanings]),
                "note": st.column_config.TextColumn("Why not read", width=120),
                "examples": st.column_config.TextColumn("It holds", width=200),
                "sheet": st.column_config.TextColumn("Sheet", width=190)})
    _note_changes(columns, [meanings.get(label, "") for label in edited["meaning"]], draft)


def grid(columns: Sequence[Column]) -> pd.DataFrame:
    """The columns as rows: what each is taken for stands beside its name."""
    return pd.DataFrame({
        "name": [one.name for one in columns],
        "meaning": [MEANINGS.get(one.meaning, NOT_READ) for one in columns],
        "note": [one.withheld for one in columns],
        "examples": [" · ".join(one.examples) for one in columns],
        "sheet": [one.sheet for one in columns]}, dtype="object")


def _note_changes(columns: Sequence[Column], meanings: Sequence[str], draft: Draft) -> None:
    """Note what was chosen for columns as answers, and read the files again."""
    given = draft.settings.answers
    chosen = {one.key: meaning or _NONE for one, meaning in zip(columns, meanings, strict=True)
              if meaning != one.meaning}
    news = {key: answer for key, answer in chosen.items() if given.get(key) != answer}
    for key, answer in news.items():
        drafts.answer(key, answer)
    if news:
        st.rerun()
