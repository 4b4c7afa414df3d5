"""An idea as if it existed, on the pages: tried once for all who look."""

from datetime import date

from orgdata.edits import Edit, EditError
from orgdata.edits.edit import version_of
from orgdata.ui.shell import edited
from orgdata.ui.shell.view import View
from orgdata.views import as_if
from orgdata.views.ideas import AsIf


def of(view: View, idea_id: str, outcome_id: str) -> AsIf | str | None:
    """What would be if an idea existed; why it cannot be tried, as the end of a sentence; None
    where nothing can be tried: the source is not here to be changed."""
    loaded, text = view.loaded, edited.text_of(view.loaded)
    if loaded is None or text is None:
        return None
    day = view.alignment.as_of.date()
    try:
        edits = edits_of(text, idea_id, day)
    except EditError as error:
        return str(error)
    tried = view.scenario.scenario.edits if view.scenario else ()
    return edited.once(loaded, day, (
        "as if", version_of((*tried, *edits)), len(tried), outcome_id), lambda: as_if.compared(
        edited.judged_apart(loaded, day, tried),
        edited.judged_apart(loaded, day, (*tried, *edits)), edits, outcome_id))


def edits_of(text: edited.Text, idea_id: str, day: date) -> tuple[Edit, ...]:
    """The edits that an idea comes to. Raises EditError where it cannot be pursued."""
    return as_if.edits_of(text.now(day), idea_id)
