"""The scenario that every page shows where the address names one: `?scenario=` and its token."""

import streamlit as st

from orgdata.access import Rights
from orgdata.store import KeptScenario
from orgdata.ui.shell import selection, source, store
from orgdata.ui.shell.escape import md
from orgdata.ui.shell.loaded import Loaded
from orgdata.ui.shell.seen import seen
from orgdata.ui.shell.view import Evaluated, View
from orgdata.views import what_if

PARAM = "scenario"  # of the address: a token
BESIDE = "beside"  # of the address too: tokens with commas between
MOST_BESIDE = 3
_SHOWN = "scenario_shown"  # session state: its token, until it is left


def asked(loaded: Loaded, theirs: Rights) -> KeptScenario | None:
    """The scenario that the address names; None where it names none. One that is not there, or not
    for who asks, is said, and the present is shown in its place."""
    token = st.query_params.get(PARAM) or st.session_state.get(_SHOWN)
    if not token:
        return None
    found = store.scenario(loaded.key, token)
    if found is None or loaded.raw is None or not theirs.may_open("what_if"):
        leave()
        st.warning("This source has no such scenario (any more): shown is the present.")
        return None
    st.query_params[PARAM] = st.session_state[_SHOWN] = token  # the menu's links have none
    return found


def beside(key: str) -> tuple[KeptScenario, ...]:
    """The further scenarios that the address names: they stand beside the one that is shown."""
    wanted = dict.fromkeys(st.query_params.get(BESIDE, "").split(",")[:MOST_BESIDE + 1])
    found = [store.scenario(key, token) for token in wanted
             if token and token != st.query_params.get(PARAM)]
    return tuple(sorted((one for one in found if one), key=lambda one: one.id or 0))[:MOST_BESIDE]


def columns(view: View) -> list[tuple[str, Evaluated]]:
    """What stands beside each other: the present, the scenario that is shown, and others."""
    if view.present is None or view.scenario is None or view.loaded is None:
        return []
    loaded, day = view.loaded, view.alignment.as_of.date()
    whole = source.evaluated(loaded, day, ())
    return [("Now", view.present), (view.scenario.scenario.name, view.evaluated), *(
        (one.scenario.name, seen(source.evaluated(loaded, day, one.scenario.edits),
                                 view.rights, whole))
        for one in view.beside)]


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
    st.session_state.pop(_SHOWN, None)
    for param in (PARAM, BESIDE):
        st.query_params.pop(param, None)
