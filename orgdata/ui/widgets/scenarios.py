"""Making and changing scenarios on the pages."""

from collections.abc import Sequence
from datetime import UTC, datetime

import streamlit as st

from orgdata.edits import Edit
from orgdata.edits.scenario import MOST_NAME, Scenario, Step
from orgdata.store import KeptScenario, Store
from orgdata.ui.shell import scenario, selection, store
from orgdata.ui.shell.view import View


def begin(view: View, name: str, steps: Sequence[Step], by: str) -> None:
    """Make a new scenario, with first changes where there are some, and go to it."""
    made = Scenario(name[:MOST_NAME], tuple(steps))
    kept = store.write(lambda open_store: open_store.add_scenario(
        view.key, made, by, datetime.now(UTC)))
    if kept is not None:
        selection.go("what_if", **{scenario.PARAM: kept.token})


def try_first(view: View, name: str, things: Sequence[Sequence[Edit]], by: str) -> None:
    """Make a scenario of what was entered in a form, each thing a change of its own, instead of
    saving it."""
    begin(view, name, [Step("", {}, tuple(edits)) for edits in things if edits], by)


def button(view: View) -> bool:
    """Show the button of a form that tries what was entered, for those who may; whether it was
    clicked."""
    return bool(view.rights.may_open("what_if") and st.form_submit_button(
        "Try it first", icon=":material/science:"))


def change(kept: KeptScenario, changed: Scenario) -> KeptScenario | None:
    """Replace a scenario. Where that fails `store.show_write_error` says why."""
    return store.write(lambda open_store: open_store.change_scenario(
        kept, changed, store.known_name(), datetime.now(UTC)))


def delete(kept: KeptScenario) -> bool:
    """Delete a scenario; whether that worked."""
    def drop(open_store: Store) -> bool:
        open_store.change_scenario(kept, None, store.known_name(), datetime.now(UTC))
        return True

    return bool(store.write(drop))
