"""An idea as if it existed: the scenario that adds it, compared with the present (METHOD §8)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from orgdata.access.rights import is_sensitive
from orgdata.edits import Asked, Edit, EditError, apply
from orgdata.edits.now import Now
from orgdata.evaluation import Evaluation, Known, judge, measure
from orgdata.gaps import reminders
from orgdata.load import portfolio_of
from orgdata.sources import RawSource
from orgdata.views.ideas import AsIf, coverage_of, still_lacks


def edits_of(now: Now, idea_id: str) -> tuple[Edit, ...]:
    """The edits that an idea comes to. Raises EditError where it cannot be pursued."""
    return tuple(Asked("pursue idea", {"idea_id": idea_id}).edits(now))


def compared(before: Evaluation, after: Evaluation, edits: tuple[Edit, ...],
             outcome_id: str) -> AsIf:
    """What the edits of an idea change, without history."""
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


@dataclass(frozen=True)
class Ideas:
    """The ideas of a source that is read only once one of them is tried: how it is read, its
    corrections, and the day."""

    read: Callable[[], RawSource]
    edits: tuple[Edit, ...]
    day: date

    def as_if(self, idea_id: str, outcome_id: str) -> AsIf | str:
        """What would be if an idea existed; why it cannot be tried, as the end of a sentence."""
        try:
            edits = edits_of(self._now, idea_id)
        except EditError as error:
            return str(error)
        return compared(self._before, self._judged(edits), edits, outcome_id)

    @cached_property
    def _raw(self) -> RawSource:
        return self.read()

    @cached_property
    def _now(self) -> Now:
        return Now(apply(self._raw, self.edits).raw, self.day)

    @cached_property
    def _before(self) -> Evaluation:
        return self._judged(())

    def _judged(self, tried: tuple[Edit, ...]) -> Evaluation:
        return judge(measure(portfolio_of(self._raw, self.edits, tried), self.day), Known())
