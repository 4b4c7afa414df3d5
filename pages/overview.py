"""Overview: the answer, the headlines, what needs a decision, and the alignment matrix."""

import streamlit as st

from orgdata import sentences
from orgdata.headlines import headlines
from orgdata.ui import frame, gap_list, matrix_view, opened
from orgdata.ui.escape import md

view = frame.enter("overview")
st.title("Overview")
st.markdown(f"#### {md(sentences.overview(view.alignment))}")
if view.narrowed():
    st.info(md(view.narrowed()), icon=":material/filter_alt:")

found = headlines(view.alignment, view.gaps)
for row in (found[:4], found[4:]):
    for column, one in zip(st.columns(len(row)), row, strict=True):
        with column:
            opened.headline(one)

st.subheader("What needs a decision")
gap_list.first_screen(view)

st.subheader("Who serves what: product managers, products, outcomes")
matrix_view.show(view)
