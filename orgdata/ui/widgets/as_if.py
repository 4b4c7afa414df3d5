"""An idea as if it existed: the scenario that adds it, compared with the present (METHOD §8)."""

from datetime import date

from orgdata.access.rights import is_sensitive
from orgdata.edits import Asked, Edit, EditError
from orgdata.evaluation import Evaluation
from orgdata.gaps import reminders
from orgdata.ui.shell import edited
from orgdata.ui.shell.view import View
from orgdata.views.ideas import AsIf, coverage_of, still_lacks


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
    return edited.once(loaded, day, ("as if", tried, edits, outcome_id), lambda: _compared(
        edited.judged_apart(loaded, day, tried),
        edited.judged_apart(loaded, day, (*tried, *edits)), edits, outcome_id))


def edits_of(text: edited.Text, idea_id: str, day: date) -> tuple[Edit, ...]:
    """The edits that an idea comes to. Raises EditError where it cannot be pursued."""
    return tuple(Asked("pursue idea", {"idea_id": idea_id}).edits(text.now(day)))


def _compared(before: Evaluation, after: Evaluation, edits: tuple[Edit, ...],
              outcome_id: str) -> AsIf:
    link = next(edit for edit in edits if edit.table == "contributions")
    was, now = _gaps(before), _gaps(after)
    return AsIf(coverage_of(before.alignment, outcome_id), coverage_of(after.alignment, outcome_id),
                still_lacks(after.alignment, link.row["product_id"], outcome_id),
                tuple(message for key, message in was.items() if key not in now),
                tuple(message for key, message in now.items() if key not in was))


def _gaps(evaluation: Evaluation) -> dict[str, str]:
    """The gaps by their keys, less those that speak of persons: no idea is about one."""
    rows = reminders.without(evaluation.gaps.rows)
    return {key: message for key, message in zip(rows["key"], rows["message"], strict=True)
            if not is_sensitive(key)}
