"""Making and changing scenarios on the pages."""

from datetime import UTC, datetime

from orgdata.edits.scenario import MOST_NAME, Scenario, Step
from orgdata.store import KeptScenario, Store
from orgdata.ui.shell import scenario, selection, store
from orgdata.ui.shell.view import View


def begin(view: View, name: str, step: Step | None, by: str) -> None:
    """Make a new scenario, with a first change where there is one, and go to it."""
    made = Scenario(name[:MOST_NAME], (step,) if step else ())
    kept = store.write(lambda open_store: open_store.add_scenario(
        view.key, made, by, datetime.now(UTC)))
    if kept is not None:
        selection.go("what_if", **{scenario.PARAM: kept.token})


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
