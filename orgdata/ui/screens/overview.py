"""The Overview: the answer, four figures, the gravest gaps, and the alignment map."""

import streamlit as st

from orgdata import formats
from orgdata.gaps import reminders
from orgdata.ui.alignment_map import page as alignment_map
from orgdata.ui.shell import frame, selection
from orgdata.ui.shell.cache import cached
from orgdata.ui.shell.escape import md
from orgdata.ui.shell.view import Measured, View
from orgdata.ui.widgets import downloads, gap_list, metric
from orgdata.views import answers
from orgdata.views.headline import past_numbers

MOST_GAPS = 3  # gaps; the Gaps page has them all
FIRST = ("aligned", "coverage", "aligned_spend", "gaps")
BELOW = ("linked_spend", "fit")  # the map, where they are known


def show(view: View) -> None:
    """Show the answer as the title, four figures, the gravest gaps, and who works on what."""
    title, rest = _answer(view.measured.common)
    st.title(md(title), anchor=False)
    if rest:
        st.markdown(md(rest))
    frame.show_filters(view)
    headlines = {headline.key: headline for headline in metric.headlines(view.evaluated)}
    day = view.alignment.as_of.date()
    past = past_numbers(snapshot for snapshot in view.evaluated.evaluation.known.snapshots
                        if snapshot.day < day)
    above = st.container()  # which stands above the map, and is sent after it: a browser that
    alignment_map.show(view)  # has the map early draws both in one go
    with above:
        with st.grid(4, min_column_width=160):
            for key in FIRST:
                metric.show(headlines[key], past.get(key, ()))
        gap_list.show(view, most=MOST_GAPS)
        with st.container(horizontal=True, vertical_alignment="center"):
            found = len(reminders.without(view.gaps.rows))
            label = (f"{formats.count(found, 'gap')} shown to you" if view.gaps.not_shown else
                     f"All {found:,} gaps")
            selection.link("gaps", label, icon=":material/rule:")
            downloads.show(view, ("offsite", "workbook"))
    if below := [key for key in BELOW if headlines[key].total is not None]:
        with st.grid(len(below), min_column_width=160):
            for key in below:
                metric.show(headlines[key], past.get(key, ()))
    metric.show_line(headlines["evidence"])


@cached
def _answer(measured: Measured) -> tuple[str, str]:
    return answers.titled(measured.alignment)
