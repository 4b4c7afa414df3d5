"""The scenario that every page shows where the address names one: `?scenario=` and its token."""

import streamlit as st

from orgdata.store import KeptScenario
from orgdata.ui.shell import selection, store
from orgdata.ui.shell.escape import md
from orgdata.ui.shell.loaded import Loaded
from orgdata.views import what_if

PARAM = "scenario"  # of the address


def asked(loaded: Loaded) -> KeptScenario | None:
    """The scenario that the address names; None where it names none. One that is not there is
    said, and the present is shown in its place."""
    if not (token := st.query_params.get(PARAM)):
        return None
    found = next((one for one in store.scenarios(loaded.key) if one.token == token), None)
    if found is None or loaded.raw is None:
        st.warning("This source has no such scenario (any more): shown is the present.")
        return None
    return found


def show_banner(kept: KeptScenario) -> None:
    """Say that a scenario is shown, and lead to it and back to the present."""
    st.warning(md(what_if.sentence(kept)), icon=":material/science:")
    with st.container(horizontal=True):
        if st.session_state.get(selection.PAGE) != "what_if":
            selection.link("what_if", "Open the scenario", icon=":material/science:")
        st.button("Back to the present", icon=":material/arrow_back:", on_click=leave,
                  key="leave_scenario")


def leave() -> None:
    """Show the present again."""
    st.query_params.pop(PARAM, None)
