"""Weekly review: the same page every week, from what changed to what was decided."""

import streamlit as st

from orgdata.store import StoreError
from orgdata.ui import frame, memory, review_page
from orgdata.ui.escape import md

view = frame.enter("weekly_review")
st.title("Weekly review")
store = memory.store()
if isinstance(store, StoreError):
    st.warning(f"Nothing can be remembered: {md(store)}", icon=":material/database_off:")
memory.said()
review_page.show(view)
