"""Overview: the answer, the headlines, what needs a decision, and the alignment matrix."""

import streamlit as st

from orgdata.ui.shell import frame, selection, store
from orgdata.ui.shell.cache import kept
from orgdata.ui.shell.escape import md
from orgdata.ui.widgets import downloads, gap_list, matrix, metric
from orgdata.views import answers
from orgdata.views.headlines import headlines

TOP = 6  # gaps; the Gaps page has them all

view = frame.enter("overview")
st.title("Overview")
answer = kept(view, "answer", lambda: answers.overview(view.alignment))
st.markdown(f"#### {md(answer)}")
frame.filtered(view)

past = store.past_headlines(view.key, view.alignment.as_of.date())
with st.grid(4, min_column_width=160):
    for one in kept(view, "headlines", lambda: headlines(view.alignment, view.gaps)):
        with st.container(border=True, height="stretch"):
            metric.headline(one, past.get(one.key, ()))

st.subheader("What needs a decision")
gap_list.first_screen(view, gap_list.of_shown_products(view), TOP)
with st.container(horizontal=True, vertical_alignment="center"):
    selection.link("gaps", f"All {len(view.gaps.rows):,} gaps", icon=":material/rule:")
    downloads.show(view, ("offsite", "workbook"))

st.subheader("Who serves what: product managers, products, outcomes")
matrix.show(view)
