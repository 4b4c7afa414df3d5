"""Outcomes: who serves each one, what it lacks, its money against its weight, and its pace."""

import streamlit as st

from orgdata.ui.screens import outcomes as outcome_page
from orgdata.ui.shell import frame, selection
from orgdata.ui.shell.cache import kept
from orgdata.ui.shell.escape import md
from orgdata.views import outcomes

view = frame.enter("outcomes")
names = selection.outcomes(view)
st.title("Outcomes")
if not names:
    frame.empty("No active outcome is loaded.", "outcomes")
    st.stop()
chosen = selection.one_of("outcome", "Outcome", names, "All; choose one to see who serves it")
if chosen:
    outcome_page.one(view, chosen)
else:
    answer = kept(view, "outcomes answer", lambda: outcomes.sentence(view.alignment))
    st.markdown(f"#### {md(answer)}")
    outcome_page.every(view)
