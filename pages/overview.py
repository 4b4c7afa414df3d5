"""Overview: the answer, the headlines, what needs a decision, and the alignment matrix."""

import streamlit as st

from orgdata import sentences
from orgdata.headlines import headlines
from orgdata.ui import choose, frame, gap_list, matrix_view, memory, opened, take_along
from orgdata.ui.escape import md
from orgdata.ui.keep import kept

TOP = 6  # gaps; the Gaps page has them all

view = frame.enter("overview")
st.title("Overview")
answer = kept(view, "answer", lambda: sentences.overview(view.alignment))
st.markdown(f"#### {md(answer)}")
frame.filtered(view)

past = memory.past_headlines(view.key, view.alignment.as_of.date())
with st.grid(4, min_column_width=160):
    for one in kept(view, "headlines", lambda: headlines(view.alignment, view.gaps)):
        with st.container(border=True, height="stretch"):
            opened.headline(one, past.get(one.key, ()))

st.subheader("What needs a decision")
gap_list.first_screen(view, gap_list.of_shown_products(view), TOP)
with st.container(horizontal=True, vertical_alignment="center"):
    choose.link("gaps", f"All {len(view.gaps.rows):,} gaps", icon=":material/rule:")
    take_along.show(view, ("offsite", "workbook"))

st.subheader("Who serves what: product managers, products, outcomes")
matrix_view.show(view)
