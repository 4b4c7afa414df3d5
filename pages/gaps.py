"""Gaps: questions with evidence, one next step and somebody who acts."""

import streamlit as st

from orgdata.ui import frame, gap_page

view = frame.enter("gaps")
st.title("Gaps")
if key := st.query_params.get("gap"):
    gap_page.one(view, key)
else:
    gap_page.every(view)
