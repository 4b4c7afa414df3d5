"""The Overview: the answer, the headlines, what needs a decision, and the alignment matrix."""

import streamlit as st

from orgdata.gaps import reminders
from orgdata.ui.shell import frame, selection, store
from orgdata.ui.shell.cache import cached
from orgdata.ui.shell.escape import md
from orgdata.ui.shell.view import Measured, View
from orgdata.ui.widgets import downloads, gap_list, matrix, metric
from orgdata.views import answers

MOST_GAPS = 6  # gaps; the Gaps page has them all


def show(view: View) -> None:
    """Show the answer and headlines first, then the gaps to decide on, then who serves what."""
    st.markdown(f"#### {md(_answer(view.measured))}")
    frame.show_filters(view)
    past_headlines = store.past_headlines(view.evaluated.evaluation.known.snapshots)
    with st.grid(4, min_column_width=160):
        for headline in metric.headlines(view.evaluated):
            with st.container(border=True, height="stretch"):
                metric.show(headline, past_headlines.get(headline.key, ()))
    st.subheader("What needs a decision")
    gap_list.show_most_severe(view, most=MOST_GAPS)
    with st.container(horizontal=True, vertical_alignment="center"):
        found = len(reminders.without(view.gaps.rows))
        selection.link("gaps", f"All {found:,} gaps", icon=":material/rule:")
        downloads.show(view, ("offsite", "workbook"))
    st.subheader("Who serves what: product managers, products, outcomes")
    matrix.show(view)


@cached
def _answer(measured: Measured) -> str:
    return answers.overview(measured.alignment)
