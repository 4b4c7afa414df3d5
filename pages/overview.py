"""Overview: the answer, the headlines, what needs a decision, and the alignment matrix."""

import streamlit as st

from orgdata.ui.screens import overview
from orgdata.ui.shell import frame

view = frame.enter("overview")
st.title("Overview")
overview.show(view)
