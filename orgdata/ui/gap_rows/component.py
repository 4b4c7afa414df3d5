"""A list of gaps as a component: the rows go in, which one to open or to go to comes back."""

from functools import partial
from pathlib import Path
from zlib import crc32

import pandas as pd
import streamlit as st

from orgdata.edits.fixes import FIXES, asks_of_grid
from orgdata.gaps import RULES
from orgdata.ui.shell import rights, selection
from orgdata.ui.shell.assets import component, sent
from orgdata.ui.shell.cache import cached
from orgdata.ui.shell.rewording import said
from orgdata.ui.shell.view import Corrected, Judged, View
from orgdata.ui.widgets import fix_form, fix_many
from orgdata.views import explain, gap_rows
from orgdata.views.gap_rows import Plain
from orgdata.views.vocabulary import SEVERITY

_DRAW = component("gap_rows", Path(__file__).with_name("rows"))
MOST_BESIDE = 8  # rows of a list below which the form for the one that is open is still in sight
_WORDS: Plain = {
    "title": "Gaps, the most severe first", "next": "Next step", "all": "Show all {}",
    "go": "Assign, accept or discuss it",
    "severities": {severity: f"{word.symbol} {word.label}" for severity, word in SEVERITY.items()},
    "budget": "Budget concerned: the spend of the product the gap is about; of an outcome, the "
              "share of all spend that its weight asks for",
    "columns": {"severity": "Severity", "finding": "Finding", "product": "Product",
                "who": "Who acts", "budget": "Budget", "state": "Open for · state"}}


@st.fragment
def show(view: View, rows: list[gap_rows.Row], key: str, settle: str = "") -> None:
    """Show gaps as rows; one of them is open, with its evidence, and leads to its page, or is put
    into the session state under `settle`, for a page on which it is settled."""
    rights.hold(view.rights)
    opened, grids = st.session_state.get(f"{key}_opened", ""), _grids(view, rows)
    leads = bool(settle) or view.rights.may_open("gaps")
    chosen = _DRAW(
        key=key, data={"version": f"{crc32(repr((rows, grids)).encode()):x}",
                       "words": _WORDS if leads else {**_WORDS, "go": ""},
                       "grids": grids,
                       "rows": [{**row._asdict(), "state": row.standing} for row in rows],
                       "opened": _opened(view.judged, view.evaluated.corrected, opened)
                       if opened else None},
        on_open_change=partial(_store_opened, key), on_go_change=_nothing)
    if opened and len(rows) <= MOST_BESIDE and not settle:
        _show_fix(view, opened)
    if gap := chosen.get("go"):
        if gap in grids:
            _open_grid(gap.removeprefix(gap_rows.PATTERN))
        if not settle:
            selection.go("gaps", gap=gap)
        st.session_state[settle] = gap
        st.rerun()


def _grids(view: View, rows: list[gap_rows.Row]) -> dict[str, str]:
    """By the key of a pattern what opens the grid in which its gaps are settled, where one is."""
    patterns = [row.key for row in rows if row.key.startswith(gap_rows.PATTERN)]
    grid_is_below = st.session_state.get(selection.PAGE) == "gaps" and len(
        st.session_state.get("code") or ()) == 1
    if not patterns or grid_is_below or not view.rights.all or not fix_form.can_correct(view):
        return {}
    codes = {key: key.removeprefix(gap_rows.PATTERN) for key in patterns}
    return {key: said(f"{FIXES[code].label} for many at once") for key, code in codes.items()
            if asks_of_grid(code)}


def _open_grid(code: str) -> None:
    """Go to the grid of a rule, wherever its pattern was shown."""
    st.session_state[f"many_{code}"] = True  # where it was folded before
    if st.session_state.get(selection.PAGE) == "gaps":
        st.session_state["code"] = [code]
        st.rerun()
    rule = said(f"{code} {RULES[code].name}")  # as the choice of a rule stands in the address
    selection.go("gaps", code=rule, **{fix_many.OPEN: "yes"})


def _show_fix(view: View, key: str) -> None:
    """Show the form that settles the gap that is open, below a list that is short enough."""
    gaps = view.gaps.rows
    gap = gaps[gaps["key"] == key]
    if len(gap) and fix_form.can_settle(view, str(gap.iloc[0]["code"])):
        with st.container(border=True):
            fix_form.show(view, gap.iloc[0])


def _store_opened(key: str) -> None:
    st.session_state[f"{key}_opened"] = sent(key, "open") or ""


def _nothing() -> None:
    """A component reports only what has a callback."""


@cached
def _opened(judged: Judged, corrected: Corrected, key: str) -> Plain | None:
    """The evidence of one gap and what to do about it; None where it is not there any more."""
    rows = judged.gaps.rows
    matching = rows[rows["key"] == key]
    if not len(matching):
        return None
    row = pd.Series(matching.iloc[0])
    explained = explain.gap(row, corrected.alignment)
    return {"key": key, "question": explained.question, "evidence": explained.evidence,
            "next": explained.next_step, "who": explained.who}
