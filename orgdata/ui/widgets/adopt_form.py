"""Adopting a scenario: its changes become corrections, and the decision is recorded."""

from dataclasses import replace
from datetime import UTC, datetime

import streamlit as st

from orgdata.edits.scenario import MOST_NAME, Scenario
from orgdata.store import Correction, Decision, KeptScenario, Store
from orgdata.store.entries import MOST_TEXT
from orgdata.ui.shell import edited, frame, scenario, selection, store, whose
from orgdata.ui.shell.escape import md
from orgdata.ui.shell.view import View
from orgdata.ui.widgets import scenario_effects, scenarios
from orgdata.views import what_if
from orgdata.views.edited import Names

_ADOPTED = " (adopted)"  # behind the name of a scenario
_READ = "adopt_read"  # session state: of the scenario as it was when the form was shown, its entry


def show(view: View, kept: KeptScenario) -> None:
    """Show the form that makes the ticked changes corrections, with who decided it and why."""
    text = edited.text_of(view.loaded)
    if text is None or view.loaded is None or not view.rights.all:
        return
    popover = st.popover("Adopt it", icon=":material/task_alt:", type=frame.main_button(),
                         on_change="rerun", key="adopt")
    if not popover.open:
        return
    with popover, st.form("adopt_form", border=False):
        st.markdown("What is ticked counts from now on, as corrected here; your files stay as they "
                    "are, and the decision is recorded.")
        names = Names(view.portfolio)
        ticked = [st.checkbox(md(what_if.step(step, names)), value=step.on,
                              key=f"adopt_{kept.id}_{place}")
                  for place, step in enumerate(kept.scenario.steps)]
        reason = st.text_area("Why (optional)", key="adopt_reason", max_chars=MOST_TEXT)
        name = store.my_name("adopt_by")
        read, st.session_state[_READ] = st.session_state.get(_READ), kept.id
        if st.form_submit_button("Adopt", icon=":material/task_alt:", type=frame.main_button()):
            places = [place for place, one in enumerate(ticked) if one]
            if read != kept.id:
                st.error(md(f"Not adopted: {kept.by} changed this scenario meanwhile; what stands "
                            "here now is what it says."), icon=":material/error:")
            elif refused := _refused(view, kept, places):
                st.error(md(f"Not adopted: {refused}."), icon=":material/error:")
            elif _adopt(view, kept, places, reason.strip(), name, text):
                marked = f"{kept.scenario.name[:MOST_NAME - len(_ADOPTED)]}{_ADOPTED}"
                scenarios.change(kept, replace(kept.scenario, name=marked))
                scenario.leave()
                selection.go("overview")
            else:
                store.show_write_error()


def _refused(view: View, kept: KeptScenario, places: list[int]) -> str:
    """Why the changes that are ticked cannot be adopted; "" where they can."""
    text = edited.text_of(view.loaded)
    if not places or text is None:
        return "nothing is ticked"
    steps, tried = kept.scenario.steps, Scenario("", tuple(
        replace(kept.scenario.steps[place], on=True) for place in places))
    names = Names(view.portfolio)
    for place, cells in scenario_effects.waiting(view, tried).items():
        if all(cell.state == "done" for cell in cells):
            continue  # the source says it already
        return (f"“{what_if.step(steps[places[place]], names).rstrip('.')}” was made of something "
                "that somebody changed since; remove it, and add it anew")
    before, after = (edited.skipped(text, tried) for tried in ((), tried.edits))
    return "" if after <= before else "what is ticked needs a change that is not ticked"


def _adopt(view: View, kept: KeptScenario, places: list[int], reason: str, by: str,
           text: edited.Text) -> bool:
    """Keep the corrections and the decision together, or neither; whether that worked."""
    loaded, day, at = view.loaded, view.alignment.as_of.date(), datetime.now(UTC)
    if loaded is None:
        return False
    steps = [kept.scenario.steps[place] for place in places]
    edits = tuple(edit for step in steps for edit in step.edits)
    before, after = (edited.figures(loaded, day, tried) for tried in ((), edits))
    names = Names(view.portfolio)
    words = " ".join(what_if.step(step, names) for step in steps)
    why = f" Why: {reason}" if reason else ""
    decision = Decision(
        view.key, f"Adopted “{kept.scenario.name}”: {words}{why}"[:MOST_TEXT], day, by, at,
        owner=by, expected=what_if.expected(before, after))
    made = [Correction(view.key, edit, by, at, reason=reason or None, on=day, of=number)
            for number, step in enumerate(steps) for edit in step.edits]

    def adopt(open_store: Store) -> bool:
        open_store.adopt(made, text.last, decision, text.undone, whose.row_of())
        return True

    return bool(whose.write(edits, adopt))
