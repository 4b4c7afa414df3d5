"""Weekly review: the same page every week, from what changed to what was decided."""

import streamlit as st

from orgdata.store import StoreError
from orgdata.ui.screens import weekly_review
from orgdata.ui.shell import frame
from orgdata.ui.shell import store as memory
from orgdata.ui.shell.escape import md

view = frame.enter("weekly_review")
st.title("Weekly review")
store = memory.store()
if isinstance(store, StoreError):
    st.warning(f"Nothing can be remembered: {md(store)}", icon=":material/database_off:")
memory.said()
weekly_review.show(view)
