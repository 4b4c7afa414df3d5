"""Key results that went: what took their place, and which of them were behind."""

from collections import defaultdict
from collections.abc import Mapping
from difflib import SequenceMatcher

import pandas as pd

from orgdata.changes.change import Change
from orgdata.formats import listed
from orgdata.measures import Alignment
from orgdata.measures.key_results import of_objectives
from orgdata.measures.progress import BEHIND
from orgdata.tabular.lookup import indexed, is_in, look_up_any
from orgdata.tabular.select import is_closed, iter_rows

_ALIKE = 0.6  # how similar two titles must be, of 1
_COLUMNS = ("kr_id", "objective_id", "title", "metric")

Result = tuple[str, str, str, str | None]  # _COLUMNS


def all_results(alignment: Alignment) -> pd.DataFrame:
    """All key results with the columns of their objectives, closed ones too."""
    return of_objectives(alignment.portfolio["key_results"], alignment.all_objectives)


def successors(before: Alignment, after: Alignment) -> Mapping[str, list[Result]]:
    """For each key result that was in scope and is not: the new ones of its objective that measure
    the same, by their metric or by a similar title. Closed ones count too."""
    old, new = before.portfolio["key_results"], after.portfolio["key_results"]
    gone = before.key_results[~is_in(before.key_results["kr_id"], after.key_results["kr_id"])]
    of_objective: dict[str, list[Result]] = defaultdict(list)
    added = new[~is_in(new["kr_id"], old["kr_id"])].sort_values("kr_id")
    for result in iter_rows(*(added[name] for name in _COLUMNS)):
        of_objective[result[1]].append(result)
    found = {}
    for result in iter_rows(*(gone[name] for name in _COLUMNS)):
        if alike := [other for other in of_objective[result[1]] if _same(result, other)]:
            found[result[0]] = alike
    return found


def _same(result: Result, other: Result) -> bool:
    (*_, title, metric), (*_, other_title, other_metric) = result, other
    if isinstance(metric, str) and isinstance(other_metric, str):
        return metric.casefold() == other_metric.casefold()
    one, another = title.casefold(), other_title.casefold()
    words, other_words = set(one.split()), set(another.split())
    return (words <= other_words or other_words <= words
            or SequenceMatcher(None, one, another).ratio() >= _ALIKE)


def replaced_by(results: list[Result]) -> str:
    """What took the place of a key result, in words."""
    titles = listed([f"“{title}”" for _, _, title, _ in results], most=len(results))
    return f"{'split into' if len(results) > 1 else 'replaced by'} {titles}"


def removed_while_behind(before: Alignment, after: Alignment) -> list[Change]:
    """Key results that were behind and are deleted, or closed before they were due.

    before: their status; after: what became of them, in words. Those whose objective only ended
    are no decision of anybody.
    """
    rows = before.key_results.sort_values("kr_id")
    rows = rows[rows["status"].isin(BEHIND) & ~is_in(rows["kr_id"], after.key_results["kr_id"])]
    if not len(rows):
        return []
    replaced = successors(before, after)
    closed = _closed(rows["kr_id"], after.portfolio["key_results"], "kr_id")
    goal_closed = _closed(rows["objective_id"], after.portfolio["objectives"], "objective_id")
    deleted = ~is_in(rows["kr_id"], after.portfolio["key_results"]["kr_id"])
    goal_deleted = ~is_in(rows["objective_id"], after.portfolio["objectives"]["objective_id"])
    early = ~(rows["due"] < after.as_of)
    return [Change("milder", "removed", ("key_results", kr_id), title, status, became)
            for kr_id, title, status, *went in iter_rows(
                rows["kr_id"], rows["title"], rows["status"], deleted, goal_deleted,
                (closed.where(early)), goal_closed.where(early))
            if (became := _became(replaced.get(kr_id), *went))]


def _became(replaced: list[Result] | None, deleted: bool, goal_deleted: bool,
            closed: str | float, goal_closed: str | float) -> str:
    if replaced:
        return replaced_by(replaced)
    if goal_deleted:
        return "deleted with its objective"
    if deleted:
        return "deleted"
    if isinstance(closed, str):
        return f"closed as {closed}"
    return f"its objective closed as {goal_closed}" if isinstance(goal_closed, str) else ""


def _closed(ids: pd.Series, table: pd.DataFrame, key: str) -> pd.Series:
    """The word that closed each row of a table, missing where it is open or not there."""
    return look_up_any(ids, indexed(table[is_closed(table["status"])], key, "status"))
