"""Outcomes: who serves each one, what it lacks, its money against its weight, and its pace."""

import streamlit as st

from orgdata import outcome_view
from orgdata.ui import choose, frame, outcome_page
from orgdata.ui.escape import md
from orgdata.ui.keep import kept

view = frame.enter("outcomes")
names = choose.outcomes(view)
st.title("Outcomes")
if not names:
    frame.empty("No active outcome is loaded.", "outcomes")
    st.stop()
chosen = choose.one_of("outcome", "Outcome", names, "All; choose one to see who serves it")
if chosen:
    outcome_page.one(view, chosen)
else:
    answer = kept(view, "outcomes answer", lambda: outcome_view.sentence(view.alignment))
    st.markdown(f"#### {md(answer)}")
    outcome_page.every(view)
