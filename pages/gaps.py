"""Gaps: questions with evidence, one next step and somebody who acts."""

import streamlit as st

from orgdata.ui.screens import gaps
from orgdata.ui.shell import frame

view = frame.enter("gaps")
st.title("Gaps")
gaps.show(view)
