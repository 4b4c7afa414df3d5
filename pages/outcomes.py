"""Outcomes: who serves each one, what it lacks, its money against its weight, and its pace."""

import streamlit as st

from orgdata import outcome_view
from orgdata.ui import choose, frame, outcome_page
from orgdata.ui.escape import md

view = frame.enter("outcomes")
names = choose.names(view.alignment.outcomes, "outcome_id")
st.title("Outcomes")
if not names:
    frame.empty("No active outcome is loaded.", "outcomes")
    st.stop()
chosen = choose.one_of("outcome", "Outcome", names, "All; choose one to see who serves it")
if chosen:
    outcome_page.one(view, chosen)
else:
    st.markdown(f"#### {md(outcome_view.sentence(view.alignment))}")
    outcome_page.every(view)
