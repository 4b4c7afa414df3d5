"""The Overview: the answer, four figures, the gravest gaps, and the alignment map."""

import streamlit as st

from orgdata.gaps import reminders
from orgdata.ui.alignment_map import page as alignment_map
from orgdata.ui.shell import frame, selection, store
from orgdata.ui.shell.cache import cached
from orgdata.ui.shell.escape import md
from orgdata.ui.shell.view import Measured, View
from orgdata.ui.widgets import downloads, gap_list, metric
from orgdata.views import answers

MOST_GAPS = 3  # gaps; the Gaps page has them all
FIRST = ("aligned", "coverage", "aligned_spend", "gaps")  # the others stand below the map


def show(view: View) -> None:
    """Show the answer as the title, four figures, the gravest gaps, and who works on what."""
    st.title(md(_answer(view.measured)), anchor=False)
    frame.show_filters(view)
    headlines = {headline.key: headline for headline in metric.headlines(view.evaluated)}
    day = view.alignment.as_of.date()
    past = store.past_headlines(snapshot for snapshot in view.evaluated.evaluation.known.snapshots
                                if snapshot.day < day)
    with st.grid(4, min_column_width=160):
        for key in FIRST:
            metric.show(headlines[key], past.get(key, ()))
    gap_list.show(view, most=MOST_GAPS)
    with st.container(horizontal=True, vertical_alignment="center"):
        found = len(reminders.without(view.gaps.rows))
        selection.link("gaps", f"All {found:,} gaps", icon=":material/rule:")
        downloads.show(view, ("offsite", "workbook"))
    alignment_map.show(view)
    with st.grid(4, min_column_width=160):
        for key, headline in headlines.items():
            if key not in FIRST:
                metric.show(headline, past.get(key, ()))


@cached
def _answer(measured: Measured) -> str:
    return answers.overview(measured.alignment)
