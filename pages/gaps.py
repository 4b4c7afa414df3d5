"""Gaps: questions with evidence, one next step and somebody who acts."""

import streamlit as st

from orgdata.ui.screens import gaps
from orgdata.ui.shell import frame

view = frame.enter("gaps")
st.title("Gaps")
if key := st.query_params.get("gap"):
    gaps.one(view, key)
else:
    gaps.every(view)
