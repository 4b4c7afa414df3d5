"""Headline numbers, each with a popover of its formula and the rows that add up to it."""

from collections.abc import Sequence

import streamlit as st
from streamlit.elements.lib.mutable_popover_container import PopoverContainer

from orgdata import formats
from orgdata.ui.shell.cache import cached
from orgdata.ui.shell.escape import md
from orgdata.ui.shell.rewording import rows_said
from orgdata.ui.shell.view import Evaluated, Judged, Measured
from orgdata.ui.widgets import tables
from orgdata.views.headline import Headline
from orgdata.views.headlines import of_gaps, of_measures, with_corrections

MOST_ROWS = 1_000  # more would make the browser slow; all of them can be downloaded


def headlines(evaluated: Evaluated) -> list[Headline]:
    """The headlines of a portfolio, whatever the filters."""
    return with_corrections(evaluated.corrected.alignment, _headlines(evaluated.judged.common))


@cached
def _headlines(judged: Judged) -> list[Headline]:
    return [*_of_measures(judged.measured), *of_gaps(judged.gaps)]


@cached
def _of_measures(measured: Measured) -> list[Headline]:
    return of_measures(measured.alignment)


def show(headline: Headline, past_values: Sequence[float] = (), change: str | None = None) -> None:
    """Show a headline as a metric with its note and its change since the last of its past values,
    or instead of these with a change that is in words already.

    Its popover holds formula, rows, and their sum.
    """
    with st.container(border=True, height="stretch", gap="xxsmall"):
        popover = _show_opening(headline, md(headline.label))
        st.metric(md(headline.label), md(headline.value), label_visibility="collapsed")
        notes = (change,) if change is not None else (
            headline.note or (headline.formula if headline.total is None else ""),
            headline.trend(past_values[-1]) if past_values else "")
        st.caption(md(" · ".join(filter(None, notes))))
    _show_rows(headline, popover)


def show_line(headline: Headline) -> None:
    """Show a headline in one line, for the foot of a page; it opens like the others."""
    _show_rows(headline, _show_opening(headline, ":small[" + md(
        f"{headline.label}: {headline.value}; {headline.note}") + "]"))


def _show_opening(headline: Headline, label: str) -> PopoverContainer:
    """Show what a headline is called, and the mark that opens how it is calculated."""
    with st.container(horizontal=True, vertical_alignment="center",
                      horizontal_alignment="distribute", gap="xsmall", wrap=False):
        st.markdown(label)  # which wraps, unlike the label of a metric
        return st.popover(":material/info:", key=f"open_{headline.key}", type="tertiary",
                          help="How is this calculated?", on_change="rerun")


def _show_rows(headline: Headline, popover: PopoverContainer) -> None:
    """Show formula and rows of a headline in its popover, up to a thousand, once it is open."""
    if not popover.open:
        return
    with popover:
        st.markdown(f"**{md(headline.label)}**: {md(headline.formula)}")
        if headline.total is not None:
            rows = headline.rows.head(MOST_ROWS)
            st.dataframe(rows_said(rows, heads=True), hide_index=True, height=320,
                         key=f"rows_{headline.key}", placeholder=tables.MISSING,
                         **tables.narrow(rows))
            cut_off = "" if len(rows) == len(headline.rows) else (
                f" The first {MOST_ROWS:,} are shown; the sum is that of all.")
            st.caption(md(f"{formats.count(len(headline.rows), 'row')}; “{headline.adds}” adds up "
                          f"to {formats.number(headline.total)}.{cut_off}"))
